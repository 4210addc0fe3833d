"""What becomes of a press: one decision, for now and for what happened days ago without a network.

The nonce comes before any rule: a press that was answered gets the same answer, whatever holds by now. Then who it was, when it was,
and what held at that time. What leaves a doubt waits for staff and is never lost.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Date, DateTime, Uuid, bindparam, select, text

from backend import clock
from backend.audit import service as audit
from backend.checkins import service as checkins
from backend.checkins.models import CheckInMethod
from backend.config import Settings
from backend.db import AnyRow, UnitOfWork
from backend.errors import Conflict
from backend.kiosks import handles, people
from backend.kiosks.models import KioskDoubt, KioskEvent, KioskOutcome
from backend.kiosks.moments import AHEAD, LONG_AGO
from backend.kiosks.queries import TOPIC
from backend.kiosks.words import SENTENCES
from backend.memberships.models import AuthorizationUnit, CheckInPolicy
from backend.memberships.queries import allowances_of
from backend.system.centre import CentreSettings
from backend.system.zones import zone_at


@dataclass(frozen=True, slots=True)
class Door:
    """Where it was pressed, and what the centre chose."""

    kiosk_id: int
    station_id: int | None
    settings: Settings
    chosen: CentreSettings


@dataclass(frozen=True, slots=True)
class Press:
    """One press: a handle, or what was typed; ``occurred_at`` by the server's clock. ``offline``: the device has shown its own answer."""

    request_id: UUID
    sequence: int
    handle: str | None
    typed: people.Typed
    occurred_at: datetime
    offline: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What the kiosk says."""

    request_id: UUID
    outcome: KioskOutcome
    sentence: str


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What becomes of it; ``said`` names the sentence."""

    outcome: KioskOutcome
    said: str
    doubt: KioskDoubt | None = None


_SAME = text("SELECT pg_advisory_xact_lock(hashtextextended(CAST(:request_id AS text), 4219))").bindparams(
    bindparam("request_id", type_=Uuid())
)
# Whoever was merged into somebody is that one. Near: within the repeat window before it, or on the same day.
_WHO = text(
    """
    SELECT k.id, k.language, k.archived_at IS NOT NULL AS archived, s.status, s.policy,
           EXISTS (SELECT FROM check_ins v WHERE v.client_id = k.id AND v.voided_at IS NULL
                   AND v.happened_at > :before AND v.happened_at <= :at) AS just_came,
           EXISTS (SELECT FROM check_ins v WHERE v.client_id = k.id AND v.voided_at IS NULL AND v.local_day = :day) AS came_that_day
    FROM clients c JOIN clients k ON k.id = coalesce(c.merged_into_id, c.id) CROSS JOIN LATERAL client_standing(k.id, :day) s
    WHERE c.id = :client_id
    """
).bindparams(
    bindparam("client_id", type_=BigInteger),
    bindparam("day", type_=Date),
    bindparam("at", type_=DateTime(timezone=True)),
    bindparam("before", type_=DateTime(timezone=True)),
)
_SENT_AWAY = _Verdict(KioskOutcome.SEE_DESK, "SEE_DESK")


async def arrive(uow: UnitOfWork, door: Door, press: Press) -> Answer:
    """Take one press, in a transaction of its own. Sent twice at once, the second waits and gets the first one's answer."""
    await uow.execute(_SAME, {"request_id": press.request_id})
    known = await uow.row(select(KioskEvent.outcome, KioskEvent.sentence).where(KioskEvent.request_id == press.request_id))
    if known is not None:
        return Answer(press.request_id, KioskOutcome(known.outcome), known.sentence)
    number, doubt = await _whose(uow, door, press)
    who = await _look_at(uow, door, number, press.occurred_at) if number is not None else None
    verdict = await _decide(uow, door, press, who, doubt)
    language = who.language if who is not None else door.chosen.default_language
    visit_id = None
    if verdict.outcome is KioskOutcome.CHECKED_IN and who is not None:
        try:
            placed = await _place(uow, door, press, who)
        except Conflict:
            # No device makes the same number twice; whoever it is, the press is not lost and holds up no other.
            verdict = _left(press, KioskDoubt.UNKNOWN, always=True)
        else:
            visit_id = placed.check_in.id
            verdict = _Verdict(KioskOutcome.REPEAT, "REPEAT") if placed.repeat else verdict
    event = KioskEvent(
        request_id=press.request_id,
        kiosk_id=door.kiosk_id,
        sequence=press.sequence,
        client_id=who.id if who is not None else None,
        typed=str(press.typed) if who is None and verdict.doubt else None,
        occurred_at=press.occurred_at,
        arrived_at=clock.now(),
        offline=press.offline,
        outcome=verdict.outcome,
        sentence=SENTENCES[language][verdict.said],
        doubt=verdict.doubt,
        check_in_id=visit_id,
    )
    uow.add(event)
    await uow.flush()
    if verdict.doubt is not None:
        after = {"reason": verdict.doubt.value, "at": press.occurred_at.isoformat(), "offline": press.offline}
        audit.record(uow, "kiosk_event.left", "kiosk_event", event.id, client_id=event.client_id, after=after)
        uow.announce(TOPIC, event.id)
    return Answer(press.request_id, verdict.outcome, event.sentence)


