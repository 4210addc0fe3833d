"""Erasing a person: nothing of them stays but what is billed, in any table, and a second time is no harm."""

import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from backend.clients.erasure import erase
from backend.clients.erasure.statements import FORGET
from backend.db import Database
from backend.errors import NotFound
from backend.models import metadata
from tests.clients.somebody import SECRETS, all_rows, left_in, somebody
from tests.world import OPERATOR


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
        assert left_in(after) == []
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
            "bulk_change_items",
            "idempotency_keys",
        )
        for table in empty:
            assert await uow.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table


async def test_saved_searches_keep_all_but_the_person(database: Database) -> None:
    async with database.writing(OPERATOR) as uow:
        number = await somebody(uow)
        kept = "SELECT owner_id, 'clients', 'Other', CAST(:state AS jsonb) FROM saved_views LIMIT 1"
        await uow.execute(text(f"INSERT INTO saved_views (owner_id, page, name, state) {kept}"), {"state": '{"q": "zebe"}'})
        await erase(uow, number, reason="asked")
    async with database.reading() as reader:
        assert list(await reader.scalars(text("SELECT state FROM saved_views ORDER BY id"))) == [
            {"q": "", "more": ["", 7], "sort": "name"},
            {"q": "zebe"},
        ]
        assert list(await reader.scalars(text("SELECT name FROM saved_views ORDER BY id"))) == ["View 1", "Other"]
        assert await reader.scalar(text("SELECT criteria FROM bulk_changes")) == {"search": "", "standing": ["NONE"]}


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


def test_every_table_that_refers_to_clients_is_thought_of() -> None:
    refers = {table.name for table in metadata.tables.values() for key in table.foreign_keys if key.column.table.name == "clients"}
    said = set(re.findall(r"(?:FROM|UPDATE) (\w+)", " ".join(str(statement) for statement in FORGET)))
    # The search text is made by triggers; a remark on a row of the predecessor holds codes alone.
    assert refers - said == {"client_search", "adoption_remarks"}
