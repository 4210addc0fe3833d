"""Who may be the person that is being typed in: why, in which order, whatever was typed, in how many statements."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from backend.clients.models import ContactKind, ContactMethod
from tests.client import Api
from tests.clients.people import add_client
from tests.statements import StatementCounter
from tests.world import OPERATOR

SIMILAR = """query ($input: SimilarClientsInput!) { similarClients(input: $input) { reasons client { displayName archived
  contactMethods { value } } } }"""


async def similar(api: Api, **typed: Any) -> list[tuple[str, list[str]]]:
    found = (await api.execute(SIMILAR, {"input": typed}))["similarClients"]
    return [(item["client"]["displayName"], item["reasons"]) for item in found]


async def people(api: Api) -> dict[str, int]:
    """Ana twice over, a sister, a namesake and others."""
    await api.login("staff")
    database = api.database
    born = date(2001, 5, 6)
    numbers = {
        "ana": await add_client(database, "Ana María", "Álvarez", phone="+16615551002", email="ana@example.test", date_of_birth=born),
        "sister": await add_client(database, "Berta", "Álvarez", phone="+16615551002"),
        "namesake": await add_client(database, "Ana María", "Álvarez", date_of_birth=date(1960, 1, 1)),
        "other": await add_client(database, "Zoe", "Zimmer", phone="+16615551003", date_of_birth=born),
        "typo": await add_client(database, "Jonathan", "O'Connell", preferred_name="Jon"),
    }
    async with database.writing(OPERATOR) as uow:
        await uow.execute(
            text(
                "INSERT INTO authorizations (client_id, uci_number, starts_on, ends_on) VALUES (:id, '7100042', '2026-01-01', '2026-12-31')"
            ),
            {"id": numbers["other"]},
        )
    return numbers


ANA = ("Ana María Álvarez", ["SAME_NAME_AND_BIRTHDAY"])
NAMESAKE = ("Ana María Álvarez", ["SIMILAR_NAME"])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"phone": "(661) 555-1002"}, [("Ana María Álvarez", ["SAME_PHONE"]), ("Berta Álvarez", ["SAME_PHONE"])]),
        ({"phone": "661 555"}, []),
        ({"email": " ANA@example.test"}, [("Ana María Álvarez", ["SAME_EMAIL"])]),
        ({"email": "ana@"}, []),
        ({"uciNumber": " 7100042 "}, [("Zoe Zimmer", ["SAME_UCI"])]),
        ({"firstName": "ana maria", "lastName": "ALVAREZ", "dateOfBirth": "2001-05-06"}, [ANA, NAMESAKE]),
        ({"firstName": "Álvarez", "lastName": "Ana María", "dateOfBirth": "2001-05-06"}, [ANA, NAMESAKE]),
        ({"firstName": "Ana Maria", "lastName": "Alvarez", "dateOfBirth": "1999-09-09"}, [NAMESAKE, NAMESAKE]),
        # One word the same and the other one alike, or its beginning.
        ({"firstName": "Anna Maria", "lastName": "Alvarez"}, [NAMESAKE, NAMESAKE]),
        ({"firstName": "Ana", "lastName": "Alvarez"}, [NAMESAKE, NAMESAKE]),
        ({"firstName": "Bert", "lastName": "Alvarez"}, [("Berta Álvarez", ["SIMILAR_NAME"])]),
        ({"firstName": "Jonathan", "lastName": "OConnel"}, [("Jon O'Connell", ["SIMILAR_NAME"])]),
        ({"firstName": "Jon", "lastName": "O'Connell"}, [("Jon O'Connell", ["SIMILAR_NAME"])]),
        ({"firstName": "Zoe", "lastName": "Alvarez"}, []),
        # A birthday alone, or a letter, is nobody.
        ({"dateOfBirth": "2001-05-06"}, []),
        ({"firstName": "A", "lastName": "A"}, []),
        ({"firstName": "Ana"}, []),
        ({}, []),
        ({"firstName": " ", "lastName": "", "phone": "", "email": None}, []),
        # What was typed is text and nothing else.
        ({"firstName": "%", "lastName": "%%%%"}, []),
        ({"firstName": "__", "lastName": "\\\\"}, []),
        ({"firstName": "a\0b", "lastName": "\u202e\u200b", "phone": "\0", "email": "\0", "uciNumber": "\0"}, []),
        ({"firstName": "x" * 20_000, "lastName": "y" * 20_000, "email": "@" * 20_000}, []),
    ],
)
async def test_who_and_why(api: Api, typed: dict[str, Any], expected: list[tuple[str, list[str]]]) -> None:
    await people(api)
    assert await similar(api, **typed) == expected


async def test_the_likeliest_first_with_every_reason(api: Api) -> None:
    await people(api)
    whole = {
        "firstName": "Ana María",
        "lastName": "Álvarez",
        "dateOfBirth": "2001-05-06",
        "phone": "6615551002",
        "email": "ana@example.test",
    }
    assert await similar(api, **whole) == [
        ("Ana María Álvarez", ["SAME_EMAIL", "SAME_NAME_AND_BIRTHDAY", "SAME_PHONE"]),
        ("Berta Álvarez", ["SAME_PHONE"]),
        NAMESAKE,
    ]


async def test_not_the_one_that_is_edited_nor_who_is_gone(api: Api) -> None:
    numbers = await people(api)
    (found,) = (await api.execute('{ clients(search: "ana@example.test") { edges { node { id } } } }'))["clients"]["edges"]
    assert await similar(api, phone="6615551002", exceptId=found["node"]["id"]) == [("Berta Álvarez", ["SAME_PHONE"])]
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("UPDATE clients SET archived_at = now() WHERE id = :id"), {"id": numbers["sister"]})
    # Somebody archived may come back.
    assert len(await similar(api, phone="6615551002")) == 2
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(
            text("UPDATE clients SET merged_into_id = :kept WHERE id = :id"), {"id": numbers["sister"], "kept": numbers["other"]}
        )
        await uow.execute(text("INSERT INTO erasures (client_id, reason, actor_label) VALUES (:id, 'x', 'x')"), {"id": numbers["ana"]})
    assert await similar(api, phone="6615551002") == []
    answer = await api.raw(SIMILAR, {"input": {"firstName": "Ana", "exceptId": "x"}})
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_contacts_that_need_fixing_prove_nothing(api: Api) -> None:
    await api.login("staff")
    client_id = await add_client(api.database)
    async with api.database.writing(OPERATOR) as uow:
        uow.add(ContactMethod(client_id=client_id, kind=ContactKind.EMAIL, value="ana@example.test", needs_fixing=True))
    assert await similar(api, email="ana@example.test") == []


async def test_at_most_ten_in_two_statements(api: Api, statements: StatementCounter) -> None:
    await api.login("staff")
    for place in range(12):
        await add_client(api.database, "Ana", "Alvarez", phone="+16615551002", preferred_name=f"A{place}")
    await api.execute("{ viewer { user { id } } }")
    statements.clear()
    assert len(await similar(api, firstName="Ana", lastName="Alvarez", phone="6615551002", email="x@y.test", uciNumber="1")) == 10
    assert statements.count == 2, statements.texts
