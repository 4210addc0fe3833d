"""Servers and roles that can't be worked with: refused or named in a sentence, from real ones, and nothing is changed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import make_url

from backend.operations.bootstrap.revisions import revisions
from tests import world
from tests.operations import predecessor
from tests.operations.bootstrap_support import bootstrap, catalog, contents, in_this_process, real_api, rows, run_sql


@pytest.fixture
async def role(empty_database_url: str) -> AsyncIterator[str]:
    """A role that may sign in, and nothing else."""
    name = f"plain_{uuid4().hex[:10]}"
    await run_sql(empty_database_url, f"CREATE ROLE {name} LOGIN PASSWORD 'word'")
    yield name
    with suppress(asyncpg.PostgresError):
        await run_sql(empty_database_url, f"DROP OWNED BY {name} CASCADE")
    await run_sql(empty_database_url, f"DROP ROLE {name}")


def as_role(url: str, role: str) -> str:
    return make_url(url).set(username=role, password="word").render_as_string(hide_password=False)


async def may_create(url: str, role: str) -> None:
    name = make_url(url).database
    await run_sql(url, f'GRANT CREATE ON DATABASE "{name}" TO {role}', f"GRANT ALL ON SCHEMA public TO {role}")


async def refused(url: str, as_url: str, decision: str, says: str) -> list[str]:
    before, rows_before = await catalog(url), await contents(url)
    outcome = await in_this_process(as_url)
    assert (outcome.decision, outcome.exit_code) == (decision, 3)
    assert says in (outcome.message or "")
    assert len(outcome.plan) >= 2
    assert await catalog(url) == before
    assert await contents(url) == rows_before
    return outcome.plan


async def test_a_role_that_only_reads(empty_database_url: str, role: str) -> None:
    await may_create(empty_database_url, role)
    await run_sql(empty_database_url, f"ALTER ROLE {role} SET default_transaction_read_only = on")
    await refused(empty_database_url, as_role(empty_database_url, role), "read-only", "only read")


async def test_a_plain_role_with_the_right_to_create_is_enough(empty_database_url: str, role: str) -> None:
    await may_create(empty_database_url, role)
    outcome = await in_this_process(as_role(empty_database_url, role), real_api)
    assert (outcome.decision, outcome.exit_code) == ("empty", 0)


async def test_tables_of_another_role(empty_database_url: str, role: str) -> None:
    await world.migrate(empty_database_url, revisions()[0])
    await may_create(empty_database_url, role)
    await run_sql(empty_database_url, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
    plan = await refused(empty_database_url, as_role(empty_database_url, role), "belongs-to-others", "does not own")
    assert f'TO "{role}"' in plan[0]


async def test_the_predecessors_tables_of_another_role(empty_database_url: str, role: str) -> None:
    await predecessor.build(empty_database_url, "models", clients=3)
    await may_create(empty_database_url, role)
    await run_sql(empty_database_url, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
    await refused(empty_database_url, as_role(empty_database_url, role), "belongs-to-others", "does not own")


async def test_rows_that_the_role_may_not_see_count_as_rows(empty_database_url: str, role: str) -> None:
    await run_sql(empty_database_url, "CREATE TABLE odd (id int)")
    await may_create(empty_database_url, role)
    await refused(empty_database_url, as_role(empty_database_url, role), "foreign-data", "odd")


async def test_rows_that_a_policy_hides_count_as_rows(empty_database_url: str, role: str) -> None:
    await run_sql(
        empty_database_url, "CREATE TABLE odd (id int)", "INSERT INTO odd VALUES (1)", f"GRANT SELECT ON odd TO {role}",
        "ALTER TABLE odd ENABLE ROW LEVEL SECURITY",
    )  # fmt: skip
    await may_create(empty_database_url, role)
    assert await rows(as_role(empty_database_url, role), "SELECT * FROM odd") == []
    await refused(empty_database_url, as_role(empty_database_url, role), "foreign-data", "odd")


async def test_a_view_that_keeps_rows_counts_as_rows(empty_database_url: str) -> None:
    await run_sql(empty_database_url, "CREATE MATERIALIZED VIEW kept AS SELECT 1 AS id")
    await refused(empty_database_url, empty_database_url, "foreign-data", "kept")


async def test_an_extension_in_another_schema(empty_database_url: str) -> None:
    await run_sql(empty_database_url, "CREATE SCHEMA extensions", "CREATE EXTENSION unaccent SCHEMA extensions")
    plan = await refused(empty_database_url, empty_database_url, "extension-elsewhere", "unaccent")
    await run_sql(empty_database_url, plan[0].split("its owner: ")[1])
    assert (await in_this_process(empty_database_url, real_api)).exit_code == 0, "the plan works"


async def test_tables_of_an_extension_stay_where_they_are(empty_database_url: str) -> None:
    await run_sql(
        empty_database_url, "CREATE EXTENSION pg_trgm", "CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (1)",
        "ALTER EXTENSION pg_trgm ADD TABLE kept", "CREATE TABLE left_over (id int)",
    )  # fmt: skip
    outcome = await in_this_process(empty_database_url, real_api)
    assert (outcome.decision, outcome.exit_code) == ("leftovers-without-rows", 0)
    assert outcome.actions[0]["moved"] == ["table public.left_over"]
    assert len(await rows(empty_database_url, "SELECT * FROM public.kept")) == 1


async def test_a_statement_that_is_cancelled_leaves_everything_as_it_was(empty_database_url: str, tmp_path: Path) -> None:
    await run_sql(empty_database_url, "CREATE TABLE a_first (id int)", "CREATE TABLE odd (id int)")
    before = await catalog(empty_database_url)
    holder = await asyncpg.connect(empty_database_url)
    transaction = holder.transaction()
    await transaction.start()
    await holder.execute("LOCK TABLE odd IN ACCESS SHARE MODE")
    task = asyncio.create_task(bootstrap(empty_database_url, tmp_path))
    blocked = "pg_stat_activity WHERE application_name = 'krc-bootstrap' AND wait_event_type = 'Lock' AND datname = current_database()"
    try:
        while not await rows(empty_database_url, f"SELECT FROM {blocked}"):
            await asyncio.sleep(0.1)
        await run_sql(empty_database_url, f"SELECT pg_cancel_backend(pid) FROM {blocked}")
        run = await task
    finally:
        await transaction.rollback()
        await holder.close()
    assert run.code == 1
    assert "canceling statement" in run.json["message"]
    assert "Traceback" not in run.err
    assert await catalog(empty_database_url) == before, "the first table did not move alone"
    assert (await bootstrap(empty_database_url, tmp_path)).code == 0
