"""``just adopt``: from a running server and from dump files, again and again, and what it refuses with a sentence."""

import gzip
import json
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from backend.clients.erasure import erase
from backend.db import Database
from backend.operations.backup.databases import claimed
from backend.operations.postgres_programs import connection_environment, program
from tests import world
from tests.operations import predecessor
from tests.operations import predecessor_rows as sample
from tests.operations.adoption_support import fetch, of_client, remarks, value
from tests.operations.bootstrap_support import Ended, bootstrap, cli, contents, run_sql

PASSWORD = "a-secret-of-the-source"


async def adopt(url: str, folder: Path, source: object, *more: str) -> Ended:
    return await cli(url, folder, "adopt", str(source), "--json", *more)


@pytest.fixture(scope="module")
async def source() -> AsyncIterator[str]:
    url = await world.create()
    await predecessor.build(url, "models")
    yield url
    await world.drop(url)


def dump(url: str, target: Path, *options: str) -> Path:
    subprocess.run([program("pg_dump", 18), *options, "-f", str(target)], env=connection_environment(url), check=True)
    return target


async def left_behind() -> list[str]:
    """The scratch databases and roles on the server with which nobody works: other tests may be at it."""
    names = """SELECT datname FROM pg_database WHERE starts_with(datname, 'krc_adopt_')
               UNION ALL SELECT rolname FROM pg_roles WHERE starts_with(rolname, 'krc_adopt_')"""
    left = []
    connection = await asyncpg.connect(world.url_of("postgres"))
    try:
        for (name,) in await connection.fetch(names):
            async with claimed(connection, name) as nobodys:
                if nobodys and await connection.fetchval(f"SELECT $1 IN ({names})", name):
                    left.append(name)
    finally:
        await connection.close()
    return left


async def refused(url: str, folder: Path, source: object, *words: str, code: int = 3) -> None:
    """It ends with this code and these words, without a trace, a password or anybody's data, and changes nothing."""
    before = await contents(url)
    ended = await adopt(url, folder, source)
    assert ended.code == code, ended
    for word in words:
        assert word in ended.json["message"], ended.json["message"]
    said = ended.out + ended.err
    assert not any(word in said for word in ("Traceback", PASSWORD, world.SECRET, "client1@example.test", "asyncpg", "sqlalchemy"))
    assert await contents(url) == before
    assert await left_behind() == []


async def test_from_a_running_server_and_again(database_url: str, source: str, tmp_path: Path) -> None:
    before = await contents(source)
    ended = await adopt(database_url, tmp_path, source)
    assert ended.code == 0, ended
    assert await contents(source) == before
    said = ended.json
    assert {line["part"]: line["read"] for line in said["lines"]} | said["found"] == {line["part"]: line["read"] for line in said["lines"]}
    assert all(line["read"] == line["copied"] + line["joined"] + line["aside"] for line in said["lines"])
    assert [Path(file).stat().st_mode & 0o777 for file in said["files"]] == [0o600, 0o600]
    assert json.loads(Path(said["files"][0]).read_text())["lines"] == said["lines"]
    assert "check_ins" in Path(said["files"][1]).read_text()
    origin = await value(database_url, "SELECT origin FROM adoptions")
    assert origin == source.split("@")[1]
    label = "SELECT actor_label FROM audit_log WHERE action = 'adoption.finished'"
    assert await value(database_url, label) == "adopt"

    here = await contents(database_url)
    again = await adopt(database_url, tmp_path, source)
    assert again.code == 0
    assert again.json["adoption"] is None
    assert again.json["files"] == []
    # There is somebody's data now, so a backup was made first.
    backups = await fetch(database_url, "SELECT why FROM backups")
    assert [row[0] for row in backups] == ["before-adoption"]
    assert await contents(database_url) | {"public.backups": []} == here | {"public.backups": []}


@pytest.mark.parametrize(
    ("name", "option"), [("plain.sql", "-Fp"), ("custom.dump", "-Fc"), ("archive.tar", "-Ft"), ("inserts.sql", "--inserts")]
)
@pytest.mark.parametrize("is_packed", [False, True])
async def test_from_a_dump_told_by_its_content(
    database_url: str, source: str, tmp_path: Path, name: str, option: str, is_packed: bool
) -> None:
    file = dump(source, tmp_path / name, option)
    if is_packed:
        file = tmp_path / "anything.bin"
        file.write_bytes(gzip.compress((tmp_path / name).read_bytes(), mtime=0))
    ended = await adopt(database_url, tmp_path, file)
    assert ended.code == 0, ended
    assert await value(database_url, "SELECT origin FROM adoptions") == f"file {file.name}"
    for table in ("users", "clients", "check_ins", "consents"):
        same = f"SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM {{}}.{table} t"
        assert await value(database_url, same.format("legacy")) == await value(source, same.format("public")), table
    assert await left_behind() == []


