"""What every change of a visit has in common: its row held, its reason clean, everybody told."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from backend import clock
from backend.audit import service as audit
from backend.checkins import queries
from backend.checkins.models import CheckIn
from backend.clients.models import Client
from backend.config import Settings
from backend.db import AnyRow, UnitOfWork
from backend.errors import Conflict, FieldError, NotFound, ValidationFailed
from backend.jobs import outbox

LONGEST_REASON = 500
TOPIC = "check_ins"
"""What live screens listen to."""
OTHER_CLIENT = "This request id was already used to check in somebody else. Make a new one for each check-in."


def clean_reason(reason: str, *, path: str, missing: str) -> str:
    """A reason in one line; raises `ValidationFailed`: REQUIRED with the sentence ``missing``, or TOO_LONG."""
    reason = " ".join(reason.replace("\0", " ").split())
    if not reason:
        raise ValidationFailed(FieldError((path,), "REQUIRED", missing))
    if len(reason) > LONGEST_REASON:
        raise ValidationFailed(FieldError((path,), "TOO_LONG", f"Keep the reason within {LONGEST_REASON} characters."))
    return reason


async def hold(uow: UnitOfWork, check_in_id: int) -> AnyRow:
    """The visit's row, locked; raises `NotFound`.

    Its client's row is locked first, as whoever records or moves visits does it: so none of them waits for the other in a circle.
    """
    columns = (
        CheckIn.id,
        CheckIn.client_id,
        CheckIn.happened_at,
        CheckIn.local_day,
        CheckIn.station_id,
        CheckIn.voided_at,
        CheckIn.void_reason,
        CheckIn.checked_out_at,
        CheckIn.checked_out_by_closing,
    )
    owner = select(CheckIn.client_id).where(CheckIn.id == check_in_id).scalar_subquery()
    while (client_id := await uow.scalar(select(Client.id).where(Client.id == owner).with_for_update())) is not None:
        visit = select(*columns).where(CheckIn.id == check_in_id, CheckIn.client_id == client_id)
        # Nothing is found where a merge has just given it to another client: then that one's row is next.
        if (found := await uow.row(visit.with_for_update())) is not None:
            return found
    raise NotFound("There is no check-in with this id.")


def only_lately(at: Any, settings: Settings, said: str) -> None:
    """Raise `Conflict` (TOO_LATE) when ``at`` is longer ago than something can be undone."""
    if clock.now() - at > timedelta(minutes=settings.undo_window_minutes):
        raise Conflict(f"{said} can be undone for {settings.undo_window_minutes} minutes; that time is over.", code="TOO_LATE")


async def changed(
    uow: UnitOfWork, visit: AnyRow, action: str, *, before: dict[str, Any] | None = None, after: dict[str, Any]
) -> queries.Visit:
    """Record the change, tell the jobs and the live screens of it; returns the visit as it is now."""
    note(uow, action, visit.id, visit.client_id, before=before, after=after)
    outbox.add(uow, f"check_in.{action}", {"check_in_id": visit.id})
    return (await queries.check_ins_by_id(uow, [visit.id]))[visit.id]


def note(
    uow: UnitOfWork, action: str, check_in_id: int, client_id: int, *, before: dict[str, Any] | None = None, after: dict[str, Any]
) -> None:
    """Record the change and tell the live screens of it; for what no job waits for."""
    audit.record(uow, f"check_in.{action}", "check_in", check_in_id, client_id=client_id, before=before, after=after)
    uow.announce(TOPIC, check_in_id)
