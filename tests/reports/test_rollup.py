"""The figures equal the check-ins that count, in the centre's days and hours."""

import asyncio
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from backend import clock
from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from backend.jobs import registry
from backend.reports import jobs, queries, service
from backend.reports.queries import HourOfVisits

ZONE = ZoneInfo("America/Los_Angeles")
TESTER = Actor(ActorKind.OPERATOR, label="test")
VISIT = text(
    """
    INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, station_id, standing_status, policy)
    SELECT gen_random_uuid(), client_id, instant, CAST(instant AT TIME ZONE :zone AS date), 'STAFF', :station, 'NONE', 'REMIND'
    FROM (SELECT (SELECT min(id) FROM clients) AS client_id, CAST(CAST(:instant AS text) AS timestamptz) AS instant) AS visit
    RETURNING id
    """
)


@pytest.fixture(autouse=True)
async def station(database: Database) -> int:
    async with database.writing(TESTER) as uow:
        await uow.execute(text("INSERT INTO clients (first_name, last_name) VALUES ('Ana', 'Abrams')"))
        made: int = await uow.scalar(text("INSERT INTO stations (name) VALUES ('Test desk') RETURNING id"))
        return made


async def visit(database: Database, instant: str, station: int | None = None) -> int:
    async with database.writing(TESTER) as uow:
        made: int = await uow.scalar(VISIT, {"zone": ZONE.key, "instant": instant, "station": station})
        return made


async def void(database: Database, check_in: int) -> None:
    async with database.writing(TESTER) as uow:
        await uow.execute(text("UPDATE check_ins SET voided_at = now(), void_reason = 'test' WHERE id = :id"), {"id": check_in})


async def roll_up(database: Database, first_day: date, last_day: date) -> int:
    async with database.writing(TESTER) as uow:
        return await service.roll_up(uow, ZONE, first_day, last_day)


async def figures(database: Database) -> list[HourOfVisits]:
    async with database.reading() as reader:
        return await queries.visits_by_hour(reader, date(2000, 1, 1), date(2100, 1, 1))


async def test_visits_are_counted_by_the_centre_s_day_hour_and_station(database: Database, station: int) -> None:
    await visit(database, "2026-07-02T06:59:00Z", station)
    await visit(database, "2026-07-02T06:01:00Z", station)
    await visit(database, "2026-07-02T06:30:00Z")
    await visit(database, "2026-07-02T07:00:00Z", station)
    assert await roll_up(database, date(2026, 7, 1), date(2026, 7, 2)) == 3
    assert await figures(database) == [
        HourOfVisits(date(2026, 7, 1), 23, station, 2),
        HourOfVisits(date(2026, 7, 1), 23, None, 1),
        HourOfVisits(date(2026, 7, 2), 0, station, 1),
    ]


async def test_again_it_changes_nothing(database: Database, station: int) -> None:
    await visit(database, "2026-07-02T18:00:00Z", station)
    assert await roll_up(database, date(2026, 7, 1), date(2026, 7, 3)) == 1
    assert await roll_up(database, date(2026, 7, 1), date(2026, 7, 3)) == 0


async def test_voided_and_late_visits_correct_the_figures(database: Database, station: int) -> None:
    only = await visit(database, "2026-07-02T18:00:00Z", station)
    await visit(database, "2026-07-02T19:00:00Z", station)
    await roll_up(database, date(2026, 7, 2), date(2026, 7, 2))
    await void(database, only)
    await visit(database, "2026-07-02T19:30:00Z", station)
    assert await roll_up(database, date(2026, 7, 2), date(2026, 7, 2)) == 2
    assert await figures(database) == [HourOfVisits(date(2026, 7, 2), 12, station, 2)]


async def test_other_days_are_left_as_they_are(database: Database, station: int) -> None:
    gone = await visit(database, "2026-07-02T18:00:00Z", station)
    await roll_up(database, date(2026, 7, 2), date(2026, 7, 2))
    await void(database, gone)
    assert await roll_up(database, date(2026, 7, 3), date(2026, 7, 9)) == 0
    assert len(await figures(database)) == 1


async def test_the_hour_that_comes_twice_in_autumn_holds_both(database: Database, station: int) -> None:
    await visit(database, "2026-11-01T08:30:00Z", station)
    await visit(database, "2026-11-01T09:30:00Z", station)
    await roll_up(database, date(2026, 11, 1), date(2026, 11, 1))
    assert await figures(database) == [HourOfVisits(date(2026, 11, 1), 1, station, 2)]


async def test_rollups_at_once_end_well(database: Database, station: int) -> None:
    for minute in range(30):
        await visit(database, f"2026-07-02T{10 + minute % 10}:{minute}:00Z", station)
    day = date(2026, 7, 2)
    changed = await asyncio.gather(*(roll_up(database, day, day) for _ in range(5)))
    assert sorted(changed) == [0, 0, 0, 0, 10]


async def test_everything_from_the_first_visit_to_the_last(database: Database, station: int) -> None:
    async with database.writing(TESTER) as uow:
        assert await service.roll_up_everything(uow, ZONE) == 0
    await visit(database, "2025-01-02T18:00:00Z", station)
    await visit(database, "2026-07-02T18:00:00Z", station)
    async with database.writing(TESTER) as uow:
        assert await service.roll_up_everything(uow, ZONE) == 2


async def test_the_nightly_job_covers_today_and_three_closed_days(
    database: Database, settings: Settings, station: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "settings", lambda: settings)
    today = clock.today(settings.zone)
    for days in range(6):
        noon = f"{today - timedelta(days=days)} 12:00 {settings.centre_timezone}"
        await visit(database, noon, station)
    registry.load()
    async with database.writing(TESTER) as uow:
        for job in registry.handlers("reports.rollup"):
            await job(uow, {})
    assert [figure.local_day for figure in await figures(database)] == [today - timedelta(days=days) for days in (3, 2, 1, 0)]
    assert "reports.rollup" in registry.daily()


async def test_a_visit_that_is_being_counted_meanwhile_is_not_lost(database: Database, station: int) -> None:
    day = date(2026, 7, 2)
    await visit(database, "2026-07-02T18:00:00Z", station)
    await roll_up(database, day, day)
    await visit(database, "2026-07-02T20:00:00Z", station)
    async with database.writing(TESTER) as uow:
        await uow.execute(VISIT, {"zone": ZONE.key, "instant": "2026-07-02T18:30:00Z", "station": station})
        await uow.execute(text("UPDATE visit_rollup SET visits = visits + 1"))
        rolling = asyncio.create_task(roll_up(database, day, day))
        await asyncio.sleep(0.3)
        assert not rolling.done()
    assert await rolling == 1
    assert [figure.visits for figure in await figures(database)] == [2, 1]


async def test_where_the_figures_are_right_nobody_is_made_to_wait(database: Database, station: int) -> None:
    day = date(2026, 7, 2)
    await visit(database, "2026-07-02T18:00:00Z", station)
    await visit(database, "2026-07-02T18:00:00Z")
    await roll_up(database, day, day)
    async with database.writing(TESTER) as uow:
        await uow.execute(text("UPDATE visit_rollup SET visits = visits + 1"))
        assert await asyncio.wait_for(roll_up(database, day, day), timeout=1) == 0
