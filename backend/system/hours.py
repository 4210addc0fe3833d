"""When a visit that nobody ended is over: at closing time, and for one outside the opening hours at midnight.

The end of an instant's visit is the first *end of the day* after it: a closing time, or a midnight at which the centre is not open.
An instant at which the clocks do something odd is read as PEP 495 reads it: a time that they skip comes as much later as they jump,
one that they show twice is the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CLOSED = "centre.closed"
"""The topic of the work at the end of the day; in ``schedules`` with the instant of the next one."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When the centre is open on one weekday. One that closes after midnight closes on the next day: ``closes`` is before ``opens``."""

    opens: time
    closes: time


Week = Sequence[Hours | None]
_DAY = timedelta(days=1)


def end_after(instant: datetime, week: Week, zone: ZoneInfo) -> datetime:
    """The first end of the day after ``instant`` (aware), in UTC; never more than two days away."""
    day = instant.astimezone(zone).date()
    return min(end for end in _ends(day - _DAY, day + 2 * _DAY, week, zone) if end > instant)


def last_end(instant: datetime, week: Week, zone: ZoneInfo) -> datetime:
    """The last end of the day that is not after ``instant`` (aware), in UTC: who came since may still be here."""
    day = instant.astimezone(zone).date()
    return max(end for end in _ends(day - 2 * _DAY, day + _DAY, week, zone) if end <= instant)


def tonight(instant: datetime, week: Week, zone: ZoneInfo) -> tuple[datetime, datetime] | tuple[None, None]:
    """When the centre opens and closes, in UTC: what it is in, or else what begins on the day of ``instant``; None where it doesn't."""
    day = instant.astimezone(zone).date()
    for span in (_open_time(day - _DAY, week, zone), _open_time(day, week, zone)):
        if span and span[1] > instant:
            return span
    return _open_time(day, week, zone) or (None, None)


def _ends(first: date, last: date, week: Week, zone: ZoneInfo) -> Iterator[datetime]:
    days = [first + number * _DAY for number in range((last - first).days + 1)]
    open_times = [span for span in (_open_time(day, week, zone) for day in [first - _DAY, *days]) if span]
    yield from (closes for _, closes in open_times)
    for day in days:
        midnight = _instant(day, time(0), zone)
        if not any(opens < midnight < closes for opens, closes in open_times):
            yield midnight


def _open_time(day: date, week: Week, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    hours = week[day.weekday()]
    if hours is None:
        return None
    opens = _instant(day, hours.opens, zone)
    closes = _instant(day if hours.closes > hours.opens else day + _DAY, hours.closes, zone)
    # Where the clocks jump over the whole of a short day, it is not open.
    return (opens, closes) if opens < closes else None


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
