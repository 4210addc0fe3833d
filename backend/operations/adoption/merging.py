"""Adding what is new at the source to what ``legacy`` holds from an earlier run. Nothing that is there is changed."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.operations.adoption.shapes import SCHEMA, TABLES
from backend.operations.adoption.transfer import CHANGED, execute
from backend.operations.backup.contents import quoted

_KEYS = {"client_tags": ("client_id", "tag_id"), "alembic_version": ("version_num",)}
# Keys besides the primary one: the same email in two databases is for copying to decide about, not a reason to fail here.
_UNIQUE = text(
    """
    SELECT i.relname::text AS index_name, c.conname::text AS constraint_name
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid LEFT JOIN pg_constraint c ON c.conindid = x.indexrelid AND c.contype = 'u'
    WHERE x.indrelid = to_regclass(:table) AND x.indisunique AND NOT x.indisprimary
    """
)
_COLUMNS = text(
    """
    SELECT a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type, t.typtype = 'e' AS is_enum, a.attnotnull
      AND NOT a.atthasdef AS is_needed
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped
    """
)


async def merge(connection: AsyncConnection, incoming: str, columns: dict[str, dict[str, str]], there: dict[str, frozenset[str]]) -> None:
    """Add the rows of ``incoming`` that ``legacy`` lacks, and note in `CHANGED` those that have changed since; then drop ``incoming``."""
    await execute(connection, f"CREATE TEMPORARY TABLE IF NOT EXISTS {CHANGED} (part text, source_id text)")
    await execute(connection, f"TRUNCATE {CHANGED}")
    in_order = sorted(columns, key=lambda table: list(TABLES).index(table) if table in TABLES else -1)
    for table in in_order:
        if table not in there and table in TABLES:
            await execute(connection, f"ALTER TABLE {incoming}.{quoted(table)} SET SCHEMA {SCHEMA}")
        elif table in there:
            await _make_room(connection, table, columns[table])
            await _add(connection, incoming, table, columns[table])
    await execute(connection, f"DROP SCHEMA {incoming} CASCADE")


async def _make_room(connection: AsyncConnection, table: str, columns: dict[str, str]) -> None:
    name = f"{SCHEMA}.{quoted(table)}"
    found = {row.name: row for row in await connection.execute(_COLUMNS, {"table": name})}
    for column, kind in columns.items():
        if column not in found:
            await execute(connection, f"ALTER TABLE {name} ADD {quoted(column)} {kind}")
        elif found[column].is_enum:
            await execute(connection, f"ALTER TABLE {name} ALTER {quoted(column)} DROP DEFAULT, ALTER {quoted(column)} TYPE text")
    for column in found.keys() - columns.keys():
        if found[column].is_needed:
            await execute(connection, f"ALTER TABLE {name} ALTER {quoted(column)} DROP NOT NULL")
    for row in (await connection.execute(_UNIQUE, {"table": name})).all():
        if row.constraint_name is not None:
            await execute(connection, f"ALTER TABLE {name} DROP CONSTRAINT {quoted(row.constraint_name)}")
        else:
            await execute(connection, f"DROP INDEX {SCHEMA}.{quoted(row.index_name)}")


async def _add(connection: AsyncConnection, incoming: str, table: str, columns: dict[str, str]) -> None:
    name, key = f"{SCHEMA}.{quoted(table)}", _KEYS.get(table, ("id",))
    types = {row.name: row.type for row in await connection.execute(_COLUMNS, {"table": name})}
    same = " AND ".join(f"l.{column}::text = i.{column}::text" for column in key)
    if table in TABLES and key == ("id",):
        # Only what is read: when a row was changed says nothing by itself.
        read = sorted((TABLES[table].needed | TABLES[table].optional) & columns.keys())
        differs = (
            f"({', '.join(f'l.{column}::text' for column in read)}) IS DISTINCT FROM ({', '.join(f'i.{column}::text' for column in read)})"
        )
        both = f"{name} l JOIN {incoming}.{quoted(table)} i ON {same}"
        await execute(connection, f"INSERT INTO {CHANGED} SELECT '{table}', l.id::text FROM {both} WHERE {differs}")
    chosen = ", ".join(f"CAST(i.{quoted(column)} AS {types[column]})" for column in columns)
    await execute(
        connection,
        f"""INSERT INTO {name} ({", ".join(map(quoted, columns))}) SELECT {chosen} FROM {incoming}.{quoted(table)} i
            WHERE NOT EXISTS (SELECT FROM {name} l WHERE {same})""",
    )
