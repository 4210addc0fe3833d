"""What readiness is told about background work."""

import asyncio
import time

import redis

from backend.db import Database
from backend.jobs import health
from backend.jobs.schedule import Schedule
from tests.jobs.support import change
from tests.jobs.test_schedule import CALIFORNIA


async def test_silence_is_reported(database: Database, redis_url: str) -> None:
    assert await health.report(database, redis_url) == {"redis": "ok", "worker": "silent", "scheduler": "silent"}


async def test_signs_of_life_are_reported(database: Database, redis_url: str) -> None:
    await Schedule(database, {}, CALIFORNIA).beat()
    with redis.Redis.from_url(redis_url) as client:
        client.set(health.WORKER_KEY, "1")
    assert await health.report(database, redis_url) == {"redis": "ok", "worker": "ok", "scheduler": "ok"}
    await change(database, "UPDATE schedules SET last_at = now() - interval '31 seconds'")
    assert (await health.report(database, redis_url))["scheduler"] == "silent"


async def test_redis_away(database: Database, unused_redis_url: str) -> None:
    assert await health.report(database, unused_redis_url) == {"redis": "down", "worker": "silent", "scheduler": "silent"}


async def test_it_is_bounded_when_nothing_answers() -> None:
    async def never(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await asyncio.sleep(10)
        finally:
            writer.close()

    server = await asyncio.start_server(never, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    database = Database(f"postgresql+asyncpg://nobody@127.0.0.1:{port}/none")
    before = time.monotonic()
    answer = await health.report(database, f"redis://127.0.0.1:{port}/0")
    assert time.monotonic() - before < 2
    assert answer == {"redis": "down", "worker": "silent", "scheduler": "silent"}
    server.close()
    await database.close()
