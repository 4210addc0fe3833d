"""The audit log as CSV: exactly the entries of the filter, harmless in a spreadsheet, itself in the log, for those who may."""

import csv
import io
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from backend.audit import service as audit
from backend.clients.erasure import erase
from backend.db import Actor, ActorKind
from backend.downloads.audit import HEADINGS
from backend.graphql import ids
from tests.client import Api
from tests.clients.people import add_client
from tests.world import OPERATOR

PATH = "/api/v1/exports/audit-log.csv"


async def ask(api: Api, **body: Any) -> httpx.Response:
    return await api.http.post(PATH, json=body, headers={"Authorization": f"Bearer {api.token}"})


async def rows(api: Api, **wanted: Any) -> list[dict[str, str]]:
    answer = await ask(api, filter=wanted, bom=False)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


@pytest.fixture
async def admin(api: Api) -> Api:
    await api.login("admin")
    return api


async def test_it_has_what_the_filter_lets_through(admin: Api) -> None:
    client = await add_client(admin.database)
    key = Actor(ActorKind.API_KEY, id=4, label="Nightly", request_id="r-1")
    async with admin.database.writing(key) as uow:
        audit.record(uow, "thing.changed", "thing", 7, client_id=client, before={"a": "Ä", "b": None}, after={"a": "é"})
        audit.record(uow, "other.changed", "other", 8)
    found = await rows(admin, actions=["thing."], apiKeyId=ids.encode("ApiKey", 4))
    assert len(found) == 1
    row = found[0]
    assert tuple(row) == HEADINGS
    assert (row["Kind"], row["Who"], row["Action"], row["About"], row["Number"]) == ("API_KEY", "Nightly", "thing.changed", "thing", "7")
    assert (row["Before"], row["After"], row["Client number"], row["Request"]) == ('{"a":"Ä","b":null}', '{"a":"é"}', str(client), "r-1")
    assert row["When"].endswith(("-08:00", "-07:00"))
    assert len(await rows(admin, apiKeyId=ids.encode("ApiKey", 4))) == 2
    assert (await ask(admin)).content.startswith(b"\xef\xbb\xbfEntry,When")


async def test_more_than_a_page_in_order(admin: Api) -> None:
    async with admin.database.writing(OPERATOR) as uow:
        many = """INSERT INTO audit_log (happened_at, actor_kind, action, subject_type)
                  SELECT now() - n * interval '1 minute', 'JOB', 'thing.many', 'thing' FROM generate_series(1, 1700) n"""
        await uow.execute(text(many))
    found = [row["When"] for row in await rows(admin, actions=["thing."])]
    assert found == sorted(found, reverse=True)
    assert len(found) == 1700


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
async def test_no_cell_is_a_formula(admin: Api, evil: str) -> None:
    async with admin.database.writing(Actor(ActorKind.USER, id=1, label=evil)) as uow:
        audit.record(uow, "thing.changed", "thing", 1)
    assert (await rows(admin, actions=["thing."]))[0]["Who"] == f"'{evil}"


async def test_an_erasure_leaves_no_value(admin: Api) -> None:
    client = await add_client(admin.database, "Zebedee")
    async with admin.database.writing(OPERATOR) as uow:
        audit.record(uow, "client.created", "client", client, client_id=client, after={"first_name": "Zebedee"})
        await uow.flush()
        await erase(uow, client, reason="asked")
    found = await rows(admin, clientId=ids.encode("Client", client))
    assert "Zebedee" not in str(found)
    assert [(row["Action"], row["Emptied"]) for row in found if row["Action"] == "client.created"] == [("client.created", "yes")]


async def test_the_log_says_that_it_was_taken(admin: Api) -> None:
    await ask(admin, filter={"actions": ["session."], "requestId": None})
    async with admin.database.reading() as reader:
        entry = await reader.row(text("SELECT actor_label, after FROM audit_log WHERE action = 'audit_log.exported'"))
    assert entry is not None
    assert (entry.actor_label, entry.after) == ("Admin", {"entries": 1, "filter": ["actions"]})


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        ({"actorKind": "GOD"}, ("actorKind", "UNKNOWN")),
        ({"from": "yesterday"}, ("from", "WRONG_TYPE")),
        ({"action": "x"}, ("action", "UNKNOWN")),
        ({"actions": "x"}, ("actions", "WRONG_TYPE")),
        ({"actions": ["X"]}, ("actions", "INVALID")),
        ({"requestId": "\0"}, ("requestId", "INVALID")),
    ],
)
async def test_what_makes_no_sense_is_named(admin: Api, wanted: dict[str, Any], problem: tuple[str, str]) -> None:
    answer = await ask(admin, filter=wanted)
    assert answer.status_code == 422
    assert [(field["path"][-1], field["code"]) for field in answer.json()["fields"]] == [problem]


async def test_who_may_not(api: Api) -> None:
    assert (await api.http.post(PATH, json={})).status_code == 401
    await api.login("staff")
    assert (await ask(api)).status_code == 403
    async with api.database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM audit_log WHERE action = 'audit_log.exported'")) == 0
