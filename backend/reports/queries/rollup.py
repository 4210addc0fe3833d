"""Reading the rollup as it is kept."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text

from backend.db import ReadSession
from backend.reports.models import VisitRollup

_VISITED_DAYS = text("SELECT min(local_day) AS first_day, max(local_day) AS last_day FROM check_ins")


@dataclass(frozen=True, slots=True)
class HourOfVisits:
    """How many visits counted at a station (or at none) in the hour that begins at ``hour`` on one of the centre's days."""

    local_day: date
    hour: int
    station_id: int | None
    visits: int


async def visits_by_hour(reader: ReadSession, first_day: date, last_day: date) -> list[HourOfVisits]:
    """Every hour with visits from ``first_day`` to ``last_day``, both included, in order of time."""
    statement = (
        select(VisitRollup.local_day, VisitRollup.hour, VisitRollup.station_id, VisitRollup.visits)
        .where(VisitRollup.local_day.between(first_day, last_day))
        .order_by(VisitRollup.local_day, VisitRollup.hour, VisitRollup.station_id)
    )
    return [HourOfVisits(row.local_day, row.hour, row.station_id, row.visits) for row in await reader.rows(statement)]


async def visited_days(reader: ReadSession) -> tuple[date, date] | None:
    """The first and the last day with a check-in, voided ones included; None before the first check-in."""
    row = await reader.row(_VISITED_DAYS)
    return (row.first_day, row.last_day) if row is not None and row.first_day is not None else None
