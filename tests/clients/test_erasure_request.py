"""Erasing as an admin does it: everybody who is the same person, the name typed, a certificate, and by the API's role alone."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from backend.clients.erasure import JOURNAL, ErasureReason, erase, erase_on_request
from backend.clients.merge.service import Asked, merge
from backend.clients.merge.undo import undo
from backend.db import Database
from backend.errors import Conflict, ValidationFailed
from backend.operations.bootstrap import roles
from tests.clients.somebody import LEGACY, all_rows, left_in, somebody
from tests.operations.bootstrap_support import run_sql
from tests.world import OPERATOR, settings_for


async def test_those_who_were_merged_into_them_go_with_them(database: Database, tmp_path: Path) -> None:
    journal = tmp_path / "erasures.jsonl"
    async with database.writing(OPERATOR) as uow:
        kept = int(await uow.scalar(text("INSERT INTO clients (first_name, last_name) VALUES ('Zebedee', 'Quxley') RETURNING id")))
        gone = await somebody(uow)
    async with database.writing(OPERATOR) as uow:
        await merge(uow, Asked((kept, 1), ((gone, 1),)))
        assert "Guardiana" in str(await uow.scalar(text("SELECT details FROM client_merges")))
    async with database.writing(OPERATOR) as uow:
        assert await erase(uow, kept, reason="asked", journal=journal) is True
    async with database.writing(OPERATOR) as uow:
        assert left_in(await all_rows(uow, "public")) == []
        assert list(await uow.scalars(text("SELECT client_id FROM erasures ORDER BY 1"))) == [kept, gone]
        names = list(await uow.scalars(text("SELECT last_name FROM clients ORDER BY id")))
        assert names == [f"client {kept}", f"client {gone}"]
        certificate = await uow.scalar(text("SELECT certificate FROM erasures WHERE client_id = :id"), {"id": kept})
    assert (certificate["client"], certificate["formerClients"], certificate["erased"]["records"]) == (kept, [gone], 2)
    assert [json.loads(line)["client"] for line in journal.read_text().splitlines()] == [kept, gone]


async def test_one_who_is_merged_only_here_is_separated_first(database: Database) -> None:
    # As in a backup from before the merge was undone: the other client is somebody else and must not lose anything.
    async with database.writing(OPERATOR) as uow:
        kept = int(await uow.scalar(text("INSERT INTO clients (first_name, last_name) VALUES ('Ana', 'Abrams') RETURNING id")))
        await uow.execute(text(f"INSERT INTO client_notes (client_id, body) VALUES ({kept}, 'of Ana')"))
        gone = await somebody(uow)
    async with database.writing(OPERATOR) as uow:
        await merge(uow, Asked((kept, 1), ((gone, 1),)))
    async with database.writing(OPERATOR) as uow:
        assert await erase(uow, gone, reason="asked") is True
    async with database.writing(OPERATOR) as uow:
        assert left_in(await all_rows(uow, "public")) == []
        assert list(await uow.scalars(text("SELECT first_name FROM clients ORDER BY id"))) == ["Ana", "Erased"]
        assert list(await uow.scalars(text("SELECT body FROM client_notes"))) == ["of Ana"]
        assert await uow.scalar(text(f"SELECT count(*) FROM check_ins WHERE client_id = {gone}")) == 2


async def test_the_certificate_counts_what_went_and_says_why_the_rest_stays(database: Database) -> None:
    async with database.writing(OPERATOR) as uow:
        number = await somebody(uow)
    async with database.writing(OPERATOR) as uow:
        await erase(uow, number, reason="OWN_REQUEST")
    async with database.reading() as reader:
        row = await reader.row(text("SELECT certificate, erased_at FROM erasures"))
    assert row is not None
    certificate = row.certificate
    assert certificate["format"] == "krc-check-in/erasure-certificate"
    assert (certificate["pseudonym"], certificate["reason"]) == (f"Erased client {number}", "OWN_REQUEST")
    assert certificate["erasedAt"] == row.erased_at.isoformat()
    assert certificate["erased"] == {
        "records": 1, "contactMethods": 2, "consents": 1, "notes": 2, "tags": 1, "messages": 1, "ggleapLinks": 1, "importMarks": 1,
        "possibleDuplicates": 0, "bulkChanges": 1, "auditValues": 2, "savedSearches": 2, "predecessorRows": 0,
    }  # fmt: skip
    assert [(part["what"], part["count"], part["why"]) for part in certificate["kept"]] == [
        ("visits", 2, "BILLING"), ("memberships", 1, "BILLING"), ("authorizations", 1, "BILLING"), ("auditEntries", 1, "ACCOUNTABILITY"),
    ]  # fmt: skip
    assert "50604" in certificate["basis"]
    assert left_in(json.dumps(certificate)) == []


@pytest.mark.parametrize(
    ("typed", "erased"),
    [("Zebedee Quxley", True), ("  zébedee   QUXLEY ", True), ("Zebedee", False), ("", False), ("Quxley Zebedee", False)],
)
async def test_the_name_has_to_be_typed(database: Database, tmp_path: Path, typed: str, erased: bool) -> None:
    async with database.writing(OPERATOR) as uow:
        number = await somebody(uow)
    asked = {"typed_name": typed, "reason": ErasureReason.OWN_REQUEST, "journal": tmp_path / JOURNAL}
    if erased:
        async with database.writing(OPERATOR) as uow:
            assert await erase_on_request(uow, number, **asked) is True  # type: ignore[arg-type]  # a dict of several kinds
        return
    with pytest.raises(ValidationFailed) as caught:
        async with database.writing(OPERATOR) as uow:
            await erase_on_request(uow, number, **asked)  # type: ignore[arg-type]  # a dict of several kinds
    assert [(item.path, item.code) for item in caught.value.fields] == [(("name",), "NAME_DIFFERS")]
    async with database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM erasures")) == 0


async def test_who_was_merged_into_another_one_is_erased_with_that_one(database: Database, tmp_path: Path) -> None:
    async with database.writing(OPERATOR) as uow:
        kept = int(await uow.scalar(text("INSERT INTO clients (first_name, last_name) VALUES ('Ana', 'Abrams') RETURNING id")))
        gone = await somebody(uow)
    async with database.writing(OPERATOR) as uow:
        await merge(uow, Asked((kept, 1), ((gone, 1),)))
    reason, journal = ErasureReason.OWN_REQUEST, tmp_path / JOURNAL
    with pytest.raises(Conflict) as caught:
        async with database.writing(OPERATOR) as uow:
            await erase_on_request(uow, gone, typed_name="Zebedee Quxley", reason=reason, journal=journal)
    assert caught.value.reason == "MERGED"


async def test_after_a_merge_that_was_undone_the_other_client_keeps_nothing_of_them(database: Database) -> None:
    async with database.writing(OPERATOR) as uow:
        kept = int(await uow.scalar(text("INSERT INTO clients (first_name, last_name) VALUES ('Ana', 'Abrams') RETURNING id")))
        gone = await somebody(uow)
    async with database.writing(OPERATOR) as uow:
        await merge(uow, Asked((kept, 1), ((gone, 1),)))
    async with database.writing(OPERATOR) as uow:
        await undo(uow, await uow.scalar(text("SELECT id FROM client_merges")))
    async with database.writing(OPERATOR) as uow:
        await erase(uow, gone, reason="asked")
        assert left_in(await all_rows(uow, "public")) == []
        assert list(await uow.scalars(text("SELECT first_name FROM clients ORDER BY id"))) == ["Ana", "Erased"]


@pytest.fixture
async def app_url(database_url: str) -> AsyncIterator[str]:
    """The address of the same database for the API's own role, which owns nothing."""
    role = f"app_{uuid4().hex[:10]}"
    url = make_url(database_url).set(username=role, password="word").render_as_string(hide_password=False)
    settings = settings_for(url).model_copy(update={"database_owner_url": database_url})
    owner = Database.of(settings.owner)
    async with owner.engine.connect() as connection:
        assert await roles.ensure(connection, settings)
    await owner.close()
    yield url
    await run_sql(database_url, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


async def test_the_apis_role_can_do_it_and_nothing_more(database_url: str, app_url: str, tmp_path: Path) -> None:
    owner, api = Database.of(settings_for(database_url)), Database.of(settings_for(app_url))
    try:
        async with owner.writing(OPERATOR) as uow:
            number = await somebody(uow)
            other = await uow.scalar(text("INSERT INTO clients (first_name, last_name) VALUES ('Ana', 'Abrams') RETURNING id"))
            for statement in LEGACY.split(";\n"):
                await uow.execute(text(statement.replace(": ", r"\: ")))
            adopted = "INSERT INTO adopted_rows SELECT 'clients', '10000000-0000-4000-8000-000000000001', :number, max(id) FROM adoptions"
            await uow.execute(text(adopted), {"number": number})
        for function in ("krc_erase_audit", "krc_erase_legacy"):
            with pytest.raises(DBAPIError, match="not on record"):
                async with api.writing(OPERATOR) as uow:
                    await uow.execute(text(f"SELECT {function}({other})"))
        async with api.writing(OPERATOR) as uow:
            reason, journal = ErasureReason.OWN_REQUEST, tmp_path / JOURNAL
            assert await erase_on_request(uow, number, typed_name="Zebedee Quxley", reason=reason, journal=journal) is True
        async with owner.writing(OPERATOR) as uow:
            after = await all_rows(uow, "public", "legacy")
            assert left_in(after) == []
            assert "Abrams" in after
            assert (await uow.scalar(text("SELECT certificate->'erased'->>'predecessorRows' FROM erasures"))) == "4"
    finally:
        await owner.close()
        await api.close()


async def test_what_the_predecessor_knew_goes_too(database_url: str) -> None:
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
            assert left_in(after) == []
            assert after.count("Ana") == 3
            assert await uow.scalar(text("SELECT count(*) FROM legacy.users")) == 1
            assert await uow.scalar(text("SELECT count(*) FROM legacy.audit_log")) == 2
    finally:
        await database.close()
