"""Which presses are visits, worked out so that the order in which they arrive makes no difference.

A press is a request that asked for a visit, at its instant. In the order of their instants the first one is a visit, and each one
after it that is at least the repeat window away from the visit before; whatever is nearer repeats that visit. What arrives in order is
recorded so already; a press that arrives late is put among the others, and the rule is applied to them anew.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

Press = tuple[datetime, UUID]
"""Its instant and its request; of two at one instant the lower request is the first."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What to do about a press: ``led`` says of presses which one is the visit that answers them, it itself if it is one.

    ``moved``: visits that become those of other presses, from and to, in order. ``added``: presses that get visits of their own.
    """

    led: Mapping[Press, Press]
    moved: tuple[tuple[Press, Press], ...] = ()
    added: tuple[Press, ...] = ()


def led_by(presses: Iterable[Press], window: timedelta) -> dict[Press, Press]:
    """The rule: for each press, in order, the one that is the visit."""
    led: dict[Press, Press] = {}
    leader: Press | None = None
    for press in sorted(presses):
        if leader is None or press[0] - leader[0] >= window:
            leader = press
        led[press] = leader
    return led


def linked(press: Press, others: Collection[Press], window: timedelta) -> list[Press]:
    """The presses, in order and with this one, that have to do with it: nothing passes a gap as long as the window."""
    presses = sorted({press, *others})
    first = last = presses.index(press)
    while first > 0 and presses[first][0] - presses[first - 1][0] < window:
        first -= 1
    while last + 1 < len(presses) and presses[last + 1][0] - presses[last][0] < window:
        last += 1
    return presses[first : last + 1]


def arranged(press: Press, others: Mapping[Press, bool], window: timedelta) -> Arrangement:
    """What a new press makes of the ``others``, which have to do with it: True for those that are visits.

    No visit ever goes away. Those that are there are a window from each other, and the rule makes as many as can be so far apart, each
    no later than the one of the same rank: so for each that is none any more there is an earlier press that has become one.

    Visits that are nearer to each other were imported, merged, or recorded with a shorter window. No rule of now made them, so they
    stay where they are, and the press alone is looked at.
    """
    visits = sorted(other for other, is_visit in others.items() if is_visit)
    if any(later[0] - earlier[0] < window for earlier, later in pairwise(visits)):
        near = [visit for visit in visits if abs(visit[0] - press[0]) < window]
        leader = max((visit for visit in near if visit < press), default=min(near, default=press))
        return Arrangement({press: leader}, added=(press,) if leader == press else ())
    led = led_by({press, *others}, window)
    leaders = set(led.values())
    gone, new = sorted(set(visits) - leaders), sorted(leaders - set(visits))
    return Arrangement(led, tuple(zip(gone, new, strict=False)), tuple(new[len(gone) :]))
