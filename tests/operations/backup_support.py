"""Filled databases, settings with folders of their own, and what backups leave on a server."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
from pydantic import SecretStr

from backend.config import Settings
from backend.operations import backup
from backend.operations.backup import databases
from backend.operations.backup.folder import BackupFile
from backend.operations.restore.outcome import Outcome
from backend.operations.restore.work import Work
from backend.operations.stack.files import free_port
from backend.operations.stack.processes import launch, stop
from tests import world
from tests.operations.bootstrap_support import rows, run_sql
from tests.operations.stack_support import eventually

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")

FILL = """
WITH people AS (
  INSERT INTO clients (first_name, last_name, date_of_birth)
  SELECT '{word}', 'Nr ' || n, date '1990-01-01' + n % 10000 FROM generate_series(1, {count}) n
  RETURNING id
), phones AS (
  INSERT INTO contact_methods (client_id, kind, value, is_primary)
  SELECT id, 'PHONE', '+1661555' || lpad((id % 10000)::text, 4, '0'), true FROM people
)
INSERT INTO client_notes (client_id, body) SELECT id, 'SET transaction_timeout = 0;' FROM people
"""


def settings_of(url: str, folder: Path, *, passphrase: str | None = None, **more: Any) -> Settings:
    """Settings for a database, with everything that is kept in a folder of the test's own."""
    values = {"data_dir": folder, "backup_passphrase": SecretStr(passphrase) if passphrase else None}
    return world.settings_for(url).model_copy(update=values | more)


async def fill(url: str, word: str = "Ana", count: int = 20) -> None:
    """Add clients with that first name, each with a phone and a note that looks like a line of a dump."""
    await run_sql(url, FILL.format(word=word, count=count))


async def names(url: str) -> dict[str, int]:
    """How many clients have which first name."""
    return dict(await rows(url, "SELECT first_name, count(*) FROM clients GROUP BY 1"))


async def make(settings: Settings, why: str = "manual", *, prove: bool = True) -> BackupFile:
    """Make a backup, quietly."""
    return await backup.make(settings, why=why, say=lambda _: None, prove=prove)


async def restore(settings: Settings, file: Path, *, with_secrets: bool = True) -> Outcome:
    """Restore in this process, as with --yes; expected trouble is raised."""
    outcome = Outcome(file=str(file))
    await Work(settings, file, outcome, outcome.steps.append, lambda *_: None, None, with_secrets).run()
    assert outcome.exit_code == 0
    return outcome


async def forgotten(url: str, prefix: str) -> list[str]:
    """Databases of that prefix which nobody works with."""
    found = []
    connection = await asyncpg.connect(databases.url_of(url, "postgres"))
    try:
        for name in await databases.databases(connection, prefix):
            async with databases.claimed(connection, name) as nobodys:
                if nobodys:
                    found.append(name)
    finally:
        await connection.close()
    return found


def inside(folder: Path) -> set[str]:
    """The names of the files in a folder, without the lock."""
    return {path.name for path in folder.iterdir()} - {".lock"}


@contextmanager
def postgres_15(folder: Path) -> Iterator[str]:
    """Debian's PostgreSQL 15 on a free port, with an empty database; yields its address."""
    log, cluster, port = folder / "log", folder / "cluster", free_port()
    made = launch(
        [DEBIAN_15 / "initdb", "-D", cluster, "-U", "krc", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"], log, unprivileged=True
    )
    assert made.wait() == 0, log.read_text()
    options = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"]
    server = launch(
        [DEBIAN_15 / "postgres", "-D", cluster, "-p", str(port), *(part for option in options for part in ("-c", option))],
        log, unprivileged=True, death_signal=signal.SIGINT,
    )  # fmt: skip
    try:
        eventually(lambda: "ready to accept connections" in log.read_text(), 30)
        subprocess.run(
            [DEBIAN_15 / "createdb", "--template=template0", "krc"],
            env=os.environ | {"PGHOST": "127.0.0.1", "PGPORT": str(port), "PGUSER": "krc"},
            check=True,
        )
        yield f"postgresql://krc:unused@127.0.0.1:{port}/krc"
    finally:
        stop(server, [signal.SIGINT], 10)
