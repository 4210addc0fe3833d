"""The doctor on a database that is away, not ours, not the newest, or not well."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import make_url

from backend import clock
from backend.config import Settings
from backend.db import Database
from backend.operations import identity
from backend.operations.bootstrap.revisions import revisions
from backend.operations.doctor import upkeep
from backend.operations.doctor.database import CLOCK
from backend.operations.doctor.lines import Level, Line
from backend.operations.doctor.skew import judge, skew
from tests import world
from tests.operations.bootstrap_support import run_sql
from tests.operations.doctor_support import all_lines, case_of, examined, said

NAMES = ("database", "schema", "indexes", "installation", "leftovers", "connections", "transactions", "vacuum", "clock")


async def lines_of(settings: Settings, *names: str) -> dict[str, Line]:
    return await examined(case_of(settings), "database", *names)


def url_with(url: str, **parts: object) -> str:
    return make_url(url).set(**parts).render_as_string(hide_password=False)  # type: ignore[arg-type]


async def test_a_database_at_head_is_well(settings: Settings) -> None:
    found = await lines_of(settings, *NAMES)
    assert {name: line.level for name, line in found.items() if name != "leftovers"} == dict.fromkeys(
        set(NAMES) - {"installation", "leftovers"}, Level.OK
    )
    assert int(str(found["schema"].numbers["tables"])) >= 10
    assert found["database"].numbers["major"] in (15, 16, 17, 18)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"port": 1}, "can't be reached"),
        ({"password": "wrong-word-7731"}, "refuses the password"),
        ({"database": "not_there"}, "has no database"),
        ({"username": "nobody_here"}, "nobody_here"),
        ({"host": "no-such-host.invalid"}, "There is no host"),
    ],
)
async def test_one_that_can_not_be_reached(clean_url: str, parts: dict[str, object], words: str) -> None:
    found = await lines_of(world.settings_for(url_with(clean_url, **parts)), *NAMES)
    assert found.keys() == {"database", "not-checked"}
    assert found["database"].level is Level.FAIL
    assert words in found["database"].saw
    assert found["database"].do
    assert "wrong-word-7731" not in said(found)


async def test_one_that_never_answers() -> None:
    async def never(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await asyncio.sleep(30)
        finally:
            writer.close()

    server = await asyncio.start_server(never, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    found = await lines_of(world.settings_for(f"postgresql://u:p@127.0.0.1:{port}/d"), "schema")
    assert found["database"].level is Level.FAIL
    server.close()


async def test_an_address_that_is_none() -> None:
    found = await lines_of(world.settings_for("postgresql://u:p@h:port/d"), "schema")
    assert found["database"].saw == "DATABASE_URL is not an address."


async def test_the_owners_role_is_tried_too(clean_url: str) -> None:
    settings = world.settings_for(clean_url)
    wrong = settings.model_copy(update={"database_owner_url": url_with(clean_url, password="wrong")})
    found = await lines_of(wrong, "database-owner")
    assert found["database"].level is Level.OK
    assert found["database-owner"].level is Level.FAIL
    assert "refuses the password" in found["database-owner"].saw
    assert "DATABASE_OWNER_URL" in found["database-owner"].do
    right = settings.model_copy(update={"database_owner_url": url_with(clean_url, host="localhost")})
    assert (await lines_of(right, "database-owner"))["database-owner"].level is Level.OK
    assert "database-owner" not in await lines_of(settings, "database-owner")


async def test_no_tables(empty_database_url: str) -> None:
    found = await lines_of(world.settings_for(empty_database_url), "schema", "admin")
    assert (found["schema"].level, found["schema"].saw) == (Level.FAIL, "There are no tables.")
    assert "just bootstrap" in found["schema"].do
    assert "its tables are not there" in found["not-checked"].saw
    assert "indexes" not in found


async def test_an_older_schema(empty_database_url: str) -> None:
    await world.migrate(empty_database_url, revisions()[0])
    found = await lines_of(world.settings_for(empty_database_url), "schema")
    assert found["schema"].level is Level.FAIL
    assert found["schema"].numbers["behind"] == len(revisions()) - 1
    assert revisions()[-1] in found["schema"].saw
    assert "just bootstrap" in found["schema"].do


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE alembic_version SET version_num = '20991231_future'", "20991231_future, which this version does not know"),
        ("DROP TABLE alembic_version", "nothing says which schema"),
        ("ALTER TABLE stations ADD COLUMN colour text", "table stations is different"),
        ("DROP INDEX ix_clients_sort_name_id", "ix_clients_sort_name_id is missing"),
        ("CREATE TABLE somebody_elses (id int)", "table somebody_elses should not be there"),
    ],
)
async def test_a_schema_that_is_not_what_it_must_be(database_url: str, change: str, words: str) -> None:
    await run_sql(database_url, change)
    found = await lines_of(world.settings_for(database_url), "schema")
    assert found["schema"].level is Level.FAIL
    assert words in found["schema"].saw
    assert found["schema"].do


async def test_an_index_that_is_not_valid(database_url: str) -> None:
    await run_sql(database_url, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_clients_sort_name_id'::regclass")
    found = await lines_of(world.settings_for(database_url), "schema")
    assert found["schema"].level is Level.OK
    assert (found["indexes"].level, found["indexes"].saw) == (Level.WARN, "Not valid: ix_clients_sort_name_id.")


async def set_identity(url: str, found: str) -> None:
    await run_sql(url, "DELETE FROM installation", f"INSERT INTO installation (identity) VALUES ('{found}')")


async def test_whose_database_it_is(clean_url: str, tmp_path: Path) -> None:
    settings = world.settings_for(clean_url).model_copy(update={"config_dir": tmp_path})
    ours, others = uuid4(), uuid4()
    assert "installation" not in await lines_of(settings, "installation")
    await set_identity(clean_url, str(ours))
    line = (await lines_of(settings, "installation"))["installation"]
    assert line.level is Level.WARN
    assert "would not be noticed" in line.saw
    identity.remember(settings, ours, "here", passphrase_made=False)
    assert (await lines_of(settings, "installation"))["installation"].level is Level.OK
    await set_identity(clean_url, str(others))
    line = (await lines_of(settings, "installation"))["installation"]
    assert line.level is Level.FAIL
    assert "another installation" in line.saw
    await run_sql(clean_url, "DELETE FROM installation")
    line = (await lines_of(settings, "installation"))["installation"]
    assert line.level is Level.FAIL
    assert "the wrong volume" in line.saw


async def test_the_wrong_volume(empty_database_url: str, tmp_path: Path) -> None:
    settings = world.settings_for(empty_database_url).model_copy(update={"config_dir": tmp_path})
    identity.remember(settings, uuid4(), "here", passphrase_made=False)
    line = (await lines_of(settings, "installation"))["installation"]
    assert line.level is Level.FAIL
    assert line.saw.startswith(f"This installation had data since {datetime.now(UTC):%Y-%m-%d}")
    (tmp_path / "installation.json").write_text("{}")
    line = (await lines_of(settings, "installation"))["installation"]
    assert line.level is Level.FAIL
    assert "is damaged" in line.saw


async def test_another_key_than_before(clean_url: str, tmp_path: Path) -> None:
    settings = world.settings_for(clean_url).model_copy(update={"config_dir": tmp_path})
    ours = uuid4()
    await set_identity(clean_url, str(ours))
    identity.remember(settings, ours, "here", passphrase_made=False)
    other = settings.model_copy(update={"secret_key": type(settings.secret_key)("another key of the tests " * 2)})
    line = (await lines_of(other, "installation"))["installation"]
    assert line.level is Level.WARN
    assert "SECRET_KEY is another" in line.saw


async def warned_of_leftovers(settings: Settings) -> Line:
    """What it says of them. It says nothing while a backup is at work on the server, perhaps another test's."""
    for _ in range(300):
        lines = await all_lines(case_of(settings), "database", "leftovers")
        if warned := [line for line in lines if line.level is Level.WARN]:
            return warned[0]
        await asyncio.sleep(0.1)
    raise AssertionError("Nothing was said of what was left.")


