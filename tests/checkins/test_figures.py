"""A check-in and a void keep the first visit, the last one and the hour's figure themselves."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from backend import clock
from backend.clients.models import Client
from tests.checkins.desk import at, came, change, check_in, figures_agree, visits, void
from tests.client import Api
from tests.clients.people import add_client
from tests.world import OPERATOR


async def ends(api: Api, client: int) -> tuple[object, object]:
    async with api.database.reading() as reader:
        row = await reader.row(select(Client.first_check_in_at, Client.last_check_in_at).where(Client.id == client))
        assert row is not None
        return row.first_check_in_at, row.last_check_in_at


async def cells(api: Api) -> list[tuple[object, ...]]:
    async with api.database.reading() as reader:
        return [tuple(row) for row in await reader.rows(text("SELECT hour, visits FROM visit_rollup ORDER BY hour"))]


async def test_a_visit_is_counted_in_the_centres_hour_and_a_void_takes_it_out(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    client, other = await add_client(api.database), await add_client(api.database, "Other")
    monkeypatch.setattr(clock, "now", lambda: at("2026-07-02T06:59:00+00:00"))  # 23:59 on 1 July in Los Angeles
    first = await came(api.database, api.settings, client)
    await came(api.database, api.settings, other)
    assert await cells(api) == [(23, 2)]
    monkeypatch.setattr(clock, "now", lambda: at("2026-07-02T07:10:00+00:00"))
    second = await came(api.database, api.settings, client)
    assert await cells(api) == [(0, 1), (23, 2)]
    assert await ends(api, client) == (at("2026-07-02T06:59:00+00:00"), at("2026-07-02T07:10:00+00:00"))
    from backend.checkins import service

    async with api.database.writing(OPERATOR) as uow:
        await service.void(uow, api.settings, check_in_id=first, reason="wrong", user_id=None)
    assert await ends(api, client) == (at("2026-07-02T07:10:00+00:00"),) * 2
    assert await cells(api) == [(0, 1), (23, 1)]
    async with api.database.writing(OPERATOR) as uow:
        await service.void(uow, api.settings, check_in_id=second, reason="wrong", user_id=None)
    assert await ends(api, client) == (None, None)
    assert await cells(api) == [(23, 1)]
    assert await figures_agree(api.database, api.settings)


async def test_a_void_undone_counts_again(api: Api) -> None:
    await api.login("staff")
    client = await add_client(api.database)
    visit = (await check_in(api, client))["checkIn"]
    await void(api, visit["id"])
    member = await change(api, "undoVoid", visit["id"])
    assert (member["checkIn"]["voided"], member["checkIn"]["voidReason"]) == (False, None)
    assert await ends(api, client) == (at(visit["happenedAt"]),) * 2
    assert await figures_agree(api.database, api.settings)
    assert (await change(api, "undoVoid", visit["id"]))["code"] == "NOT_VOIDED"


async def test_a_void_is_not_undone_beside_the_right_visit_nor_after_the_time(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")
    client = await add_client(api.database)
    wrong = (await check_in(api, client))["checkIn"]
    await void(api, wrong["id"])
    right = (await check_in(api, client))["checkIn"]
    assert (await change(api, "undoVoid", wrong["id"]))["code"] == "ANOTHER_VISIT"
    await void(api, right["id"])
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=16))
    await api.login("staff")
    late = await change(api, "undoVoid", wrong["id"])
    assert (late["code"], "15 minutes" in late["message"]) == ("TOO_LATE", True)
    assert await figures_agree(api.database, api.settings)


async def test_a_thousand_equal_check_ins_at_once_make_one_visit(api: Api) -> None:
    """Half of them one request sent again and again, half of them different ones; as many at a time as there are connections."""
    await api.login("staff")
    client = await add_client(api.database)
    shared, at_once = str(uuid4()), asyncio.Semaphore(40)

    async def one(number: int) -> dict[str, Any]:
        async with at_once:
            return await check_in(api, client, shared if number % 2 else None)

    answers = await asyncio.gather(*(one(number) for number in range(1000)))
    assert {answer["__typename"] for answer in answers} == {"CheckInRecorded"}
    assert len({answer["checkIn"]["id"] for answer in answers}) == 1
    assert sum(not answer["repeat"] and not answer["replayed"] for answer in answers) == 1
    assert len(await visits(api.database)) == 1
    assert [counted for _, counted in await cells(api)] == [1]


async def test_figures_agree_whatever_happens_at_once(api: Api) -> None:
    await api.login("staff")
    stations = [station["id"] for station in (await api.execute("{ stations { id } }"))["stations"]]
    people = [await add_client(api.database, f"Person {n}") for n in range(24)]
    recorded = await asyncio.gather(*(check_in(api, client, stationId=stations[n % 2]) for n, client in enumerate(people)))
    numbers = [answer["checkIn"]["id"] for answer in recorded]
    more = [await add_client(api.database, f"Late {n}") for n in range(12)]
    await asyncio.gather(
        *(void(api, number) for number in numbers[::2]), *(check_in(api, client, stationId=stations[0]) for client in more)
    )
    assert await figures_agree(api.database, api.settings)
    await asyncio.gather(*(change(api, "undoVoid", number) for number in numbers[::4]), *(void(api, number) for number in numbers[1::2]))
    assert await figures_agree(api.database, api.settings)
    assert sum(row.voided_at is None for row in await visits(api.database)) == 12 + 6
