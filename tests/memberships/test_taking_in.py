"""Somebody is put on file together with their first authorization, which is where a UCI number belongs."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from backend.accounts import permissions
from backend.accounts.models import UserRole
from backend.audit.models import AuditEntry
from backend.clients.models import Client
from backend.graphql import ids
from backend.memberships.models import Authorization
from tests.client import Api
from tests.clients.people import add_client, around
from tests.clients.writing import ask, new_client, number, problems

HELD = """query ($id: ID!) { client(id: $id) { standing { status source endsOn } authorizations {
  uciNumber authorizationNumber startsOn endsOn unitsPerMonth unit serviceCode version } } }"""


@pytest.fixture
def funded(today: date) -> dict[str, Any]:
    """What a form sends."""
    first, last = around(today, 3, 200)
    return {"uciNumber": " 7100042 ", "authorizationNumber": "A-1", "startsOn": str(first), "endsOn": str(last), "unitsPerMonth": 12}


async def test_both_are_put_on_file(desk: Api, funded: dict[str, Any]) -> None:
    made = await new_client(desk, authorization=funded)
    held = (await desk.execute(HELD, {"id": made["id"]}))["client"]
    assert held["standing"] == {"status": "ACTIVE", "source": "AUTHORIZATION", "endsOn": funded["endsOn"]}
    assert held["authorizations"] == [funded | {"uciNumber": "7100042", "unit": "VISIT", "serviceCode": None, "version": 1}]
    async with desk.database.reading() as reader:
        entry = await reader.row(select(AuditEntry.after, AuditEntry.client_id).where(AuditEntry.action == "authorization.added"))
    assert entry is not None
    assert (entry.client_id, entry.after["uci_number"], entry.after["units_per_month"]) == (number(made["id"]), "7100042", 12)
    # The desk and the form find them by it.
    assert (await desk.execute('{ clientByCode(code: "7100042") { client { id } } }'))["clientByCode"]["client"]["id"] == made["id"]
    found = (await desk.execute('{ similarClients(input: { uciNumber: "7100042" }) { reasons client { id } } }'))["similarClients"]
    assert found == [{"reasons": ["SAME_UCI"], "client": {"id": made["id"]}}]


async def test_whoever_has_the_number_already_is_noted(desk: Api, funded: dict[str, Any], today: date) -> None:
    one = await new_client(desk, authorization=funded)
    other = await new_client(desk, firstName="Berta", lastName="Other", authorization=funded)
    assert [(pair["reason"], pair["other"]["displayName"]) for pair in other["possibleDuplicates"]] == [("same_uci", one["displayName"])]
    # So is whoever gets it later.
    third = await add_client(desk.database, "Carla", "Third")
    given = {"clientId": ids.encode("Client", third), "uciNumber": "7100042", "startsOn": str(today), "endsOn": str(today)}
    saved = await desk.execute(
        "mutation ($input: AddAuthorizationInput!) { addAuthorization(input: $input) { ... on AuthorizationSaved { client {"
        " possibleDuplicates { reason } } } } }",
        {"input": given},
    )
    assert saved["addAuthorization"]["client"]["possibleDuplicates"] == 2 * [{"reason": "same_uci"}]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"uciNumber": "  "}, [("authorization.uciNumber", "REQUIRED")]),
        ({"uciNumber": "x" * 51}, [("authorization.uciNumber", "TOO_LONG")]),
        ({"startsOn": None, "endsOn": None}, [("authorization.startsOn", "REQUIRED"), ("authorization.endsOn", "REQUIRED")]),
        ({"startsOn": "2026-05-02", "endsOn": "2026-05-01"}, [("authorization.endsOn", "ENDS_BEFORE_START")]),
        ({"startsOn": "1989-12-31"}, [("authorization.startsOn", "TOO_LONG_AGO")]),
        ({"endsOn": "2999-01-01"}, [("authorization.endsOn", "TOO_FAR_AHEAD")]),
        ({"unitsPerMonth": 0}, [("authorization.unitsPerMonth", "OUT_OF_RANGE")]),
        ({"authorizationNumber": "x" * 51}, [("authorization.authorizationNumber", "TOO_LONG")]),
    ],
)
async def test_everything_that_is_wrong_is_said_at_once(
    desk: Api, funded: dict[str, Any], changed: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    said = await problems(desk, "createClient", firstName="Ana", phone="12", authorization=funded | changed)
    assert (said[0][0], said[1:]) == ("phone", expected)
    async with desk.database.reading() as reader:
        assert await reader.scalar(select(func.count()).select_from(Client)) == 0


async def test_one_key_makes_both_once(desk: Api, funded: dict[str, Any]) -> None:
    key = str(uuid4())
    first = await new_client(desk, idempotencyKey=key, authorization=funded)
    assert (await new_client(desk, idempotencyKey=key, authorization=funded))["id"] == first["id"]
    for other in (funded | {"unitsPerMonth": 13}, None):
        answer = await ask(desk, "createClient", firstName="Ana", lastName="Alvarez", idempotencyKey=key, authorization=other)
        assert answer["code"] == "KEY_REUSED"
    async with desk.database.reading() as reader:
        assert await reader.scalar(select(func.count()).select_from(Authorization)) == 1


async def test_it_takes_the_right_to_write_memberships(desk: Api, funded: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    less = permissions.PERMISSIONS_OF[UserRole.STAFF] - {permissions.Permission.MEMBERSHIPS_WRITE}
    monkeypatch.setattr(permissions, "PERMISSIONS_OF", {**permissions.PERMISSIONS_OF, UserRole.STAFF: less})
    await desk.login("staff")
    assert (await ask(desk, "createClient", firstName="Ana", authorization=funded))["__typename"] == "NotAllowed"
    assert (await ask(desk, "createClient", firstName="Ana"))["__typename"] == "ClientSaved"
