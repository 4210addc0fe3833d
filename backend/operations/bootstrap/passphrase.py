"""The passphrase of the backups: made at the first bootstrap, unless the operator chose one, and shown until somebody saw it."""

from pathlib import Path

from backend.accounts import passwords
from backend.config import Settings
from backend.operations.stack.errors import StackError
from backend.operations.stack.files import make_private_folder, write_private

NAME = "backup-passphrase"
UNSEEN = "backup-passphrase.unseen"


def file(settings: Settings) -> Path:
    """Where a passphrase that was made is kept."""
    return settings.secrets_folder / NAME


def is_there(settings: Settings) -> bool:
    """Whether there is a passphrase, chosen or made."""
    return settings.backup_passphrase is not None or file(settings).exists()


def make(settings: Settings) -> str | None:
    """Make one where there is none; returns None, or why that could not be."""
    if is_there(settings):
        return None
    folder = settings.secrets_folder
    try:
        make_private_folder(folder)
        # First the mark: killed in between, the next run shows what it finds or makes.
        write_private(folder / UNSEEN, "")
        write_private(file(settings), passwords.generate() + "\n")
    except (StackError, OSError) as error:
        return str(error)
    return None


def to_show(settings: Settings) -> str | None:
    """The passphrase that was made and that nobody has been shown yet."""
    if not (settings.secrets_folder / UNSEEN).exists() or not file(settings).exists():
        return None
    return file(settings).read_text(encoding="utf-8").strip()


def shown(settings: Settings) -> None:
    """Remember that it was shown."""
    (settings.secrets_folder / UNSEEN).unlink(missing_ok=True)
