"""The roster every hour, by the centre's clock, and once when the scheduler starts.

Nothing about it is kept in the database: a roster that was missed is written at the next start anyway, and two schedulers that write the
same one do no harm. It runs beside the backups and never ends with an error: a paper must not cost a backup.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from backend import clock, log
from backend.config import Settings
from backend.db import Database
from backend.errors import Failure
from backend.jobs.runner import kind_of, place_of
from backend.operations.backup import folder
from backend.operations.paper.errors import PaperFailed
from backend.operations.paper.writing import Written, write
from backend.operations.stack.errors import StackError
from backend.operations.stack.files import take_lock

logger = log.get(__name__)

HOUR = timedelta(hours=1)
AGAIN_AFTER = timedelta(minutes=5)
LOOK_SECONDS = 5.0


def next_hour(instant: datetime, zone: ZoneInfo) -> datetime:
    """The first instant after this one at which the clocks of the zone show a full hour, in UTC."""
    here = instant.astimezone(zone)
    # Reckoned in UTC: a clock that is set back shows the same hour twice.
    return instant.astimezone(UTC) - timedelta(minutes=here.minute, seconds=here.second, microseconds=here.microsecond) + HOUR


class Hourly:
    """Looks whether the roster is due and has it written. ``busy`` says whether a backup is at work: that one needs the memory."""

    def __init__(self, write: Callable[[], Awaitable[Written]], busy: Callable[[], bool]) -> None:
        self._write = write
        self._busy = busy
        self._next: datetime | None = None
        self._failed: str | None = None

    async def look(self, instant: datetime | None = None) -> bool | None:
        """Write it if it is due; returns whether that went well, or None when it was not due or has to wait."""
        now = instant or clock.now()
        # Further away than an hour: the clock was set back.
        if self._next is not None and self._next - HOUR <= now < self._next:
            return None
        if await asyncio.to_thread(self._busy):
            return None
        self._next = now + AGAIN_AFTER
        try:
            written = await self._write()
        except Exception as error:  # noqa: BLE001 (whatever it is, the scheduler and its backups go on)
            self._say(error)
            return False
        self._next, self._failed = next_hour(now, written.zone), None
        logger.info("paper.written", people=written.people, size=written.size, seconds=round(written.seconds, 1))
        return True

    async def forever(self) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    def _say(self, error: Exception) -> None:
        """Once for each kind of trouble, not every five minutes."""
        what = f"{kind_of(error)} {error.reason if isinstance(error, Failure) else place_of(error)}"
        if what != self._failed:
            logger.warning("paper.failed", error=error.message if isinstance(error, PaperFailed) else what)
        self._failed = what


def backup_at_work(settings: Settings) -> bool:
    """Whether a backup holds the folder's lock. Blocking."""
    place = settings.backup_folder / folder.LOCK
    if not place.exists():
        return False
    try:
        lock = take_lock(place, shared=True, wait=False)
    except (OSError, StackError):
        return False
    if lock is None:
        return True
    lock.close()
    return False


async def forever(settings: Settings, stop: asyncio.Event) -> None:
    """Write the roster every hour until ``stop`` is set; for the scheduler's process."""
    database = Database.of(settings, name="krc-paper", pool_size=1, statement_timeout_ms=60_000)
    hourly = Hourly(lambda: write(database, settings), lambda: backup_at_work(settings))
    looking = asyncio.create_task(hourly.forever(), name="paper")
    stopping = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait({looking, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (looking, stopping):
            task.cancel()
        await asyncio.gather(looking, stopping, return_exceptions=True)
        await database.close()
