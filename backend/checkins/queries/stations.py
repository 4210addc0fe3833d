"""Reading stations, and who records visits."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from backend.accounts.models import User
from backend.checkins.models import Station
from backend.db import AnyRow, ReadSession
from backend.errors import NotFound


@dataclass(frozen=True, slots=True)
class StationRow:
    """A place; a retired one can't be chosen any more."""

    id: int
    name: str
    retired: bool


_COLUMNS = (Station.id, Station.name, Station.retired_at.is_not(None).label("retired"))


async def stations(reader: ReadSession, *, retired: bool = False) -> Sequence[StationRow]:
    """The stations in the order in which they were made: those in use, with ``retired`` all of them."""
    statement = select(*_COLUMNS).order_by(Station.id)
    return [StationRow(*row) for row in await reader.rows(statement if retired else statement.where(Station.retired_at.is_(None)))]


async def station(reader: ReadSession, station_id: int) -> StationRow:
    """One of them; raises `NotFound`."""
    row = await reader.row(select(*_COLUMNS).where(Station.id == station_id))
    if row is None:
        raise NotFound("There is no station with this id.")
    return StationRow(*row)


async def recorders(reader: ReadSession) -> Sequence[AnyRow]:
    """``id``, ``display_name`` of the users who may have recorded a visit, by name; a centre has a handful."""
    return await reader.rows(select(User.id, User.display_name).order_by(User.display_name, User.id))
