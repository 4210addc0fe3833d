"""What waits for staff: accepted at its own time, dismissed, settled at the desk, told to every desk at once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from backend import clock
from backend.checkins.models import CheckInMethod
from backend.graphql import ids
from backend.kiosks import jobs
from backend.memberships.models import CheckInPolicy
from tests.accounts.people import audited
from tests.checkins.desk import check_in, set_policy, visits
from tests.client import Api
from tests.clients.people import add_client, around
from tests.kiosks.device import WALK_IN, Device, events, pair, run
from tests.world import OPERATOR

HOUR = timedelta(hours=1)
INBOX = """query ($decided: Boolean! = false, $first: Int! = 50, $after: String) {
  kioskInbox(decided: $decided, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { node { id reason typed offline occurredAt decision decidedBy
    client { displayName } kiosk { name } walkIn { firstName lastName phone email language } } } } }"""
ACCEPT = """mutation ($input: AcceptKioskEventInput!) { acceptKioskEvent(input: $input) { __typename
  ... on KioskEventDecided { item { decision decidedBy typed walkIn { firstName } client { displayName } } } ... on Problem { code }
  ... on ValidationProblem { fields { path code } } } }"""
DISMISS = """mutation ($input: DismissKioskEventInput!) { dismissKioskEvent(input: $input) { __typename
  ... on KioskEventDecided { item { decision } } ... on Problem { code } ... on ValidationProblem { fields { path code } } } }"""
WAITING = "{ kiosksWaiting { count queued asking { reason client { displayName } } hurried { name } } }"


@pytest.fixture
async def device(api: Api) -> Device:
    made = await pair(api)
    await api.login("staff")
    return made


async def waiting(api: Api, **variables: Any) -> list[Any]:
    found = (await api.execute(INBOX, variables))["kioskInbox"]
    return [edge["node"] for edge in found["edges"]]


async def accept(api: Api, item: Any, client: int | None = None) -> Any:
    given = {"id": item["id"], "clientId": ids.encode("Client", client) if client else None}
    return (await api.execute(ACCEPT, {"input": given}))["acceptKioskEvent"]


async def dismiss(api: Api, item: Any, reason: str | None = None) -> Any:
    return (await api.execute(DISMISS, {"input": {"id": item["id"], "reason": reason}}))["dismissKioskEvent"]


async def _sent_to_desk(api: Api, device: Device, name: str = "Ana") -> int:
    client = await add_client(api.database, name, phone="+12135550100")
    handle = await device.handle(phone="2135550100")
    await set_policy(api.database, CheckInPolicy.ASK_STAFF)
    assert await device.outcomes(device.press(handle=handle)) == ["ASK_STAFF"]
    return client


async def test_who_was_sent_to_the_desk_waits_there_by_name(api: Api, device: Device) -> None:
    await _sent_to_desk(api, device)
    shown = (await api.execute(WAITING))["kiosksWaiting"]
    assert shown == {"count": 1, "queued": 0, "hurried": [], "asking": [{"reason": "ASK_STAFF", "client": {"displayName": "Ana Alvarez"}}]}


async def test_accepted_it_is_a_visit_at_the_time_of_the_press(api: Api, device: Device) -> None:
    at = clock.now() - 3 * HOUR
    client = await add_client(api.database)
    await device.outcomes(device.press(at, phone="2135550123"))
    (item,) = await waiting(api)
    assert (item["reason"], item["typed"], item["offline"], item["client"], item["kiosk"]) == (
        "UNKNOWN", "…0123", True, None, {"name": "Front door"},
    )  # fmt: skip
    assert (await accept(api, item))["fields"] == [{"path": ["clientId"], "code": "REQUIRED"}]
    decided = (await accept(api, item, client))["item"]
    assert (decided["decision"], decided["decidedBy"], decided["typed"]) == ("ACCEPTED", "Staff", None)
    (visit,) = await visits(api.database)
    assert (visit.client_id, visit.method, visit.kiosk_id) == (client, CheckInMethod.KIOSK, device.number)
    assert abs(visit.happened_at - at) < timedelta(seconds=5)
    assert visit.user_id is not None
    assert await waiting(api) == []
    assert [one["decision"] for one in await waiting(api, decided=True)] == ["ACCEPTED"]
    assert (await events(api.database))[0].typed is None


async def test_one_from_the_future_counts_when_the_server_heard_of_it(api: Api, device: Device) -> None:
    await add_client(api.database, phone="+12135550100")
    await device.outcomes(device.press(clock.now() + 5 * HOUR, phone="2135550100"))
    (item,) = await waiting(api)
    assert (await accept(api, item))["item"]["decision"] == "ACCEPTED"
    (visit,) = await visits(api.database)
    assert clock.now() - visit.happened_at < timedelta(seconds=30)


async def test_dismissed_it_is_nothing_and_keeps_its_reason(api: Api, device: Device) -> None:
    await device.outcomes(device.press(clock.now() - HOUR, phone="2135550123"))
    (item,) = await waiting(api)
    assert (await dismiss(api, item, "x" * 201))["fields"] == [{"path": ["reason"], "code": "TOO_LONG"}]
    assert (await dismiss(api, item, " a wrong  number "))["item"] == {"decision": "DISMISSED"}
    assert not await visits(api.database)
    (entry,) = await audited(api.database, "kiosk_event.dismissed")
    assert entry.after == {"reason": "a wrong number"}


async def test_only_the_first_of_two_decisions_counts(api: Api, device: Device) -> None:
    client = await add_client(api.database)
    await device.outcomes(device.press(clock.now() - HOUR, phone="2135550123"))
    (item,) = await waiting(api)
    answers = await asyncio.gather(*(accept(api, item, client) for _ in range(4)), *(dismiss(api, item) for _ in range(4)))
    assert [answer.get("code") for answer in answers].count("DECIDED") == 7
    assert len(await visits(api.database)) <= 1


async def test_whom_the_kiosk_knew_can_not_be_made_another(api: Api, device: Device) -> None:
    await _sent_to_desk(api, device)
    other = await add_client(api.database, "Other")
    (item,) = await waiting(api)
    assert (await accept(api, item, other))["fields"] == [{"path": ["clientId"], "code": "KNOWN"}]


async def test_an_archived_client_has_to_be_restored_first(api: Api, device: Device) -> None:
    client = await add_client(api.database, phone="+12135550100", archived_at=clock.now())
    await device.outcomes(device.press(clock.now() - HOUR, phone="2135550100"))
    (item,) = await waiting(api)
    assert (await accept(api, item))["code"] == "CLIENT_ARCHIVED"
    assert [one["reason"] for one in await waiting(api)] == ["ARCHIVED"]
    await run(api.database, "UPDATE clients SET archived_at = NULL WHERE id = :id", id=client)
    assert (await accept(api, item))["item"]["decision"] == "ACCEPTED"


async def test_a_check_in_at_the_desk_settles_who_was_sent_there(api: Api, device: Device) -> None:
    client = await _sent_to_desk(api, device)
    await check_in(api, client)
    (visit,) = await visits(api.database)
    async with api.database.writing(OPERATOR) as uow:
        await jobs.settle(uow, {"check_in_id": visit.id})
    assert await waiting(api) == []
    (event,) = await events(api.database)
    assert (event.decision.value, event.check_in_id) == ("SETTLED", visit.id)


async def test_a_check_in_of_somebody_else_settles_nobody(api: Api, device: Device) -> None:
    await _sent_to_desk(api, device)
    other = await add_client(api.database, "Other", memberships=[around(clock.today(api.settings.zone), 1, 10)])
    await check_in(api, other)
    (visit,) = await visits(api.database)
    async with api.database.writing(OPERATOR) as uow:
        await jobs.settle(uow, {"check_in_id": visit.id})
    assert len(await waiting(api)) == 1


async def test_the_inbox_has_pages(api: Api, device: Device) -> None:
    for hours in (3, 1, 2):
        await device.outcomes(device.press(clock.now() - hours * HOUR, phone=f"213555010{hours}"))
    found = (await api.execute(INBOX, {"first": 2}))["kioskInbox"]
    assert (found["totalCount"], found["pageInfo"]["hasNextPage"]) == (3, True)
    assert [edge["node"]["typed"] for edge in found["edges"]] == ["…0103", "…0102"]
    rest = await waiting(api, first=2, after=found["pageInfo"]["endCursor"])
    assert [item["typed"] for item in rest] == ["…0101"]
    answer = await api.raw(INBOX, {"decided": True, "after": found["pageInfo"]["endCursor"]})
    assert answer["errors"][0]["extensions"]["code"] == "VALIDATION_FAILED"


async def test_a_visitor_waits_only_where_the_centre_allows_it(api: Api, device: Device) -> None:
    visitor = {"requestId": "6f1c1a0e-6a0e-4f3a-8a54-0d1f6f4c0001", "firstName": " Kai ", "lastName": "Long", "phone": "213 555 0155",
               "email": "KAI@visitors.test", "language": "ES"}  # fmt: skip
    assert (await device.execute(WALK_IN, visitor))["code"] == "NOT_ALLOWED"
    await api.login("admin")
    await _allow_walk_in(api)
    await api.login("staff")
    for _ in range(2):
        assert (await device.execute(WALK_IN, visitor))["sentence"].startswith("Pase a recepción")
    (item,) = await waiting(api)
    assert item["walkIn"] == {
        "firstName": "Kai",
        "lastName": "Long",
        "phone": "+12135550155",
        "email": "kai@visitors.test",
        "language": "ES",
    }
    decided = (await accept(api, item))["item"]
    assert (decided["client"], decided["walkIn"]) == ({"displayName": "Kai Long"}, None)
    assert len(await visits(api.database)) == 1


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"firstName": " "}, "firstName", "REQUIRED"),
        ({"phone": "12"}, "phone", "NO_SUCH_PHONE"),
        ({"email": "nobody"}, "email", "NOT_AN_EMAIL"),
        ({"lastName": "x" * 201}, "lastName", "TOO_LONG"),
    ],
)
async def test_a_visitor_is_told_what_is_wrong(api: Api, device: Device, wrong: dict[str, str], field: str, code: str) -> None:
    await api.login("admin")
    await _allow_walk_in(api)
    visitor = {"requestId": "6f1c1a0e-6a0e-4f3a-8a54-0d1f6f4c0002", "firstName": "Kai", "lastName": "", "language": "EN"}
    assert (await device.execute(WALK_IN, visitor | wrong))["fields"] == [{"path": [field], "code": code}]


async def test_the_desk_hears_of_each_change(api: Api, device: Device) -> None:
    stream = api.database.broadcast.events("kiosk_inbox")
    await anext(stream)
    await asyncio.sleep(0.3)
    heard = asyncio.ensure_future(anext(stream))
    await device.outcomes(device.press(clock.now() - HOUR, phone="2135550123"))
    await asyncio.wait_for(heard, 5)
    heard = asyncio.ensure_future(anext(stream))
    await device.report(queued=4)
    await asyncio.wait_for(heard, 5)
    assert (await api.execute(WAITING))["kiosksWaiting"]["queued"] == 4
    await stream.aclose()


async def _allow_walk_in(api: Api) -> None:
    version = (await api.execute("{ centreSettings { version } }"))["centreSettings"]["version"]
    change = """mutation ($input: ChangeKioskSettingsInput!) { changeKioskSettings(input: $input) { __typename } }"""
    saved = await api.execute(change, {"input": {"version": version, "walkIn": True}})
    assert saved["changeKioskSettings"]["__typename"] == "CentreSettingsSaved"
