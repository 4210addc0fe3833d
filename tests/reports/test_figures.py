"""Each figure against the same worked out in plain Python, over histories in several zones."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import text

from backend.db import Database
from backend.reports import queries
from backend.reports.spans import Moment, spans, this_month, this_week
from tests.reports.histories import CLIENTS, STATIONS, History, days_so_far, furnish, histories, write

_CLIENTS = text("SELECT id FROM clients ORDER BY id")
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
async def centre(database: Database) -> Database:
    await furnish(database)
    return database


def moment(history: History) -> Moment:
    return Moment(history.now, history.zone)


@many
@given(history=histories())
async def test_visits_compared_with_the_time_before(centre: Database, history: History) -> None:
    await write(centre, history)
    async with centre.reading() as reader:
        found = await queries.compared(reader, spans(moment(history)), moment(history))
    zone, wall = history.zone, history.now.astimezone(history.zone).time()
    for figure, (present, before) in zip(found, days_so_far(history).values(), strict=True):
        so_far = [
            visit for visit in history.counting if visit.day(zone) in before and (visit.day(zone) < max(before) or visit.wall(zone) < wall)
        ]
        assert figure.visits == sum(visit.day(zone) in present for visit in history.counting)
        assert figure.before == len(so_far)


@many
@given(history=histories())
async def test_the_heat_map(centre: Database, history: History) -> None:
    await write(centre, history)
    async with centre.reading() as reader:
        found = await queries.heat_map(reader, history.today)
    first, last = history.today - timedelta(days=84), history.today - timedelta(days=1)
    in_time = [visit for visit in history.counting if first <= visit.day(history.zone) <= last]
    assert found.visits == Counter((visit.day(history.zone).isoweekday(), visit.wall(history.zone).hour) for visit in in_time)
    assert found.days.first == min((visit.day(history.zone) for visit in in_time), default=first)
    assert found.days.last == last


@many
@given(history=histories())
async def test_by_station(centre: Database, history: History) -> None:
    await write(centre, history)
    async with centre.reading() as reader:
        found = await queries.by_station(reader, this_week(moment(history)).present, this_month(moment(history)).present)
    expected = []
    for station in (*range(1, STATIONS + 1), 0):
        days = [visit.day(history.zone) for visit in history.counting if visit.station == station]
        counts = [sum(day in present for day in days) for present, _ in days_so_far(history).values()]
        if station or any(counts):
            expected.append((f"Station {station}" if station else None, *counts))
    assert [(row.name, row.today, row.week, row.month) for row in found] == expected


@many
@given(history=histories())
async def test_who_is_new_and_who_returns(centre: Database, history: History) -> None:
    await write(centre, history)
    begins = [moment(history).begin(span.present.first) for span in spans(moment(history))]
    async with centre.reading() as reader:
        found = await queries.new_and_returning(reader, begins)
    for figures, (present, _) in zip(found, days_so_far(history).values(), strict=True):
        days = [{visit.day(history.zone) for visit in history.counting if visit.client == client} for client in range(1, CLIENTS + 1)]
        here = [visited for visited in days if visited & present]
        assert figures.new == sum(min(visited) in present for visited in here)
        assert figures.returning == sum(min(visited) not in present for visited in here)


@many
@given(history=histories())
async def test_who_stays_away(centre: Database, history: History) -> None:
    await write(centre, history)
    limit = history.today - timedelta(days=queries.INACTIVE_DAYS)
    async with centre.reading() as reader:
        found = await queries.inactive(reader, moment(history).begin(limit), first=CLIENTS)
    last: dict[int, datetime] = {}
    for visit in history.counting:
        last[visit.client] = max(visit.at, last.get(visit.client, visit.at))
    away = [client for client, at in last.items() if at.astimezone(history.zone).date() < limit]
    async with centre.reading() as reader:
        numbers = await reader.scalars(_CLIENTS)
    assert (found.total, found.exact) == (len(away), True)
    expected = sorted(away, key=lambda client: (last[client], client), reverse=True)
    assert list(found.first_ones) == [numbers[client - 1] for client in expected]
