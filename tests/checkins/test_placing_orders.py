"""Presses that arrive in any order, again, and at once: in the database too the end is what the rule says."""

import asyncio
import random
from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from sqlalchemy import update

from backend.checkins import service
from backend.checkins.models import CheckInMethod
from backend.checkins.service.greedy import led_by
from backend.clients.models import Client
from backend.db import Database
from backend.errors import Conflict
from tests.checkins.desk import figures_agree, visits
from tests.checkins.door import NOON, Door, after
from tests.checkins.test_greedy import WINDOWS, presses_at
from tests.clients.people import add_client
from tests.world import OPERATOR

# Each story has a day of its own, so that it finds the figures of none before it.
_days = count()
DELAYS = st.one_of(st.none(), st.integers(0, 200))
STORIES = st.lists(st.tuples(st.integers(0, 75), DELAYS), min_size=1, max_size=9)


@trying(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(story=STORIES, minutes=WINDOWS, order=st.randoms(use_true_random=False))
async def test_the_end_is_the_same_in_any_order(
    door: Door, story: list[tuple[int, int | None]], minutes: int, order: random.Random
) -> None:
    """Presses of an hour: some are made at the desk, the others arrive minutes or hours later, each of them twice."""
    door.with_window(minutes)
    client = await add_client(door.database)
    start = NOON + timedelta(days=next(_days))
    presses = presses_at([start + timedelta(minutes=at) for at, _ in story], order)
    arrivals = []
    for press, (_, delay) in zip(presses, story, strict=True):
        delays = [0] if delay is None else [delay, order.randint(0, 400)]
        # Of an instant, what is made at the desk is there before what was made elsewhere arrives.
        arrivals += [(press[0] + timedelta(minutes=each), delay is not None, order.random(), press) for each in delays]
    for arrival, late, _, (at, request_id) in sorted(arrivals):
        door.now = arrival
        await (door.place(client, at, request_id) if late else door.live(client, at, request_id))
    held, rule = await door.held(client), led_by(presses, timedelta(minutes=minutes))
    # Two at the desk at one instant: there the first to come is the visit. The times are the same.
    assert sorted(at for at, _ in set(held.values())) == sorted(at for at, _ in set(rule.values()))
    assert held.keys() == rule.keys()
    order.shuffle(presses)
    for at, request_id in presses:
        again = await door.place(client, at, request_id)
        assert (again.replayed, again.check_in.happened_at) == (True, held[at, request_id][0])
    assert await door.held(client) == held
    await door.consistent(client)
    await door.database.broadcast.close()


@pytest.mark.parametrize("minutes", [0, 10])
async def test_the_same_press_many_times_at_once(door: Door, minutes: int) -> None:
    door.with_window(minutes)
    door.now = after(300)
    client, request_id = await add_client(door.database), uuid4()
    answers = await asyncio.gather(*(door.place(client, NOON, request_id) for _ in range(12)))
    assert [answer.replayed for answer in answers].count(False) == 1
    assert len({answer.check_in.id for answer in answers}) == 1
    assert not any(answer.repeat for answer in answers)
    assert await door.times(client) == ["0"]
    await door.consistent(client)


async def test_different_presses_at_once_end_as_the_rule_says(door: Door) -> None:
    door.now = after(300)
    chance = random.Random(5)
    for _ in range(4):
        client = await add_client(door.database)
        presses = presses_at([after(chance.randint(0, 60)) for _ in range(14)], chance)
        await asyncio.gather(*(door.place(client, at, request_id) for at, request_id in presses for _ in range(2)))
        assert await door.held(client) == led_by(presses, timedelta(minutes=10))
        await door.consistent(client)


async def test_late_presses_and_the_desk_at_once(door: Door) -> None:
    """Presses of the last minutes arrive while the desk checks the same clients in: they wait for each other, never in a circle."""
    chance = random.Random(6)
    clients = [await add_client(door.database, f"Person {n}") for n in range(3)]
    presses = {client: presses_at([after(chance.randint(-25, 0)) for _ in range(8)], chance) for client in clients}
    desk = {client: presses_at([NOON] * 2, chance) for client in clients}
    work = [door.place(client, at, request_id) for client in clients for at, request_id in presses[client]]
    work_at_desk = [door.live(client, at, request_id) for client in clients for at, request_id in desk[client]]
    mixed = [*work, *work_at_desk]
    chance.shuffle(mixed)
    await asyncio.gather(*mixed)
    for client in clients:
        held = await door.held(client)
        rule = led_by([*presses[client], *desk[client]], timedelta(minutes=10))
        assert sorted({at for at, _ in held.values()}) == sorted({at for at, _ in rule.values()})
        await door.consistent(client)


async def test_a_repeat_at_the_desk_that_waits_for_a_late_press_is_looked_at_again(door: Door) -> None:
    """The last visit moves while the desk says that somebody is there already: after it that would no longer be true."""
    client = await add_client(door.database)
    await door.live(client, after(0))
    async with door.database.writing(OPERATOR) as uow:
        door.now = after(9)
        await service.place(
            uow, door.settings, request_id=uuid4(), client_id=client, happened_at=after(-5), station_id=None, user_id=None,
            method=CheckInMethod.KIOSK, language="en",
        )  # fmt: skip
        waiting = asyncio.create_task(door.live(client, after(9)))
        await asyncio.sleep(0.3)
        assert not waiting.done()
    assert not (await waiting).repeat
    assert await door.times(client) == ["-5", "9"]
    await door.consistent(client)


async def test_a_press_that_waits_for_a_merge_is_the_kept_clients(door: Door) -> None:
    kept, lost = await add_client(door.database, "Kept"), await add_client(door.database, "Lost")
    async with door.database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).where(Client.id == lost).values(archived_at=NOON, merged_into_id=kept))
        waiting = asyncio.create_task(door.place(lost, NOON))
        await asyncio.sleep(0.3)
        assert not waiting.done()
    assert (await waiting).check_in.client_id == kept
    await door.consistent(kept)
    await door.consistent(lost)


async def test_voids_and_check_outs_at_once_with_late_presses(database: Database, door: Door) -> None:
    """Each has the client's row before the visit's, so that nobody is turned away because of a circle."""
    door.now = after(60)
    for _ in range(6):
        client = await add_client(database)
        number = (await door.place(client, after(20))).check_in.id

        async def leave(visit: int = number) -> None:
            async with database.writing(OPERATOR) as uow:
                await service.check_out(uow, check_in_id=visit, user_id=None)

        results = await asyncio.gather(
            *(door.place(client, after(20 - n)) for n in range(1, 6)), leave(), door.void(number), return_exceptions=True
        )
        assert [result for result in results if isinstance(result, BaseException) and not isinstance(result, Conflict)] == []
        assert [row.voided_at for row in await visits(database, id=number)] == [door.now]
        assert all(row.checked_out_at is None or row.checked_out_at >= row.happened_at for row in await visits(database, client_id=client))
    assert await figures_agree(database, door.settings)
