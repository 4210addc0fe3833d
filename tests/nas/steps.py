"""Named checks, one after the other: each says its name, how long it took, and on failure why."""

import contextlib
import json
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class CheckFailed(AssertionError):  # noqa: N818 (reads as the sentence it carries)
    """A check found what must not be; the text says what."""


def expect(condition: object, otherwise: str) -> None:
    """Fail the check with this sentence unless the condition holds."""
    if not condition:
        raise CheckFailed(otherwise)


@dataclass
class Steps:
    """What was tried so far. `figures` are numbers for the table at the end: name → value with its unit in the name."""

    started: float = field(default_factory=time.monotonic)
    outcomes: list[dict[str, Any]] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)

    def say(self, text: str) -> None:
        """A line of progress."""
        sys.stderr.write(f"[{time.monotonic() - self.started:5.0f} s] {text}\n")
        sys.stderr.flush()

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A check; what it raises ends it and is told, and the next ones are not tried, since they build on it."""
        began = time.monotonic()
        self.say(name)
        outcome: dict[str, Any] = {"check": name, "ok": True}
        try:
            yield
        except Exception as error:
            outcome |= {"ok": False, "why": str(error) or type(error).__name__}
            if not isinstance(error, CheckFailed):
                outcome["trace"] = traceback.format_exc()
            raise
        finally:
            outcome["seconds"] = round(time.monotonic() - began, 1)
            self.outcomes.append(outcome)

    @contextlib.contextmanager
    def timed(self, figure: str) -> Iterator[None]:
        """Measure a figure in seconds."""
        began = time.monotonic()
        yield
        self.figures[figure] = round(time.monotonic() - began, 1)

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return all(outcome["ok"] for outcome in self.outcomes)

    def table(self) -> str:
        """The outcome for the terminal."""
        lines = [f"{'ok  ' if one['ok'] else 'FAIL'} {one['seconds']:7.1f} s  {one['check']}" for one in self.outcomes]
        lines += [f"\nFAIL {one['check']}\n{one.get('trace') or one['why']}" for one in self.outcomes if not one["ok"]]
        if self.figures:
            width = max(map(len, self.figures))
            lines += ["", *(f"{name:<{width}}  {value:8.1f}" for name, value in self.figures.items())]
        return "\n".join(lines)

    def write(self, path: Path) -> None:
        """The same as JSON."""
        path.write_text(json.dumps({"ok": self.ok, "checks": self.outcomes, "figures": self.figures}, indent=2) + "\n", encoding="utf-8")
