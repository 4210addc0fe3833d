"""Connections that died while they were idle in the pool: the next use takes a fresh one, or says so; nothing is lost in silence."""

import asyncpg
import pytest
from sqlalchemy import text

from backend.db import Database
from backend.errors import Unavailable
from backend.jobs.models import OutboxRow
from tests.jobs.support import TESTER, value


@pytest.fixture
async def stale(database: Database, clean_url: str) -> Database:
    """A database whose pooled connection was cut by the server, which the pool does not know."""
    async with database.reading() as reader:
        await reader.execute(text("SELECT 1"))
    connection = await asyncpg.connect(clean_url)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'krc-test' AND datname = current_database()"
    )
    await connection.close()
    return database


async def test_a_read_is_repeated(stale: Database) -> None:
    assert await value(stale, "SELECT 41 + 1") == 42


async def test_a_write_that_begins_with_a_statement_is_repeated(stale: Database) -> None:
    async with stale.writing(TESTER) as uow:
        await uow.execute(text("INSERT INTO outbox (topic) VALUES ('one')"))
        uow.add(OutboxRow(topic="two", payload={}))
    assert await value(stale, "SELECT count(*) FROM outbox") == 2


@pytest.mark.parametrize("how", ["flush", "statement", "commit"])
async def test_rows_that_wait_are_written_or_the_caller_is_told(stale: Database, how: str) -> None:
    """A repeated statement would go on without them, for the rollback before it forgets what was added."""
    told = False
    try:
        async with stale.writing(TESTER) as uow:
            uow.add(OutboxRow(topic="one", payload={}))
            if how == "flush":
                await uow.flush()
            elif how == "statement":
                await uow.execute(text("SELECT 1"))
    except Unavailable:
        told = True
    assert await value(stale, "SELECT count(*) FROM outbox") == (0 if told else 1)
    async with stale.writing(TESTER) as uow:
        uow.add(OutboxRow(topic="one", payload={}))
    assert await value(stale, "SELECT count(*) FROM outbox") >= 1
