"""Relay's node and nodes: each kind comes back by its id, and an id tells nothing to who may not see."""

from datetime import date
from typing import Any

import pytest

from backend import clock
from backend.accounts.permissions import Permission
from backend.graphql import ids
from backend.graphql.nodes import BY_ID
from backend.graphql.schema import schema
from tests.checkins.desk import check_in
from tests.client import Api
from tests.clients.people import add_client
from tests.graphql.test_access import AsHolder, as_holder  # noqa: F401 (a fixture)
from tests.kiosks.device import pair
from tests.statements import StatementCounter

NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
EVERYTHING = """{ clients { edges { node { id memberships { id } authorizations { id } } } }
  checkIns { edges { node { id } } } stations { id } tags { id } membershipTiers { id }
  kiosks { id } kioskInbox { edges { node { id } } } }"""


async def fill(api: Api) -> list[str]:
    """One of each kind, and their ids."""
    year = (date(2026, 1, 1), date(2026, 12, 31))
    client = await add_client(api.database, memberships=[year], authorizations=[year])
    await check_in(api, client)
    tag = 'mutation { createTag(input: {name: "VIP", colour: "red"}) { ... on TagSaved { tag { id } } } }'
    await api.execute(tag)
    device = await pair(api.another())
    await device.outcomes(device.press(clock.now(), phone="2135550100"))
    data = await api.execute(EVERYTHING)
    found: list[str] = []

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            found.extend(str(own) for key, own in value.items() if key == "id")
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            collect(inner)

    collect(data)
    return found


async def test_every_kind_comes_back_by_its_id(api: Api) -> None:
    await api.login("staff")
    known = await fill(api)
    assert {ids.kind_of(value) for value in known} == BY_ID.keys()
    for value in known:
        assert (await api.execute(NODE, {"id": value}))["node"] == {"__typename": ids.kind_of(value), "id": value}


async def test_many_come_in_their_order_with_null_for_what_there_is_not(api: Api, statements: StatementCounter) -> None:
    await api.login("staff")
    known = await fill(api)
    gone = ["x", "", ids.encode("Client", 4711), ids.encode("Backup", 1), ids.encode("User", 1), "Q2xpZW50Og", "\0"]
    asked = [value for pair in zip(known[: len(gone)], gone, strict=True) for value in pair] + known[len(gone) :]
    statements.clear()
    answer = (await api.execute(NODES, {"ids": asked}))["nodes"]
    assert [one and one["id"] for one in answer] == [None if value in gone else value for value in asked]
    assert statements.count <= len(BY_ID) + 2, statements.texts


async def test_the_fields_of_a_kind_can_be_asked_for(api: Api) -> None:
    await api.login("staff")
    client = ids.encode("Client", await add_client(api.database))
    document = "query ($id: ID!) { node(id: $id) { ... on Client { displayName } ... on Station { name } } }"
    assert (await api.execute(document, {"id": client}))["node"] == {"displayName": "Ana Alvarez"}


async def test_at_most_a_hundred(api: Api) -> None:
    await api.login("staff")
    (error,) = (await api.raw(NODES, {"ids": ["x"] * 101}))["errors"]
    assert error["extensions"]["code"] == "VALIDATION_FAILED"
    assert (await api.execute(NODES, {"ids": ["x"] * 100}))["nodes"] == [None] * 100


async def test_what_many_ids_bring_is_weighed(api: Api) -> None:
    await api.login("staff")
    document = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Client { checkIns(first: 100) { edges { cursor node { id } } } } } }"
    (error,) = (await api.raw(document, {"ids": []}))["errors"]
    assert error["extensions"]["limit"]["name"] == "cost"


async def test_without_a_session_every_id_is_nothing(api: Api) -> None:
    await api.login("staff")
    known = await fill(api)
    api.token = None
    assert (await api.execute(NODES, {"ids": known}))["nodes"] == [None] * len(known)
    await api.login("newcomer")
    assert (await api.execute(NODES, {"ids": known}))["nodes"] == [None] * len(known)


@pytest.mark.parametrize(
    ("scope", "kinds"),
    [
        (Permission.CLIENTS_READ, {"Client", "Tag"}),
        (Permission.CHECK_INS_READ, {"CheckIn", "Kiosk", "KioskInboxItem", "Station"}),
        (Permission.STATIONS_READ, {"Station"}),
        (Permission.MEMBERSHIPS_READ, {"Membership", "Authorization", "MembershipTier"}),
        (Permission.DASHBOARD_READ, set()),
    ],
)
async def test_a_scope_finds_its_own_kinds(api: Api, as_holder: AsHolder, scope: Permission, kinds: set[str]) -> None:  # noqa: F811
    known = await fill(api)
    as_holder(frozenset({scope}))
    found = {one["__typename"] for one in (await api.execute(NODES, {"ids": known}))["nodes"] if one}
    assert found == kinds
    if "Client" not in kinds:
        refused = await api.raw("query ($id: ID!) { node(id: $id) { ... on Client { displayName } } }", {"id": known[0]})
        assert refused["errors"][0]["extensions"]["code"] == "NOT_ALLOWED"


def test_the_description_names_the_kinds() -> None:
    query: Any = schema._schema.query_type
    assert all(kind in query.fields["node"].description for kind in BY_ID)
