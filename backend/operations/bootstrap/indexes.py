"""Indexes that a build which failed left behind: PostgreSQL keeps them up to date but never uses them, and a unique one guards nothing."""

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.operations.bootstrap.actions import MendIndexes, Refuse, Refused
from backend.operations.bootstrap.refusals import AGAIN, BACK_UP
from backend.operations.bootstrap.trouble import sqlstate

UNIQUE_VIOLATION = "23505"
INDEX = """
SELECT format('%I.%I', n.nspname, x.relname) AS quoted, r.relname AS table_name,
       (SELECT string_agg(pg_get_indexdef(x.oid, position, true), ', ' ORDER BY position)
        FROM generate_series(1, i.indnkeyatts) position) AS columns
FROM pg_class x JOIN pg_namespace n ON n.oid = x.relnamespace JOIN pg_index i ON i.indexrelid = x.oid JOIN pg_class r ON r.oid = i.indrelid
WHERE n.nspname = 'public' AND x.relname = :name
"""


async def mend(connection: AsyncConnection, action: MendIndexes) -> None:
    """Build the broken ones again and drop the surplus ones, all in one transaction.

    REINDEX makes the index anew under its name, so that what hangs on it (a key, a constraint) stays. Raises `Refused`
    when a unique one can't be built because rows are there twice.
    """
    async with connection.begin():
        for name in action.surplus:
            index = (await connection.execute(text(INDEX), {"name": name})).one()
            await connection.exec_driver_sql(f"DROP INDEX {index.quoted}")
        for name in action.broken:
            index = (await connection.execute(text(INDEX), {"name": name})).one()
            try:
                await connection.exec_driver_sql(f"REINDEX INDEX {index.quoted}")
            except DBAPIError as error:
                if sqlstate(error) != UNIQUE_VIOLATION:
                    raise
                raise Refused(_rows_are_double(name, index.table_name, index.columns)) from None


def _rows_are_double(name: str, table: str, columns: str) -> Refuse:
    return Refuse(
        f"The unique index {name} can't be built: the table {table} has rows that are equal in {columns}.",
        (
            BACK_UP,
            f"Find them: SELECT {columns}, count(*) FROM {table} GROUP BY {columns} HAVING count(*) > 1;",
            "Correct or remove the surplus rows by hand.",
            AGAIN,
        ),
    )
