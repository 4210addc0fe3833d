"""Keying in from paper: at the true time, with the true end, once; and what is refused."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from backend import clock
from backend.checkins import service
from backend.checkins.service import keying
from backend.graphql import ids
from backend.memberships.models import CheckInPolicy
from tests.checkins.desk import change, check_in, figures_agree, set_policy, visits, void
from tests.client import Api
from tests.clients.people import add_client
from tests.world import OPERATOR

KEY_IN = """mutation ($input: KeyInVisitInput!) { keyInVisit(input: $input) { __typename
  ... on VisitKeyedIn { repeat replayed standing { status endsOn }
    checkIn { id happenedAt method byName station { name } standingStatus voided checkedOutAt checkedOutByName checkedOutByClosing
      client { displayName lastCheckInAt } } }
  ... on CheckInRefused { code sentence overridable } ... on Problem { code message }
  ... on ValidationProblem { fields { path code } } } }"""
ZONE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
"""Noon in Los Angeles, for what depends on the moment."""
EVENING = "2026-11-23T18:32:00-08:00"

KeyIn = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def key_in(api: Api) -> KeyIn:
    """Keys in as staff; without a time, yesterday's half past six."""
    await api.login("staff")

    async def send(client: int, at: str | None = None, **more: Any) -> dict[str, Any]:
        given = {"requestId": str(uuid4()), "clientId": ids.encode("Client", client), "happenedAt": at or yesterday(18, 30)}
        member: dict[str, Any] = (await api.execute(KEY_IN, {"input": given | more}))["keyInVisit"]
        return member

    return send


def yesterday(hour: int, minute: int = 0) -> str:
    return datetime.combine(clock.today(ZONE) - timedelta(days=1), time(hour, minute), ZONE).isoformat()


def same(one: str | None, other: str) -> bool:
    return one is not None and datetime.fromisoformat(one) == datetime.fromisoformat(other)


async def test_it_counts_at_its_true_time_and_ends_when_they_left(api: Api, key_in: KeyIn) -> None:
    day = clock.today(ZONE) - timedelta(days=1)
    client = await add_client(api.database, memberships=[(day - timedelta(days=20), day)])
    station = (await api.execute("{ stations { id name } }"))["stations"][0]
    member = await key_in(client, stationId=station["id"], leftAt=yesterday(21, 5))
    assert (member["__typename"], member["repeat"], member["replayed"]) == ("VisitKeyedIn", False, False)
    # The standing of that day: today it has run out.
    assert member["standing"] == {"status": "EXPIRING", "endsOn": day.isoformat()}
    visit = member["checkIn"]
    assert same(visit["happenedAt"], yesterday(18, 30))
    assert same(visit["checkedOutAt"], yesterday(21, 5))
    assert (visit["method"], visit["byName"], visit["station"]["name"]) == ("STAFF", "Staff", station["name"])
    assert (visit["checkedOutByName"], visit["checkedOutByClosing"]) == ("Staff", False)
    assert same(visit["client"]["lastCheckInAt"], yesterday(18, 30))
    (row,) = await visits(api.database)
    assert (row.local_day, row.late) == (day, True)
    assert await figures_agree(api.database, api.settings)
    async with api.database.reading() as reader:
        entries = await reader.rows(
            text("SELECT action, actor_label, after FROM audit_log WHERE action LIKE 'check_in.%' AND client_id = :id ORDER BY id"),
            {"id": client},
        )
    assert [(entry.action, entry.actor_label) for entry in entries] == [("check_in.recorded", "Staff"), ("check_in.checked_out", "Staff")]
    assert same(entries[1].after["checked_out_at"], yesterday(21, 5))


