"""Running bootstrap from the command line: progress on standard error, the result on standard output, an exit code."""

import asyncio
import json
import sys
import time
from dataclasses import replace

from sqlalchemy.exc import SQLAlchemyError

from backend.config import Settings
from backend.errors import Failure
from backend.operations.bootstrap.login import Api
from backend.operations.bootstrap.outcome import FAILED, REFUSED, Outcome, Show
from backend.operations.bootstrap.trouble import Trouble, sentence
from backend.operations.bootstrap.work import Wishes, Work
from backend.operations.identity import IdentityUnreadable
from backend.operations.stack.errors import StackError


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
    outcome = Outcome(steps=progress.steps, dry_run=wishes.dry_run)
    show = _printer(as_json=as_json)
    work = Work(settings, outcome, progress, api, replace(wishes, ask=wishes.ask and sys.stdin.isatty()), show)
    try:
        asyncio.run(work.run())
    except (Trouble, StackError, IdentityUnreadable) as trouble:
        outcome.fail(str(trouble))
    except Failure as failure:
        outcome.fail(failure.message)
    except (SQLAlchemyError, OSError) as error:
        outcome.fail(sentence(error, settings.owner))
    if not outcome.was_shown:
        show(outcome)
        if as_json and outcome.exit_code == REFUSED:
            # For whoever reads the log of a program that reads the object.
            for line in [outcome.message or "", *outcome.plan]:
                progress(line)
    elif outcome.exit_code == FAILED and outcome.message:
        # The one object for machines is out already.
        progress(outcome.message)
    return outcome.exit_code


def _printer(*, as_json: bool) -> Show:
    def show(outcome: Outcome) -> None:
        print(json.dumps(outcome.as_json()) if as_json else outcome.as_text(), flush=True)
        outcome.was_shown = True

    return show
