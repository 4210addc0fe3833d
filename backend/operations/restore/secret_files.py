"""The secrets in a backup: opened before anything is changed, put back where they are missing."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from pydantic import SecretStr

from backend.config import Settings
from backend.operations import identity
from backend.operations.backup import archive, sealing
from backend.operations.backup.errors import BackupFailed, WrongPassphrase
from backend.operations.backup.folder import BackupFile
from backend.operations.restore.outcome import Refused
from backend.operations.stack.errors import StackError
from backend.operations.stack.files import make_private_folder, write_private

TRIES = 3
Ask = Callable[[str], str]


@dataclass(slots=True)
class Secrets:
    """The secret files of the backup by name, and the passphrase that opened them. ``remark``: why there are none."""

    files: dict[str, bytes] = field(default_factory=dict)
    passphrase: str | None = None
    remark: str | None = None


async def unlock(settings: Settings, backup: BackupFile, *, machine_is_new: bool, ask: Ask | None) -> Secrets:
    """Open the secrets of the backup, asking for the passphrase with ``ask`` where it is not known (None: nobody can be asked).

    Nothing is opened when every file is there already and the machine isn't new. Raises `Refused` for a passphrase that is wrong.
    """
    names = backup.manifest.secrets
    if not names:
        return Secrets(remark=f"Without secrets: {backup.manifest.no_secrets_because or 'the backup holds none'}.")
    if not machine_is_new and all((settings.secrets_folder / name).exists() for name in names):
        return Secrets()
    sealed = await asyncio.to_thread(archive.read_part, backup.path, archive.SECRETS)
    known = sealing.passphrase_of(settings)
    for attempt in range(TRIES + 1):
        passphrase = known if attempt == 0 else await _asked(ask, again=attempt > 1)
        if not passphrase and attempt > 0:
            return Secrets(remark="The secrets in the backup were not put back: no passphrase was given.")
        try:
            if passphrase:
                return Secrets(await sealing.unseal(sealed or b"", passphrase), passphrase)
        except WrongPassphrase as error:
            if ask is None:
                raise Refused(
                    error.message,
                    "Give the right one: BACKUP_PASSPHRASE, or BACKUP_PASSPHRASE_FILE, or at a terminal.",
                    "Or restore the data alone: add --no-secrets.",
                ) from error
        except BackupFailed as error:
            return Secrets(remark=f"The secrets in the backup were not put back. {error.message}")
    raise Refused(
        "The passphrase was wrong each time.", "Find the one that the centre keeps.", "Or restore the data alone: add --no-secrets."
    )


async def _asked(ask: Ask | None, *, again: bool) -> str:
    if ask is None:
        return ""
    wrong = "That is not it. " if again else ""
    return await asyncio.to_thread(ask, f"{wrong}Passphrase of the backup's secrets (Enter alone: go on without them)")


def put_back(settings: Settings, secrets: Secrets, *, machine_is_new: bool) -> tuple[list[str], list[str]]:
    """Write the files that are missing; returns their names, and remarks. What is there stays, if it differs that is said.

    The key that signs tokens is replaced as well when the machine is new: it was made minutes ago, and has signed nothing.
    Raises `BackupFailed` when the folder can't be written.
    """
    put: list[str] = []
    differing: list[str] = []
    folder = settings.secrets_folder
    wanted = dict(secrets.files)
    if secrets.passphrase:
        wanted.setdefault(sealing.PASSPHRASE_FILE, secrets.passphrase.encode() + b"\n")
    try:
        if wanted:
            make_private_folder(folder)
        for name, content in sorted(wanted.items()):
            path = folder / name
            there = path.read_bytes() if path.exists() else None
            if there is not None and there.strip() == content.strip():
                continue
            if there is None or (name == sealing.KEY and machine_is_new):
                write_private(path, content.decode())
                put.append(name)
            elif name != sealing.PASSPHRASE_FILE:
                differing.append(name)
    except (StackError, OSError, UnicodeDecodeError) as error:
        raise BackupFailed(f"The secrets could not be put back into {folder}: {error}") from error
    remarks = []
    if differing:
        remarks.append(f"These secrets are there and are not those of the backup; they stay: {', '.join(differing)}.")
    if sealing.KEY in put:
        remarks.append("The key that signs tokens is that of the backup again: start the API, the worker and the scheduler anew.")
    return put, remarks


def settle_identity(settings: Settings, number: str | None, database: str) -> list[str]:
    """Make the config folder remember the installation that the restored data belong to; returns remarks. Never raises."""
    if number is None:
        return []
    key_file = settings.secrets_folder / sealing.KEY
    given = os.environ.get("SECRET_KEY_FILE", "")
    if given and not os.environ.get("SECRET_KEY") and Path(given).absolute() == key_file.absolute() and key_file.exists():
        # It may have been put back a moment ago.
        settings = settings.model_copy(update={"secret_key": SecretStr(key_file.read_text(encoding="utf-8").strip())})
    remarks = []
    try:
        before = identity.read(settings)
        if before is not None and before.identity != UUID(number):
            aside = identity.put_aside(settings)
            remarks.append(f"This machine belonged to another installation ({before.identity}); what it remembered is in {aside}.")
        made = (settings.secrets_folder / sealing.PASSPHRASE_FILE).exists()
        identity.remember(settings, UUID(number), database, passphrase_made=made)
    except (identity.IdentityUnreadable, StackError, OSError) as error:
        remarks.append(f"The installation's identity could not be kept: {error}")
    return remarks
