"""Everything that happened to a client, by whom, page by page, in the reader's language."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from backend import clock
from backend.audit import service as audit
from backend.clients.timeline_words import _SAID, summary
from backend.db import Actor, ActorKind
from backend.graphql import ids
from tests.client import Api
from tests.clients.people import add_client
from tests.clients.writing import ask, new_client, number, save
from tests.statements import StatementCounter
from tests.world import OPERATOR

TIMELINE = """query ($id: ID!, $first: Int! = 20, $after: String) { client(id: $id) { timeline(first: $first, after: $after) {
  edges { cursor node { id at byName byKind action subject summary changes { path before after } } }
  pageInfo { hasNextPage hasPreviousPage endCursor } } } }"""


async def timeline(api: Api, client: dict[str, Any], **page: Any) -> list[dict[str, Any]]:
    found = await api.execute(TIMELINE, {"id": client["id"], **page})
    return [edge["node"] for edge in found["client"]["timeline"]["edges"]]


async def check_in(api: Api, client: dict[str, Any]) -> None:
    document = """mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename } }"""
    await api.execute(document, {"input": {"clientId": client["id"], "requestId": "8a4ff0ba-21b1-4e3c-9d7c-2b5d5f3f0b1e"}})


async def test_all_of_it_the_newest_first(api: Api) -> None:
    await api.login("staff")
    vip = await save(api, "createTag", name="VIP")
    client = await new_client(api, phone="6615551002", note="Likes racing", tagIds=[vip["id"]])
    await check_in(api, client)
    await save(api, "recordConsent", clientId=client["id"], kind="PHOTO", granted=False, source="call")
    await api.login("admin")
    await save(api, "updateClient", id=client["id"], version=1, guardianPhone="6615551003", dateOfBirth="2001-02-03", noSound=True)
    await save(api, "updateContactMethod", id=client["contactMethods"][0]["id"], version=1, optedOut=True)
    await save(api, "changeClientTags", clientId=client["id"], remove=[vip["id"]])
    entries = await timeline(api, client)
    assert [(entry["action"], entry["subject"], entry["byName"], entry["byKind"], entry["summary"]) for entry in entries] == [
        ("client.tags_changed", "client", "Admin", "USER", "Tags changed"),
        ("contact_method.updated", "contact_method", "Admin", "USER", "Contact changed"),
        ("client.updated", "client", "Admin", "USER", "Details changed"),
        ("consent.recorded", "consent", "Staff", "USER", "Consent withdrawn: PHOTO"),
        ("check_in.recorded", "check_in", "Staff", "USER", "Checked in"),
        ("note.added", "note", "Staff", "USER", "Note written"),
        ("client.created", "client", "Staff", "USER", "Put on file"),
    ]
    changes = {entry["action"]: entry["changes"] for entry in entries}
    assert changes["client.tags_changed"] == [{"path": ["tags"], "before": "VIP", "after": None}]
    assert changes["contact_method.updated"] == [{"path": ["optedOut"], "before": "false", "after": "true"}]
    assert sorted(changes["client.updated"], key=str) == [
        {"path": ["dateOfBirth"], "before": None, "after": "2001-02-03"},
        {"path": ["guardianPhone"], "before": None, "after": "(661) 555-1003"},
        {"path": ["noSound"], "before": "false", "after": "true"},
    ]
    assert {"path": ["phone"], "before": None, "after": "(661) 555-1002"} in changes["client.created"]
    assert changes["note.added"] == [{"path": ["body"], "before": None, "after": "Likes racing"}]


async def test_page_by_page(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    for place in range(9):
        await save(api, "addNote", clientId=client["id"], body=f"Note {place}")
    seen, after = [], None
    while True:
        page = (await api.execute(TIMELINE, {"id": client["id"], "first": 4, "after": after}))["client"]["timeline"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        assert page["pageInfo"]["hasPreviousPage"] == (after is not None)
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == 10
    assert seen == [entry["id"] for entry in await timeline(api, client)]
    assert await timeline(api, client, first=0) == []


@pytest.mark.parametrize(
    ("page", "code"), [({"first": 101}, "VALIDATION_FAILED"), ({"first": -1}, "VALIDATION_FAILED"), ({"after": "x"}, "VALIDATION_FAILED")]
)
async def test_wrong_pages(api: Api, page: dict[str, Any], code: str) -> None:
    await api.login("staff")
    client = await new_client(api)
    answer = await api.raw(TIMELINE, {"id": client["id"], **page})
    assert answer["errors"][0]["extensions"]["code"] == code


async def test_what_happened_to_who_was_merged_belongs_to_it(api: Api) -> None:
    await api.login("staff")
    kept, lost, other = [await new_client(api, firstName=name) for name in ("Kept", "Lost", "Other")]
    await save(api, "addNote", clientId=lost["id"], body="From before")
    await save(api, "addNote", clientId=other["id"], body="Somebody else's")
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(
            text("UPDATE clients SET archived_at = now(), merged_into_id = :kept WHERE id = :lost"),
            {"kept": number(kept["id"]), "lost": number(lost["id"])},
        )
    assert [entry["action"] for entry in await timeline(api, kept)] == ["note.added", "client.created", "client.created"]
    assert [entry["action"] for entry in await timeline(api, other)] == ["note.added", "client.created"]


async def test_entries_of_others_read_well(api: Api) -> None:
    await api.login("staff")
    client_id = await add_client(api.database)
    job = Actor(ActorKind.JOB, label="scheduler")
    async with api.database.writing(job) as uow:
        after = {
            "tier": "Gold",
            "ends_on": "2027-01-31",
            "tier_id": 7,
            "window": {"days": 3, "left": None},
            "codes": ["a", "b"],
            "price": 0,
        }
        audit.record(uow, "membership.renewed", "membership", 5, client_id=client_id, before={"ends_on": None}, after=after)
        audit.record(uow, "kiosk.strange_thing", "kiosk", 5, client_id=client_id)
    strange, renewed = await timeline(api, {"id": ids.encode("Client", client_id)})
    assert (strange["summary"], strange["byKind"], strange["byName"], strange["changes"]) == ("Kiosk strange thing", "JOB", "scheduler", [])
    assert renewed["summary"] == "Membership renewed: Gold"
    assert {change["path"][0]: change["after"] for change in renewed["changes"]} == {
        "tier": "Gold",
        "endsOn": "2027-01-31",
        "window": "days: 3",
        "codes": "a, b",
        "price": "0",
    }


async def test_in_spanish_for_who_reads_spanish(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("UPDATE users SET language = 'es' WHERE username = 'staff'"))
    await api.login("staff")
    assert [entry["summary"] for entry in await timeline(api, client)] == ["Registro creado"]
    assert summary("consent.recorded", "consent", None, {"granted": True, "kind": "SMS"}, "es") == "Consentimiento otorgado: SMS"
    assert summary("consent.recorded", "consent", None, None, "en") == "Consent recorded"


def test_every_action_on_clients_has_its_words_in_both_languages(repository: Path) -> None:
    action = re.compile(r"""["']((?:client|contact_method|note|consent|check_in|membership|authorization)\.[a-z_]+)["']""")
    used = {found for file in (repository / "backend").rglob("*.py") for found in action.findall(file.read_text())}
    assert {"client.updated", "note.added", "check_in.recorded", "membership.added"} <= used
    assert used <= set(_SAID)
    assert all(english and spanish and english != spanish for english, spanish in _SAID.values())


async def test_nobody_at_all(api: Api) -> None:
    await api.login("staff")
    client_id = await add_client(api.database, archived_at=clock.now())
    assert await timeline(api, {"id": ids.encode("Client", client_id)}) == []
    assert (await ask(api, "addNote", clientId=ids.encode("Client", client_id), body="Archived, yet known"))["__typename"] == "ClientSaved"


async def test_one_statement_for_many_clients(api: Api, statements: StatementCounter) -> None:
    await api.login("staff")
    counts = []
    for many in (2, 8):
        for place in range(many):
            await new_client(api, firstName=f"Person {many} {place}")
        await api.execute("{ viewer { user { id } } }")
        statements.clear()
        page = await api.execute("{ clients { edges { node { timeline(first: 3) { edges { node { action } } } notes { id } } } } }")
        counts.append(statements.count)
        assert all(edge["node"]["timeline"]["edges"] for edge in page["clients"]["edges"])
    assert counts == [3, 3], statements.texts
