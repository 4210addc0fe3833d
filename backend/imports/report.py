"""An import at the command line: progress on standard error, the outcome on standard output."""

import asyncio
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from backend import clock
from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from backend.imports.service import ImportResult, import_clients
from backend.system import present

DONE, FAILED = 0, 1
SHOWN = 50
SAY_EVERY = 5.0


def run(settings: Settings, file: Path, *, as_json: bool) -> int:
    """Import the file; returns the exit code: 0 when all rows are in the database, 1 when none was taken."""
    result = asyncio.run(_run(settings, file, _Progress()))
    sys.stdout.write((json.dumps(asdict(result)) if as_json else sentences(result)) + "\n")
    return FAILED if result.problems else DONE


async def _run(settings: Settings, file: Path, progress: "_Progress") -> ImportResult:
    database = Database.of(settings, name="krc-import", pool_size=1)
    try:
        async with database.writing(Actor(ActorKind.OPERATOR, label="import")) as uow:
            today = clock.today(await present.zone_now(uow, settings))
            return await import_clients(uow, file, today=today, progress=progress)
    finally:
        await database.close()


class _Progress:
    def __init__(self) -> None:
        self._start = self._last = time.monotonic()

    def __call__(self, rows: int) -> None:
        now = time.monotonic()
        if now - self._last >= SAY_EVERY:
            self._last = now
            sys.stderr.write(f"[{now - self._start:5.1f} s] {rows} rows read\n")


def sentences(result: ImportResult) -> str:
    """The outcome for a person."""
    lines = list(result.remarks)
    if result.problems:
        rows = len({problem.row for problem in result.problems})
        lines += [str(problem) for problem in result.problems[:SHOWN]]
        if len(result.problems) > SHOWN:
            lines.append(f"… and {len(result.problems) - SHOWN} more.")
        which = "1 of them is not right" if rows == 1 else f"{rows} of them are not right"
        lines.append(f"{result.rows_read} rows read, {which}. Nothing was imported: correct the file and import it again.")
        return "\n".join(lines)
    lines += [f"row {row} repeats row {first}: one client." for row, first in result.repeats[:SHOWN]]
    if result.authorizations_left_out:
        lines.append(f"{result.authorizations_left_out} authorizations were left out: the client has one with the same number and start.")
    lines.append(f"{result.rows_read} rows read, {result.added} added, {result.already_there} already there.")
    if result.authorizations_added:
        lines.append(f"{result.authorizations_added} authorizations added.")
    return "\n".join(lines)
