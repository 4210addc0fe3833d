"""Making a dump of a database, and loading one into an empty database, with PostgreSQL's own programs."""

import asyncio
import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from backend.operations.backup import children
from backend.operations.backup.errors import BackupFailed
from backend.operations.postgres_programs import connection_environment, major_of, program

JOBS = 2
# pg_restore 17 and newer begin with this setting, which older servers don't know.
NEEDS_17 = b"SET transaction_timeout = 0;\n"
SINCE = 17


async def dump(url: str, target: Path, *, snapshot: str, server_major: int) -> int:
    """Dump the database, as it is in the snapshot, in pg_dump's custom format; returns the program's major version.

    Raises `BackupFailed`.
    """
    pg_dump = program("pg_dump", server_major)
    options = ["--format=custom", f"--snapshot={snapshot}", f"--file={target}", "--no-password", "--lock-wait-timeout=60s"]
    code, said = await children.run([pg_dump, *options], connection_environment(url))
    if code != 0:
        if "No space left on device" in said or "Disk quota exceeded" in said or "File too large" in said:
            raise OSError(28, os.strerror(28), str(target))
        raise BackupFailed(f"The database could not be dumped: {children.phrase(said, 'pg_dump')}.")
    return major_of(pg_dump)


async def load(dump: Path, url: str, *, server_major: int, dumped_with: int) -> None:
    """Load a dump into an empty database, all of it or with `BackupFailed`. Objects belong to the role of the address afterwards."""
    pg_restore = program("pg_restore", max(server_major, dumped_with))
    environment = connection_environment(url)
    options: list[str | Path] = ["--no-owner", "--no-privileges", "--exit-on-error", "--no-password"]
    if major_of(pg_restore) >= SINCE > server_major:
        await _load_as_script([pg_restore, *options, "--file=-", dump], environment, server_major)
        return
    command = [pg_restore, *options, f"--jobs={JOBS}", f"--dbname={environment['PGDATABASE']}", dump]
    code, said = await children.run(command, environment)
    if code != 0:
        raise BackupFailed(f"The dump could not be restored: {children.phrase(said, 'pg_restore')}.")


async def _load_as_script(command: list[str | Path], environment: Mapping[str, str], server_major: int) -> None:
    """Load into a server that is older than pg_restore: as SQL through psql, without the one setting that it doesn't know."""
    psql: list[str | Path] = [program("psql", server_major), "-X", "-q", "-v", "ON_ERROR_STOP=1"]
    pipe = asyncio.subprocess.PIPE
    async with children.running(command, environment, stdout=pipe) as source, children.running(psql, environment, stdin=pipe) as target:
        said = asyncio.gather(_all_of(source.stderr), _all_of(target.stderr))
        await _pass_on(source, target)
        codes = (await source.wait(), await target.wait())
        complaints = await said
    # What psql refused explains why pg_restore could not go on writing, so it comes first.
    for code, complaint, name in ((codes[1], complaints[1], "psql"), (codes[0], complaints[0], "pg_restore")):
        if code != 0:
            raise BackupFailed(f"The dump could not be restored: {children.phrase(complaint, name)}.")


async def _pass_on(source: asyncio.subprocess.Process, target: asyncio.subprocess.Process) -> None:
    assert source.stdout is not None  # noqa: S101 (both are pipes)
    assert target.stdin is not None  # noqa: S101
    try:
        head = await _head(source.stdout)
        target.stdin.write(head.replace(NEEDS_17, b""))
        while chunk := await source.stdout.read(1 << 16):
            target.stdin.write(chunk)
            await target.stdin.drain()
    except ConnectionError:
        source.kill()  # nobody reads it any more
    target.stdin.close()
    with contextlib.suppress(ConnectionError):
        await target.stdin.wait_closed()


async def _head(stream: asyncio.StreamReader) -> bytes:
    # Only the first statements: the same line may stand in somebody's note.
    lines = []
    while (line := await stream.readline()) and not line.startswith((b"CREATE", b"COPY")):
        lines.append(line)
        if line == NEEDS_17:
            return b"".join(lines)
    return b"".join([*lines, line])


async def _all_of(stream: asyncio.StreamReader | None) -> str:
    return (await stream.read()).decode("utf-8", "replace") if stream else ""
