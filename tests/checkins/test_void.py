"""Voiding: the visit stays, with a reason, and leaves every count."""

import asyncio

import pytest
from sqlalchemy import select, text

from backend.audit.models import AuditEntry
from backend.clients.models import Client
from tests.checkins.desk import check_in, void
from tests.client import Api
from tests.clients.people import add_client
from tests.world import OPERATOR


async def test_void_keeps_the_visit_and_takes_it_out_of_every_count(api: Api) -> None:
    await api.login("staff")
    client = await add_client(api.database)
    first = await check_in(api, client)
    member = await void(api, first["checkIn"]["id"], "  wrong\n person ")
    assert member["checkIn"] == {
        "id": first["checkIn"]["id"],
        "voided": True,
        "voidReason": "wrong person",
        "client": {"lastCheckInAt": None},
    }
    assert (await api.execute("{ visitsToday { count lastHour } }"))["visitsToday"] == {"count": 0, "lastHour": 0}
    # The repeat window looks at visits that count, so the right check-in can follow at once.
    again = await check_in(api, client)
    assert again["repeat"] is False
    assert (await api.execute("{ visitsToday { count lastHour } }"))["visitsToday"] == {"count": 1, "lastHour": 1}
    listed = await api.execute("{ checkIns { edges { node { voided client { displayName } } } } }")
    assert [edge["node"]["voided"] for edge in listed["checkIns"]["edges"]] == [False, True]
    only = await api.execute("{ checkIns(filter: {voided: false, today: true}) { edges { node { id } } } }")
    assert [edge["node"]["id"] for edge in only["checkIns"]["edges"]] == [again["checkIn"]["id"]]
    async with api.database.reading() as reader:
        entry = (await reader.scalars(select(AuditEntry).where(AuditEntry.action == "check_in.voided")))[0]
    assert (entry.after, entry.client_id) == ({"reason": "wrong person"}, client)


async def test_void_goes_back_to_the_visit_before(api: Api) -> None:
    await api.login("staff")
    client = await add_client(api.database)
    first = await check_in(api, client)
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("UPDATE check_ins SET happened_at = happened_at - interval '1 day'"))
        await uow.execute(text("UPDATE clients SET last_check_in_at = last_check_in_at - interval '1 day'"))
    second = await check_in(api, client)
    await void(api, second["checkIn"]["id"])
    async with api.database.reading() as reader:
        last = await reader.scalar(select(Client.last_check_in_at).where(Client.id == client))
    assert last.isoformat()[:19] < first["checkIn"]["happenedAt"][:19]


@pytest.mark.parametrize(("reason", "code"), [("", "REQUIRED"), (" \n\0", "REQUIRED"), ("x" * 501, "TOO_LONG"), ("x" * 10_000, "TOO_LONG")])
async def test_void_needs_a_reason(api: Api, reason: str, code: str) -> None:
    await api.login("staff")
    visit = await check_in(api, await add_client(api.database))
    member = await void(api, visit["checkIn"]["id"], reason)
    assert member["fields"] == [{"path": ["reason"], "code": code}]


async def test_void_twice_at_once_is_one_void_and_one_conflict(api: Api) -> None:
    await api.login("staff")
    visit = await check_in(api, await add_client(api.database))
    answers = await asyncio.gather(*(void(api, visit["checkIn"]["id"]) for _ in range(4)))
    assert sorted(answer["__typename"] for answer in answers) == ["CheckInVoided", "Conflict", "Conflict", "Conflict"]


async def test_void_of_nothing_is_not_found(api: Api) -> None:
    await api.login("staff")
    assert (await void(api, "Q2hlY2tJbjo5OTk"))["__typename"] == "NotFound"