async def test_what_was_left_or_set_aside(database_url: str) -> None:
    await run_sql(database_url, "CREATE SCHEMA attic_20261101020304", "CREATE SCHEMA legacy", "CREATE SCHEMA reporting")
    name = database_url.rsplit("/", 1)[1]
    left = [f"krc_proof_{uuid4().hex[:8]}", f"{name[:40]}_before_20261101020304"]
    server = await asyncpg.connect(database_url)
    for one in left:
        await server.execute(f'CREATE DATABASE "{one}" TEMPLATE template0')
    await server.close()
    try:
        case = case_of(world.settings_for(database_url))
        # Databases that another test has set aside on this server are told of in a line of their own.
        lines = [line.saw for line in await all_lines(case, "database", "leftovers")]
        assert "Set aside in the database, for you to keep or to remove: attic_20261101020304, legacy." in lines

        warned = await warned_of_leftovers(case.settings)
        assert all(one in warned.saw for one in left)
        assert f'DROP DATABASE "{left[1]}"' in warned.do
        busy = await asyncpg.connect(world.url_of(left[0]))
        assert left[0] not in (await warned_of_leftovers(case.settings)).saw
        await busy.close()
    finally:
        for one in left:
            await world.drop(world.url_of(one))


async def test_connections_and_long_transactions(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await lines_of(settings, "connections"))["connections"].level is Level.OK
    monkeypatch.setattr(upkeep, "BUSY_SHARE", 0.001)
    monkeypatch.setattr(upkeep, "LONGEST_TRANSACTION", 0)
    connection = await asyncpg.connect(settings.database_url)
    async with connection.transaction():
        await connection.execute("SELECT 1")
        await asyncio.sleep(1)
        found = await lines_of(settings, "connections")
    await connection.close()
    assert found["connections"].level is found["transactions"].level is Level.WARN
    assert int(str(found["transactions"].numbers["seconds"])) >= 1
    # A backup may take its time.
    connection = await asyncpg.connect(settings.database_url, server_settings={"application_name": "pg_dump"})
    async with connection.transaction():
        await connection.execute("SELECT 1")
        await asyncio.sleep(1)
        assert (await lines_of(settings, "connections"))["transactions"].level is Level.OK
    await connection.close()


