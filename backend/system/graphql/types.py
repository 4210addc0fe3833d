"""Types of the installation and its backups; the root type loads only what is asked for, a statement each."""

import asyncio
import enum
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import strawberry

from backend.db import AnyRow, ReadSession
from backend.errors import NotFound, Unavailable
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.errors import Conflict
from backend.graphql.relay import Node
from backend.jobs import health
from backend.system import queries
from backend.system.graphql.adoption import Adoption
from backend.system.version import product_version

ROOT_CERTIFICATE = "/root.crt"
"""Where the front door hands out the root certificate of its own authority."""
COUNTS = "counts_to_look_at"
"""The batch of a feature above that counts what somebody should look at."""


@strawberry.enum(description="Whether a part of the installation works. SILENT: no sign of life from it lately.")
class SignOfLife(enum.StrEnum):
    """How a part is."""

    OK = "OK"
    DOWN = "DOWN"
    SILENT = "SILENT"


@strawberry.type(description="How the parts of the installation are at this moment.")
class Health:
    """One look at everything."""

    database: SignOfLife = strawberry.field(description="PostgreSQL, which holds everything.")
    revision: str | None = strawberry.field(description="The migration at which the database is; null while it can't be read.")
    redis: SignOfLife = strawberry.field(description="Redis, which carries work to the worker. Nothing is lost without it.")
    worker: SignOfLife = strawberry.field(description="The worker, which does what can wait. It speaks through Redis.")
    scheduler: SignOfLife = strawberry.field(description="The scheduler, which makes the nightly backup and what else recurs.")
    version: str = strawberry.field(description="The product's version.")


@strawberry.type(description="Which installation this is, and what happened to it as a whole.")
class Installation:
    """The one row."""

    created_at: datetime = strawberry.field(description="When this installation was made.")
    restored_at: datetime | None = strawberry.field(description="When a backup was put in the place of its data; null when never.")
    restored_from: str | None = strawberry.field(description="The file of that backup.")
    messages_paused_at: datetime | None = strawberry.field(description="Since when nothing is sent to clients; null while messages go out.")
    messages_paused_because: str | None = strawberry.field(description="Why they are paused.")

    @classmethod
    def of(cls, row: AnyRow) -> "Installation":
        """From a row of `queries.installation`."""
        return cls(
            created_at=row.created_at,
            restored_at=row.restored_at,
            restored_from=row.restored_from,
            messages_paused_at=row.messages_paused_at,
            messages_paused_because=row.messages_paused_because,
        )


@strawberry.type(description="A backup file. Only a proven one counts: it was restored into a scratch database and compared.")
class Backup(Node):
    """A file in the backup folder."""

    file_name: str = strawberry.field(description="Its name in the backup folder. A try that made no file has only this name.")
    why: str = strawberry.field(description="What it was made for, as one word such as nightly or manual.")
    made_at: datetime = strawberry.field(description="The moment whose data it holds.")
    size_bytes: float = strawberry.field(
        description="Its size in bytes, a whole number that may exceed an Int; 0 for a try that made no file."
    )
    total_rows: float = strawberry.field(description="How many rows it holds, all tables together; a whole number.")
    proven_at: datetime | None = strawberry.field(description="When it was proven; null while it was not.")
    problem: str | None = strawberry.field(description="Why it does not count, in a sentence; null when nothing was found wrong.")

    @classmethod
    def of(cls, row: AnyRow) -> "Backup":
        """From a row of `queries.backups`."""
        return cls(
            id=ids.encode("Backup", row.id),
            file_name=row.file_name,
            why=row.why,
            made_at=row.made_at,
            size_bytes=row.size_bytes,
            total_rows=row.total_rows,
            proven_at=row.proven_at,
            problem=row.problem,
        )


@strawberry.type(description="How much waits for somebody to look at it.")
class ToLookAt:
    """Counts over the clients."""

    possible_duplicates: int = strawberry.field(description="Pairs of clients that may be the same person and were not dismissed.")
    contact_methods_to_fix: int = strawberry.field(
        description="Contact methods that were kept as they were written, since they can't be used."
    )


async def _backup_times(reader: ReadSession, _context: Context, keys: list[None]) -> Mapping[None, AnyRow | None]:
    return {key: await queries.backup_times(reader) for key in keys}


async def _database_and_revision(context: Context) -> tuple[SignOfLife, str | None]:
    try:
        async with context.database.reading() as reader:
            return SignOfLife.OK, await queries.revision(reader)
    except Unavailable:
        return SignOfLife.DOWN, None


