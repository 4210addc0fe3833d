"""PostgreSQL has said that it ends a connection, and the connection's end has not arrived yet.

asyncpg refuses any statement in between with an `InternalClientError`, which is no `PostgresError`. Usually that time is
too short to be met; here something between the two holds the end back.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import make_url, text

from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from backend.errors import Unavailable


class LateEnd:
    """Passes everything on between clients and PostgreSQL but the end of a connection."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._writers: list[asyncio.StreamWriter] = []
        self.farewells = asyncio.Semaphore(0)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        their_reader, their_writer = await asyncio.open_connection(*self._target)
        self._writers += [writer, their_writer]
        await asyncio.gather(self._pass_on(reader, their_writer), self._pass_on(their_reader, writer))

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
                if b"57P01" in data:
                    self.farewells.release()

    def close(self) -> None:
        for writer in self._writers:
            writer.close()


@pytest.fixture
def late_end(settings: Settings) -> LateEnd:
    url = make_url(settings.sqlalchemy_url)
    return LateEnd(url.host or "127.0.0.1", url.port or 5432)


@pytest.fixture
async def behind(settings: Settings, late_end: LateEnd) -> AsyncIterator[Database]:
    """The database, reached through ``late_end``."""
    server = await asyncio.start_server(late_end.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    url = make_url(settings.sqlalchemy_url).set(host="127.0.0.1", port=port)
    reached = Database(url.render_as_string(hide_password=False), pool_size=1, name="krc-behind")
    yield reached
    late_end.close()
    await reached.close()
    server.close()


async def end_all(database: Database, late_end: LateEnd, name: str) -> None:
    """End the connections of that name and wait until they have been told."""
    async with database.reading() as reader:
        told = await reader.scalars(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :name AND datname = current_database()"),
            {"name": name},
        )
    assert told
    for _ in told:
        await asyncio.wait_for(late_end.farewells.acquire(), 5)
    await asyncio.sleep(0.05)


async def test_a_read_takes_another_connection(database: Database, behind: Database, late_end: LateEnd) -> None:
    await behind.ping()
    await end_all(database, late_end, "krc-behind")
    async with behind.reading() as reader:
        assert await reader.scalar(text("SELECT 1")) == 1


async def test_a_write_takes_another_connection(database: Database, behind: Database, late_end: LateEnd) -> None:
    await behind.ping()
    await end_all(database, late_end, "krc-behind")
    async with behind.writing(Actor(ActorKind.JOB)) as uow:
        assert await uow.scalar(text("SELECT 1")) == 1


async def cut(database: Database, behind: Database, late_end: LateEnd, *, before: str) -> None:
    """A unit of work whose connection is ended before its second statement or before its commit."""
    async with behind.writing(Actor(ActorKind.JOB)) as uow:
        await uow.execute(text("SELECT 1"))
        await end_all(database, late_end, "krc-behind")
        if before == "statement":
            await uow.execute(text("SELECT 2"))


@pytest.mark.parametrize("before", ["statement", "commit"])
async def test_what_is_cut_is_unavailable_and_not_a_defect(database: Database, behind: Database, late_end: LateEnd, before: str) -> None:
    with pytest.raises(Unavailable):
        await cut(database, behind, late_end, before=before)
    await behind.ping()


async def test_a_broadcast_is_spoken_over_another_connection(database: Database, behind: Database, late_end: LateEnd) -> None:
    events = database.broadcast.events("topic")
    await anext(events)  # before the ear was open
    assert await asyncio.wait_for(anext(events), 5) == 0  # it is open now
    behind.broadcast.send("topic", 1)
    assert await asyncio.wait_for(anext(events), 5) == 1
    await end_all(database, late_end, "krc-broadcast")
    behind.broadcast.send("topic", 2)
    assert await asyncio.wait_for(anext(events), 5) == 2