async def test_transaction_numbers_that_run_out(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "OLDEST_AGE", -1)
    line = (await lines_of(settings, "vacuum"))["vacuum"]
    assert line.level is Level.WARN
    assert "2,147,483,648" in line.saw


def test_how_far_clocks_are_apart() -> None:
    assert skew(100.0, 101.0, 100.5) == 0
    assert skew(100.0, 101.0, 103.0) == 2.0
    assert skew(100.0, 101.0, 90.0) == -10.0
    levels = [judge(CLOCK, "PostgreSQL", 100.0, 101.0, theirs).level for theirs in (100.2, 103.0, 98.0, 103.1, 97.9, 131.0, 131.1, 69.9)]
    ok, warn, fail = Level.OK, Level.WARN, Level.FAIL
    assert levels == [ok, ok, ok, warn, warn, warn, fail, fail]
    assert judge(CLOCK, "PostgreSQL", 100.0, 101.0, 40.0).saw == "PostgreSQL's clock is 60 s behind this machine's."
    assert judge(CLOCK, "PostgreSQL", 100.0, 101.0, 3700.0).saw == "PostgreSQL's clock is 60 min ahead of this machine's."


async def test_the_clocks_of_a_real_server_agree(settings: Settings) -> None:
    line = (await lines_of(settings, "clock"))["clock"]
    assert (line.level, line.numbers["seconds"]) == (Level.OK, 0.0)


async def test_a_real_difference_is_seen(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) - timedelta(minutes=5))
    line = (await lines_of(settings, "clock"))["clock"]
    assert line.level is Level.FAIL
    assert "5 min ahead" in line.saw
