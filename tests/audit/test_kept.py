"""The log is only added to: by its triggers for the owner of the tables, by its rights for the API's role. Erasures empty values."""

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backend.audit import service as audit
from backend.audit.verification import Finding, Wrong
from backend.clients.erasure import erase
from backend.db import Database
from tests import world
from tests.audit.log import add, finding, seal_all, sealed, tamper
from tests.clients.people import add_client
from tests.jobs.support import change, value
from tests.world import OPERATOR

FORBIDDEN = [
    "UPDATE audit_log SET action = 'x'",
    "UPDATE audit_log SET before = NULL, after = NULL, salt = NULL",
    "UPDATE audit_log SET values_digest = sha256('')",
    "DELETE FROM audit_log",
    "TRUNCATE audit_log",
    "UPDATE audit_seals SET hash = sha256('')",
    "DELETE FROM audit_seals",
    "TRUNCATE audit_seals",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
async def test_the_owner_of_the_tables_is_refused_too(database: Database, statement: str) -> None:
    await sealed(database, 2)
    with pytest.raises(DBAPIError, match="the audit log is only added to") as caught:
        await change(database, statement)
    assert getattr(caught.value.orig, "sqlstate", None) == "42501"
    assert await finding(database) is None


async def test_salt_and_digest_are_the_databases_own(database: Database) -> None:
    async with database.writing(OPERATOR) as uow:
        await uow.execute(
            text(
                """INSERT INTO audit_log (actor_kind, action, subject_type, salt, values_digest)
                   SELECT 'OPERATOR', 'thing.done', 'thing', '00000000-0000-4000-8000-000000000000', 'x' FROM generate_series(1, 2)"""
            )
        )
    found = "SELECT count(DISTINCT salt) = 2 AND count(DISTINCT values_digest) = 2 AND bool_and(length(values_digest) = 32) FROM audit_log"
    assert await value(database, found)
    await seal_all(database)
    assert await finding(database) is None


async def of_client(database: Database) -> int:
    number = await add_client(database)
    async with database.writing(OPERATOR) as uow:
        audit.record(uow, "client.created", "client", number, client_id=number, after={"first_name": "Ana"})
        audit.record(uow, "note.added", "note", 1, client_id=number, after={"body": "likes tea"})
        audit.record(uow, "client.seen", "client", number, after={"first_name": "Ana"})
        audit.record(uow, "client.opened", "client", number, client_id=number)
    return number


async def test_an_erasure_empties_entries_and_the_chain_still_holds(database: Database) -> None:
    await sealed(database, 3)
    number, other = await of_client(database), await of_client(database)
    await seal_all(database)
    late = await of_client(database)
    for client in (number, late):
        async with database.writing(OPERATOR) as uow:
            assert await erase(uow, client, reason="asked") is True
    assert await finding(database) is None
    await seal_all(database)
    assert await finding(database) is None
    emptied = "SELECT count(*) FROM audit_log WHERE salt IS NULL AND before IS NULL AND after IS NULL AND values_digest IS NOT NULL"
    assert await value(database, emptied) == 6
    left = "SELECT count(*) FROM audit_log WHERE client_id = :other AND after IS NOT NULL"
    assert await value(database, left, other=other) == 2


async def test_an_entry_emptied_without_an_erasure_is_named(database: Database) -> None:
    number = await of_client(database)
    await seal_all(database)
    first = await value(database, "SELECT min(id) FROM audit_log WHERE client_id = :number", number=number)
    await tamper(database, f"UPDATE audit_log SET before = NULL, after = NULL, salt = NULL WHERE id = {first}")
    assert await finding(database) == Finding(Wrong.ENTRY_CHANGED, first)
    await change(database, "INSERT INTO erasures (client_id, reason, actor_label) VALUES (:number, 'asked', 'x')", number=number)
    assert await finding(database) is None


async def test_an_erasure_lets_nothing_else_be_changed(database: Database) -> None:
    number = await of_client(database)
    await change(database, "INSERT INTO erasures (client_id, reason, actor_label) VALUES (:number, 'asked', 'x')", number=number)
    for columns in ("after = NULL", "before = NULL, after = NULL, salt = NULL, action = 'x'", "after = '{}', salt = NULL"):
        with pytest.raises(DBAPIError, match="only added to"):
            await change(database, f"UPDATE audit_log SET {columns} WHERE client_id = :number AND after IS NOT NULL", number=number)
    await change(database, "UPDATE audit_log SET before = NULL, after = NULL, salt = NULL WHERE client_id = :number", number=number)
    assert await finding(database) is None


async def test_entries_from_before_the_chain(empty_database_url: str) -> None:
    """An installation that is upgraded: what its log says gets its digests then, what was erased before stays empty."""
    await world.migrate(empty_database_url, "20261124_accounts")
    connection = await asyncpg.connect(empty_database_url)
    try:
        await connection.execute(
            """INSERT INTO audit_log (actor_kind, action, subject_type, subject_id, before, after)
               SELECT 'JOB', 'thing.changed', 'thing', n, CASE WHEN n % 2 = 0 THEN '{"a": 1}'::jsonb END,
                      CASE WHEN n % 3 = 0 THEN '{}'::jsonb END
               FROM generate_series(1, 30) n"""
        )
    finally:
        await connection.close()
    await world.migrate(empty_database_url)
    database = Database.of(world.settings_for(empty_database_url))
    try:
        assert await value(database, "SELECT count(DISTINCT salt) = 30 AND count(DISTINCT values_digest) = 30 FROM audit_log")
        await add(database, 2)
        await seal_all(database)
        assert await finding(database) is None
        await tamper(database, "UPDATE audit_log SET after = '{}' WHERE id = 7")
        assert await finding(database) == Finding(Wrong.ENTRY_CHANGED, 7)
    finally:
        await database.close()
