"""What bootstrap finds in a database, looked up before it decides anything. Nothing here writes."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.operations.bootstrap import catalogs
from backend.operations.bootstrap.fingerprint import EXTENSIONS, VERSION_TABLE, Fingerprint, known, take
from backend.operations.bootstrap.kept import Kept
from backend.operations.bootstrap.revisions import revisions

LEGACY = "legacy"


@dataclass(frozen=True, slots=True)
class State:
    """A database as it was found: its server, what the role may do, its revision, its schema, and what is kept outside of it."""

    name: str
    role: str
    version: int
    version_name: str
    encoding: str
    replica: bool
    read_only: bool
    may_create: bool
    may_create_schemas: bool
    extensions_missing: tuple[str, ...]
    extensions_elsewhere: tuple[str, ...]
    other_schemas: tuple[str, ...]
    has_public: bool
    others: tuple[str, ...]  # what is there and belongs to a role that this one is no member of
    has_version_table: bool
    odd_version_table: bool  # something has its name and isn't Alembic's
    stamps: tuple[str, ...]
    fingerprint: Fingerprint
    tables_with_rows: tuple[str, ...]
    identity: UUID | None
    shape: str | None  # of the predecessor's tables in public
    strangers: tuple[str, ...]  # tables without rows beside them
    legacy_shape: str | None
    legacy_is_taken: bool
    legacy_has_rows: bool
    adoption_pending: bool
    known: dict[str, Fingerprint] = field(repr=False)
    history: tuple[str, ...]  # every revision of the code, the first one first
    kept: Kept = field(default_factory=Kept)

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
        return not self.objects and not self.stamps and not self.odd_version_table

    @property
    def has_rows(self) -> bool:
        """Whether a change should be preceded by a backup."""
        return bool(self.tables_with_rows) or self.legacy_has_rows

    @property
    def drift(self) -> list[str]:
        """How the schema differs from the revision that the database says it has."""
        wanted = self.known.get(self.revision or "")
        return self.fingerprint.differences(wanted) if wanted else []

    @property
    def looks_like(self) -> str | None:
        """The revision whose schema this is exactly, whatever the version table says."""
        return next((revision for revision, wanted in self.known.items() if wanted.digest == self.fingerprint.digest), None)

    @property
    def is_ours(self) -> bool:
        """Whether the database holds this product's tables, as far as can be told."""
        by_stamp = self.revision in self.history and bool(self.tables)
        return self.identity is not None or by_stamp or self.looks_like is not None or self.mendable is not None

    @property
    def moves(self) -> bool:
        """Whether what is there would have to make room, if it may be touched at all."""
        return not self.is_empty and self.revision not in self.history and self.looks_like is None and self.mendable is None

    @property
    def predecessor_schema(self) -> str | None:
        """The schema where the predecessor's rows wait to be copied, if they do."""
        if self.shape is not None:
            return "public"
        waits = self.legacy_shape is not None and (self.adoption_pending or self.revision != self.head)
        return LEGACY if waits else None

    @property
    def has_our_users(self) -> bool:
        """Whether our table of users is there, in one of its revisions."""
        return self.looks_like is not None or (self.revision in self.history and bool(self.tables))

    @property
    def mendable(self) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Invalid indexes to build again and surplus ones to drop, when the schema would then be that of a revision; else None.

        That revision is the one which the database says it has or, if it says none, any.
        """
        invalid = self.fingerprint.invalid
        stamped = self.known.get(self.revision or "")
        for wanted in [stamped] if stamped else [] if self.stamps else self.known.values():
            broken, surplus = invalid.keys() & wanted.objects.keys(), invalid.keys() - wanted.objects.keys()
            mended = {name: invalid.get(name, digest) for name, digest in self.fingerprint.objects.items() if name not in surplus}
            if invalid and mended == wanted.objects:
                return _bare(broken), _bare(surplus)
        return None


def _bare(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(name.removeprefix("index ") for name in names))


async def look(connection: AsyncConnection, kept: Kept | None = None) -> State:
    """Everything that the decision needs, from one read-only transaction that is rolled back."""
    async with connection.begin() as transaction:
        await connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        server = (await connection.execute(text(catalogs.SERVER), {"extensions": list(EXTENSIONS)})).one()
        found = await take(connection)
        version_table = (await connection.execute(text(catalogs.VERSION_TABLE))).scalar_one_or_none()
        stamps: tuple[str, ...] = ()
        if version_table == "ours":
            stamps = tuple((await connection.execute(text(f"SELECT version_num FROM public.{VERSION_TABLE} ORDER BY 1"))).scalars())
        history, prints = revisions(), known()
        is_known = any(one.digest == found.digest for one in prints.values())
        with_rows = await catalogs.tables_with_rows(connection, "public", besides=VERSION_TABLE if version_table == "ours" else None)
        legacy_with_rows = await catalogs.tables_with_rows(connection, LEGACY)
        shape, strangers = (None, ()) if is_known else await catalogs.predecessor_in(connection, "public", with_rows)
        legacy_shape, _ = await catalogs.predecessor_in(connection, LEGACY, legacy_with_rows)
        at_head = stamps == (history[-1],) and history[-1] in prints and prints[history[-1]].digest == found.digest
        state = State(
            name=server.name,
            role=server.role,
            version=server.version // 10000,
            version_name=server.version_name,
            encoding=server.encoding,
            replica=server.replica,
            read_only=server.read_only,
            may_create=server.may_create_tables and (server.may_create_schemas or not server.extensions_to_make),
            may_create_schemas=server.may_create_schemas,
            extensions_missing=tuple(server.extensions_missing),
            extensions_elsewhere=tuple(server.extensions_elsewhere),
            other_schemas=tuple(sorted(server.other_schemas)),
            has_public=server.has_public,
            others=tuple((await connection.execute(text(catalogs.OTHERS))).scalars()),
            has_version_table=version_table == "ours",
            odd_version_table=version_table == "odd",
            stamps=stamps,
            fingerprint=found,
            tables_with_rows=with_rows,
            identity=await catalogs.identity(connection),
            shape=shape,
            strangers=strangers,
            legacy_shape=legacy_shape,
            legacy_is_taken=server.legacy_is_taken,
            legacy_has_rows=bool(legacy_with_rows),
            adoption_pending=at_head and legacy_shape is not None and await catalogs.adoption_is_pending(connection),
            known=prints,
            history=history,
            kept=kept or Kept(),
        )
        await transaction.rollback()
    return state
