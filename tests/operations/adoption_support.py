"""A predecessor's database that bootstrap has moved to ``legacy``, beside our own schema at head."""

from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from backend.operations import adoption
from backend.operations.adoption import Report
from tests import world
from tests.operations import predecessor
from tests.operations.predecessor import Shape

ZONE = ZoneInfo("America/Los_Angeles")


async def with_legacy(url: str, shape: Shape, *, rows: bool = True, clients: int = 40) -> None:
    """In an empty database: the predecessor's tables in ``legacy``, ours in ``public``."""
    await predecessor.build(url, shape, rows=rows, clients=clients)
    await move_to_legacy(url)


async def move_to_legacy(url: str) -> None:
    """What bootstrap does with the predecessor's tables."""
    connection = await asyncpg.connect(url)
    await connection.execute("ALTER SCHEMA public RENAME TO legacy")
    await connection.execute("CREATE SCHEMA public")
    await connection.close()
    await world.migrate(url)


async def copy(url: str, **more: Any) -> Report:
    """Copy, as bootstrap and the command do."""
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    said: list[str] = []
    try:
        async with engine.connect() as connection:
            return await adoption.copy(connection, said.append, origin="a test", zone=ZONE, **more)
    finally:
        await engine.dispose()


async def fetch(url: str, query: str, *values: object) -> list[asyncpg.Record]:
    """What a query finds."""
    connection = await asyncpg.connect(url)
    try:
        return list(await connection.fetch(query, *values))
    finally:
        await connection.close()


async def value(url: str, query: str, *values: object) -> Any:
    """The first column of the first row."""
    return (await fetch(url, query, *values))[0][0]


def of_client(mark: str = "$1") -> str:
    """A subquery for the number that one of the predecessor's clients has here."""
    return f"SELECT target_id FROM adopted_rows WHERE part = 'clients' AND source_id = {mark}"


async def remarks(url: str, source_id: object) -> set[tuple[str, str, str]]:
    """What was remarked on a row of the predecessor's: part, outcome, reason."""
    query = "SELECT part, outcome, reason FROM adoption_remarks WHERE source_id = $1"
    return {tuple(row) for row in await fetch(url, query, str(source_id))}


async def pending(url: str) -> bool:
    """Whether rows wait to be adopted."""
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return await adoption.pending(connection)
    finally:
        await engine.dispose()
