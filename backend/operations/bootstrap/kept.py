"""What is kept outside the database and has to fit to it: the installation's identity, the key, the passphrase of the backups."""

from dataclasses import dataclass

from backend.config import Settings
from backend.operations import identity
from backend.operations.bootstrap import passphrase
from backend.operations.identity import IdentityUnreadable, Remembered


@dataclass(frozen=True, slots=True)
class Kept:
    """``remembered``: the identity file; ``unreadable``: why it can't be used. The paths are for sentences."""

    remembered: Remembered | None = None
    unreadable: str | None = None
    key_changed: bool = False
    passphrase_missing: bool = False
    identity_file: str = ""
    passphrase_file: str = ""


def look_around(settings: Settings) -> Kept:
    """Read what is kept. Nothing here writes."""
    remembered, unreadable = None, None
    try:
        remembered = identity.read(settings)
    except IdentityUnreadable as error:
        unreadable = str(error)
    return Kept(
        remembered=remembered,
        unreadable=unreadable,
        key_changed=remembered is not None and remembered.secret_key_sha256 != identity.key_digest(settings),
        passphrase_missing=remembered is not None and remembered.passphrase_made and not passphrase.is_there(settings),
        identity_file=str(identity.path(settings)),
        passphrase_file=str(passphrase.file(settings)),
    )
