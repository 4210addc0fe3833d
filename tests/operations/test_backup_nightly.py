"""The nightly backup: when it is due, once, again after a failure, and not lost with a process."""

import asyncio
import json
import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from backend.config import Settings
from backend.db import Database
from backend.jobs.scheduler import main
from backend.operations.backup import nightly
from backend.operations.backup.nightly import Nightly
from tests.jobs.support import change, value
from tests.operations.backup_support import fill, inside, make, settings_of
from tests.operations.bootstrap_support import environment


class Backups:
    """Stands for the process that makes one; says what it was told to say."""

    def __init__(self, *results: bool) -> None:
        self.results = list(results)
        self.made = 0

    async def __call__(self) -> bool:
        self.made += 1
        return self.results.pop(0)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture
def here(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"data_dir": tmp_path})


async def due(database: Database) -> datetime:
    found: datetime = await value(database, "SELECT next_at FROM schedules WHERE topic = 'backup.nightly'")
    return found


async def test_it_is_made_once_at_its_time_by_the_centres_clock(database: Database, here: Settings) -> None:
    backups = Backups(True, True)
    job = Nightly(database, here, backups)
    await job.plant(at("2026-07-01T09:00:00+00:00"))
    assert await job.look(at("2026-07-01T10:09:59+00:00")) is None
    assert await job.look(at("2026-07-01T10:10:00+00:00")) is True
    assert await job.look(at("2026-07-01T10:10:05+00:00")) is None
    assert await due(database) == at("2026-07-02T10:10:00+00:00")
    assert backups.made == 1


async def test_after_a_failure_it_is_tried_again_every_hour(database: Database, here: Settings) -> None:
    job = Nightly(database, here, Backups(False, False, True))
    await job.plant(at("2026-07-01T09:00:00+00:00"))
    assert await job.look(at("2026-07-01T10:10:00+00:00")) is False
    assert await job.look(at("2026-07-01T11:09:59+00:00")) is None
    assert await job.look(at("2026-07-01T11:10:00+00:00")) is False
    assert await job.look(at("2026-07-01T12:10:00+00:00")) is True
    assert await due(database) == at("2026-07-02T10:10:00+00:00")


async def test_a_scheduler_that_died_over_it_tries_again_after_an_hour(database: Database, here: Settings) -> None:
    async def killed() -> bool:
        raise asyncio.CancelledError

    job = Nightly(database, here, killed)
    await job.plant(at("2026-07-01T09:00:00+00:00"))
    with pytest.raises(asyncio.CancelledError):
        await job.look(at("2026-07-01T10:10:00+00:00"))
    restarted = Nightly(database, here, Backups(True))
    await restarted.plant(at("2026-07-01T10:20:00+00:00"))
    assert await restarted.look(at("2026-07-01T10:20:00+00:00")) is None
    assert await restarted.look(at("2026-07-01T11:10:00+00:00")) is True


async def test_two_schedulers_make_one(database: Database, here: Settings) -> None:
    backups = Backups(True, True)
    jobs = [Nightly(database, here, backups) for _ in range(2)]
    await jobs[0].plant(at("2026-07-01T09:00:00+00:00"))
    results = await asyncio.gather(*(job.look(at("2026-07-01T10:10:00+00:00")) for job in jobs))
    assert sorted(results, key=str) == [None, True]


async def test_one_that_was_missed_is_made_at_the_next_start(database: Database, here: Settings) -> None:
    await Nightly(database, here, Backups()).plant(at("2026-07-01T09:00:00+00:00"))
    job = Nightly(database, here, Backups(True))
    await job.plant(at("2026-07-09T20:00:00+00:00"))
    assert await job.look(at("2026-07-09T20:00:01+00:00")) is True
    assert await due(database) == at("2026-07-10T10:10:00+00:00")


@pytest.mark.parametrize(("hours", "expected"), [(27, True), (25, None)])
async def test_a_newest_one_that_is_too_old_is_followed_at_once(
    database: Database, here: Settings, hours: int, expected: bool | None
) -> None:
    made = await make(here)
    job = Nightly(database, here, Backups(True))
    instant = made.manifest.made_at + timedelta(hours=hours)
    await job.plant(instant)
    assert await job.look(instant) is expected


async def test_an_admin_who_wants_one_now_gets_it_and_the_next_night_keeps_its_own(database: Database, here: Settings) -> None:
    backups = Backups(True)
    job = Nightly(database, here, backups)
    await job.plant()
    before = await due(database)
    assert await job.look() is None
    await change(database, "UPDATE schedules SET next_at = now() WHERE topic = 'backup.nightly'")
    assert await job.look() is True
    assert await due(database) == before


async def test_a_wish_during_a_backup_is_not_lost(database: Database, here: Settings) -> None:
    async def slow() -> bool:
        await change(database, "UPDATE schedules SET next_at = '2026-07-01 10:12+00' WHERE topic = 'backup.nightly'")
        return True

    job = Nightly(database, here, slow)
    await job.plant(at("2026-07-01T09:00:00+00:00"))
    assert await job.look(at("2026-07-01T10:10:00+00:00")) is True
    assert await due(database) == at("2026-07-01T10:12:00+00:00")


def script(text: str) -> list[str]:
    return [sys.executable, "-c", text]


async def test_the_process_counts_only_when_it_says_proven() -> None:
    good = {"proven": True, "file": "a", "rows": 1, "removed": []}
    assert await nightly.in_a_process(script(f"print({json.dumps(json.dumps(good))})")) is True
    assert await nightly.in_a_process(script(f"print({json.dumps(json.dumps({**good, 'proven': False}))})")) is False
    assert await nightly.in_a_process(script(f"print({json.dumps(json.dumps(good))}); raise SystemExit(1)")) is False
    assert await nightly.in_a_process(script("import os; os.kill(os.getpid(), 9)")) is False


async def test_a_scheduler_that_is_told_to_stop_ends_the_process(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    text = f"import os, time, pathlib; pathlib.Path({str(note)!r}).write_text(str(os.getpid())); time.sleep(100)"
    task = asyncio.create_task(nightly.in_a_process(script(text)))
    while not note.exists() or not note.read_text():
        await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), signal.SIG_DFL)


async def test_the_scheduler_makes_a_real_one_and_notes_it(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(database_url, count=3)
    settings = settings_of(database_url, tmp_path)
    for name, content in environment(database_url, tmp_path).items():
        monkeypatch.setenv(name, content)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(nightly, "LOOK_SECONDS", 0.2)
    database = Database.of(settings)
    job = Nightly(database, settings, nightly.in_a_process)
    await job.plant()
    await change(database, "UPDATE schedules SET next_at = now() WHERE topic = 'backup.nightly'")
    stop = asyncio.Event()
    running = asyncio.create_task(main(settings, stop, beside=[nightly.forever]))
    try:
        while not await value(database, "SELECT count(*) FROM backups WHERE proven_at IS NOT NULL AND why = 'nightly'"):
            assert not running.done(), running
            await asyncio.sleep(0.1)
    finally:
        stop.set()
        await running
        await database.close()
    assert len([name for name in inside(settings.backup_folder) if name.endswith("-nightly.backup")]) == 1
