"""The only place that reads the clock.

Instants are aware datetimes in UTC; days are the centre's days, which have no zone.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: ZoneInfo) -> date:
    """The day it is at the centre."""
    return datetime.now(zone).date()
