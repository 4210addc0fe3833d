"""Which clock the centre went by at an instant: it may have chosen another zone since.

A visit keeps the day and the hour of the clock by which it was recorded, so whoever counts it again needs that clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class PastZone:
    """A zone that held until an instant (aware)."""

    until: datetime
    zone: str


def zone_at(instant: datetime, past: Iterable[PastZone], now: ZoneInfo) -> ZoneInfo:
    """The zone that held at ``instant``; ``past`` are the former ones, the oldest first, and ``now`` is the present one."""
    return next((ZoneInfo(former.zone) for former in past if instant < former.until), now)
