"""Arithmetic of periods: days alone, no clock, no zone, no database.

A period has a first and a last day, both included. One of ``n`` months ends on the day before the same day of the month ``n`` months
later, and where that month is too short, on the day before its last: from 31 January a month lasts to 27 February (28 in a leap year),
the next one begins on 28 February. That is PostgreSQL's ``starts_on + n months - 1 day``.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
EARLIEST = date(1990, 1, 1)
LONGEST_MONTHS = 120
LONGEST_DAYS = 3660
AHEAD_MONTHS = 240


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From ``starts_on`` to ``ends_on``, both included."""

    starts_on: date
    ends_on: date

    def overlaps(self, other: "Period") -> bool:
        """Whether they share a day."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


@dataclass(frozen=True, slots=True)
class Length:
    """How long a period lasts: whole months or a number of days, never both."""

    months: int | None = None
    days: int | None = None

    def from_day(self, starts_on: date) -> Period:
        """The period of this length that begins on a day."""
        after = plus_months(starts_on, self.months) if self.months else starts_on + timedelta(days=self.days or 1)
        return Period(starts_on, after - DAY)


def plus_months(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; the last day of that month where it has no such day."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def length_of(period: Period) -> Length:
    """The length that makes this period from its first day: in months where it is whole ones, in days else."""
    after = period.ends_on + DAY
    months = (after.year - period.starts_on.year) * 12 + after.month - period.starts_on.month
    if months > 0 and plus_months(period.starts_on, months) == after:
        return Length(months=months)
    return Length(days=(after - period.starts_on).days)


def renewal(last: Period, length: Length, today: date) -> Period:
    """What comes after a period: it begins the day after, or today where that has passed."""
    return length.from_day(max(last.ends_on + DAY, today))


def first_free(wanted: Period, taken: Iterable[Period], again: Callable[[date], Period]) -> Period:
    """The first period from ``wanted`` on that overlaps none of the ``taken``; ``again`` makes one from its first day."""
    for other in sorted(taken):
        if wanted.overlaps(other):
            wanted = again(other.ends_on + DAY)
    return wanted


def latest(today: date) -> date:
    """The last day on which anything may end: what lies further ahead is a slip of the keyboard."""
    return plus_months(today, AHEAD_MONTHS)


def length_sold(months: int | None, days: int | None) -> Length | None:
    """A tier's period; None where it has none and the end is given by hand."""
    return Length(months=months, days=days) if months or days else None
