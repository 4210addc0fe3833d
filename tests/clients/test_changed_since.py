"""Clients by when anything of them was changed: what an integration exports every night."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from backend import clock
from backend.graphql import ids
from tests.client import Api
from tests.clients.people import add_client
from tests.world import OPERATOR

PAGE = """query ($filter: ClientFilter, $first: Int! = 50, $after: String) {
  clients(filter: $filter, orderBy: CREATED, direction: ASCENDING, first: $first, after: $after) {
    totalCount edges { node { displayName } } pageInfo { hasNextPage endCursor } } }"""
NOTE = 'mutation ($id: ID!) { addNote(input: {clientId: $id, body: "Called."}) { __typename } }'


async def names(api: Api, since: datetime, **more: Any) -> list[str]:
    found = (await api.execute(PAGE, {"filter": {"changedSince": since.isoformat(), **more}}))["clients"]
    assert found["totalCount"] == len(found["edges"])
    return [edge["node"]["displayName"] for edge in found["edges"]]


async def people(api: Api) -> list[int]:
    """Three clients of whom nothing was written down."""
    return [await add_client(api.database, name, "") for name in ("Ana", "Ben", "Cleo")]


async def test_whoever_was_changed_is_found_in_the_order_of_coming(api: Api) -> None:
    await api.login("staff")
    ana, _, cleo = await people(api)
    begin = clock.now() - timedelta(minutes=1)
    assert await names(api, begin) == []
    for number in (cleo, ana, cleo):
        await api.execute(NOTE, {"id": ids.encode("Client", number)})
    assert await names(api, begin) == ["Ana", "Cleo"]
    assert await names(api, begin, archived=True) == []
    assert await names(api, clock.now() + timedelta(minutes=1)) == []


async def test_the_instant_itself_counts(api: Api) -> None:
    await api.login("staff")
    ana, *_ = await people(api)
    await api.execute(NOTE, {"id": ids.encode("Client", ana)})
    async with api.database.reading() as reader:
        moment = await reader.scalar(text("SELECT happened_at FROM audit_log WHERE client_id = :id"), {"id": ana})
    assert await names(api, moment) == ["Ana"]
    assert await names(api, moment + timedelta(microseconds=1)) == []


async def test_every_page_together_is_everybody(api: Api) -> None:
    await api.login("staff")
    begin = clock.now() - timedelta(minutes=1)
    for number in range(7):
        one = await add_client(api.database, f"Person {number}", "")
        async with api.database.writing(OPERATOR) as uow:
            await uow.execute(
                text(
                    "INSERT INTO audit_log (actor_kind, action, subject_type, subject_id, client_id)"
                    " SELECT 'OPERATOR', 'client.updated', 'client', :id, :id FROM generate_series(1, 3)"
                ),
                {"id": one},
            )
    seen: list[str] = []
    after = None
    while True:
        page = (await api.execute(PAGE, {"filter": {"changedSince": begin.isoformat()}, "first": 3, "after": after}))["clients"]
        seen += [edge["node"]["displayName"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == [f"Person {number}" for number in range(7)]


@pytest.mark.parametrize(("moment", "code"), [("2026-11-23T08:00:00", "NO_ZONE"), ("1899-12-31T08:00:00Z", "TOO_LONG_AGO")])
async def test_an_instant_that_can_not_be_meant_is_named(api: Api, moment: str, code: str) -> None:
    await api.login("staff")
    error = (await api.raw(PAGE, {"filter": {"changedSince": moment}}))["errors"][0]["extensions"]
    assert [(item["path"], item["code"]) for item in error["fields"]] == [(["filter", "changedSince"], code)]
