"""What recurs fires once a day by the centre's clock, whatever the clock does and however many schedulers look."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.db import Database
from backend.jobs.schedule import Schedule, next_after
from tests.jobs.support import value

CALIFORNIA = ZoneInfo("America/Los_Angeles")
ZONES = ["America/Los_Angeles", "Europe/Madrid", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu", "UTC"]
ROLLUP = {"reports.rollup": time(3, 10)}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("of_day", "instant", "expected"),
    [
        (time(3, 10), "2026-07-01T09:00:00+00:00", "2026-07-01T10:10:00+00:00"),
        (time(3, 10), "2026-07-01T10:10:00+00:00", "2026-07-02T10:10:00+00:00"),
        # Spring: on 8 March 2026 the clocks go from 2:00 PST (10:00 UTC) to 3:00 PDT; 2:30 comes as 3:30 PDT.
        (time(2, 30), "2026-03-07T10:30:00+00:00", "2026-03-08T10:30:00+00:00"),
        (time(2, 30), "2026-03-08T10:30:00+00:00", "2026-03-09T09:30:00+00:00"),
        (time(3, 10), "2026-03-08T08:00:00+00:00", "2026-03-08T10:10:00+00:00"),
        # Autumn: on 1 November 2026 1:30 comes twice, at 8:30 and at 9:30 UTC; the first counts.
        (time(1, 30), "2026-10-31T08:30:00+00:00", "2026-11-01T08:30:00+00:00"),
        (time(1, 30), "2026-11-01T08:30:00+00:00", "2026-11-02T09:30:00+00:00"),
        (time(1, 30), "2026-11-01T09:30:00+00:00", "2026-11-02T09:30:00+00:00"),
    ],
)
def test_the_next_time_at_the_centre(of_day: time, instant: str, expected: str) -> None:
    assert next_after(of_day, at(instant), CALIFORNIA) == at(expected)


@given(
    zone=st.sampled_from(ZONES),
    of_day=st.times().map(lambda value: value.replace(microsecond=0)),
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_it_comes_once_for_each_day_in_any_zone(zone: str, of_day: time, start: date) -> None:
    here = ZoneInfo(zone)
    instant = next_after(of_day, datetime.combine(start, time(0), UTC), here)
    for _ in range(30):
        following = next_after(of_day, instant, here)
        assert timedelta(hours=22) <= following - instant <= timedelta(hours=26)
        # A time within a spring gap is shown later on the same day, every other is shown exactly.
        days = following.astimezone(here).date() - instant.astimezone(here).date()
        assert days == timedelta(days=1)
        instant = following


async def test_it_fires_when_due_and_not_before(database: Database) -> None:
    schedule = Schedule(database, ROLLUP, CALIFORNIA)
    await schedule.plant(at("2026-07-01T09:00:00+00:00"))
    assert await schedule.fire(at("2026-07-01T10:09:59+00:00")) == []
    assert await schedule.fire(at("2026-07-01T10:10:00+00:00")) == ["reports.rollup"]
    assert await schedule.fire(at("2026-07-01T10:10:01+00:00")) == []
    assert await value(database, "SELECT count(*) FROM outbox WHERE topic = 'reports.rollup'") == 1


@pytest.mark.parametrize("night", ["2026-03-08", "2026-11-01"])
async def test_a_night_of_changing_clocks_fires_once(database: Database, night: str) -> None:
    topics = {"test.early": time(1, 30), "test.gap": time(2, 30), "reports.rollup": time(3, 10)}
    schedule = Schedule(database, topics, CALIFORNIA)
    instant = datetime.combine(date.fromisoformat(night), time(0), CALIFORNIA).astimezone(UTC)
    await schedule.plant(instant)
    fired: list[str] = []
    for _ in range(6 * 6):
        fired += await schedule.fire(instant)
        instant += timedelta(minutes=10)
    assert sorted(fired) == sorted(topics)


async def test_after_days_away_it_fires_once(database: Database) -> None:
    schedule = Schedule(database, ROLLUP, CALIFORNIA)
    await schedule.plant(at("2026-07-01T09:00:00+00:00"))
    restarted = Schedule(database, ROLLUP, CALIFORNIA)
    await restarted.plant(at("2026-07-09T20:00:00+00:00"))
    assert await restarted.fire(at("2026-07-09T20:00:00+00:00")) == ["reports.rollup"]
    assert await restarted.fire(at("2026-07-09T20:00:01+00:00")) == []
    assert await value(database, "SELECT next_at FROM schedules") == at("2026-07-10T10:10:00+00:00")


async def test_eight_schedulers_at_once_fire_once(database: Database) -> None:
    schedules = [Schedule(database, ROLLUP, CALIFORNIA) for _ in range(8)]
    await asyncio.gather(*(schedule.plant(at("2026-07-01T09:00:00+00:00")) for schedule in schedules))
    fired = await asyncio.gather(*(schedule.fire(at("2026-07-01T10:10:00+00:00")) for schedule in schedules))
    assert [topic for topics in fired for topic in topics] == ["reports.rollup"]
    assert await value(database, "SELECT count(*) FROM outbox") == 1


async def test_a_restart_right_after_firing_does_not_fire_again(database: Database) -> None:
    schedule = Schedule(database, ROLLUP, CALIFORNIA)
    await schedule.plant(at("2026-07-01T09:00:00+00:00"))
    await schedule.fire(at("2026-07-01T10:10:00+00:00"))
    await schedule.plant(at("2026-07-01T10:10:00+00:00"))
    assert await schedule.fire(at("2026-07-01T10:10:01+00:00")) == []


async def test_an_earlier_time_of_day_holds_from_the_next_start(database: Database) -> None:
    await Schedule(database, {"reports.rollup": time(23, 0)}, CALIFORNIA).plant(at("2026-07-01T09:00:00+00:00"))
    await Schedule(database, ROLLUP, CALIFORNIA).plant(at("2026-07-01T09:00:00+00:00"))
    assert await value(database, "SELECT next_at FROM schedules") == at("2026-07-01T10:10:00+00:00")


async def test_topics_of_others_are_left_alone(database: Database) -> None:
    await Schedule(database, {"test.other": time(0, 0)}, CALIFORNIA).plant(at("2026-07-01T09:00:00+00:00"))
    assert await Schedule(database, ROLLUP, CALIFORNIA).fire(at("2027-01-01T00:00:00+00:00")) == []
