"""What bootstrap does not understand it leaves as it is: exit code 3, what it saw, a plan."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from backend.operations.bootstrap import rules
from backend.operations.bootstrap.actions import Migrate, Refuse, Stamp
from backend.operations.bootstrap.fingerprint import Fingerprint
from backend.operations.bootstrap.revisions import revisions
from backend.operations.bootstrap.rules import decide
from backend.operations.bootstrap.state import State, look
from tests import world
from tests.operations.bootstrap_support import bootstrap, catalog, cli, contents, in_this_process, run_sql

# Small likenesses of what is in the field.
OF_ANOTHER_PROGRAM = [
    "CREATE TABLE users (id serial PRIMARY KEY, email varchar(255), hashed_password text)",
    "CREATE UNIQUE INDEX ix_users_email ON users (email)",
    "INSERT INTO users (email, hashed_password) VALUES ('owner@example.test', 'x')",
    "CREATE TABLE clients (id serial PRIMARY KEY, first_name text)",
]
OF_ITS_MIGRATIONS = [
    *OF_ANOTHER_PROGRAM,
    "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)",
    "INSERT INTO alembic_version VALUES ('004')",
]


@pytest.mark.parametrize(
    ("statements", "decision", "says"),
    [
        (OF_ANOTHER_PROGRAM, "foreign-data", "rows in users"),
        (OF_ITS_MIGRATIONS, "newer-or-foreign-revision", "004"),
        (["CREATE TABLE odd (id int)", "INSERT INTO odd VALUES (1)"], "foreign-data", "odd"),
    ],
)
async def test_a_strange_database(empty_database_url: str, statements: list[str], decision: str, says: str) -> None:
    await run_sql(empty_database_url, *statements)
    await refused(empty_database_url, decision, says)


async def test_what_the_operator_sees(empty_database_url: str, tmp_path: Path) -> None:
    await run_sql(empty_database_url, *OF_ANOTHER_PROGRAM)
    run = await bootstrap(empty_database_url, tmp_path)
    assert run.code == run.json["exit_code"] == 3
    assert run.json["decision"] == "foreign-data"
    for_people = await cli(empty_database_url, tmp_path, "bootstrap")
    assert for_people.code == 3
    assert "Nothing was changed. What you can do:\n  1. " in for_people.out
    assert "Traceback" not in for_people.err


@pytest.mark.parametrize(
    ("statements", "decision", "says"),
    [
        (["UPDATE alembic_version SET version_num = '20991231_later'"], "newer-or-foreign-revision", "20991231_later"),
        (["INSERT INTO alembic_version VALUES ('other')"], "several-revisions", "2 revisions"),
        (["ALTER TABLE users ADD COLUMN nickname text"], "drift", "table users is different"),
        (["DROP INDEX ix_contact_methods_value_kind"], "drift", "index ix_contact_methods_value_kind is missing"),
        (["CREATE INDEX extra ON clients (first_name)"], "drift", "index extra should not be there"),
        (["ALTER TABLE clients DISABLE TRIGGER search_added"], "drift", "trigger clients.search_added is different"),
        (["ALTER TYPE theme ADD VALUE 'BLUE'"], "drift", "type theme is different"),
        (["ALTER TABLE memberships DROP CONSTRAINT ck_memberships_dates_in_order"], "drift", "ck_memberships_dates_in_order is missing"),
        (["ALTER FUNCTION krc_fold(text) VOLATILE"], "drift", "function krc_fold"),
    ],
)
async def test_a_database_of_ours_that_was_changed(
    database_url: str, tmp_path: Path, statements: list[str], decision: str, says: str
) -> None:
    await run_sql(database_url, *statements)
    await refused(database_url, decision, says)


async def test_a_database_whose_tables_are_gone(database_url: str) -> None:
    await run_sql(
        database_url,
        "ALTER SCHEMA public RENAME TO before",
        "CREATE SCHEMA public",
        "ALTER TABLE before.alembic_version SET SCHEMA public",
    )
    await refused(database_url, "tables-gone", "tables are gone")


async def test_an_encoding_that_lacks_most_names() -> None:
    url = await world.create()
    name = url.rsplit("/", 1)[1]
    await world.drop(url)
    await world.on_server(
        lambda connection: connection.execute(
            f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'"
        )
    )
    try:
        await refused(url, "encoding-not-utf8", "SQL_ASCII")
    finally:
        await world.drop(url)


async def refused(url: str, decision: str, says: str) -> None:
    before, rows_before = await catalog(url), await contents(url)
    outcome = await in_this_process(url)
    assert (outcome.decision, outcome.exit_code) == (decision, 3)
    assert says in (outcome.message or "")
    assert len(outcome.plan) >= 2
    assert outcome.admin is None
    assert await catalog(url) == before
    assert await contents(url) == rows_before


@pytest.fixture
async def empty(empty_database_url: str) -> State:
    """What bootstrap sees in an empty database."""
    engine = create_async_engine(empty_database_url.replace("postgresql://", "postgresql+asyncpg://"))
    async with engine.connect() as connection:
        state = await look(connection)
    await engine.dispose()
    return state


@pytest.mark.parametrize(
    ("change", "decision"),
    [
        ({"version": 14, "version_name": "14.9"}, "server-not-supported"),
        ({"version": 19, "version_name": "19.1"}, "server-not-supported"),
        ({"replica": True}, "read-only"),
        ({"read_only": True}, "read-only"),
        ({"may_create": False}, "may-not-create"),
        ({"extensions_missing": ("pg_trgm",)}, "extension-not-available"),
        ({"history": (*revisions(), "unknown")}, "fingerprint-missing"),
    ],
)
async def test_the_table_refuses(empty: State, change: dict[str, Any], decision: str) -> None:
    assert (decide(empty).name, type(decide(empty).action)) == ("empty", Migrate)
    found = decide(dataclasses.replace(empty, **change))
    assert found.name == decision
    assert isinstance(found.action, Refuse)
    assert found.action.saw.endswith(".")


async def test_an_older_revision_is_known_by_its_fingerprint(empty: State) -> None:
    old, new = Fingerprint({"table a": "1"}), Fingerprint({"table a": "2"})
    state = dataclasses.replace(empty, history=("old", "new"), known={"old": old, "new": new}, fingerprint=old, stamps=("old",))
    assert decide(state).name == "older-revision"
    assert decide(dataclasses.replace(state, fingerprint=new)).name == "drift"
    assert decide(dataclasses.replace(state, fingerprint=new, stamps=("new",))).name == "at-head"
    found = decide(dataclasses.replace(state, fingerprint=new, stamps=()))
    assert (found.name, found.action) == ("schema-without-version", Stamp("new"))


def test_the_last_rule_always_matches() -> None:
    assert rules.RULES[-1].name == "not-understood"
    assert len({rule.name for rule in rules.RULES}) == len(rules.RULES)
