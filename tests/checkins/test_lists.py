"""Lists of visits: every filter, pages that lose nothing, and plans that read no more than they must."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from backend import clock
from backend.checkins import queries
from backend.checkins.models import CheckInMethod
from backend.checkins.queries import CheckInCriteria
from backend.db import Database
from backend.graphql import ids
from tests.checkins.desk import at, came, check_in, void
from tests.client import Api
from tests.clients.people import add_client
from tests.statements import StatementCounter
from tests.world import OPERATOR

LIST = """query ($filter: CheckInFilter, $first: Int! = 50, $after: String) { checkIns(filter: $filter, first: $first, after: $after) {
  totalCount totalIsExact edges { node { client { firstName } } } pageInfo { hasNextPage endCursor } } }"""


async def names(api: Api, **conditions: Any) -> list[str]:
    found = (await api.execute(LIST, {"filter": conditions}))["checkIns"]
    listed = [edge["node"]["client"]["firstName"] for edge in found["edges"]]
    assert (found["totalCount"], found["totalIsExact"]) == (len(listed), True)
    return sorted(listed)


async def station(api: Api, number: int) -> tuple[int, str]:
    identifier = (await api.execute("{ stations { id } }"))["stations"][number]["id"]
    return ids.decode(identifier, "Station"), identifier


async def test_days_are_the_centres_and_both_included(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, moment in (
        ("Before", "2026-10-31T23:59:59-07:00"),
        ("First", "2026-11-01T00:00:00-07:00"),
        ("Twice", "2026-11-01T01:30:00-08:00"),  # the night on which the clocks go back
        ("Last", "2026-11-02T23:59:59-08:00"),
        ("After", "2026-11-03T00:00:00-08:00"),
    ):
        monkeypatch.setattr(clock, "now", lambda moment=moment: at(moment))
        await came(api.database, api.settings, await add_client(api.database, name))
    monkeypatch.undo()
    await api.login("staff")
    assert await names(api, **{"from": "2026-11-01", "to": "2026-11-02"}) == ["First", "Last", "Twice"]
    assert await names(api, **{"from": "2026-11-03"}) == ["After"]
    assert await names(api, to="2026-10-31") == ["Before"]
    assert await names(api, **{"from": "0001-01-01", "to": "9999-12-31"}) == ["After", "Before", "First", "Last", "Twice"]
    wrong = await api.raw(LIST, {"filter": {"from": "2026-11-02", "to": "2026-11-01"}})
    assert wrong["errors"][0]["extensions"]["fields"][0]["code"] == "BEFORE_FROM"


async def test_each_condition_and_all_together(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")
    desk, desk_id = await station(api, 0)
    kiosk, kiosk_id = await station(api, 1)
    ana = await add_client(api.database, "Ana")
    await check_in(api, ana, stationId=desk_id)
    await came(api.database, api.settings, await add_client(api.database, "Kai"), station_id=kiosk, method=CheckInMethod.KIOSK)
    wrong = await check_in(api, await add_client(api.database, "Wrong"), stationId=kiosk_id)
    await void(api, wrong["checkIn"]["id"])
    staff = (await api.execute("{ viewer { user { id } } checkInAuthors { id name } }"))["viewer"]["user"]["id"]
    assert await names(api) == ["Ana", "Kai", "Wrong"]
    assert await names(api, clientId=ids.encode("Client", ana)) == ["Ana"]
    assert await names(api, stationId=kiosk_id) == ["Kai", "Wrong"]
    assert await names(api, userId=staff) == ["Ana", "Wrong"]
    assert await names(api, methods=["KIOSK", "API"]) == ["Kai"]
    assert await names(api, standing=["NONE"]) == ["Ana", "Kai", "Wrong"]
    assert await names(api, standing=["ACTIVE"]) == []
    assert await names(api, voided=True) == ["Wrong"]
    assert await names(api, voided=False) == ["Ana", "Kai"]
    assert await names(api, today=True, voided=False, stationId=desk_id, userId=staff, methods=["STAFF"]) == ["Ana"]
    assert desk != kiosk


async def test_the_filter_for_who_recorded_lists_everybody(api: Api) -> None:
    await api.login("staff")
    names_ = [author["name"] for author in (await api.execute("{ checkInAuthors { name } }"))["checkInAuthors"]]
    assert names_ == sorted(names_)
    assert "Staff" in names_


async def test_pages_of_a_filter_lose_and_repeat_nothing(api: Api) -> None:
    await api.login("staff")
    _, kiosk_id = await station(api, 1)
    for n in range(9):
        await check_in(api, await add_client(api.database, f"P{n}"), **({"stationId": kiosk_id} if n % 3 else {}))
    seen: list[str] = []
    after = None
    while True:
        page = (await api.execute(LIST, {"filter": {"stationId": kiosk_id}, "first": 2, "after": after}))["checkIns"]
        seen += [edge["node"]["client"]["firstName"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert seen == ["P8", "P7", "P5", "P4", "P2", "P1"]


async def test_days_and_years_of_a_client(api: Api, monkeypatch: pytest.MonkeyPatch, statements: StatementCounter) -> None:
    client = await add_client(api.database, "Ana")
    for moment in ("2025-12-31T23:30:00-08:00", "2026-01-01T00:30:00-08:00", "2026-01-01T18:00:00-08:00", "2026-12-31T23:59:00-08:00"):
        monkeypatch.setattr(clock, "now", lambda moment=moment: at(moment))
        last = await came(api.database, api.settings, client)
    monkeypatch.undo()
    await api.login("staff")
    await void(api, ids.encode("CheckIn", last))
    query = """query ($id: ID!) { client(id: $id) { visitYears { year visits } now: visitDays(year: 2026) { day visits }
      before: visitDays(year: 2025) { day visits } never: visitDays(year: 99999) { day } } }"""
    statements.clear()
    found = (await api.execute(query, {"id": ids.encode("Client", client)}))["client"]
    assert found == {
        "visitYears": [{"year": 2026, "visits": 2}, {"year": 2025, "visits": 1}],
        "now": [{"day": "2026-01-01", "visits": 2}],
        "before": [{"day": "2025-12-31", "visits": 1}],
        "never": [],
    }
    assert statements.count <= 5, statements.texts


FILL = text(
    """
    INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, station_id, standing_status, policy)
    SELECT gen_random_uuid(), :client, at, CAST(at AS date), 'STAFF', :station, 'NONE', 'REMIND'
    FROM (SELECT CAST(:at AS timestamptz) - n * interval '1 minute' AS at FROM generate_series(1, :many) n) v
    """
)


async def fill(database: Database, many: int, **more: Any) -> None:
    async with database.writing(OPERATOR) as uow:
        await uow.execute(FILL, {"at": datetime.fromisoformat("2026-11-20T20:00:00+00:00"), "many": many, **more})


async def rows_read(database: Database, criteria: CheckInCriteria, patch: pytest.MonkeyPatch, after: Any = None) -> int:
    """How many rows of visits the page's plan touches, filtered ones included."""
    async with database.writing(OPERATOR) as uow:
        await uow.execute(text("SET LOCAL plan_cache_mode = force_generic_plan"))
        explained: list[Any] = []

        async def explain(reader: Any, statement: Any) -> list[Any]:
            compiled = statement.compile(dialect=database.engine.dialect)
            await reader.rows(statement)  # whatever it answers, it must run
            literal = statement.compile(dialect=database.engine.dialect, compile_kwargs={"literal_binds": True})
            explained.append(await reader.scalar(text(f"EXPLAIN (ANALYZE, FORMAT JSON) {literal}".replace(":", "\\:"))))
            assert compiled is not None
            return []

        patch.setattr("backend.checkins.queries.lists.visits", explain)
        await queries.page_of_check_ins(uow, criteria, first=20, after=after)
    return _touched(explained[0][0]["Plan"])


