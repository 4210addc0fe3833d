"""What holds now: the settings of the environment, with what the centre chose on the settings page in their place.

Each process remembers the choice for five seconds, so that no request pays for it; a change counts at once in the process that makes it.
While the database does not answer, the last known choice goes on, and before the first one what the environment says.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from backend import clock, log
from backend.config import Settings
from backend.db import Database, ReadSession
from backend.system import centre
from backend.system.centre import CHANGES, CentreSettings

logger = log.get(__name__)

REMEMBERED = timedelta(seconds=5)
# A request has its own way of saying that the database is away, and too little time to wait for it twice.
WAIT_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Present:
    """``settings`` are the environment's as the centre changed them, ``chosen`` is everything that it chose."""

    settings: Settings
    chosen: CentreSettings


class _Memory:
    """What one database's centre chose, when that was read, before which change, and the reading that is under way."""

    def __init__(self) -> None:
        self.chosen = CentreSettings()
        self.read_at: datetime | None = None
        self.changes = CHANGES.count
        self.reading: tuple[int, asyncio.Task[None]] | None = None
        self.present: tuple[Settings, Present] | None = None

    def is_fresh(self) -> bool:
        if self.read_at is None or self.changes != CHANGES.count:
            return False
        return timedelta(0) <= clock.now() - self.read_at < REMEMBERED

    def is_reading(self) -> bool:
        return self.reading is not None and self.reading[0] == CHANGES.count and not self.reading[1].done()


_memories: "WeakKeyDictionary[Database, _Memory]" = WeakKeyDictionary()


def overlaid(settings: Settings, chosen: CentreSettings) -> Settings:
    """The settings with what the centre chose; the very same object where it chose none of these."""
    said = {"centre_name": chosen.name, "centre_timezone": chosen.time_zone, "repeat_window_minutes": chosen.repeat_window_minutes}
    given = {name: value for name, value in said.items() if value is not None}
    if not given:
        return settings
    changed = settings.model_copy(update=given)
    # The copy brings the zone that was worked out from the old name.
    changed.__dict__.pop("zone", None)
    return changed


async def read(reader: ReadSession, settings: Settings) -> Present:
    """As the database has it at this moment, in one statement; for work in the background."""
    chosen = await centre.read(reader)
    return Present(overlaid(settings, chosen), chosen)


async def now(database: Database, settings: Settings) -> Present:
    """As it was at most five seconds ago. Never raises: without the database it is the last that was known."""
    memory = _memories.get(database)
    if memory is None:
        memory = _memories[database] = _Memory()
    if not memory.is_fresh():
        if memory.reading is None or not memory.is_reading():
            memory.reading = CHANGES.count, asyncio.create_task(_refresh(database, memory, CHANGES.count))
        await asyncio.wait({memory.reading[1]}, timeout=WAIT_SECONDS)
    if memory.present is None or memory.present[0] is not settings:
        memory.present = settings, Present(overlaid(settings, memory.chosen), memory.chosen)
    return memory.present[1]


async def zone_now(reader: ReadSession, settings: Settings) -> ZoneInfo:
    """The centre's zone as the database has it."""
    return (await read(reader, settings)).settings.zone


async def zone_on(connection: AsyncConnection, settings: Settings) -> ZoneInfo:
    """The same for an operator's command, on a connection of its own to a database at the newest schema."""
    async with AsyncSession(connection, join_transaction_mode="create_savepoint") as session:
        return await zone_now(ReadSession(session), settings)


async def _refresh(database: Database, memory: _Memory, changes: int) -> None:
    try:
        async with database.reading() as reader:
            chosen = await centre.read(reader)
    except Exception as error:  # noqa: BLE001 (whatever it is, the last known choice goes on)
        logger.warning("centre.not_read", kind=type(error).__name__)
        return
    if changes >= memory.changes:
        memory.chosen, memory.read_at, memory.changes, memory.present = chosen, clock.now(), changes, None