async def test_what_a_dump_says_about_its_own_server_does_not_matter(database_url: str, source: str, tmp_path: Path) -> None:
    written = dump(source, tmp_path / "d.sql", "-Fp").read_text()
    lines = written.replace("SET statement_timeout = 0;", "SET statement_timeout = 0;\nSET of_another_version = on;", 1).split(
        "CREATE TABLE", 1
    )
    strange = "ALTER TABLE public.users OWNER TO nobody_here;\nGRANT SELECT ON TABLE public.users TO nobody_here;\n"
    extension = "CREATE EXTENSION IF NOT EXISTS of_another_server WITH SCHEMA public;\nCOMMENT ON EXTENSION plpgsql IS 'x';\n"
    (tmp_path / "d.sql").write_text(
        lines[0]
        + extension
        + "CREATE TABLE"
        + lines[1].replace("--\n-- PostgreSQL database dump complete", strange + "--\n-- PostgreSQL database dump complete")
    )
    assert (await adopt(database_url, tmp_path, tmp_path / "d.sql")).code == 0


async def test_only_what_is_new_or_changed_at_the_source(database_url: str, tmp_path: Path) -> None:
    there = await world.create()
    await predecessor.build(there, "models")
    assert (await adopt(database_url, tmp_path, there)).code == 0
    new, changed = sample.client(501), sample.client(3)
    await run_sql(there, f"INSERT INTO clients (id, first_name, last_name, external_ids) VALUES ('{new}', 'Nova', 'Neu', '{{}}')")
    await run_sql(there, f"UPDATE clients SET last_name = 'Married', updated_at = now() WHERE id = '{changed}'")
    await run_sql(there, "UPDATE memberships SET updated_at = now()")
    await run_sql(there, f"INSERT INTO check_ins (id, client_id, method) VALUES (gen_random_uuid(), '{new}', 'STAFF')")
    ended = await adopt(database_url, tmp_path, there)
    assert {line["part"]: line["copied"] for line in ended.json["lines"] if line["read"] != line["already"]} == {
        "clients": 1,
        "check_ins": 1,
    }
    assert [(remark["part"], remark["reason"], remark["count"]) for remark in ended.json["remarks"]] == [("clients", "changed_since", 1)]
    assert await value(database_url, f"SELECT last_name FROM clients WHERE id = ({of_client()})", changed) != "Married"
    assert await remarks(database_url, changed) == {("clients", "changed", "changed_since")}
    # Said once, and not again.
    assert (await adopt(database_url, tmp_path, there)).json["adoption"] is None
    await world.drop(there)


async def test_the_other_shape_is_added_to_what_is_there(empty_database_url: str, source: str, tmp_path: Path) -> None:
    """Bootstrap moved one database to ``legacy``; another one of the same centre, of the other shape, is brought over afterwards."""
    await predecessor.build(empty_database_url, "migrations", clients=4)
    ended = await bootstrap(empty_database_url, tmp_path, ADMIN_EMAIL="boss@example.test", ADMIN_USERNAME="boss")
    assert ended.code == 0, ended
    ended = await adopt(empty_database_url, tmp_path, source)
    assert ended.code == 0, ended
    assert all(line["read"] == line["copied"] + line["joined"] + line["already"] + line["aside"] for line in ended.json["lines"])
    assert await value(empty_database_url, "SELECT count(*) FROM legacy.clients") == await value(source, "SELECT count(*) FROM clients")
    missing = "SELECT count(*) FROM legacy.check_ins l WHERE NOT EXISTS (SELECT FROM check_ins c WHERE c.request_id = l.id)"
    assert await value(empty_database_url, missing) == await value(
        empty_database_url, "SELECT count(*) FROM legacy.check_ins WHERE happened_at = 'infinity'"
    )
    assert await value(empty_database_url, "SELECT username FROM users WHERE email = 'admin@example.test'") is None


async def test_who_was_erased_here_does_not_come_back(database_url: str, source: str, tmp_path: Path) -> None:
    assert (await adopt(database_url, tmp_path, source)).code == 0
    person = sample.client(4)
    number = await value(database_url, of_client(), person)
    database = Database.of(world.settings_for(database_url))
    async with database.writing(world.OPERATOR) as uow:
        await erase(uow, number, reason="asked")
    await database.close()
    ended = await adopt(database_url, tmp_path, source)
    assert ended.code == 0
    assert "who were erased here" in ended.err
    for table, column in {"clients": "id", "check_ins": "client_id", "consents": "client_id", "contact_methods": "client_id"}.items():
        assert await value(database_url, f"SELECT count(*) FROM legacy.{table} WHERE {column} = $1", person) == 0, table
    assert await value(database_url, "SELECT count(*) FROM contact_methods WHERE client_id = $1", number) == 0
    assert ended.json["adoption"] is None


async def test_tables_that_are_unknown_stay_at_the_source(database_url: str, tmp_path: Path) -> None:
    there = await world.create()
    await predecessor.build(there, "models", clients=2)
    await run_sql(there, "CREATE TABLE invoices AS SELECT generate_series(1, 5) AS n", "CREATE TABLE nothing (n integer)")
    ended = await adopt(database_url, tmp_path, there)
    assert {line["part"]: (line["read"], line["aside"]) for line in ended.json["lines"] if line["part"] in {"invoices", "nothing"}} == {
        "invoices": (5, 5)
    }
    assert await value(database_url, "SELECT to_regclass('legacy.invoices')") is None
    assert (await adopt(database_url, tmp_path, there)).json["adoption"] is None
    await world.drop(there)


