"""API keys over HTTP and WebSocket: what each scope opens, what is told about limits, and looking through a key as an admin."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from graphql import build_client_schema, get_introspection_query
from sqlalchemy import text
from websockets.exceptions import ConnectionClosed

from backend.accounts import key_format, keys
from backend.accounts.permissions import KEY_SCOPES, Permission
from backend.graphql import fields, ids
from tests.accounts.integrations import make_key
from tests.client import Api
from tests.clients.people import add_client
from tests.graphql.test_permissions import FIELDS, document, root_fields, verdict
from tests.graphql.test_sockets import CHECK_IN, FEED, check_in, listening, receive
from tests.server import serve
from tests.world import OPERATOR

CLIENTS = "{ clients(first: 5) { edges { node { displayName } } } }"
STATIONS = "{ stations { name } }"
IN_USE = "{ apiKeyInUse { name prefix scopes callsAnHour callsLeft endsAt } }"

FEED_SCOPES = (Permission.CHECK_INS_READ, Permission.CLIENTS_READ)
# What belongs to whoever signs in: sessions, and views of one's own.
FOR_PEOPLE = {"Mutation.login", "Mutation.refreshSession", "Mutation.saveView"}


async def holder(api: Api, *scopes: Permission, **more: Any) -> tuple[Api, int]:
    """An integration with a key of these scopes, under the product's own rule for documents."""
    number, whole = await make_key(api.database, *scopes, **more)
    other = Api(api.settings, api.database)
    other.token = whole
    return other, number


async def revoke(api: Api, number: int) -> None:
    async with api.database.writing(OPERATOR) as uow:
        await keys.revoke(uow, number)


def code_of(answer: dict[str, Any]) -> str:
    return str(answer["errors"][0]["extensions"]["code"])


@pytest.mark.parametrize("scope", sorted(KEY_SCOPES))
async def test_a_scope_opens_what_it_says_and_nothing_else(api: Api, scope: Permission) -> None:
    other, _ = await holder(api, scope)
    wrong, opened = [], 0
    for name in FIELDS:
        if name in FOR_PEOPLE:
            continue
        answer = await other.raw(document(name))
        found = verdict(answer)
        if root_fields()[name].permission not in {None, scope}:
            expected = found == "NOT_ALLOWED"
        elif found == "NOT_ALLOWED":
            # The field is open, but what it answers with needs another scope.
            expected = answer["errors"][0]["message"].startswith("You are not allowed to see `")
        else:
            expected, opened = found == "ALLOWED", opened + 1
        if not expected:
            wrong.append((name, found))
    assert wrong == []
    # Exports are files, and an override is part of a check-in: neither is a field of the schema.
    others = scope not in {Permission.CLIENTS_EXPORT, Permission.CHECK_INS_OVERRIDE}
    assert opened >= others + sum(root_fields()[name].permission is None for name in FIELDS if name not in FOR_PEOPLE)


async def test_what_is_done_with_a_key_is_done_in_its_name(api: Api) -> None:
    client = await add_client(api.database)
    other, number = await holder(api, Permission.CHECK_INS_WRITE)
    visit = await check_in(other, client)
    async with api.database.reading() as reader:
        row = await reader.row(text("SELECT method::text, user_id FROM check_ins WHERE id = :id"), {"id": ids.decode(visit, "CheckIn")})
        entry = await reader.row(text("SELECT actor_kind::text, actor_id, actor_label FROM audit_log WHERE action LIKE 'check_in.%'"))
    assert row is not None
    assert entry is not None
    assert tuple(row) == ("API", None)
    assert tuple(entry) == ("API_KEY", number, "Bookkeeping")


async def test_an_idempotency_key_belongs_to_its_api_key(api: Api) -> None:
    """Two integrations that choose the same UUID make two clients, one that tries twice makes one."""
    make = "mutation ($input: CreateClientInput!) { createClient(input: $input) { ... on ClientSaved { client { id } } } }"
    wish = {"input": {"firstName": "Ana", "lastName": "Alvarez", "idempotencyKey": str(uuid4())}}
    one, _ = await holder(api, Permission.CLIENTS_WRITE, Permission.CLIENTS_READ)
    two, _ = await holder(api, Permission.CLIENTS_WRITE, Permission.CLIENTS_READ)
    made = [str(await who.execute(make, wish)) for who in (one, one, two)]
    assert made[0] == made[1] != made[2]


