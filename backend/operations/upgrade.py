"""`python -m backend.operations.upgrade`: the newest version where the product runs from a git checkout, or back to the present one.

Backup, pull, install, bootstrap, doctor. Each step is a program of its own, since the code changes underneath; on a NAS
deploy/nas/upgrade.sh does the same with images. Exit codes as everywhere: 0 done, 1 failed, 3 refused and nothing changed.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.operations.doctor.stack import Stack
from backend.operations.stack.given import ROOT, given

DONE, FAILED, REFUSED = 0, 1, 3


class Stopped(Exception):  # noqa: N818 (reads as the sentence it carries)
    """The upgrade ended early; ``code`` says whether anything was changed."""

    def __init__(self, message: str, *plan: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.plan = plan
        self.code = code


@dataclass
class Upgrade:
    """One upgrade of the checkout in ``root``; ``before`` it was at this commit, its schema at ``revision``, and ``backup`` was made."""

    root: Path
    before: str = ""
    backup: str = ""
    revision: str | None = None

    def run(self) -> None:
        """Do all of it. Raises `Stopped`, after the way back."""
        self._refuse_what_cannot_go()
        complaints = self._complaints()
        say("making a backup and proving it")
        made = self._json("backup", "--why", "before-upgrade", "--json")
        if made.get("exit_code") != DONE or not made.get("file"):
            raise Stopped(f"The backup could not be made, so nothing was changed: {made.get('message') or 'its words are above'}")
        self.backup, self.revision = str(made["file"]), made.get("revision")
        self.before = self._git("rev-parse", "HEAD")
        say("fetching the newest version")
        if self._start("git", "pull", "--quiet", "--ff-only"):
            raise Stopped(
                "The newest version could not be fetched.",
                "Check the network; if the histories differ, `git status` says how.",
                code=REFUSED,
            )
        try:
            self._replace(complaints)
        except (Stopped, KeyboardInterrupt) as reason:
            raise self._go_back(str(reason) or "It was interrupted.") from None

    def _refuse_what_cannot_go(self) -> None:
        if (
            shutil.which("git") is None
            or not (self.root / ".git").exists()
            or not self._git("rev-parse", "--verify", "--quiet", "@{upstream}")
        ):
            raise Stopped(
                "This is not a git checkout that follows another, so there is nothing to fetch from.",
                "Put the newest version here the way this one came, and run `./run bootstrap`.",
                code=REFUSED,
            )
        if self._git("status", "--porcelain", "--untracked-files=no"):
            raise Stopped(
                "Files of the checkout were changed by hand (`git status` lists them).", "Commit, stash or undo the changes.", code=REFUSED
            )
        folder = self.root / given().get("DATA_DIR", ".data")
        if Stack.look(folder).supervisor:
            raise Stopped("The stack is running, and would go on with the old version on new data.", "Stop it with Ctrl C.", code=REFUSED)

    def _replace(self, complaints: set[str]) -> None:
        if self._install():
            raise Stopped("The packages of the new version could not be installed.")
        if self._start(sys.executable, "-m", "backend.cli", "bootstrap", "--no-ask", "--no-backup"):
            raise Stopped("The database could not be brought to the new version.")
        # A stack that is stopped, and whatever else was so before, is not the new version's fault.
        if fresh := self._complaints() - complaints:
            raise Stopped(f"doctor finds fault with the new version: {', '.join(sorted(fresh))}.")

    def _go_back(self, reason: str) -> Stopped:
        say(f"going back to the version before: {reason}")
        if self._start("git", "reset", "--quiet", "--keep", self.before) or self._install():
            return Stopped(f"{reason} The way back failed as well.", f"git reset --keep {self.before}", f"./run restore {self.backup}")
        if self._json("bootstrap", "--dry-run", "--json").get("revision_before") == self.revision:
            return Stopped(f"{reason} The version before is back. The data are as they were.")
        say("the schema had moved already: restoring the backup")
        if self._start(sys.executable, "-m", "backend.cli", "restore", self.backup, "--yes"):
            return Stopped(
                f"{reason} The version before is back, but not its data: the backup could not be restored.", f"./run restore {self.backup}"
            )
        return Stopped(f"{reason} The version before is back, with the data of {self.backup}.")

    def _install(self) -> int:
        """What is locked, by the version's own script; `just --version` is the shortest recipe."""
        return self._start("sh", "run", "--version", quiet=True)

    def _complaints(self) -> set[str]:
        """The names of what doctor calls broken."""
        return {str(line["name"]) for line in _lines(self._json("doctor", "--json")) if line["level"] == "fail"}

    def _start(self, *command: str, quiet: bool = False) -> int:
        return subprocess.run(command, cwd=self.root, stdout=subprocess.DEVNULL if quiet else None, check=False).returncode

    def _git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        return done.stdout.strip()

    def _json(self, *arguments: str) -> dict[str, Any]:
        """The object that one of our commands prints; {} when it prints none."""
        command = [sys.executable, "-m", "backend.cli", *arguments]
        done = subprocess.run(command, cwd=self.root, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, check=False)
        try:
            found = json.loads(done.stdout)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def _lines(value: object) -> Iterator[dict[str, Any]]:
    """Every line of a report, wherever in it they stand: the report may be another version's."""
    if isinstance(value, dict):
        if "name" in value and "level" in value:
            yield value
        for part in value.values():
            yield from _lines(part)
    elif isinstance(value, list):
        for part in value:
            yield from _lines(part)


def say(text: str) -> None:
    """A line of progress."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def main(root: Path = ROOT) -> int:
    """Upgrade and say how it ended; returns the exit code."""
    upgrade = Upgrade(root)
    try:
        upgrade.run()
    except Stopped as stopped:
        say(f"{stopped}{' Nothing was changed. What you can do:' if stopped.code == REFUSED else ''}")
        for number, step in enumerate(stopped.plan, 1):
            say(f"  {number}. {step}")
        return stopped.code
    say(f"Upgraded. The backup before it is {upgrade.backup}; `./run up` starts the new version.")
    return DONE


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Interrupted, before anything was changed.")
