"""A backup every night, made by a process of its own that the scheduler starts: its memory returns to the system, and its end is not
the scheduler's.

When the next one is due stands in ``schedules`` (topic `TOPIC`), so it outlives every process and may be moved: an admin who wants one
now sets ``next_at`` to now. A claim moves it an hour ahead; success moves it to the next night, so whatever goes wrong is tried again
after an hour, and two schedulers make one backup.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from backend import log
from backend.config import Settings
from backend.db import Actor, ActorKind, Database, UnitOfWork
from backend.jobs.outage import Outage
from backend.jobs.schedule import next_after
from backend.operations.backup import folder
from backend.operations.backup.errors import BackupFailed
from backend.operations.backup.retention import NIGHTLY
from backend.system import present

logger = log.get(__name__)

TOPIC = "backup.nightly"
AGAIN_AFTER = timedelta(hours=1)
TOO_OLD = timedelta(hours=26)
LOOK_SECONDS = 5.0
SECONDS_TO_END = 1.5  # the scheduler itself has two
SCHEDULER = Actor(ActorKind.JOB, label="scheduler")
ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "backend.cli", "backup", "--why", NIGHTLY, "--json")

# An earlier time of day takes effect at once; what is overdue stays due.
PLANT = text(
    """
    INSERT INTO schedules (topic, next_at) VALUES (:topic, :next_at)
    ON CONFLICT (topic) DO UPDATE SET next_at = excluded.next_at WHERE schedules.next_at > excluded.next_at
    """
)
CLAIM = text("UPDATE schedules SET next_at = :again_at, last_at = :now WHERE topic = :topic AND next_at <= :now RETURNING topic")
# The centre has chosen another zone.
MOVE = text("UPDATE schedules SET next_at = :next_at WHERE topic = :topic AND next_at > :now")
# Somebody may have asked for another one meanwhile: then that stays due.
SETTLE = text("UPDATE schedules SET next_at = :next_at WHERE topic = :topic AND next_at = :again_at")

Backup = Callable[[], Awaitable[bool]]


class Nightly:
    """Looks whether a backup is due and has it made. ``backup`` makes one and says whether it counts."""

    def __init__(self, database: Database, settings: Settings, backup: Backup) -> None:
        self._database = database
        self._settings = settings
        self._backup = backup
        self._zone = settings.zone

    async def plant(self, instant: datetime | None = None) -> None:
        """Make sure that the next one has a time: the next night, or now when the newest proven one is older than 26 hours.

        ``instant`` stands for the database's clock, in tests. Without any backup the first one is made in the first night.
        """
        newest = await asyncio.to_thread(self._newest)
        async with self._database.writing(SCHEDULER) as uow:
            now = instant or await uow.scalar(text("SELECT now()"))
            self._zone = await present.zone_now(uow, self._settings)
            missed = newest is not None and newest < now - TOO_OLD
            next_at = now if missed else next_after(self._settings.backup_at, now, self._zone)
            await uow.execute(PLANT, {"topic": TOPIC, "next_at": next_at})

    def _newest(self) -> datetime | None:
        try:
            found = folder.listing(self._settings.backup_folder).newest_proven
        except BackupFailed as error:
            logger.warning("backup.folder_unusable", error=error.message)
            return None
        return found.manifest.made_at if found else None

    async def look(self, instant: datetime | None = None) -> bool | None:
        """Make one if it is due; returns whether it counts, or None when none was due."""
        async with self._database.writing(SCHEDULER) as uow:
            now = instant or await uow.scalar(text("SELECT now()"))
            await self._follow_zone(uow, now)
            again_at = now + AGAIN_AFTER
            if await uow.scalar(CLAIM, {"topic": TOPIC, "now": now, "again_at": again_at}) is None:
                return None
        logger.info("backup.started")
        good = await self._backup()
        if good:
            async with self._database.writing(SCHEDULER) as uow:
                next_at = next_after(self._settings.backup_at, now, self._zone)
                await uow.execute(SETTLE, {"topic": TOPIC, "again_at": again_at, "next_at": next_at})
        return good

    async def _follow_zone(self, uow: UnitOfWork, now: datetime) -> None:
        """Move the next one to its time by the new clock when the centre has chosen another zone."""
        zone = await present.zone_now(uow, self._settings)
        if zone.key != self._zone.key:
            await uow.execute(MOVE, {"topic": TOPIC, "now": now, "next_at": next_after(self._settings.backup_at, now, zone)})
            self._zone = zone

    async def forever(self, *, every: float = LOOK_SECONDS) -> None:
        """Look until cancelled, through any outage of the database."""
        outage = Outage("backup")
        planted = False
        while True:
            with outage.watching():
                if not planted:
                    await self.plant()
                    planted = True
                await self.look()
            await asyncio.sleep(every)


async def in_a_process(command: Sequence[str] = COMMAND) -> bool:
    """Have a backup made by a process; whether it counts. When this is cancelled the process is told to end, and removes what it began."""
    process = await asyncio.create_subprocess_exec(
        *command, env=dict(os.environ) | {"PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        said, _ = await process.communicate()
    except asyncio.CancelledError:
        await asyncio.shield(_end(process))
        raise
    return _log(process.returncode, said)


async def _end(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.communicate(), SECONDS_TO_END)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _log(code: int | None, said: bytes) -> bool:
    try:
        result: dict[str, Any] = json.loads(said)
    except ValueError:
        result = {}
    if code == 0 and result.get("proven"):
        logger.info("backup.proven", file=Path(result["file"]).name, rows=result["rows"], removed=len(result["removed"]))
        return True
    logger.error("backup.failed", exit_code=code, error=result.get("message") or "the process ended without a word")
    return False


async def forever(settings: Settings, stop: asyncio.Event) -> None:
    """Make a backup every night until ``stop`` is set; for the scheduler's process."""
    database = Database.of(settings, name="krc-backups", pool_size=1)
    looking = asyncio.create_task(Nightly(database, settings, in_a_process).forever(), name="backups")
    stopping = asyncio.create_task(stop.wait(), name="stop")
    try:
        done, _ = await asyncio.wait({looking, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in (looking, stopping):
            task.cancel()
        await asyncio.gather(looking, stopping, return_exceptions=True)
        await database.close()
