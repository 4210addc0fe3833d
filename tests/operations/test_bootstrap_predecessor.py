"""The predecessor's database, in both of its shapes: moved, copied, counted, and its admin signs in. And its own failure."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from backend.accounts import passwords
from backend.operations.bootstrap.revisions import revisions
from backend.operations.bootstrap.trouble import Trouble
from tests import world
from tests.operations import predecessor
from tests.operations.bootstrap_support import bootstrap, catalog, contents, in_this_process, real_api, rows, run_sql, schemas

HEAD = revisions()[-1]
SHARED = Path(__file__).parents[3] / "shared" / "data" / "legacy"
ADMIN = {"ADMIN_EMAIL": "admin@example.test", "ADMIN_PASSWORD": "Legacy-Admin-1!"}
shapes = pytest.mark.parametrize("shape", ["models", "migrations"])


async def test_both_shapes_end_in_a_login_with_the_old_password(empty_database_url: str, tmp_path: Path) -> None:
    await predecessor.build(empty_database_url, "models")
    before = await contents(empty_database_url)
    run = await bootstrap(empty_database_url, tmp_path, **ADMIN)
    assert run.code == 0, run.err + run.out
    await check_is_adopted(run.json, before, empty_database_url)
    assert run.json["backup"]["proven"]
    assert "before-adoption" in run.json["backup"]["file"]
    assert any("1 secrets encrypted" in step for step in run.json["steps"]), "the passphrase was made before"
    report = run.json["adoption"]
    assert all(Path(file).is_file() and str(tmp_path / "config") in file for file in report["files"])
    second = await bootstrap(empty_database_url, tmp_path, **ADMIN)
    assert (second.code, second.json["decision"], second.json["adoption"]) == (0, "at-head", None)
    assert not [action for action in second.json["actions"] if action["action"] != "Grant"]


async def test_the_shape_of_its_migrations(empty_database_url: str) -> None:
    await predecessor.build(empty_database_url, "migrations")
    before = await contents(empty_database_url)
    outcome = await in_this_process(empty_database_url, real_api, more=lower(ADMIN), backup=False)
    await check_is_adopted(outcome.as_json(), before, empty_database_url)
    assert "legacy.alembic_version" in await contents(empty_database_url), "the stamp went along"


async def check_is_adopted(result: dict[str, Any], before: dict[str, list[str]], url: str) -> None:
    assert (result["decision"], result["exit_code"], result["revision_after"]) == ("predecessor", 0, HEAD)
    assert [action["action"] for action in result["actions"]] == ["MoveToLegacy", "Migrate", "Adopt"]
    assert result["login"] == {"ok": True, "tried": True, "detail": "Signed in and out again at /graphql."}
    assert result["admin"]["email"] == "admin@example.test"
    assert "came over" in result["admin"]["origin"]
    assert "password" not in result["admin"]
    after = await contents(url)
    for table, kept in before.items():
        assert after[table.replace("public.", "legacy.")] == kept, "the originals stay as they were"
    for line in result["adoption"]["lines"]:
        assert line["read"] == line["copied"] + line["joined"] + line["already"] + line["aside"]
    read = {line["part"]: line["read"] for line in result["adoption"]["lines"]}
    for table in set(predecessor.TABLES["models"]) & {name.removeprefix("public.") for name in before}:
        assert read[table] == len(before[f"public.{table}"]), table
    assert {"checkinmethod"} <= (await schemas(url))["legacy"]


@shapes
async def test_without_rows_it_moves_too(empty_database_url: str, shape: predecessor.Shape) -> None:
    await predecessor.build(empty_database_url, shape, rows=False)
    outcome = await in_this_process(empty_database_url, real_api)
    assert (outcome.decision, outcome.exit_code) == ("predecessor", 0)
    assert outcome.admin is not None
    assert outcome.admin["username"] == "admin", "there was none, so one was made"
    assert outcome.login is not None
    assert outcome.login["tried"]
    assert "check_ins" in (await schemas(empty_database_url))["legacy"]


async def test_what_is_not_its_own_and_has_no_rows_goes_to_the_attic(empty_database_url: str) -> None:
    await predecessor.build(empty_database_url, "models", clients=3)
    await run_sql(
        empty_database_url,
        "CREATE TABLE scratch (id serial PRIMARY KEY)",
        "CREATE VIEW everybody AS SELECT id FROM users",
        "CREATE FUNCTION krc_fold(value text) RETURNS text LANGUAGE sql AS 'SELECT value'",
    )
    outcome = await in_this_process(empty_database_url, real_api, more=lower(ADMIN), backup=False)
    assert outcome.decision == "strangers-without-rows"
    assert [action["action"] for action in outcome.actions] == ["SetAside", "MoveToLegacy", "Migrate", "Adopt"]
    assert outcome.exit_code == 0
    placed = await schemas(empty_database_url)
    assert "scratch" in placed[outcome.actions[0]["schema"]]
    assert {"everybody", "users", "krc_fold"} <= placed["legacy"]


async def test_with_rows_of_something_else_it_is_refused(empty_database_url: str) -> None:
    await predecessor.build(empty_database_url, "models", clients=3)
    await run_sql(empty_database_url, "CREATE TABLE invoices (id int)", "INSERT INTO invoices VALUES (1)")
    await refused(empty_database_url, "foreign-data", "invoices")


async def test_a_second_one_is_refused(empty_database_url: str) -> None:
    await predecessor.build(empty_database_url, "models", clients=3)
    await run_sql(empty_database_url, "CREATE SCHEMA legacy", "CREATE TABLE legacy.users (id int)")
    await refused(empty_database_url, "legacy-taken", "in use already")


async def test_a_second_one_without_rows_goes_to_the_attic(empty_database_url: str) -> None:
    await predecessor.build(empty_database_url, "models", rows=False)
    await run_sql(empty_database_url, "CREATE SCHEMA legacy", "CREATE TABLE legacy.users (id int)")
    outcome = await in_this_process(empty_database_url, real_api)
    assert (outcome.decision, outcome.exit_code) == ("leftovers-without-rows", 0)


async def test_an_encoding_that_lacks_most_names_is_refused_before() -> None:
    url = await world.create()
    await world.drop(url)
    name = url.rsplit("/", 1)[1]
    make = f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'"
    await world.on_server(lambda connection: connection.execute(make))
    try:
        for statement in predecessor.schema("migrations"):
            await run_sql(url, statement)
        outcome = await refused(url, "encoding-not-utf8", "LATIN1")
        assert "just adopt" in outcome
    finally:
        await world.drop(url)


@pytest.mark.parametrize("until", ["MoveToLegacy", "Migrate"])
async def test_stopped_after_each_step_the_next_run_goes_on(empty_database_url: str, monkeypatch: pytest.MonkeyPatch, until: str) -> None:
    await predecessor.build(empty_database_url, "models", clients=3)
    from backend.operations.bootstrap import acts

    do = acts.act

    async def and_then_die(scene: Any, action: Any, state: Any) -> None:
        await do(scene, action, state)
        if type(action).__name__ == until:
            raise asyncio.CancelledError

    monkeypatch.setattr(acts, "act", and_then_die)
    with pytest.raises(asyncio.CancelledError):
        await in_this_process(empty_database_url, real_api, more=lower(ADMIN), backup=False)
    monkeypatch.undo()
    outcome = await in_this_process(empty_database_url, real_api, more=lower(ADMIN), backup=False)
    assert (outcome.exit_code, outcome.decision) == (0, {"MoveToLegacy": "empty", "Migrate": "adoption-pending"}[until])
    assert outcome.adoption is not None
    assert (await rows(empty_database_url, "SELECT count(*) FROM adoptions"))[0][0] == 1


async def test_without_an_active_admin_one_is_made(empty_database_url: str) -> None:
    await predecessor.build(empty_database_url, "models", clients=3)
    await run_sql(empty_database_url, "UPDATE users SET is_active = false WHERE role = 'admin'")
    outcome = await in_this_process(empty_database_url, real_api, backup=False)
    assert outcome.exit_code == 0, outcome.message
    assert outcome.admin is not None
    assert outcome.admin["username"] == "admin"
    assert outcome.admin["password"]


@pytest.mark.parametrize("name", [{"admin_email": "Admin@example.test"}, {"admin_username": "deskadmin"}])
async def test_a_name_of_a_disabled_admin_is_refused_before_anything_is_moved(empty_database_url: str, name: dict[str, str]) -> None:
    await predecessor.build(empty_database_url, "models", clients=3)
    await run_sql(empty_database_url, "UPDATE users SET is_active = false WHERE role = 'admin'")
    before = await catalog(empty_database_url)
    with pytest.raises(Trouble, match=r"belongs to a user who is not an active admin.*nothing was changed"):
        await in_this_process(empty_database_url, real_api, more=name, backup=False)
    assert await catalog(empty_database_url) == before


async def test_a_dry_run_tells_all_of_it_and_changes_nothing(empty_database_url: str, tmp_path: Path) -> None:
    await predecessor.build(empty_database_url, "models", clients=3)
    before, rows_before = await catalog(empty_database_url), await contents(empty_database_url)
    run = await bootstrap(empty_database_url, tmp_path, "--dry-run")
    assert run.code == 0, run.err
    verbs = [would.split()[0] for would in run.json["would"]]
    assert verbs == ["make", "move", "migrate", "copy", "leave", "sign"]
    assert f"migrate from nothing to {HEAD}" in run.json["would"]
    assert await catalog(empty_database_url) == before
    assert await contents(empty_database_url) == rows_before
    assert not [file for file in tmp_path.rglob("*") if file.is_file()], "nor anything beside it"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the three databases of the field are not beside this checkout")
@pytest.mark.parametrize("name", ["models_shape", "migrations_shape"])
async def test_the_databases_of_the_field(empty_database_url: str, name: str) -> None:
    await run_sql(empty_database_url, (SHARED / f"{name}.sql").read_text(encoding="utf-8"))
    before = await contents(empty_database_url)
    outcome = await in_this_process(empty_database_url, real_api, more=lower(ADMIN), backup=False)
    await check_is_adopted(outcome.as_json(), before, empty_database_url)


# The predecessor's own failure: its models mapped users twice, so an index name was there twice, and making all tables in one
# transaction at every start rolled all of it back.


def models_that_name_an_index_twice() -> sa.MetaData:
    metadata = sa.MetaData()
    columns: tuple[Any, ...] = (sa.Column("id", sa.Integer, primary_key=True), sa.Column("email", sa.String(255), unique=True, index=True))
    sa.Table("users", metadata, *columns)
    again = sa.Column("email", sa.String(255), unique=True, index=True)
    sa.Table("users", metadata, again, extend_existing=True)
    sa.Table("clients", metadata, sa.Column("id", sa.Integer, primary_key=True))
    return metadata


async def test_the_failure_of_the_predecessor_ends_in_a_login(empty_database_url: str, tmp_path: Path) -> None:
    engine = create_async_engine(empty_database_url.replace("postgresql://", "postgresql+asyncpg://"))
    make_all = getattr(models_that_name_an_index_twice(), "create" + "_all")
    with pytest.raises(sa.exc.ProgrammingError, match='relation "ix_users_email" already exists') as caught:
        async with engine.begin() as connection:
            await connection.run_sync(make_all)
    await engine.dispose()
    assert isinstance(caught.value.orig.__cause__, asyncpg.DuplicateTableError)  # type: ignore[union-attr]
    assert (await schemas(empty_database_url))["public"] == set(), "no table is left, and nobody can sign in"
    run = await bootstrap(empty_database_url, tmp_path)
    assert (run.code, run.json["decision"], run.json["login"]["tried"]) == (0, "empty", True), run.err


async def test_what_that_failure_left_on_the_nas_ends_in_a_login(empty_database_url: str, tmp_path: Path) -> None:
    await run_sql(
        empty_database_url,
        "CREATE TYPE checkinmethod AS ENUM ('KIOSK', 'STAFF')",
        "CREATE TABLE users_failed_attempt (id integer, email varchar(255))",
        "CREATE UNIQUE INDEX ix_users_email ON users_failed_attempt (email)",
    )
    run = await bootstrap(empty_database_url, tmp_path)
    assert run.code == 0, run.err
    assert run.json["login"]["tried"]
    stored = (await rows(empty_database_url, "SELECT password_hash FROM users"))[0][0]
    assert await passwords.verify(run.json["admin"]["password"], stored)
    assert {"ix_users_email", "users_failed_attempt", "checkinmethod"} == (await schemas(empty_database_url))[
        run.json["actions"][0]["schema"]
    ]


async def refused(url: str, decision: str, says: str) -> str:
    before, rows_before = await catalog(url), await contents(url)
    outcome = await in_this_process(url)
    assert (outcome.decision, outcome.exit_code) == (decision, 3)
    assert says in (outcome.message or "")
    assert await catalog(url) == before
    assert await contents(url) == rows_before
    return " ".join(outcome.plan)


def lower(variables: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in variables.items()}
