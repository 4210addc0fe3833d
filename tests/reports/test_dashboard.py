"""The dashboard over GraphQL: one statement for each tile that is asked for, whatever there is to show."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text

from backend import clock
from backend.clients.models import ClientNote
from backend.reports import service
from tests.checkins.desk import check_in, void
from tests.client import Api
from tests.clients.people import add_client, around
from tests.statements import StatementCounter
from tests.world import OPERATOR

CLIENT = "{ displayName lastCheckInAt standing { status endsOn daysLeft } }"
LIST = f"{{ total {{ count isExact }} clients {CLIENT} }}"
TILES = {
    "visits": "visits { today { ...Figures } week { ...Figures } month { ...Figures } }",
    "heatMap": "heatMap { firstDay lastDay hours { weekday hour visits } }",
    "byStation": "byStation { stationId name today week month }",
    "people": "people { today { ...Both } week { ...Both } month { ...Both } }",
    "inactive": f"inactive {LIST}",
    "expiring": f"expiring {LIST}",
    "expired": f"expired {LIST}",
    "recentNotes": "recentNotes { body pinned createdAt authorName client { displayName } }",
}
# A statement for the tile, and one for the clients that it shows.
STATEMENTS = {name: 2 if name in {"inactive", "expiring", "expired", "recentNotes"} else 1 for name in TILES}
FRAGMENTS = {
    "...Figures": "fragment Figures on VisitsCompared { visits before firstDay beforeFirstDay beforeLastDay }",
    "...Both": "fragment Both on NewAndReturning { new { count isExact } returning { count isExact } }",
}


async def dashboard(api: Api, *tiles: str) -> dict[str, Any]:
    fields = " ".join(TILES[tile] for tile in tiles or TILES)
    fragments = " ".join(made for spread, made in FRAGMENTS.items() if spread in fields)
    data: dict[str, Any] = (await api.execute(f"query {{ dashboard {{ asOf {fields} }} }} {fragments}"))["dashboard"]
    return data


@pytest.fixture
async def staff(api: Api) -> Api:
    await api.login("staff")
    return api


async def test_an_empty_centre(staff: Api) -> None:
    found = await dashboard(staff)
    assert [found["visits"][span]["visits"] + found["visits"][span]["before"] for span in ("today", "week", "month")] == [0, 0, 0]
    assert found["heatMap"]["hours"] == []
    assert [(row["name"], row["month"]) for row in found["byStation"]] == [("Front Desk", 0), ("Kiosk", 0)]
    nobody = {"count": 0, "isExact": True}
    assert found["people"]["month"] == {"new": nobody, "returning": nobody}
    for name in ("inactive", "expiring", "expired"):
        assert found[name] == {"total": nobody, "clients": []}
    assert found["recentNotes"] == []


async def test_a_visit_counts_at_once_and_a_voided_one_no_more(staff: Api) -> None:
    first, second = [await add_client(staff.database, name) for name in ("Ana", "Bo")]
    await check_in(staff, first)
    wrong = await check_in(staff, second)
    found = await dashboard(staff, "visits", "byStation", "people")
    assert [found["visits"][span]["visits"] for span in ("today", "week", "month")] == [2, 2, 2]
    assert found["byStation"][-1] == {"stationId": None, "name": None, "today": 2, "week": 2, "month": 2}
    assert found["people"]["today"]["new"]["count"] == 2
    await void(staff, wrong["checkIn"]["id"])
    found = await dashboard(staff, "visits", "byStation", "people")
    assert found["visits"]["today"]["visits"] == found["byStation"][-1]["today"] == found["people"]["today"]["new"]["count"] == 1


async def test_the_lists_name_whom_they_count(staff: Api) -> None:
    today, long_ago = clock.today(staff.settings.zone), clock.now() - timedelta(days=45)
    await add_client(staff.database, "Away", "Abe", first_check_in_at=long_ago, last_check_in_at=long_ago)
    await add_client(staff.database, "Never", "Here")
    await add_client(staff.database, "Hidden", "Hal", last_check_in_at=long_ago, archived_at=clock.now())
    await add_client(staff.database, "Soon", "Sue", memberships=[around(today, 90, 12)])
    await add_client(staff.database, "Sooner", "Sam", authorizations=[around(today, 90, 2)])
    await add_client(staff.database, "Gone", "Gil", memberships=[around(today, 90, -4)])
    found = await dashboard(staff, "inactive", "expiring", "expired")
    shown = {name: [client["displayName"] for client in found[name]["clients"]] for name in ("inactive", "expiring", "expired")}
    assert shown == {"inactive": ["Away Abe"], "expiring": ["Sooner Sam", "Soon Sue"], "expired": ["Gone Gil"]}
    assert [client["standing"]["daysLeft"] for client in found["expiring"]["clients"]] == [2, 12]


async def test_the_newest_notes_without_deleted_ones_and_archived_clients(staff: Api) -> None:
    client = await add_client(staff.database, "Ana", "Alvarez")
    archived = await add_client(staff.database, "Old", "Timer", archived_at=clock.now())
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    notes = [{"client_id": client, "body": f"note {n}", "pinned": n == 5, "created_at": begin + timedelta(hours=n)} for n in range(8)]
    notes[7]["client_id"] = archived
    async with staff.database.writing(OPERATOR) as uow:
        await uow.execute(insert(ClientNote), notes)
        await uow.execute(text("UPDATE client_notes SET deleted_at = now() WHERE body = 'note 6'"))
    found = (await dashboard(staff, "recentNotes"))["recentNotes"]
    assert [note["body"] for note in found] == ["note 5", "note 4", "note 3", "note 2", "note 1"]
    assert (found[0]["pinned"], found[0]["authorName"], found[0]["client"]["displayName"]) == (True, None, "Ana Alvarez")


async def busy(api: Api, how_many: int) -> None:
    """So many clients of each kind, with visits and notes."""
    today = clock.today(api.settings.zone)
    for number in range(how_many):
        for periods in ([around(today, 90, number)], [around(today, 90, -1 - number)]):
            client = await add_client(
                api.database, "C", str(number), memberships=periods, last_check_in_at=clock.now() - timedelta(days=60)
            )
            async with api.database.writing(OPERATOR) as uow:
                uow.add(ClientNote(client_id=client, body="x"))
                await uow.execute(
                    text(
                        """INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy)
                           SELECT gen_random_uuid(), :client, at, CAST(at AT TIME ZONE :zone AS date), 'STAFF', 'NONE', 'REMIND'
                           FROM generate_series(now() - interval '40 days', now(), interval '31 hours') at"""
                    ),
                    {"client": client, "zone": api.settings.zone.key},
                )
                await service.roll_up_everything(uow, api.settings.zone)


async def test_a_tile_is_one_statement_and_costs_nothing_unless_selected(staff: Api, statements: StatementCounter) -> None:
    await dashboard(staff)
    await busy(staff, 2)
    for tile, expected in STATEMENTS.items():
        statements.clear()
        await dashboard(staff, tile)
        assert statements.count == expected, tile
    statements.clear()
    await staff.execute("{ dashboard { asOf } }")
    assert statements.count == 0


async def test_the_number_of_statements_does_not_grow(staff: Api, statements: StatementCounter) -> None:
    await busy(staff, 1)
    await dashboard(staff)
    statements.clear()
    await dashboard(staff)
    few = statements.count
    await busy(staff, 8)
    statements.clear()
    await dashboard(staff)
    assert statements.count == few == sum(STATEMENTS.values())


@pytest.mark.parametrize("first", [-1, 21, 1000])
async def test_more_than_a_list_holds_is_refused(staff: Api, first: int) -> None:
    answer = await staff.raw(f"{{ dashboard {{ expired(first: {first}) {{ total {{ count }} }} }} }}")
    assert answer["errors"][0]["extensions"]["code"] == "VALIDATION_FAILED"


async def test_who_may_not_sees_nothing(api: Api) -> None:
    assert (await api.raw("{ dashboard { asOf } }"))["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    await api.login("newcomer")
    assert (await api.raw("{ dashboard { asOf } }"))["errors"][0]["extensions"]["code"] == "NOT_ALLOWED"
