"""Putting somebody on file: what is kept, what is refused and why, once for each intention."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from backend import clock
from backend.audit.models import AuditEntry
from backend.clients import codes
from backend.clients.models import Client, PossibleDuplicate
from tests.client import Api
from tests.clients.people import add_client
from tests.clients.writing import ask, audited, new_client, number, problems, save
from tests.statements import StatementCounter

WHOLE = {
    "firstName": "  José  María ",
    "lastName": "O'Connell",
    "preferredName": "Pepe",
    "dateOfBirth": "2012-02-29",
    "language": "ES",
    "phone": "(661) 555-1002",
    "email": "Jose@Example.Test",
    "guardianName": "Lucía O'Connell",
    "guardianRelation": "mother",
    "guardianPhone": "661 555 1003",
    "serviceCoordinator": "Sam Diaz",
    "serviceCoordinatorPhone": "+1 661 555 1004",
    "serviceCoordinatorEmail": "sam@regional.test",
    "largeText": True,
    "noSound": True,
    "noMotion": False,
    "note": "Likes racing games.\r\nSits at the window.  ",
}


async def test_everything_that_was_typed_is_kept_in_form(api: Api) -> None:
    await api.login("staff")
    tag = await save(api, "createTag", name="VIP", colour="violet")
    made = await new_client(api, **WHOLE, tagIds=[tag["id"]])
    assert (made["firstName"], made["lastName"], made["preferredName"]) == ("José María", "O'Connell", "Pepe")
    assert (made["dateOfBirth"], made["language"], made["version"], made["archived"]) == ("2012-02-29", "ES", 1, False)
    assert (made["guardianName"], made["guardianRelation"], made["guardianPhone"]) == ("Lucía O'Connell", "mother", "+16615551003")
    assert (made["serviceCoordinatorPhone"], made["serviceCoordinatorEmail"]) == ("+16615551004", "sam@regional.test")
    assert made["comfort"] == {"largeText": True, "noSound": True, "noMotion": False}
    assert [(method["kind"], method["value"], method["display"], method["primary"]) for method in made["contactMethods"]] == [
        ("PHONE", "+16615551002", "(661) 555-1002", True),
        ("EMAIL", "jose@example.test", "jose@example.test", True),
    ]
    assert [(note["body"], note["authorName"]) for note in made["notes"]] == [("Likes racing games.\nSits at the window.", "Staff")]
    assert [label["name"] for label in made["tags"]] == ["VIP"]
    assert not codes.mistyped(made["memberCode"])
    (entry,) = [entry for entry in await audited(api.database, subject="client") if entry[0] == "client.created"]
    assert entry[1] is None
    assert entry[2]["first_name"] == "José María"
    assert entry[2]["phone"] == "+16615551002"
    assert "no_motion" not in entry[2]
    found = await api.execute('{ clients(search: "oconnell jose 1002") { edges { node { id } } } }')
    assert found["clients"]["edges"] == [{"node": {"id": made["id"]}}]


@pytest.mark.parametrize("empty", [None, "", "   "])
async def test_empty_fields_of_the_form_are_no_fields(api: Api, empty: str | None) -> None:
    await api.login("staff")
    fields = [name for name in WHOLE if name not in {"firstName", "dateOfBirth", "largeText", "noSound", "noMotion", "language"}]
    made = await save(
        api, "createClient", firstName="Cher", **dict.fromkeys(fields, empty), memberCode=empty, dateOfBirth=None, noSound=None
    )
    assert (made["displayName"], made["language"], made["contactMethods"], made["notes"]) == ("Cher", "EN", [], [])
    assert made["guardianPhone"] is None
    assert made["memberCode"]


WRONG: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"firstName": "", "lastName": " "}, [("firstName", "REQUIRED")]),
    ({"firstName": None, "lastName": None}, [("firstName", "REQUIRED")]),
    ({"firstName": "A\0na"}, [("firstName", "BAD_CHARACTER")]),
    ({"firstName": "\u200b\u2060"}, [("firstName", "ONLY_BLANKS")]),
    ({"lastName": "x" * 201}, [("lastName", "TOO_LONG")]),
    ({"preferredName": "x" * 40_000}, [("preferredName", "TOO_LONG")]),
    ({"guardianRelation": "x" * 61}, [("guardianRelation", "TOO_LONG")]),
    ({"phone": "555-1002"}, [("phone", "NO_AREA_CODE")]),
    ({"phone": "call me"}, [("phone", "NOT_A_PHONE")]),
    ({"phone": "661-555-1002 ext 5"}, [("phone", "HAS_EXTENSION")]),
    ({"phone": "+1 000 000 0000"}, [("phone", "NO_SUCH_PHONE")]),
    ({"phone": "1" * 5000}, [("phone", "NOT_A_PHONE")]),
    ({"phone": "661\x00555"}, [("phone", "NOT_A_PHONE")]),
    ({"guardianPhone": "12"}, [("guardianPhone", "NO_SUCH_PHONE")]),
    ({"serviceCoordinatorPhone": "x"}, [("serviceCoordinatorPhone", "NOT_A_PHONE")]),
    ({"email": "nobody"}, [("email", "NOT_AN_EMAIL")]),
    ({"email": "a b@c.test"}, [("email", "NOT_AN_EMAIL")]),
    ({"email": f"{'x' * 250}@example.test"}, [("email", "NOT_AN_EMAIL")]),
    ({"serviceCoordinatorEmail": "@"}, [("serviceCoordinatorEmail", "NOT_AN_EMAIL")]),
    ({"dateOfBirth": "1899-12-31"}, [("dateOfBirth", "TOO_LONG_AGO")]),
    ({"memberCode": "-._ -"}, [("memberCode", "BAD_CODE")]),
    ({"memberCode": "9" * 65}, [("memberCode", "TOO_LONG")]),
    ({"note": "a\0b"}, [("note", "BAD_CHARACTER")]),
    ({"note": "x" * 10_001}, [("note", "TOO_LONG")]),
    (
        {"phone": "x", "email": "x", "guardianPhone": "x"},
        [("guardianPhone", "NOT_A_PHONE"), ("phone", "NOT_A_PHONE"), ("email", "NOT_AN_EMAIL")],
    ),
]


@pytest.mark.parametrize(("given", "expected"), WRONG)
async def test_what_is_wrong_is_said_beside_its_field(api: Api, given: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    await api.login("staff")
    assert await problems(api, "createClient", **{"firstName": "Ana", **given}) == expected
    assert await audited(api.database) == []


async def test_nobody_is_born_tomorrow(api: Api) -> None:
    await api.login("staff")
    today = clock.today(api.settings.zone)
    assert await problems(api, "createClient", firstName="Ana", dateOfBirth=str(today + timedelta(days=1))) == [
        ("dateOfBirth", "IN_FUTURE")
    ]
    assert (await new_client(api, dateOfBirth=str(today)))["dateOfBirth"] == str(today)


@pytest.mark.parametrize("given", [{"firstName": 5}, {"dateOfBirth": "soon"}, {"language": "FR"}, {"tagIds": {"a": 1}}, {"nickname": "x"}])
async def test_a_wrong_type_is_a_bad_request(api: Api, given: dict[str, Any]) -> None:
    await api.login("staff")
    answer = await api.raw("mutation ($input: CreateClientInput!) { createClient(input: $input) { __typename } }", {"input": given})
    assert answer["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


async def test_tags_that_are_not_there(api: Api) -> None:
    await api.login("staff")
    gone = await save(api, "createTag", name="Gone")
    await ask(api, "deleteTag", id=gone["id"], version=1)
    assert await problems(api, "createClient", firstName="Ana", tagIds=[gone["id"]]) == [("tagIds", "NO_SUCH_TAG")]
    assert (await ask(api, "createClient", firstName="Ana", tagIds=["x"]))["code"] == "NOT_FOUND"


async def test_a_code_of_another_make_is_kept_and_nobody_else_gets_it(api: Api) -> None:
    await api.login("staff")
    assert (await new_client(api, memberCode=" krc-0042 "))["memberCode"] == "krc-0042"
    for same in ("krc-0042", "KRC 0042", "k.r.c_0042"):
        assert await problems(api, "createClient", firstName="Zoe", memberCode=same) == [("memberCode", "TAKEN")]


async def test_the_same_request_twice_makes_one_client(api: Api) -> None:
    await api.login("staff")
    key = str(uuid4())
    first = await new_client(api, idempotencyKey=key, phone="661 555 1002")
    again = await new_client(api, idempotencyKey=key, phone="(661) 555-1002")
    assert again["id"] == first["id"]
    other = await ask(api, "createClient", firstName="Zoe", idempotencyKey=key)
    assert (other["__typename"], other["code"]) == ("Conflict", "KEY_REUSED")
    # Another user's key is another key.
    await api.login("admin")
    assert (await new_client(api, idempotencyKey=key, phone="661 555 1002"))["id"] != first["id"]


async def test_the_same_request_twenty_times_at_once_makes_one_client(api: Api) -> None:
    await api.login("staff")
    key = str(uuid4())
    answers = await asyncio.gather(*(new_client(api, idempotencyKey=key) for _ in range(20)))
    assert len({answer["id"] for answer in answers}) == 1
    async with api.database.reading() as reader:
        assert await reader.scalar(select(func.count()).select_from(Client)) == 1
        assert await reader.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "client.created")) == 1


async def test_twenty_at_once_get_twenty_codes(api: Api) -> None:
    await api.login("staff")
    answers = await asyncio.gather(*(new_client(api, firstName=f"Person {place}") for place in range(20)))
    assert len({codes.folded(answer["memberCode"]) for answer in answers}) == 20


async def test_two_at_once_with_one_code_of_their_own(api: Api) -> None:
    await api.login("staff")
    spellings = ["AB-12", "ab12", "A B 1 2", "ab.12"]
    answers = await asyncio.gather(*(ask(api, "createClient", firstName="Ana", memberCode=code) for code in spellings))
    assert sorted(answer["__typename"] for answer in answers) == ["ClientSaved"] + 3 * ["ValidationProblem"]


async def test_a_made_code_that_is_taken_is_made_again(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")
    taken = (await new_client(api))["memberCode"]
    coming = iter([taken, taken.lower(), "K7XP-4RMD"])
    monkeypatch.setattr(codes, "make", lambda: next(coming))
    assert (await new_client(api, firstName="Zoe"))["memberCode"] == "K7XP-4RMD"


async def test_those_who_may_be_the_same_person_are_noted(api: Api) -> None:
    await api.login("staff")
    one = await new_client(api, phone="6615551002", email="ana@example.test", dateOfBirth="2001-05-06")
    same_email = await new_client(api, firstName="Anna", lastName="A.", email="ANA@example.test")
    assert [(pair["reason"], pair["other"]["displayName"]) for pair in same_email["possibleDuplicates"]] == [("same_email", "Ana Alvarez")]
    # Names in the other order, accents and case aside.
    same_person = await new_client(api, firstName="ÁLVAREZ", lastName="ana", dateOfBirth="2001-05-06")
    assert [pair["reason"] for pair in same_person["possibleDuplicates"]] == ["same_name_and_birthday"]
    same_phone = await new_client(api, phone="+1 661 555 1002", dateOfBirth="1999-01-01")
    assert [pair["reason"] for pair in same_phone["possibleDuplicates"]] == ["same_phone_and_name"]
    # A family shares its phone.
    sister = await new_client(api, firstName="Berta", phone="6615551002")
    assert sister["possibleDuplicates"] == []
    async with api.database.reading() as reader:
        pairs = await reader.rows(select(PossibleDuplicate.client_id, PossibleDuplicate.other_id).order_by(PossibleDuplicate.other_id))
    assert [(row.client_id, row.other_id) for row in pairs] == [
        (number(one["id"]), number(other["id"])) for other in (same_email, same_person, same_phone)
    ]


async def test_nobody_is_paired_with_who_was_merged_or_erased(api: Api) -> None:
    await api.login("staff")
    kept = await add_client(api.database, "Kept", "One")
    await add_client(api.database, "Ana", "Alvarez", email="ana@example.test", archived_at=clock.now(), merged_into_id=kept)
    assert (await new_client(api, email="ana@example.test"))["possibleDuplicates"] == []


async def test_the_number_of_statements_does_not_grow(api: Api, statements: StatementCounter) -> None:
    await api.login("staff")
    tags = [(await save(api, "createTag", name=f"Tag {place}"))["id"] for place in range(10)]
    counts = []
    for many in (1, 10):
        await api.execute("{ viewer { user { id } } }")
        statements.clear()
        # Another one each time: pairs would be read as well.
        given = {"firstName": f"Person {many}", "phone": "6615551002", "email": f"a{many}@example.test", "note": "x"}
        await new_client(api, **given, tagIds=tags[:many], idempotencyKey=str(uuid4()))
        counts.append(statements.count)
    assert counts[0] == counts[1] <= 20, statements.texts
