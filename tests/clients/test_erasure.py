"""Erasing a person: nothing of them stays but what is billed, in any table, and a second time is no harm."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from backend.clients.erasure import erase
from backend.db import Database, UnitOfWork
from backend.errors import NotFound
from tests.world import OPERATOR

SECRETS = (
    "Zebedee",
    "Quxley",
    "zebedee@example.test",
    "+16615550199",
    "7654321",
    "Coordinata",
    "Guardiana",
    "CODE-99",
    "2001-02-03",
    "whispered",
)

PERSON = """
INSERT INTO clients (first_name, last_name, preferred_name, date_of_birth, guardian_name, service_coordinator, member_code, language)
VALUES ('Zebedee', 'Quxley', 'Zebedee', '2001-02-03', 'Guardiana', 'Coordinata', 'CODE-99', 'es') RETURNING id
"""
EVERYTHING = """
INSERT INTO contact_methods (client_id, kind, value) VALUES (:id, 'PHONE', '+16615550199'), (:id, 'EMAIL', 'zebedee@example.test');
INSERT INTO consents (client_id, kind, granted, source) VALUES (:id, 'SMS', true, 'on paper by Guardiana');
INSERT INTO client_notes (client_id, body) VALUES (:id, 'whispered');
INSERT INTO tags (name) VALUES ('Some tag') ON CONFLICT DO NOTHING;
INSERT INTO client_tags (client_id, tag_id) SELECT :id, id FROM tags LIMIT 1;
INSERT INTO messages (client_id, kind, status, why) VALUES (:id, 'welcome', 'NOT_SENT', 'NO_CHANNEL');
INSERT INTO ggleap_links (client_id, ggleap_user_id) VALUES (:id, 'Zebedee99');
INSERT INTO imports (file_name, file_hash, rows_read, rows_added, rows_unchanged) VALUES ('a.csv', '', 1, 1, 0);
INSERT INTO imported_rows (row_hash, client_id, import_id) SELECT '\\x01', :id, max(id) FROM imports;
INSERT INTO membership_tiers (name, code) VALUES ('Tier', 'tier');
INSERT INTO memberships (client_id, tier_id, starts_on, ends_on, note)
  SELECT :id, max(id), '2026-01-01', '2026-12-31', 'whispered' FROM membership_tiers;
INSERT INTO authorizations (client_id, uci_number, authorization_number, vendor_number, service_code, service_coordinator,
                            starts_on, ends_on, units_per_month)
  VALUES (:id, '7654321', 'A-1', 'V-1', '055', 'Coordinata', '2026-01-01', '2026-12-31', 20);
INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy, note, voided_at, void_reason)
  VALUES (gen_random_uuid(), :id, now(), '2026-11-22', 'STAFF', 'ACTIVE', 'REMIND', 'whispered', now(), 'Zebedee was not there'),
         (gen_random_uuid(), :id, now(), '2026-11-23', 'STAFF', 'ACTIVE', 'REMIND', NULL, NULL, NULL);
INSERT INTO audit_log (actor_kind, action, subject_type, subject_id, client_id, before, after)
  VALUES ('USER', 'client.updated', 'client', :id, :id, '{"first_name": "Zebedee"}', '{"first_name": "Quxley"}'),
         ('USER', 'client.created', 'client', :id, NULL, NULL, '{"first_name": "Zebedee"}')