async def test_sent_again_it_is_the_same_visit(api: Api, key_in: KeyIn) -> None:
    client, request_id = await add_client(api.database), str(uuid4())
    first = await key_in(client, requestId=request_id, leftAt=yesterday(20))
    again = await key_in(client, yesterday(10), requestId=request_id, leftAt=yesterday(11))
    assert (again["checkIn"]["id"], again["replayed"], again["repeat"]) == (first["checkIn"]["id"], True, False)
    assert again["checkIn"]["checkedOutAt"] == first["checkIn"]["checkedOutAt"]
    assert len(await visits(api.database)) == 1
    other = await add_client(api.database, "Ben")
    assert (await key_in(other, requestId=request_id))["__typename"] == "Conflict"


async def test_what_is_there_already_is_a_repeat_and_gets_the_end_that_it_lacks(api: Api, key_in: KeyIn) -> None:
    client = await add_client(api.database)
    first = await key_in(client, yesterday(18, 30))
    assert first["checkIn"]["checkedOutAt"] is None
    repeat = await key_in(client, yesterday(18, 32), leftAt=yesterday(20))
    assert (repeat["checkIn"]["id"], repeat["repeat"], repeat["replayed"]) == (first["checkIn"]["id"], True, False)
    assert same(repeat["checkIn"]["happenedAt"], yesterday(18, 30))
    assert same(repeat["checkIn"]["checkedOutAt"], yesterday(20))
    # What staff said before stays.
    third = await key_in(client, yesterday(18, 35), leftAt=yesterday(21))
    assert third["repeat"] is True
    assert same(third["checkIn"]["checkedOutAt"], yesterday(20))


async def test_the_paper_knows_better_than_closing_when_they_left(api: Api, key_in: KeyIn) -> None:
    client = await add_client(api.database)
    await key_in(client)
    async with api.database.writing(OPERATOR) as uow:
        assert len(await service.close(uow, api.settings)) == 1
    (row,) = await visits(api.database)
    assert row.checked_out_by_closing
    member = await key_in(client, yesterday(18, 33), leftAt=yesterday(19, 15))
    assert (member["repeat"], member["checkIn"]["checkedOutByClosing"], member["checkIn"]["checkedOutByName"]) == (True, False, "Staff")
    assert same(member["checkIn"]["checkedOutAt"], yesterday(19, 15))


async def test_an_end_before_the_visit_that_answers_it_is_left_out(api: Api, key_in: KeyIn) -> None:
    client = await add_client(api.database)
    async with api.database.writing(OPERATOR) as uow:
        # Imported, and nearer to each other than the window: then a visit may be answered by a later one.
        await uow.execute(
            text(
                "INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy) "
                "SELECT gen_random_uuid(), :client, CAST(:at AS timestamptz) + n * interval '2 minutes', :day, 'IMPORT', 'NONE', 'REMIND' "
                "FROM generate_series(4, 5) n"
            ),
            {"client": client, "at": datetime.fromisoformat(yesterday(18, 30)), "day": clock.today(ZONE) - timedelta(days=1)},
        )
    member = await key_in(client, leftAt=yesterday(18, 34))
    assert (member["repeat"], member["checkIn"]["checkedOutAt"]) == (True, None)


async def test_no_policy_and_no_cap_keeps_a_visit_out_that_took_place(api: Api, key_in: KeyIn) -> None:
    await set_policy(api.database, CheckInPolicy.BLOCK)
    client = await add_client(api.database)
    assert (await key_in(client))["checkIn"]["standingStatus"] == "NONE"


async def test_an_archived_client_is_refused_and_that_is_recorded(api: Api, key_in: KeyIn) -> None:
    client = await add_client(api.database, archived_at=clock.now())
    member = await key_in(client)
    assert (member["__typename"], member["code"], member["overridable"]) == ("CheckInRefused", "CLIENT_ARCHIVED", False)
    assert "archived" in member["sentence"]
    assert await visits(api.database) == []
    async with api.database.reading() as reader:
        (entry,) = await reader.rows(text("SELECT client_id, after FROM audit_log WHERE action = 'check_in.refused'"))
    assert (entry.client_id, entry.after["reason"]) == (client, "CLIENT_ARCHIVED")


