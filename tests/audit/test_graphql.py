"""The audit log over GraphQL: its conditions, its pages, what an entry tells, and what an erasure leaves of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text

from backend.accounts.models import ApiKey
from backend.audit import service as audit
from backend.audit.models import AuditEntry
from backend.clients.erasure import erase
from backend.db import Actor, ActorKind
from backend.graphql import ids
from backend.jobs.runner import Outcome, Runner
from backend.trail.jobs import VERIFY
from tests.audit.log import add, seal_all, tamper
from tests.client import Api
from tests.clients.people import add_client
from tests.jobs.support import add as enqueue
from tests.statements import StatementCounter
from tests.world import OPERATOR

ENTRY = """id at action subjectType subjectId emptied requestId actor { kind id name } client { id displayName }
  changes { field before after }"""
LOG = f"""query ($filter: AuditFilter, $first: Int, $after: String) {{ auditLog(filter: $filter, first: $first, after: $after) {{
  totalCount totalIsExact pageInfo {{ hasNextPage hasPreviousPage endCursor }} edges {{ cursor node {{ {ENTRY} }} }} }} }}"""
CHAIN = "{ auditChain { sealedAt seals waiting verifiedAt verifiedEntries problem problemNumber } }"


async def entries(api: Api, **wanted: Any) -> list[dict[str, Any]]:
    found = (await api.execute(LOG, {"filter": wanted, "first": 100}))["auditLog"]
    return [edge["node"] for edge in found["edges"]]


async def actions(api: Api, **wanted: Any) -> list[str]:
    return [entry["action"] for entry in await entries(api, **wanted)]


async def wrong(api: Api, **wanted: Any) -> list[tuple[str, str]]:
    answer = await api.raw(LOG, {"filter": wanted})
    return [(field["path"][-1], field["code"]) for error in answer["errors"] for field in error["extensions"].get("fields", [])]


@pytest.fixture
async def admin(api: Api) -> Api:
    await api.login("admin")
    return api


async def record(api: Api, actor: Actor, action: str, **more: Any) -> None:
    async with api.database.writing(actor) as uow:
        audit.record(uow, action, action.partition(".")[0], more.pop("subject_id", None), **more)


async def test_an_entry_tells_who_what_whose_before_and_after(admin: Api) -> None:
    client = await add_client(admin.database)
    actor = Actor(ActorKind.API_KEY, id=9, label="Nightly", request_id="r-1")
    before, after = {"first_name": "Ana", "tags": ["a"]}, {"first_name": "Anna", "tags": ["a", "b"], "seen": True, "code": None}
    await record(admin, actor, "membership_tier.renamed", subject_id=4, client_id=client, before=before, after=after)
    entry = (await entries(admin, requestId="r-1"))[0]
    assert entry["actor"] == {"kind": "API_KEY", "id": ids.encode("ApiKey", 9), "name": "Nightly"}
    assert (entry["action"], entry["subjectType"], entry["requestId"]) == ("membership_tier.renamed", "membership_tier", "r-1")
    assert entry["subjectId"] == ids.encode("MembershipTier", 4)
    assert entry["client"] == {"id": ids.encode("Client", client), "displayName": "Ana Alvarez"}
    assert entry["changes"] == [
        {"field": "code", "before": None, "after": None},
        {"field": "first_name", "before": "Ana", "after": "Anna"},
        {"field": "seen", "before": None, "after": "true"},
        {"field": "tags", "before": '["a"]', "after": '["a","b"]'},
    ]
    assert entry["emptied"] is False


async def test_each_condition_lets_through_what_it_says(admin: Api) -> None:
    client = await add_client(admin.database)
    user = Actor(ActorKind.USER, id=77, label="Dana", request_id="r-u")
    await record(admin, user, "client.created", client_id=client, subject_id=client)
    await record(admin, user, "clients.exported")
    await record(admin, Actor(ActorKind.API_KEY, id=77, label="Key"), "client.updated", client_id=client, subject_id=client)
    await record(admin, Actor(ActorKind.JOB, label="reports.rollup"), "client_note.added", subject_id=client)
    assert await actions(admin, userId=ids.encode("User", 77)) == ["clients.exported", "client.created"]
    assert await actions(admin, apiKeyId=ids.encode("ApiKey", 77)) == ["client.updated"]
    assert await actions(admin, actorKind="JOB") == ["client_note.added"]
    assert await actions(admin, actions=["client."], clientId=ids.encode("Client", client)) == ["client.updated", "client.created"]
    assert await actions(admin, actions=["client.", "clients.e"]) == ["client.updated", "clients.exported", "client.created"]
    assert set(await actions(admin, actions=["client"])) == {"client.updated", "clients.exported", "client.created", "client_note.added"}
    assert await actions(admin, subjectType="client_note") == ["client_note.added"]
    assert await actions(admin, subjectType="client", subjectId=ids.encode("Client", client)) == ["client.updated", "client.created"]
    assert await actions(admin, requestId="r-u", actions=["client."]) == ["client.created"]
    assert await actions(admin, requestId="nobody's") == []


async def test_days_are_the_centres_and_the_last_is_included(admin: Api) -> None:
    zone = admin.settings.zone
    moments = [datetime(2026, 3, 8, 0, tzinfo=zone), datetime(2026, 3, 8, 23, 59, 59, tzinfo=zone), datetime(2026, 3, 9, tzinfo=zone)]
    async with admin.database.writing(OPERATOR) as uow:
        for place, moment in enumerate(moments):
            values = {
                "happened_at": moment.astimezone(UTC),
                "actor_kind": ActorKind.JOB,
                "action": f"thing.{'abc'[place]}",
                "subject_type": "x",
            }
            await uow.execute(insert(AuditEntry).values(**values))
    thing = {"actions": ["thing."]}
    assert await actions(admin, **thing, **{"from": "2026-03-08"}, to="2026-03-08") == ["thing.b", "thing.a"]
    assert await actions(admin, **thing, to="2026-03-08") == ["thing.b", "thing.a"]
    assert await actions(admin, **thing, **{"from": "2026-03-09"}) == ["thing.c"]
    assert len(await actions(admin, **thing, **{"from": "0001-01-01"}, to="9999-12-31")) == 3


@pytest.mark.parametrize(
    ("wanted", "problems"),
    [
        ({"actions": ["Client."]}, [("actions", "INVALID")]),
        ({"actions": ["client.%"]}, [("actions", "INVALID")]),
        ({"actions": [""]}, [("actions", "INVALID")]),
        ({"actions": ["a."] * 21}, [("actions", "INVALID")]),
        ({"subjectType": "Client"}, [("subjectType", "INVALID")]),
        ({"subjectId": "Q2xpZW50OjE"}, [("subjectType", "REQUIRED")]),
        ({"requestId": "\0"}, [("requestId", "INVALID")]),
        ({"requestId": "x" * 65}, [("requestId", "INVALID")]),
        ({"actorKind": "JOB", "userId": "VXNlcjox"}, [("actorKind", "TOO_MANY")]),
        ({"from": "2026-11-02", "to": "2026-11-01"}, [("to", "BEFORE_FROM")]),
    ],
)
async def test_what_makes_no_sense_is_named(admin: Api, wanted: dict[str, Any], problems: list[tuple[str, str]]) -> None:
    assert await wrong(admin, **wanted) == problems


async def test_ids_of_something_else(admin: Api) -> None:
    for wanted in ({"userId": "Q2xpZW50OjE"}, {"clientId": "VXNlcjox"}, {"subjectType": "client", "subjectId": "VXNlcjox"}):
        answer = await admin.raw(LOG, {"filter": wanted})
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_pages_by_keyset_the_newest_first(admin: Api) -> None:
    numbers = await add(admin.database, 25, "thing.counted")
    seen: list[str] = []
    after = None
    while True:
        page = (await admin.execute(LOG, {"filter": {"actions": ["thing."]}, "first": 10, "after": after}))["auditLog"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        assert (page["totalCount"], page["totalIsExact"]) == (25, True)
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
        await add(admin.database, 1, "other.thing")
    assert seen == [ids.encode("AuditEntry", number) for number in reversed(numbers)]
    for bad in ("x", "WyJDSEVDS19JTlMiLCIyMDI2LTExLTIzVDAwOjAwOjAwKzAwOjAwIiwxXQ"):
        answer = await admin.raw(LOG, {"after": bad})
        assert answer["errors"][0]["extensions"]["code"] == "VALIDATION_FAILED"


async def test_counting_stops_at_a_thousand(admin: Api) -> None:
    async with admin.database.writing(OPERATOR) as uow:
        many = "INSERT INTO audit_log (actor_kind, action, subject_type) SELECT 'JOB', 'thing.many', 'thing' FROM generate_series(1, 1001)"
        await uow.execute(text(many))
    page = (await admin.execute(LOG, {"filter": {"actions": ["thing."]}, "first": 1}))["auditLog"]
    assert (page["totalCount"], page["totalIsExact"]) == (1000, False)


async def test_the_number_of_statements_does_not_grow_with_the_page(admin: Api, statements: StatementCounter) -> None:
    for number in range(12):
        client = await add_client(admin.database, f"Person {number}")
        await record(admin, OPERATOR, "client.created", client_id=client, subject_id=client)
    counts = []
    for first in (2, 12):
        await admin.execute(LOG, {"filter": {"actions": ["client."]}, "first": first})
        statements.clear()
        await admin.execute(LOG, {"filter": {"actions": ["client."]}, "first": first})
        counts.append(statements.count)
    assert counts[0] == counts[1]
    assert counts[0] <= 3, "the page, its clients, the count"


async def test_an_erasure_leaves_no_value(admin: Api) -> None:
    client = await add_client(admin.database, "Zebedee")
    await record(admin, OPERATOR, "client.created", client_id=client, subject_id=client, after={"first_name": "Zebedee"})
    async with admin.database.writing(OPERATOR) as uow:
        await erase(uow, client, reason="asked")
    found = await entries(admin, clientId=ids.encode("Client", client))
    assert "Zebedee" not in str(found)
    created = next(entry for entry in found if entry["action"] == "client.created")
    assert (created["changes"], created["emptied"]) == ([], True)
    assert [entry["emptied"] for entry in found if entry["action"] == "client.erased"] == [False]


async def test_who_can_be_asked_for(admin: Api) -> None:
    async with admin.database.writing(OPERATOR) as uow:
        uow.add(ApiKey(name="Nightly", prefix="abcd2345", secret_hash=b"x" * 32, scopes=["clients:read"], calls_an_hour=10))
    found = (await admin.execute("{ auditActors { kind id name } }"))["auditActors"]
    assert {(actor["kind"], actor["name"]) for actor in found} == {
        ("USER", "Admin"), ("USER", "Staff"), ("USER", "Newcomer"), ("API_KEY", "Nightly"),
    }  # fmt: skip
    admins = next(actor["id"] for actor in found if actor["name"] == "Admin")
    assert "session.started" in await actions(admin, userId=admins)


async def run(api: Api, topic: str) -> None:
    assert await Runner(api.database).run(await enqueue(api.database, topic)) is Outcome.DONE


async def test_how_the_chain_stands(admin: Api) -> None:
    fresh = (await admin.execute(CHAIN))["auditChain"]
    assert (fresh["sealedAt"], fresh["seals"], fresh["verifiedAt"], fresh["problem"]) == (None, 0, None, None)
    assert fresh["waiting"] > 0
    await seal_all(admin.database)
    await run(admin, VERIFY)
    good = (await admin.execute(CHAIN))["auditChain"]
    assert datetime.fromisoformat(good["sealedAt"]) > datetime.now(UTC) - timedelta(minutes=5)
    assert (good["problem"], good["waiting"]) == (None, 1)
    assert good["verifiedEntries"] > 0
    await tamper(admin.database, "UPDATE audit_log SET actor_label = 'x' WHERE id = (SELECT min(id) FROM audit_log)")
    await run(admin, VERIFY)
    bad = (await admin.execute(CHAIN))["auditChain"]
    assert bad["problem"] == "entry-changed"
    assert bad["problemNumber"] == 1
    assert await actions(admin, actions=["audit."]) == ["audit.broken", "audit.verified"]


async def test_nobody_can_claim_that_it_was_verified(admin: Api) -> None:
    await record(admin, Actor(ActorKind.API_KEY, id=1, label="Key"), "audit.verified")
    assert (await admin.execute(CHAIN))["auditChain"]["verifiedAt"] is None
