"""What runs out soon and what ran out lately: by the one standing, a page at a time, in a constant number of statements."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from backend import clock
from backend.checkins.queries import standing_of
from backend.clients.models import Client
from backend.db import Database
from backend.graphql import ids
from backend.memberships import queries
from backend.memberships.models import Authorization, Membership, MembershipTier
from tests.client import Api
from tests.clients.people import add_client, around
from tests.memberships.holding import add_tier, saved
from tests.statements import StatementCounter
from tests.world import OPERATOR

PAGE = """query ($filter: RunningOutFilter!, $first: Int! = 50, $after: String) {
  runningOut(filter: $filter, first: $first, after: $after) {
    totalCount totalIsExact pageInfo { hasNextPage endCursor }
    edges { cursor node { endsOn client { id firstName standing { status daysLeft } }
      holding { __typename id endsOn renewal { startsOn } followedBy { startsOn endsOn } left
        ... on Membership { tier { name } } ... on Authorization { serviceCoordinator } } } } } }"""


async def lines(api: Api, which: str, days: int = 30, **more: Any) -> list[dict[str, Any]]:
    found = (await api.execute(PAGE, {"filter": {"which": which, "days": days, **more}}))["runningOut"]
    assert (found["totalCount"], found["totalIsExact"]) == (len(found["edges"]), True)
    return [edge["node"] for edge in found["edges"]]


async def names(api: Api, which: str, days: int = 30, **more: Any) -> list[str]:
    return [line["client"]["firstName"] for line in await lines(api, which, days, **more)]


@pytest.fixture
async def people(desk: Api, database: Database, today: date) -> Api:
    """Somebody for each case, named after it."""
    for name, memberships, authorizations in (
        ("today", [around(today, 30, 0)], []),
        ("week", [around(today, 30, 7)], []),
        ("funded", [], [around(today, 300, 9)]),
        ("edge", [around(today, 30, 30)], []),
        ("beyond", [around(today, 30, 31)], []),
        ("renewed", [around(today, 30, 3), around(today, -4, 40)], []),
        ("gap", [around(today, 30, 4), around(today, -6, 40)], []),
        ("covered", [around(today, 30, 5)], [around(today, 100, 200)]),
        ("yesterday", [around(today, 30, -1)], []),
        ("lapsed", [], [around(today, 300, -10)]),
        ("longago", [around(today, 300, -31)], []),
        ("comesback", [around(today, 300, -5), around(today, -2, 30)], []),
        ("never", [], []),
    ):
        await add_client(database, name, "Test", memberships=memberships, authorizations=authorizations)
    await add_client(database, "archived", "Test", memberships=[around(today, 30, 2)], archived_at=clock.now())
    return desk


async def test_what_runs_out_soon(people: Api) -> None:
    assert await names(people, "EXPIRING") == ["today", "gap", "week", "funded", "edge"]
    assert await names(people, "EXPIRING", 7) == ["today", "gap", "week"]
    assert await names(people, "EXPIRING", 31) == ["today", "gap", "week", "funded", "edge", "beyond"]


async def test_what_ran_out(people: Api) -> None:
    assert await names(people, "EXPIRED") == ["yesterday", "lapsed"]
    assert await names(people, "EXPIRED", 365) == ["yesterday", "lapsed", "longago"]


async def test_a_line_says_what_to_renew(people: Api, today: date) -> None:
    lapsed = (await lines(people, "EXPIRED"))[1]
    assert lapsed["client"]["standing"] == {"status": "EXPIRED", "daysLeft": -10}
    assert (lapsed["holding"]["__typename"], lapsed["holding"]["renewal"]["startsOn"]) == ("Authorization", str(today))
    week = (await lines(people, "EXPIRING"))[2]
    assert (week["endsOn"], week["holding"]["tier"]["name"]) == (str(today + timedelta(7)), "Standard")
    assert week["holding"]["renewal"]["startsOn"] == str(today + timedelta(8))


async def test_renewing_takes_it_off_the_list(people: Api) -> None:
    for line in await lines(people, "EXPIRING"):
        await saved(people, f"renew{line['holding']['__typename']}", id=line["holding"]["id"])
    # Where something follows after a gap, that is the answer: nothing was made, and there are still days that nothing covers.
    assert await names(people, "EXPIRING", 7) == ["gap"]


async def test_a_line_says_what_follows_after_a_gap(people: Api, today: date) -> None:
    following = {line["client"]["firstName"]: line["holding"]["followedBy"] for line in await lines(people, "EXPIRING")}
    first, last = around(today, -6, 40)
    assert following.pop("gap") == {"startsOn": str(first), "endsOn": str(last)}
    assert set(following.values()) == {None}


async def test_what_follows_is_what_a_renewal_would_answer(desk: Api, database: Database, today: date) -> None:
    """Of one kind, of one service, the first one; an authorization after a membership leaves the membership to be renewed."""
    spans = [around(today, 30, 3), around(today, -6, 20), around(today, -30, 60)]
    both: dict[str, Any] = {"memberships": spans[:1], "authorizations": spans}
    number = await add_client(database, "both", "Test", **both)
    async with database.writing(OPERATOR) as uow:
        nearer = update(Authorization).where(Authorization.client_id == number, Authorization.starts_on == today + timedelta(6))
        await uow.execute(nearer.values(service_code="861"))
    found = {line["holding"]["__typename"]: line["holding"] for line in await lines(desk, "EXPIRING")}
    assert found["Membership"]["followedBy"] is None
    assert found["Authorization"]["followedBy"]["startsOn"] == str(today + timedelta(30))
    for kind in found:
        made = await saved(desk, f"renew{kind}", id=found[kind]["id"])
        expected = found[kind]["followedBy"] or found[kind]["renewal"]
        assert made["startsOn"] == expected["startsOn"]


async def test_by_tier_and_coordinator(people: Api, database: Database) -> None:
    tier = await add_tier(database, "monthly")
    async with database.writing(OPERATOR) as uow:
        week = select(Client.id).where(Client.first_name == "week").scalar_subquery()
        await uow.execute(update(Membership).where(Membership.client_id == week).values(tier_id=ids.decode(tier, "MembershipTier")))
        await uow.execute(update(Client).where(Client.first_name.in_(["edge", "funded"])).values(service_coordinator="Dana Reyes"))
        funded = select(Client.id).where(Client.first_name == "funded").scalar_subquery()
        await uow.execute(update(Authorization).where(Authorization.client_id == funded).values(service_coordinator="Lee Park"))
        await uow.execute(update(Authorization).where(Authorization.client_id != funded).values(service_coordinator="Áine Ward"))
    assert await names(people, "EXPIRING", tierIds=[tier]) == ["week"]
    assert await names(people, "EXPIRING", coordinator="Dana Reyes") == ["edge"]
    assert await names(people, "EXPIRING", coordinator="Lee Park") == ["funded"]
    assert await names(people, "EXPIRED", coordinator="Áine Ward") == ["lapsed"]
    assert await names(people, "EXPIRING", tierIds=[tier], coordinator="Dana Reyes") == []
    found = (await people.execute("{ serviceCoordinators }"))["serviceCoordinators"]
    assert sorted(found) == ["Dana Reyes", "Lee Park", "Áine Ward"]


@pytest.mark.parametrize("which", ["EXPIRING", "EXPIRED"])
async def test_pages_follow_each_other(desk: Api, database: Database, today: date, which: str) -> None:
    # Several end on each day, some of them twice, so that the places within a day matter.
    sign = 1 if which == "EXPIRING" else -1
    for n in range(17):
        period = around(today, 40, sign * (1 + n // 4))
        await add_client(database, f"p{n}", "Test", memberships=[period], authorizations=[period] if n % 5 == 0 else [])
    whole = await lines(desk, which)
    assert len(whole) == 21
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = (await desk.execute(PAGE, {"filter": {"which": which}, "first": 4, "after": after}))["runningOut"]
        found += [edge["node"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == whole
    ends = [line["endsOn"] for line in whole]
    assert ends == sorted(ends, reverse=which == "EXPIRED")


@pytest.mark.parametrize(
    ("variables", "path"),
    [
        ({"filter": {"which": "EXPIRING", "days": 0}}, ["filter", "days"]),
        ({"filter": {"which": "EXPIRING", "days": 366}}, ["filter", "days"]),
        ({"filter": {"which": "EXPIRED", "days": -4}}, ["filter", "days"]),
        ({"filter": {"which": "EXPIRED", "tierIds": ["x"] * 21}}, ["filter", "tierIds"]),
        ({"filter": {"which": "EXPIRED"}, "first": 101}, ["first"]),
        ({"filter": {"which": "EXPIRED"}, "after": "nonsense"}, ["after"]),
        ({"filter": {"which": "EXPIRED"}, "after": "WyJFWFBJUkVEIiwieCIsMSwiTUVNQkVSU0hJUCIsMV0"}, ["after"]),
        ({"filter": {"which": "EXPIRED"}, "after": "WyJFWFBJUkVEIiwiMjAyNi0xMS0wMSIsMSwieCIsMV0"}, ["after"]),
        ({"filter": {"which": "EXPIRED"}, "after": "WyJFWFBJUklORyIsIjIwMjYtMTEtMDEiLDEsIk1FTUJFUlNISVAiLDFd"}, ["after"]),
    ],
)
async def test_wrong_questions_are_refused(desk: Api, variables: dict[str, Any], path: Sequence[str]) -> None:
    [error] = (await desk.raw(PAGE, variables))["errors"]
    assert error["extensions"]["code"] == "VALIDATION_FAILED"
    assert [list(field["path"]) for field in error["extensions"]["fields"]] == [list(path)]


async def test_the_number_of_statements_does_not_grow(people: Api, database: Database, today: date, statements: StatementCounter) -> None:
    async def count() -> int:
        await lines(people, "EXPIRING")
        statements.clear()
        await lines(people, "EXPIRING")
        return statements.count

    before = await count()
    for n in range(12):
        await add_client(database, f"more{n}", "Test", memberships=[around(today, 9, n)], authorizations=[around(today, 9, n)])
    assert await count() == before <= 9


period = st.tuples(st.integers(-90, 60), st.integers(0, 60))
Spans = list[tuple[int, int]]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(st.tuples(st.lists(period, max_size=3), st.lists(period, max_size=2, unique=True)), min_size=1, max_size=10),
    days=st.integers(1, 60),
)
async def test_the_lists_are_what_the_standing_says(seeded: Database, people: list[tuple[Spans, Spans]], days: int) -> None:
    """Whoever is covered and for how long, or since when not, is the standing's to say; the lists only look where it may be so."""
    day = date(2026, 11, 23)

    def periods(spans: Spans) -> list[tuple[date, date]]:
        return [(day + timedelta(first), day + timedelta(first + length)) for first, length in spans]

    async with seeded.writing(OPERATOR) as uow:
        await uow.execute(update(Client).values(archived_at=clock.now()))
    numbers = [await add_client(seeded, memberships=periods(one), authorizations=periods(other)) for one, other in people]
    async with seeded.reading() as reader:
        expected: dict[queries.RunningOutList, set[tuple[date, int]]] = {which: set() for which in queries.RunningOutList}
        for number in numbers:
            row = await standing_of(reader, number, day)
            if row.status in {"ACTIVE", "EXPIRING"} and row.days_left <= days:
                expected[queries.RunningOutList.EXPIRING].add((row.ends_on, number))
            if row.status == "EXPIRED" and row.days_left >= -days:
                expected[queries.RunningOutList.EXPIRED].add((row.ends_on, number))
        for which in queries.RunningOutList:
            criteria = queries.RunningOutCriteria(which, days)
            rows, more = await queries.page_of_running_out(reader, criteria, day, first=100, after=None)
            assert ({(row.ends_on, row.client_id) for row in rows}, more) == (expected[which], False)
            assert await queries.count_of_running_out(reader, criteria, day) == (len(rows), True)


async def test_nobody_reads_it_without_a_session(api: Api) -> None:
    answer = await api.raw(PAGE, {"filter": {"which": "EXPIRING"}})
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAUTHENTICATED"]


async def test_tiers_of_a_page_are_loaded_together(people: Api, statements: StatementCounter, database: Database) -> None:
    async with database.reading() as reader:
        assert await reader.scalar(select(MembershipTier.name)) == "Standard"
    text = "{ membershipTiers { name price { currency } runningMemberships } }"
    await people.execute(text)
    statements.clear()
    await people.execute(text)
    one = statements.count
    for code in ("a", "b", "c"):
        await add_tier(database, code, price_cents=100)
    statements.clear()
    await people.execute(text)
    assert statements.count <= one + 1  # the currency, now that there are prices
