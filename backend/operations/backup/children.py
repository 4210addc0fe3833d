"""Running PostgreSQL's programs so that they end with this process and never say anybody's data."""

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from backend.operations.stack.processes import LAUNCHER

STREAM_LIMIT = 1 << 20
ERROR_LINE = re.compile(r"error: |ERROR: |FATAL: ")
LONGEST_PHRASE = 300


@asynccontextmanager
async def running(
    command: Sequence[str | Path], environment: Mapping[str, str], *, stdin: int | None = None, stdout: int | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a program; it is ended when the block is left early, and by the kernel when this process dies."""
    wrapper = [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid()), str(int(signal.SIGKILL)), "PLAIN", "--"]
    process = await asyncio.create_subprocess_exec(
        *wrapper, *map(str, command), env=dict(environment), limit=STREAM_LIMIT, start_new_session=True,
        stdin=asyncio.subprocess.DEVNULL if stdin is None else stdin,
        stdout=asyncio.subprocess.DEVNULL if stdout is None else stdout,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await asyncio.shield(process.wait())


async def run(command: Sequence[str | Path], environment: Mapping[str, str], *, stdin: int | None = None) -> tuple[int, str]:
    """Run a program to its end; returns its exit code and what it said on standard error."""
    async with running(command, environment, stdin=stdin) as process:
        _, said = await process.communicate()
        return process.returncode or 0, said.decode("utf-8", "replace")


def phrase(said: str, program: str) -> str:
    """Why a program of PostgreSQL failed: its first complaint, without details or rows."""
    complaints = [line for line in said.splitlines() if ERROR_LINE.search(line)] or said.splitlines() or ["no reason given"]
    first = re.sub(rf"^(?:psql:.*?:\d+: |{re.escape(program)}: )?(?:error: |ERROR:  )?", "", complaints[0].strip())
    first = re.sub(r"connection to server at .* failed: ", "", first)
    # A value that a column refuses is somebody's.
    first = re.sub(r'(invalid [^:"]*: ).*', r"\1…", first)
    return first[:LONGEST_PHRASE].rstrip(".")
