"""The days on which a client came, for a year at a glance."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from backend.checkins import queries
from backend.db import ReadSession
from backend.graphql.context import UPWARD, Context

FIRST_YEAR, LAST_YEAR = 1900, 9000


@strawberry.type(description="A day on which a client came.")
class VisitDay:
    """Of the centre."""

    day: date = strawberry.field(description="The day.")
    visits: int = strawberry.field(description="How many visits count.")


@strawberry.type(description="A year in which a client came.")
class VisitYear:
    """Of the centre."""

    year: int = strawberry.field(description="The year.")
    visits: int = strawberry.field(description="How many visits count.")


async def _days(reader: ReadSession, _context: Context, keys: list[tuple[int, int]]) -> Mapping[Any, list[VisitDay]]:
    found: dict[tuple[int, int], list[VisitDay]] = defaultdict(list)
    for year in {key[1] for key in keys if FIRST_YEAR <= key[1] <= LAST_YEAR}:
        for row in await queries.days_of_clients(reader, [key[0] for key in keys if key[1] == year], year):
            found[row.client_id, year].append(VisitDay(day=row.local_day, visits=row.visits))
    return found


async def _years(reader: ReadSession, _context: Context, keys: list[int]) -> Mapping[int, list[VisitYear]]:
    found: dict[int, list[VisitYear]] = defaultdict(list)
    for row in await queries.years_of_clients(reader, keys):
        found[row.client_id].append(VisitYear(year=int(row.year), visits=row.visits))
    return found


UPWARD["visit_days_of_client"] = _days
UPWARD["visit_years_of_client"] = _years
