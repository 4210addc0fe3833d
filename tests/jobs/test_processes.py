"""Real workers and schedulers, killed in the worst moments: nothing is lost and nothing done twice."""

import asyncio
import signal
import time
from pathlib import Path

import pytest
import redis

from backend.config import Settings
from backend.db import Database
from backend.jobs import handover, health
from backend.jobs.broker import Sender
from tests.jobs.support import (
    Valkey,
    add,
    change,
    effects,
    outbox_row,
    process,
    sweeping,
    until,
    until_done,
    until_in_a_job,
    value,
)

pytestmark = pytest.mark.faults

WORKER = "backend.jobs.worker"
SCHEDULER = "backend.jobs.scheduler"


async def test_a_worker_killed_in_a_job_leaves_it_to_the_next(database: Database, settings: Settings, redis_url: str) -> None:
    await add(database, "test.slow", n=1, seconds=1.5)
    async with sweeping(database, redis_url):
        with process(WORKER, settings) as first:
            await until_in_a_job(database)
            first.kill()
            first.wait()
            assert await effects(database) == []
        with process(WORKER, settings):
            await until_done(database)
    assert await effects(database) == [1]


async def test_a_flush_of_redis_loses_nothing(database: Database, settings: Settings, redis_url: str) -> None:
    async with sweeping(database, redis_url):
        for n in range(30):
            await add(database, "test.effect", n=n)
        await add(database, "test.slow", n=30, seconds=1.0)

        async def handed() -> bool:
            return bool(await value(database, "SELECT count(*) = 0 FROM outbox WHERE handed_at IS NULL"))

        await until(handed, "everything to be handed over")
        with redis.Redis.from_url(redis_url) as client:
            client.flushall()
            with process(WORKER, settings):
                await until_in_a_job(database)
                client.flushall()
                await until_done(database)
    assert await effects(database) == list(range(31))


async def test_redis_killed_and_started_again(database: Database, settings: Settings, mortal_valkey: Valkey) -> None:
    own = settings.model_copy(update={"redis_url": mortal_valkey.url})
    async with sweeping(database, mortal_valkey.url):
        with process(WORKER, own):
            await add(database, "test.effect", n=0)
            await until_done(database)
            await add(database, "test.slow", n=1, seconds=1.0)
            await until_in_a_job(database)
            mortal_valkey.kill()
            for n in range(2, 12):
                await add(database, "test.effect", n=n)
            await asyncio.sleep(1)
            mortal_valkey.start()
            await until_done(database)
    assert await effects(database) == list(range(12))


async def test_two_workers_and_every_message_five_times(database: Database, settings: Settings, redis_url: str) -> None:
    sender = Sender(redis_url)
    rows = [await add(database, "test.slow", n=n, seconds=0.05) for n in range(40)]
    with process(WORKER, settings), process(WORKER, settings):
        for _ in range(5):
            sender.send_all(rows)
        await until_done(database)

        async def drained() -> bool:
            return sender.waiting() == 0

        await until(drained, "the duplicates to be taken")
    sender.close()
    assert await effects(database) == list(range(40))


async def test_poison_is_dead_after_its_tries_and_holds_nobody_up(database: Database, settings: Settings, redis_url: str) -> None:
    poison = await add(database, "test.poison", n=666)
    async with sweeping(database, redis_url):
        with process(WORKER, settings):
            await add(database, "test.effect", n=1)
            await until_done(database)
    row = await outbox_row(database, poison)
    assert row.dead_at is not None
    assert (row.attempts, row.last_error) == (3, "ValueError")
    assert await effects(database) == [1]


async def test_two_schedulers_and_a_worker_welcome_and_roll_up_once(database: Database, settings: Settings, redis_url: str) -> None:
    await change(database, "INSERT INTO clients (first_name, last_name) VALUES ('Ana', 'Abrams')")
    client_id = await value(database, "SELECT id FROM clients")
    await change(database, "INSERT INTO schedules (topic, next_at) VALUES ('reports.rollup', now() - interval '3 days')")
    handover.start(redis_url)
    await add(database, "client.created", client_id=client_id)
    with process(SCHEDULER, settings), process(SCHEDULER, settings), process(WORKER, settings):

        async def all_done() -> bool:
            done = "SELECT count(*) = 2 FROM outbox WHERE topic IN ('client.created', 'reports.rollup') AND done_at IS NOT NULL"
            return bool(await value(database, done))

        await until(all_done, "the welcome and the rollup")

        async def all_well() -> bool:
            report = await health.report(database, redis_url)
            return report == {"redis": "ok", "worker": "ok", "scheduler": "ok"}

        await until(all_well, "the signs of life")
    handover.stop()
    assert await value(database, "SELECT count(*) FROM outbox WHERE topic = 'reports.rollup'") == 1
    assert await value(database, "SELECT next_at > now() FROM schedules WHERE topic = 'reports.rollup'")
    assert await value(database, "SELECT kind || ' ' || status::text || ' ' || why FROM messages") == "welcome NOT_SENT NO_CHANNEL"


async def test_term_lets_the_job_finish(database: Database, settings: Settings, redis_url: str) -> None:
    await add(database, "test.slow", n=1, seconds=1.0)
    async with sweeping(database, redis_url):
        with process(WORKER, settings) as worker:
            await until_in_a_job(database)
            worker.send_signal(signal.SIGTERM)
            before = time.monotonic()
            assert await asyncio.to_thread(worker.wait, 10) == 0
            assert time.monotonic() - before < 10
    assert await effects(database) == [1]


async def test_term_ends_both_while_everything_is_away(settings: Settings, unused_redis_url: str, tmp_path: Path) -> None:
    nowhere = settings.model_copy(update={"redis_url": unused_redis_url, "database_url": "postgresql://nobody@127.0.0.1:9/none"})
    logs = [tmp_path / "worker.log", tmp_path / "scheduler.log"]
    with process(WORKER, nowhere, logs[0]) as worker, process(SCHEDULER, nowhere, logs[1]) as scheduler:

        async def both_notice() -> bool:
            return "connection error" in logs[0].read_text() and logs[1].read_text().count("outage.began") == 2

        await until(both_notice, "both to notice")
        # Long enough for both to try again: each says an outage once.
        await asyncio.sleep(2)
        assert logs[1].read_text().count("outage.began") == 2
        assert worker.poll() is None
        assert scheduler.poll() is None
        worker.send_signal(signal.SIGTERM)
        scheduler.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(worker.wait, 10) == 0
        assert await asyncio.to_thread(scheduler.wait, 10) == 0
