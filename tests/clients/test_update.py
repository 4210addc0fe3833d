"""Changing somebody on file: field by field, at the version that was read; archiving, restoring, another code."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from backend import clock
from backend.clients import codes
from tests.client import Api
from tests.clients.writing import ask, audited, new_client, problems, save, seen
from tests.statements import StatementCounter

EVERY: dict[str, Any] = {
    "firstName": "Berta",
    "lastName": "Brown",
    "preferredName": "Bee",
    "dateOfBirth": "2010-11-12",
    "language": "ES",
    "guardianName": "Maria",
    "guardianRelation": "aunt",
    "guardianPhone": "+16615551003",
    "serviceCoordinator": "Sam",
    "serviceCoordinatorPhone": "+16615551004",
    "serviceCoordinatorEmail": "sam@regional.test",
    "memberCode": "KRC-7",
}


async def test_only_what_is_given_changes(api: Api) -> None:
    await api.login("staff")
    made = await new_client(api, **{**EVERY, "firstName": "Ana"}, note="Stays", phone="6615551002")
    now = await save(api, "updateClient", id=made["id"], version=1, preferredName="Bea")
    assert now == {**made, "preferredName": "Bea", "displayName": "Bea Brown", "version": 2}
    (_, before, after) = (await audited(api.database, subject="client"))[-1]
    assert (before, after) == ({"preferred_name": "Bee"}, {"preferred_name": "Bea"})


async def test_every_field_changes_and_clears(api: Api) -> None:
    await api.login("staff")
    made = await new_client(api)
    comfort = {"largeText": True, "noSound": True, "noMotion": True}
    now = await save(api, "updateClient", id=made["id"], version=1, **EVERY, **comfort)
    assert {name: now[name] for name in EVERY} == EVERY
    assert now["comfort"] == comfort
    cleared = [name for name in EVERY if name not in {"firstName", "language"}]
    now = await save(api, "updateClient", id=made["id"], version=2, **dict.fromkeys([*cleared, *comfort]))
    assert {name: now[name] for name in cleared} == {**dict.fromkeys(cleared), "lastName": ""}
    assert now["comfort"] == dict.fromkeys(comfort, False)


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0"])
async def test_an_empty_form_field_clears(api: Api, blank: str) -> None:
    await api.login("staff")
    made = await new_client(api, **EVERY)
    fields = [name for name in EVERY if name not in {"firstName", "dateOfBirth", "language"}]
    now = await save(api, "updateClient", id=made["id"], version=1, **dict.fromkeys(fields, blank))
    assert {name: now[name] for name in fields} == {**dict.fromkeys(fields), "lastName": ""}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"firstName": "", "lastName": None}, ("firstName", "REQUIRED")),
        ({"language": None}, ("language", "REQUIRED")),
        ({"dateOfBirth": "1800-01-01"}, ("dateOfBirth", "TOO_LONG_AGO")),
        ({"guardianPhone": "1"}, ("guardianPhone", "NOT_A_PHONE")),
        ({"serviceCoordinatorEmail": "x"}, ("serviceCoordinatorEmail", "NOT_AN_EMAIL")),
        ({"memberCode": "..."}, ("memberCode", "BAD_CODE")),
        ({"preferredName": "\x7f"}, ("preferredName", "BAD_CHARACTER")),
        ({"guardianName": "x" * 201}, ("guardianName", "TOO_LONG")),
    ],
)
async def test_what_is_wrong_changes_nothing(api: Api, given: dict[str, Any], expected: tuple[str, str]) -> None:
    await api.login("staff")
    made = await new_client(api, **EVERY)
    assert await problems(api, "updateClient", id=made["id"], version=1, **given) == [expected]
    assert await problems(api, "updateClient", id=made["id"], version=1, **{"guardianRelation": "uncle", **given}) == [expected]
    assert await seen(api, made["id"]) == made


async def test_tomorrow_and_one_name_of_two(api: Api) -> None:
    await api.login("staff")
    made = await new_client(api)
    tomorrow = clock.today(api.settings.zone) + timedelta(days=1)
    assert await problems(api, "updateClient", id=made["id"], version=1, dateOfBirth=str(tomorrow)) == [("dateOfBirth", "IN_FUTURE")]
    now = await save(api, "updateClient", id=made["id"], version=1, firstName=" ")
    assert now["displayName"] == "Alvarez"
    assert await problems(api, "updateClient", id=made["id"], version=2, lastName="") == [("firstName", "REQUIRED")]


async def test_what_is_the_same_is_no_change(api: Api) -> None:
    await api.login("staff")
    made = await new_client(api, **EVERY)
    now = await save(api, "updateClient", id=made["id"], version=1, lastName=" Brown ", guardianPhone="(661) 555-1003", memberCode="KRC-7")
    assert now["version"] == 1
    assert [action for action, _, _ in await audited(api.database, subject="client")] == ["client.created"]


async def test_an_old_version_hears_what_changed_by_whom(api: Api) -> None:
    await api.login("staff")
    made = await new_client(api)
    await api.login("admin")
    await save(api, "updateClient", id=made["id"], version=1, guardianPhone="661 555 1003", largeText=True, dateOfBirth="2001-02-03")
    await save(api, "updateClient", id=made["id"], version=2, preferredName="Bee")
    await save(api, "updateClient", id=made["id"], version=3, preferredName=None, language="ES")
    await save(api, "archiveClient", id=made["id"], version=4)
    await api.login("staff")
    answer = await ask(api, "updateClient", id=made["id"], version=1, lastName="Lost?")
    assert (answer["__typename"], answer["code"], answer["version"]) == ("Conflict", "STALE_VERSION", 5)
    assert {change["path"][0]: (change["value"], change["byName"]) for change in answer["changes"]} == {
        "archived": ("true", "Admin"),
        "preferredName": (None, "Admin"),
        "language": ("es", "Admin"),
        "guardianPhone": ("(661) 555-1003", "Admin"),
        "largeText": ("true", "Admin"),
        "dateOfBirth": ("2001-02-03", "Admin"),
    }
    # Only what was changed since the version that was read.
    answer = await ask(api, "updateClient", id=made["id"], version=3, lastName="Lost?")
    assert [change["path"] for change in answer["changes"]] == [["archived"], ["language"], ["preferredName"]]
    assert (await seen(api, made["id"]))["lastName"] == "Alvarez"
    # With the new version it goes through: nothing that was typed is lost.
    assert (await save(api, "updateClient", id=made["id"], version=5, lastName="Found"))["lastName"] == "Found"


async def test_who_now_may_be_the_same_person_is_noted(api: Api) -> None:
    await api.login("staff")
    await new_client(api, dateOfBirth="2001-02-03", email="ana@example.test")
    other = await new_client(api, firstName="Berta", dateOfBirth="2001-02-03")
    now = await save(api, "updateClient", id=other["id"], version=1, firstName="ANA")
    assert [pair["reason"] for pair in now["possibleDuplicates"]] == ["same_name_and_birthday"]
    third = await new_client(api, firstName="Zoe")
    now = await save(api, "addContactMethod", clientId=third["id"], kind="EMAIL", value="ana@other.test")
    assert now["possibleDuplicates"] == []
    method = now["contactMethods"][0]
    now = await save(api, "updateContactMethod", id=method["id"], version=1, value="ana@example.test")
    assert [pair["reason"] for pair in now["possibleDuplicates"]] == ["same_email"]
    dismiss = "mutation ($one: ID!, $other: ID!) { dismissDuplicate(input: {clientId: $one, otherId: $other}) { __typename } }"
    (pair,) = (await api.execute("query ($id: ID!) { client(id: $id) { possibleDuplicates { other { id } } } }", {"id": third["id"]}))[
        "client"
    ]["possibleDuplicates"]
    await api.execute(dismiss, {"one": third["id"], "other": pair["other"]["id"]})
    now = await save(api, "updateClient", id=third["id"], version=1, lastName="Zimmer")
    assert now["possibleDuplicates"] == []


@pytest.mark.parametrize("version", [0, -7, 2, 2**31 - 1])
async def test_a_version_that_never_was(api: Api, version: int) -> None:
    await api.login("staff")
    made = await new_client(api)
    answer = await ask(api, "updateClient", id=made["id"], version=version, lastName="X")
    assert (answer["code"], answer["version"]) == ("STALE_VERSION", 1)


async def test_of_many_edits_at_once_one_wins(api: Api) -> None:
    await api.login("staff")
    made = await new_client(api)
    answers = await asyncio.gather(*(ask(api, "updateClient", id=made["id"], version=1, preferredName=f"P{place}") for place in range(10)))
    saved = [answer for answer in answers if answer["__typename"] == "ClientSaved"]
    assert len(saved) == 1
    winner = saved[0]["client"]["preferredName"]
    for loser in answers:
        if loser is not saved[0]:
            assert (loser["version"], [change["value"] for change in loser["changes"]]) == (2, [winner])


async def test_archive_and_restore(api: Api) -> None:
    await api.login("admin")
    made = await new_client(api)
    archived = await save(api, "archiveClient", id=made["id"], version=1)
    assert (archived["archived"], archived["version"]) == (True, 2)
    assert archived["archivedAt"]
    assert (await save(api, "archiveClient", id=made["id"], version=2))["version"] == 2
    assert (await api.execute("{ clients { edges { node { id } } } }"))["clients"]["edges"] == []
    restored = await save(api, "restoreClient", id=made["id"], version=2)
    assert (restored["archived"], restored["archivedAt"], restored["version"]) == (False, None, 3)
    assert (await save(api, "restoreClient", id=made["id"], version=3))["version"] == 3
    assert (await ask(api, "archiveClient", id=made["id"], version=2))["code"] == "STALE_VERSION"
    assert [action for action, _, _ in await audited(api.database, subject="client")] == [
        "client.created",
        "client.archived",
        "client.restored",
    ]


async def test_staff_may_not_archive(api: Api) -> None:
    await api.login("staff")
    made = await new_client(api)
    for name in ("archiveClient", "restoreClient"):
        answer = await ask(api, name, id=made["id"], version=1)
        assert (answer["__typename"], answer["code"]) == ("NotAllowed", "NOT_ALLOWED")
    assert not (await seen(api, made["id"]))["archived"]


async def test_a_lost_card_gets_another_code(api: Api) -> None:
    await api.login("staff")
    made = await new_client(api)
    now = await save(api, "newMemberCode", id=made["id"], version=1)
    assert now["version"] == 2
    assert codes.folded(now["memberCode"]) != codes.folded(made["memberCode"])
    assert (await ask(api, "newMemberCode", id=made["id"], version=1))["code"] == "STALE_VERSION"
    # The old code is free again.
    assert (await new_client(api, firstName="Zoe", memberCode=made["memberCode"]))["memberCode"] == made["memberCode"]
    assert await problems(api, "updateClient", id=made["id"], version=2, memberCode=made["memberCode"]) == [("memberCode", "TAKEN")]


async def test_the_number_of_statements_does_not_grow(api: Api, statements: StatementCounter) -> None:
    await api.login("staff")
    counts = []
    for many in (1, 10):
        made = await new_client(api)
        for place in range(many):
            await save(api, "addContactMethod", clientId=made["id"], kind="DISCORD", value=f"handle{many}{place}")
            await save(api, "addNote", clientId=made["id"], body="x")
        await api.execute("{ viewer { user { id } } }")
        statements.clear()
        await save(api, "updateClient", id=made["id"], version=1, lastName=f"Changed {many}")
        counts.append(statements.count)
    assert counts[0] == counts[1] <= 10, statements.texts
