"""The rule that says which presses are visits, without a database: any order of arrival ends as the rule says."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from backend.checkins.service.greedy import Press, arranged, led_by, linked

NOON = datetime(2026, 7, 1, 19, tzinfo=UTC)
WINDOWS = st.sampled_from([0, 1, 5, 10, 30])
# Of whole minutes, so that presses meet at one instant and exactly a window apart.
INSTANTS = st.lists(st.integers(0, 75).map(lambda minute: NOON + timedelta(minutes=minute)), min_size=1, max_size=12)

_requests = count()


def presses_at(instants: Sequence[datetime], chance: random.Random) -> list[Press]:
    """Each with a request of its own, in no order."""
    return [(instant, UUID(int=chance.getrandbits(64) << 64 | next(_requests))) for instant in instants]


def placed(state: dict[Press, Press], press: Press, window: timedelta) -> dict[Press, Press]:
    """What a database would hold after one more press, were ``state`` what it held before."""
    chain = linked(press, state, window)
    plan = arranged(press, {one: state[one] == one for one in chain if one != press}, window)
    before, after = ({one for one in held if held[one] == one} for held in (state, {**state, **plan.led}))
    assert {former for former, _ in plan.moved} == before - after, "exactly those move that are visits no more"
    assert {to for _, to in plan.moved} | set(plan.added) == after - before
    assert len(after) - len(before) in (0, 1), "a press never takes a visit away, and makes at most one"
    assert all(to < former for former, to in plan.moved), "visits move to earlier moments only"
    return {**state, **plan.led}


@trying(max_examples=400, deadline=None, database=None)
@given(instants=INSTANTS, minutes=WINDOWS, order=st.randoms(use_true_random=False))
def test_any_order_gives_what_the_rule_gives(instants: list[datetime], minutes: int, order: random.Random) -> None:
    window, presses = timedelta(minutes=minutes), presses_at(instants, order)
    order.shuffle(presses)
    state: dict[Press, Press] = {}
    for press in presses:
        state = placed(state, press, window)
    assert state == led_by(presses, window)


@trying(max_examples=300, deadline=None, database=None)
@given(instants=INSTANTS, minutes=WINDOWS, order=st.randoms(use_true_random=False))
def test_the_rule_makes_as_many_visits_as_can_be_so_far_apart(instants: list[datetime], minutes: int, order: random.Random) -> None:
    window, presses = timedelta(minutes=minutes), sorted(presses_at(instants, order))
    led = led_by(presses, window)
    leaders = sorted(set(led.values()))
    assert all(later[0] - earlier[0] >= window for earlier, later in pairwise(leaders))
    assert all(leader <= press and (press == leader or press[0] - leader[0] < window) for press, leader in led.items())
    most = [0]  # of the first presses, the largest number that keep their distance
    for n, press in enumerate(presses):
        before = next((k for k in range(n, 0, -1) if press[0] - presses[k - 1][0] >= window), 0)
        most.append(max(most[-1], most[before] + 1))
    assert len(leaders) == most[-1]


@trying(max_examples=300, deadline=None, database=None)
@given(instants=INSTANTS, minutes=WINDOWS, recorded=st.sets(st.integers(0, 11)), chosen=st.integers(0, 11))
def test_whatever_was_recorded_no_visit_goes_away(instants: list[datetime], minutes: int, recorded: set[int], chosen: int) -> None:
    """Visits as no rule of now would make them: imported, merged, or recorded with another window."""
    window, presses = timedelta(minutes=minutes), presses_at(instants, random.Random(chosen))
    press = presses.pop(chosen % len(presses))
    held = {one: n in recorded for n, one in enumerate(presses)}
    others = {one: held[one] for one in linked(press, held, window) if one != press}
    visits = sorted(one for one, is_visit in others.items() if is_visit)
    plan = arranged(press, others, window)
    assert {former for former, _ in plan.moved} <= set(visits)
    assert all(to < former for former, to in plan.moved)
    now = (set(visits) - {former for former, _ in plan.moved}) | {to for _, to in plan.moved} | set(plan.added)
    assert len(now) == len(visits) + len(plan.added)
    assert set(plan.led.values()) <= now
    leader = plan.led[press]
    assert leader == press or abs(press[0] - leader[0]) < window
    if any(later[0] - earlier[0] < window for earlier, later in pairwise(visits)):
        assert set(visits) <= now, "they stay where they are"
        assert leader != press or all(abs(press[0] - visit[0]) >= window for visit in visits)
    else:
        assert plan.led == led_by({press, *others}, window)
