"""Reading kiosks and what waits for staff."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select, tuple_

from backend import clock
from backend.accounts.models import Kiosk, User
from backend.checkins.models import Station
from backend.db import AnyRow, AnySelect, ReadSession, among
from backend.kiosks.models import KioskDoubt, KioskEvent, KioskLookUps, KioskPace

ASKING = timedelta(minutes=30)
HURRIED = timedelta(minutes=15)
MOST_ASKING = 20
TOPIC = "kiosk_inbox"
"""What live screens listen to."""


def midnight(zone: ZoneInfo) -> datetime:
    """When the centre's present day began."""
    return datetime.combine(clock.today(zone), time(0), zone)


async def kiosks(
    reader: ReadSession, *, since: datetime, revoked: bool = True, only: Iterable[int] | None = None, hurried: bool = False
) -> Sequence[AnyRow]:
    """Kiosks in the order of their pairing, with their station and their look-ups ``since`` then; ``hurried``: those with too many."""
    looked = (
        select(KioskLookUps.kiosk_id, func.sum(KioskLookUps.asked).label("asked"), func.sum(KioskLookUps.slowed).label("slowed"))
        .where(KioskLookUps.hour >= since)
        .group_by(KioskLookUps.kiosk_id)
        .subquery()
    )
    statement = (
        select(
            *(column for column in Kiosk.__table__.columns if column.name != "token_hash"),
            Station.name.label("station_name"),
            Station.retired_at.is_not(None).label("station_retired"),
            User.display_name.label("paired_by_name"),
            func.coalesce(looked.c.asked, 0).label("asked"),
            func.coalesce(looked.c.slowed, 0).label("slowed"),
        )
        .outerjoin(Station, Station.id == Kiosk.station_id)
        .outerjoin(User, User.id == Kiosk.paired_by)
        .outerjoin(looked, looked.c.kiosk_id == Kiosk.id)
        .order_by(Kiosk.id)
    )
    if not revoked:
        statement = statement.where(Kiosk.revoked_at.is_(None))
    if only is not None:
        statement = statement.where(among(Kiosk.id, only))
    if hurried:
        statement = statement.join(KioskPace, KioskPace.kiosk_id == Kiosk.id).where(KioskPace.hurried_at > clock.now() - HURRIED)
    return await reader.rows(statement)


async def queued(reader: ReadSession) -> int:
    """How many presses wait on kiosks, as they told last."""
    count: int = await reader.scalar(select(func.coalesce(func.sum(Kiosk.queued), 0)).where(Kiosk.revoked_at.is_(None)))
    return int(count)


def _of_inbox(*, decided: bool) -> list[ColumnElement[bool]]:
    if decided:
        return [KioskEvent.decision.is_not(None)]
    return [KioskEvent.doubt.is_not(None), KioskEvent.decision.is_(None)]


def _inbox() -> AnySelect:
    return select(*KioskEvent.__table__.columns, User.display_name.label("decided_by_name")).outerjoin(
        User, User.id == KioskEvent.decided_by
    )


async def inbox(
    reader: ReadSession, *, decided: bool, first: int, after: tuple[datetime, int] | None = None
) -> tuple[Sequence[AnyRow], bool]:
    """What waits, the oldest first, or what was decided, the latest first; and whether there is more."""
    at: Any = KioskEvent.decided_at if decided else KioskEvent.occurred_at
    place = tuple_(at, KioskEvent.id)
    statement = _inbox().where(*_of_inbox(decided=decided)).limit(first + 1)
    statement = statement.order_by(at.desc(), KioskEvent.id.desc()) if decided else statement.order_by(at, KioskEvent.id)
    if after is not None:
        statement = statement.where(place < after if decided else place > after)
    rows = await reader.rows(statement)
    return rows[:first], len(rows) > first


async def count_of_inbox(reader: ReadSession, *, decided: bool = False) -> int:
    """How many there are."""
    count: int = await reader.scalar(select(func.count()).select_from(KioskEvent).where(*_of_inbox(decided=decided)))
    return count


async def asking(reader: ReadSession) -> Sequence[AnyRow]:
    """Who was sent to the desk a moment ago and waits there, whoever came first first."""
    kinds = KioskEvent.doubt.in_((KioskDoubt.ASK_STAFF, KioskDoubt.WALK_IN))
    lately = KioskEvent.occurred_at > clock.now() - ASKING
    statement = _inbox().where(*_of_inbox(decided=False), kinds, lately).order_by(KioskEvent.occurred_at, KioskEvent.id)
    return await reader.rows(statement.limit(MOST_ASKING))


async def items(reader: ReadSession, numbers: Iterable[int]) -> Sequence[AnyRow]:
    """These items, decided or not."""
    return await reader.rows(_inbox().where(among(KioskEvent.id, numbers), KioskEvent.doubt.is_not(None)))


async def item(reader: ReadSession, number: int) -> AnyRow | None:
    """One of them."""
    return next(iter(await items(reader, [number])), None)
