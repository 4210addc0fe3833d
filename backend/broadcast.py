"""Telling every API process, at once and without promise, that something happened: PostgreSQL's LISTEN and NOTIFY.

For live screens alone. An event may be lost (a restart, a broken connection), so each says only *what* to look at, and
whoever listens is told by `MISSED` to look for itself. A NOTIFY inside the transaction would make commits wait for each
other on one lock, so events leave after the commit, over a connection of their own, as many at once as have gathered.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncGenerator
from typing import Final

import asyncpg
import orjson

from backend import log

logger = log.get(__name__)

CHANNEL = "krc"
MISSED: Final = 0
"""Comes in place of an id when events may have been lost."""
_MOST_WAITING = 1000
_MOST_AT_ONCE = 200
_PROBE_SECONDS = 30.0
# asyncpg raises the last but one when it has read the server's farewell and the connection's end hasn't come yet.
_FAILURES = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, TimeoutError)


class Broadcast:
    """One process's ear and mouth. Both connections are opened when they are first needed."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._queues: dict[str, set[asyncio.Queue[int]]] = defaultdict(set)
        self._outgoing: list[tuple[str, int]] = []
        self._speaker: asyncpg.Connection | None = None
        self._speaking: asyncio.Task[None] | None = None
        self._listening: asyncio.Task[None] | None = None
        self._heard = asyncio.Event()

    def send(self, topic: str, number: int) -> None:
        """Tell everybody that row ``number`` of ``topic`` is new. Returns at once and never raises."""
        self._outgoing.append((topic, number))
        if self._speaking is None or self._speaking.done():
            self._speaking = asyncio.ensure_future(self._speak())

    async def _speak(self) -> None:
        while self._outgoing:
            batch = self._outgoing[:_MOST_AT_ONCE]
            del self._outgoing[: len(batch)]
            try:
                await self._say(batch)
            except _FAILURES:
                # The connection may have died while it was idle.
                try:
                    await self._say(batch)
                except _FAILURES as error:
                    logger.warning("broadcast lost", events=len(batch), kind=type(error).__name__)

    async def _say(self, batch: list[tuple[str, int]]) -> None:
        if self._speaker is None or self._speaker.is_closed():
            self._speaker = await asyncpg.connect(self._dsn, timeout=5, server_settings={"application_name": "krc-broadcast"})
        try:
            await self._speaker.execute("SELECT pg_notify($1, $2)", CHANNEL, orjson.dumps(batch).decode(), timeout=5)
        except _FAILURES:
            # It may still count as open; the next attempt must not meet it again.
            self._speaker.terminate()
            self._speaker = None
            raise

    async def events(self, topic: str) -> AsyncGenerator[int, None]:
        """The numbers that are sent for a topic from now on; `MISSED` where some may have been lost."""
        queue: asyncio.Queue[int] = asyncio.Queue(_MOST_WAITING)
        self._queues[topic].add(queue)
        try:
            if self._listening is None or self._listening.done():
                self._listening = asyncio.ensure_future(self._listen())
            yield MISSED  # what happened before the ear was open
            while True:
                yield await queue.get()
        finally:
            self._queues[topic].discard(queue)

    def _deliver(self, topic: str, number: int) -> None:
        for queue in self._queues[topic]:
            overflows = queue.full()
            while overflows and not queue.empty():
                queue.get_nowait()
            queue.put_nowait(MISSED if overflows else number)

    def _hear(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        with contextlib.suppress(ValueError, TypeError):
            for topic, number in orjson.loads(str(payload)):
                self._deliver(topic, number)

    async def _listen(self) -> None:
        wait = 0.2
        while True:
            try:
                connection = await asyncpg.connect(self._dsn, timeout=5, server_settings={"application_name": "krc-listen"})
                try:
                    lost = asyncio.Event()
                    connection.add_termination_listener(lambda _connection, lost=lost: lost.set())
                    await connection.add_listener(CHANNEL, self._hear)
                    wait = 0.2
                    for topic in list(self._queues):
                        self._deliver(topic, MISSED)
                    while not lost.is_set():
                        with contextlib.suppress(TimeoutError):
                            await asyncio.wait_for(lost.wait(), _PROBE_SECONDS)
                        if not lost.is_set():
                            # A connection whose other end vanished without a word is found only by speaking.
                            await connection.execute("SELECT 1", timeout=5)
                finally:
                    await connection.close(timeout=1)
            except _FAILURES as error:
                logger.warning("broadcast can't listen", kind=type(error).__name__)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 5)

    async def close(self) -> None:
        """Close both connections."""
        for task in (self._listening, self._speaking):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        if self._speaker is not None:
            with contextlib.suppress(*_FAILURES):
                await self._speaker.close(timeout=1)
