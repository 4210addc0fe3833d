"""Making, renaming and retiring stations. One with visits is never deleted."""

from uuid import UUID

from sqlalchemy import Insert, Update, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend import clock
from backend.audit import service as audit
from backend.audit.idempotency import made_before, remember
from backend.checkins import queries
from backend.checkins.models import Station
from backend.db import AnyRow, UnitOfWork
from backend.errors import Conflict, FieldError, NotFound, ValidationFailed

LONGEST_NAME = 80


async def create_station(uow: UnitOfWork, *, name: str, idempotency_key: UUID | None = None) -> queries.StationRow:
    """A new station. Raises `ValidationFailed`: REQUIRED, TOO_LONG, NAME_TAKEN."""
    name = _clean(name)
    made = await made_before(uow, idempotency_key, "createStation", [name])
    if made is None:
        await _free(uow, name, but=None)
        made = await _unless_taken(uow, insert(Station).values(name=name).returning(Station.id))
        await remember(uow, idempotency_key, made)
        audit.record(uow, "station.created", "station", made, after={"name": name})
    return await queries.station(uow, made)


async def rename_station(uow: UnitOfWork, *, station_id: int, name: str) -> queries.StationRow:
    """Another name for the same place. Raises `NotFound`, `ValidationFailed` as `create_station` does."""
    name = _clean(name)
    found = await _hold(uow, station_id)
    if name != found.name:
        await _free(uow, name, but=station_id)
        await _unless_taken(uow, update(Station).where(Station.id == station_id).values(name=name).returning(Station.id))
        audit.record(uow, "station.renamed", "station", station_id, before={"name": found.name}, after={"name": name})
    return await queries.station(uow, station_id)


async def retire_station(uow: UnitOfWork, *, station_id: int) -> queries.StationRow:
    """Nobody can choose it any more; its visits keep it. Raises `NotFound`, `Conflict` (LAST_STATION)."""
    # All of them, so that two that are retired at once don't leave the centre without any.
    in_use = await uow.scalars(select(Station.id).where(Station.retired_at.is_(None)).order_by(Station.id).with_for_update())
    found = await _hold(uow, station_id)
    if found.retired_at is None:
        if list(in_use) == [station_id]:
            raise Conflict("This is the only station in use. Make another one first.", code="LAST_STATION")
        await uow.execute(update(Station).where(Station.id == station_id).values(retired_at=clock.now()))
        audit.record(uow, "station.retired", "station", station_id, before={"retired": False}, after={"retired": True})
    return await queries.station(uow, station_id)


async def restore_station(uow: UnitOfWork, *, station_id: int) -> queries.StationRow:
    """It is in use again. Raises `NotFound`."""
    found = await _hold(uow, station_id)
    if found.retired_at is not None:
        await uow.execute(update(Station).where(Station.id == station_id).values(retired_at=None))
        audit.record(uow, "station.restored", "station", station_id, before={"retired": True}, after={"retired": False})
    return await queries.station(uow, station_id)


def _clean(name: str) -> str:
    name = " ".join(name.replace("\0", " ").split())
    if not name:
        raise ValidationFailed(FieldError(("name",), "REQUIRED", "Give the station a name."))
    if len(name) > LONGEST_NAME:
        raise ValidationFailed(FieldError(("name",), "TOO_LONG", f"Keep the name within {LONGEST_NAME} characters."))
    return name


async def _hold(uow: UnitOfWork, station_id: int) -> AnyRow:
    found = await uow.row(select(Station.name, Station.retired_at).where(Station.id == station_id).with_for_update())
    if found is None:
        raise NotFound("There is no station with this id.")
    return found


def _taken() -> ValidationFailed:
    return ValidationFailed(FieldError(("name",), "NAME_TAKEN", "Another station has this name already; it may be a retired one."))


async def _free(uow: UnitOfWork, name: str, *, but: int | None) -> None:
    same = select(Station.id).where(func.lower(Station.name) == func.lower(name), Station.id.is_distinct_from(but))
    if await uow.scalar(same) is not None:
        raise _taken()


async def _unless_taken(uow: UnitOfWork, statement: Insert | Update) -> int:
    """Two that take the same name at once: the second waits for the first and is refused."""
    try:
        return int(await uow.scalar(statement))
    except IntegrityError as error:
        raise _taken() from error
