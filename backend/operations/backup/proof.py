"""Proving a backup: every byte as it was written, restored into a scratch database, counted, dropped again."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from backend import clock
from backend.config import Settings
from backend.operations.backup import archive, folder, loading, record, sealing
from backend.operations.backup.contents import contents, differences
from backend.operations.backup.databases import connected, in_words, scratch
from backend.operations.backup.errors import BackupFailed, NotABackup, WrongPassphrase
from backend.operations.backup.folder import BackupFile, Proof
from backend.operations.backup.manifest import Manifest

PREFIX = "krc_proof_"
NAMED = 5


async def prove(settings: Settings, path: Path, *, say: Callable[[str], None]) -> BackupFile:
    """Try a backup out on the server of the settings, and keep the result beside the file.

    Returns it with its ``proof``, good or bad. Raises `NotABackup` when the file can't be read as one at all, `BackupFailed` when it
    could not be tried (the database away, no right to make one): that says nothing about the file, so an earlier proof stays.
    """
    settings = settings.owner
    async with folder.locked(settings.backup_folder, say):
        tried = await try_out(settings, path, say)
        await record.note(settings, settings.backup_folder, say)
    return tried


async def try_out(settings: Settings, path: Path, say: Callable[[str], None]) -> BackupFile:
    """The same, for whoever holds the folder's lock."""
    backup = await asyncio.to_thread(folder.read, path)
    began = clock.now()
    say(f"proving {path.name}: reading every byte, restoring it into a scratch database")
    problem, secrets = None, None
    try:
        await asyncio.to_thread(archive.check, path)
        problem = await _restore_and_compare(settings, backup, say)
        secrets = await _open_secrets(settings, path, backup.manifest)
    except (NotABackup, WrongPassphrase) as error:
        problem = error.message
    return await asyncio.to_thread(_keep, backup, problem, secrets, began, say)


def _keep(backup: BackupFile, problem: str | None, secrets: str | None, began: datetime, say: Callable[[str], None]) -> BackupFile:
    proof = Proof(problem is None, clock.now(), backup.sha256, problem, secrets)
    folder.write_proof(backup.path, proof)
    seconds = (proof.at - began).total_seconds()
    say(f"proven in {seconds:.1f} s: all {len(backup.manifest.tables)} tables have the rows they had" if problem is None else problem)
    return BackupFile(backup.path, backup.manifest, backup.size, backup.sha256, proof)


async def _restore_and_compare(settings: Settings, backup: BackupFile, say: Callable[[str], None]) -> str | None:
    manifest = backup.manifest
    place = settings.backup_folder
    with folder.disk_trouble(place):
        folder.check_space(place, manifest.dump_bytes, "proving a backup")
    with in_words(settings), folder.temporary(place / f"{backup.path.name}.proof.part") as dump:
        with folder.disk_trouble(place):
            await asyncio.to_thread(archive.extract_dump, backup.path, dump)
        async with scratch(settings, PREFIX, say) as url:
            async with connected(url) as connection:
                version = connection.get_server_version()
            await loading.load(dump, url, server_major=version.major, dumped_with=manifest.dumped_with)
            async with connected(url) as connection:
                found = await contents(connection)
    differs = differences(found, manifest.tables, manifest.revision, manifest.audit_head)
    if not differs:
        return None
    more = f", and {len(differs) - NAMED} more" if len(differs) > NAMED else ""
    return f"Restored, it is not what was backed up: {'; '.join(differs[:NAMED])}{more}."


async def _open_secrets(settings: Settings, path: Path, manifest: Manifest) -> str:
    sealed = await asyncio.to_thread(archive.read_part, path, archive.SECRETS)
    if sealed is None:
        return manifest.no_secrets_because or "it holds none"
    passphrase = sealing.passphrase_of(settings)
    if passphrase is None:
        return "not opened: there is no passphrase (BACKUP_PASSPHRASE)"
    try:
        opened = await sealing.unseal(sealed, passphrase)
    except WrongPassphrase:
        return "not opened: the present passphrase is not the one that they were encrypted under"
    except NotABackup:
        raise
    except BackupFailed as error:
        return f"not opened: {error.message}"
    if tuple(sorted(opened)) != manifest.secrets:
        raise NotABackup("The secrets in the backup are not those that it lists.")
    return f"opened: {len(opened)}"
