"""Running the script of a dump through psql, locked so that the script can only be SQL."""

import asyncio
import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from backend.operations.adoption import dump_file
from backend.operations.adoption.refused import Refused
from backend.operations.backup import children
from backend.operations.postgres_programs import connection_environment, program

# What a dump says about its server and not about anybody's data: owners, rights, extensions, settings of another version. None of it
# is needed to read the rows, so it may fail: no right, no such role or setting, no such extension, the schema is there already.
_OF_THE_SERVER = re.compile(
    r"\s*(ALTER\s[^;']*\sOWNER\s+TO\s|ALTER\s+DEFAULT\s+PRIVILEGES\s|GRANT\s|REVOKE\s|COMMENT\s+ON\s+(EXTENSION|SCHEMA)\s"
    r"|CREATE\s+(EXTENSION|SCHEMA|PUBLICATION)\s|SET\s)",
    re.IGNORECASE,
)
_MAY_FAIL = frozenset({"42501", "42704", "58P01", "0A000", "42P06"})
_ERROR = re.compile(r"(?:psql:[^ ]*: )?(?:ERROR|FATAL|PANIC):  (\w{5})$")
_STATEMENT = re.compile(r"(?:psql:[^ ]*: )?STATEMENT:  (.*)")
_LOCKED = "backslash commands are restricted"
_WORDS = {
    "53100": "the disk of the database is full",
    "57014": "it was cancelled",
    "22021": "it holds text that is not in its encoding",
    "22P04": "its rows don't fit their columns",
    "42601": "it holds something that is not SQL",
    "42P07": "it makes the same table twice",
}
_SECONDS_TO_LOCK = 30


async def run_plain(path: Path, url: str, server_major: int) -> None:
    """Run a file of SQL in the database. Raises `Refused` when something in it fails that matters."""
    await _run(path.name, dump_file.script(dump_file.lines(path), path.name), url, server_major)


async def run_archive(path: Path, url: str, server_major: int) -> None:
    """Run what an archive of pg_dump's holds in the database. Raises `Refused` when something in it fails that matters."""
    # Without a database pg_restore only writes SQL, so that everything goes the one way that is locked.
    command: list[str | Path] = [program("pg_restore", server_major), "--no-owner", "--no-privileges", "--file=-"]
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as output:
        try:
            restoring = children.running(command, connection_environment(url), stdin=asyncio.subprocess.PIPE, stdout=writing)
            source = await restoring.__aenter__()
        finally:
            os.close(writing)
        try:
            feeding, complaining = asyncio.create_task(_feed(source, path)), asyncio.create_task(_complaint(source))
            try:
                await _run(path.name, dump_file.script(dump_file.lines_of(output), path.name), url, server_major)
            except Refused:
                # What is wrong with the file comes before what its half of a script led to.
                await _raise_first(feeding, complaining, path)
                raise
            await _raise_first(feeding, complaining, path)
        finally:
            await restoring.__aexit__(None, None, None)


async def _raise_first(feeding: "asyncio.Task[None]", complaining: "asyncio.Task[str]", path: Path) -> None:
    _, waiting = await asyncio.wait({feeding, complaining}, timeout=5)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    if feeding not in waiting:
        feeding.result()
    if complaining not in waiting and (said := complaining.result()):
        if "unsupported version" in said:
            raise Refused(f"The pg_restore here does not know the version of the dump {path.name}. Make it as plain SQL: pg_dump -Fp.")
        raise Refused(f"The dump {path.name} can't be restored: {said}.")


async def _feed(source: asyncio.subprocess.Process, path: Path) -> None:
    assert source.stdin is not None  # noqa: S101 (a pipe)
    with contextlib.suppress(ConnectionError):
        found = dump_file.chunks(path)
        while (chunk := await asyncio.to_thread(next, found, None)) is not None:
            source.stdin.write(chunk)
            await source.stdin.drain()
    await _close(source.stdin)


async def _close(pipe: asyncio.StreamWriter) -> None:
    pipe.close()
    with contextlib.suppress(ConnectionError):
        await pipe.wait_closed()


async def _complaint(source: asyncio.subprocess.Process) -> str:
    assert source.stderr is not None  # noqa: S101 (a pipe)
    first = ""
    while line := await source.stderr.readline():
        first = first or children.phrase(line.decode("utf-8", "replace"), "pg_restore")
    return first


async def _run(name: str, batches: Iterator[bytes], url: str, server_major: int) -> None:
    command: list[str | Path] = [program("psql", server_major), "-X", "-q", "-b", "-v", "VERBOSITY=sqlstate", "-f", "-"]
    async with children.running(command, connection_environment(url), stdin=asyncio.subprocess.PIPE) as process:
        assert process.stdin is not None  # noqa: S101 (both are pipes)
        assert process.stderr is not None  # noqa: S101
        await _lock(process.stdin, process.stderr)
        judging = asyncio.create_task(_judge(process.stderr))
        try:
            with contextlib.suppress(ConnectionError):
                while not judging.done() and (batch := await asyncio.to_thread(next, batches, None)) is not None:
                    process.stdin.write(batch)
                    await process.stdin.drain()
            await _close(process.stdin)
            problem = await judging
        finally:
            judging.cancel()
        if problem is None and await process.wait() != 0:
            problem = "the connection to the database was lost"
    if problem is not None:
        raise Refused(f"The dump {name} can't be restored: {problem}.")


async def _lock(stdin: asyncio.StreamWriter, stderr: asyncio.StreamReader) -> None:
    """Let psql take nothing but SQL from now on: a command such as ``\\!`` would run programs here.

    A psql that is too old for it doesn't refuse the command that follows, and then it gets nothing to read.
    """
    stdin.write(f"\\restrict {secrets.token_hex(16)}\n\\conninfo\n".encode())
    with contextlib.suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(_SECONDS_TO_LOCK):
            await stdin.drain()
            said = (await stderr.readline()).decode("utf-8", "replace")
            if _LOCKED in said:
                return
            if "invalid command" not in said:
                raise Refused(f"psql can't open the scratch database: {children.phrase(said, 'psql')}.")
    raise Refused("The psql here is too old to read a dump safely. Install its newest minor version, or name a running server.")


async def _judge(stderr: asyncio.StreamReader) -> str | None:
    """Read what psql complains about; returns the first thing that matters, or None at the end. Nobody's data is in it."""
    state = ""
    while line := await stderr.readline():
        text = line.decode("utf-8", "replace").rstrip()
        if _LOCKED in text:
            return "it holds commands for psql, such as \\connect; make it with pg_dump of that one database, without --create"
        if match := _ERROR.match(text):
            if state:
                return _in_words(state)
            state = match[1]
        elif state and (match := _STATEMENT.match(text)):
            if state not in _MAY_FAIL or not _OF_THE_SERVER.match(match[1]):
                return _in_words(state)
            state = ""
        elif "psql:" in text and "error:" in text:
            return children.phrase(text, "psql")
    return _in_words(state) if state else None


def _in_words(state: str) -> str:
    return _WORDS.get(state, f"PostgreSQL refuses something in it (error {state})")
