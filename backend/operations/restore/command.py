"""Restoring from the command line: questions at a terminal, progress on standard error, the result on standard output."""

import json
import sys
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import typer

from backend import clock
from backend.config import Settings
from backend.operations.backup.command import Progress, until_told
from backend.operations.backup.errors import BackupFailed
from backend.operations.backup.folder import BackupFile
from backend.operations.bootstrap.trouble import Trouble, place
from backend.operations.restore.outcome import REFUSED, Outcome, Refused
from backend.operations.restore.target import Present
from backend.operations.restore.work import Work
from backend.operations.stack.errors import StackError

SHOWN = 12


def run(settings: Settings, file: Path, *, yes: bool, as_json: bool, with_secrets: bool) -> int:
    """Put the backup in the place of the present data. Returns the exit code: 0 done, 1 failed, 3 refused.

    Unless it is 0 the present data are as they were.
    """
    say = Progress()
    outcome = Outcome(file=str(file), steps=say.steps)
    terminal = sys.stdin.isatty() and not as_json

    def agree(backup: BackupFile, present: Present) -> None:
        _agree(settings, backup, present, yes=yes, terminal=terminal)

    work = Work(settings, file, outcome, say, agree, _hidden if terminal else None, with_secrets)
    try:
        until_told(work.run)
    except Refused as refused:
        outcome.message, outcome.plan, outcome.exit_code = str(refused), refused.plan, REFUSED
    except (BackupFailed, StackError, Trouble) as error:
        outcome.message = str(error)
    print(json.dumps(asdict(outcome)) if as_json else outcome.text(), flush=True)
    return outcome.exit_code


def _hidden(question: str) -> str:
    answer: str = typer.prompt(question, default="", show_default=False, hide_input=True, err=True)
    return answer


def _agree(settings: Settings, backup: BackupFile, present: Present, *, yes: bool, terminal: bool) -> None:
    """Show what will be replaced, and ask. Nothing is asked when there is nothing to lose."""
    if yes or not present.holds_data:
        return
    if not terminal:
        raise Refused(
            f"The database at {place(settings.owner)} holds data, which a restore replaces, and there is no terminal to ask at.",
            "If that is meant, add --yes. A backup of the present data is made first.",
        )
    for line in comparison(settings, backup, present):
        typer.echo(line, err=True)
    if not typer.confirm("Replace the present data?", err=True):
        raise Refused("Not restored, as you wished.")


def comparison(settings: Settings, backup: BackupFile, present: Present) -> list[str]:
    """What the backup is, and how many rows each table has now and will have."""
    manifest = backup.manifest
    age = clock.now() - manifest.made_at
    made = manifest.made_at.astimezone(settings.zone)
    lines = [f"{backup.path.name}, made {made:%A %Y-%m-%d %H:%M} ({_ago(age)} ago), {'proven' if backup.proven else 'NOT PROVEN'}"]
    now = present.contents.tables if present.contents else {}
    differing = [table for table in sorted(now.keys() | manifest.tables.keys()) if now.get(table) != manifest.tables.get(table)]
    lines += [
        f"  {table.removeprefix('public.'):<24} {now.get(table, 0):>12,} → {manifest.tables.get(table, 0):>12,} rows"
        for table in differing[:SHOWN]
    ]
    if len(differing) > SHOWN:
        lines.append(f"  and {len(differing) - SHOWN} tables more")
    return lines


def _ago(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return f"{hours // 24} days" if hours >= 48 else f"{hours} hours" if hours >= 2 else f"{int(age.total_seconds() // 60)} minutes"