@strawberry.type(description="The installation, as its admins see it. Each field is read only when it is asked for.")
class System:
    """Everything about running it."""

    @strawberry.field(description="Which installation this is; null before bootstrap has noted it.")
    async def installation(self, info: Info) -> Installation | None:
        """One statement."""
        row = await queries.installation(info.context.reader)
        return Installation.of(row) if row is not None else None

    @strawberry.field(description="How its parts are now. Takes a second at most.")
    async def health(self, info: Info) -> Health:
        """Two statements, each on a connection of its own: that is what is looked at."""
        context = info.context
        (database, revision), told = await asyncio.gather(
            _database_and_revision(context), health.report(context.database, context.settings.redis_url)
        )
        return Health(
            database=database,
            revision=revision,
            redis=SignOfLife(told["redis"].upper()),
            worker=SignOfLife(told["worker"].upper()),
            scheduler=SignOfLife(told["scheduler"].upper()),
            version=product_version(),
        )

    @strawberry.field(description="The newest 30 backups whose files are still there, and tries of the last week that made no file.")
    async def backups(self, info: Info) -> list[Backup]:
        """One statement."""
        return [Backup.of(row) for row in await queries.backups(info.context.reader)]

    @strawberry.field(description="When the newest good backup was proven; null when there is none.")
    async def last_proven_backup_at(self, info: Info) -> datetime | None:
        """One statement for all that is known of the times."""
        return await _time(info, "proven_at")

    @strawberry.field(description="When the next backup is due; null before the scheduler has run, and while one is due.")
    async def next_backup_at(self, info: Info) -> datetime | None:
        """The same statement."""
        return await _time(info, "next_at")

    @strawberry.field(description="Since when a backup is asked for or under way that is not in the list yet; null when none is.")
    async def backup_under_way_since(self, info: Info) -> datetime | None:
        """The same statement."""
        return await _time(info, "under_way_since")

    @strawberry.field(description="The newest 20 runs that brought the predecessor's data over, the newest first.")
    async def adoptions(self, info: Info) -> list[Adoption]:
        """One statement; lines and reasons one more each, for all of them together."""
        return [Adoption.of(row) for row in await queries.adoptions(info.context.reader)]

    @strawberry.field(description="One of these runs; null when there is none with this id.")
    async def adoption(self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The run's id.")]) -> Adoption | None:
        """By id."""
        try:
            rows = await queries.adoptions(info.context.reader, [ids.decode(id, "Adoption")])
        except NotFound:
            return None
        return Adoption.of(rows[0]) if rows else None

    @strawberry.field(description="The path of the root certificate that devices need for HTTPS here; null where HTTPS is not served.")
    def root_certificate_url(self, info: Info) -> str | None:
        """From the settings alone."""
        return ROOT_CERTIFICATE if info.context.settings.https_port is not None else None

    @strawberry.field(description="How much waits for somebody to look at it.")
    async def counts(self, info: Info) -> ToLookAt:
        """One statement, by the feature that the tables belong to."""
        duplicates, to_fix = await info.context.load_by_name(COUNTS, None)
        return ToLookAt(possible_duplicates=duplicates, contact_methods_to_fix=to_fix)


async def _time(info: Info, name: str) -> datetime | None:
    row: Any = await info.context.load(_backup_times, None)
    moment: datetime | None = getattr(row, name)
    return moment


@strawberry.input(description="Which pause to end.")
class ResumeMessagesInput:
    """The pause that somebody has seen."""

    paused_at: datetime = strawberry.field(description="`messagesPausedAt` as it was read: a later pause stays.")


@strawberry.type(description="Messages go out again.")
class MessagesResumed:
    """Done."""

    installation: Installation = strawberry.field(description="The installation, whose messages are not paused any more.")


@strawberry.type(description="A backup was asked for. The scheduler takes it up within seconds; `system.backups` has it when it is made.")
class BackupRequested:
    """Asked."""

    requested_at: datetime = strawberry.field(description="Since when it is asked for.")
    already_requested: bool = strawberry.field(description="True when somebody had asked before and it was not taken up yet.")


ResumeMessagesResult = Annotated[
    MessagesResumed | Conflict, strawberry.union("ResumeMessagesResult", description="Messages go out again, or why nothing was changed.")
]
BackUpNowResult = Annotated[
    BackupRequested | Conflict, strawberry.union("BackUpNowResult", description="A backup was asked for, or why it can't be.")
]