"""


async def somebody(uow: UnitOfWork) -> int:
    """A client with something in every table; the values of `SECRETS` are all there."""
    number: int = await uow.scalar(text(PERSON))
    for statement in EVERYTHING.split(";\n"):
        await uow.execute(text(statement.replace(":id", str(number))))
    return number


async def all_rows(uow: UnitOfWork, *schemas: str) -> str:
    """The text of every row of every table."""
    tables = await uow.rows(
        text("SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY (:schemas)"), {"schemas": list(schemas)}
    )
    said = []
    for schema, table in tables:
        said += list(await uow.scalars(text(f'SELECT row_to_json(t)::text FROM "{schema}"."{table}" t')))
    return "\n".join(said)


async def test_nothing_that_says_who_it_was_is_left_in_any_table(database: Database) -> None:
    async with database.writing(OPERATOR) as uow:
        other = await uow.scalar(text("INSERT INTO clients (first_name, last_name) VALUES ('Ana', 'Abrams') RETURNING id"))
        number = await somebody(uow)
        await uow.execute(text(f"INSERT INTO possible_duplicates VALUES ({other}, {number}, 'same_email')"))
        before = await all_rows(uow, "public")
        assert [secret for secret in SECRETS if secret not in before] == []
    async with database.writing(OPERATOR) as uow:
        assert await erase(uow, number, reason="request of 23 November") is True
    async with database.writing(OPERATOR) as uow:
        after = await all_rows(uow, "public")
        assert [secret for secret in SECRETS if secret in after] == []
        assert "Ana" in after
        empty = (
            "contact_methods",
            "consents",
            "client_notes",
            "client_tags",
            "messages",
            "ggleap_links",
            "imported_rows",
            "possible_duplicates",
        )
        for table in empty:
            assert await uow.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table


async def test_what_is_billed_stays_under_a_pseudonym(database: Database) -> None:
    async with database.writing(OPERATOR) as uow:
        number = await somebody(uow)
        await erase(uow, number, reason="asked")
    async with database.reading() as reader:
        client = await reader.row(text("SELECT first_name, last_name, archived_at IS NOT NULL, date_of_birth FROM clients"))
        assert tuple(client or ()) == ("Erased", f"client {number}", True, None)
        columns = "uci_number, authorization_number, vendor_number, service_code, service_coordinator, starts_on::text, units_per_month"
        authorization = await reader.row(text(f"SELECT {columns} FROM authorizations"))
        assert tuple(authorization or ()) == (None, "A-1", "V-1", "055", None, "2026-01-01", 20)
        visits = await reader.rows(text("SELECT local_day::text, note, void_reason FROM check_ins ORDER BY 1"))
        assert [tuple(visit) for visit in visits] == [("2026-11-22", None, "Erased"), ("2026-11-23", None, None)]
        assert await reader.scalar(text("SELECT count(*) FROM memberships WHERE note IS NULL")) == 1
        found = await reader.scalar(text("SELECT document FROM client_search"))
        assert found.split() == ["erased", "client", str(number), "a-1"]


async def test_the_audit_log_keeps_its_entries_without_their_values(database: Database) -> None:
    async with database.writing(OPERATOR) as uow:
        number = await somebody(uow)
    async with database.writing(OPERATOR) as uow:
        await erase(uow, number, reason="asked")
    async with database.reading() as reader:
        entries = await reader.rows(text("SELECT action, before, after FROM audit_log ORDER BY id"))
        assert [tuple(entry) for entry in entries] == [
            ("client.updated", None, None),
            ("client.created", None, None),
            ("client.erased", None, {"reason": "asked"}),
        ]


async def test_a_second_time_it_only_removes_what_was_added_since(database: Database, tmp_path: Path) -> None:
    journal = tmp_path / "erasures.jsonl"
    async with database.writing(OPERATOR) as uow:
        number = await somebody(uow)
        assert await erase(uow, number, reason="asked", journal=journal) is True
    async with database.writing(OPERATOR) as uow:
        await uow.execute(text(f"INSERT INTO client_notes (client_id, body) VALUES ({number}, 'whispered again')"))
    async with database.reading() as reader:
        version = await reader.scalar(text("SELECT version FROM clients"))
    async with database.writing(OPERATOR) as uow:
        assert await erase(uow, number, reason="asked again", journal=journal) is False
    async with database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM client_notes")) == 0
        assert await reader.scalar(text("SELECT version FROM clients")) == version
        erasures = await reader.rows(text("SELECT client_id, reason, actor_label FROM erasures"))
        assert [tuple(row) for row in erasures] == [(number, "asked", "tests")]
        assert await reader.scalar(text("SELECT count(*) FROM audit_log WHERE action = 'client.erased'")) == 1
        at = await reader.scalar(text("SELECT erased_at FROM erasures"))
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    assert lines == [{"client": number, "at": at.isoformat()}]
    assert journal.stat().st_mode & 0o777 == 0o600


async def test_one_that_was_rolled_back_is_not_in_the_journal(database: Database, tmp_path: Path) -> None:
    journal = tmp_path / "erasures.jsonl"
    async with database.writing(OPERATOR) as uow:
        number = await somebody(uow)
    with suppress(RuntimeError):
        async with database.writing(OPERATOR) as uow:
            await erase(uow, number, reason="asked", journal=journal)
            raise RuntimeError
    assert not journal.exists()
    async with database.reading() as reader:
        assert await reader.scalar(text("SELECT first_name FROM clients")) == "Zebedee"


async def test_a_journal_that_cannot_be_written_is_no_failure(database: Database, tmp_path: Path) -> None:
    async with database.writing(OPERATOR) as uow:
        number = await somebody(uow)
        await erase(uow, number, reason="asked", journal=tmp_path / "no" / "such" / "folder")
    async with database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM erasures")) == 1


async def test_nobody_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        async with database.writing(OPERATOR) as uow:
            await erase(uow, 4711, reason="asked")


LEGACY = """
CREATE SCHEMA legacy;
CREATE TABLE legacy.clients (id uuid PRIMARY KEY, first_name text);
CREATE TABLE legacy.contact_methods (id int, client_id uuid REFERENCES legacy.clients (id), value text);
CREATE TABLE legacy.audit_log (id int, entity_id text, diff jsonb);
CREATE TABLE legacy.users (id uuid, email text);
INSERT INTO legacy.clients VALUES ('10000000-0000-4000-8000-000000000001', 'Zebedee'), ('10000000-0000-4000-8000-000000000002', 'Ana');
INSERT INTO legacy.contact_methods
  VALUES (1, '10000000-0000-4000-8000-000000000001', 'zebedee@example.test'),
         (2, '10000000-0000-4000-8000-000000000002', 'ana');
