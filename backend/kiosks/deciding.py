"""What staff make of a press that left a doubt: a visit at its own time, or nothing.

Codes of `Conflict`: ``DECIDED`` (somebody was faster).
"""

from datetime import date
from typing import Any
from uuid import uuid5

from sqlalchemy import BigInteger, bindparam, select, text

from backend import clock
from backend.accounts.models import Kiosk
from backend.audit import service as audit
from backend.checking import Checker
from backend.checkins import service as checkins
from backend.checkins.models import CheckInMethod
from backend.clients.service import people
from backend.config import Settings
from backend.db import UnitOfWork
from backend.errors import Conflict, FieldError, NotFound, ValidationFailed
from backend.kiosks.models import KioskDecision, KioskDoubt, KioskEvent
from backend.kiosks.queries import TOPIC
from backend.system.centre import CentreSettings

_LONGEST_REASON = 200
# Whoever is checked in at the desk has been to the desk: what sent them there is decided.
_SETTLE = text(
    """
    UPDATE kiosk_events e SET decision = 'SETTLED', decided_at = :now, check_in_id = v.id
    FROM check_ins v
    WHERE v.id = :check_in_id AND v.voided_at IS NULL AND e.client_id = v.client_id AND e.doubt = 'ASK_STAFF' AND e.decision IS NULL
      AND v.happened_at BETWEEN e.occurred_at - interval '1 hour' AND e.occurred_at + interval '12 hours'
    RETURNING e.id
    """
).bindparams(bindparam("check_in_id", type_=BigInteger))


async def accept(
    uow: UnitOfWork,
    settings: Settings,
    chosen: CentreSettings,
    *,
    number: int,
    client_id: int | None,
    user_id: int | None,
    today: date,
    language: str,
) -> None:
    """Record the visit at the time at which it was pressed; one from the future at the time at which the server heard of it.

    Raises `NotFound`, `Conflict` (``DECIDED``), `CheckInRefused` (archived), `ValidationFailed` (``clientId`` ``REQUIRED``).
    """
    event = await _open(uow, number)
    if event.client_id is not None and client_id not in (None, event.client_id):
        raise ValidationFailed(FieldError(("clientId",), "KNOWN", "The kiosk knew who it was. Dismiss it if that is wrong."))
    whose = event.client_id or client_id
    if whose is None:
        whose = await _new_client(uow, event, today)
    placed = await checkins.place(
        uow,
        settings,
        # Its own may be somebody else's; the press is answered by the event.
        request_id=uuid5(event.request_id, "visit"),
        client_id=whose,
        happened_at=event.arrived_at if event.doubt is KioskDoubt.FUTURE else event.occurred_at,
        station_id=await uow.scalar(select(Kiosk.station_id).where(Kiosk.id == event.kiosk_id)),
        user_id=user_id,
        method=CheckInMethod.KIOSK,
        language=language,
        kiosk_id=event.kiosk_id,
        past_zones=chosen.past_zones,
    )
    event.client_id, event.check_in_id = whose, placed.check_in.id
    _decided(uow, event, KioskDecision.ACCEPTED, user_id, {"check_in_id": placed.check_in.id, "repeat": placed.repeat})


async def dismiss(uow: UnitOfWork, *, number: int, reason: str | None, user_id: int | None) -> None:
    """Record nothing. Raises `NotFound`, `Conflict` (``DECIDED``), `ValidationFailed`."""
    check = Checker()
    clean = check.line("reason", reason, _LONGEST_REASON)
    check.done()
    event = await _open(uow, number)
    event.reason = clean
    _decided(uow, event, KioskDecision.DISMISSED, user_id, {"reason": clean} if clean else {})


async def settle(uow: UnitOfWork, check_in_id: int) -> None:
    """Decide what a visit at the desk has decided."""
    for number in await uow.scalars(_SETTLE, {"check_in_id": check_in_id, "now": clock.now()}):
        audit.record(uow, "kiosk_event.settled", "kiosk_event", number, after={"check_in_id": check_in_id})
        uow.announce(TOPIC, number)


async def _open(uow: UnitOfWork, number: int) -> KioskEvent:
    event: KioskEvent | None = await uow.scalar(
        select(KioskEvent).where(KioskEvent.id == number, KioskEvent.doubt.is_not(None)).with_for_update()
    )
    if event is None:
        raise NotFound("There is nothing with this id that waits.")
    if event.decision is not None:
        raise Conflict("Somebody has decided this already.", code="DECIDED")
    return event


async def _new_client(uow: UnitOfWork, event: KioskEvent, today: date) -> int:
    """The visitor, put on file."""
    visitor: dict[str, Any] | None = event.visitor
    if visitor is None:
        raise ValidationFailed(FieldError(("clientId",), "REQUIRED", "Choose whose visit it is."))
    details = {"first_name": visitor["first_name"], "last_name": visitor["last_name"], "language": visitor["language"]}
    asked = people.NewClient(details=details, phone=visitor["phone"], email=visitor["email"])
    return await people.create(uow, asked, today=today, key=uuid5(event.request_id, "client"))


def _decided(uow: UnitOfWork, event: KioskEvent, decision: KioskDecision, user_id: int | None, after: dict[str, Any]) -> None:
    event.decision, event.decided_at, event.decided_by = decision, clock.now(), user_id
    # What was typed has served its purpose, and it may be anybody's number.
    event.typed = event.visitor = None
    action = f"kiosk_event.{decision.value.lower()}"
    audit.record(uow, action, "kiosk_event", event.id, client_id=event.client_id, after=after)
    uow.announce(TOPIC, event.id)
