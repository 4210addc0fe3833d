"""Bootstrap killed at any instant, and eight at once: real processes, a real database, kill -9."""

import asyncio
import contextlib
import random
from pathlib import Path

import pytest

from backend.accounts import passwords
from backend.operations.bootstrap.revisions import revisions
from tests.operations.bootstrap_support import Ended, bootstrap, ended, rows, start

pytestmark = pytest.mark.faults
# From the moment it has looked at the database until it is done takes about this long, login included.
SECONDS_OF_WORK = 1.6


async def killed(url: str, data_dir: Path, after: float) -> Ended:
    """Start bootstrap and kill it so many seconds after its first line of progress."""
    process = await start(url, data_dir, "bootstrap", "--json")
    assert process.stderr is not None
    await process.stderr.readline()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(process.wait()), after)
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    return await ended(process)


async def check_is_whole(url: str, runs: list[Ended]) -> None:
    """One schema, one set of seeds, one admin, whose password somebody was shown."""
    assert [row[0] for row in await rows(url, "SELECT version_num FROM alembic_version")] == [revisions()[-1]]
    assert [row[0] for row in await rows(url, "SELECT name FROM stations ORDER BY id")] == ["Front Desk", "Kiosk"]
    assert len(await rows(url, "SELECT FROM membership_tiers")) == 1
    admins = await rows(url, "SELECT password_hash FROM users")
    assert len(admins) == 1
    shown = [run.json["admin"]["password"] for run in runs if run.out and "password" in (run.json["admin"] or {})]
    assert shown
    assert await passwords.verify(shown[-1], admins[0]["password_hash"]), "nobody saw the password"


@pytest.mark.parametrize("seed", range(5))
async def test_killed_anywhere_the_next_run_completes(empty_database_url: str, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    # Each round looks at its own part of the work, so that five rounds cover all of it.
    instants = [SECONDS_OF_WORK * (seed + chance.random()) / 5, SECONDS_OF_WORK * chance.random()]
    runs = [await killed(empty_database_url, tmp_path, after) for after in instants]
    last = await bootstrap(empty_database_url, tmp_path)
    assert last.code == 0, last.err
    assert last.json["revision_after"] == revisions()[-1]
    assert last.json["login"]["ok"]
    await check_is_whole(empty_database_url, [*runs, last])


async def test_eight_at_once_all_end_well_and_one_migrates(empty_database_url: str, tmp_path: Path) -> None:
    runs = await asyncio.gather(*(bootstrap(empty_database_url, tmp_path) for _ in range(8)))
    assert [run.code for run in runs] == [0] * 8, [run.err for run in runs]
    assert sorted(run.json["decision"] for run in runs) == ["at-head"] * 7 + ["empty"]
    assert sum("password" in run.json["admin"] for run in runs) == 1
    await check_is_whole(empty_database_url, runs)
