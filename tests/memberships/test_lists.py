"""Lists of all memberships and all authorizations: each once, by conditions, in a constant number of statements."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from backend.db import Database
from backend.graphql import ids
from backend.memberships.models import Authorization, Membership
from tests.client import Api
from tests.clients.people import add_client, around
from tests.memberships.holding import add_tier
from tests.statements import StatementCounter
from tests.world import OPERATOR

LIST = """query ($filter: %(kind)sFilter, $first: Int! = 50, $after: String) { %(field)s(filter: $filter, first: $first, after: $after) {
  totalCount totalIsExact pageInfo { hasNextPage hasPreviousPage endCursor }
  edges { cursor node { id startsOn endsOn client { id firstName } } } } }"""
DOCUMENTS = {
    "memberships": LIST % {"kind": "Membership", "field": "memberships"},
    "authorizations": LIST % {"kind": "Authorization", "field": "authorizations"},
}
both = pytest.mark.parametrize("field", sorted(DOCUMENTS))


@pytest.fixture
async def people(desk: Api, database: Database, today: date) -> Api:
    """Somebody for each case, named after it, with a membership and an authorization of the same days."""
    for name, before, after in (("past", 60, -10), ("ending", 20, 0), ("running", 10, 20), ("later", -5, 40)):
        span = around(today, before, after)
        await add_client(database, name, memberships=[span], authorizations=[span])
    return desk


async def listed(api: Api, field: str, **wanted: Any) -> list[str]:
    found = (await api.execute(DOCUMENTS[field], {"filter": wanted}))[field]
    assert (found["totalCount"], found["totalIsExact"]) == (len(found["edges"]), True)
    return [edge["node"]["client"]["firstName"] for edge in found["edges"]]


async def refused(api: Api, field: str, **variables: Any) -> list[tuple[str, str]]:
    answer = await api.raw(DOCUMENTS[field], variables)
    return [(item["path"][-1], item["code"]) for item in answer["errors"][0]["extensions"]["fields"]]


@both
async def test_all_come_in_the_order_in_which_they_were_put_on_file(people: Api, field: str) -> None:
    assert await listed(people, field) == ["past", "ending", "running", "later"]


@both
async def test_conditions_hold_together_and_both_days_belong_to_a_span(people: Api, today: date, field: str) -> None:
    assert await listed(people, field, on=today.isoformat()) == ["ending", "running"]
    assert await listed(people, field, endsFrom=today.isoformat()) == ["ending", "running", "later"]
    assert await listed(people, field, endsTo=today.isoformat()) == ["past", "ending"]
    ending = (today + timedelta(days=20)).isoformat()
    assert await listed(people, field, endsFrom=ending, endsTo=ending) == ["running"]
    assert await listed(people, field, endsFrom=ending, on=today.isoformat()) == ["running"]


@both
async def test_of_one_client(people: Api, database: Database, today: date, field: str) -> None:
    span = around(today, 5, 5)
    number = await add_client(database, "one", memberships=[span], authorizations=[span])
    assert await listed(people, field, clientId=ids.encode("Client", number)) == ["one"]


@both
async def test_page_after_page_shows_each_once_though_days_change_meanwhile(people: Api, database: Database, field: str) -> None:
    seen, after, more = [], None, True
    while more:
        page = (await people.execute(DOCUMENTS[field], {"first": 1, "after": after}))[field]
        seen += [edge["node"]["client"]["firstName"] for edge in page["edges"]]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        await extend_all(database, field)
    assert seen == ["past", "ending", "running", "later"]


async def extend_all(database: Database, field: str) -> None:
    async with database.writing(OPERATOR) as uow:
        await uow.execute(text(f"UPDATE {field} SET ends_on = ends_on + 400 WHERE id % 2 = 0"))


async def test_of_a_tier(people: Api, database: Database, today: date) -> None:
    tier = await add_tier(database, "Weekend")
    number = await add_client(database, "weekend")
    async with database.writing(OPERATOR) as uow:
        uow.add(Membership(client_id=number, tier_id=ids.decode(tier, "MembershipTier"), starts_on=today, ends_on=today))
    assert await listed(people, "memberships", tierIds=[tier]) == ["weekend"]
    assert await refused(people, "memberships", filter={"tierIds": [tier] * 21}) == [("tierIds", "TOO_MANY")]


async def test_by_the_whole_uci_number(people: Api, database: Database, today: date) -> None:
    number = await add_client(database, "funded")
    async with database.writing(OPERATOR) as uow:
        uow.add(Authorization(client_id=number, uci_number="7654321", starts_on=today, ends_on=today))
    assert await listed(people, "authorizations", uciNumber="7654321") == ["funded"]
    assert await listed(people, "authorizations", uciNumber="765432") == []


@both
async def test_what_makes_no_sense_is_told(people: Api, field: str) -> None:
    assert await refused(people, field, filter={"endsFrom": "2026-02-02", "endsTo": "2026-02-01"}) == [("endsTo", "BEFORE_FROM")]
    assert await refused(people, field, first=101) == [("first", "OUT_OF_RANGE")]
    other = next(name for name in DOCUMENTS if name != field)
    cursor = (await people.execute(DOCUMENTS[other], {"first": 1}))[other]["pageInfo"]["endCursor"]
    assert await refused(people, field, after=cursor) == [("after", "BAD_CURSOR")]


@both
async def test_any_number_takes_the_same_statements(people: Api, statements: StatementCounter, field: str) -> None:
    taken = []
    await people.execute(DOCUMENTS[field])
    for first in (1, 4):
        statements.clear()
        await people.execute(DOCUMENTS[field], {"first": first})
        taken.append(len(statements.texts))
    assert taken[0] == taken[1]
