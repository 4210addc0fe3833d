"""The folder of the backups: names, the lock, leftovers, what is there and what of it is proven."""

import asyncio
import contextlib
import json
import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import IO

from backend.operations.backup import archive
from backend.operations.backup.errors import BackupFailed, NotABackup
from backend.operations.backup.manifest import Manifest
from backend.operations.stack.errors import StackError
from backend.operations.stack.files import take_lock, write_private

NAME = re.compile(r"krc-(\d{8}T\d{6}Z)-([a-z0-9-]{1,40})\.backup")
WHY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
# What a run writes before it is whole, and what it unpacks.
UNFINISHED = re.compile(NAME.pattern + r"(\.dump|\.proof|\.restore)?\.part")
PROOF_SUFFIX = ".proof.json"
LOCK = ".lock"
LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Proof:
    """The result of trying a backup out. ``sha256``: of the file that was tried. ``secrets``: what became of the secrets, a phrase."""

    proven: bool
    at: datetime
    sha256: str
    problem: str | None
    secrets: str | None

    def as_json(self) -> str:
        """As it stands beside the backup."""
        return json.dumps(asdict(self) | {"at": self.at.isoformat()}, indent=2, sort_keys=True) + "\n"


@dataclass(frozen=True, slots=True)
class BackupFile:
    """One backup. ``sha256`` is the hash that stands in it, hexadecimal; ``proof`` the newest try of exactly this file."""

    path: Path
    manifest: Manifest
    size: int
    sha256: str
    proof: Proof | None

    @property
    def proven(self) -> bool:
        """Whether it counts."""
        return self.proof is not None and self.proof.proven


@dataclass(frozen=True, slots=True)
class Listing:
    """The backups of a folder, the newest first, and the files with a backup's name that are none, each with a sentence."""

    backups: list[BackupFile]
    damaged: dict[Path, str]

    @property
    def newest_proven(self) -> BackupFile | None:
        """The one to restore in need."""
        return next((backup for backup in self.backups if backup.proven), None)


def listing(folder: Path) -> Listing:
    """What is in the folder, by the files' own manifests; their bytes are not read. Raises `BackupFailed` when it can't be looked into."""
    found, damaged = [], {}
    with disk_trouble(folder):
        names = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name)) if folder.exists() else []
    for path in names:
        try:
            found.append(read(path))
        except NotABackup as error:
            damaged[path] = error.message
    return Listing(sorted(found, key=lambda backup: (backup.manifest.made_at, backup.path.name), reverse=True), damaged)


def read(path: Path) -> BackupFile:
    """One backup, by its manifest. Raises `NotABackup`."""
    sha256 = archive.recorded_hash(path)
    return BackupFile(path, archive.read_manifest(path), path.stat().st_size, sha256, read_proof(path, sha256))


def found(file: Path, folder: Path) -> Path:
    """The file itself, or the one of that name in the backup folder, where there is none at that path: as the settings page names it."""
    return folder / file.name if not file.exists() and (folder / file.name).is_file() else file


def proof_path(path: Path) -> Path:
    """The file beside a backup that says whether it is proven."""
    return path.with_name(path.name + PROOF_SUFFIX)


def read_proof(path: Path, sha256: str) -> Proof | None:
    """The newest try of exactly this file; a proof of other bytes is none."""
    try:
        values = json.loads(proof_path(path).read_text(encoding="utf-8"))
        values["at"] = datetime.fromisoformat(values["at"])
        proof = Proof(**values)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return proof if proof.sha256 == sha256 else None


def write_proof(path: Path, proof: Proof) -> None:
    """Keep the result beside the backup."""
    with disk_trouble(path.parent):
        write_private(proof_path(path), proof.as_json())


def name_of(made_at: datetime, why: str) -> str:
    """``krc-20261123T111000Z-nightly.backup``"""
    return f"krc-{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{why}.backup"


def free_name(folder: Path, made_at: datetime, why: str) -> Path:
    """A path that no backup has yet, named by the second."""
    while (path := folder / name_of(made_at, why)).exists():
        made_at += timedelta(seconds=1)
    return path


@asynccontextmanager
async def locked(folder: Path, say: Callable[[str], None]) -> AsyncIterator[None]:
    """Work alone in the folder, which is made if need be; remove what killed runs left. Raises `BackupFailed`."""
    lock = _try_lock(folder)
    if lock is None:
        say("another backup is at work: waiting for it")
    while lock is None:
        await asyncio.sleep(LOOK_SECONDS)
        lock = _try_lock(folder)
    try:
        with disk_trouble(folder):
            remove_leftovers(folder)
        yield
    finally:
        lock.close()


def _try_lock(folder: Path) -> IO[bytes] | None:
    with disk_trouble(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return take_lock(folder / LOCK, wait=False)


def remove_leftovers(folder: Path) -> None:
    """Remove what runs that were killed left: unfinished files, and proofs of backups that are gone. Call it with the lock held."""
    for path in folder.iterdir():
        of = NAME.fullmatch(path.name.removesuffix(PROOF_SUFFIX)) if path.name.endswith(PROOF_SUFFIX) else None
        if UNFINISHED.fullmatch(path.name) or (of and not path.with_name(of[0]).exists()):
            path.unlink(missing_ok=True)


def check_space(folder: Path, needed: int, what: str) -> None:
    """Raise `BackupFailed` when the disk has not ``needed`` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupFailed(
            f"The disk of {folder} has {megabytes(free)} free, and {what} needs about {megabytes(needed)}. "
            "Free some space, or set BACKUP_DIR to a folder on another disk."
        )


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1e6:,.1f} MB" if size < 1e9 else f"{size / 1e9:,.1f} GB"


@contextmanager
def disk_trouble(folder: Path) -> Iterator[None]:
    """Turn a full disk, or a folder that may not be written, into `BackupFailed` with a sentence."""
    try:
        yield
    except (StackError, OSError) as trouble:
        error = trouble if isinstance(trouble, OSError) else trouble.__cause__
        if not isinstance(error, OSError):
            raise BackupFailed(str(trouble)) from trouble
        if error.errno in (ENOSPC, EDQUOT, EFBIG):
            text = f"The disk of {folder} is full: the backup could not be written, and what was begun is removed. Free some space."
        else:
            text = f"The folder {folder} can't be used for backups ({error.strerror}). Give this user that folder, or set BACKUP_DIR."
        raise BackupFailed(text) from error


@contextlib.contextmanager
def temporary(path: Path) -> Iterator[Path]:
    """A file that is removed afterwards, if it is still there."""
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
