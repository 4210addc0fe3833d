"""One program under supervision: started, watched, started again after a crash, stopped."""

import json
import re
import signal
import subprocess
import time
from pathlib import Path

from backend.operations.stack.given import ROOT
from backend.operations.stack.processes import kill_group, launch, rotate, stop, why_it_ended
from backend.operations.stack.programs import Program

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
# What a person at the terminal should see of a log; the rest stays in the file.
GRAVE = re.compile(r'"level":\s*"(error|critical|fatal|panic)"|\b(ERROR|CRITICAL|FATAL|PANIC)\b')
LONGEST_LINE = 300


class LogFollower:
    """Reads what was added to a log since the last look."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.at = log.stat().st_size if log.exists() else 0

    def new_lines(self) -> list[str]:
        """The whole lines that were added."""
        try:
            with self.log.open("rb") as file:
                size = file.seek(0, 2)
                self.at = file.seek(self.at if self.at <= size else 0)
                text = file.read(1_000_000)
        except FileNotFoundError:
            return []
        whole = text[: text.rfind(b"\n") + 1]
        self.at += len(whole)
        return whole.decode("utf-8", "replace").splitlines()

    def grave_lines(self) -> list[str]:
        """Those which a person should see, shortened."""
        return [_brief(line) for line in self.new_lines() if GRAVE.search(line)]


class Child:
    """A program of the stack and the process that it is at the moment."""

    def __init__(self, program: Program, data_dir: Path) -> None:
        self.program = program
        self.log = data_dir / "logs" / f"{program.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.crashes = 0
        self._started = 0.0
        self._again_at = 0.0
        rotate(self.log)
        self.follower = LogFollower(self.log)

    def start(self) -> None:
        """Start the program; its death is noticed by `look`."""
        self._started = time.monotonic()
        self.process = launch(self.program.command, self.log, env=self.program.environment, cwd=ROOT)

    @property
    def has_ended(self) -> bool:
        """Whether it ran and doesn't any more."""
        return self.process is not None and self.process.poll() is not None

    def look(self) -> list[str]:
        """Start it again if it crashed, later each time; returns what to tell."""
        news = [f"{self.program.name}: {line}" for line in self.follower.grave_lines()]
        if self.process is not None and self.has_ended:
            code = self.process.returncode
            kill_group(self.process)  # what it may have left behind
            self.process = None
            if time.monotonic() - self._started > STEADY_AFTER:
                self.crashes = 0
            pause = min(FIRST_PAUSE * 2**self.crashes, LONGEST_PAUSE)
            self.crashes += 1
            self._again_at = time.monotonic() + pause
            how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
            news.append(f"{self.program.name} {how}; starting it again in {pause:g} s (log: {self.log})")
        elif self.process is None and time.monotonic() >= self._again_at:
            self.start()
        return news

    def why(self) -> str:
        """One sentence on why it ended during the start."""
        return why_it_ended(self.program.name, self.log)

    def stop(self, at_most: float) -> None:
        """End it, and whatever it started, within its grace or `at_most` seconds."""
        if self.process is not None:
            stop(self.process, [signal.SIGTERM], max(0.1, min(self.program.grace, at_most)))
            kill_group(self.process)
            self.process = None

    def kill(self) -> None:
        """End it now."""
        if self.process is not None:
            kill_group(self.process)
            self.process = None


def _brief(line: str) -> str:
    try:
        entry = json.loads(line)
        said = entry.get("event") or entry.get("msg") or line
        detail = entry.get("error") or entry.get("exception") or ""
        line = f"{said} {str(detail).strip().splitlines()[-1] if detail else ''}".strip()
    except (ValueError, AttributeError):
        pass
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"
