"""The predecessor's tables from elsewhere, as they are there, into the schema ``legacy`` of our database: streamed, in one transaction.

They go to ``legacy_incoming`` first, which never outlives the transaction. What is in ``legacy`` already stays as it is.
"""

import asyncio
from collections.abc import AsyncIterator, Callable

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.operations.adoption import shapes
from backend.operations.adoption.merging import merge
from backend.operations.adoption.refused import Refused
from backend.operations.adoption.source import Source
from backend.operations.adoption.transfer import execute
from backend.operations.backup.contents import quoted

INCOMING = "legacy_incoming"
# So much of a table is on its way at most; the pieces have some 64 kB.
PIECES_ON_THE_WAY = 16


async def bring(connection: AsyncConnection, source: Source, say: Callable[[str], None]) -> None:
    """Bring every table that is known. Raises `Refused` when ``legacy`` holds something else."""
    async with connection.begin():
        for setting in ("statement_timeout = 0", "lock_timeout = '60s'", "work_mem = '64MB'"):
            await execute(connection, f"SET LOCAL {setting}")
        there, stamp = await shapes.look(connection)
        if (there and shapes.recognise(there, stamp) is None) or (not there and await _is_taken(connection)):
            raise Refused(
                "Our database has a schema named legacy that does not hold the predecessor's tables. Rename it, then run this again."
            )
        await execute(connection, f"DROP SCHEMA IF EXISTS {INCOMING} CASCADE")
        await execute(connection, f"CREATE SCHEMA {INCOMING}")
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None  # noqa: S101 (a connection that was just used has one)
        for table, columns in source.columns.items():
            defined = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
            await execute(connection, f"CREATE TABLE {INCOMING}.{quoted(table)} ({defined})")
            many = await _stream(source, driver, table, columns)
            if many != source.counts[table]:
                raise Refused(
                    f"The table {table} has {source.counts[table]:,} rows at the source, and {many:,} arrived. Nothing was changed."
                )
            if many:
                say(f"fetched {many:,} rows of {table}")
        if left := await _leave_erased(connection, source):
            say(f"left out {left:,} rows of clients who were erased here")
        await _add_keys(connection, source)
        if there:
            await merge(connection, INCOMING, source.columns, there)
        else:
            await execute(connection, f"DROP SCHEMA IF EXISTS {shapes.SCHEMA}")
            await execute(connection, f"ALTER SCHEMA {INCOMING} RENAME TO {shapes.SCHEMA}")


async def _is_taken(connection: AsyncConnection) -> bool:
    query = "SELECT EXISTS (SELECT FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass AND refobjid = to_regnamespace(:schema))"
    return bool((await connection.execute(text(query), {"schema": shapes.SCHEMA})).scalar_one())


async def _leave_erased(connection: AsyncConnection, source: Source) -> int:
    """Whoever was erased here does not come back, not even into ``legacy``; returns how many rows were left out."""
    await execute(
        connection,
        """CREATE TEMPORARY TABLE adopt_erased ON COMMIT DROP AS SELECT a.source_id::text AS person
           FROM adopted_rows a JOIN erasures e ON e.client_id = a.target_id WHERE a.part = 'clients'""",
    )
    left = 0
    for table, columns in source.columns.items():
        whose = "id" if table == "clients" else "client_id" if "client_id" in columns else None
        theirs = f"t.{whose}::text = e.person" if whose else "t::text LIKE '%' || e.person || '%'"
        left += await execute(
            connection, f"DELETE FROM {INCOMING}.{quoted(table)} t WHERE EXISTS (SELECT FROM adopt_erased e WHERE {theirs})"
        )
    return left


async def _add_keys(connection: AsyncConnection, source: Source) -> None:
    for table, columns in source.columns.items():
        key = "id" if "id" in columns else "client_id, tag_id" if table == "client_tags" else None
        if key is not None:
            await execute(connection, f"ALTER TABLE {INCOMING}.{quoted(table)} ADD PRIMARY KEY ({key})")
        await execute(connection, f"ANALYZE {INCOMING}.{quoted(table)}")


async def _stream(source: Source, target: asyncpg.Connection, table: str, columns: dict[str, str]) -> int:
    """From one server to the other, in PostgreSQL's binary form; returns how many rows arrived."""
    queue: asyncio.Queue[bytes | None] = asyncio.Queue(PIECES_ON_THE_WAY)

    async def arriving() -> AsyncIterator[bytes]:
        while (piece := await queue.get()) is not None:
            yield piece

    async def read() -> None:
        chosen = ", ".join(f"CAST({quoted(column)} AS {kind})" for column, kind in columns.items())
        query = f"SELECT {chosen} FROM public.{quoted(table)}"
        try:
            await source.connection.copy_from_query(query, output=queue.put, format="binary")
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            raise source.trouble(error) from None
        await queue.put(None)

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(read())
            written = group.create_task(
                target.copy_to_table(table, source=arriving(), schema_name=INCOMING, columns=list(columns), format="binary")
            )
    except ExceptionGroup as failures:
        # The first one is the cause; the other task was stopped because of it.
        raise failures.exceptions[0] from None
    return int(written.result().split()[-1])
