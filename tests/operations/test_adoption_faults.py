"""Adopting that is stopped anywhere is carried on by the next run; two at once do it once."""

import asyncio
import contextlib
import os
import random
import secrets
import signal
from pathlib import Path

import asyncpg
import pytest

from tests import world
from tests.operations import predecessor
from tests.operations.adoption_support import value
from tests.operations.bootstrap_support import cli, contents, ended, start
from tests.operations.test_adoption_command import dump, left_behind

KILLS = 6


async def counts(url: str) -> dict[str, int]:
    return {table: len(found) for table, found in (await contents(url)).items() if table != "public.backups"}


@pytest.mark.faults
@pytest.mark.parametrize("is_dump", [False, True])
async def test_killed_anywhere_and_run_again(is_dump: bool, tmp_path: Path) -> None:
    there = await world.create()
    await predecessor.build(there, "models")
    source = str(dump(there, tmp_path / "d.dump", "-Fc")) if is_dump else there
    undisturbed = await world.create("head")
    assert (await cli(undisturbed, tmp_path, "adopt", source)).code == 0
    expected = await counts(undisturbed)
    choose = random.Random(2026)
    for _ in range(KILLS):
        url = await world.create("head")
        process = await start(url, tmp_path, "adopt", source)
        await asyncio.sleep(choose.uniform(0.3, 2.5))
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()
        found = await counts(url)
        # All of it or nothing of it: neither half of the fetched rows nor half of the copied ones.
        assert found.get("legacy.clients", 0) in {0, expected["legacy.clients"]}
        assert found["public.clients"] in {0, expected["public.clients"]}
        assert (found["public.clients"] > 0) == (found["public.check_ins"] > 0) == (found["public.adoptions"] > 0)
        last = await cli(url, tmp_path, "adopt", source)
        assert last.code == 0, last
        assert await counts(url) == expected
        await world.drop(url)
    for url in (there, undisturbed):
        await world.drop(url)
    # The scratch databases of killed runs went with the next run of the same kind.
    assert await left_behind() == []


async def test_what_a_killed_run_left_goes_with_the_next_one(database_url: str, tmp_path: Path) -> None:
    """Its role owns its database, so it can only go after that."""
    there = await world.create()
    await predecessor.build(there, "models")
    file = dump(there, tmp_path / "d.dump", "-Fc")
    left = f"krc_adopt_{secrets.token_hex(5)}"

    async def leave(connection: asyncpg.Connection) -> None:
        await connection.execute(f"CREATE ROLE {left} LOGIN")
        await connection.execute(f"CREATE DATABASE {left} OWNER {left}")

    await world.on_server(leave)
    assert (await cli(database_url, tmp_path, "adopt", str(file))).code == 0
    assert left not in await left_behind()
    await world.drop(there)


async def test_stopped_by_hand_leaves_nothing(database_url: str, tmp_path: Path) -> None:
    there = await world.create()
    await predecessor.build(there, "models")
    file = dump(there, tmp_path / "d.sql", "-Fp")
    before = await contents(database_url)
    process = await start(database_url, tmp_path, "adopt", str(file))
    assert process.stderr is not None
    while b"restoring" not in (line := await process.stderr.readline()):
        assert line
    os.kill(process.pid, signal.SIGINT)
    stopped = await ended(process)
    assert stopped.code in {130, 0}, stopped
    if stopped.code == 130:
        assert "run it again" in stopped.out
        assert await contents(database_url) == before
    assert await left_behind() == []
    await world.drop(there)


async def test_two_at_once_copy_once(database_url: str, tmp_path: Path) -> None:
    there = await world.create()
    await predecessor.build(there, "models")
    both = await asyncio.gather(*(cli(database_url, tmp_path, "adopt", there, "--json") for _ in range(2)))
    assert [one.code for one in both] == [0, 0], both
    assert sorted((one.json["adoption"] is not None) for one in both) == [False, True]
    assert await value(database_url, "SELECT count(*) FROM adoptions") == 1
    assert await value(database_url, "SELECT count(*) FROM check_ins") == 126
    await world.drop(there)


async def test_what_sql_can_not_work_out_goes_through_in_batches(database_url: str) -> None:
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.pool import NullPool

    from backend.operations.adoption import looking_up
    from backend.operations.adoption.transfer import Transfer

    seen: list[str] = []

    def look(written: str) -> str | None:
        seen.append(written)
        return None if written.endswith("7") else written[::-1]

    engine = create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    async with engine.connect() as connection, connection.begin():
        transfer = Transfer(connection, {}, 1, lambda _: None)
        await transfer.run("CREATE TEMPORARY TABLE many AS SELECT n::text AS written FROM generate_series(1, 5000) n")
        await looking_up.look_up(transfer, "SELECT written FROM many", "found", look)
        assert await transfer.one("SELECT count(*) FROM found") == 5000
        assert await transfer.one("SELECT count(*) FROM found WHERE found = reverse(written)") == 4500
    await engine.dispose()
    assert len(seen) == 5000 > looking_up.BATCH
