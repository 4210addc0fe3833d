"""Checking in: once, by the policy, with everything recorded beside it."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from backend import clock
from backend.audit.models import AuditEntry
from backend.graphql import ids
from backend.jobs.models import OutboxRow
from backend.memberships.models import CheckInPolicy
from tests.checkins.desk import CHECK_IN, check_in, set_policy, visits, void
from tests.client import Api
from tests.clients.people import add_client, around
from tests.statements import StatementCounter
from tests.world import OPERATOR


async def test_a_visit_is_recorded_with_all_that_belongs_to_it(api: Api) -> None:
    await api.login("staff")
    today = clock.today(api.settings.zone)
    client = await add_client(api.database, memberships=[around(today, 3, 40)])
    station = (await api.execute("{ stations { id name } }"))["stations"][0]
    member = await check_in(api, client, stationId=station["id"])
    assert member["__typename"] == "CheckInRecorded"
    assert (member["repeat"], member["replayed"]) == (False, False)
    assert member["standing"] == {"status": "ACTIVE", "daysLeft": 40}
    visit = member["checkIn"]
    assert visit["client"]["displayName"] == "Ana Alvarez"
    assert visit["client"]["lastCheckInAt"] == visit["happenedAt"]
    assert (visit["method"], visit["byName"], visit["station"], visit["policy"]) == ("STAFF", "Staff", {"name": station["name"]}, "REMIND")
    (row,) = await visits(api.database, client_id=client)
    assert (row.local_day, row.standing_status, row.standing_source, row.standing_ends_on) == (
        today,
        "ACTIVE",
        "MEMBERSHIP",
        today + timedelta(40),
    )
    async with api.database.reading() as reader:
        entry = (await reader.scalars(select(AuditEntry).where(AuditEntry.action == "check_in.recorded")))[0]
        queued = (await reader.scalars(select(OutboxRow).where(OutboxRow.topic == "check_in.recorded")))[0]
    assert (entry.client_id, entry.subject_id, entry.actor_label, entry.after["standing"]) == (client, row.id, "Staff", "ACTIVE")
    assert queued.payload == {"check_in_id": row.id}
    assert entry.request_id


async def test_the_check_in_itself_is_one_statement(api: Api, statements: StatementCounter) -> None:
    await api.login("staff")
    client = await add_client(api.database)
    await api.execute("{ viewer { user { id } } }")
    statements.clear()
    mutation = """mutation ($input: CheckInInput!) { checkIn(input: $input) {
      ... on CheckInRecorded { sentence checkIn { id happenedAt byName } } } }"""
    await api.execute(mutation, {"input": {"requestId": str(uuid4()), "clientId": ids.encode("Client", client)}})
    assert statements.count == 1, statements.texts


async def test_a_replay_returns_the_first_result(api: Api) -> None:
    await api.login("staff")
    client = await add_client(api.database)
    request_id = str(uuid4())
    first = await check_in(api, client, request_id)
    await void(api, first["checkIn"]["id"])  # even then: the answer to this request is this visit
    again = await check_in(api, client, request_id)
    assert (again["replayed"], again["repeat"]) == (True, False)
    assert again["checkIn"]["id"] == first["checkIn"]["id"]
    assert again["checkIn"]["voided"] is True
    assert len(await visits(api.database)) == 1


async def test_a_replay_with_another_body_is_a_conflict(api: Api) -> None:
    await api.login("staff")
    one, two = await add_client(api.database, "One"), await add_client(api.database, "Two")
    request_id = str(uuid4())
    await check_in(api, one, request_id)
    assert (await check_in(api, two, request_id))["__typename"] == "Conflict"
    assert len(await visits(api.database)) == 1


async def test_a_second_one_within_the_window_is_the_first_marked_as_repeat(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")
    client = await add_client(api.database)
    first = await check_in(api, client)
    second = await check_in(api, client)
    assert second["repeat"] is True
    assert second["checkIn"]["id"] == first["checkIn"]["id"]
    assert "Already checked in at" in second["sentence"]
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=9))
    assert (await check_in(api, client))["repeat"] is True
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=11))
    await api.login("staff")  # the access token has expired meanwhile
    assert (await check_in(api, client))["repeat"] is False
    assert len(await visits(api.database, client_id=client)) == 2


async def test_a_repeat_is_replayed_too_even_after_the_window(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that got lost on the way must not become a second visit when the request is sent again much later."""
    await api.login("staff")
    client = await add_client(api.database)
    first = await check_in(api, client)
    request_id = str(uuid4())
    assert (await check_in(api, client, request_id))["repeat"] is True
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=3))
    await api.login("staff")
    again = await check_in(api, client, request_id)
    assert (again["repeat"], again["replayed"], again["checkIn"]["id"]) == (True, True, first["checkIn"]["id"])
    assert (await check_in(api, await add_client(api.database, "Other"), request_id))["__typename"] == "Conflict"
    assert len(await visits(api.database)) == 1


async def test_two_check_ins_at_once_make_one_visit(api: Api) -> None:
    """Many rounds of many at once: half of them the same request, half of them different ones."""
    await api.login("staff")
    for round_ in range(8):
        client = await add_client(api.database, f"Round {round_}")
        shared = str(uuid4())
        answers = await asyncio.gather(*(check_in(api, client, shared if n % 2 else None) for n in range(16)))
        assert {answer["__typename"] for answer in answers} == {"CheckInRecorded"}
        assert len({answer["checkIn"]["id"] for answer in answers}) == 1
        assert sum(not answer["repeat"] and not answer["replayed"] for answer in answers) == 1
        assert len(await visits(api.database, client_id=client)) == 1
    async with api.database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM outbox WHERE topic = 'check_in.recorded'")) == 8
        assert await reader.scalar(text("SELECT count(*) FROM audit_log WHERE action = 'check_in.recorded'")) == 8


