"""The backups: whether the newest that was proven is new enough, and whether the next one can be made."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from backend import clock
from backend.operations.backup import BackupFailed, BackupFile, Listing, listing
from backend.operations.bootstrap import passphrase
from backend.operations.doctor.case import Case, Need, in_thread
from backend.operations.doctor.lines import Line, Numbers, Topic, counted, listed, size, span
from backend.operations.doctor.machine import nearest

WARN_AGE, FAIL_AGE = timedelta(hours=26), timedelta(hours=72)
# A backup that was just made is proven within minutes.
PROOF_TIME = timedelta(hours=1)
ROOM = 3

BACKUP = Topic(
    "backup",
    "the age of the newest backup that was proven, by restoring it",
    f"it is older than {WARN_AGE / timedelta(hours=1):g} h, or there is none yet; a newer one could not be proven",
    f"it is older than {FAIL_AGE / timedelta(hours=1):g} h, or a day has gone by without one",
    "Make one with `just backup`: it says what is in the way. The scheduler makes one every night (BACKUP_AT).",
)
FILES = Topic(
    "backup-files",
    "whether the backups that were made are still there, whole as far as their last line tells",
    "one is missing or damaged",
    "",
    "Find out who removed or changed it; `just prove FILE` tries one out, `just backups` lists them.",
)
FOLDER = Topic(
    "backup-folder",
    f"whether the next backup can be written: the folder, and {ROOM} times the room of the newest",
    "there is too little room",
    "the folder can't be written",
    "Free some space, or set BACKUP_DIR to a folder on another disk that this program may write.",
)
PASSPHRASE = Topic(
    "backup-passphrase",
    "whether there is a passphrase, so that backups carry the secrets too",
    "there is none: a restore on another machine signs everybody out",
    "",
    "Run `just bootstrap`, which makes one, or set BACKUP_PASSPHRASE_FILE. Write it down and keep it elsewhere.",
)

SINCE = text("SELECT created_at FROM installation")
NOTED = text("SELECT file_name FROM backups WHERE removed_at IS NULL AND size_bytes > 0")


@dataclass(frozen=True, slots=True)
class Age:
    """What decides about the newest backup. ``proven`` and ``unproven``: when the newest of each was made; ``problem`` of the latter."""

    now: datetime
    since: datetime | None
    proven: datetime | None
    unproven: datetime | None = None
    problem: str | None = None


async def backups(case: Case) -> Sequence[Line]:
    """The folder is the truth; the database knows what should be in it."""
    folder = case.settings.backup_folder.absolute()
    try:
        found = await in_thread(lambda: listing(folder))
    except BackupFailed as error:
        return [FOLDER.bad(error.message)]
    since, noted = None, []
    if await case.has(Need.TABLES):
        async with case.database.reading() as reader:
            since = await reader.scalar(SINCE)
            noted = list(await reader.scalars(NOTED))
    newest = found.backups[0] if found.backups else None
    return [judge_age(_age(found, since)), _files(found, noted), await in_thread(lambda: judge_folder(folder, newest))]


def _age(found: Listing, since: datetime | None) -> Age:
    proven, newest = found.newest_proven, found.backups[0] if found.backups else None
    unproven = newest if newest is not None and not newest.proven else None
    return Age(
        now=clock.now(),
        since=since,
        proven=proven.manifest.made_at if proven else None,
        unproven=unproven.manifest.made_at if unproven else None,
        problem=unproven.proof.problem if unproven and unproven.proof else None,
    )


def judge_age(age: Age) -> Line:
    """Only a proven backup counts."""
    if age.proven is None:
        hours = (age.now - age.since) / timedelta(hours=1) if age.since else 0.0
        no = "No backup was ever proven" if age.unproven else "There is no backup"
        if age.since and age.now - age.since > WARN_AGE:
            say = f"{no}, and this installation is {span(hours * 3600)} old.{_because(age)}"
            return BACKUP.bad(say, installation_hours=round(hours, 1))
        return BACKUP.doubtful(f"{no} yet.{_because(age)}", installation_hours=round(hours, 1))
    old = age.now - age.proven
    numbers: Numbers = {"hours": round(old / timedelta(hours=1), 1)}
    say = f"The newest backup that was proven is {span(old.total_seconds())} old."
    if old > FAIL_AGE:
        return BACKUP.bad(say + _because(age), **numbers)
    if old > WARN_AGE:
        return BACKUP.doubtful(say + _because(age), **numbers)
    if age.unproven and age.unproven > age.proven and age.now - age.unproven > PROOF_TIME:
        return BACKUP.doubtful(f"A newer backup was not proven.{_because(age)} {say}", "Make another with `just backup`.", **numbers)
    return BACKUP.good(say, **numbers)


def _because(age: Age) -> str:
    return f" {age.problem}" if age.problem else ""


def _files(found: Listing, noted: list[str]) -> Line:
    there = {backup.path.name for backup in found.backups} | {path.name for path in found.damaged}
    missing = sorted(set(noted) - there)
    numbers: Numbers = {"files": len(there), "missing": len(missing), "damaged": len(found.damaged)}
    if found.damaged:
        return FILES.doubtful(f"Damaged: {listed(sorted(path.name for path in found.damaged), 3)}.", **numbers)
    if missing:
        return FILES.doubtful(f"No longer in the folder: {listed(missing, 3)}.", **numbers)
    return FILES.good(f"{counted(len(there), 'backup')} in the folder, none missing." if there else "No backup is missing.", **numbers)


def judge_folder(folder: Path, newest: BackupFile | None) -> Line:
    """Whether the next backup has a place. Blocking."""
    there = nearest(folder)
    if not os.access(there, os.W_OK | os.X_OK):
        return FOLDER.bad(f"{there} can't be written.")
    free, needed = shutil.disk_usage(there).free, ROOM * newest.size if newest else 0
    numbers: Numbers = {"free_bytes": free, "needed_bytes": needed}
    if free < needed:
        return FOLDER.doubtful(f"{size(free)} are free at {there}, and the next backup may need {size(needed)}.", **numbers)
    return FOLDER.good(f"{folder} can be written and has room.", **numbers)


async def secrets(case: Case) -> Sequence[Line]:
    """A chosen passphrase, or the one that bootstrap made."""
    if passphrase.is_there(case.settings):
        return [PASSPHRASE.good("Backups carry the secrets, encrypted.")]
    return [PASSPHRASE.doubtful("There is no passphrase, so backups are made without the secrets.")]
