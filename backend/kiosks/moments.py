"""When a press really happened, from what the device knew of the time and from when it told.

A tablet's clock may be forty minutes off, be set right while presses wait, and stand still while it sleeps. Three estimates:

- *as known*: its clock at the press, set right by what it knew of the server's clock then;
- *by age*: how long ago it was by its clock when it told, which is right however wrong that clock is, if it was not set meanwhile;
- *at least so long ago*: what its steady counter says, which may stand still during sleep and never runs ahead.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

AHEAD = timedelta(minutes=2)
"""What is further in the future than this is for a person to decide."""
LONG_AGO = timedelta(days=14)
_MOST_OFFSET_MS = 10 * 365 * 86_400_000.0


@dataclass(frozen=True, slots=True)
class Told:
    """What a device says of the time. Instants by its own clock; ``steady_ms`` counts within one ``run`` of the page."""

    at: datetime
    steady_ms: float
    run: str
    offset_ms: float | None = None


def moment(press: Told, sending: Told, now: datetime) -> datetime:
    """The instant of the press by the server's clock; not in the future by more than the device claims."""
    by_age = now - (sending.at - press.at)
    # Not a number compares as false, and what nobody can mean is not taken.
    known = press.offset_ms is not None and abs(press.offset_ms) <= _MOST_OFFSET_MS
    guess = press.at + timedelta(milliseconds=press.offset_ms) if known and press.offset_ms is not None else by_age
    if press.run == sending.run and 0 <= sending.steady_ms - press.steady_ms <= _MOST_OFFSET_MS:
        guess = min(guess, now - timedelta(milliseconds=sending.steady_ms - press.steady_ms))
    # A moment ahead is the width of a clock, and nobody comes tomorrow.
    return now if now < guess <= now + AHEAD else guess