INSERT INTO legacy.audit_log
  VALUES (1, '10000000-0000-4000-8000-000000000001', '{"name": "Zebedee"}'),
         (2, '10000000-0000-4000-8000-000000000002', '{"name": "Ana"}');
INSERT INTO legacy.users VALUES ('10000000-0000-4000-8000-000000000009', 'staff@example.test');
INSERT INTO adoptions (shape, origin, started_at) VALUES ('models', 'here', now());
INSERT INTO past_webhook_events (source_id, event, payload, status, attempts, last_error, created_at)
  VALUES (gen_random_uuid(), 'client.created', '{"id": "10000000-0000-4000-8000-000000000001", "name": "Zebedee"}',
          'failed', 1, 'Zebedee', now()),
         (gen_random_uuid(), 'client.created', '{"id": "10000000-0000-4000-8000-000000000002", "name": "Ana"}', 'failed', 1, NULL, now())
"""


async def test_what_the_predecessor_knew_goes_too(database_url: str) -> None:
    from tests.world import settings_for

    database = Database.of(settings_for(database_url))
    try:
        async with database.writing(OPERATOR) as uow:
            number = await somebody(uow)
            for statement in LEGACY.split(";\n"):
                await uow.execute(text(statement.replace(": ", r"\: ")))
            adopted = "INSERT INTO adopted_rows SELECT 'clients', '10000000-0000-4000-8000-000000000001', :number, max(id) FROM adoptions"
            await uow.execute(text(adopted), {"number": number})
        async with database.writing(OPERATOR) as uow:
            await erase(uow, number, reason="asked")
            after = await all_rows(uow, "public", "legacy")
            assert [secret for secret in SECRETS if secret in after] == []
            assert after.count("Ana") == 3
            assert await uow.scalar(text("SELECT count(*) FROM legacy.users")) == 1
            assert await uow.scalar(text("SELECT count(*) FROM legacy.audit_log")) == 2
    finally:
        await database.close()
