"""What bootstrap asks PostgreSQL's catalogs, and the few tables that it has to look into. Nothing here writes."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

SERVER = """
SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS version_name,
       pg_encoding_to_char(encoding) AS encoding, datname AS name, current_user AS role,
       pg_is_in_recovery() AS replica, current_setting('default_transaction_read_only') = 'on' AS read_only,
       to_regnamespace('public') IS NOT NULL AS has_public,
       has_database_privilege(datname, 'CREATE') AS may_create_schemas,
       coalesce(has_schema_privilege(to_regnamespace('public'), 'CREATE'), has_database_privilege(datname, 'CREATE')) AS may_create_tables,
       ARRAY(SELECT wanted FROM unnest(CAST(:extensions AS text[])) wanted
             WHERE NOT EXISTS (SELECT FROM pg_available_extensions a WHERE a.name = wanted)) AS extensions_missing,
       ARRAY(SELECT wanted FROM unnest(CAST(:extensions AS text[])) wanted
             WHERE NOT EXISTS (SELECT FROM pg_extension e WHERE e.extname = wanted)) AS extensions_to_make,
       ARRAY(SELECT extname::text FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
             WHERE extname = ANY (:extensions) AND nspname <> 'public') AS extensions_elsewhere,
       EXISTS (SELECT FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass
               AND refobjid = to_regnamespace('legacy')) AS legacy_is_taken,
       ARRAY(SELECT DISTINCT schemaname::text FROM pg_tables
             WHERE schemaname NOT IN ('public', 'information_schema') AND schemaname NOT LIKE 'pg\\_%') AS other_schemas
FROM pg_database WHERE datname = current_database()
"""
# Alembic's table, or something else that has its name.
VERSION_TABLE = """
SELECT CASE WHEN c.relkind = 'r' AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'version_num'
                                             AND format_type(a.atttypid, NULL) IN ('character varying', 'text'))
       THEN 'ours' ELSE 'odd' END
FROM pg_class c WHERE c.oid = to_regclass('public.alembic_version')
"""
NO_EXTENSION = "NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '{0}'::regclass AND d.objid = {1}.oid AND d.deptype = 'e')"
OTHERS = f"""
SELECT name || ' (of ' || pg_get_userbyid(owner) || ')' FROM (
  SELECT relname::text AS name, relowner AS owner FROM pg_class c
  WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND {NO_EXTENSION.format("pg_class", "c")}
  UNION ALL
  SELECT typname, typowner FROM pg_type t
  WHERE typnamespace = to_regnamespace('public') AND typtype IN ('e', 'd') AND {NO_EXTENSION.format("pg_type", "t")}
  UNION ALL
  SELECT proname, proowner FROM pg_proc p WHERE pronamespace = to_regnamespace('public') AND {NO_EXTENSION.format("pg_proc", "p")}
) found WHERE NOT pg_has_role(owner, 'USAGE') ORDER BY name
"""
# Where a row may be hidden from this role it is taken for one that has rows: the careful guess.
TABLES = f"""
SELECT relname::text AS name, format('%I.%I', nspname, relname) AS quoted,
       NOT has_table_privilege(c.oid, 'SELECT') OR row_security_active(c.oid) OR NOT has_schema_privilege(n.oid, 'USAGE') AS hidden,
       c.relispopulated AS readable
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE nspname = :schema AND relkind IN ('r', 'p', 'm') AND {NO_EXTENSION.format("pg_class", "c")}
ORDER BY relname
"""

HAS_IDENTITY = """
SELECT EXISTS (SELECT FROM pg_attribute
               WHERE attrelid = to_regclass('public.installation') AND attname = 'identity' AND atttypid = 'uuid'::regtype)
"""


async def tables_with_rows(connection: AsyncConnection, schema: str, *, besides: str | None = None) -> tuple[str, ...]:
    """The tables of a schema that hold a row, or may hold one that this role can't see."""
    filled = []
    for table in (await connection.execute(text(TABLES), {"schema": schema})).all():
        if table.name == besides or not table.readable:
            continue
        if table.hidden or (await connection.execute(text(f"SELECT EXISTS (SELECT FROM {table.quoted})"))).scalar_one():
            filled.append(table.name)
    return tuple(filled)


async def identity(connection: AsyncConnection) -> UUID | None:
    """The identity that the database says it has."""
    if not (await connection.execute(text(HAS_IDENTITY))).scalar_one():
        return None
    found: UUID | None = (await connection.execute(text("SELECT identity FROM public.installation LIMIT 1"))).scalar_one_or_none()
    return found


async def predecessor_in(connection: AsyncConnection, schema: str, with_rows: Collection[str]) -> tuple[str | None, tuple[str, ...]]:
    """Which of the predecessor's shapes the tables of a schema have, if any; and the tables without rows beside them that it never had."""
    from backend.operations.adoption import shapes

    columns, stamp = await shapes.look(connection, schema)
    # What belongs to an extension stays where it is, and says nothing about whose database it is.
    own = {table.name for table in (await connection.execute(text(TABLES), {"schema": schema})).all()}
    strangers = tuple(sorted(name for name in columns.keys() & own if name not in shapes.TABLES and name not in with_rows))
    shape = shapes.recognise({name: columns[name] for name in (columns.keys() & own) - set(strangers)}, stamp)
    return (str(shape), strangers) if shape is not None else (None, ())


async def adoption_is_pending(connection: AsyncConnection) -> bool:
    """Whether rows of the predecessor wait in ``legacy``."""
    from backend.operations import adoption

    pending: bool = await adoption.pending(connection)
    return pending
