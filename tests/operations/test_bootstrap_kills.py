"""Bootstrap killed with -9 somewhere on its way, on each way: the next run completes, and no row is lost or there twice."""

import asyncio
import contextlib
import random
from pathlib import Path

import pytest

from backend.operations.bootstrap.revisions import revisions
from tests import world
from tests.operations import predecessor
from tests.operations.bootstrap_support import bootstrap, contents, ended, rows, run_sql, start

pytestmark = pytest.mark.faults
# About what each way takes without a backup, from the first line of progress to the end.
SECONDS = {"upgrade": 1.5, "adoption": 2.0, "leftovers": 1.6}
ADMIN = {"ADMIN_EMAIL": "admin@example.test", "ADMIN_PASSWORD": "Legacy-Admin-1!"}


async def kill_after(url: str, folder: Path, seconds: float, *options: str, **more: str) -> None:
    process = await start(url, folder, "bootstrap", "--json", *options, **more)
    assert process.stderr is not None
    await process.stderr.readline()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(process.wait()), seconds)
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await ended(process)


async def prepare(url: str, way: str) -> None:
    match way:
        case "upgrade":
            await world.migrate(url, revisions()[0])
            await run_sql(url, "INSERT INTO stations (name) VALUES ('Door')")
        case "adoption":
            await predecessor.build(url, "models")
        case _:
            await run_sql(url, "CREATE TYPE user_role AS ENUM ('A')", "CREATE TABLE tags (id int)", "CREATE TABLE odd (id int)")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("way", SECONDS)
async def test_killed_on_its_way_the_next_run_completes(empty_database_url: str, tmp_path: Path, way: str, seed: int) -> None:
    await prepare(empty_database_url, way)
    before = await contents(empty_database_url)
    chance = random.Random(f"{way} {seed}")
    more = ADMIN if way == "adoption" else {}
    # Sealing a backup takes longer than all the rest, so only one of them is killed while it is made.
    options = () if seed == 0 else ("--no-backup",)
    # Each seed looks at its own third of the way, and at any instant of it.
    for share in ((seed + chance.random()) / 3, chance.random()):
        await kill_after(empty_database_url, tmp_path, SECONDS[way] * share, *options, **more)
    last = await bootstrap(empty_database_url, tmp_path, *options, **more)
    assert last.code == 0, last.err
    assert last.json["login"]["ok"]
    assert [row[0] for row in await rows(empty_database_url, "SELECT version_num FROM public.alembic_version")] == [revisions()[-1]]
    after = await contents(empty_database_url)
    if way == "upgrade":
        assert [row[0] for row in await rows(empty_database_url, "SELECT name FROM stations")] == ["Door"]
    elif way == "adoption":
        for table, kept in before.items():
            assert after[table.replace("public.", "legacy.")] == kept
        assert len(after["public.adoptions"]) == 1
        assert len(after["public.check_ins"]) == await copied(empty_database_url, "check_ins")
        assert len(after["public.clients"]) == await copied(empty_database_url, "clients")
    else:
        attics = {table.split(".")[0] for table in after if table.startswith("attic_")}
        assert len(attics) == 1
    assert len(after["public.installation"]) == 1


async def copied(url: str, part: str) -> int:
    found: int = (await rows(url, "SELECT rows_copied FROM adoption_lines WHERE part = $1", part))[0][0]
    return found


async def test_eight_at_once_on_the_predecessors_database(empty_database_url: str, tmp_path: Path) -> None:
    await predecessor.build(empty_database_url, "migrations")
    runs = await asyncio.gather(*(bootstrap(empty_database_url, tmp_path, "--no-backup", **ADMIN) for _ in range(8)))
    assert [run.code for run in runs] == [0] * 8, [run.err for run in runs]
    assert sorted(run.json["decision"] for run in runs) == ["at-head"] * 7 + ["predecessor"]
    assert all(run.json["login"]["tried"] for run in runs)
