"""The paper roster: whether there is one for when nothing works, and whether it is new."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from backend import clock
from backend.operations.bootstrap import passphrase
from backend.operations.doctor.case import Case, Need, in_thread
from backend.operations.doctor.lines import Line, Topic, size, span
from backend.operations.paper import path_of

WARN_AGE = timedelta(hours=3)
# The first one is written when the scheduler starts.
FIRST_TIME = timedelta(hours=1)

ROSTER = Topic(
    "paper-roster",
    "the age of the paper roster, an encrypted PDF with names and barcodes for when nothing works",
    f"it is older than {WARN_AGE / timedelta(hours=1):g} h, missing, or can't be written because there is no passphrase",
    "",
    "`just roster` writes it at once and says what is in the way; the scheduler writes it every hour.",
)
MAKE_ONE = "Run `just bootstrap`, which makes one, or set BACKUP_PASSPHRASE_FILE; then `just roster`."

SINCE = text("SELECT created_at FROM installation")


async def roster(case: Case) -> Sequence[Line]:
    """The file is the truth."""
    path = path_of(case.settings).absolute()
    found = await in_thread(lambda: look(path))
    since = None
    if found is None and await case.has(Need.TABLES):
        async with case.database.reading() as reader:
            since = await reader.scalar(SINCE)
    return [judge(found, clock.now(), may=passphrase.is_there(case.settings), since=since)]


def look(path: Path) -> tuple[float, int] | None:
    """When the file was written, in seconds since 1970, and its size; None where it is not. Blocking."""
    try:
        information = path.stat()
    except OSError:
        return None
    return information.st_mtime, information.st_size


def judge(found: tuple[float, int] | None, now: datetime, *, may: bool, since: datetime | None) -> Line:
    """``may``: there is a passphrase. ``since``: when this installation began, if that is known."""
    there = "The one that is there is of an earlier time." if found else "There is none."
    if not may:
        return ROSTER.doubtful(f"Without a passphrase no roster is written. {there}", MAKE_ONE)
    if found is None:
        if since is not None and now - since < FIRST_TIME:
            return ROSTER.good("There is none yet: the scheduler writes the first one when it starts.")
        return ROSTER.doubtful("There is no roster.")
    written, length = found
    old = max(now.timestamp() - written, 0.0)
    say = f"It is {span(old)} old, {size(length)}."
    hours = round(old / 3600, 1)
    if old > WARN_AGE.total_seconds():
        return ROSTER.doubtful(say, hours=hours, size_bytes=length)
    return ROSTER.good(say, hours=hours, size_bytes=length)
