"""One person's data and the certificate of an erasure: complete, described, readable, and for admins alone."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from backend.clients.merge.service import Asked, merge
from backend.clients.personal_data import SECTIONS
from backend.db import Database
from backend.downloads.personal import TABLES
from backend.downloads.words import EN, ES
from backend.graphql import ids
from backend.models import metadata
from tests.client import Api
from tests.clients.people import add_client
from tests.clients.somebody import LEGACY, SECRETS, left_in, somebody
from tests.downloads.papers import pages_of, text_of
from tests.world import OPERATOR


async def get(api: Api, client: int, file: str, **query: str) -> httpx.Response:
    path = f"/api/v1/clients/{ids.encode('Client', client)}/{file}"
    return await api.http.get(path, params=query, headers={"Authorization": f"Bearer {api.token}"})


async def zebedee(database: Database, *, legacy: bool = False) -> int:
    async with database.writing(OPERATOR) as uow:
        number = await somebody(uow)
        if legacy:
            for statement in LEGACY.split(";\n"):
                if "legacy" not in statement:
                    await uow.execute(text(statement.replace(": ", r"\: ")))
            adopted = "INSERT INTO adopted_rows SELECT 'clients', '10000000-0000-4000-8000-000000000001', :number, max(id) FROM adoptions"
            await uow.execute(text(adopted), {"number": number})
    return number


async def test_everything_on_file_is_in_the_json(api: Api) -> None:
    await api.login("admin")
    client = await zebedee(api.database, legacy=True)
    other = await add_client(api.database, "Secretive", "Stranger", phone="+16615550123")
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text(f"INSERT INTO possible_duplicates VALUES ({client}, {other}, 'same_email')"))
    answer = await get(api, client, "data.json")
    assert answer.headers["content-type"] == "application/json"
    assert f'filename="client-{client}-data.json"' in answer.headers["content-disposition"]
    assert [secret for secret in SECRETS if secret not in answer.text] == []
    assert "Stranger" not in answer.text
    found = answer.json()
    assert (found["format"], found["version"], found["person"]["firstName"]) == ("krc-check-in/personal-data", 1, "Zebedee")
    assert {name: len(found[name]) for name in SECTIONS} == {
        "formerRecords": 0, "contactMethods": 2, "consents": 1, "notes": 2, "tags": 1, "memberships": 1, "authorizations": 1, "visits": 2,
        "kioskPresses": 1, "messages": 1, "gamingAccounts": 1, "imports": 1, "adoptedRemarks": 0, "possibleDuplicates": 1,
        "merges": 0, "bulkChanges": 1, "formerEvents": 1, "history": 1,
    }  # fmt: skip
    assert found["visits"][0]["voidReason"] == "Zebedee was not there"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00", found["visits"][0]["at"])
    assert found["erasure"] is None


def test_every_table_about_clients_is_in_it() -> None:
    refers = {table.name for table in metadata.tables.values() for key in table.foreign_keys if key.column.table.name == "clients"}
    said = set(re.findall(r"(?:FROM|JOIN) (\w+)", " ".join(SECTIONS.values())))
    # The search text is made of the rest.
    assert refers - said == {"client_search"}


async def test_every_field_is_described(api: Api, repository: Path) -> None:
    await api.login("admin")
    answer = await get(api, await zebedee(api.database, legacy=True), "data.json")
    described = (repository / "docs" / "personal-data.md").read_text(encoding="utf-8")
    found = answer.json()
    names = set(found) | set(found["person"])
    for section in SECTIONS.values():
        names |= set(re.findall(r"'(\w+)', ", section))
    assert sorted(name for name in names if f"`{name}`" not in described) == []


async def test_those_who_were_merged_into_them_are_in_it(api: Api) -> None:
    await api.login("admin")
    kept = await add_client(api.database, "Zeb", "Quxley", email="zeb@example.test")
    gone = await zebedee(api.database)
    async with api.database.writing(OPERATOR) as uow:
        await merge(uow, Asked((kept, 1), ((gone, 1),)))
    for client in (kept, gone):
        found = (await get(api, client, "data.json")).json()
        assert found["person"]["number"] == kept
        assert [(record["number"], record["guardianName"]) for record in found["formerRecords"]] == [(gone, "Guardiana")]
        assert len(found["contactMethods"]) == 3
        assert [(item["kept"], item["merged"]) for item in found["merges"]] == [(kept, gone)]


@pytest.mark.parametrize(("language", "words"), [("en", EN), ("es", ES)])
async def test_the_pdf_says_it_in_the_readers_language(api: Api, language: str, words: dict[str, str]) -> None:
    await api.login("admin")
    client = await zebedee(api.database)
    answer = await get(api, client, "data.pdf", language=language)
    assert answer.headers["content-type"] == "application/pdf"
    said = text_of(answer.content)
    assert words["data.title"].replace("{name}", "Zebedee Quxley") in said
    assert words["visits"] in said
    assert words["page"].replace("{n}", "1") in said
    # The words of the log of changes are for programs; everything else is readable here.
    missing = [secret for secret in SECRETS if (secret if not secret.startswith("+1") else f"({secret[2:5]}) {secret[5:8]}") not in said]
    assert missing == []


async def test_without_a_wish_the_pdf_is_in_the_persons_language_and_on_the_paper_asked_for(api: Api) -> None:
    await api.login("admin")
    client = await zebedee(api.database)
    answer = await get(api, client, "data.pdf", paper="A4")
    assert ES["visits"] in text_of(answer.content)
    assert [round(side) for side in pages_of(answer.content)[0]] == [595, 842]


async def test_years_of_visits_fit(api: Api) -> None:
    await api.login("admin")
    client = await add_client(api.database)
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(
            text(
                f"""INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy)
                SELECT gen_random_uuid(), {client}, now() - make_interval(days => n), current_date - n, 'STAFF', 'ACTIVE', 'REMIND'
                FROM generate_series(1, 600) n"""
            )
        )
    answer = await get(api, client, "data.pdf")
    assert len(pages_of(answer.content)) > 10
    assert text_of(answer.content).count("STAFF") == 600


async def test_what_people_wrote_cannot_change_the_paper(api: Api) -> None:
    await api.login("admin")
    client = await add_client(api.database, "<b>Ana</b> & Co", "<para>]]>")
    async with api.database.writing(OPERATOR) as uow:
        body = '<img src="x"/> first line\n<br/>second line 李'
        await uow.execute(text("INSERT INTO client_notes (client_id, body) VALUES (:id, :body)"), {"id": client, "body": body})
    said = text_of((await get(api, client, "data.pdf")).content)
    assert "<b>Ana</b> & Co <para>]]>" in said
    assert '<img src="x"/> first line <br/>second line ?' in said


async def test_only_admins_get_it_and_each_time_is_in_the_audit_log(api: Api) -> None:
    client = await zebedee(api.database)
    await api.login("staff")
    for file in ("data.json", "data.pdf", "erasure.json", "erasure.pdf"):
        assert (await get(api, client, file)).status_code == 403
    await api.login("admin")
    await get(api, client, "data.json")
    await get(api, client, "data.pdf")
    async with api.database.reading() as reader:
        entries = await reader.rows(text("SELECT client_id, actor_label, after FROM audit_log WHERE action = 'client.data_downloaded'"))
    assert [tuple(entry) for entry in entries] == [(client, "Admin", {"form": "json"}), (client, "Admin", {"form": "pdf"})]


async def test_strangers_are_not_found(api: Api) -> None:
    await api.login("admin")
    assert (await get(api, 4711, "data.json")).status_code == 404
    client = await zebedee(api.database)
    assert (await get(api, client, "erasure.pdf")).json()["code"] == "NOT_FOUND"


ERASE = """mutation ($input: EraseClientInput!) { eraseClient(input: $input) { __typename
  ... on ClientErased { client { displayName erasure { reason byName hasCertificate } } }
  ... on ValidationProblem { fields { path code } } ... on Problem { code } } }"""


async def test_after_an_erasure_there_is_a_certificate_in_both_forms(api: Api) -> None:
    await api.login("admin")
    client = await zebedee(api.database)
    asked: dict[str, Any] = {"id": ids.encode("Client", client), "name": "Zebedee Quxle", "reason": "OWN_REQUEST"}
    refused = (await api.execute(ERASE, {"input": asked}))["eraseClient"]
    assert refused["fields"] == [{"path": ["name"], "code": "NAME_DIFFERS"}]
    done = (await api.execute(ERASE, {"input": asked | {"name": "zebedee quxley"}}))["eraseClient"]
    assert done["client"] == {
        "displayName": f"Erased client {client}",
        "erasure": {"reason": "OWN_REQUEST", "byName": "Admin", "hasCertificate": True},
    }
    written = (await get(api, client, "erasure.json")).json()
    assert (written["client"], written["erased"]["contactMethods"]) == (client, 2)
    for language, words in (("en", EN), ("es", ES)):
        answer = await get(api, client, "erasure.pdf", language=language)
        said = text_of(answer.content)
        assert words["erasure.title"] in said
        assert words["OWN_REQUEST"] in said
        assert words["BILLING"] in said
        assert f"Erased client {client}" in said
        assert left_in(said) == []
    data = await get(api, client, "data.json")
    assert left_in(data.text) == []
    assert data.json()["erasure"]["reason"] == "OWN_REQUEST"


def test_papers_speak_both_languages_with_the_same_words() -> None:
    assert EN.keys() == ES.keys()
    for key, word in EN.items():
        assert sorted(re.findall(r"\{\w+\}", word)) == sorted(re.findall(r"\{\w+\}", ES[key])), key
    columns = {name for columns in TABLES.values() for name in columns} | set(TABLES)
    assert columns <= EN.keys()
    assert all(abs(sum(columns.values()) - 1) < 1e-9 for columns in TABLES.values())
    assert json.dumps(EN)
