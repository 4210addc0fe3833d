"""The secrets of the containers are files: this makes what is missing, once, and gives each to the user that may read it.

It runs as root before the other services, since only root may give a file away. Who reads what:

    999    PostgreSQL   the owner's password
    10001  the product  the app's addresses of the database and Redis, the key that signs
    10002  operating    all of them: backups hold the secrets, encrypted
    10003  Redis        its configuration, which is where its password is

Where PostgreSQL's volume holds data, nothing is made: a new password would not open it, and a new key would end every session.
"""

import contextlib
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from backend.operations.command_line import FAILED, REFUSED
from backend.operations.stack.files import write_private

POSTGRES, PRODUCT, OPERATING, REDIS = 999, 10001, 10002, 10003
DATABASE, OWNER, APP = "krc", "krc_owner", "krc_app"


class Access(NamedTuple):
    """Owner, group and mode of a file."""

    owner: int
    group: int
    mode: int


# What can't be made again: without it the data beside it are locked.
MADE = {
    "postgres-password": Access(POSTGRES, OPERATING, 0o440),
    "app-password": Access(OPERATING, OPERATING, 0o400),
    "redis-password": Access(OPERATING, OPERATING, 0o400),
    "secret-key": Access(OPERATING, PRODUCT, 0o440),
}
# What follows from those.
DERIVED = {
    "database-url": Access(OPERATING, PRODUCT, 0o440),
    "database-owner-url": Access(OPERATING, OPERATING, 0o400),
    "redis-url": Access(OPERATING, PRODUCT, 0o440),
    "redis.conf": Access(REDIS, OPERATING, 0o440),
}
# What bootstrap or the operator put there.
OTHERS = {"backup-passphrase": Access(OPERATING, OPERATING, 0o400), "backup-passphrase.unseen": Access(OPERATING, OPERATING, 0o600)}


@dataclass(frozen=True)
class Places:
    """The folders as the container sees them; ``postgres`` may only be read."""

    secrets: Path = Path("/secrets")
    config: Path = Path("/config")
    backups: Path = Path("/backups")
    postgres: Path = Path("/postgres")
    redis: Path = Path("/redis")


class MissingSecrets(Exception):  # noqa: N818 (reads as the sentence it carries)
    """Data exist and secrets do not; the text is the plan."""


def run(places: Places | None = None, *, say: Callable[[str], None] = print) -> int:
    """Make, hand out, report; returns the exit code: 0 done, 1 failed, 3 refused and nothing changed."""
    try:
        made = make_and_hand_out(places or Places())
    except MissingSecrets as refusal:
        sys.stderr.write(f"{refusal}\n")
        return REFUSED
    except OSError as error:
        sys.stderr.write(
            f"The secrets could not be made or handed out: {error.strerror}: {error.filename}. "
            "Run this again when the folder can be written; what is there already stays.\n"
        )
        return FAILED
    say(f"Made the secrets {', '.join(made)}." if made else "All secrets are there.")
    return 0


def make_and_hand_out(places: Places) -> list[str]:
    """Make what is missing, then set owners and modes; returns the names made. Raises `MissingSecrets`, `OSError`."""
    missing = [name for name in MADE if not _content(places.secrets / name)]
    if missing and (cluster := cluster_in(places.postgres)):
        raise MissingSecrets(_plan(missing, cluster))
    # Nobody can list the folder but its owner; each program opens its files by name.
    give(places.secrets, Access(OPERATING, PRODUCT, 0o711))
    for name in missing:
        _write(places.secrets / name, secrets.token_urlsafe(48) + "\n", MADE[name])
    derived = _derived({name: _content(places.secrets / name) for name in MADE})
    for name, content in derived.items():
        if not _content(places.secrets / name):
            missing.append(name)
            _write(places.secrets / name, content, DERIVED[name])
    for name, access in (MADE | DERIVED | OTHERS).items():
        with contextlib.suppress(FileNotFoundError):
            give(places.secrets / name, access)
    give(places.config, Access(OPERATING, PRODUCT, 0o750))
    give_all(places.backups, OPERATING, PRODUCT, 0o750)
    give_all(places.redis, REDIS, REDIS, 0o700)
    return missing


def cluster_in(folder: Path) -> Path | None:
    """The data directory that lies in PostgreSQL's volume, at any depth that an image has used; None for a fresh volume."""
    for pattern in ("PG_VERSION", "*/PG_VERSION", "*/*/PG_VERSION"):
        for found in folder.glob(pattern):
            return found.parent
    return None


def give(path: Path, access: Access) -> None:
    """Set owner, group and mode where they differ; a link is refused, since what it leads to isn't ours."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        now = os.fstat(descriptor)
        if (now.st_uid, now.st_gid) != (access.owner, access.group):
            os.fchown(descriptor, access.owner, access.group)
        if now.st_mode & 0o7777 != access.mode:
            os.fchmod(descriptor, access.mode)
    finally:
        os.close(descriptor)


def give_all(folder: Path, owner: int, group: int, mode: int) -> None:
    """The folder with this mode, and what lies in it, to this user: a backup may have been copied there by somebody else."""
    give(folder, Access(owner, group, mode))
    for inside, folders, files in os.walk(folder, followlinks=False):
        for name in (*folders, *files):
            path = Path(inside, name)
            now = path.lstat()
            if (now.st_uid, now.st_gid) != (owner, group):
                os.chown(path, owner, group, follow_symlinks=False)


def _derived(of: Mapping[str, str]) -> dict[str, str]:
    at_database, at_redis = f"@postgres:5432/{DATABASE}\n", "@redis:6379/0\n"
    return {
        "database-url": f"postgresql://{APP}:{of['app-password']}{at_database}",
        "database-owner-url": f"postgresql://{OWNER}:{of['postgres-password']}{at_database}",
        "redis-url": f"redis://:{of['redis-password']}{at_redis}",
        "redis.conf": f"requirepass {of['redis-password']}\n",
    }


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def _write(path: Path, content: str, access: Access) -> None:
    # Whole from the first moment; until it is given away root alone can read it.
    write_private(path, content)
    give(path, access)


def _plan(missing: Iterable[str], cluster: Path) -> str:
    names = ", ".join(missing)
    return (
        f"Refused, and nothing was changed: PostgreSQL's volume holds data ({cluster}), but these secrets are missing: {names}.\n"
        "New ones would not fit the data, so none were made. What to do:\n"
        "  1. If the volume krc_secrets was renamed or left behind (docker volume ls), name it again and start once more.\n"
        "  2. If you keep a copy of the secrets, put those files back into the volume and start once more.\n"
        "  3. Otherwise bring the data back from a backup: put the volume krc_postgres aside under another name, start with an empty one,\n"
        "     and run `./run restore FILE` with the newest file of the folder backups; it asks for the passphrase that you kept."
    )
