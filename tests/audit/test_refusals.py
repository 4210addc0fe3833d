"""Refusals stand in the audit log: of requests, and of check-ins; the same one once a minute."""

from collections import OrderedDict
from typing import Any

import pytest
from sqlalchemy import select, update

from backend import clock
from backend.audit.models import AuditEntry
from backend.clients.models import Client
from backend.db import ActorKind, Database
from backend.errors import Unavailable
from backend.graphql import denials, ids
from tests.accounts.integrations import make_key
from tests.checkins.desk import check_in
from tests.client import Api
from tests.clients.people import add_client
from tests.world import OPERATOR

USERS = "query Users { users(first: 5) { edges { node { id } } } }"
RETIRE = "mutation Retire($input: StationIdInput!) { retireStation(input: $input) { __typename ... on Problem { code } } }"
STATION = {"input": {"id": ids.encode("Station", 1)}}


@pytest.fixture(autouse=True)
def nothing_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(denials, "_written", OrderedDict())


async def refusals(database: Database, action: str = "request.refused") -> list[Any]:
    async with database.reading() as reader:
        return list(await reader.scalars(select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)))


async def told(database: Database) -> list[str]:
    return [str((entry.after or {}).get("field", "")) for entry in await refusals(database)]


async def test_what_a_user_may_not_do_is_recorded_once_a_minute(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")
    for _ in range(3):
        await api.raw(USERS)
    await api.raw(RETIRE, STATION)
    users, station = await refusals(api.database)
    assert users.after == {"operation": "free", "field": "users", "message": "You are not allowed to do this."}
    assert (users.actor_kind, users.actor_label, users.subject_type, users.client_id) == (ActorKind.USER, "Staff", "request", None)
    assert users.request_id is not None
    assert station.after["field"] == "retireStation"
    monkeypatch.setattr(denials, "AGAIN_AFTER", 0.0)
    await api.raw(USERS)
    assert await told(api.database) == ["users", "retireStation", "users"]


async def test_another_principal_is_another_refusal(api: Api) -> None:
    await api.login("staff")
    await api.raw(USERS)
    _, text = await make_key(api.database)
    await api.post({"query": USERS}, Authorization=f"Bearer {text}")
    assert [entry.actor_kind for entry in await refusals(api.database)] == [ActorKind.USER, ActorKind.API_KEY]


async def test_a_field_behind_a_root_that_is_not_shown_is_a_refusal_too(api: Api) -> None:
    _, text = await make_key(api.database)
    await api.post({"query": "{ clients(first: 1) { edges { node { memberships { id } } } } }"}, Authorization=f"Bearer {text}")
    (entry,) = await refusals(api.database)
    assert "memberships:read" in entry.after["message"]


async def test_whoever_is_not_signed_in_or_looks_through_a_key_leaves_no_entry(api: Api) -> None:
    await api.raw(USERS)
    number, _ = await make_key(api.database)
    await api.login("admin")
    await api.post({"query": USERS}, **{"X-KRC-As-Key": ids.encode("ApiKey", number)})
    assert await refusals(api.database) == []


async def test_the_memory_of_refusals_is_bounded(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(denials, "MOST_REMEMBERED", 2)
    await api.login("staff")
    for document in (USERS, "{ auditChain { seals } }", "{ auditActors { name } }", USERS):
        await api.raw(document)
    assert await told(api.database) == ["users", "auditChain", "auditActors", "users"]
    assert len(denials._written) == 2


async def test_the_answer_is_the_same_where_a_refusal_cant_be_written(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")

    def away(*_: Any, **__: Any) -> Any:
        raise Unavailable

    monkeypatch.setattr(type(api.database), "writing", away)
    answer = await api.raw(USERS)
    assert answer["errors"][0]["extensions"]["code"] == "NOT_ALLOWED"


async def test_a_refused_check_in_is_recorded_with_its_reason_once_a_minute(api: Api) -> None:
    await api.login("staff")
    client = await add_client(api.database)
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).where(Client.id == client).values(archived_at=clock.now()))
    for _ in range(2):
        assert (await check_in(api, client))["code"] == "CLIENT_ARCHIVED"
    (entry,) = await refusals(api.database, "check_in.refused")
    assert (entry.client_id, entry.subject_type, entry.actor_label) == (client, "check_in", "Staff")
    assert entry.after["reason"] == "CLIENT_ARCHIVED"
    another = api.another()
    await another.login("admin")
    await check_in(another, client)
    assert len(await refusals(api.database, "check_in.refused")) == 2
    await another.close()


async def test_it_stands_in_the_clients_timeline(api: Api) -> None:
    await api.login("staff")
    client = await add_client(api.database)
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).where(Client.id == client).values(archived_at=clock.now()))
    await check_in(api, client)
    found = await api.execute(
        "query ($id: ID!) { client(id: $id) { timeline(first: 1) { edges { node { summary byName } } } } }",
        {"id": ids.encode("Client", client)},
    )
    assert found["client"]["timeline"]["edges"][0]["node"] == {"summary": "Not checked in", "byName": "Staff"}