async def test_the_same_request_at_once_without_a_repeat_window(api: Api) -> None:
    """Then the unique key alone decides, and the losers still get the first result."""
    object.__setattr__(api.settings, "repeat_window_minutes", 0)
    await api.login("staff")
    client = await add_client(api.database)
    request_id = str(uuid4())
    answers = await asyncio.gather(*(check_in(api, client, request_id) for _ in range(16)))
    assert len({answer["checkIn"]["id"] for answer in answers}) == 1
    assert len(await visits(api.database)) == 1


async def test_an_archived_client_is_refused_and_nothing_is_recorded(api: Api) -> None:
    await api.login("staff")
    client = await add_client(api.database, archived_at=clock.now())
    member = await check_in(api, client)
    assert (member["__typename"], member["code"]) == ("CheckInRefused", "CLIENT_ARCHIVED")
    assert member["sentence"] == member["message"]
    assert await visits(api.database) == []


@pytest.mark.parametrize("unknown", ["Q2xpZW50Ojk5OTk5OTk5", "VXNlcjox", "", "x"])
async def test_an_unknown_client_is_not_found(api: Api, unknown: str) -> None:
    await api.login("staff")
    member = (await api.execute(CHECK_IN, {"input": {"requestId": str(uuid4()), "clientId": unknown}}))["checkIn"]
    assert member["__typename"] == "NotFound"


@pytest.mark.parametrize("policy", list(CheckInPolicy))
@pytest.mark.parametrize(("period", "good"), [((5, 40), True), ((5, 0), True), ((50, -3), False), (None, False)])
async def test_expired_may_still_play_as_the_policy_says(
    api: Api, policy: CheckInPolicy, period: tuple[int, int] | None, good: bool
) -> None:
    await api.login("staff")
    await set_policy(api.database, policy)
    today = clock.today(api.settings.zone)
    client = await add_client(api.database, memberships=[around(today, *period)] if period else [])
    member = await check_in(api, client)
    if good or policy is not CheckInPolicy.BLOCK:
        assert member["__typename"] == "CheckInRecorded"
        assert member["checkIn"]["policy"] == policy.value
        assert ("renew" in member["sentence"].lower()) == (
            period == (5, 0) or (not good and policy in {CheckInPolicy.REMIND, CheckInPolicy.ASK_STAFF})
        )
    else:
        assert (member["__typename"], member["code"]) == ("CheckInRefused", "POLICY_BLOCK")
        assert await visits(api.database) == []


async def test_a_client_with_only_an_authorization_is_as_active(api: Api) -> None:
    await api.login("staff")
    await set_policy(api.database, CheckInPolicy.BLOCK)
    client = await add_client(api.database, authorizations=[around(clock.today(api.settings.zone), 5, 90)])
    assert (await check_in(api, client))["standing"] == {"status": "ACTIVE", "daysLeft": 90}


async def test_the_sentence_is_in_the_readers_language(api: Api) -> None:
    await api.login("staff")
    await api.execute("mutation { updateProfile(input: {language: ES}) { __typename } }")
    assert (await check_in(api, await add_client(api.database)))["sentence"].startswith("Sin membresía")


async def test_pages_of_check_ins(api: Api, statements: StatementCounter) -> None:
    await api.login("staff")
    for n in range(7):
        await check_in(api, await add_client(api.database, f"Person {n}"))
    seen: list[str] = []
    after = None
    while True:
        data = await api.execute(
            """query ($after: String) { checkIns(first: 3, after: $after) {
                 edges { node { client { displayName } } } pageInfo { hasNextPage endCursor } } }""",
            {"after": after},
        )
        seen += [edge["node"]["client"]["displayName"] for edge in data["checkIns"]["edges"]]
        if not data["checkIns"]["pageInfo"]["hasNextPage"]:
            break
        after = data["checkIns"]["pageInfo"]["endCursor"]
    assert seen == [f"Person {n} Alvarez" for n in range(6, -1, -1)]
    statements.clear()
    await api.execute("{ checkIns(first: 100) { edges { node { client { displayName standing { status } } station { name } } } } }")
    assert statements.count == 2, statements.texts


async def test_the_day_is_the_centres(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """23:30 in Los Angeles on the night when clocks go back is still that day, though UTC is a day ahead."""
    from datetime import datetime

    await api.login("admin")
    monkeypatch.setattr("backend.accounts.sessions.clock.now", lambda: datetime.fromisoformat("2026-11-01T23:30:00-08:00"))
    client = await add_client(api.database)
    from backend.checkins import service
    from backend.checkins.models import CheckInMethod

    async with api.database.writing(OPERATOR, one_statement=True) as uow:
        await service.check_in(
            uow,
            api.settings,
            request_id=uuid4(),
            client_id=client,
            station_id=None,
            user_id=None,
            method=CheckInMethod.STAFF,
            language="en",
        )
    (row,) = await visits(api.database)
    assert str(row.local_day) == "2026-11-01"
