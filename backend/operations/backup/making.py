"""Making a backup: one snapshot, counted and dumped, into one file that appears under its name when it is whole."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import asyncpg

from backend.config import Settings
from backend.operations.backup import archive, folder, loading, record, sealing
from backend.operations.backup.contents import Contents, contents
from backend.operations.backup.databases import connected, in_words
from backend.operations.backup.errors import BackupFailed, NotProven
from backend.operations.backup.folder import BackupFile, megabytes
from backend.operations.backup.manifest import Manifest
from backend.operations.backup.proof import try_out
from backend.operations.stack.files import sync_folder

# A dump is compressed; before there is one to compare with, half of the database is the careful guess.
GUESS, GROWTH = 0.5, 1.3


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An instant of the database that other connections can look at as long as the block lasts."""

    name: str
    at: datetime
    database: str
    server_version: str
    server_major: int
    database_bytes: int
    contents: Contents


async def make(settings: Settings, *, why: str, say: Callable[[str], None], prove: bool = True) -> BackupFile:
    """Back the database of ``settings.owner`` up, whatever is in it, and prove it unless told not to.

    ``why`` is a word such as ``nightly`` that is kept in the file's name. Raises `BackupFailed` with a sentence: then nothing was
    left but, when only the proof failed (`NotProven`), a file that doesn't count.
    """
    if not folder.WHY.fullmatch(why):
        raise BackupFailed(f"“{why}” can't be kept with a backup: use one word of small letters, digits and dashes, at most 40.")
    settings = settings.owner
    place = settings.backup_folder
    async with folder.locked(place, say):
        try:
            made = await _write(settings, why, say)
        except BackupFailed as error:
            await record.note_failure(settings, why, error.message)
            raise
        await record.note(settings, place, say)
        if prove:
            made = await try_out(settings, made.path, say)
            await record.note(settings, place, say)
    if prove and not made.proven:
        problem = made.proof.problem if made.proof else ""
        raise NotProven(f"The backup {made.path.name} was made and does not count. {problem}", made)
    return made


async def _write(settings: Settings, why: str, say: Callable[[str], None]) -> BackupFile:
    place = settings.backup_folder
    passphrase = sealing.passphrase_of(settings)
    secrets = sealing.collect(settings.secrets_folder, settings.secret_key.get_secret_value(), passphrase)
    with in_words(settings):
        async with _snapshot(settings) as snapshot:
            path = folder.free_name(place, snapshot.at, why)
            with folder.disk_trouble(place):
                folder.check_space(place, _needed(place, snapshot), "a backup")
            rows = f"{snapshot.contents.total_rows:,} rows in {len(snapshot.contents.tables)} tables"
            say(f"dumping {rows} (PostgreSQL {snapshot.server_version})")
            with folder.temporary(path.with_name(path.name + ".dump.part")) as dump:
                with folder.disk_trouble(place):
                    dumped_with = await loading.dump(
                        settings.database_url, dump, snapshot=snapshot.name, server_major=snapshot.server_major
                    )
                sealed = await sealing.seal(secrets, passphrase)
                manifest = await _describe(snapshot, why, dump, dumped_with, sealed)
                sha256 = await _assemble(settings, path, manifest, dump, sealed)
    size = path.stat().st_size
    say(f"wrote {path.name}: {megabytes(size)}" + (f"; {sealed.because}" if sealed.because else f", {len(sealed.names)} secrets encrypted"))
    return BackupFile(path, manifest, size, sha256, None)


async def _assemble(settings: Settings, path: Path, manifest: Manifest, dump: Path, sealed: sealing.Sealed) -> str:
    place = path.parent
    identity_file = settings.config_folder / "installation.json"

    def work() -> str:
        identity = identity_file.read_bytes() if identity_file.is_file() else None
        with folder.temporary(path.with_name(path.name + ".part")) as unfinished:
            sha256 = archive.write(unfinished, manifest, dump, identity=identity, secrets=sealed.content)
            unfinished.rename(path)
            sync_folder(place)
        return sha256

    with folder.disk_trouble(place):
        return await asyncio.to_thread(work)


async def _describe(snapshot: Snapshot, why: str, dump: Path, dumped_with: int, sealed: sealing.Sealed) -> Manifest:
    def measured() -> tuple[int, str]:
        with dump.open("rb") as file:
            return dump.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()

    size, sha256 = await asyncio.to_thread(measured)
    return Manifest(
        why=why,
        made_at=snapshot.at,
        database=snapshot.database,
        server_version=snapshot.server_version,
        dumped_with=dumped_with,
        revision=snapshot.contents.revision,
        identity=snapshot.contents.identity,
        tables=snapshot.contents.tables,
        audit_head=snapshot.contents.audit_head,
        database_bytes=snapshot.database_bytes,
        dump_bytes=size,
        dump_sha256=sha256,
        secrets=sealed.names,
        no_secrets_because=sealed.because,
        audit_seal=snapshot.contents.audit_seal,
    )


@asynccontextmanager
async def _snapshot(settings: Settings) -> AsyncIterator[Snapshot]:
    async with connected(settings.database_url) as connection:
        try:
            # Not as a context: there is nothing to roll back, and a connection that was lost can't be told to.
            await connection.transaction(isolation="repeatable_read", readonly=True).start()
            name = await connection.fetchval("SELECT pg_export_snapshot()")
            facts = await connection.fetchrow(
                "SELECT now() AS at, current_database() AS name, current_setting('server_version') AS version, "
                "current_setting('server_version_num')::int / 10000 AS major, pg_database_size(current_database()) AS bytes"
            )
            found = await contents(connection)
            yield Snapshot(name, facts["at"], facts["name"], facts["version"], facts["major"], facts["bytes"], found)
        except asyncpg.InsufficientPrivilegeError as error:
            raise BackupFailed(
                f"The role of the backup may not read everything ({error.args[0]}). "
                "Set DATABASE_OWNER_URL to the role that owns the tables."
            ) from error


def _needed(place: Path, snapshot: Snapshot) -> int:
    """The bytes that a backup takes while it is made: the dump and the file around it are there at once for a moment."""
    earlier = folder.listing(place).backups
    one = earlier[0].manifest.dump_bytes * GROWTH if earlier else snapshot.database_bytes * GUESS
    return int(2 * one)
