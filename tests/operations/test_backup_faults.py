"""Killed anywhere, a full disk, another server: a backup is good or it is not there, a database is the former one or the restored one."""

import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.operations import postgres_programs
from backend.operations.backup import BackupFailed, archive, folder, listing
from tests import world
from tests.operations.backup_support import DEBIAN_15, fill, forgotten, inside, make, names, postgres_15, restore, settings_of
from tests.operations.bootstrap_support import Ended, cli, ended, environment, rows, run_sql, start

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "2"))


async def killed_after(seconds: float, url: str, data_dir: Path, *arguments: str) -> int | None:
    process = await start(url, data_dir, *arguments)
    waiting = asyncio.create_task(ended(process))
    await asyncio.sleep(seconds)
    if process.returncode is None:
        process.kill()
    return (await waiting).code


async def test_killed_at_any_instant_a_backup_is_good_or_not_there(database_url: str, tmp_path: Path) -> None:
    await fill(database_url, count=20_000)
    began = time.monotonic()
    assert (await cli(database_url, tmp_path, "backup", "--json")).code == 0
    whole = time.monotonic() - began
    dice = random.Random(ROUNDS)
    killed = 0
    for _ in range(ROUNDS):
        killed += await killed_after(dice.uniform(0.1, 0.5) * whole, database_url, tmp_path, "backup", "--json") == -signal.SIGKILL
        found = listing(tmp_path / "backups")
        assert found.damaged == {}
        for backup in found.backups:
            archive.check(backup.path)
    assert killed > 0
    before = len(listing(tmp_path / "backups").backups)
    assert (await cli(database_url, tmp_path, "backup", "--json")).code == 0
    found = listing(tmp_path / "backups")
    assert len(found.backups) == before + 1
    assert found.newest_proven == found.backups[0]
    assert [name for name in inside(tmp_path / "backups") if name.endswith(".part")] == []
    assert await forgotten(database_url, "krc_proof_") == []


async def test_killed_at_any_instant_a_restore_left_the_former_data_or_the_restored(database_url: str, tmp_path: Path) -> None:
    settings = settings_of(database_url, tmp_path)
    await fill(database_url, "Then", 3000)
    made = await make(settings)
    name = database_url.rsplit("/", 1)[1]

    async def set_back() -> None:
        await run_sql(database_url, "UPDATE clients SET first_name = 'Now'")

    await set_back()

    async def restored() -> tuple[float, Ended]:
        began = time.monotonic()
        done = await cli(database_url, tmp_path, "restore", str(made.path), "--yes", "--json")
        assert done.code == 0, done.out
        return time.monotonic() - began, done

    whole, _ = await restored()
    dice = random.Random(ROUNDS)
    killed = number = 0
    while number < ROUNDS or not killed:
        assert number < ROUNDS + 10, "Every restore ended before its kill."
        await set_back()
        # The last quarter is where the databases are exchanged.
        seconds = dice.uniform(0.75 if number % 2 else 0.2, 0.98) * whole
        number += 1
        if await killed_after(seconds, database_url, tmp_path, "restore", str(made.path), "--yes", "--json") == -signal.SIGKILL:
            killed += 1
        else:
            # The machine was busier when the time was taken.
            whole *= 0.8
        assert await names(database_url) in ({"Now": 3000}, {"Then": 3000})
        took, again = await restored()
        whole = min(whole, took)
        assert await names(database_url) == {"Then": 3000}
        assert await forgotten(database_url, f"{name}_restoring_") == []
        for left in again.json["databases_left"]:
            await world.drop(world.url_of(left))


