"""Checking out: by staff when somebody leaves, by itself at the end of the day."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ARRAY, BigInteger, DateTime, bindparam, text, update

from backend import clock
from backend.checkins import queries
from backend.checkins.models import CheckIn
from backend.checkins.service.changing import TOPIC, changed, hold, only_lately
from backend.config import Settings
from backend.db import UnitOfWork
from backend.errors import Conflict
from backend.system import centre, hours, present

LOOK_BACK = timedelta(days=62)
"""How long ago a visit may have been that is still ended: a worker was away, a kiosk had no network, a paper was keyed in late."""

# Who comes again while an earlier visit is still open was not here twice: the earlier one ends where the later one begins.
CLOSE = text(
    """
    WITH over AS (
      SELECT o.id, least(o.ends_at, (SELECT min(n.happened_at) FROM check_ins n
                                     WHERE n.client_id = c.client_id AND n.happened_at > c.happened_at AND n.voided_at IS NULL)) AS ends_at
      FROM unnest(:numbers, :ends) AS o (id, ends_at) JOIN check_ins c ON c.id = o.id
    ), closed AS (
      UPDATE check_ins c SET checked_out_at = o.ends_at, checked_out_by_closing = true
      FROM over o WHERE c.id = o.id AND c.checked_out_at IS NULL AND c.voided_at IS NULL
      RETURNING c.id, c.client_id, c.checked_out_at
    ), audited AS (
      INSERT INTO audit_log (happened_at, actor_kind, actor_id, actor_label, action, subject_type, subject_id, client_id, after, request_id)
      SELECT :at, CAST(:actor_kind AS actor_kind), :actor_id, :actor_label, 'check_in.checked_out', 'check_in', d.id, d.client_id,
             jsonb_build_object('checked_out_at', d.checked_out_at, 'by_closing', true), :audit_request_id
      FROM closed d
    )
    SELECT id FROM closed ORDER BY id
    """
).bindparams(
    bindparam("numbers", type_=ARRAY(BigInteger)),
    bindparam("ends", type_=ARRAY(DateTime(timezone=True))),
    bindparam("at", type_=DateTime(timezone=True)),
    bindparam("actor_id", type_=BigInteger),
)


async def check_out(uow: UnitOfWork, *, check_in_id: int, user_id: int | None) -> queries.Visit:
    """The client leaves now. Asked again it answers the same: a visit that has ended keeps its end.

    Raises `NotFound`, `Conflict` (VOIDED).
    """
    found = await hold(uow, check_in_id)
    if found.voided_at is not None:
        raise Conflict("This visit was voided, so there is nobody to check out.", code="VOIDED")
    if found.checked_out_at is not None:
        return (await queries.check_ins_by_id(uow, [check_in_id]))[check_in_id]
    # The clocks of two servers may differ by a moment, and nobody leaves before they came.
    left_at = max(clock.now(), found.happened_at)
    ended = {"checked_out_at": left_at, "checked_out_by": user_id, "checked_out_by_closing": False}
    await uow.execute(update(CheckIn).where(CheckIn.id == check_in_id).values(**ended))
    return await changed(uow, found, "checked_out", after={"checked_out_at": left_at.isoformat()})


async def undo_check_out(uow: UnitOfWork, settings: Settings, *, check_in_id: int) -> queries.Visit:
    """They did not leave after all. Asked again it answers the same.

    Raises `NotFound`, `Conflict`: VOIDED, BY_CLOSING (the day is over), TOO_LATE.
    """
    found = await hold(uow, check_in_id)
    if found.voided_at is not None:
        raise Conflict("This visit was voided.", code="VOIDED")
    if found.checked_out_at is None:
        return (await queries.check_ins_by_id(uow, [check_in_id]))[check_in_id]
    if found.checked_out_by_closing:
        raise Conflict("This visit ended at closing time.", code="BY_CLOSING")
    only_lately(found.checked_out_at, settings, "A check-out")
    await uow.execute(update(CheckIn).where(CheckIn.id == check_in_id).values(checked_out_at=None, checked_out_by=None))
    before = {"checked_out_at": found.checked_out_at.isoformat()}
    return await changed(uow, found, "check_out_undone", before=before, after={"checked_out_at": None})


async def close(uow: UnitOfWork, settings: Settings, *, only: Iterable[int] | None = None) -> list[int]:
    """Check out whoever is still here although their visit's day is over, at the time when it ended; returns the visits.

    Does nothing where the centre chose so, and leaves alone what ended before it chose otherwise. However late, however often and
    by how many workers it is done, each visit ends once. ``only``: these visits alone.
    """
    chosen = await centre.read(uow)
    if not chosen.check_out_at_closing:
        return []
    zone = present.overlaid(settings, chosen).zone
    now = clock.now()
    since = max(filter(None, (now - LOOK_BACK, await centre.checks_out_since(uow))))
    ended: dict[int, datetime] = {}
    for number, happened_at in await queries.open_visits(uow, since - timedelta(days=2), only=only):
        ends_at = hours.end_after(happened_at, chosen.opening_hours, zone)
        if since <= ends_at <= now:
            ended[number] = ends_at
    if not ended:
        return []
    actor = {
        "actor_kind": uow.actor.kind.value,
        "actor_id": uow.actor.id,
        "actor_label": uow.actor.label,
        "audit_request_id": uow.actor.request_id,
    }
    closed = list(await uow.scalars(CLOSE, {"numbers": list(ended), "ends": list(ended.values()), "at": now, **actor}))
    for number in closed:
        uow.announce(TOPIC, number)
    return closed