async def test_a_dry_run_only_reads(database_url: str, source: str, tmp_path: Path) -> None:
    before = await contents(database_url)
    ended = await adopt(database_url, tmp_path, source, "--dry-run")
    assert ended.code == 0
    assert ended.json["found"]["check_ins"] == 127
    assert await contents(database_url) == before
    assert not (tmp_path / "config").exists()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.sql", b"", "is empty"),
        ("blank.sql.gz", gzip.compress(b" \n", mtime=0), "is empty"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(200), "not a dump"),
        ("notes.txt", b"Dear all, the meeting is on Monday.", "not a dump"),
        ("half.gz", gzip.compress(b"-- x\nSELECT 1;\n" * 5000, mtime=0)[:60], "cut short"),
        ("wide.sql", "-- PostgreSQL database dump".encode("utf-16"), "UTF-16"),
        ("other.sql", b"CREATE TABLE users (id integer);", "not the predecessor's"),
        ("broken.sql", b"SELECT 1;\nCREATE TABLE x (", "not SQL"),
        ("unfinished.sql", b"SELECT 'never closed;\nCREATE TABLE x (n integer);", "not SQL"),
        ("wrong.sql", b"SET x.y = 1;\nCREATE TABLE x (n nonsense);", "42704"),
        ("shell.sql", b"SELECT 1;\n\\! touch hacked\nSELECT 2;", "commands for psql"),
        ("inline.sql", b"SELECT 1 \\! touch hacked\n", "commands for psql"),
        ("damaged.dump", b"PGDMP" + bytes(50), "pg_restore here"),
    ],
)
async def test_files_that_are_refused(clean_url: str, tmp_path: Path, name: str, content: bytes, word: str) -> None:
    (tmp_path / name).write_bytes(content)
    await refused(clean_url, tmp_path, tmp_path / name, word, "Nothing was changed")
    assert not (tmp_path / "hacked").exists()


@pytest.mark.parametrize("option", ["-Fp", "-Fc"])
@pytest.mark.parametrize("share", [0.3, 0.9, 0.99])
async def test_dumps_without_their_end_are_refused(clean_url: str, source: str, tmp_path: Path, option: str, share: float) -> None:
    whole = dump(source, tmp_path / "whole", option).read_bytes()
    (tmp_path / "part").write_bytes(whole[: int(len(whole) * share)])
    await refused(clean_url, tmp_path, tmp_path / "part")


async def test_sources_that_are_refused(database_url: str, source: str, tmp_path: Path) -> None:
    await refused(database_url, tmp_path, tmp_path / "nowhere.sql", "There is no file")
    await refused(database_url, tmp_path, tmp_path, "is a folder")
    await refused(database_url, tmp_path, database_url, "one of this program's own", "just restore")
    own = dump(database_url, tmp_path / "own.dump", "-Fc")
    await refused(database_url, tmp_path, own, "one of this program's own", "just restore")
    empty = await world.create()
    await refused(database_url, tmp_path, empty, "it has no tables")
    wrong = source.replace(source.split(":")[2].partition("@")[0], PASSWORD)
    await refused(database_url, tmp_path, wrong, "refuses the password", "the address of the source", code=1)
    await refused(database_url, tmp_path, f"postgresql://krc:{PASSWORD}@127.0.0.1:1/krc", "can't be reached", code=1)
    await refused(database_url, tmp_path, source + "_not_there", "has no database", code=1)
    await refused(empty, tmp_path, source, "just bootstrap")
    await world.drop(empty)


async def test_a_schema_named_legacy_of_somebody_else_is_left_alone(database_url: str, source: str, tmp_path: Path) -> None:
    await run_sql(database_url, "CREATE SCHEMA legacy", "CREATE TABLE legacy.recipes (id integer)")
    await refused(database_url, tmp_path, source, "schema named legacy")


async def test_a_role_that_may_not_read_everything(database_url: str, tmp_path: Path) -> None:
    there = await world.create()
    await predecessor.build(there, "models", clients=2)
    await run_sql(there, f"CREATE ROLE krc_reader LOGIN PASSWORD '{PASSWORD}'", "GRANT SELECT ON users TO krc_reader")
    try:
        reader = f"postgresql://krc_reader:{PASSWORD}@{there.split('@')[1]}"
        await refused(database_url, tmp_path, reader, "lacks a right", code=1)
        # One that may only read is enough.
        await run_sql(there, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO krc_reader")
        assert (await adopt(database_url, tmp_path, reader)).code == 0
    finally:
        await run_sql(there, "DROP OWNED BY krc_reader", "DROP ROLE krc_reader")
        await world.drop(there)


async def test_the_source_can_not_be_written_to(source: str) -> None:
    from backend.operations.adoption.source import opened

    async with opened(world.settings_for(source), source) as found:
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await found.connection.execute("DELETE FROM clients")
