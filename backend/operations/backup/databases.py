"""Connections for backup and restore, and the databases that they make and drop on the same server."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import asyncpg
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from backend.config import Settings
from backend.operations.backup.contents import quoted
from backend.operations.backup.errors import BackupFailed
from backend.operations.bootstrap.trouble import sentence
from backend.operations.stack.errors import StackError

MAINTENANCE = ("postgres", "template1")
# What asyncpg raises; the last but one when a connection is cut off in the middle of something.
TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
# ICU rules and the names of the locale's column differ between 15, 16 and 17.
LOCALE = """
SELECT pg_encoding_to_char(encoding) AS encoding, datcollate, datctype, datlocprovider::text AS provider,
       coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale') AS locale, pg_get_userbyid(datdba) AS owner
FROM pg_database d WHERE datname = $1
"""


def url_of(url: str, database: str) -> str:
    """The address of another database of the same server."""
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def name_of(url: str) -> str:
    """The database's name."""
    parts = make_url(url)
    return parts.database or parts.username or "postgres"


@contextmanager
def in_words(settings: Settings) -> Iterator[None]:
    """Turn an error of the database into `BackupFailed` with a sentence."""
    try:
        yield
    except StackError as error:
        raise BackupFailed(str(error)) from error
    except (*TROUBLE, SQLAlchemyError) as error:
        if isinstance(error, OSError) and error.filename is not None:
            raise  # a file's, not the network's
        raise BackupFailed(sentence(error, settings)) from error


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection without time limits, in UTC."""
    limits = dict.fromkeys(("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"), "0")
    fixed = {"application_name": "krc-backup", "timezone": "UTC", "datestyle": "ISO", "search_path": "public"}
    connection = await asyncpg.connect(url, timeout=10, server_settings=limits | fixed)
    try:
        yield connection
    finally:
        await asyncio.shield(_close(connection))


async def _close(connection: asyncpg.Connection) -> None:
    with contextlib.suppress(*TROUBLE):
        await connection.close(timeout=5)


@asynccontextmanager
async def server(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """A connection to the server's own database, from which others are made, renamed and dropped."""
    for number, name in enumerate(MAINTENANCE, 1):
        try:
            connecting = connected(url_of(settings.database_url, name))
            connection = await connecting.__aenter__()
        except (asyncpg.InvalidCatalogNameError, asyncpg.InsufficientPrivilegeError):
            if number == len(MAINTENANCE):
                raise
            continue
        try:
            yield connection
        finally:
            await connecting.__aexit__(None, None, None)
        return


async def create(connection: asyncpg.Connection, name: str, *, like: str, keep_owner: bool = False) -> None:
    """Make an empty database with the encoding and locale of ``like``, or the server's own where that isn't there.

    Raises `BackupFailed` with the GRANT that is missing.
    """
    model = await connection.fetchrow(LOCALE, like)
    owner = f" OWNER {quoted(model['owner'])}" if model and keep_owner else ""
    try:
        await connection.execute(f"CREATE DATABASE {quoted(name)} TEMPLATE template0{owner}{_locale(model)}")
    except asyncpg.InsufficientPrivilegeError:
        role = await connection.fetchval("SELECT current_user")
        raise BackupFailed(
            f"The role “{role}” may not create databases, and the backup has to be restored into one of its own. "
            f"Let it, as the server's administrator: ALTER ROLE {quoted(role)} CREATEDB;"
        ) from None


def _locale(model: asyncpg.Record | None) -> str:
    if model is None:
        return " ENCODING 'UTF8'"
    said = f" ENCODING {_literal(model['encoding'])} LC_COLLATE {_literal(model['datcollate'])} LC_CTYPE {_literal(model['datctype'])}"
    if model["provider"] == "b":
        return f"{said} LOCALE_PROVIDER builtin BUILTIN_LOCALE {_literal(model['locale'])}"
    if model["provider"] == "i":
        return f"{said} LOCALE_PROVIDER icu ICU_LOCALE {_literal(model['locale'])}"
    return f"{said} LOCALE_PROVIDER libc"


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


async def drop(connection: asyncpg.Connection, name: str) -> None:
    """Drop a database, whoever is connected to it."""
    await connection.execute(f"DROP DATABASE IF EXISTS {quoted(name)} WITH (FORCE)")


@asynccontextmanager
async def claimed(connection: asyncpg.Connection, name: str) -> AsyncIterator[bool]:
    """Hold the lock that says who works with the database of that name; yields False when somebody else does.

    It is the connection's own, so however its holder ends, it is free again, and what was left can be told from what is in use.
    """
    mine = await connection.fetchval("SELECT pg_try_advisory_lock(hashtextextended($1, 6124))", name)
    try:
        yield mine
    finally:
        if mine and not connection.is_closed():
            with contextlib.suppress(*TROUBLE):
                await connection.execute("SELECT pg_advisory_unlock(hashtextextended($1, 6124))", name)


async def databases(connection: asyncpg.Connection, prefix: str) -> list[str]:
    """The databases whose names begin so."""
    return [row[0] for row in await connection.fetch("SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY 1", prefix)]


async def drop_leftovers(connection: asyncpg.Connection, prefix: str, say: Callable[[str], None]) -> None:
    """Drop the databases of runs that were killed."""
    for name in await databases(connection, prefix):
        async with claimed(connection, name) as nobodys:
            if nobodys:
                say(f"dropping {name}, which a run that was killed left")
                await drop(connection, name)


def new_name(prefix: str) -> str:
    """A name that no database has; at most 63 bytes, as PostgreSQL allows."""
    return prefix[:50] + secrets.token_hex(5)


@asynccontextmanager
async def scratch(settings: Settings, prefix: str, say: Callable[[str], None]) -> AsyncIterator[str]:
    """A new database like that of the settings; yields its address and drops it afterwards, whatever happens."""
    async with server(settings) as connection:
        await drop_leftovers(connection, prefix, say)
        name = new_name(prefix)
        async with claimed(connection, name):
            await create(connection, name, like=name_of(settings.database_url))
            try:
                yield url_of(settings.database_url, name)
            finally:
                await asyncio.shield(_drop_again(settings, connection, name))


async def _drop_again(settings: Settings, connection: asyncpg.Connection, name: str) -> None:
    # The connection may have been lost meanwhile; what stays is dropped by the next run.
    with contextlib.suppress(*TROUBLE):
        if not connection.is_closed():
            await drop(connection, name)
            return
        async with server(settings) as another:
            await drop(another, name)
