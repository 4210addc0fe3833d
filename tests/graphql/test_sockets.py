"""Subscriptions: who may listen, what arrives, and that it ends with the session."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from backend.accounts import sessions
from backend.accounts.permissions import Permission
from backend.accounts.principal import Principal
from backend.graphql import fields, ids, sockets
from tests.client import Api
from tests.clients.people import add_client
from tests.server import PROTOCOLS, serve

FEED = "subscription { checkInAdded { id voided client { displayName } station { name } } }"
CHECK_IN = "mutation ($input: CheckInInput!) { checkIn(input: $input) { ... on CheckInRecorded { checkIn { id } } } }"


@asynccontextmanager
async def listening(address: str, token: str | None, *, query: str = FEED, **headers: str) -> AsyncIterator[ClientConnection]:
    async with connect(f"ws://{address}/graphql", subprotocols=PROTOCOLS, additional_headers=headers) as socket:
        await socket.send(json.dumps({"type": "connection_init", "payload": {"accessToken": token}}))
        assert json.loads(await socket.recv())["type"] == "connection_ack"
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": query}}))
        await asyncio.sleep(0.3)
        yield socket


async def check_in(api: Api, client: int) -> str:
    data = await api.execute(CHECK_IN, {"input": {"requestId": str(uuid4()), "clientId": ids.encode("Client", client)}})
    return str(data["checkIn"]["checkIn"]["id"])


async def receive(socket: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), 5))
    return message


async def test_a_check_in_arrives_at_once_with_its_client(api: Api) -> None:
    await api.login("staff")
    client = await add_client(api.database)
    async with serve(api.app) as address, listening(address, api.token) as socket, listening(address, api.token) as other:
        visit = await check_in(api, client)
        for ear in (socket, other):
            message = await receive(ear)
            assert message["payload"] == {
                "data": {"checkInAdded": {"id": visit, "voided": False, "client": {"displayName": "Ana Alvarez"}, "station": None}}
            }
        await api.execute('mutation ($id: ID!) { voidCheckIn(input: {checkInId: $id, reason: "undone"}) { __typename } }', {"id": visit})
        assert (await receive(socket))["payload"]["data"]["checkInAdded"]["voided"] is True
    await asyncio.sleep(0.1)
    pool: Any = api.database.engine.pool
    assert pool.checkedout() == 0


async def test_what_was_missed_comes_when_the_ear_is_open_again(api: Api) -> None:
    """The listening connection is cut by the server while somebody checks in."""
    await api.login("staff")
    async with serve(api.app) as address, listening(address, api.token) as socket:
        async with api.database.reading() as reader:
            await reader.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE application_name IN ('krc-listen', 'krc-broadcast') AND datname = current_database()"
                )
            )
        visits = [await check_in(api, await add_client(api.database, f"Person {n}")) for n in range(3)]
        seen = [(await receive(socket))["payload"]["data"]["checkInAdded"]["id"] for _ in visits]
        assert seen == visits


@pytest.mark.parametrize("token", [None, "", "x", "a.b.c"])
async def test_without_a_session_the_socket_is_closed(api: Api, token: str | None) -> None:
    async with serve(api.app) as address, connect(f"ws://{address}/graphql", subprotocols=PROTOCOLS) as socket:
        await socket.send(json.dumps({"type": "connection_init", "payload": {"accessToken": token}}))
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), 5)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4403


async def test_a_subscription_before_the_first_message_is_refused(api: Api) -> None:
    async with serve(api.app) as address, connect(f"ws://{address}/graphql", subprotocols=PROTOCOLS) as socket:
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": FEED}}))
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), 5)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401


async def test_other_origins_are_refused(api: Api) -> None:
    await api.login("staff")
    async with serve(api.app) as address:
        with pytest.raises(InvalidStatus):
            async with listening(address, api.token, Origin="https://elsewhere.example"):
                pass


async def test_a_principal_has_so_many_sockets_and_no_more(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "MOST_SOCKETS", 2)
    await api.login("staff")
    async with serve(api.app) as address, listening(address, api.token):
        async with listening(address, api.token), connect(f"ws://{address}/graphql", subprotocols=PROTOCOLS) as third:
            await third.send(json.dumps({"type": "connection_init", "payload": {"accessToken": api.token}}))
            with pytest.raises(ConnectionClosed) as refused:
                await asyncio.wait_for(third.recv(), 5)
            assert refused.value.rcvd is not None
            assert refused.value.rcvd.code == 4429
            other = api.another()
            await other.login("admin")
            async with listening(address, other.token):
                pass
            await other.close()
        # One has gone, so there is room again.
        async with listening(address, api.token):
            pass


async def test_only_subscriptions_run_over_a_socket(api: Api) -> None:
    await api.login("staff")
    async with serve(api.app) as address, listening(address, api.token, query="{ clients { totalCount } }") as socket:
        message = await receive(socket)
        assert (message["type"], message["payload"][0]["extensions"]["code"]) == ("error", "BAD_REQUEST")


async def test_a_forced_password_change_may_not_listen(api: Api) -> None:
    await api.login("newcomer")
    async with serve(api.app) as address, listening(address, api.token) as socket:
        message = await receive(socket)
        assert "NOT_ALLOWED" in json.dumps(message)


async def test_it_ends_when_the_session_does(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "RECHECK_SECONDS", 0.2)
    await api.login("staff")
    async with serve(api.app) as address, listening(address, api.token) as socket:
        await api.execute("mutation { logout { ok } }")
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), 5)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401


@pytest.mark.parametrize("garbage", ["x", "[]", "{}", '{"type": "subscribe"}', '{"type": "nothing"}', "x" * 200_000])
async def test_garbage_closes_the_socket_and_nothing_else(api: Api, garbage: str) -> None:
    async with serve(api.app) as address:
        async with connect(f"ws://{address}/graphql", subprotocols=PROTOCOLS) as socket:
            await socket.send(garbage)
            with pytest.raises(ConnectionClosed):
                await asyncio.wait_for(socket.recv(), 5)
        assert (await api.execute("{ centre { name } }"))["centre"]["name"] == "Test Centre"


async def test_the_feed_shows_nobody_to_who_may_not_see_them(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")
    known = await sessions.authenticate(api.database, api.settings, api.token or "")

    async def with_visits_alone(*_: Any) -> Principal:
        return replace(known, permissions=frozenset({Permission.CHECK_INS_READ}))

    monkeypatch.setattr("backend.graphql.sockets.credentials.authenticate", with_visits_alone)
    async with serve(api.app) as address, listening(address, api.token) as socket:
        message = await receive(socket)
        assert (message["type"], message["payload"][0]["extensions"]["code"]) == ("error", "NOT_ALLOWED")
        assert "CheckIn.client" in message["payload"][0]["message"]
