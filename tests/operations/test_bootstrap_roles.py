"""The role of the API, where it is another than the owner of the tables: made, given its rights, and nothing more."""

from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import make_url

from tests import world
from tests.operations import predecessor
from tests.operations.bootstrap_support import bootstrap, catalog, in_this_process, real_api, rows, run_sql


@pytest.fixture
async def app_url(empty_database_url: str) -> AsyncIterator[str]:
    """The address for a role that does not exist yet."""
    role = f"app_{uuid4().hex[:10]}"
    url = make_url(empty_database_url).set(username=role, password="word '\\ of % the app")
    yield url.render_as_string(hide_password=False)
    with suppress(asyncpg.PostgresError):
        await run_sql(empty_database_url, f"DROP OWNED BY {role}")
    await run_sql(empty_database_url, f"DROP ROLE IF EXISTS {role}")


def owned(url: str) -> dict[str, Any]:
    return {"database_owner_url": url}


async def test_the_role_is_made_and_can_do_what_the_api_does(empty_database_url: str, app_url: str) -> None:
    outcome = await in_this_process(app_url, real_api, more=owned(empty_database_url))
    assert outcome.exit_code == 0, outcome.message
    assert outcome.login is not None
    assert outcome.login["tried"], "signed in through an API that has only this role"
    assert outcome.remarks == []
    await run_sql(
        app_url,
        "INSERT INTO stations (name) VALUES ('Door')",
        "UPDATE stations SET name = 'Gate' WHERE name = 'Door'",
        "DELETE FROM stations WHERE name = 'Gate'",
        "SELECT * FROM client_standing(1, current_date)",
        "CREATE TEMPORARY TABLE staging (id int)",
        "BEGIN; LOCK TABLE visit_rollup IN SHARE ROW EXCLUSIVE MODE; COMMIT",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "ALTER TABLE clients ADD COLUMN nickname text",
        "DROP TABLE stations",
        "TRUNCATE audit_log",
        "UPDATE audit_log SET action = 'x'",
        "DELETE FROM audit_log",
        "TRUNCATE audit_seals",
        "UPDATE audit_seals SET entries = 0",
        "DELETE FROM audit_seals",
        "DROP TRIGGER audit_log_kept ON audit_log",
        "SET session_replication_role = replica",
        "UPDATE alembic_version SET version_num = 'x'",
        "CREATE INDEX ON clients (first_name)",
        "ALTER TABLE clients DISABLE TRIGGER ALL",
        "CREATE ROLE other",
    ],
)
async def test_the_role_can_do_no_more(bootstrapped: str, statement: str) -> None:
    connection = await asyncpg.connect(bootstrapped)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture
async def bootstrapped(empty_database_url: str, app_url: str) -> str:
    """The API's address of a database that was bootstrapped."""
    await in_this_process(app_url, real_api, more=owned(empty_database_url))
    return app_url


async def test_a_second_run_grants_nothing_again(empty_database_url: str, bootstrapped: str) -> None:
    before = await catalog(empty_database_url)
    outcome = await in_this_process(bootstrapped, more=owned(empty_database_url))
    assert (outcome.exit_code, outcome.actions) == (0, [])
    assert await catalog(empty_database_url) == before


async def test_rights_and_a_password_that_were_changed_are_put_right(empty_database_url: str, bootstrapped: str) -> None:
    role = make_url(bootstrapped).username
    await run_sql(
        empty_database_url,
        f"ALTER ROLE {role} PASSWORD 'another'",
        f"REVOKE INSERT ON clients FROM {role}",
        f"GRANT UPDATE ON audit_log TO {role}",
        f"GRANT CREATE ON SCHEMA public TO {role}",
        "GRANT CREATE ON SCHEMA public TO PUBLIC",
    )
    outcome = await in_this_process(bootstrapped, more=owned(empty_database_url))
    assert outcome.exit_code == 0
    assert "gave the role" in outcome.actions[0]["says"]
    assert "(4 changes)" in outcome.actions[1]["says"]
    assert outcome.remarks == []
    assert (await rows(bootstrapped, "SELECT count(*) FROM clients"))[0][0] == 0


async def test_the_password_is_in_no_statement(empty_database_url: str, app_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.ext.asyncio import AsyncConnection

    sent: list[str] = []
    plain = AsyncConnection.exec_driver_sql

    async def listening(self: AsyncConnection, statement: str, *more: Any, **named: Any) -> Any:
        sent.append(statement)
        return await plain(self, statement, *more, **named)

    monkeypatch.setattr(AsyncConnection, "exec_driver_sql", listening)
    await in_this_process(app_url, real_api, more=owned(empty_database_url))
    assert any("SCRAM-SHA-256$4096:" in statement for statement in sent)
    assert not any("of % the app" in statement for statement in sent)


async def test_a_role_with_too_much_is_named(empty_database_url: str, bootstrapped: str) -> None:
    await run_sql(empty_database_url, f"ALTER ROLE {make_url(bootstrapped).username} SUPERUSER")
    outcome = await in_this_process(bootstrapped, more=owned(empty_database_url))
    assert outcome.exit_code == 0
    assert "may do more than it needs" in outcome.remarks[0]


async def test_an_owner_that_may_not_make_roles_is_told_before_anything_is_done(empty_database_url: str, app_url: str) -> None:
    owner = f"owner_{uuid4().hex[:10]}"
    database = make_url(empty_database_url).database
    await run_sql(
        empty_database_url, f"CREATE ROLE {owner} LOGIN PASSWORD 'word'", f'GRANT CREATE ON DATABASE "{database}" TO {owner}',
        f"GRANT ALL ON SCHEMA public TO {owner}",
    )  # fmt: skip
    owner_url = make_url(empty_database_url).set(username=owner, password="word").render_as_string(hide_password=False)
    before = await catalog(empty_database_url)
    try:
        outcome = await in_this_process(app_url, more=owned(owner_url))
        assert outcome.exit_code == 3
        assert "does not exist" in (outcome.message or "")
        assert "CREATE ROLE" in outcome.plan[0]
        assert await catalog(empty_database_url) == before
        # Made by somebody else, it is enough that it can sign in: the owner of the tables gives it the rights.
        role = make_url(app_url)
        await run_sql(
            empty_database_url, f"CREATE ROLE {role.username} LOGIN PASSWORD '{(role.password or '').replace(chr(39), chr(39) * 2)}'"
        )
        assert (await in_this_process(app_url, real_api, more=owned(owner_url))).exit_code == 0
    finally:
        await run_sql(empty_database_url, f"DROP OWNED BY {owner} CASCADE", f"DROP ROLE {owner}")


async def test_the_predecessors_rows_are_copied_by_the_owner(empty_database_url: str, app_url: str, tmp_path: Path) -> None:
    await predecessor.build(empty_database_url, "models", clients=3)
    run = await bootstrap(
        app_url,
        tmp_path,
        "--no-backup",
        DATABASE_OWNER_URL=empty_database_url,
        ADMIN_EMAIL="admin@example.test",
        ADMIN_PASSWORD="Legacy-Admin-1!",
    )
    assert run.code == 0, run.err
    assert run.json["login"]["tried"]
    connection = await asyncpg.connect(app_url)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("SELECT * FROM legacy.users")
    await connection.close()


async def test_the_same_role_twice_is_one_role(empty_database_url: str) -> None:
    outcome = await in_this_process(empty_database_url, real_api, more=owned(empty_database_url))
    assert [action["action"] for action in outcome.actions] == ["Migrate"]
    assert world.SECRET not in str(outcome)
