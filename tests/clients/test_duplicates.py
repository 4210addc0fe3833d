"""Clients who may be the same person: the list, a client's own, and saying that they are not."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import select, update

from backend import clock
from backend.audit.models import AuditEntry
from backend.clients.models import ContactKind, ContactMethod, PossibleDuplicate
from backend.db import Database
from tests.client import Api
from tests.clients.people import add_client
from tests.statements import StatementCounter
from tests.world import OPERATOR

PAGE = """query ($first: Int! = 50, $after: String) { duplicates(first: $first, after: $after) {
  edges { cursor node { reason foundAt client { id displayName lastCheckInAt contactMethods { value } } other { id displayName } } }
  pageInfo { hasNextPage endCursor } } }"""
OF_CLIENT = """query ($id: ID!) { client(id: $id) { displayName
  possibleDuplicates { reason client { displayName } other { id displayName } } } }"""
DISMISS = """mutation ($one: ID!, $other: ID!) { dismissDuplicate(input: {clientId: $one, otherId: $other}) { __typename
  ... on DuplicateDismissed { duplicate { client { displayName } other { displayName } } } ... on NotFound { code message } } }"""


async def suspect(database: Database, one: int, other: int, reason: str = "same_email", **columns: object) -> None:
    async with database.writing(OPERATOR) as uow:
        uow.add(PossibleDuplicate(client_id=min(one, other), other_id=max(one, other), reason=reason, **columns))


async def pairs(api: Api, **variables: Any) -> list[tuple[str, str]]:
    page = (await api.execute(PAGE, variables))["duplicates"]
    return [(edge["node"]["client"]["displayName"], edge["node"]["other"]["displayName"]) for edge in page["edges"]]


async def test_pairs_page_by_page_those_found_last_first(api: Api) -> None:
    await api.login("staff")
    people = [await add_client(api.database, f"Person {place}", "") for place in range(7)]
    now = clock.now()
    for place in range(6):
        # Found in twos at the same instant, as one run finds many.
        await suspect(api.database, people[place], people[place + 1], found_at=now + timedelta(seconds=place // 2))
    seen: list[tuple[str, str]] = []
    after = None
    while True:
        page = (await api.execute(PAGE, {"first": 4, "after": after}))["duplicates"]
        seen += [(edge["node"]["client"]["displayName"], edge["node"]["other"]["displayName"]) for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == [(f"Person {place}", f"Person {place + 1}") for place in (5, 4, 3, 2, 1, 0)]


async def test_a_client_shows_the_others_from_either_side(api: Api) -> None:
    await api.login("staff")
    ana, anna, unrelated = [await add_client(api.database, name, "") for name in ("Ana", "Anna", "Zoe")]
    await suspect(api.database, ana, anna, "same_phone")
    ids = {edge["node"]["displayName"]: edge["node"]["id"] for edge in (await _all(api))}
    assert unrelated > anna
    for one, other in (("Ana", "Anna"), ("Anna", "Ana")):
        shown = (await api.execute(OF_CLIENT, {"id": ids[one]}))["client"]["possibleDuplicates"]
        assert shown == [{"reason": "same_phone", "client": {"displayName": one}, "other": {"id": ids[other], "displayName": other}}]
    assert (await api.execute(OF_CLIENT, {"id": ids["Zoe"]}))["client"]["possibleDuplicates"] == []


async def _all(api: Api) -> list[dict[str, Any]]:
    edges: list[dict[str, Any]] = (await api.execute("{ clients { edges { node { id displayName } } } }"))["clients"]["edges"]
    return edges


async def test_a_dismissed_pair_is_gone_and_stays_so(api: Api) -> None:
    await api.login("staff")
    ana, anna = await add_client(api.database, "Ana", ""), await add_client(api.database, "Anna", "")
    await suspect(api.database, ana, anna)
    ids = {edge["node"]["displayName"]: edge["node"]["id"] for edge in (await _all(api))}
    # In either order, and once more.
    for one, other in (("Anna", "Ana"), ("Ana", "Anna")):
        answer = (await api.execute(DISMISS, {"one": ids[one], "other": ids[other]}))["dismissDuplicate"]
        assert answer == {
            "__typename": "DuplicateDismissed",
            "duplicate": {"client": {"displayName": one}, "other": {"displayName": other}},
        }
    assert await pairs(api) == []
    assert (await api.execute(OF_CLIENT, {"id": ids["Ana"]}))["client"]["possibleDuplicates"] == []
    async with api.database.reading() as reader:
        (row,) = await reader.rows(select(PossibleDuplicate.dismissed_at, PossibleDuplicate.dismissed_by))
        entries = await reader.scalars(select(AuditEntry).where(AuditEntry.action == "client.duplicate_dismissed").order_by(AuditEntry.id))
    assert row.dismissed_at is not None
    assert row.dismissed_by is not None
    assert [(entry.client_id, entry.after) for entry in entries] == [
        (ana, {"other_id": anna, "reason": "same_email"}),
        (anna, {"other_id": ana, "reason": "same_email"}),
    ]


async def test_a_pair_that_nobody_suspected_is_not_found(api: Api) -> None:
    await api.login("staff")
    await add_client(api.database, "Ana", "")
    await add_client(api.database, "Zoe", "")
    one, other = (edge["node"]["id"] for edge in await _all(api))
    for pair in ((one, other), (one, one), (one, "x")):
        answer = (await api.execute(DISMISS, {"one": pair[0], "other": pair[1]}))["dismissDuplicate"]
        assert (answer["__typename"], answer["code"]) == ("NotFound", "NOT_FOUND")


async def test_the_number_of_statements_stays(api: Api, statements: StatementCounter) -> None:
    await api.login("staff")
    await api.execute("{ viewer { user { id } } }")  # reads the session once
    counts = []
    for _ in range(2):
        people = [await add_client(api.database, "Ana", "") for _ in range(6)]
        for one, other in pairwise(people):
            await suspect(api.database, one, other)
        statements.clear()
        await api.execute(PAGE)
        counts.append(statements.count)
        statements.clear()
        await api.execute("{ clients { edges { node { possibleDuplicates { other { displayName } } } } } }")
        counts.append(statements.count)
    # The pairs and their clients; the page of clients, their pairs, the others.
    assert counts == [2, 3, 2, 3], statements.texts


async def test_what_is_to_be_looked_at_is_counted_and_found(api: Api) -> None:
    await api.login("admin")
    ana, anna = await add_client(api.database, "Ana", "", phone="+16615550001"), await add_client(api.database, "Anna", "")
    zoe = await add_client(api.database, "Zoe", "")
    await suspect(api.database, ana, anna)
    await suspect(api.database, ana, zoe, dismissed_at=clock.now())
    async with api.database.writing(OPERATOR) as uow:
        uow.add(
            ContactMethod(client_id=zoe, kind=ContactKind.PHONE, value="555-1234", needs_fixing=True),
            ContactMethod(client_id=zoe, kind=ContactKind.EMAIL, value="Zoe at home", needs_fixing=True),
        )
    counts = (await api.execute("{ system { counts { possibleDuplicates contactMethodsToFix } } }"))["system"]["counts"]
    assert counts == {"possibleDuplicates": 1, "contactMethodsToFix": 2}
    found = """{ clients(filter: {contactToFix: true}) { totalCount edges { node { displayName
      contactMethods { kind value display needsFixing } } } } }"""
    page = (await api.execute(found))["clients"]
    assert page["totalCount"] == 1
    assert page["edges"][0]["node"] == {
        "displayName": "Zoe",
        "contactMethods": [
            {"kind": "PHONE", "value": "555-1234", "display": "555-1234", "needsFixing": True},
            {"kind": "EMAIL", "value": "Zoe at home", "display": "Zoe at home", "needsFixing": True},
        ],
    }
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(
            update(ContactMethod).where(ContactMethod.kind == ContactKind.EMAIL).values(value="zoe@x.test", needs_fixing=False)
        )
    fixed = (await api.execute(found))["clients"]["edges"][0]["node"]["contactMethods"]
    assert [method["needsFixing"] for method in fixed] == [True, False]
