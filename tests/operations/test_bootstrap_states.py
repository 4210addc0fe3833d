"""The rows of the table that end in a working login: each from a real database in that state."""

import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from backend.operations.bootstrap import aside
from backend.operations.bootstrap.revisions import revisions
from backend.operations.bootstrap.trouble import Trouble
from tests import world
from tests.operations.bootstrap_support import bootstrap, catalog, cli, contents, in_this_process, real_api, rows, run_sql, schemas

HEAD = revisions()[-1]

LEFTOVERS = {
    "a stray relation with an index's name": [
        "CREATE TYPE checkinmethod AS ENUM ('KIOSK', 'STAFF')",
        "CREATE TABLE users_failed_attempt (id integer, email varchar(255))",
        "CREATE UNIQUE INDEX ix_users_email ON users_failed_attempt (email)",
    ],
    "an enum": ["CREATE TYPE user_role AS ENUM ('ADMIN')"],
    "tables of another shape": [
        "CREATE TABLE users (id serial PRIMARY KEY, email varchar(255))",
        "CREATE TABLE clients (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner int REFERENCES users)",
        "CREATE VIEW both_of_them AS SELECT u.email, c.id FROM users u JOIN clients c ON c.owner = u.id",
    ],
    "a view under a table's name": ["CREATE VIEW stations AS SELECT 1 AS id"],
    "a table under the version table's name": ["CREATE TABLE alembic_version (id int)"],
    "an emptied version table": ["CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)", "CREATE TABLE tags (id int)"],
    "every kind of object": [
        "CREATE DOMAIN day AS date CHECK (value > '1900-01-01')",
        "CREATE TYPE pair AS (a int, b day)",
        "CREATE TYPE span AS RANGE (subtype = float8)",
        'CREATE TABLE "Odd: table" (id serial PRIMARY KEY, d day, p pair, s span)',
        "CREATE TABLE parts (id int, k int) PARTITION BY RANGE (k)",
        "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (10)",
        "CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM parts WITH NO DATA",
        "CREATE SEQUENCE alone",
        "CREATE TABLE numbered (id int DEFAULT nextval('alone'))",
        "CREATE FUNCTION client_standing(p pair) RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION same(a int, b pair) RETURNS bool LANGUAGE sql AS 'SELECT true'",
        "CREATE OPERATOR === (leftarg = int, rightarg = pair, function = same)",
        "CREATE PROCEDURE nothing() LANGUAGE sql AS 'SELECT 1'",
        "CREATE AGGREGATE sum_of(int) (sfunc = int4pl, stype = int)",
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER touched BEFORE INSERT ON numbered FOR EACH ROW EXECUTE FUNCTION touch()",
        "CREATE STATISTICS related ON id, k FROM parts",
        'CREATE COLLATION plain FROM "C"',
        "CREATE EXTENSION citext",
        "CREATE TABLE words (word citext)",
    ],
}


@pytest.mark.parametrize("statements", LEFTOVERS.values(), ids=LEFTOVERS)
async def test_leftovers_without_rows_are_moved_and_not_dropped(empty_database_url: str, statements: Sequence[str]) -> None:
    await run_sql(empty_database_url, *statements)
    before = await schemas(empty_database_url)
    oids = await oids_of(empty_database_url, "public")
    outcome = await in_this_process(empty_database_url, real_api)
    assert (outcome.decision, outcome.exit_code, outcome.revision_after) == ("leftovers-without-rows", 0, HEAD)
    assert [action["action"] for action in outcome.actions] == ["SetAside", "Migrate"]
    assert outcome.backup is None
    assert outcome.login == {"ok": True, "tried": True, "detail": "Signed in and out again at /graphql."}
    attic = outcome.actions[0]["schema"]
    assert re.fullmatch(r"attic_\d{14}", attic)
    assert (await schemas(empty_database_url))[attic] == before["public"]
    assert await oids_of(empty_database_url, attic) == oids, "the same objects, and not copies"
    again = await in_this_process(empty_database_url)
    assert (again.decision, again.actions) == ("at-head", [])


async def test_half_of_our_own_schema_without_rows_moves_aside(database_url: str) -> None:
    await run_sql(database_url, "DROP TABLE alembic_version", "DROP TABLE check_ins CASCADE", "DROP TABLE stations CASCADE")
    outcome = await in_this_process(database_url, real_api)
    assert (outcome.decision, outcome.exit_code) == ("leftovers-without-rows", 0)
    assert len((await schemas(database_url))[outcome.actions[0]["schema"]]) > 20
    assert (await rows(database_url, "SELECT version_num FROM alembic_version"))[0][0] == HEAD


