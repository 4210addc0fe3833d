"""Keying in what stands on paper: a visit at its true time, and when they left."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update

from backend import clock
from backend.checkins.models import CheckIn, CheckInMethod
from backend.checkins.service.changing import changed, hold
from backend.checkins.service.placing import Placed, place
from backend.config import Settings
from backend.db import UnitOfWork
from backend.errors import FieldError, ValidationFailed
from backend.system.zones import PastZone

LONGEST_AGO = timedelta(days=60)
"""How old a paper may be: what is older was billed, and closing would not end it any more."""
LONGEST_STAY = timedelta(days=1)


async def key_in(
    uow: UnitOfWork,
    settings: Settings,
    *,
    request_id: UUID,
    client_id: int,
    station_id: int | None,
    user_id: int | None,
    method: CheckInMethod,
    happened_at: datetime,
    left_at: datetime | None,
    language: str,
    past_zones: Sequence[PastZone] = (),
) -> Placed:
    """Record the visit where it belongs, as `place` does, and its end where the paper has one.

    A visit that was there already and that somebody ended keeps its end; one that closing ended, or nobody, gets that of the paper.

    Raises `ValidationFailed` (``happenedAt``: NO_TIME_ZONE, IN_FUTURE, TOO_LONG_AGO; ``leftAt`` also: LEFT_BEFORE, STAYED_TOO_LONG),
    and what `place` raises.
    """
    wrong = list(_wrong(happened_at, left_at))
    if wrong:
        raise ValidationFailed(*wrong)
    placed = await place(
        uow,
        settings,
        request_id=request_id,
        client_id=client_id,
        happened_at=happened_at,
        station_id=station_id,
        user_id=user_id,
        method=method,
        language=language,
        past_zones=past_zones,
    )
    visit = placed.check_in
    open_end = visit.checked_out_at is None or visit.checked_out_by_closing
    # Sent again it has its end already, and a visit that was voided meanwhile needs none.
    if left_at is None or placed.replayed or visit.voided or not open_end or left_at < visit.happened_at:
        return placed
    held = await hold(uow, visit.id)
    ended = {"checked_out_at": left_at, "checked_out_by": user_id, "checked_out_by_closing": False}
    await uow.execute(update(CheckIn).where(CheckIn.id == visit.id).values(**ended))
    before = {"checked_out_at": held.checked_out_at.isoformat()} if held.checked_out_at else None
    now = await changed(uow, held, "checked_out", before=before, after={"checked_out_at": left_at.isoformat()})
    return Placed(now, placed.standing, repeat=placed.repeat, replayed=False)


def _wrong(happened_at: datetime, left_at: datetime | None) -> Iterator[FieldError]:
    now = clock.now()
    if happened_at.tzinfo is None:
        yield FieldError(("happenedAt",), "NO_TIME_ZONE", "Say the time with its zone, such as 2026-11-24T18:32:00-08:00.")
    elif happened_at > now:
        yield FieldError(("happenedAt",), "IN_FUTURE", "This time is still to come.")
    elif happened_at < now - LONGEST_AGO:
        yield FieldError(("happenedAt",), "TOO_LONG_AGO", f"This is more than {LONGEST_AGO.days} days ago.")
    if left_at is None:
        return
    if left_at.tzinfo is None:
        yield FieldError(("leftAt",), "NO_TIME_ZONE", "Say the time with its zone, such as 2026-11-24T21:00:00-08:00.")
    elif left_at > now:
        yield FieldError(("leftAt",), "IN_FUTURE", "This time is still to come.")
    elif happened_at.tzinfo is not None and left_at <= happened_at:
        yield FieldError(("leftAt",), "LEFT_BEFORE", "Nobody leaves before they came.")
    elif happened_at.tzinfo is not None and left_at - happened_at > LONGEST_STAY:
        yield FieldError(("leftAt",), "STAYED_TOO_LONG", "Nobody stays for longer than a day.")