async def test_each_answer_says_what_is_left_and_what_it_cost(api: Api) -> None:
    other, _ = await holder(api, calls_an_hour=3)
    answer = await other.post({"query": CLIENTS})
    assert answer.status_code == 200
    assert answer.json()["extensions"] == {"cost": {"estimated": 1 + 5 * 3, "limit": 20_000}}
    assert (answer.headers["RateLimit-Limit"], answer.headers["RateLimit-Remaining"]) == ("3", "2")
    assert 1 <= int(answer.headers["RateLimit-Reset"]) <= 3600
    # One that is wrong counts too.
    assert (await other.post({"query": "{ nothing }"})).headers["RateLimit-Remaining"] == "1"


async def test_beyond_the_calls_of_an_hour_nothing_runs(api: Api) -> None:
    other, number = await holder(api, Permission.STATIONS_WRITE, calls_an_hour=1)
    make = {"query": 'mutation { createStation(input: {name: "Back door"}) { __typename } }'}
    assert (await other.post(make)).status_code == 200
    refused = await other.post({"query": make["query"].replace("Back", "Side")})
    assert refused.status_code == 429
    assert code_of(refused.json()) == "RATE_LIMITED"
    assert "data" not in refused.json()
    error = refused.json()["errors"][0]
    assert "1 times an hour" in error["message"]
    assert refused.headers["Retry-After"] == str(error["extensions"]["retryAfterSeconds"]) == refused.headers["RateLimit-Reset"]
    assert refused.headers["RateLimit-Remaining"] == "0"
    async with api.database.reading() as reader:
        assert not await reader.scalar(text("SELECT count(*) FROM stations WHERE name = 'Side door'"))
        assert await reader.scalar(text("SELECT calls FROM api_key_uses WHERE api_key_id = :id"), {"id": number}) == 1


@pytest.mark.parametrize("media", ["application/json", "application/graphql-response+json"])
async def test_a_key_that_does_not_count_is_told_so(api: Api, media: str) -> None:
    other, number = await holder(api)
    await revoke(api, number)
    for whole, said in (
        (other.token, "was revoked"),
        (key_format.new().text, "not known"),
        ((other.token or "")[:-1] + "_", "not a whole API key"),
    ):
        answer = await api.post({"query": "{ centre { name } }"}, Authorization=f"Bearer {whole}", Accept=media)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert code_of(answer.json()) == "UNAUTHENTICATED"
        assert said in answer.json()["errors"][0]["message"]
        assert "RateLimit-Limit" not in answer.headers


async def test_a_key_knows_itself(api: Api) -> None:
    other, _ = await holder(api, Permission.CLIENTS_READ, Permission.TAGS_WRITE, calls_an_hour=9)
    mine = (await other.execute(IN_USE))["apiKeyInUse"]
    assert mine == {
        "name": "Bookkeeping",
        "prefix": (other.token or "").split("_")[1],
        "scopes": ["clients:read", "tags:write"],
        "callsAnHour": 9,
        "callsLeft": 8,
        "endsAt": None,
    }
    assert (await api.execute(IN_USE))["apiKeyInUse"] is None
    await api.login("admin")
    answer = await api.post({"query": IN_USE})
    assert answer.json() == {"data": {"apiKeyInUse": None}}
    assert "RateLimit-Limit" not in answer.headers


async def test_a_key_may_look_at_the_schema(api: Api) -> None:
    other, _ = await holder(api)
    # What every tool sends is within the limits.
    found = build_client_schema(await other.execute(get_introspection_query()))  # type: ignore[arg-type]  # it is a dict of that form
    assert found.query_type is not None
    assert "clients" in found.query_type.fields


async def test_a_request_of_a_key_costs_two_statements_beside_its_own(api: Api, statements: Any) -> None:
    other, _ = await holder(api, Permission.STATIONS_READ)
    # What the centre chose is read by whoever comes first.
    await api.execute("{ centre { name } }")
    statements.clear()
    await other.execute(STATIONS)
    assert statements.count == 3
    statements.clear()
    await other.execute(STATIONS)
    assert statements.count == 2


