"""Backups: one file each, made from one snapshot, proven by restoring it, kept by rules.

`make` writes one and proves it, `prove` tries an old one out, `listing` says what is there, `retention` which may go, `nightly`
makes one every night. `backend.operations.restore` puts one back.
"""

from backend.operations.backup.errors import BackupFailed, NotABackup, NotProven
from backend.operations.backup.folder import BackupFile, Listing, listing
from backend.operations.backup.making import make
from backend.operations.backup.manifest import Manifest
from backend.operations.backup.proof import prove

__all__ = ["BackupFailed", "BackupFile", "Listing", "Manifest", "NotABackup", "NotProven", "listing", "make", "prove"]
