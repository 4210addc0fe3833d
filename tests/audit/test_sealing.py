"""Sealing: only what can't change any more, all of it, once; whoever writes or seals at the same time."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from backend.audit import service as audit
from backend.audit.sealing import seal
from backend.db import Database
from backend.errors import Failure
from backend.jobs import registry
from backend.jobs.runner import Outcome, Runner
from backend.trail.jobs import SEAL, in_a_minute
from tests.audit.log import add, finding, look, newest, seal_all, seals, step, tamper
from tests.jobs.support import add as enqueue
from tests.jobs.support import change, value
from tests.world import OPERATOR

MINUTE = timedelta(minutes=1)


def fail() -> None:
    """Let a transaction be rolled back."""
    raise Failure("it did not work")


async def until_settled(database: Database, made: int) -> None:
    """Take steps until so many seals are there."""
    for _ in range(200):
        await step(database)
        if len(await seals(database)) >= made:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("nothing was sealed")


async def test_the_horizon_comes_first_and_a_minute_goes_by(database: Database) -> None:
    await add(database, 3)
    assert await step(database) == 0
    for _ in range(3):
        assert await step(database, wait=MINUTE) == 0
    assert await seals(database) == []
    await change(database, "UPDATE audit_horizon SET noted_at = noted_at - interval '61 s'")
    await until_settled(database, 1)
    await add(database, 2)
    assert await step(database, wait=MINUTE) == 0
    assert [row[2:] for row in await seals(database)] == [(await value(database, "SELECT max(id) - 2 FROM audit_log"), 3)]


async def test_in_parts_without_a_gap(database: Database) -> None:
    numbers = await add(database, 12)
    await seal_all(database)
    last = numbers[-1]
    assert await seals(database) == [(1, 1, numbers[4], 5), (2, numbers[4] + 1, numbers[9], 5), (3, numbers[9] + 1, last, 2)]
    for _ in range(3):
        assert await step(database) == 0, "there is nothing new"
    assert len(await seals(database)) == 3
    more = await add(database, 1)
    await seal_all(database)
    assert (await seals(database))[3] == (4, last + 1, more[0], 1)


async def test_a_large_backlog_is_sealed_in_several_steps(database: Database) -> None:
    numbers = await add(database, 23)
    await step(database)
    made = []
    for _ in range(200):
        made.append(await step(database, most_seals=2))
        if sum(made) == 5:
            break
        await asyncio.sleep(0.02)
    assert [count for count in made if count] == [2, 2, 1]
    assert (await seals(database))[-1][2] == numbers[-1]
    assert await finding(database) is None


async def test_a_number_that_is_not_committed_is_waited_for(database: Database) -> None:
    await add(database, 2)
    slow = database.writing(OPERATOR)
    async with slow as uow:
        audit.record(uow, "thing.slow", "thing", 1)
        await uow.flush()
        await add(database, 2)
        for _ in range(5):
            assert await step(database) == 0, "the slow one has a number below the horizon"
    await seal_all(database)
    assert sum(row[3] for row in await seals(database)) == 5
    assert await finding(database) is None


async def test_a_number_that_is_never_committed_is_no_gap(database: Database) -> None:
    await add(database, 2)
    with suppress(Failure):
        async with database.writing(OPERATOR) as uow:
            audit.record(uow, "thing.lost", "thing", 1)
            await uow.flush()
            await add(database, 2)
            fail()
    await seal_all(database)
    assert sum(row[3] for row in await seals(database)) == 4
    assert await finding(database) is None


async def test_writers_and_sealers_at_once(database: Database) -> None:
    """Forty writers, some of them slow and some of them failing, while four sealers never rest: nothing is missed."""
    writing = True

    async def write(number: int) -> None:
        with suppress(Failure):
            async with database.writing(OPERATOR) as uow:
                # As after any change. From an entry's number to a transaction's first one only the wait helps, and here is none.
                await uow.execute(text("SELECT pg_current_xact_id()"))
                for _ in range(3):
                    audit.record(uow, "thing.changed", "thing", number, after={"n": number})
                    await uow.flush()
                    await asyncio.sleep(0.02 * (number % 7))
                if number % 5 == 0:
                    fail()

    async def keep_sealing() -> None:
        while writing:
            await step(database)
            await asyncio.sleep(0.005)

    sealers = [asyncio.create_task(keep_sealing()) for _ in range(4)]
    for begin in range(0, 40, 8):
        await asyncio.gather(*(write(begin + number) for number in range(8)))
    writing = False
    await asyncio.gather(*sealers)
    await seal_all(database)
    verdict = await look(database)
    assert (verdict.finding, verdict.waiting) == (None, 0)
    assert verdict.entries == await value(database, "SELECT count(*) FROM audit_log") == 32 * 3
    assert len(await seals(database)) > 3


async def test_of_two_sealers_at_once_the_second_does_nothing(database: Database) -> None:
    await add(database, 3)
    async with database.writing(OPERATOR) as uow:
        assert await seal(uow) == 0
        assert await value(database, "SELECT count(*) FROM audit_horizon") == 0
        assert await step(database) == 0
    assert await value(database, "SELECT count(*) FROM audit_horizon") == 1


async def test_in_another_cluster_a_new_horizon_is_noted(database: Database) -> None:
    """A backup that was restored elsewhere brings a number of a transaction that means nothing there."""
    await add(database, 3)
    await step(database)
    await change(database, "UPDATE audit_horizon SET cluster = '1', xid = '3', noted_at = now() - interval '1 day'")
    await add(database, 1)
    assert await step(database, wait=MINUTE) == 0
    assert await value(database, "SELECT cluster <> '1' AND noted_at > now() - interval '1 minute' FROM audit_horizon")
    assert await value(database, "SELECT last_id = (SELECT max(id) FROM audit_log) FROM audit_horizon")
    await seal_all(database)
    assert await finding(database) is None


async def test_entries_without_values_and_with_any_writing(database: Database) -> None:
    async with database.writing(OPERATOR) as uow:
        audit.record(uow, "thing.done", "thing", None)
        audit.record(uow, "thing.done", "thing", 1, before={}, after={"deep": {"list": [1, 2.50, None, True]}, "sign": '"\\\n\t\u2028😀'})
        await uow.flush()
        assert await newest(uow)
    await tamper(database, "UPDATE audit_log SET happened_at = '-infinity' WHERE subject_id IS NULL")
    await seal_all(database)
    assert await finding(database) is None


async def test_while_no_worker_is_there_the_work_does_not_pile_up(database: Database) -> None:
    now = datetime.now(UTC)
    async with database.reading() as reader:
        assert await in_a_minute(reader, now, ZoneInfo("UTC")) == now + MINUTE
        await enqueue(database, SEAL)
        assert await in_a_minute(reader, now, ZoneInfo("UTC")) == now + MINUTE
        await change(database, "UPDATE outbox SET created_at = created_at - interval '6 minutes'")
        assert await in_a_minute(reader, now, ZoneInfo("UTC")) == now + timedelta(hours=1)
        await change(database, "UPDATE outbox SET dead_at = now()")
        assert await in_a_minute(reader, now, ZoneInfo("UTC")) == now + MINUTE


async def test_the_job_seals_and_leaves_no_heap_of_work(database: Database) -> None:
    registry.load()
    assert SEAL in registry.recurring()
    await add(database, 2)
    await change(database, "INSERT INTO outbox (topic, payload, done_at) VALUES (:topic, '{}', now() - interval '1 hour')", topic=SEAL)
    row = await enqueue(database, SEAL)
    assert await Runner(database).run(row) is Outcome.DONE
    assert await value(database, "SELECT count(*) FROM audit_horizon") == 1
    assert await value(database, "SELECT count(*) FROM outbox WHERE topic = :topic", topic=SEAL) == 1
