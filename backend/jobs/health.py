"""Whether Redis, the worker and the scheduler give signs of life. Reported by readiness, never required."""

import asyncio
import contextlib
from collections.abc import Awaitable

from redis import RedisError
from redis import asyncio as aioredis
from sqlalchemy import text

from backend.db import Database
from backend.jobs.outage import AWAY
from backend.jobs.schedule import HEARTBEAT, HEARTBEAT_SECONDS

WORKER_KEY = "krc:worker:heartbeat"
WORKER_BEAT_SECONDS = 5
WORKER_KEY_TTL = 15
LIMIT_SECONDS = 1.0

_RECENT = text(
    "SELECT coalesce(max(last_at) > clock_timestamp() - make_interval(secs => :seconds), false) FROM schedules WHERE topic = :topic"
)


async def report(database: Database, redis_url: str) -> dict[str, str]:
    """``{"redis": "ok"|"down", "worker": "ok"|"silent", "scheduler": "ok"|"silent"}``, within a second; never raises.

    The worker speaks through Redis, so it is silent while Redis is down.
    """
    redis, scheduler = await asyncio.gather(_bounded(_redis_and_worker(redis_url)), _bounded(_scheduler(database)))
    return {
        "redis": "ok" if redis is not None else "down",
        "worker": "ok" if redis else "silent",
        "scheduler": "ok" if scheduler else "silent",
    }


async def _bounded(probe: Awaitable[bool]) -> bool | None:
    """The probe's answer, or None when there was none in time."""
    try:
        async with asyncio.timeout(LIMIT_SECONDS):
            return await probe
    except AWAY:
        return None


async def _redis_and_worker(redis_url: str) -> bool:
    client = aioredis.from_url(redis_url, socket_timeout=LIMIT_SECONDS, socket_connect_timeout=LIMIT_SECONDS)
    try:
        return bool(await client.exists(WORKER_KEY))
    finally:
        with contextlib.suppress(RedisError, OSError):
            await client.aclose()


async def _scheduler(database: Database) -> bool:
    async with database.reading() as reader:
        return bool(await reader.scalar(_RECENT, {"topic": HEARTBEAT, "seconds": 3 * HEARTBEAT_SECONDS}))
