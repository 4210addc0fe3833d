"""Where the predecessor's rows come from: a running server, read in one transaction that can't write."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from backend.config import Settings
from backend.operations.adoption import shapes
from backend.operations.adoption.refused import Refused
from backend.operations.adoption.report import Line
from backend.operations.backup.contents import quoted
from backend.operations.bootstrap.revisions import revisions
from backend.operations.bootstrap.trouble import Trouble, place, sentence

OLDEST = 12
OUR_OWN = frozenset({"installation", "adoptions", "check_in_repeats", "kiosk_events"})
# What may travel as it is, in PostgreSQL's binary form; everything else travels as text.
SAME_EVERYWHERE = frozenset(
    {"bool", "bytea", "bpchar", "date", "float4", "float8", "int2", "int4", "int8", "json", "jsonb", "numeric", "text", "time"}
    | {"timestamp", "timestamptz", "timetz", "uuid", "varchar"}
)
_TABLES = """
SELECT c.relname::text AS table FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1
"""
_COLUMNS = """
SELECT a.attname::text AS name, CASE WHEN n.nspname = 'pg_catalog' AND t.typname = ANY ($2::text[]) THEN format_type(a.atttypid,
  a.atttypmod) ELSE 'text' END AS type
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE a.attrelid = to_regclass('public.' || quote_ident($1)) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""


@dataclass(frozen=True, slots=True)
class Source:
    """The predecessor's database in one snapshot. ``columns``: table → column → type. ``unknown``: what stays where it is."""

    connection: asyncpg.Connection
    there: Settings
    origin: str
    shape: shapes.Shape
    columns: dict[str, dict[str, str]]
    counts: dict[str, int]
    unknown: list[Line]

    def trouble(self, error: BaseException) -> Trouble:
        """What an error of its connection means, in words."""
        return _trouble(error, self.there)


def settings_of(settings: Settings, url: str) -> Settings:
    """The same settings with another database, for sentences about it. Raises `Refused` when that is no address."""
    try:
        make_url(url)
    except (ArgumentError, ValueError):
        raise Refused("The address can't be read. Write it as postgresql://user:password@host:port/database.") from None
    return settings.model_copy(update={"database_url": url})


@asynccontextmanager
async def opened(settings: Settings, url: str, *, origin: str | None = None) -> AsyncIterator[Source]:
    """Open the predecessor's database for reading. Raises `Trouble` when it can't be reached, `Refused` when it is another one."""
    there = settings_of(settings, url)
    try:
        connection = await asyncpg.connect(
            url,
            timeout=15,
            server_settings={
                "application_name": "krc-adopt", "default_transaction_read_only": "on", "row_security": "off", "timezone": "UTC",
                "statement_timeout": "0", "lock_timeout": "60000", "idle_in_transaction_session_timeout": "0", "search_path": "public",
            },
        )  # fmt: skip
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError) as error:
        raise _trouble(error, there) from None
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            try:
                found = await _look(connection, there, origin or place(there))
            except asyncpg.PostgresError as error:
                raise _trouble(error, there) from None
            yield found
    finally:
        with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
            await asyncio.shield(connection.close(timeout=5))


def _trouble(error: BaseException, there: Settings) -> Trouble:
    return Trouble(sentence(error, there).replace("DATABASE_URL", "the address of the source"))


async def _look(connection: asyncpg.Connection, there: Settings, origin: str) -> Source:
    version = connection.get_server_version()
    if version.major < OLDEST:
        raise Refused(
            f"The server at {origin} is PostgreSQL {version.major}; {OLDEST} or newer can be read. Make a dump with pg_dump instead."
        )
    tables = [row[0] for row in await connection.fetch(_TABLES)]
    columns = {
        table: {row["name"]: row["type"] for row in await connection.fetch(_COLUMNS, table, list(SAME_EVERYWHERE))}
        for table in tables
        if table in shapes.TABLES or table == shapes.VERSION_TABLE
    }
    stamp = None
    if "version_num" in columns.get(shapes.VERSION_TABLE, {}):
        stamp = await connection.fetchval(f"SELECT max(version_num)::text FROM public.{shapes.VERSION_TABLE}")
    known = {table: frozenset(found) for table, found in columns.items() if table in shapes.TABLES}
    if OUR_OWN & set(tables) or stamp in revisions():
        raise Refused(
            f"The database at {origin} is one of this program's own, not the predecessor's. To bring one back, use `just restore`."
        )
    shape = shapes.recognise(known, stamp)
    if shape is None:
        raise Refused(f"The database at {origin} is not the predecessor's: {_what(tables, known)}.")
    counts = {table: await connection.fetchval(f"SELECT count(*) FROM public.{quoted(table)}") for table in tables}
    unknown = [Line(table[:80], counts[table], aside=counts[table]) for table in tables if table not in columns and counts[table]]
    return Source(connection, there, origin, shape, columns, {table: counts[table] for table in columns}, unknown)


def _what(tables: list[str], known: dict[str, frozenset[str]]) -> str:
    if not tables:
        return "it has no tables"
    missing = sorted(shapes.CORE - set(tables))
    if missing:
        return f"it lacks the tables {', '.join(missing)}"
    lacking = [f"{table}.{column}" for table, found in sorted(known.items()) for column in sorted(shapes.TABLES[table].needed - found)]
    return f"it lacks the columns {', '.join(lacking[:6])}" if lacking else "its version is none of the predecessor's"
