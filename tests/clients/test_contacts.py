"""Contact methods: form, doubles, the primary one, proof, opting out, versions."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from backend.clients.models import ContactKind, ContactMethod
from tests.client import Api
from tests.clients.people import add_client
from tests.clients.writing import ask, audited, new_client, number, problems, save, seen
from tests.world import OPERATOR


async def add(api: Api, client: dict[str, Any], kind: str = "PHONE", value: str = "6615551002", **given: Any) -> dict[str, Any]:
    """The client afterwards."""
    return await save(api, "addContactMethod", clientId=client["id"], kind=kind, value=value, **given)


def values(client: dict[str, Any], kind: str = "PHONE") -> list[tuple[str, bool]]:
    return [(method["value"], method["primary"]) for method in client["contactMethods"] if method["kind"] == kind]


async def test_each_kind_in_its_form(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    await add(api, client, value=" (661) 555-1002 ", label="  mother ")
    await add(api, client, "EMAIL", " Ana@Example.TEST ")
    now = await add(api, client, "DISCORD", " @ana.plays ")
    shown = [(method["kind"], method["value"], method["display"], method["label"], method["primary"]) for method in now["contactMethods"]]
    assert shown == [
        ("PHONE", "+16615551002", "(661) 555-1002", "mother", True),
        ("EMAIL", "ana@example.test", "ana@example.test", None, True),
        ("DISCORD", "ana.plays", "ana.plays", None, True),
    ]
    assert now["version"] == 1
    assert (await audited(api.database, subject="contact_method"))[0] == (
        "contact_method.added",
        None,
        {"kind": "PHONE", "value": "+16615551002", "label": "mother", "is_primary": True},
    )


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("PHONE", None, "REQUIRED"),
        ("PHONE", "  ", "REQUIRED"),
        ("PHONE", "5551002", "NO_AREA_CODE"),
        ("PHONE", "x" * 5000, "NOT_A_PHONE"),
        ("EMAIL", "", "REQUIRED"),
        ("EMAIL", "ana@", "NOT_AN_EMAIL"),
        ("EMAIL", "a\0@b.test", "BAD_CHARACTER"),
        ("DISCORD", "@", "REQUIRED"),
        ("DISCORD", "x" * 101, "TOO_LONG"),
        ("DISCORD", "\u200b", "ONLY_BLANKS"),
    ],
)
async def test_what_is_no_contact(api: Api, kind: str, value: str | None, code: str) -> None:
    await api.login("staff")
    client = await new_client(api)
    assert await problems(api, "addContactMethod", clientId=client["id"], kind=kind, value=value) == [("value", code)]
    now = await add(api, client, "PHONE", "6615551009")
    if kind == "PHONE":
        (method,) = now["contactMethods"]
        assert await problems(api, "updateContactMethod", id=method["id"], version=1, value=value) == [("value", code)]
    assert await problems(api, "addContactMethod", clientId=client["id"], kind="EMAIL", value="a@b.test", label="x" * 61) == [
        ("label", "TOO_LONG")
    ]


async def test_a_client_has_nothing_twice_but_a_family_may_share(api: Api) -> None:
    await api.login("staff")
    client, sister = await new_client(api), await new_client(api, firstName="Berta")
    await add(api, client)
    same = {"clientId": client["id"], "kind": "PHONE", "value": "+1 661 555 1002"}
    assert await problems(api, "addContactMethod", **same) == [("value", "ALREADY_THERE")]
    assert values(await add(api, sister)) == [("+16615551002", True)]
    now = await add(api, client, value="6615551003")
    other = now["contactMethods"][1]
    assert await problems(api, "updateContactMethod", id=other["id"], version=1, value="661.555.1002") == [("value", "ALREADY_THERE")]


async def test_the_same_twenty_times_at_once(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    answers = await asyncio.gather(
        *(ask(api, "addContactMethod", clientId=client["id"], kind="PHONE", value="6615551002") for _ in range(20))
    )
    assert sorted(answer["__typename"] for answer in answers) == ["ClientSaved"] + 19 * ["ValidationProblem"]
    key = str(uuid4())
    repeated = await asyncio.gather(
        *(ask(api, "addContactMethod", clientId=client["id"], kind="EMAIL", value="a@b.test", idempotencyKey=key) for _ in range(10))
    )
    assert len({answer["changedId"] for answer in repeated}) == 1
    other = await ask(api, "addContactMethod", clientId=client["id"], kind="EMAIL", value="c@d.test", idempotencyKey=key)
    assert other["code"] == "KEY_REUSED"


async def test_one_of_a_kind_is_primary(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    await add(api, client)
    assert values(await add(api, client, value="6615551003")) == [("+16615551002", True), ("+16615551003", False)]
    now = await add(api, client, value="6615551004", primary=True)
    assert values(now) == [("+16615551004", True), ("+16615551002", False), ("+16615551003", False)]
    # Who stepped down has changed too.
    assert [method["version"] for method in now["contactMethods"]] == [1, 2, 1]
    now = await save(api, "updateContactMethod", id=now["contactMethods"][2]["id"], version=1, primary=True)
    assert values(now) == [("+16615551003", True), ("+16615551002", False), ("+16615551004", False)]
    now = await save(api, "updateContactMethod", id=now["contactMethods"][0]["id"], version=2, primary=False)
    assert [primary for _, primary in values(now)] == [False, False, False]
    # Another kind has its own.
    assert values(await add(api, client, "EMAIL", "a@b.test"), "EMAIL") == [("a@b.test", True)]


async def test_two_at_once_become_primary_one_after_the_other(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    for place in range(4):
        now = await add(api, client, value=f"661555100{place}")
    methods = [method for method in now["contactMethods"] if not method["primary"]]
    answers = await asyncio.gather(*(ask(api, "updateContactMethod", id=method["id"], version=1, primary=True) for method in methods))
    assert {answer["__typename"] for answer in answers} == {"ClientSaved"}
    assert [primary for _, primary in values(await seen(api, client["id"]))].count(True) == 1


async def test_the_next_one_takes_over(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    async with api.database.writing(OPERATOR) as uow:
        uow.add(ContactMethod(client_id=number(client["id"]), kind=ContactKind.PHONE, value="555-1000", needs_fixing=True))
    for place in (5, 4, 3):
        now = await add(api, client, value=f"661555100{place}")
    first = next(method for method in now["contactMethods"] if method["primary"])
    now = await save(api, "removeContactMethod", id=first["id"], version=1)
    assert values(now) == [("+16615551004", True), ("+16615551003", False), ("555-1000", False)]
    assert (await ask(api, "removeContactMethod", id=first["id"], version=1))["code"] == "NOT_FOUND"
    assert (await ask(api, "updateContactMethod", id=first["id"], version=1))["code"] == "NOT_FOUND"
    entries = (await audited(api.database, subject="contact_method"))[-2:]
    assert [entry[0] for entry in entries] == ["contact_method.removed", "contact_method.updated"]
    kept = {"kind": "PHONE", "value": "+16615551005", "is_primary": True, "version": 1}
    assert entries[0][1] == {**entries[0][1], **kept, "heir_id": number(now["contactMethods"][0]["id"], "ContactMethod")}
    assert entries[1][1:] == ({"is_primary": False}, {"is_primary": True})


async def test_proof_and_opting_out(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    (method,) = (await add(api, client))["contactMethods"]
    (method,) = (await save(api, "updateContactMethod", id=method["id"], version=1, verified=True, optedOut=True))["contactMethods"]
    assert (method["verified"], method["optedOut"]) == (True, True)
    since = method["verifiedAt"]
    assert since
    assert method["optedOutAt"]
    (method,) = (await save(api, "updateContactMethod", id=method["id"], version=2, verified=True, label="work"))["contactMethods"]
    assert (method["verifiedAt"], method["label"], method["version"]) == (since, "work", 3)
    # Another number is nobody's proof, but whoever wanted no messages still wants none.
    (method,) = (await save(api, "updateContactMethod", id=method["id"], version=3, value="6615551003"))["contactMethods"]
    assert (method["verified"], method["optedOut"], method["label"]) == (False, True, "work")
    given = {"value": "6615551004", "verified": True, "optedOut": None, "label": " "}
    (method,) = (await save(api, "updateContactMethod", id=method["id"], version=4, **given))["contactMethods"]
    assert (method["verified"], method["optedOut"], method["label"]) == (True, False, None)
    assert method["verifiedAt"] != since


async def test_one_that_needs_fixing_is_fixed(api: Api) -> None:
    await api.login("staff")
    client_id = await add_client(api.database)
    async with api.database.writing(OPERATOR) as uow:
        uow.add(ContactMethod(client_id=client_id, kind=ContactKind.PHONE, value="555-1002", needs_fixing=True))
    (client,) = (await api.execute("{ clients { edges { node { contactMethods { id value } } } } }"))["clients"]["edges"]
    (method,) = client["node"]["contactMethods"]
    (now,) = (await save(api, "updateContactMethod", id=method["id"], version=1, value="661-555-1002"))["contactMethods"]
    assert (now["value"], now["needsFixing"]) == ("+16615551002", False)


async def test_an_old_version_hears_what_changed(api: Api) -> None:
    await api.login("admin")
    client = await new_client(api)
    (method,) = (await add(api, client))["contactMethods"]
    await save(api, "updateContactMethod", id=method["id"], version=1, value="6615551003", label="work")
    await save(api, "updateContactMethod", id=method["id"], version=2, optedOut=True)
    for name in ("updateContactMethod", "removeContactMethod"):
        answer = await ask(api, name, id=method["id"], version=1)
        assert (answer["code"], answer["version"]) == ("STALE_VERSION", 3)
        assert {change["path"][0]: change["value"] for change in answer["changes"]} == {
            "optedOut": "true",
            "value": "(661) 555-1003",
            "label": "work",
        }


async def test_thirty_are_enough(api: Api) -> None:
    await api.login("staff")
    client_id = await add_client(api.database)
    async with api.database.writing(OPERATOR) as uow:
        uow.add(*(ContactMethod(client_id=client_id, kind=ContactKind.DISCORD, value=f"h{place}") for place in range(30)))
    (found,) = (await api.execute("{ clients { edges { node { id } } } }"))["clients"]["edges"]
    answer = await problems(api, "addContactMethod", clientId=found["node"]["id"], kind="PHONE", value="6615551002")
    assert answer == [("value", "TOO_MANY")]
