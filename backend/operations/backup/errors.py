"""What can go wrong with a backup, said in one sentence for the person at the terminal."""

from typing import TYPE_CHECKING, ClassVar

from backend.errors import Failure

if TYPE_CHECKING:
    from backend.operations.backup.folder import BackupFile


class BackupFailed(Failure):
    """There is no good backup; the message says why, and what to do. Nothing half-written is left under a good name."""

    code: ClassVar[str] = "BACKUP_FAILED"


class NotABackup(BackupFailed):
    """The file is none of ours, or no longer as it was written."""

    code = "NOT_A_BACKUP"


class NotProven(BackupFailed):
    """The file was made, and could not be proven. ``file`` is there and does not count."""

    code = "NOT_PROVEN"

    def __init__(self, message: str, file: "BackupFile") -> None:
        super().__init__(message)
        self.file = file


class WrongPassphrase(BackupFailed):
    """The secrets inside a backup don't open with this passphrase."""

    code = "WRONG_PASSPHRASE"
