"""When a Californian centre is busy: school-day afternoons, weekends, holidays, and the few days on which it is closed."""

import random
from datetime import date, timedelta

# From Monday: Fridays and Saturdays are when everybody comes.
BY_WEEKDAY = (0.65, 0.75, 0.85, 0.9, 1.3, 1.75, 1.2)
OPENS, CLOSES = 12 * 60, 21 * 60
"""In minutes of the day; as the centre's hours are set until somebody changes them."""


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth (from 1) such weekday of a month; 0 is Monday."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def is_closed(day: date) -> bool:
    """Thanksgiving, Christmas, New Year's Day and the Fourth of July."""
    return (day.month, day.day) in {(12, 25), (1, 1), (7, 4)} or day == nth_weekday(day.year, 11, 3, 4)


def is_free(day: date) -> bool:
    """Whether there is no school: weekends, long weekends, and the holidays of summer, winter and spring."""
    if day.weekday() >= 5:
        return True
    in_year = (day.month, day.day)
    breaks = in_year >= (12, 21) or in_year <= (1, 4) or (6, 12) <= in_year <= (8, 14) or (4, 1) <= in_year <= (4, 7)
    mondays = {nth_weekday(day.year, 1, 0, 3), nth_weekday(day.year, 2, 0, 3), nth_weekday(day.year, 9, 0, 1)}
    thanksgiving = nth_weekday(day.year, 11, 3, 4)
    return breaks or day in mondays or day == thanksgiving + timedelta(days=1)


def busyness(day: date) -> float:
    """How busy a day is; 1 is an ordinary one, 0 a closed one."""
    if is_closed(day):
        return 0.0
    season = 1.0
    if day.month in (7, 8):
        season = 1.15  # school is out, and the centre is cool
    elif day.month == 9:
        season = 0.85  # a new school year, and other things to do
    elif (day.month, day.day) >= (12, 26):
        season = 1.25
    holiday = 1.45 if is_free(day) and day.weekday() < 5 else 1.0
    return BY_WEEKDAY[day.weekday()] * season * holiday


def minute_of(day: date, chance: random.Random) -> int:
    """When somebody comes, in minutes of the day: after school, or from noon on where there is none."""
    if is_free(day):
        return round(chance.triangular(OPENS + 5, CLOSES - 50, 14 * 60 + 20))
    return round(chance.triangular(14 * 60 + 20, CLOSES - 40, 15 * 60 + 50))
