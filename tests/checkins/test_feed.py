"""The live feed after a gap: whatever was recorded, voided or ended meanwhile comes, once, and nothing else."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.broadcast import MISSED, Broadcast
from backend.checkins import queries, service
from backend.checkins.graphql import live
from backend.db import ReadSession
from backend.errors import Unavailable
from tests.checkins.desk import change, check_in, void
from tests.client import Api
from tests.clients.people import add_client
from tests.graphql.test_sockets import listening, receive
from tests.server import serve

FEED = "subscription { checkInAdded { id voided checkedOutAt client { firstName } } }"


async def heard(socket: Any) -> tuple[str, bool, bool]:
    visit = (await receive(socket))["payload"]["data"]["checkInAdded"]
    return visit["client"]["firstName"], visit["voided"], visit["checkedOutAt"] is not None


async def quiet(socket: Any) -> bool:
    try:
        await asyncio.wait_for(socket.recv(), 0.5)
    except TimeoutError:
        return True
    return False


async def test_what_happened_in_a_gap_comes_after_it(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")
    before = await check_in(api, await add_client(api.database, "Before"))
    async with serve(api.app) as address, listening(address, api.token, query=FEED) as socket:
        assert await heard(socket) == ("Before", False, False)
        stays, goes = [await check_in(api, await add_client(api.database, name)) for name in ("Stays", "Goes")]
        assert [await heard(socket), await heard(socket)] == [("Stays", False, False), ("Goes", False, False)]
        with monkeypatch.context() as deaf:
            deaf.setattr(Broadcast, "send", lambda *_: None)
            await void(api, goes["checkIn"]["id"])
            await void(api, before["checkIn"]["id"])
            await change(api, "checkOut", stays["checkIn"]["id"])
            await check_in(api, await add_client(api.database, "New"))
            assert await quiet(socket)
        api.database.broadcast._deliver(service.TOPIC, MISSED)
        told = [await heard(socket) for _ in range(4)]
        assert told == [("Before", True, False), ("Stays", False, True), ("Goes", True, False), ("New", False, False)]
        # A second look at the same changes says nothing again.
        api.database.broadcast._deliver(service.TOPIC, MISSED)
        assert await quiet(socket)
        await change(api, "undoCheckOut", stays["checkIn"]["id"])
        assert await heard(socket) == ("Stays", False, False)
    await asyncio.sleep(0.1)


async def test_what_happened_just_before_comes_first_and_what_is_older_does_not(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads the list and then subscribes misses nothing in between."""
    await api.login("staff")
    monkeypatch.setattr(live, "OVERLAP", timedelta(seconds=2))
    _, voided = [await check_in(api, await add_client(api.database, name)) for name in ("Old", "Voided")]
    await asyncio.sleep(2)
    await check_in(api, await add_client(api.database, "Came"))
    await void(api, voided["checkIn"]["id"])
    async with serve(api.app) as address, listening(address, api.token, query=FEED) as socket:
        assert {await heard(socket), await heard(socket)} == {("Voided", True, False), ("Came", False, False)}
        assert await quiet(socket)


async def test_what_happened_while_the_database_was_away_at_its_start_comes(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")
    monkeypatch.setattr(live, "OVERLAP", timedelta(seconds=1))
    away = True
    read = queries.present_instant

    async def present_instant(reader: ReadSession) -> datetime:
        if away:
            raise Unavailable
        return await read(reader)

    monkeypatch.setattr(queries, "present_instant", present_instant)
    async with serve(api.app) as address, listening(address, api.token, query=FEED) as socket:
        monkeypatch.setattr(Broadcast, "send", lambda *_: None)
        await check_in(api, await add_client(api.database, "Meanwhile"))
        await asyncio.sleep(2)
        away = False
        assert await heard(socket) == ("Meanwhile", False, False)
