"""Documents that ask for much: lists in lists are refused by their product, and what is answered costs few statements."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from backend.graphql import ids
from tests.checkins.desk import check_in
from tests.client import Api
from tests.clients.people import add_client
from tests.faults.test_hostile_input import codes
from tests.statements import StatementCounter

SPREAD = """{ clients { edges { node { ...v } } } }
  fragment v on Client { checkIns(first: 100) { edges { node { id voided policy } } } }"""
NESTED = """query ($many: Int! = 50) { clients(first: $many) { edges { node { checkIns(first: 100) { edges { node { client {
  checkIns(first: 100) { edges { cursor } } } } } } } } } }"""


@pytest.mark.parametrize(
    ("document", "variables", "refused"),
    [
        (NESTED, {}, True),
        (NESTED, {"many": 100}, True),
        (NESTED, {"many": 0}, True),
        (NESTED.replace("100", "2"), {"many": 3}, False),
        ("{ clients(first: 100) { edges { node { checkIns { edges { cursor node { id } } } } } } }", {}, False),
        ("{ clients(first: 100) { edges { node { checkIns(first: 100) { edges { cursor node { id } } } } } } }", {}, True),
        (SPREAD, {}, True),
        ("{ " + " ".join(f"a{n}: clients(first: 100) {{ edges {{ node {{ id }} }} }}" for n in range(10)) + " }", {}, False),
        ("query A { centre { name } } query B { clients { edges { node { checkIns(first: 100) { edges { cursor node { id } } } } } } }",
         {}, True),
    ],
)  # fmt: skip
async def test_lists_in_lists_cost_their_product(api: Api, document: str, variables: dict[str, Any], refused: bool) -> None:
    await api.login("staff")
    body = {"query": document, "variables": variables, "operationName": "B" if "query B" in document else None}
    answer = (await api.post(body)).json()
    assert (codes(answer) == ["LIMIT_EXCEEDED"]) is refused, answer


async def test_nested_visits_of_a_page_are_one_statement(api: Api, statements: StatementCounter) -> None:
    await api.login("staff")
    clients = [await add_client(api.database, f"Person {n}") for n in range(12)]
    for client in clients:
        await check_in(api, client)
    statements.clear()
    document = "{ clients { edges { node { id checkIns(first: 3) { pageInfo { hasNextPage } edges { node { id client { id } } } } } } } }"
    edges = (await api.execute(document))["clients"]["edges"]
    assert statements.count <= 3, statements.texts
    assert len(edges) == 12
    for edge in edges:
        (visit,) = edge["node"]["checkIns"]["edges"]
        assert visit["node"]["client"]["id"] == edge["node"]["id"]


async def test_an_unknown_station_is_named_and_nothing_is_recorded(api: Api) -> None:
    await api.login("staff")
    client = await add_client(api.database)
    member = await check_in(api, client, stationId=ids.encode("Station", 4711))
    assert (member["__typename"], member["code"]) == ("NotFound", "NOT_FOUND")
    assert (await api.execute("{ visitsToday { count } }"))["visitsToday"]["count"] == 0


async def test_two_mutations_of_one_document_never_hold_two_connections(api: Api) -> None:
    """With as many requests as connections, each would wait for the other's."""
    await api.login("staff")
    clients = [await add_client(api.database, f"Person {n}") for n in range(60)]
    document = """mutation ($one: CheckInInput!, $two: CheckInInput!) {
      a: checkIn(input: $one) { ... on CheckInRecorded { checkIn { client { lastCheckInAt notes { body } } } } }
      b: checkIn(input: $two) { ... on CheckInRecorded { checkIn { client { lastCheckInAt notes { body } } } } } }"""
    pairs = [
        {
            name: {"requestId": str(uuid4()), "clientId": ids.encode("Client", client)}
            for name, client in zip(("one", "two"), pair, strict=True)
        }
        for pair in zip(clients[::2], clients[1::2], strict=True)
    ]
    # Whoever waits for a connection in vain is refused after a few seconds.
    answers = await asyncio.gather(*(api.raw(document, pair) for pair in pairs))
    assert [codes(answer) for answer in answers] == [[]] * len(pairs)


async def test_the_pages_by_last_visit_cross_over_to_those_who_never_came(api: Api) -> None:
    await api.login("staff")
    clients = [await add_client(api.database, f"Person {n}") for n in range(7)]
    for client in clients[:4]:
        await check_in(api, client)
    document = """query ($after: String) { clients(orderBy: LAST_CHECK_IN, first: 3, after: $after) {
      pageInfo { hasNextPage endCursor } edges { node { id } } } }"""
    found: list[str] = []
    after, more = None, True
    while more:
        page = (await api.execute(document, {"after": after}))["clients"]
        found += [edge["node"]["id"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    order = [*clients[3::-1], *clients[:3:-1]]
    assert found == [ids.encode("Client", number) for number in order]
