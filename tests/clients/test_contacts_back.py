"""Undo of a removed contact method: it is again what it was, once, for as long as the desk offers it."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text, update

from backend import clock
from backend.clients.models import Client, ContactKind, ContactMethod
from tests.audit.log import without_rules
from tests.client import Api
from tests.clients.people import add_client
from tests.clients.writing import ask, audited, new_client, number, problems, save, seen
from tests.world import OPERATOR

Method = dict[str, Any]


@pytest.fixture
async def client(api: Api) -> dict[str, Any]:
    """Somebody with a verified phone that wants no messages, and another one; the first is primary."""
    await api.login("staff")
    made = await new_client(api, phone="6615551002")
    await save(api, "addContactMethod", clientId=made["id"], kind="PHONE", value="6615551003")
    (first, _) = (await seen(api, made["id"]))["contactMethods"]
    return await save(api, "updateContactMethod", id=first["id"], version=1, verified=True, optedOut=True, label="mother")


async def removed(api: Api, method: Method) -> dict[str, Any]:
    """What takes the removal back."""
    answer = await ask(api, "removeContactMethod", id=method["id"], version=method["version"])
    assert answer["changedVersion"] == method["version"]
    return {"id": answer["changedId"], "version": answer["changedVersion"]}


def without(method: Method, *names: str) -> Method:
    return {name: value for name, value in method.items() if name not in names}


async def test_it_is_again_what_it_was(api: Api, client: dict[str, Any]) -> None:
    first, second = client["contactMethods"]
    back = await removed(api, first)
    (heir,) = (await seen(api, client["id"]))["contactMethods"]
    assert (heir["value"], heir["primary"]) == (second["value"], True)
    now = (await save(api, "restoreContactMethod", **back))["contactMethods"]
    assert without(now[0], "version") == without(first, "version")
    assert (first["verified"], first["optedOut"], first["label"], now[0]["version"]) == (True, True, "mother", first["version"] + 1)
    assert without(now[1], "version") == without(second, "version")
    entries = await audited(api.database, subject="contact_method")
    (after,) = [after for action, _, after in entries if action == "contact_method.restored"]
    assert (after["value"], after["label"]) == ("+16615551002", "mother")
    # It may be changed and removed again.
    await save(api, "updateContactMethod", id=now[0]["id"], version=now[0]["version"], optedOut=False)


async def test_one_that_needs_fixing_comes_back_so(api: Api) -> None:
    await api.login("staff")
    client_id = await add_client(api.database)
    async with api.database.writing(OPERATOR) as uow:
        uow.add(ContactMethod(client_id=client_id, kind=ContactKind.PHONE, value="555-1002", needs_fixing=True))
    (found,) = (await api.execute("{ clients { edges { node { id } } } }"))["clients"]["edges"]
    (before,) = (await seen(api, found["node"]["id"]))["contactMethods"]
    (after,) = (await save(api, "restoreContactMethod", **await removed(api, before)))["contactMethods"]
    assert without(after, "version") == without(before, "version")
    assert after["needsFixing"] is True


async def test_it_comes_back_once(api: Api, client: dict[str, Any]) -> None:
    back = await removed(api, client["contactMethods"][0])
    keyed = back | {"idempotencyKey": str(uuid4())}
    answers = await asyncio.gather(*(ask(api, "restoreContactMethod", **(keyed if n % 2 else back)) for n in range(8)))
    assert {(answer["__typename"], answer["changedVersion"]) for answer in answers} == {("ClientSaved", back["version"] + 1)}
    assert len((await seen(api, client["id"]))["contactMethods"]) == 2
    other = await ask(api, "restoreContactMethod", **(keyed | {"version": 9}))
    assert other["code"] == "KEY_REUSED"
    # Somebody has changed it since: only the key still knows the first answer.
    await save(api, "updateContactMethod", id=back["id"], version=back["version"] + 1, label="home")
    stale = await ask(api, "restoreContactMethod", **back)
    assert (stale["code"], stale["version"]) == ("STALE_VERSION", back["version"] + 2)
    assert (await ask(api, "restoreContactMethod", **keyed))["__typename"] == "ClientSaved"


async def test_another_version_than_the_removed_one(api: Api, client: dict[str, Any]) -> None:
    back = await removed(api, client["contactMethods"][0])
    answer = await ask(api, "restoreContactMethod", id=back["id"], version=1)
    assert (answer["code"], answer["version"]) == ("STALE_VERSION", back["version"])


async def test_whoever_was_chosen_meanwhile_stays_primary(api: Api, client: dict[str, Any]) -> None:
    back = await removed(api, client["contactMethods"][0])
    await save(api, "addContactMethod", clientId=client["id"], kind="PHONE", value="6615551004", primary=True)
    now = (await save(api, "restoreContactMethod", **back))["contactMethods"]
    assert now[0]["value"] == "+16615551004"
    assert [method["primary"] for method in now] == [True, False, False]


async def test_what_stands_in_the_way(api: Api, client: dict[str, Any]) -> None:
    back = await removed(api, client["contactMethods"][0])
    again = await save(api, "addContactMethod", clientId=client["id"], kind="PHONE", value="661 555 1002")
    assert await problems(api, "restoreContactMethod", **back) == [("value", "ALREADY_THERE")]
    (double,) = [method for method in again["contactMethods"] if method["value"] == "+16615551002"]
    await removed(api, double)
    async with api.database.writing(OPERATOR) as uow:
        uow.add(*(ContactMethod(client_id=number(client["id"]), kind=ContactKind.DISCORD, value=f"h{n}") for n in range(29)))
    assert await problems(api, "restoreContactMethod", **back) == [("value", "TOO_MANY")]


async def test_only_for_as_long_as_undo_is_offered(api: Api, client: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    back = await removed(api, client["contactMethods"][0])
    now = clock.now()
    window = timedelta(minutes=api.settings.undo_window_minutes)
    async with api.database.writing(OPERATOR) as uow:
        await without_rules(uow)
        await uow.execute(
            text("UPDATE audit_log SET happened_at = :at WHERE action = 'contact_method.removed'"),
            {"at": now - window - timedelta(seconds=1)},
        )
    answer = await ask(api, "restoreContactMethod", **back)
    assert answer["code"] == "TOO_LATE"
    assert "15 minutes" in answer["message"]


async def test_it_follows_a_merge_and_never_an_erasure(api: Api, client: dict[str, Any]) -> None:
    back = await removed(api, client["contactMethods"][0])
    kept = await new_client(api, firstName="Anna")
    lost = Client.id == number(client["id"])
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).where(lost).values(archived_at=clock.now(), merged_into_id=number(kept["id"])))
    now = await save(api, "restoreContactMethod", **back)
    assert (now["id"], [method["value"] for method in now["contactMethods"]]) == (kept["id"], ["+16615551002"])
    async with api.database.writing(OPERATOR) as uow:
        await without_rules(uow)
        await uow.execute(text("UPDATE audit_log SET before = NULL WHERE action = 'contact_method.removed'"))
    assert (await ask(api, "restoreContactMethod", **back))["code"] == "NOT_FOUND"


async def test_what_was_never_removed(api: Api, client: dict[str, Any]) -> None:
    for identifier in (client["contactMethods"][0]["id"], client["id"], "nonsense"):
        assert (await ask(api, "restoreContactMethod", id=identifier, version=1))["code"] == "NOT_FOUND"


async def test_only_whoever_may_change_clients(api: Api, client: dict[str, Any]) -> None:
    back = await removed(api, client["contactMethods"][0])
    await api.execute("mutation { logout { __typename } }")
    answer = await api.raw(
        "mutation ($input: RestoreContactMethodInput!) { restoreContactMethod(input: $input) { __typename } }", {"input": back}
    )
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAUTHENTICATED"]
    await api.login("staff")
    assert (await ask(api, "restoreContactMethod", **back))["__typename"] == "ClientSaved"


async def test_the_timeline_says_it_in_words(api: Api, client: dict[str, Any]) -> None:
    await save(api, "restoreContactMethod", **await removed(api, client["contactMethods"][0]))
    page = "query ($id: ID!) { client(id: $id) { timeline(first: 3) { edges { node { action summary changes { path } } } } } }"
    edges = (await api.execute(page, {"id": client["id"]}))["client"]["timeline"]["edges"]
    (back,) = [edge["node"] for edge in edges if edge["node"]["action"] == "contact_method.restored"]
    assert back["summary"] == "Contact put back: (661) 555-1002"
    said = {change["path"][0] for edge in edges for change in edge["node"]["changes"]}
    assert {"verified", "optedOut", "label"} <= said
    assert not said & {"version", "createdAt", "heirId", "id"}
