"""The days that figures are about: so far today, this week, this month, and what they are compared with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the centre, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Moment:
    """The present, and the clock on the centre's wall."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The day it is at the centre."""
        return self.now.astimezone(self.zone).date()

    @property
    def wall(self) -> time:
        """What the clock at the centre shows."""
        return self.now.astimezone(self.zone).time()

    def begin(self, day: date) -> datetime:
        """The instant at which a day of the centre begins. Where the clock jumps over midnight, that of the jump."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def instants(self, first: datetime, last: datetime) -> tuple[datetime, datetime]:
        """All instants at which the clock shows a time from ``first`` to ``last`` (without zones) lie between these.

        There may be others between them: an hour that comes twice has two such stretches, one that is jumped over has none.
        """
        ends = [end.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for end in (first, last) for fold in (0, 1)]
        return min(ends), max(ends)


@dataclass(frozen=True, slots=True)
class Span:
    """Days up to now, and the same ones before, whose last day counts up to the same time on the wall."""

    present: Days
    before: Days


def today(moment: Moment) -> Span:
    """Today, and yesterday."""
    day = moment.today
    yesterday = day - timedelta(days=1)
    return Span(Days(day, day), Days(yesterday, yesterday))


def this_week(moment: Moment) -> Span:
    """From Monday to today, and last week from Monday to the same weekday."""
    day = moment.today
    monday = day - timedelta(days=day.weekday())
    return Span(Days(monday, day), Days(monday - WEEK, day - WEEK))


def this_month(moment: Moment) -> Span:
    """From the first to today, and last month from the first to the same day, or to its last where it is shorter."""
    day = moment.today
    first = day.replace(day=1)
    last_of_before = first - timedelta(days=1)
    return Span(Days(first, day), Days(last_of_before.replace(day=1), last_of_before.replace(day=min(day.day, last_of_before.day))))


def spans(moment: Moment) -> tuple[Span, Span, Span]:
    """Today, this week, this month."""
    return today(moment), this_week(moment), this_month(moment)
