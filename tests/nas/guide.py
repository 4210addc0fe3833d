"""Follows deploy/README.md literally: runs its marked boxes of commands, in their order.

A box that begins with ```sh run is part of the way from nothing to a login; ```sh run:NAME belongs to the part NAME. Every line runs as it
is printed, but for what a reader has to fill in: the shared folder, and words in capitals such as ADDRESS.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from backend.operations.stack.given import ROOT

GUIDE = ROOT / "deploy" / "README.md"
SHARED_FOLDER = "/volume1/docker"
FIRST = "start"
BOX = re.compile(r"^```sh run(?::([a-z]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(?:## (.+)|\*\*(.+?)\*\*.*)$", re.MULTILINE)
TO_FILL_IN = re.compile(r"\b(?:ADDRESS|OLD_VOLUME|BACKUP_FILE)\b")


@dataclass(frozen=True, slots=True)
class Box:
    """Commands of the guide. ``part`` is the mark, ``heading`` what stands above them."""

    part: str
    heading: str
    commands: str


class GuideFailed(Exception):  # noqa: N818 (reads as the sentence it carries)
    """A box of the guide did not end well."""


def boxes(text: str | None = None) -> Iterator[Box]:
    """All marked boxes, in the guide's order."""
    text = GUIDE.read_text(encoding="utf-8") if text is None else text
    for found in BOX.finditer(text):
        above = list(HEADING.finditer(text, 0, found.start()))
        heading = (above[-1][1] or above[-1][2]) if above else ""
        yield Box(found[1] or FIRST, heading.strip(), found[2])


def fill_in(commands: str, folder: Path, words: Mapping[str, str]) -> str:
    """The commands as a reader would type them on a machine whose shared folder is this one. Raises GuideFailed for a word nobody gave."""
    for name, value in words.items():
        commands = re.sub(rf"\b{name}\b", value.replace("\\", r"\\"), commands)
    if missing := TO_FILL_IN.search(commands):
        raise GuideFailed(f"{missing[0]} has to be filled in.")
    return commands.replace(SHARED_FOLDER, str(folder))


def follow(
    folder: Path, environment: Mapping[str, str], words: Mapping[str, str], part: str = FIRST, settings: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Run the boxes of one part; returns what each said, by its heading.

    ``folder`` stands for the NAS's shared folder. ``settings`` are added to the .env that the guide has made, before the box after it:
    what the trial's engine needs and a NAS doesn't. Raises GuideFailed with the last words of the box that failed.
    """
    said: dict[str, str] = {}
    checkout = folder / "krc"
    at = checkout if checkout.exists() else folder
    path = f"{_sudo(folder)}:{environment.get('PATH', os.defpath)}"
    for box in boxes():
        if box.part != part:
            continue
        script = fill_in(box.commands, folder, words)
        done = subprocess.run(
            ["sh", "-eu", "-c", script], cwd=at, env={**environment, "PATH": path}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=3600,
        )  # fmt: skip
        said[box.heading] = said.get(box.heading, "") + done.stdout
        if done.returncode != 0:
            last = "\n".join(done.stdout.splitlines()[-30:])
            raise GuideFailed(f"“{box.heading}” of deploy/README.md ended with {done.returncode}:\n{script}\n{last}")
        if checkout.exists():
            # A reader's shell stays where the last box went.
            at = checkout
        if settings and "cat >.env" in script:
            with (checkout / ".env").open("a", encoding="utf-8") as file:
                file.writelines(f'{name}="{value}"\n' for name, value in settings.items())
    return said


def _sudo(folder: Path) -> Path:
    """A folder with a stand-in for sudo, for a machine where the trial is root already and sudo isn't installed."""
    programs = folder / ".guide"
    programs.mkdir(exist_ok=True)
    sudo = programs / "sudo"
    sudo.write_text('#!/bin/sh\nexec "$@"\n', encoding="ascii")
    sudo.chmod(0o755)
    return programs
