"""One bootstrap at a time: an advisory lock on a connection of its own, watched for as long as the work takes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from backend.operations.bootstrap.trouble import Trouble

# Two keys of our own: the process's lock, and that of the connection which changes the schema.
PROCESS, SCHEMA = 0x6B72630001, 0x6B72630002
POLL_SECONDS = 0.2
WATCH_SECONDS = 1.0


async def take(connection: AsyncConnection, key: int, waiting: Callable[[], object]) -> None:
    """Take a session-level lock, however long that takes; ``waiting`` is called once if somebody else has it.

    Asks again and again: a blocked pg_advisory_lock() would hold a snapshot, for which CREATE INDEX CONCURRENTLY waits.
    """
    said = False
    while not (await connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": key})).scalar_one():
        if not said:
            waiting()
            said = True
        await asyncio.sleep(POLL_SECONDS)


@asynccontextmanager
async def alone(engine: AsyncEngine, say: Callable[[str], object]) -> AsyncIterator[None]:
    """Hold the lock of the process. If its connection is lost the work inside is cancelled and `Trouble` raised."""
    work = asyncio.current_task()
    async with engine.connect() as plain:
        connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
        await take(connection, PROCESS, lambda: say("another bootstrap is at work: waiting for it"))
        lost = asyncio.Event()
        watcher = asyncio.create_task(_watch(connection, lost, work))
        try:
            yield
        except asyncio.CancelledError:
            if not lost.is_set():
                raise
            if work is not None:
                work.uncancel()
            raise Trouble("The connection that holds the lock was lost, so the work was stopped. Run this again.") from None
        finally:
            watcher.cancel()
            with suppress(asyncio.CancelledError):
                await watcher
            # A pool would keep the connection, and with it the lock.
            with suppress(SQLAlchemyError, OSError):
                await connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": PROCESS})


async def _watch(connection: AsyncConnection, lost: asyncio.Event, work: "asyncio.Task[object] | None") -> None:
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        try:
            async with asyncio.timeout(10):
                await connection.execute(text("SELECT 1"))
        except (DBAPIError, OSError):
            lost.set()
            if work is not None:
                work.cancel()
            return
