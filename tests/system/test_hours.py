"""When the day ends: at closing time, else at midnight; whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.system.hours import Hours, end_after, last_end

CALIFORNIA = ZoneInfo("America/Los_Angeles")
ZONES = ["America/Los_Angeles", "Europe/Madrid", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "Asia/Kathmandu", "UTC"]
NOON_TO_NINE = (Hours(time(12), time(21)),) * 7
NIGHTS = (Hours(time(18), time(2)),) * 7
WEEKEND = (None, None, None, None, Hours(time(16), time(0)), Hours(time(12), time(1, 30)), Hours(time(12), time(18)))

TIMES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
WEEKS = st.lists(
    st.one_of(st.none(), st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Hours(*pair))),
    min_size=7,
    max_size=7,
)
BEGIN = datetime(2019, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 12 * 365 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))


def local(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CALIFORNIA, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("came", "week", "ends"),
    [
        ("2026-07-01T14:00", NOON_TO_NINE, "2026-07-01T21:00"),
        ("2026-07-01T11:50", NOON_TO_NINE, "2026-07-01T21:00"),  # ten minutes early
        ("2026-07-01T21:00", NOON_TO_NINE, "2026-07-02T00:00"),  # outside the hours: at midnight
        ("2026-07-01T23:30", NOON_TO_NINE, "2026-07-02T00:00"),
        ("2026-07-01T23:30", NIGHTS, "2026-07-02T02:00"),  # midnight is nothing while the centre is open
        ("2026-07-02T01:59", NIGHTS, "2026-07-02T02:00"),
        ("2026-07-02T02:00", NIGHTS, "2026-07-03T02:00"),
        ("2026-07-01T12:00", WEEKEND, "2026-07-02T00:00"),  # a Wednesday, closed
        ("2026-07-03T17:00", WEEKEND, "2026-07-04T00:00"),  # closes at midnight
        ("2026-07-05T00:30", WEEKEND, "2026-07-05T01:30"),
        # Spring: on 8 March 2026 the clocks jump from 2:00 to 3:00. Who came at 23:00 is checked out at the jump.
        ("2026-03-07T23:00", NIGHTS, "2026-03-08T03:00"),
        ("2026-03-08T14:00", NOON_TO_NINE, "2026-03-08T21:00"),
        # Autumn: on 1 November 2026 they show 1:00 to 2:00 twice.
        ("2026-11-01T14:00", NOON_TO_NINE, "2026-11-01T21:00"),
        ("2026-10-31T23:00", NIGHTS, "2026-11-01T02:00"),
        ("2026-10-31T23:00", WEEKEND, "2026-11-01T01:30"),
    ],
)
def test_a_visit_ends_with_the_day_it_belongs_to(came: str, week: tuple[Hours | None, ...], ends: str) -> None:
    assert end_after(local(came), week, CALIFORNIA) == local(ends)


def test_a_closing_time_that_comes_twice_counts_when_it_comes_first() -> None:
    first, second = local("2026-11-01T01:30"), local("2026-11-01T01:30", fold=1)
    assert second - first == timedelta(hours=1)
    assert end_after(local("2026-11-01T01:29"), WEEKEND, CALIFORNIA) == first
    # Who comes in the hour after it came too late for that day.
    assert end_after(second - timedelta(minutes=5), WEEKEND, CALIFORNIA) == local("2026-11-01T18:00")


def test_nights_that_are_an_hour_shorter_or_longer_end_on_time() -> None:
    for night, hours in (("2026-03-07", 8), ("2026-10-31", 9), ("2026-07-01", 8)):
        came = local(f"{night}T18:00")
        assert end_after(came, NIGHTS, CALIFORNIA) - came == timedelta(hours=hours)


@given(zone=st.sampled_from(ZONES), week=WEEKS, instant=INSTANTS)
def test_every_instant_has_an_end_before_and_after_it(zone: str, week: list[Hours | None], instant: datetime) -> None:
    here = ZoneInfo(zone)
    following, before = end_after(instant, week, here), last_end(instant, week, here)
    assert before <= instant < following
    # Two days, and an hour more by the clocks.
    assert following - before <= timedelta(hours=49)
    # The two agree on which instants are ends, and nothing lies between them.
    assert last_end(following, week, here) == following
    assert end_after(before, week, here) == following
    assert last_end(following - timedelta(seconds=1), week, here) == before


@given(zone=st.sampled_from(ZONES), week=WEEKS, instant=INSTANTS, later=st.integers(0, 4000))
def test_who_comes_later_never_ends_earlier(zone: str, week: list[Hours | None], instant: datetime, later: int) -> None:
    here = ZoneInfo(zone)
    assert end_after(instant, week, here) <= end_after(instant + timedelta(minutes=later), week, here)


@given(zone=st.sampled_from(ZONES), opens=TIMES, closes=TIMES, start=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_the_clock_shows_closing_time_whenever_a_day_ends_by_closing(zone: str, opens: time, closes: time, start: date) -> None:
    if opens == closes:
        return
    here, week = ZoneInfo(zone), (Hours(opens, closes),) * 7
    instant = datetime.combine(start, time(0), UTC)
    closings = 0
    for _ in range(60):
        instant = end_after(instant, week, here)
        shown = instant.astimezone(here)
        # A time that the clocks skip comes as much later as they jump: up to an hour.
        skipped = shown.utcoffset() != (instant - timedelta(hours=1, minutes=1)).astimezone(here).utcoffset()
        assert shown.time() in {closes, time(0)} or skipped
        closings += shown.time() == closes
    # Two ends a day at most, and one of them is the closing.
    assert closings >= 28


def test_a_day_that_the_clocks_jump_over_is_not_open() -> None:
    short = (Hours(time(2, 10), time(2, 50)),) * 7
    # 2:10 and 2:50 both come as an hour later; the day is as long as ever.
    assert end_after(local("2026-03-08T00:30"), short, CALIFORNIA) == local("2026-03-08T03:50")
    jumped = (Hours(time(2, 50), time(3, 10)),) * 7
    # It would open at 3:50 and close at 3:10.
    assert end_after(local("2026-03-08T00:30"), jumped, CALIFORNIA) == local("2026-03-09T00:00")