async def limited(url: str, data_dir: Path, kilobytes: int, *arguments: str) -> tuple[int, str]:
    """Run a command that may not write a file larger than that, which is how a full disk looks to it."""
    shell = f"ulimit -f {kilobytes * 2}; exec {sys.executable} -m backend.cli {' '.join(arguments)}"
    done = await asyncio.to_thread(
        subprocess.run, ["sh", "-c", shell], cwd=data_dir, env=environment(url, data_dir), capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("kilobytes", [16, 110])
async def test_a_disk_that_fills_up_leaves_nothing_half_written(database_url: str, tmp_path: Path, kilobytes: int) -> None:
    """In the midst of the dump, and of the file around it."""
    code, said = await limited(database_url, tmp_path, kilobytes, "backup")
    assert code == 1, said
    assert "is full" in said
    assert "Traceback" not in said
    assert inside(tmp_path / "backups") == set()
    assert (await cli(database_url, tmp_path, "backup")).code == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    if os.getuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", place], capture_output=True).returncode != 0:
        pytest.skip("this user may not mount a small disk")
    yield place
    subprocess.run(["umount", place], check=True)


async def test_a_disk_that_is_full_is_said_and_leaves_nothing(
    clean_url: str, tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_of(clean_url, tmp_path, backup_dir=small_disk)
    with pytest.raises(BackupFailed, match="Free some space, or set BACKUP_DIR"):
        await make(settings)
    monkeypatch.setattr(folder, "check_space", lambda *_: None)
    with pytest.raises(BackupFailed, match="is full"):
        await make(settings)
    assert inside(small_disk) == set()


async def test_a_connection_that_is_lost_is_a_sentence_and_leaves_nothing(database_url: str, tmp_path: Path) -> None:
    await fill(database_url, count=20_000)
    settings = settings_of(database_url, tmp_path)
    making = asyncio.create_task(make(settings))
    while not (tmp_path / "backups").exists() or not any(path.name.endswith(".part") for path in (tmp_path / "backups").iterdir()):
        await asyncio.sleep(0.01)
    mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    await run_sql(database_url, mine)
    with pytest.raises(BackupFailed):
        await making
    assert inside(tmp_path / "backups") == set()


@pytest.fixture(scope="module")
def older_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not (DEBIAN_15 / "postgres").exists():
        pytest.skip("Debian's PostgreSQL 15 is not installed")
    place = tmp_path_factory.mktemp("postgres-15")
    with postgres_15(place) as url:
        yield url
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def no_programs_of_15(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(postgres_programs, "VERSIONED", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert postgres_programs.major_of(postgres_programs.program("pg_dump", 15)) >= 18


async def is_brought_back(url: str, folder: Path) -> int:
    """Make a backup, change the data, restore it; returns the version of the program that dumped it."""
    await run_sql(url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    await world.migrate(url)
    await fill(url, "Then", 500)
    made = await make(settings_of(url, folder))
    assert made.proven
    assert made.manifest.server_major == 15
    await run_sql(url, "DELETE FROM client_notes", "UPDATE clients SET first_name = 'Now'")
    await restore(settings_of(url, folder), made.path)
    assert await names(url) == {"Then": 500}
    # The line that is left out of the script for the older server stays where it is somebody's words.
    assert (await rows(url, "SELECT DISTINCT body FROM client_notes"))[0][0] == "SET transaction_timeout = 0;"
    return made.manifest.dumped_with


async def test_an_older_server_with_its_own_programs(older_server: str, tmp_path: Path) -> None:
    assert await is_brought_back(older_server, tmp_path) == 15


@pytest.mark.usefixtures("no_programs_of_15")
async def test_an_older_server_with_newer_programs_alone(older_server: str, tmp_path: Path) -> None:
    assert await is_brought_back(older_server, tmp_path) >= 18


async def test_a_backup_of_an_older_server_goes_into_a_newer_one(older_server: str, empty_database_url: str, tmp_path: Path) -> None:
    await run_sql(older_server, "DROP SCHEMA IF EXISTS other CASCADE", "CREATE SCHEMA other", "CREATE TABLE other.t AS SELECT 1 AS x")
    made = await make(settings_of(older_server, tmp_path))
    await restore(settings_of(empty_database_url, tmp_path / "newer"), made.path)
    assert (await rows(empty_database_url, "SELECT x FROM other.t"))[0][0] == 1