async def _place(uow: UnitOfWork, door: Door, press: Press, who: AnyRow) -> checkins.Placed:
    return await checkins.place(
        uow,
        door.settings,
        request_id=press.request_id,
        client_id=who.id,
        happened_at=press.occurred_at,
        station_id=door.station_id,
        user_id=None,
        method=CheckInMethod.KIOSK,
        language=who.language,
        kiosk_id=door.kiosk_id,
        past_zones=door.chosen.past_zones,
    )


async def _whose(uow: UnitOfWork, door: Door, press: Press) -> tuple[int | None, KioskDoubt]:
    """The client's number, or why there is none."""
    if press.handle is not None:
        return handles.read(door.settings, door.kiosk_id, press.handle), KioskDoubt.UNKNOWN
    found = await people.holders(uow, press.typed) if press.typed.readable else []
    return (found[0], KioskDoubt.UNKNOWN) if len(found) == 1 else (None, KioskDoubt.AMBIGUOUS if found else KioskDoubt.UNKNOWN)


async def _look_at(uow: UnitOfWork, door: Door, number: int, at: datetime) -> AnyRow | None:
    day = at.astimezone(zone_at(at, door.chosen.past_zones, door.settings.zone)).date()
    before = at - timedelta(minutes=door.settings.repeat_window_minutes)
    return await uow.row(_WHO, {"client_id": number, "day": day, "at": at, "before": before})


async def _decide(uow: UnitOfWork, door: Door, press: Press, who: AnyRow | None, doubt: KioskDoubt) -> _Verdict:
    if who is None:
        return _left(press, doubt)
    if who.archived:
        return _left(press, KioskDoubt.ARCHIVED)
    if press.occurred_at > clock.now() + AHEAD:
        return _left(press, KioskDoubt.FUTURE, always=True)
    if press.occurred_at < clock.now() - LONG_AGO:
        return _left(press, KioskDoubt.LONG_AGO, always=True)
    good = who.status in ("ACTIVE", "EXPIRING") and not await _has_used_everything_up(uow, door, press, who)
    if good:
        return _Verdict(KioskOutcome.CHECKED_IN, "GOOD")
    policy = CheckInPolicy(who.policy)
    if who.just_came and policy in (CheckInPolicy.BLOCK, CheckInPolicy.ASK_STAFF):
        # It asks for no visit, so that none can come of it when an earlier press arrives later.
        return _Verdict(KioskOutcome.REPEAT, "REPEAT")
    if policy is CheckInPolicy.BLOCK:
        return _left(press, KioskDoubt.BLOCKED)
    if policy is CheckInPolicy.ASK_STAFF:
        return _Verdict(KioskOutcome.ASK_STAFF, "ASK_STAFF", KioskDoubt.ASK_STAFF)
    return _Verdict(KioskOutcome.CHECKED_IN, policy.value)


def _left(press: Press, doubt: KioskDoubt, *, always: bool = False) -> _Verdict:
    """For staff to decide. Who stands there now is sent to the desk instead, which learns no more than from anybody unknown."""
    return _Verdict(KioskOutcome.FOR_STAFF, "FOR_STAFF", doubt) if press.offline or always else _SENT_AWAY


async def _has_used_everything_up(uow: UnitOfWork, door: Door, press: Press, who: AnyRow) -> bool:
    """Whether nothing that covers the day has anything left. What comes late isn't asked: it would depend on what arrived before."""
    if press.offline:
        return False
    today = clock.today(door.settings.zone)
    uses = (await allowances_of(uow, [who.id], today)).get(who.id, ())
    return bool(uses) and all(
        use.left is not None and use.left <= 0 and not (use.unit is AuthorizationUnit.DAY and who.came_that_day) for use in uses
    )


async def take_visitor(uow: UnitOfWork, door: Door, request_id: UUID, visitor: dict[str, Any], language: str) -> str:
    """Note that a first-time visitor waits at the desk; returns what to say."""
    await uow.execute(_SAME, {"request_id": request_id})
    known: str | None = await uow.scalar(select(KioskEvent.sentence).where(KioskEvent.request_id == request_id))
    if known is not None:
        return known
    now = clock.now()
    event = KioskEvent(
        request_id=request_id,
        kiosk_id=door.kiosk_id,
        sequence=0,
        visitor=visitor,
        occurred_at=now,
        arrived_at=now,
        outcome=KioskOutcome.ASK_STAFF,
        sentence=SENTENCES[language]["VISITOR"],
        doubt=KioskDoubt.WALK_IN,
    )
    uow.add(event)
    await uow.flush()
    after = {"reason": KioskDoubt.WALK_IN.value, "at": now.isoformat(), "offline": False}
    audit.record(uow, "kiosk_event.left", "kiosk_event", event.id, after=after)
    uow.announce(TOPIC, event.id)
    return event.sentence
