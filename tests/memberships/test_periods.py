"""The arithmetic of periods: held against PostgreSQL's own, and against what follows from its definition."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from backend.db import Database
from backend.memberships.periods import DAY, Length, Period, first_free, length_of, length_sold, plus_months, renewal

FIRST, LAST = date(2024, 1, 1), date(2034, 12, 31)
days = st.dates(FIRST, LAST)
lengths = st.one_of(st.integers(1, 36).map(lambda n: Length(months=n)), st.integers(1, 800).map(lambda n: Length(days=n)))
# The days on which months differ: the last four of each month.
month_ends = st.builds(lambda first, back: first.replace(day=1) - timedelta(back), st.dates(date(2024, 2, 1), LAST), st.integers(1, 4))


@pytest.mark.parametrize(
    ("first", "length", "last"),
    [
        (date(2026, 11, 3), Length(months=1), date(2026, 12, 2)),
        (date(2026, 1, 1), Length(months=12), date(2026, 12, 31)),
        (date(2026, 1, 31), Length(months=1), date(2026, 2, 27)),
        (date(2028, 1, 31), Length(months=1), date(2028, 2, 28)),
        (date(2028, 2, 29), Length(months=12), date(2029, 2, 27)),
        (date(2028, 2, 29), Length(months=48), date(2032, 2, 28)),
        (date(2026, 8, 31), Length(months=1), date(2026, 9, 29)),
        (date(2026, 12, 31), Length(months=2), date(2027, 2, 27)),
        (date(2026, 11, 23), Length(days=1), date(2026, 11, 23)),
        (date(2026, 11, 23), Length(days=7), date(2026, 11, 29)),
    ],
)
def test_the_last_day(first: date, length: Length, last: date) -> None:
    assert length.from_day(first) == Period(first, last)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=st.lists(st.tuples(st.one_of(days, month_ends), st.integers(1, 36)), min_size=1, max_size=60))
async def test_months_are_postgresqls(database: Database, cases: list[tuple[date, int]]) -> None:
    asked = text(
        "SELECT (day + make_interval(months => months) - interval '1 day')::date"
        " FROM unnest(CAST(:days AS date[]), CAST(:months AS int[])) WITH ORDINALITY AS c (day, months, place) ORDER BY place"
    )
    async with database.reading() as reader:
        theirs = await reader.scalars(asked, {"days": [day for day, _ in cases], "months": [n for _, n in cases]})
    assert [Length(months=n).from_day(day).ends_on for day, n in cases] == list(theirs)


@given(first=st.one_of(days, month_ends), length=lengths)
def test_a_length_is_found_again_from_its_period(first: date, length: Length) -> None:
    period = length.from_day(first)
    assert length_of(period).from_day(first) == period
    assert period.ends_on >= first


@given(first=st.one_of(days, month_ends), length=lengths, times=st.integers(2, 24))
def test_renewals_in_time_chain_without_gap_or_overlap(first: date, length: Length, times: int) -> None:
    chain = [length.from_day(first)]
    for _ in range(times):
        # Renewed on the last day or before: what follows begins the day after, whatever day it is.
        chain.append(renewal(chain[-1], length, today=chain[-1].ends_on - timedelta(3)))
    for one, following in pairwise(chain):
        assert following.starts_on == one.ends_on + DAY
        assert not one.overlaps(following)
    if length.months:
        # The same day of the month as long as every month has it, an earlier one once one of them had not.
        assert all(following.starts_on.day <= one.starts_on.day for one, following in pairwise(chain))
        assert all(
            (b.starts_on.year * 12 + b.starts_on.month) - (a.starts_on.year * 12 + a.starts_on.month) == length.months
            for a, b in pairwise(chain)
        )


@given(first=days, length=lengths, late=st.integers(2, 400))
def test_a_late_renewal_begins_today(first: date, length: Length, late: int) -> None:
    last = length.from_day(first)
    today = last.ends_on + timedelta(late)
    assert renewal(last, length, today).starts_on == today
    assert renewal(last, length, last.ends_on + DAY).starts_on == last.ends_on + DAY


@given(day=st.one_of(days, month_ends), one=st.integers(0, 40))
def test_months_clamp_to_the_last_day(day: date, one: int) -> None:
    later = plus_months(day, one)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == one
    assert later.day == day.day or (later.day < day.day and (later + DAY).day == 1)


@given(start=st.integers(0, 60), length=st.integers(1, 20), taken=st.lists(st.tuples(st.integers(0, 120), st.integers(1, 20)), max_size=8))
def test_the_first_free_period_is_free_and_the_first(start: int, length: int, taken: list[tuple[int, int]]) -> None:
    def period(first: int, days: int) -> Period:
        return Length(days=days).from_day(FIRST + timedelta(first))

    others = [period(first, days) for first, days in taken]
    found = first_free(period(start, length), others, Length(days=length).from_day)
    assert not any(found.overlaps(other) for other in others)
    places = [place for place in range(start, 400) if not any(period(place, length).overlaps(other) for other in others)]
    assert found == period(places[0], length)


def test_a_tier_lasts_months_or_days_or_as_said() -> None:
    assert length_sold(3, None) == Length(months=3)
    assert length_sold(None, 7) == Length(days=7)
    assert length_sold(None, None) is None
