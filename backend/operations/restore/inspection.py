"""Looking at the file before anything is touched: is it whole, is it ours, is it one that this program understands?"""

import enum
from pathlib import Path

from backend.operations.backup import archive, folder
from backend.operations.backup.errors import NotABackup
from backend.operations.backup.folder import BackupFile
from backend.operations.backup.manifest import Manifest
from backend.operations.bootstrap.revisions import revisions
from backend.operations.restore.outcome import Refused

# Tables that no other program's database has all of.
OURS = {"public.clients", "public.check_ins", "public.outbox", "public.audit_log", "public.membership_tiers"}


class Kind(enum.Enum):
    """Whose data a backup holds: ours at head, ours to be upgraded, or something that bootstrap has to look at."""

    HEAD = "head"
    OLDER = "older"
    OTHER = "other"


def inspect(path: Path) -> tuple[BackupFile, Kind]:
    """Read every byte of the file. Raises `Refused`, with nothing touched."""
    try:
        backup = folder.read(path)
        archive.check(path)
    except NotABackup as error:
        raise Refused(error.message, *(_adopting(path) if "just adopt" in error.message else ())) from error
    return backup, kind_of(backup.manifest)


def kind_of(manifest: Manifest) -> Kind:
    """What the backup holds. Raises `Refused` for one that was made by a newer program."""
    known = revisions()
    if manifest.revision in known:
        return Kind.HEAD if manifest.revision == known[-1] else Kind.OLDER
    if manifest.tables.keys() >= OURS and manifest.revision is not None:
        raise Refused(
            f"The backup is of revision {manifest.revision}, which this program does not know: a newer one made it. "
            f"The newest that this one knows is {known[-1]}.",
            "Update the program to the version that made the backup, or a newer one (`just upgrade`).",
            "Run this again.",
        )
    return Kind.OTHER


def _adopting(path: Path) -> tuple[str, ...]:
    return (
        "`just backups` lists the backups of this installation.",
        f"If the file is a dump of the predecessor's database: just adopt {path}",
    )