async def test_a_download_needs_its_scope_and_counts(api: Api) -> None:
    without, _ = await holder(api)
    other, number = await holder(api, Permission.CLIENTS_EXPORT, calls_an_hour=1)
    answers = []
    for who in (without, other, other):
        answer = await who.http.post("/api/v1/exports/clients.csv", json={}, headers={"Authorization": f"Bearer {who.token}"})
        answers.append(answer.status_code)
    assert answers == [403, 200, 429]
    async with api.database.reading() as reader:
        row = await reader.row(text("SELECT actor_kind::text, actor_id FROM audit_log WHERE action LIKE '%export%'"))
    assert row is not None
    assert tuple(row) == ("API_KEY", number)


async def test_a_key_listens_until_it_is_revoked(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "RECHECK_SECONDS", 0.2)
    await api.login("staff")
    other, number = await holder(api, *FEED_SCOPES)
    async with serve(api.app) as address, listening(address, other.token) as socket:
        visit = await check_in(api, await add_client(api.database))
        assert (await receive(socket))["payload"]["data"]["checkInAdded"]["id"] == visit
        await revoke(api, number)
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), 5)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401


async def test_a_subscription_needs_its_scope_and_counts(api: Api) -> None:
    without, _ = await holder(api, Permission.STATIONS_READ)
    async with serve(api.app) as address, listening(address, without.token) as socket:
        assert "NOT_ALLOWED" in json.dumps(await receive(socket))
    other, number = await holder(api, *FEED_SCOPES, calls_an_hour=1)
    async with serve(api.app) as address, listening(address, other.token) as socket:
        await socket.send(json.dumps({"id": "2", "type": "subscribe", "payload": {"query": FEED}}))
        message = await receive(socket)
        assert (message["id"], message["type"], message["payload"][0]["extensions"]["code"]) == ("2", "error", "RATE_LIMITED")
    async with api.database.reading() as reader:
        assert await reader.scalar(text("SELECT calls FROM api_key_uses WHERE api_key_id = :id"), {"id": number}) == 1


async def looking(api: Api, number: int, query: str, **variables: Any) -> dict[str, Any]:
    body = {"query": query, "variables": variables}
    answer: dict[str, Any] = (await api.post(body, **{"X-KRC-As-Key": ids.encode("ApiKey", number)})).json()
    return answer


async def test_an_admin_sees_what_a_key_sees(api: Api) -> None:
    await add_client(api.database)
    _, number = await holder(api, Permission.CLIENTS_READ, Permission.CHECK_INS_WRITE)
    await api.login("admin")
    seen = await looking(api, number, CLIENTS)
    assert seen["data"] == {"clients": {"edges": [{"node": {"displayName": "Ana Alvarez"}}]}}
    assert seen["extensions"] == {"cost": {"estimated": 16, "limit": 20_000}}
    assert code_of(await looking(api, number, STATIONS)) == "NOT_ALLOWED"
    assert code_of(await looking(api, number, "{ viewer { mustChangePassword } }")) == "NOT_ALLOWED"
    assert (await looking(api, number, "{ apiKeyInUse { name } }"))["data"] == {"apiKeyInUse": {"name": "Bookkeeping"}}
    async with api.database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM api_key_uses")) == 0
        assert await reader.scalar(text("SELECT last_used_at FROM api_keys")) is None


async def test_looking_through_a_key_changes_nothing(api: Api) -> None:
    client = await add_client(api.database)
    _, number = await holder(api, Permission.CHECK_INS_WRITE)
    await api.login("admin")
    refused = await looking(api, number, CHECK_IN, input={"requestId": str(uuid4()), "clientId": ids.encode("Client", client)})
    assert code_of(refused) == "NOT_ALLOWED"
    async with api.database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM check_ins")) == 0


async def test_only_whoever_may_see_keys_looks_through_one(api: Api) -> None:
    other, number = await holder(api)
    await api.login("staff")
    assert code_of(await looking(api, number, CLIENTS)) == "NOT_ALLOWED"
    # A key does not borrow another's rights.
    api.token = other.token
    assert code_of(await looking(api, number, CLIENTS)) == "NOT_ALLOWED"
    api.token = None
    assert code_of(await looking(api, number, CLIENTS)) == "UNAUTHENTICATED"
    await api.login("admin")
    assert code_of(await looking(api, number + 1, CLIENTS)) == "NOT_FOUND"
    answer = await api.post({"query": CLIENTS}, **{"X-KRC-As-Key": "nonsense"})
    assert code_of(answer.json()) == "NOT_FOUND"
