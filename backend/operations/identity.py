"""Which installation this is, remembered outside the database: so an empty volume, or that of somebody else, is noticed.

The file ``installation.json`` of the config folder has the same identity as the row in the table ``installation``, and a
digest of the key that signs tokens, so that a key that went missing is not quietly replaced by another.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from backend.config import Settings
from backend.operations.stack.errors import StackError
from backend.operations.stack.files import make_private_folder, write_private

NAME = "installation.json"


class IdentityUnreadable(Exception):  # noqa: N818 (reads as the sentence it carries)
    """The file is there but can't be read or understood; the text is for the operator."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the file says. ``database`` is host:port/name for people, ``first_seen`` ISO 8601 in UTC.

    ``passphrase_made``: the passphrase of the backups was made here and lies in the secrets folder, so it has to be there.
    """

    identity: UUID
    database: str
    first_seen: str
    secret_key_sha256: str
    passphrase_made: bool = False


def path(settings: Settings) -> Path:
    """Where the file is."""
    return settings.config_folder / NAME


def key_digest(settings: Settings) -> str:
    """The digest of the present key, as the file keeps it."""
    return hashlib.sha256(settings.secret_key.get_secret_value().encode()).hexdigest()


def read(settings: Settings) -> Remembered | None:
    """What was remembered; None when there is no file. Raises `IdentityUnreadable`."""
    file = path(settings)
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return Remembered(
            identity=UUID(content["identity"]),
            database=str(content["database"]),
            first_seen=str(content["first_seen"]),
            secret_key_sha256=str(content["secret_key_sha256"]),
            passphrase_made=content.get("passphrase_made") is True,
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IdentityUnreadable(f"The file {file} can't be read ({error.strerror}).") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise IdentityUnreadable(f"The file {file}, which says which installation this is, is damaged.") from None


def remember(settings: Settings, identity: UUID, database: str, *, passphrase_made: bool) -> None:
    """Write the file, unless it says the same already. Raises `IdentityUnreadable`, and `StackError` for a folder that can't be written."""
    before = read(settings)
    same = before is not None and before.identity == identity
    first_seen = before.first_seen if before is not None and same else datetime.now(UTC).isoformat(timespec="seconds")
    # The address of an embedded database changes with every start; that alone is no reason to write.
    place = before.database if before is not None and same else database
    now = Remembered(identity, place, first_seen, key_digest(settings), passphrase_made)
    if now != before:
        make_private_folder(settings.config_folder)
        content = {
            "identity": str(identity),
            "database": place,
            "first_seen": first_seen,
            "secret_key_sha256": now.secret_key_sha256,
            "passphrase_made": passphrase_made,
        }
        write_private(path(settings), json.dumps(content, indent=2) + "\n")


def put_aside(settings: Settings) -> Path | None:
    """Rename the file to ``installation.json.<time>``, so that nothing is remembered; returns its new name. Raises `StackError`."""
    file = path(settings)
    aside = file.with_name(f"{NAME}.{datetime.now(UTC):%Y%m%d%H%M%S%f}")
    try:
        file.rename(aside)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StackError(f"The file {file} can't be put aside ({error.strerror}). Nothing was changed.") from error
    return aside
