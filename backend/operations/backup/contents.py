"""What a database holds, counted: recorded when a backup is made, compared when it is proven or restored."""

from dataclasses import dataclass

import asyncpg

from backend.operations.backup.manifest import AuditHead, AuditSeal

# What pg_dump dumps: no temporary tables, none of an extension, none of the server's own.
TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1, 2
"""
COLUMN = """
SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass($1) AND attname = $2 AND NOT attisdropped
               AND format_type(atttypid, NULL) = ANY ($3::text[]))
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """The rows of each table (``schema.table``), the schema's revision, the newest audit entry and seal, the installation's identity."""

    tables: dict[str, int]
    revision: str | None
    audit_head: AuditHead | None
    identity: str | None
    audit_seal: AuditSeal | None = None

    @property
    def total_rows(self) -> int:
        """The rows of all tables."""
        return sum(self.tables.values())

    @property
    def holds_data(self) -> bool:
        """Whether any table but the one of the revision has a row."""
        return any(rows for table, rows in self.tables.items() if table != "public.alembic_version")


def quoted(name: str) -> str:
    """An identifier as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


async def has_column(connection: asyncpg.Connection, table: str, column: str, *types: str) -> bool:
    """Whether a table of ours (``public.audit_log``) is there with a column of one of these types."""
    found: bool = await connection.fetchval(COLUMN, table, column, list(types))
    return found


async def contents(connection: asyncpg.Connection) -> Contents:
    """Count everything. In a transaction with a snapshot the figures belong together."""
    tables = {}
    for schema, table in await connection.fetch(TABLES):
        tables[f"{schema}.{table}"] = await connection.fetchval(f"SELECT count(*) FROM ONLY {quoted(schema)}.{quoted(table)}")
    revision = None
    if await has_column(connection, "public.alembic_version", "version_num", "character varying"):
        stamps = await connection.fetch("SELECT version_num FROM public.alembic_version")
        revision = stamps[0][0] if len(stamps) == 1 else None
    head = None
    if await has_column(connection, "public.audit_log", "id", "bigint"):
        newest = await connection.fetchrow(
            "SELECT id, encode(sha256(convert_to(entry::text, 'UTF8')), 'hex') FROM public.audit_log entry ORDER BY id DESC LIMIT 1"
        )
        head = AuditHead(newest[0], newest[1]) if newest else None
    identity = None
    if await has_column(connection, "public.installation", "identity", "uuid"):
        identity = await connection.fetchval("SELECT identity::text FROM public.installation")
    seal = None
    if await has_column(connection, "public.audit_seals", "hash", "bytea"):
        last = await connection.fetchrow("SELECT id, encode(hash, 'hex') FROM public.audit_seals ORDER BY id DESC LIMIT 1")
        seal = AuditSeal(last[0], last[1]) if last else None
    return Contents(tables, revision, head, identity, seal)


def differences(found: Contents, tables: dict[str, int], revision: str | None, head: AuditHead | None) -> list[str]:
    """How a restored database differs from what a backup says; a phrase each, none when they agree."""
    said = [
        f"{table} has {found.tables.get(table, 0)} rows instead of {tables.get(table, 0)}"
        for table in sorted(tables.keys() | found.tables.keys())
        if found.tables.get(table) != tables.get(table)
    ]
    if found.revision != revision:
        said.append(f"the revision is {found.revision} instead of {revision}")
    if found.audit_head != head:
        said.append("the newest entry of the audit log is another one")
    return said
