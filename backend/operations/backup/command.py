"""Backups from the command line: progress on standard error, the result on standard output, an exit code."""

import asyncio
import json
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from backend import clock
from backend.config import Settings
from backend.operations.backup import folder, making, proof, record, retention
from backend.operations.backup.errors import BackupFailed, NotProven
from backend.operations.backup.folder import BackupFile, megabytes
from backend.operations.stack.errors import StackError

DONE, FAILED, INTERRUPTED = 0, 1, 130

_Result = TypeVar("_Result")


class Progress:
    """Short lines with the seconds since the start, and the same lines kept for the result."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self._start = time.monotonic()

    def __call__(self, text: str) -> None:
        """Say one line."""
        self.steps.append(text)
        print(f"[{time.monotonic() - self._start:5.1f} s] {text}", file=sys.stderr, flush=True)


def until_told(work: Callable[[], Awaitable[_Result]]) -> _Result:
    """Run it; TERM cancels it as ^C does, so that it removes what it began. Raises KeyboardInterrupt then."""

    async def main() -> _Result:
        task = asyncio.current_task()
        if task is not None:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await work()

    try:
        return asyncio.run(main())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


def described(backup: BackupFile) -> dict[str, Any]:
    """A backup as ``--json`` shows it."""
    manifest, tried = backup.manifest, backup.proof
    return {
        "file": str(backup.path),
        "why": manifest.why,
        "made_at": manifest.made_at.isoformat(),
        "size_bytes": backup.size,
        "sha256": backup.sha256,
        "revision": manifest.revision,
        "identity": manifest.identity,
        "server_version": manifest.server_version,
        "tables": len(manifest.tables),
        "rows": manifest.total_rows,
        "proven": backup.proven,
        "proven_at": tried.at.isoformat() if tried and tried.proven else None,
        "problem": tried.problem if tried else None,
        "secrets": list(manifest.secrets),
        "secrets_note": (tried.secrets if tried else None) or manifest.no_secrets_because,
    }


def run_backup(settings: Settings, *, why: str, as_json: bool) -> int:
    """Make a backup, prove it, let those go that may go. Returns the exit code: 0 when it counts."""
    say = Progress()

    async def work() -> tuple[BackupFile, list[str]]:
        made = await making.make(settings, why=why, say=say)
        return made, await _prune(settings, say)

    made: BackupFile | None = None
    removed: list[str] = []
    message: str | None = None
    try:
        made, removed = until_told(work)
    except NotProven as error:
        made, message = error.file, error.message
    except (BackupFailed, StackError) as error:
        message = str(error)
    if as_json:
        found = described(made) if made else {}
        _print({**found, "removed": removed, "message": message, "steps": say.steps, "exit_code": FAILED if message else DONE})
    else:
        print(message or _summary(made, removed))
    return FAILED if message else DONE


async def _prune(settings: Settings, say: Callable[[str], None]) -> list[str]:
    place = settings.backup_folder
    async with folder.locked(place, say):
        with folder.disk_trouble(place):
            removed = retention.remove(folder.listing(place).backups, clock.now(), settings.zone)
        if removed:
            say(f"removed {len(removed)} old backups: {', '.join(removed)}")
            await record.note(settings.owner, place, say)
    return removed


def _summary(made: BackupFile | None, removed: list[str]) -> str:
    if made is None:
        return "Nothing was made."
    lines = [f"{made.path}", f"{made.manifest.total_rows:,} rows, {megabytes(made.size)}, proven."]
    if made.manifest.no_secrets_because:
        lines.append(f"Without the secrets: {made.manifest.no_secrets_because}. See docs/backup.md.")
    if removed:
        lines.append(f"Old ones removed: {len(removed)}.")
    return "\n".join(lines)


def run_list(settings: Settings, *, as_json: bool) -> int:
    """List what is in the folder, the newest first. Returns the exit code."""
    place = settings.backup_folder
    try:
        found = folder.listing(place)
    except BackupFailed as error:
        _print({"message": error.message, "exit_code": FAILED}) if as_json else print(error.message)
        return FAILED
    if as_json:
        damaged = [{"file": str(path), "problem": problem} for path, problem in found.damaged.items()]
        _print({"folder": str(place), "backups": [described(one) for one in found.backups], "damaged": damaged, "exit_code": DONE})
        return DONE
    for one in found.backups:
        state = "proven" if one.proven else f"NOT PROVEN: {one.proof.problem}" if one.proof else "not proven yet"
        made = one.manifest.made_at.astimezone(settings.zone)
        print(f"{made:%Y-%m-%d %H:%M}  {megabytes(one.size):>10}  {one.manifest.total_rows:>11,} rows  {one.path.name}  {state}")
    for problem in found.damaged.values():
        print(problem)
    if not found.backups and not found.damaged:
        print(f"There is no backup in {place} yet. `just backup` makes one.")
    return DONE


def run_prove(settings: Settings, file: Path, *, as_json: bool) -> int:
    """Try a backup out and keep the result beside it. Returns the exit code: 0 when it is proven."""
    say = Progress()
    tried, message = None, None
    try:
        tried = until_told(lambda: proof.prove(settings, file, say=say))
        message = tried.proof.problem if tried.proof else None
    except (BackupFailed, StackError) as error:
        message = str(error)
    code = DONE if tried is not None and tried.proven else FAILED
    if as_json:
        _print({**(described(tried) if tried else {}), "message": message, "steps": say.steps, "exit_code": code})
    elif message:
        print(message)
    elif tried is not None:
        print(f"{tried.path.name} is proven: {tried.manifest.total_rows:,} rows came back.")
    return code


def _print(value: dict[str, Any]) -> None:
    print(json.dumps(value), flush=True)