def instant(delta: timedelta) -> str:
    return (NOW + delta).isoformat()


@pytest.mark.parametrize(
    ("at", "left", "fields"),
    [
        (instant(timedelta(seconds=1)), None, [("happenedAt", "IN_FUTURE")]),
        (instant(timedelta(0)), None, []),
        (instant(timedelta(days=-60)), None, []),
        (instant(timedelta(days=-60, seconds=-1)), None, [("happenedAt", "TOO_LONG_AGO")]),
        ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", [("happenedAt", "TOO_LONG_AGO"), ("leftAt", "IN_FUTURE")]),
        ("2026-11-23T18:32:00", "2026-11-23T19:32:00", [("happenedAt", "NO_TIME_ZONE"), ("leftAt", "NO_TIME_ZONE")]),
        ("2026-11-23T18:32:00", EVENING, [("happenedAt", "NO_TIME_ZONE")]),
        (EVENING, EVENING, [("leftAt", "LEFT_BEFORE")]),
        (EVENING, "2026-11-23T18:31:59-08:00", [("leftAt", "LEFT_BEFORE")]),
        (EVENING, instant(timedelta(seconds=1)), [("leftAt", "IN_FUTURE")]),
        ("2026-11-20T18:00:00-08:00", "2026-11-21T18:00:00-08:00", []),
        ("2026-11-20T18:00:00-08:00", "2026-11-21T18:00:01-08:00", [("leftAt", "STAYED_TOO_LONG")]),
    ],
)
async def test_times_that_cannot_be(
    api: Api, key_in: KeyIn, monkeypatch: pytest.MonkeyPatch, at: str, left: str | None, fields: list[tuple[str, str]]
) -> None:
    monkeypatch.setattr(keying, "clock", SimpleNamespace(now=lambda: NOW))
    member = await key_in(await add_client(api.database), at, **({"leftAt": left} if left else {}))
    found = [(field["path"][-1], field["code"]) for field in member.get("fields", [])]
    assert found == fields, member
    assert (await visits(api.database) == []) == bool(fields)


async def test_who_and_where_must_be_known(api: Api, key_in: KeyIn) -> None:
    client = await add_client(api.database)
    assert (await key_in(2**40))["__typename"] == "NotFound"
    assert (await key_in(client, stationId=ids.encode("Station", 2**40)))["__typename"] == "NotFound"
    assert await visits(api.database) == []


async def test_undone_it_leaves_every_count_and_can_be_keyed_in_anew(api: Api, key_in: KeyIn) -> None:
    client = await add_client(api.database)
    first = await key_in(client, leftAt=yesterday(20))
    assert (await void(api, first["checkIn"]["id"]))["checkIn"]["voided"] is True
    again = await key_in(client, yesterday(18, 34))
    assert (again["repeat"], again["checkIn"]["id"] == first["checkIn"]["id"]) == (False, False)
    assert await figures_agree(api.database, api.settings)


async def test_a_visit_at_the_desk_of_a_moment_later_becomes_the_one_on_the_paper(api: Api, key_in: KeyIn) -> None:
    client = await add_client(api.database)
    at_desk = await check_in(api, client)
    earlier = (clock.now() - timedelta(minutes=4)).isoformat()
    member = await key_in(client, earlier)
    assert (member["checkIn"]["id"], member["repeat"]) == (at_desk["checkIn"]["id"], False)
    assert same(member["checkIn"]["happenedAt"], earlier)
    assert len(await visits(api.database)) == 1
    assert (await change(api, "checkOut", at_desk["checkIn"]["id"]))["checkIn"]["checkedOutAt"] is not None


async def test_it_takes_the_right_to_check_in(api: Api) -> None:
    client = await add_client(api.database)
    given = {"requestId": str(uuid4()), "clientId": ids.encode("Client", client), "happenedAt": EVENING}
    answer = await api.raw(KEY_IN, {"input": given})
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
