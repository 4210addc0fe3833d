"""The doctor on the paper roster: new, old, missing, and without a passphrase."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from backend.config import Settings
from backend.db import Database
from backend.operations.doctor.case import Need
from backend.operations.doctor.lines import Level, Line
from backend.operations.doctor.paper import judge
from backend.operations.paper import path_of
from tests.jobs.support import change
from tests.operations.doctor_support import case_of, examined

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def hours(count: float) -> datetime:
    return NOW - timedelta(hours=count)


@pytest.mark.parametrize(
    ("age", "may", "installed", "level"),
    [
        (0, True, 2000, Level.OK),
        (2.9, True, 2000, Level.OK),
        (3.1, True, 2000, Level.WARN),
        (-1, True, 2000, Level.OK),
        (0.5, False, 2000, Level.WARN),
        (None, False, 0.1, Level.WARN),
        (None, True, 0.1, Level.OK),
        (None, True, 1.1, Level.WARN),
        (None, True, None, Level.WARN),
    ],
)
def test_its_age_decides(age: float | None, may: bool, installed: float | None, level: Level) -> None:
    found = None if age is None else (hours(age).timestamp(), 35_000)
    since = None if installed is None else hours(installed)
    line = judge(found, NOW, may=may, since=since)
    assert line.level is level
    assert bool(line.do) == (level is Level.WARN)


async def line_of(settings: Settings, *needs: Need) -> Line:
    return (await examined(case_of(settings, *needs), "paper-roster"))["paper-roster"]


async def test_age_and_size_of_the_file_and_what_to_do(settings: Settings, database: Database, tmp_path: Path) -> None:
    here = settings.model_copy(update={"data_dir": tmp_path, "backup_passphrase": SecretStr("x")})
    await change(database, "INSERT INTO installation (identity) VALUES (gen_random_uuid())")
    assert (await line_of(here, Need.DATABASE, Need.TABLES)).level is Level.OK
    assert (await line_of(here)).level is Level.WARN
    path = path_of(here)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x" * 35_000)
    line = await line_of(here)
    assert (line.level, line.numbers["size_bytes"]) == (Level.OK, 35_000)
    assert "35 kB" in line.saw
    old = path.stat().st_mtime - 4 * 3600
    os.utime(path, (old, old))
    line = await line_of(here)
    assert (line.level, line.saw) == (Level.WARN, "It is 4 h old, 35 kB.")
    assert "`just roster`" in line.do


async def test_without_a_passphrase_it_says_what_to_do(settings: Settings, tmp_path: Path) -> None:
    line = await line_of(settings.model_copy(update={"data_dir": tmp_path}))
    assert (line.level, line.saw) == (Level.WARN, "Without a passphrase no roster is written. There is none.")
    assert "just bootstrap" in line.do
    assert "BACKUP_PASSPHRASE_FILE" in line.do
