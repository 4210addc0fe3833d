"""When the roster is written: at the start, every hour, again after trouble, never beside a backup; and that nothing ends with it."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backend.config import Settings
from backend.jobs.scheduler import main
from backend.operations.backup import folder, nightly
from backend.operations.paper import PaperFailed, Written, hourly, path_of
from backend.operations.paper.hourly import Hourly, backup_at_work, next_hour
from tests.operations.backup_support import settings_of
from tests.operations.bootstrap_support import environment

LOS_ANGELES = ZoneInfo("America/Los_Angeles")


class Writing:
    """Stands for the writing; raises what it was given, one after the other, and None lets it succeed."""

    def __init__(self, *results: Exception | None, zone: ZoneInfo = LOS_ANGELES) -> None:
        self.results = list(results)
        self.zone = zone
        self.times = 0

    async def __call__(self) -> Written:
        self.times += 1
        error = self.results.pop(0) if self.results else None
        if error is not None:
            raise error
        return Written(Path("roster.pdf"), 1, 1, 0.1, self.zone)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+00:00")


def job(writing: Writing, *, busy: bool = False) -> Hourly:
    return Hourly(writing, lambda: busy)


async def test_it_is_written_at_the_start_and_then_on_the_hour() -> None:
    writing = Writing()
    looking = job(writing)
    looks = ["07-01T10:20:00", "07-01T10:20:05", "07-01T10:59:59", "07-01T11:00:00", "07-01T11:00:05", "07-01T12:00:03", "07-01T20:30:00"]
    assert [await looking.look(at(look)) for look in looks] == [True, None, None, True, None, True, True]
    assert writing.times == 4


@pytest.mark.parametrize(
    ("zone", "instant", "due"),
    [
        ("America/Los_Angeles", "07-01T10:20:00", "07-01T11:00:00"),
        ("Asia/Kolkata", "07-01T10:20:00", "07-01T10:30:00"),
        ("Asia/Kathmandu", "07-01T10:20:00", "07-01T11:15:00"),
        # The night in which an hour comes twice, and the one in which one is missing.
        ("America/Los_Angeles", "11-01T08:30:00", "11-01T09:00:00"),
        ("America/Los_Angeles", "11-01T09:00:00", "11-01T10:00:00"),
        ("America/Los_Angeles", "03-08T09:59:59", "03-08T10:00:00"),
    ],
)
def test_the_hour_is_the_centres(zone: str, instant: str, due: str) -> None:
    assert next_hour(at(instant), ZoneInfo(zone)) == at(due)


async def test_after_trouble_it_is_tried_again_every_five_minutes_and_a_defect_ends_nothing() -> None:
    writing = Writing(PaperFailed("The disk is full."), OSError(5, "Input/output error"), ZeroDivisionError("a defect"))
    looking = job(writing)
    assert [await looking.look(at(f"07-01T10:{minute}")) for minute in ("20:00", "24:59", "25:00", "30:00", "35:00", "59:00")] == [
        False, None, False, False, True, None,
    ]  # fmt: skip


async def test_the_same_trouble_is_logged_once(capsys: pytest.CaptureFixture[str]) -> None:
    looking = job(Writing(*(PaperFailed("The disk is full.") for _ in range(3)), None, PaperFailed("The disk is full.")))
    for hour in range(5):
        await looking.look(at(f"07-01T1{hour}:00:00"))
    assert capsys.readouterr().out.count("paper.failed") == 2


async def test_a_clock_that_was_set_back_does_not_stop_it() -> None:
    looking = job(Writing())
    assert await looking.look(at("07-05T10:20:00")) is True
    assert await looking.look(at("07-01T10:20:00")) is True
    assert await looking.look(at("07-01T10:21:00")) is None


async def test_it_waits_while_a_backup_is_at_work() -> None:
    writing, busy = Writing(), [True, True, False]
    looking = Hourly(writing, lambda: busy.pop(0))
    assert [await looking.look(at(f"07-01T10:20:{second}")) for second in ("00", "05", "10")] == [None, None, True]
    assert writing.times == 1


async def test_a_backup_at_work_is_known_by_the_folders_lock(settings: Settings, tmp_path: Path) -> None:
    here = settings.model_copy(update={"backup_dir": tmp_path / "backups"})
    assert not backup_at_work(here)
    assert not here.backup_folder.exists()
    async with folder.locked(here.backup_folder, lambda _: None):
        assert backup_at_work(here)
    assert not backup_at_work(here)


def surround(monkeypatch: pytest.MonkeyPatch, url: str, folder: Path) -> None:
    """The environment in which the scheduler runs."""
    for name, value in environment(url, folder).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)


async def test_the_scheduler_writes_one_soon_after_its_start_beside_the_backups(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_of(database_url, tmp_path, passphrase="seven quiet otters")
    surround(monkeypatch, database_url, tmp_path)
    stop = asyncio.Event()
    running = asyncio.create_task(main(settings, stop, beside=[nightly.forever, hourly.forever]))
    try:
        async with asyncio.timeout(20):
            while not path_of(settings).exists():
                assert not running.done(), running
                await asyncio.sleep(0.1)
    finally:
        stop.set()
        await running
    assert path_of(settings).read_bytes().startswith(b"%PDF-")


async def test_a_scheduler_whose_roster_never_works_goes_on(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    surround(monkeypatch, database_url, tmp_path)
    tries = asyncio.Event()

    async def broken(*_: object) -> Written:
        tries.set()
        raise ZeroDivisionError

    monkeypatch.setattr(hourly, "write", broken)
    monkeypatch.setattr(hourly, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(hourly, "AGAIN_AFTER", timedelta(0))
    stop = asyncio.Event()
    running = asyncio.create_task(main(settings_of(database_url, tmp_path), stop, beside=[hourly.forever]))
    await asyncio.wait_for(tries.wait(), 10)
    await asyncio.sleep(0.3)
    assert not running.done()
    stop.set()
    await running
