"""The table over GraphQL: pages while others write, sorting both ways, what a search with a filter finds, counts, statements."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from backend import clock
from backend.clients.models import Client
from backend.db import Database
from tests.client import Api
from tests.clients.people import add_client, around
from tests.statements import StatementCounter
from tests.world import OPERATOR

PAGE = """query ($search: String, $filter: ClientFilter, $order: ClientOrder! = NAME, $direction: Direction, $first: Int! = 50,
    $after: String) {
  clients(search: $search, filter: $filter, orderBy: $order, direction: $direction, first: $first, after: $after) {
    totalCount totalIsExact edges { cursor node { id displayName } } pageInfo { hasNextPage endCursor } } }"""


async def page(api: Api, **variables: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await api.execute(PAGE, variables))["clients"]
    return found


async def names(api: Api, **variables: Any) -> list[str]:
    return [edge["node"]["displayName"] for edge in (await page(api, **variables))["edges"]]


async def run(database: Database, statement: str, **parameters: Any) -> None:
    async with database.writing(OPERATOR) as uow:
        await uow.execute(text(statement), parameters)


@pytest.mark.parametrize(
    ("order", "direction"), [("NAME", "ASCENDING"), ("NAME", "DESCENDING"), ("CREATED", "ASCENDING"), ("CREATED", "DESCENDING")]
)
@pytest.mark.parametrize("wanted", [None, {"language": "ES"}])
async def test_nobody_is_skipped_or_repeated_while_others_write(
    api: Api, order: str, direction: str, wanted: dict[str, Any] | None
) -> None:
    await api.login("staff")
    for number in range(30):
        await add_client(api.database, f"Person {number:02}", "There", language="es")
    seen: list[str] = []
    after: str | None = None
    turn = 0
    while True:
        found = await page(api, order=order, direction=direction, filter=wanted, first=4, after=after)
        seen += [edge["node"]["displayName"] for edge in found["edges"]]
        if not found["pageInfo"]["hasNextPage"]:
            break
        after = found["pageInfo"]["endCursor"]
        # Before and after the place that is reached: somebody comes, and somebody who was shown is archived.
        turn += 1
        await add_client(api.database, f"Person {turn:02} new", "Aardvark", language="es")
        await add_client(api.database, f"Person {turn:02} new", "Zulu", language="es")
        await run(api.database, "UPDATE clients SET archived_at = now() WHERE first_name = :name", name=seen[0].removesuffix(" There"))
    there = [name for name in seen if name.endswith("There")]
    assert sorted(there) == [f"Person {number:02} There" for number in range(30)]
    assert len(seen) == len(set(seen))


async def test_sorting_by_the_end_of_the_standing(api: Api) -> None:
    await api.login("staff")
    today = clock.today(api.settings.zone)
    await add_client(api.database, "Nothing", "")
    await add_client(api.database, "Renewed", "", memberships=[around(today, 50, 5), around(today, -6, 90)])
    await add_client(api.database, "Soon", "", memberships=[around(today, 50, 9)])
    await add_client(api.database, "Over", "", authorizations=[around(today, 90, -9)])
    await add_client(api.database, "Both", "", memberships=[around(today, 9, 40)], authorizations=[around(today, 5, 40)])
    assert await names(api, order="STANDING_END") == ["Over", "Soon", "Both", "Renewed", "Nothing"]
    assert await names(api, order="STANDING_END", direction="DESCENDING") == ["Renewed", "Both", "Soon", "Over", "Nothing"]


async def test_who_never_came_is_last_in_either_direction(api: Api) -> None:
    await api.login("staff")
    day = datetime(2026, 5, 1, tzinfo=UTC)
    for name, visit in (("Early", day), ("Never", None), ("Late", day + timedelta(days=9))):
        await add_client(api.database, name, "", last_check_in_at=visit)
    assert await names(api, order="LAST_CHECK_IN") == ["Late", "Early", "Never"]
    assert await names(api, order="LAST_CHECK_IN", direction="ASCENDING") == ["Early", "Late", "Never"]


async def test_a_cursor_belongs_to_its_direction(api: Api) -> None:
    await api.login("staff")
    for number in range(3):
        await add_client(api.database, f"P{number}", "")
    cursor = (await page(api, first=1))["pageInfo"]["endCursor"]
    answer = await api.raw(PAGE, {"direction": "DESCENDING", "after": cursor})
    assert answer["errors"][0]["extensions"]["fields"][0]["code"] == "BAD_CURSOR"


async def test_a_search_with_a_filter_finds_those_beyond_the_first_500(api: Api) -> None:
    await api.login("staff")
    await run(api.database, "INSERT INTO clients (first_name, last_name) SELECT 'Twin', 'Person' FROM generate_series(1, 700)")
    for number in range(3):
        await add_client(api.database, f"Rare {number}", "Twin", language="es")
    found = await page(api, search="twin", filter={"language": "ES"})
    assert [edge["node"]["displayName"] for edge in found["edges"]] == [f"Rare {number} Twin" for number in range(3)]
    assert (found["totalCount"], found["totalIsExact"]) == (3, True)


async def test_whoever_has_that_name_is_found_however_many_are_like_it(api: Api) -> None:
    await api.login("staff")
    await run(api.database, "INSERT INTO clients (first_name, last_name) SELECT 'Mariana', 'Liu' FROM generate_series(1, 700)")
    await add_client(api.database, "Ana", "Li")
    found = await page(api, search="ana li", first=1)
    assert [edge["node"]["displayName"] for edge in found["edges"]] == ["Ana Li"]
    assert found["totalIsExact"] is False


async def test_archived_ones_do_not_make_a_capped_count_look_exact(api: Api) -> None:
    await api.login("staff")
    await run(
        api.database, "INSERT INTO clients (first_name, last_name, archived_at) SELECT 'Twin', 'Gone', now() FROM generate_series(1, 400)"
    )
    await run(api.database, "INSERT INTO clients (first_name, last_name) SELECT 'Twin', 'Here' FROM generate_series(1, 400)")
    found = await page(api, search="twin", first=1)
    assert found["totalIsExact"] is False


async def test_merged_clients_are_never_listed(api: Api) -> None:
    await api.login("staff")
    kept = await add_client(api.database, "Kept", "One")
    await add_client(api.database, "Merged", "Two", archived_at=clock.now(), merged_into_id=kept)
    await add_client(api.database, "Archived", "Three", archived_at=clock.now())
    assert await names(api) == ["Kept One"]
    assert await names(api, filter={"archived": True}) == ["Archived Three"]
    assert await names(api, search="two") == await names(api, search="two", filter={"archived": True}) == []


@pytest.mark.parametrize(
    ("wanted", "field", "code"),
    [
        ({"tagIds": ["VGFnOjE"] * 21}, "tagIds", "TOO_MANY"),
        ({"tierIds": ["TWVtYmVyc2hpcFRpZXI6MQ"] * 21}, "tierIds", "TOO_MANY"),
        ({"visitedWithinDays": -1}, "visitedWithinDays", "OUT_OF_RANGE"),
        ({"notVisitedForDays": 36_501}, "notVisitedForDays", "OUT_OF_RANGE"),
        ({"coordinator": "x" * 201}, "coordinator", "TOO_LONG"),
        ({"coordinator": "a\x00"}, "coordinator", "TOO_LONG"),
        ({"newSince": "0001-01-01"}, "newSince", "TOO_LONG_AGO"),
        ({"consents": [{"kind": "SMS", "granted": True}] * 21}, "consents", "TOO_MANY"),
    ],
)
async def test_wrong_conditions_are_named(api: Api, wanted: dict[str, Any], field: str, code: str) -> None:
    await api.login("staff")
    error = (await api.raw(PAGE, {"filter": wanted}))["errors"][0]["extensions"]
    assert error["fields"] == [{"path": ["filter", field], "code": code, "message": error["fields"][0]["message"]}]


async def test_days_are_the_centres(api: Api) -> None:
    await api.login("staff")
    today = clock.today(api.settings.zone)
    midnight = datetime.combine(today, datetime.min.time(), api.settings.zone)
    for name, visit in (("Today", midnight), ("Yesterday", midnight - timedelta(minutes=1)), ("Week", midnight - timedelta(days=7))):
        await add_client(api.database, name, "", last_check_in_at=visit, created_at=visit, first_check_in_at=visit)
    assert await names(api, filter={"visitedWithinDays": 0}) == ["Today"]
    assert await names(api, filter={"visitedWithinDays": 1}) == ["Today", "Yesterday"]
    assert await names(api, filter={"notVisitedForDays": 0}) == ["Week", "Yesterday"]
    assert await names(api, filter={"newSince": str(today)}) == ["Today"]
    assert await names(api, filter={"firstVisitSince": str(today - timedelta(days=1))}) == ["Today", "Yesterday"]


async def test_statements_do_not_grow_with_the_clients(api: Api, statements: StatementCounter) -> None:
    await api.login("staff")
    await api.execute("{ viewer { user { id } } }")
    wanted = {"standing": ["NONE"], "language": "ES", "neverVisited": True}
    counts = []
    for _ in range(2):
        async with api.database.writing(OPERATOR) as uow:
            uow.add(*(Client(first_name=f"P{n}", last_name="Many", language="es") for n in range(20)))
        statements.clear()
        await page(api, filter=wanted, order="STANDING_END", first=100)
        counts.append(statements.count)
    # Along the order, by the conditions, and the same two for the count.
    assert counts == [4, 4], statements.texts
