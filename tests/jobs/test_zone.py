"""What recurs goes by the centre's clock, and follows it when the centre chooses another zone."""

from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backend.config import Settings
from backend.db import Database, ReadSession
from backend.jobs import registry
from backend.jobs.schedule import Schedule
from backend.operations.backup.nightly import Nightly
from backend.system import centre
from tests.jobs.support import value
from tests.world import OPERATOR

TOPIC = "test.daily"
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
LOS_ANGELES, AUCKLAND, KATHMANDU = ZoneInfo("America/Los_Angeles"), ZoneInfo("Pacific/Auckland"), ZoneInfo("Asia/Kathmandu")


class Clock:
    """A centre whose zone a test chooses."""

    def __init__(self, database: Database) -> None:
        self.zone = LOS_ANGELES
        self.schedule = Schedule(database, {TOPIC: time(4, 20)}, LOS_ANGELES, zone_now=self.now)

    async def now(self, _reader: ReadSession) -> ZoneInfo:
        return self.zone


async def due(database: Database) -> datetime:
    at: datetime = await value(database, f"SELECT next_at FROM schedules WHERE topic = '{TOPIC}'")
    return at


async def test_another_zone_moves_what_is_to_come_to_an_earlier_or_a_later_time(database: Database) -> None:
    here = Clock(database)
    await here.schedule.plant(NOON)
    assert (await due(database)).astimezone(LOS_ANGELES) == datetime(2026, 7, 2, 4, 20, tzinfo=LOS_ANGELES)
    for zone in (AUCKLAND, LOS_ANGELES, KATHMANDU):
        here.zone = zone
        assert await here.schedule.follow_zone(NOON) is True
        assert await due(database) > NOON
        assert (await due(database)).astimezone(zone).time() == time(4, 20)
        assert await here.schedule.follow_zone(NOON) is False


async def test_what_is_due_already_stays_due(database: Database) -> None:
    here = Clock(database)
    await here.schedule.plant(NOON)
    later = datetime(2026, 7, 3, tzinfo=UTC)
    here.zone = AUCKLAND
    assert await here.schedule.follow_zone(later) is True
    assert await here.schedule.fire(later) == [TOPIC]
    assert (await due(database)).astimezone(AUCKLAND).time() == time(4, 20)


async def test_what_could_not_be_moved_is_moved_at_the_next_look(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Clock(database)
    await here.schedule.plant(NOON)
    here.zone = AUCKLAND

    async def broken(*_given: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(here.schedule, "_move", broken)
        with pytest.raises(OSError):  # noqa: PT011 (any will do)
            await here.schedule.follow_zone(NOON)
    assert await here.schedule.follow_zone(NOON) is True
    assert (await due(database)).astimezone(AUCKLAND).time() == time(4, 20)


async def test_the_scheduler_reads_the_zone_that_the_page_chose(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.load()
    read = registry.zone_now()
    assert read is not None
    monkeypatch.setattr("backend.system.jobs.settings", lambda: settings)
    async with database.reading() as reader:
        assert (await read(reader)).key == settings.centre_timezone
    async with database.writing(OPERATOR) as uow:
        await centre.change(uow, version=0, time_zone="Pacific/Auckland")
    async with database.reading() as reader:
        assert (await read(reader)).key == "Pacific/Auckland"


async def test_the_nightly_backup_follows_it_too(database: Database, settings: Settings, tmp_path: Path) -> None:
    async def good() -> bool:
        return True

    job = Nightly(database, settings.model_copy(update={"data_dir": tmp_path}), good)
    await job.plant(NOON)
    for zone in (AUCKLAND, LOS_ANGELES):
        async with database.writing(OPERATOR) as uow:
            await centre.change(uow, version=None, time_zone=zone.key)
        assert await job.look(NOON) is None
        at: datetime = await value(database, "SELECT next_at FROM schedules WHERE topic = 'backup.nightly'")
        assert at > NOON
        assert at.astimezone(zone).time() == settings.backup_at
    assert await job.look(at) is True