async def test_twice_within_a_second_makes_two_attics(empty_database_url: str) -> None:
    engine = create_async_engine(empty_database_url.replace("postgresql://", "postgresql+asyncpg://"))
    async with engine.connect() as connection:
        names = set()
        for _ in range(3):
            names.add(name := await aside.attic(connection))
            await connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
            await connection.commit()
    await engine.dispose()
    assert len(names) == 3


@pytest.mark.parametrize("statement", ["DROP TABLE alembic_version", "DELETE FROM alembic_version"])
async def test_a_full_schema_that_does_not_say_its_revision(own_url: str, tmp_path: Path, statement: str) -> None:
    await run_sql(own_url, statement)
    before = await contents(own_url)
    run = await bootstrap(own_url, tmp_path)
    assert run.code == 0, run.err
    result = run.json
    assert (result["decision"], result["revision_before"], result["revision_after"]) == ("schema-without-version", None, HEAD)
    assert [action["action"] for action in result["actions"]] == ["Stamp"]
    assert result["backup"]["proven"]
    assert Path(result["backup"]["file"]).is_file()
    after = await contents(own_url)
    assert {table for table in before if after[table] != before[table]} <= {
        "public.alembic_version", "public.audit_log", "public.backups", "public.installation", "public.login_counters",
    }  # fmt: skip
    assert after["public.alembic_version"] == [f"({HEAD})"]


async def test_an_old_schema_that_does_not_say_its_revision_is_upgraded(empty_database_url: str) -> None:
    await world.migrate(empty_database_url, revisions()[0])
    await run_sql(empty_database_url, "DROP TABLE alembic_version")
    outcome = await in_this_process(empty_database_url, real_api, backup=False)
    assert [action["action"] for action in outcome.actions] == ["Stamp", "Migrate"]
    assert (outcome.exit_code, outcome.revision_after) == (0, HEAD)


async def test_an_older_revision_is_backed_up_and_upgraded(empty_database_url: str, tmp_path: Path) -> None:
    await world.migrate(empty_database_url, revisions()[0])
    await run_sql(empty_database_url, "INSERT INTO stations (name) VALUES ('Door')")
    run = await bootstrap(empty_database_url, tmp_path)
    assert run.code == 0, run.err
    assert (run.json["decision"], run.json["revision_before"], run.json["revision_after"]) == ("older-revision", revisions()[0], HEAD)
    assert run.json["backup"]["proven"]
    assert "before-upgrade" in run.json["backup"]["file"]
    assert [row[0] for row in await rows(empty_database_url, "SELECT name FROM stations")] == ["Door"]


DRY = {
    "empty": ([], ["migrate", "make", "sign"]),
    "leftovers-without-rows": (["CREATE TABLE odd (id int)"], ["move", "migrate", "make", "sign"]),
    "foreign-data": (["CREATE TABLE odd (id int)", "INSERT INTO odd VALUES (1)"], []),
}


@pytest.mark.parametrize(("decision", "statements", "verbs"), [(name, *row) for name, row in DRY.items()], ids=DRY)
async def test_a_dry_run_says_what_it_would_do(
    empty_database_url: str, tmp_path: Path, decision: str, statements: list[str], verbs: list[str]
) -> None:
    await run_sql(empty_database_url, *statements)
    before = await catalog(empty_database_url)
    run = await bootstrap(empty_database_url, tmp_path, "--dry-run")
    assert (run.json["decision"], run.code, run.json["dry_run"]) == (decision, 0 if verbs else 3, True)
    assert [would.split()[0] for would in run.json["would"]] == verbs
    assert await catalog(empty_database_url) == before
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]
    for_people = await cli(empty_database_url, tmp_path, "bootstrap", "--dry-run")
    assert ("It would, in this order:\n  1. " in for_people.out) == bool(verbs)
    assert "is ready" not in for_people.out


async def test_a_dry_run_of_an_upgrade_names_the_backup(empty_database_url: str) -> None:
    await world.migrate(empty_database_url, revisions()[0])
    await run_sql(empty_database_url, "DROP TABLE alembic_version", "INSERT INTO stations (name) VALUES ('Door')")
    outcome = await in_this_process(empty_database_url, dry_run=True)
    assert outcome.would == [
        "make a backup and prove it",
        f"write down that the schema is that of the revision {revisions()[0]}",
        f"migrate from {revisions()[0]} to {HEAD}",
        "make the admin admin",
        "sign in as a check",
    ]
    own = await in_this_process(empty_database_url, dry_run=True, backup=False)
    assert own.would == outcome.would[1:]


async def test_a_bad_admin_is_refused_in_a_dry_run_too(empty_database_url: str) -> None:
    with pytest.raises(Trouble, match="ADMIN_PASSWORD"):
        await in_this_process(empty_database_url, dry_run=True, more={"admin_password": "short"})


