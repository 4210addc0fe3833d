"""What bootstrap finds in a database, looked up before it decides anything. Nothing here writes."""

from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.operations.bootstrap.fingerprint import EXTENSIONS, VERSION_TABLE, Fingerprint, known, take
from backend.operations.bootstrap.revisions import revisions

SERVER = """
SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS version_name,
       pg_encoding_to_char(encoding) AS encoding, datname AS name, current_user AS role,
       pg_is_in_recovery() AS replica, current_setting('default_transaction_read_only') = 'on' AS read_only,
       has_database_privilege(datname, 'CREATE') AS may_create_extensions,
       coalesce(has_schema_privilege(to_regnamespace('public'), 'CREATE'), false) AS may_create_tables,
       ARRAY(SELECT wanted FROM unnest(CAST(:extensions AS text[])) wanted
             WHERE NOT EXISTS (SELECT FROM pg_available_extensions a WHERE a.name = wanted)) AS extensions_missing,
       ARRAY(SELECT extname::text FROM pg_extension WHERE extname = ANY (:extensions)) AS extensions_present,
       ARRAY(SELECT DISTINCT schemaname::text FROM pg_tables
             WHERE schemaname NOT IN ('public', 'information_schema') AND schemaname NOT LIKE 'pg\\_%') AS other_schemas
FROM pg_database WHERE datname = current_database()
"""


@dataclass(frozen=True, slots=True)
class State:
    """A database as it was found: its server, what the role may do, its revision and its schema."""

    name: str
    role: str
    version: int
    version_name: str
    encoding: str
    replica: bool
    read_only: bool
    may_create: bool
    extensions_missing: tuple[str, ...]
    other_schemas: tuple[str, ...]
    has_version_table: bool
    stamps: tuple[str, ...]
    fingerprint: Fingerprint
    tables_with_rows: tuple[str, ...]
    known: dict[str, Fingerprint] = field(repr=False)
    history: tuple[str, ...]  # every revision of the code, the first one first

    @property
    def head(self) -> str:
        """The newest revision of the code."""
        return self.history[-1]

    @property
    def revision(self) -> str | None:
        """The revision that the database says it has, if it says exactly one."""
        return self.stamps[0] if len(self.stamps) == 1 else None

    @property
    def objects(self) -> dict[str, str]:
        """What is there, an extension that somebody already made aside."""
        return {name: digest for name, digest in self.fingerprint.objects.items() if not name.startswith("extension ")}

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that are there."""
        return tuple(sorted(name.removeprefix("table ") for name in self.objects if name.startswith("table ")))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is there. A run that was killed early leaves an empty version table, which counts as nothing."""
        return not self.objects and not self.stamps

    @property
    def drift(self) -> list[str]:
        """How the schema differs from the revision that the database says it has."""
        wanted = self.known.get(self.revision or "")
        return self.fingerprint.differences(wanted) if wanted else []

    @property
    def looks_like(self) -> str | None:
        """The revision whose schema this is exactly, whatever the version table says."""
        return next((revision for revision, wanted in self.known.items() if wanted.digest == self.fingerprint.digest), None)


async def look(connection: AsyncConnection) -> State:
    """Everything that the decision needs, from one read-only transaction that is rolled back."""
    async with connection.begin() as transaction:
        await connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        server = (await connection.execute(text(SERVER), {"extensions": list(EXTENSIONS)})).one()
        found = await take(connection)
        stamps: tuple[str, ...] = ()
        has_version_table = (await connection.execute(text(f"SELECT to_regclass('public.{VERSION_TABLE}')"))).scalar_one() is not None
        if has_version_table:
            stamps = tuple((await connection.execute(text(f"SELECT version_num FROM public.{VERSION_TABLE} ORDER BY 1"))).scalars())
        with_rows = await _tables_with_rows(connection, found)
        await transaction.rollback()
    installed = set(EXTENSIONS) <= set(server.extensions_present)
    return State(
        name=server.name,
        role=server.role,
        version=server.version // 10000,
        version_name=server.version_name,
        encoding=server.encoding,
        replica=server.replica,
        read_only=server.read_only,
        may_create=server.may_create_tables and (server.may_create_extensions or installed),
        extensions_missing=tuple(server.extensions_missing),
        other_schemas=tuple(sorted(server.other_schemas)),
        has_version_table=has_version_table,
        stamps=stamps,
        fingerprint=found,
        tables_with_rows=with_rows,
        known=known(),
        history=revisions(),
    )


async def _tables_with_rows(connection: AsyncConnection, found: Fingerprint) -> tuple[str, ...]:
    filled = []
    for table in sorted(name.removeprefix("table ") for name in found.objects if name.startswith("table ")):
        quoted = table.replace('"', '""')
        may = text("SELECT has_table_privilege(:name, 'SELECT')")
        readable = (await connection.execute(may, {"name": f'public."{quoted}"'})).scalar_one()
        # A table that this role may not read counts as one with rows: the careful guess.
        if not readable or (await connection.execute(text(f'SELECT EXISTS (SELECT FROM public."{quoted}")'))).scalar_one():
            filled.append(table)
    return tuple(filled)
