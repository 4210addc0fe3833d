"""Writing the roster: read, drawn and encrypted by a process of its own, and put in the place of the one before when it is whole."""

import asyncio
import contextlib
import errno
import fcntl
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from backend.config import Settings
from backend.db import Database
from backend.operations.backup import children
from backend.operations.backup.sealing import passphrase_of
from backend.operations.paper.errors import NoPassphrase, PaperFailed
from backend.operations.paper.people import content_of
from backend.operations.stack.files import sync_folder
from backend.system import present

FOLDER, NAME = "paper", "roster.pdf"
SECONDS = 180
"""A NAS may be ten times slower than a desk PC."""
# By its name: what draws is a layer above this one.
DRAWING = (sys.executable, "-m", "backend.downloads.paper")
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and the clock that the centre goes by."""

    path: Path
    people: int
    size: int
    seconds: float
    zone: ZoneInfo


def path_of(settings: Settings) -> Path:
    """Where the roster is."""
    return settings.backup_folder / FOLDER / NAME


async def write(database: Database, settings: Settings) -> Written:
    """Write the roster. Raises `PaperFailed`, and what the database raises when it is away; the file that was there then stays."""
    begun = time.monotonic()
    passphrase = passphrase_of(settings)
    if passphrase is None:
        raise NoPassphrase(
            "There is no passphrase, so no roster is written. Run `just bootstrap`, which makes one, or set BACKUP_PASSPHRASE_FILE."
        )
    async with database.reading() as reader:
        content = await content_of(reader, settings)
        zone = await present.zone_now(reader, settings)
    drawn = await _draw(content | {"passphrase": passphrase})
    path = path_of(settings)
    await asyncio.to_thread(replace, path, drawn)
    people = sum(len(group["people"]) for group in content["groups"])
    return Written(path, people, len(drawn), time.monotonic() - begun, zone)


async def _draw(content: dict[str, Any]) -> bytes:
    """The encrypted PDF. All of it goes through pipes: no name and no passphrase is in an argument or a variable."""
    pipe = asyncio.subprocess.PIPE
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    async with children.running(DRAWING, environment, stdin=pipe, stdout=pipe) as process:
        try:
            async with asyncio.timeout(SECONDS):
                drawn, said = await process.communicate(json.dumps(content).encode())
        except TimeoutError:
            raise PaperFailed(f"The roster could not be drawn within {SECONDS} s. This machine is too busy; it is tried again.") from None
    if process.returncode or not drawn.startswith(b"%PDF-"):
        # The first word of the last line is the kind of the error; the rest may quote somebody's name.
        kind = said.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0][:60]
        raise PaperFailed(f"The roster could not be drawn ({kind or 'memory may be short'}).")
    return drawn


def replace(path: Path, content: bytes) -> None:
    """Put the file in its place at once: whoever opens it has the former one or this one, whole. Raises `PaperFailed`. Blocking."""
    with _trouble(path):
        path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o750, exist_ok=True)
        with _alone(path.parent):
            unfinished = path.with_name(f".{path.name}.part")
            # Of a run that was killed.
            unfinished.unlink(missing_ok=True)
            try:
                descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
                with os.fdopen(descriptor, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                unfinished.replace(path)
                sync_folder(path.parent)
            finally:
                unfinished.unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """The command and the scheduler may write at the same moment."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _trouble(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            said = f"The disk of {path.parent} is full, so the roster could not be written; the one from before stays. Free some space."
        else:
            said = f"The roster can't be written to {path.parent} ({error.strerror}). Give this user that folder, or set BACKUP_DIR."
        raise PaperFailed(said) from error