async def test_the_default_tier_comes_back_under_the_name_that_it_had(own_url: str) -> None:
    await run_sql(own_url, "UPDATE membership_tiers SET is_default = false, retired_at = now(), name = 'House'")
    outcome = await in_this_process(own_url)
    assert outcome.exit_code == 0
    tiers = await rows(own_url, "SELECT name, is_default, retired_at FROM membership_tiers")
    assert [tuple(tier) for tier in tiers] == [("House", True, None)]


async def test_without_a_wish_for_a_backup_there_is_none(empty_database_url: str, tmp_path: Path) -> None:
    await world.migrate(empty_database_url, revisions()[0])
    await run_sql(empty_database_url, "INSERT INTO stations (name) VALUES ('Door')")
    outcome = await in_this_process(empty_database_url, real_api, folder=tmp_path, backup=False)
    assert (outcome.exit_code, outcome.backup) == (0, None)
    assert not (tmp_path / "backups").exists()


async def test_a_backup_that_fails_leaves_the_database_as_it_was(empty_database_url: str, tmp_path: Path) -> None:
    await world.migrate(empty_database_url, revisions()[0])
    await run_sql(empty_database_url, "INSERT INTO stations (name) VALUES ('Door')")
    before = await catalog(empty_database_url)
    (tmp_path / "backups").write_text("no folder", encoding="utf-8")
    run = await bootstrap(empty_database_url, tmp_path)
    assert run.code == 1
    assert "The database was not changed" in run.json["message"]
    assert "Traceback" not in run.err
    assert await catalog(empty_database_url) == before


INVALID = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = '{}'::regclass"


@pytest.mark.parametrize("index", ["ix_contact_methods_value_kind", "uq_users_email", "pk_stations"])
async def test_an_invalid_index_is_built_again(own_url: str, index: str) -> None:
    await run_sql(own_url, INVALID.format(index))
    before = await contents(own_url)
    outcome = await in_this_process(own_url, backup=False)
    assert (outcome.decision, outcome.exit_code, outcome.revision_after) == ("invalid-index", 0, HEAD)
    assert outcome.actions[0]["rebuilt"] == [index]
    assert (await rows(own_url, f"SELECT indisvalid FROM pg_index WHERE indexrelid = '{index}'::regclass"))[0][0]
    assert (await contents(own_url))["public.users"] == before["public.users"]
    assert (await in_this_process(own_url)).decision == "at-head"


async def test_an_index_that_reindexing_left_behind_is_dropped(own_url: str) -> None:
    await run_sql(own_url, "CREATE INDEX uq_users_email_ccnew ON users (email)", INVALID.format("uq_users_email_ccnew"))
    outcome = await in_this_process(own_url, backup=False)
    assert (outcome.exit_code, outcome.actions[0]["dropped"]) == (0, ["uq_users_email_ccnew"])
    assert await rows(own_url, "SELECT FROM pg_class WHERE relname = 'uq_users_email_ccnew'") == []


async def test_an_invalid_index_beside_another_difference_is_drift(own_url: str) -> None:
    await run_sql(own_url, INVALID.format("uq_users_email"), "ALTER TABLE users ADD COLUMN nickname text")
    outcome = await in_this_process(own_url)
    assert (outcome.decision, outcome.exit_code) == ("drift", 3)


async def test_an_invalid_unique_index_over_rows_that_are_there_twice(own_url: str) -> None:
    name = "uq_membership_tiers_code"
    await run_sql(
        own_url,
        f"UPDATE pg_index SET indisvalid = false, indisready = false WHERE indexrelid = '{name}'::regclass",
        "INSERT INTO membership_tiers (name, code, policy, is_default) SELECT name || ' again', code, policy, false FROM membership_tiers",
    )
    before = await catalog(own_url)
    outcome = await in_this_process(own_url, backup=False)
    assert (outcome.decision, outcome.exit_code) == ("invalid-index", 3)
    assert name in (outcome.message or "")
    assert "standard" not in (outcome.message or "") + " ".join(outcome.plan), "what is in the rows is nobody's business"
    assert await catalog(own_url) == before


async def test_a_schema_public_that_was_dropped(empty_database_url: str) -> None:
    await run_sql(empty_database_url, "DROP SCHEMA public")
    outcome = await in_this_process(empty_database_url, real_api)
    assert (outcome.decision, outcome.exit_code) == ("empty", 0)


@pytest.fixture
async def own_url() -> AsyncIterator[str]:
    """A seeded database whose schema the test may change."""
    url = await world.create("seeded")
    yield url
    await world.drop(url)


async def oids_of(url: str, schema: str) -> set[int]:
    listed: list[asyncpg.Record] = await rows(url, "SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace($1)", schema)
    return {row[0] for row in listed}