def _touched(plan: dict[str, Any]) -> int:
    mine = 0
    if plan.get("Relation Name") == "check_ins":
        mine = round((plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"])
    return mine + sum(_touched(part) for part in plan.get("Plans", []))


async def test_a_quiet_station_and_a_short_span_are_found_without_reading_the_others(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")
    busy, _ = await station(api, 0)
    quiet, _ = await station(api, 1)
    client, rare = await add_client(api.database, "Often"), await add_client(api.database, "Rare")
    await fill(api.database, 20_000, client=client, station=busy)
    await fill(api.database, 5, client=rare, station=quiet)
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("ANALYZE check_ins"))
    begin = datetime.fromisoformat("2026-11-12T00:00:00+00:00")
    for criteria in (
        CheckInCriteria(station_id=quiet),
        CheckInCriteria(client_id=rare),
        CheckInCriteria(since=begin, before=begin + timedelta(minutes=30)),
        CheckInCriteria(station_id=quiet, since=begin - timedelta(days=400)),
        CheckInCriteria(present_since=datetime.fromisoformat("2026-11-20T19:30:00+00:00")),
        CheckInCriteria(),
        CheckInCriteria(station_id=busy, voided=False),
    ):
        assert await rows_read(api.database, criteria, monkeypatch) <= 120, criteria
    far = (datetime.fromisoformat("2026-11-08T00:00:00+00:00"), 0)
    assert await rows_read(api.database, CheckInCriteria(station_id=busy), monkeypatch, after=far) <= 60
