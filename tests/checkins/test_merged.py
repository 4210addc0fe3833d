"""A check-in of somebody who was merged into another client is that one's visit, and says so."""

from uuid import uuid4

import pytest
from sqlalchemy import text, update

from backend import clock
from backend.clients.models import Client
from backend.db import Database
from backend.graphql import ids
from backend.memberships.models import CheckInPolicy
from tests.checkins.desk import check_in, figures_agree, set_policy, visits
from tests.client import Api
from tests.clients.people import add_client, around
from tests.statements import StatementCounter
from tests.world import OPERATOR

SAID = "Counted for the client that this one was merged into."


async def merge(database: Database, lost: int, kept: int) -> None:
    async with database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).where(Client.id == lost).values(archived_at=clock.now(), merged_into_id=kept))


@pytest.fixture
async def pair(api: Api) -> tuple[int, int]:
    """Who was merged away, with nothing of their own, and who was kept, who is covered."""
    await api.login("staff")
    kept = await add_client(api.database, "Kept", memberships=[around(clock.today(api.settings.zone), 3, 40)])
    lost = await add_client(api.database, "Lost", member_code="OLD-CARD")
    await merge(api.database, lost, kept)
    return lost, kept


async def test_the_visit_is_the_kept_clients(api: Api, pair: tuple[int, int]) -> None:
    lost, kept = pair
    member = await check_in(api, lost)
    assert (member["__typename"], member["merged"], member["standing"]) == ("CheckInRecorded", True, {"status": "ACTIVE", "daysLeft": 40})
    assert member["sentence"].endswith(SAID)
    assert member["checkIn"]["client"]["displayName"] == "Kept Alvarez"
    (visit,) = await visits(api.database)
    assert visit.client_id == kept
    async with api.database.reading() as reader:
        entry = await reader.row(text("SELECT client_id FROM audit_log WHERE action = 'check_in.recorded'"))
        came = {row.id: row.last_check_in_at for row in await reader.rows(text("SELECT id, last_check_in_at FROM clients"))}
    assert entry is not None
    assert entry.client_id == kept
    assert (came[lost], came[kept]) == (None, visit.happened_at)
    assert await figures_agree(api.database, api.settings)


async def test_an_old_card_checks_the_kept_client_in(api: Api, pair: tuple[int, int]) -> None:
    found = (await api.execute('{ clientByCode(code: "old card") { state client { id } } }'))["clientByCode"]
    assert found == {"state": "FOUND", "client": {"id": ids.encode("Client", pair[1])}}
    member = await check_in(api, ids.decode(found["client"]["id"], "Client"))
    assert (member["__typename"], member["merged"], SAID in member["sentence"]) == ("CheckInRecorded", False, False)


async def test_either_id_is_the_same_client(api: Api, pair: tuple[int, int]) -> None:
    lost, kept = pair
    first = await check_in(api, kept)
    again = await check_in(api, lost)
    assert (again["repeat"], again["merged"], again["checkIn"]["id"]) == (True, True, first["checkIn"]["id"])
    request = str(uuid4())
    await check_in(api, lost, request)
    replayed = await check_in(api, kept, request)
    assert (replayed["__typename"], replayed["replayed"], replayed["merged"]) == ("CheckInRecorded", True, False)
    assert len(await visits(api.database)) == 1
    other = await add_client(api.database, "Other")
    assert (await check_in(api, other, request))["__typename"] == "Conflict"


async def test_a_request_from_before_the_merge_is_answered_after_it(api: Api) -> None:
    await api.login("staff")
    kept, lost = await add_client(api.database, "Kept"), await add_client(api.database, "Lost")
    request = str(uuid4())
    first = await check_in(api, lost, request)
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("UPDATE check_ins SET client_id = :kept"), {"kept": kept})
    await merge(api.database, lost, kept)
    for number, merged in ((lost, True), (kept, False)):
        member = await check_in(api, number, request)
        assert (member["replayed"], member["merged"], member["checkIn"]["id"]) == (True, merged, first["checkIn"]["id"])


async def test_it_is_refused_as_the_kept_client_would_be(api: Api, pair: tuple[int, int]) -> None:
    lost, kept = pair
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("DELETE FROM memberships"))
    await set_policy(api.database, CheckInPolicy.BLOCK)
    assert (await check_in(api, lost))["code"] == "POLICY_BLOCK"
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).where(Client.id == kept).values(archived_at=clock.now()))
    assert (await check_in(api, lost))["code"] == "CLIENT_ARCHIVED"
    assert await visits(api.database) == []


async def test_it_takes_no_more_statements(api: Api, pair: tuple[int, int], statements: StatementCounter) -> None:
    mutation = """mutation ($input: CheckInInput!) { checkIn(input: $input) {
      ... on CheckInRecorded { merged sentence checkIn { id happenedAt byName } } } }"""
    await api.execute("{ viewer { user { id } } }")
    statements.clear()
    await api.execute(mutation, {"input": {"requestId": str(uuid4()), "clientId": ids.encode("Client", pair[0])}})
    assert statements.count == 1, statements.texts
