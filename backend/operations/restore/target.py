"""The databases on the server: the present one, the one that is being restored, and their exchange."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from backend.config import Settings
from backend.operations.backup.contents import Contents, contents, quoted
from backend.operations.backup.databases import (
    TROUBLE,
    claimed,
    connected,
    create,
    databases,
    drop,
    drop_leftovers,
    name_of,
    new_name,
    server,
    url_of,
)
from backend.operations.backup.errors import BackupFailed
from backend.operations.restore.outcome import Refused

LONGEST = 40  # of a name, so that what is added fits into PostgreSQL's 63 bytes
TRIES = 10
TERMINATE_SECONDS = 0.05

TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY ($1::text[]) AND pid <> pg_backend_pid()"
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Present:
    """The database that the settings name, as it was found. ``contents`` is None when there is none.

    ``sequences``: the last number that each sequence in ``public`` gave, so that no number is given to two things.
    """

    name: str
    contents: Contents | None
    sequences: dict[str, int]

    @property
    def holds_data(self) -> bool:
        """Whether there is anything to lose."""
        return self.contents is not None and self.contents.holds_data


@asynccontextmanager
async def at_server(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """A connection for making and renaming databases, while no other restore is at work. Raises `Refused`."""
    name = name_of(settings.database_url)
    async with server(settings) as connection, claimed(connection, f"restore of {name}") as alone:
        if not alone:
            raise Refused(
                f"Another restore of the database {name} is at work.", "Wait until it has ended, then run this again if it must be."
            )
        yield connection


async def look(connection: asyncpg.Connection, settings: Settings) -> Present:
    """What is in the database that the settings name."""
    name = name_of(settings.database_url)
    if not await connection.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name):
        return Present(name, None, {})
    async with connected(settings.database_url) as there, there.transaction(isolation="repeatable_read", readonly=True):
        return Present(name, await contents(there), dict(await there.fetch(SEQUENCES)))


def _prefix(name: str, what: str) -> str:
    return f"{name[:LONGEST]}_{what}_"


@asynccontextmanager
async def new_database(connection: asyncpg.Connection, present: Present, say: Callable[[str], None]) -> AsyncIterator[str]:
    """An empty database beside the present one; yields its name. Unless it was exchanged by then, it is dropped at the end.

    Whatever the kill of an earlier run left is dropped first: until the exchange nothing but such a database was made.
    """
    prefix = _prefix(present.name, "restoring")
    await drop_leftovers(connection, prefix, say)
    name = new_name(prefix)
    async with claimed(connection, name):
        await create(connection, name, like=present.name, keep_owner=True)
        try:
            yield name
        finally:
            with contextlib.suppress(*TROUBLE):
                await asyncio.shield(drop(connection, name))


async def exchange(settings: Settings, connection: asyncpg.Connection, present: Present, new: str, at: datetime) -> str | None:
    """Give the new database the present one's name; returns the name that the former one has now (None: there was none).

    Both are renamed in one transaction, so a kill leaves either the former state or the new one. Whoever is connected is cut off
    and comes back to the new one. Raises `BackupFailed`.
    """
    old = f"{_prefix(present.name, 'before')}{at:%Y%m%d%H%M%S}" if present.contents is not None else None
    for _ in range(TRIES):
        async with _nobody_else(settings, [present.name, new]):
            try:
                async with connection.transaction():
                    if old is not None:
                        await connection.execute(f"ALTER DATABASE {quoted(present.name)} RENAME TO {quoted(old)}")
                    await connection.execute(f"ALTER DATABASE {quoted(new)} RENAME TO {quoted(present.name)}")
            except asyncpg.ObjectInUseError:
                continue
            except asyncpg.InsufficientPrivilegeError:
                raise BackupFailed(_not_mine(settings, present.name)) from None
        return old
    raise BackupFailed(
        f"Others stay connected to the database {present.name}, so it could not be exchanged, and it is as it was. "
        "Stop the API, the worker and the scheduler, then run this again; or let this role end connections: GRANT pg_signal_backend TO …;"
    )


def _not_mine(settings: Settings, name: str) -> str:
    return (
        f"The database {name} could not be renamed, since it belongs to another role; it is as it was. "
        f"Set DATABASE_OWNER_URL to its owner, or a superuser ({url_of(settings.database_url, name).split('@')[-1]})."
    )


@asynccontextmanager
async def _nobody_else(settings: Settings, names: list[str]) -> AsyncIterator[None]:
    """End every connection to these databases, again and again, as long as the block lasts."""

    async def ending(connection: asyncpg.Connection) -> None:
        while True:
            with contextlib.suppress(asyncpg.InsufficientPrivilegeError):
                await connection.execute(TERMINATE, names)
            await asyncio.sleep(TERMINATE_SECONDS)

    async with server(settings) as connection:
        task = asyncio.create_task(ending(connection))
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, *TROUBLE):
                await task


async def left_behind(connection: asyncpg.Connection, present: Present) -> list[str]:
    """Databases with former data, of this restore and of earlier ones."""
    return await databases(connection, _prefix(present.name, "before"))
