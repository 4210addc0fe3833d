"""Running bootstrap from the command line: progress on standard error, the result on standard output, an exit code."""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from sqlalchemy.exc import SQLAlchemyError

from backend.config import Settings
from backend.errors import Failure
from backend.operations.bootstrap.login import Api
from backend.operations.bootstrap.trouble import Trouble, sentence
from backend.operations.bootstrap.work import FAILED, Outcome, Work


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to go about it. ``wait``: seconds that the database may take to appear. ``ask``: questions are allowed at a terminal."""

    wait: float = 60.0
    ask: bool = False
    dry_run: bool = False
    backup: bool = True
    begin_anew: bool = False


class Progress:
    """Short lines with the seconds since the start, and the same lines kept for the result."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self._start = time.monotonic()

    def __call__(self, text: str) -> None:
        """Say one line."""
        self.steps.append(text)
        print(f"[{time.monotonic() - self._start:5.1f} s] {text}", file=sys.stderr, flush=True)


def run(settings: Settings, api: Api, wishes: Wishes, *, as_json: bool) -> int:
    """Bootstrap the database of the settings; returns the exit code: 0 done, 1 failed, 3 refused."""
    progress = Progress()
    outcome = Outcome(steps=progress.steps)
    work = Work(settings, outcome, progress, api, wait=wishes.wait, ask=wishes.ask and sys.stdin.isatty(), show=_printer(as_json))
    try:
        asyncio.run(work.run())
    except Trouble as trouble:
        outcome.fail(str(trouble))
    except Failure as failure:
        outcome.fail(failure.message)
    except (SQLAlchemyError, OSError) as error:
        outcome.fail(sentence(error, settings))
    if not outcome.was_shown:
        _printer(as_json)(outcome)
    elif outcome.exit_code == FAILED and outcome.message:
        # The one object for machines is out already.
        progress(outcome.message)
    return outcome.exit_code


def _printer(as_json: bool) -> Callable[[Outcome], None]:
    def show(outcome: Outcome) -> None:
        text = json.dumps({key: value for key, value in asdict(outcome).items() if key != "was_shown"}) if as_json else _summary(outcome)
        print(text, flush=True)
        outcome.was_shown = True

    return show


def _summary(outcome: Outcome) -> str:
    lines = []
    if outcome.message:
        lines.append(outcome.message)
    if outcome.plan:
        lines += ["Nothing was changed. What you can do:", *(f"  {number}. {step}" for number, step in enumerate(outcome.plan, 1))]
    if outcome.exit_code == 0:
        lines.append(f"The database is ready: {outcome.decision}, revision {outcome.revision_after}.")
    if outcome.admin is not None:
        name = outcome.admin["username"] or outcome.admin["email"]
        lines.append(f"Admin: {name} ({outcome.admin['email']}), {outcome.admin['origin']}")
        if password := outcome.admin.get("password"):
            lines.append(f"Password: {password}   Shown this once; it has to be changed at the first login.")
    if outcome.login is not None:
        lines.append(f"Login: {outcome.login['detail']}")
    return "\n".join(lines)
