"""How many visits there were."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import case, func, select

from backend.checkins.models import CheckIn
from backend.checkins.queries.lists import still_here
from backend.db import AnyRow, ReadSession, among


class Today(NamedTuple):
    """Visits of a day that count, those of the last hour, and how many people are still here."""

    visits: int
    last_hour: int
    present: int


async def visits_of_day(reader: ReadSession, day: date, *, now: datetime, present_since: datetime | None = None) -> Today:
    """The figures of ``day`` in one statement; who came since ``present_since`` and has not left is present."""
    lately = case((CheckIn.happened_at > now - timedelta(hours=1), 1), else_=0).label("lately")
    of_day = select(lately).where(CheckIn.local_day == day, CheckIn.voided_at.is_(None)).subquery("of_day")
    here = select(func.count()).select_from(CheckIn).where(*still_here(present_since or now)).scalar_subquery()
    row = await reader.row(select(func.count(), func.coalesce(func.sum(of_day.c.lately), 0), here).select_from(of_day))
    return Today(row[0], row[1], row[2]) if row else Today(0, 0, 0)


async def days_of_clients(reader: ReadSession, client_ids: Iterable[int], year: int) -> Sequence[AnyRow]:
    """``client_id``, ``local_day``, ``visits``: the days of a year with visits that count, in order."""
    # A day of the centre lies within a day of the same one in UTC, and the instants are what the index is sorted by.
    earliest, latest = datetime(year, 1, 1, tzinfo=UTC) - timedelta(days=1), datetime(year, 12, 31, tzinfo=UTC) + timedelta(days=2)
    return await reader.rows(
        select(CheckIn.client_id, CheckIn.local_day, func.count().label("visits"))
        .where(
            among(CheckIn.client_id, client_ids),
            CheckIn.happened_at.between(earliest, latest),
            CheckIn.local_day.between(date(year, 1, 1), date(year, 12, 31)),
            CheckIn.voided_at.is_(None),
        )
        .group_by(CheckIn.client_id, CheckIn.local_day)
        .order_by(CheckIn.client_id, CheckIn.local_day)
    )


async def years_of_clients(reader: ReadSession, client_ids: Iterable[int]) -> Sequence[AnyRow]:
    """``client_id``, ``year``, ``visits``: the years with visits that count, the latest first."""
    year = func.extract("year", CheckIn.local_day)
    return await reader.rows(
        select(CheckIn.client_id, year.label("year"), func.count().label("visits"))
        .where(among(CheckIn.client_id, client_ids), CheckIn.voided_at.is_(None))
        .group_by(CheckIn.client_id, year)
        .order_by(CheckIn.client_id, year.desc())
    )
