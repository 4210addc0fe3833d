"""Taking a visit back, and taking that back."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select, text, update

from backend import clock
from backend.checkins import queries
from backend.checkins.models import CheckIn
from backend.checkins.service.changing import changed, clean_reason, hold, only_lately
from backend.clients.models import Client
from backend.config import Settings
from backend.db import AnyRow, UnitOfWork
from backend.errors import Conflict
from backend.system.zones import PastZone, zone_at

# One statement, so that a visit which is counted in the same cell at this moment is either before it or after it.
TAKE_BACK = text(
    """
    MERGE INTO visit_rollup AS kept
    USING (VALUES (CAST(:day AS date), CAST(:hour AS smallint), CAST(:station_id AS bigint))) AS cell (local_day, hour, station_id)
    ON kept.local_day = cell.local_day AND kept.hour = cell.hour AND kept.station_id IS NOT DISTINCT FROM cell.station_id
    WHEN MATCHED AND kept.visits = 1 THEN DELETE
    WHEN MATCHED THEN UPDATE SET visits = kept.visits - 1
    """
)
PUT_BACK = text(
    """
    INSERT INTO visit_rollup (local_day, hour, station_id, visits) VALUES (:day, :hour, :station_id, 1)
    ON CONFLICT (local_day, hour, station_id) DO UPDATE SET visits = visit_rollup.visits + 1
    """
)


async def void(
    uow: UnitOfWork,
    settings: Settings,
    *,
    check_in_id: int,
    reason: str,
    user_id: int | None,
    past_zones: Sequence[PastZone] = (),
) -> queries.Visit:
    """Void a visit with a reason; it stays, but leaves every count. ``past_zones`` are those by which older visits were counted.

    Raises `NotFound`, `Conflict` (already voided), `ValidationFailed` (no reason, or more than 500 characters).
    """
    reason = clean_reason(reason, path="reason", missing="Say why this visit is voided.")
    found = await hold(uow, check_in_id)
    if found.voided_at is not None:
        raise Conflict("This visit was already voided.", code="ALREADY_VOIDED")
    await _hold_client(uow, found.client_id)
    voided = {"voided_at": clock.now(), "voided_by": user_id, "void_reason": reason}
    await uow.execute(update(CheckIn).where(CheckIn.id == check_in_id).values(**voided))
    await _look_again(uow, found.client_id)
    await uow.execute(TAKE_BACK, _cell(found, settings, past_zones))
    return await changed(uow, found, "voided", after={"reason": reason})


async def undo_void(uow: UnitOfWork, settings: Settings, *, check_in_id: int, past_zones: Sequence[PastZone] = ()) -> queries.Visit:
    """Let a voided visit count again, within the time of an undo.

    Raises `NotFound`, `Conflict`: NOT_VOIDED, TOO_LATE, or ANOTHER_VISIT (the right one was recorded meanwhile).
    """
    found = await hold(uow, check_in_id)
    if found.voided_at is None:
        raise Conflict("This visit is not voided.", code="NOT_VOIDED")
    only_lately(found.voided_at, settings, "A void")
    await _hold_client(uow, found.client_id)
    window = timedelta(minutes=settings.repeat_window_minutes)
    another = select(CheckIn.id).where(
        CheckIn.client_id == found.client_id,
        CheckIn.voided_at.is_(None),
        CheckIn.happened_at > found.happened_at - window,
        CheckIn.happened_at < found.happened_at + window,
    )
    if await uow.scalar(another.limit(1)) is not None:
        raise Conflict("Another visit was recorded at that time, so this one would count twice.", code="ANOTHER_VISIT")
    await uow.execute(update(CheckIn).where(CheckIn.id == check_in_id).values(voided_at=None, voided_by=None, void_reason=None))
    await _look_again(uow, found.client_id)
    await uow.execute(PUT_BACK, _cell(found, settings, past_zones))
    return await changed(uow, found, "restored", before={"void_reason": found.void_reason}, after={"void_reason": None})


async def _hold_client(uow: UnitOfWork, client_id: int) -> None:
    # A check-in that is on its way must be seen by what follows, or its visit would be taken from the client's last one.
    await uow.execute(select(Client.id).where(Client.id == client_id).with_for_update())


async def _look_again(uow: UnitOfWork, client_id: int) -> None:
    """The repeat window, the list and the dashboard look at the first and the last visit that count."""
    ends = (func.min(CheckIn.happened_at), func.max(CheckIn.happened_at))
    first, last = (select(end).where(CheckIn.client_id == client_id, CheckIn.voided_at.is_(None)).scalar_subquery() for end in ends)
    await uow.execute(update(Client).where(Client.id == client_id).values(first_check_in_at=first, last_check_in_at=last))


def _cell(visit: AnyRow, settings: Settings, past: Sequence[PastZone]) -> dict[str, object]:
    hour = visit.happened_at.astimezone(zone_at(visit.happened_at, past, settings.zone)).hour
    return {"day": visit.local_day, "hour": hour, "station_id": visit.station_id}
