"""The doctor on backups: old, unproven, none, damaged, missing; and where the next one goes."""

import os
from collections import namedtuple
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend import clock
from backend.config import Settings
from backend.db import Database
from backend.operations.backup import BackupFile, make
from backend.operations.backup.folder import Proof, write_proof
from backend.operations.doctor.backups import Age, judge_age, judge_folder
from backend.operations.doctor.case import Need
from backend.operations.doctor.lines import Level, Line
from tests.jobs.support import change
from tests.operations.doctor_support import case_of, examined

TABLES = (Need.DATABASE, Need.TABLES)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def hours(count: float) -> datetime:
    return NOW - timedelta(hours=count)


@pytest.mark.parametrize(
    ("age", "level"),
    [
        (Age(NOW, None, None), Level.WARN),
        (Age(NOW, hours(25), None), Level.WARN),
        (Age(NOW, hours(27), None), Level.FAIL),
        (Age(NOW, hours(27), None, unproven=hours(1)), Level.FAIL),
        (Age(NOW, hours(2000), hours(25.9)), Level.OK),
        (Age(NOW, hours(2000), hours(26.1)), Level.WARN),
        (Age(NOW, hours(2000), hours(71.9)), Level.WARN),
        (Age(NOW, hours(2000), hours(72.1)), Level.FAIL),
        # A proof takes minutes; after an hour it has failed.
        (Age(NOW, hours(2000), hours(20), unproven=hours(0.5)), Level.OK),
        (Age(NOW, hours(2000), hours(20), unproven=hours(2)), Level.WARN),
        (Age(NOW, hours(2000), hours(2), unproven=hours(20)), Level.OK),
    ],
)
def test_only_a_proven_backup_counts(age: Age, level: Level) -> None:
    assert judge_age(age).level is level


def test_it_says_why_one_was_not_proven() -> None:
    age = Age(NOW, hours(2000), hours(80), unproven=hours(3), problem="public.clients has 9 rows instead of 10.")
    assert judge_age(age).saw == "The newest backup that was proven is 3 days old. public.clients has 9 rows instead of 10."


@pytest.fixture
async def made(settings: Settings, tmp_path: Path) -> tuple[Settings, BackupFile]:
    """A real backup that was not tried out, and settings whose folder it is in."""
    at = settings.model_copy(update={"backup_dir": tmp_path / "backups", "secrets_dir": tmp_path / "secrets", "config_dir": tmp_path})
    return at, await make(at, why="manual", say=lambda _: None, prove=False)


def prove(backup: BackupFile, problem: str | None = None) -> None:
    write_proof(backup.path, Proof(problem is None, datetime.now(UTC), backup.sha256, problem, None))


async def lines_of(settings: Settings, *needs: Need) -> dict[str, Line]:
    return await examined(case_of(settings, *needs), "backup", "backup-files", "backup-folder")


async def test_a_real_backup_as_it_grows_old(made: tuple[Settings, BackupFile], monkeypatch: pytest.MonkeyPatch) -> None:
    settings, backup = made
    assert (await lines_of(settings, *TABLES))["backup"].saw == "No backup was ever proven yet."
    prove(backup)
    found = await lines_of(settings, *TABLES)
    assert {line.level for line in found.values()} == {Level.OK}
    assert found["backup-files"].numbers == {"files": 1, "missing": 0, "damaged": 0}
    levels = []
    for age in (27, 73):
        monkeypatch.setattr(clock, "now", lambda age=age: datetime.now(UTC) + timedelta(hours=age))
        levels.append((await lines_of(settings, *TABLES))["backup"].level)
    assert levels == [Level.WARN, Level.FAIL]


async def test_the_folder_is_looked_at_without_a_database(made: tuple[Settings, BackupFile]) -> None:
    settings, backup = made
    prove(backup)
    away = settings.model_copy(update={"database_url": "postgresql://u:p@127.0.0.1:1/d"})
    found = await examined(case_of(away), "database", "schema", "backup")
    assert found["backup"].level is Level.OK


async def test_an_installation_without_a_backup(database: Database, settings: Settings, tmp_path: Path) -> None:
    at = settings.model_copy(update={"backup_dir": tmp_path / "none"})
    await change(database, "INSERT INTO installation (identity, created_at) VALUES (gen_random_uuid(), now() - interval '20 hours')")
    assert (await lines_of(at, *TABLES))["backup"].level is Level.WARN
    await change(database, "UPDATE installation SET created_at = now() - interval '30 hours'")
    line = (await lines_of(at, *TABLES))["backup"]
    assert (line.level, line.saw) == (Level.FAIL, "There is no backup, and this installation is 30 h old.")
    assert not (tmp_path / "none").exists()


async def test_one_that_is_missing_or_damaged(made: tuple[Settings, BackupFile], database: Database) -> None:
    settings, backup = made
    content = bytearray(backup.path.read_bytes())
    content[-126] ^= 1
    backup.path.write_bytes(content)
    line = (await lines_of(settings, *TABLES))["backup-files"]
    assert (line.level, line.saw) == (Level.WARN, f"Damaged: {backup.path.name}.")
    backup.path.unlink()
    line = (await lines_of(settings, *TABLES))["backup-files"]
    assert (line.level, line.saw) == (Level.WARN, f"No longer in the folder: {backup.path.name}.")
    await change(database, "UPDATE backups SET removed_at = now()")
    assert (await lines_of(settings, *TABLES))["backup-files"].level is Level.OK


def test_where_the_next_one_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_size: Callable[[int], BackupFile]) -> None:
    assert judge_folder(tmp_path / "not" / "yet", None).level is Level.OK
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 (as shutil's)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(10**12, 0, 299))
    assert judge_folder(tmp_path, made_size(100)).level is Level.WARN
    assert judge_folder(tmp_path, made_size(99)).level is Level.OK
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    line = judge_folder(tmp_path / "not" / "yet", None)
    assert (line.level, line.saw) == (Level.FAIL, f"{tmp_path} can't be written.")


@pytest.fixture
def made_size(tmp_path: Path) -> Callable[[int], BackupFile]:
    return lambda size: BackupFile(tmp_path / "x", None, size, "", None)  # type: ignore[arg-type]


async def test_the_passphrase(settings: Settings, tmp_path: Path) -> None:
    at = settings.model_copy(update={"secrets_dir": tmp_path})
    assert (await examined(case_of(at), "backup-passphrase"))["backup-passphrase"].level is Level.WARN
    (tmp_path / "backup-passphrase").write_text("words that nobody knows\n")
    found = await examined(case_of(at), "backup-passphrase")
    assert found["backup-passphrase"].level is Level.OK
    assert "nobody knows" not in str(found)
