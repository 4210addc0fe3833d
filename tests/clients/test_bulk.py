"""Changing many clients at once: the count, the frozen selection, the worker killed in the middle, and the way back."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from backend.clients.bulk import jobs as bulk_jobs
from backend.clients.bulk import starting
from backend.config import Settings
from backend.db import Database
from backend.jobs.runner import Outcome, Runner
from tests.client import Api
from tests.clients.people import add_client
from tests.jobs.support import change, process, sweeping, until, until_done, value
from tests.world import OPERATOR

PARTS = "id kind tagName state total done changed isUndo undone mayUndo"
PROBLEM = """... on ValidationProblem { code fields { path code } } ... on Conflict { code } ... on NotFound { code }
  ... on NotAllowed { code }"""
PREVIEW = "query ($input: BulkPreviewInput!) { bulkPreview(input: $input) { count countIsExact changing } }"
BEGUN = f"__typename ... on BulkChangeStarted {{ bulkChange {{ {PARTS} }} }} {PROBLEM}"
START = f"mutation ($input: StartBulkChangeInput!) {{ a: startBulkChange(input: $input) {{ {BEGUN} }} }}"
UNDO = f"mutation ($input: UndoBulkChangeInput!) {{ a: undoBulkChange(input: $input) {{ {BEGUN} }} }}"
MERGE = "UPDATE clients SET archived_at = now(), merged_into_id = (SELECT min(id) FROM clients) WHERE id = :id"
PROGRESS = f"query ($id: ID!) {{ bulkChange(id: $id) {{ {PARTS} }} }}"


async def people(database: Database, how_many: int, language: str = "en") -> None:
    async with database.writing(OPERATOR) as uow:
        await uow.execute(
            text("INSERT INTO clients (first_name, last_name, language) SELECT 'Person', n::text, :language FROM generate_series(1, :n) n"),
            {"n": how_many, "language": language},
        )


async def tag(api: Api, name: str = "Camp") -> str:
    made = await api.execute(
        "mutation ($input: CreateTagInput!) { createTag(input: $input) { ... on TagSaved { tag { id } } } }", {"input": {"name": name}}
    )
    found: str = made["createTag"]["tag"]["id"]
    return found


async def preview(api: Api, **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await api.execute(PREVIEW, {"input": fields}))["bulkPreview"]
    return found


async def start(api: Api, **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await api.execute(START, {"input": fields}))["a"]
    return found


async def begin(api: Api, **fields: Any) -> dict[str, Any]:
    """Count, then begin what was counted."""
    expected = (await preview(api, **fields))["count"]
    answered = await start(api, expectedCount=expected, **fields)
    found: dict[str, Any] = answered["bulkChange"]
    return found


async def progress(api: Api, bulk: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await api.execute(PROGRESS, {"id": bulk["id"]}))["bulkChange"]
    return found


async def work(database: Database) -> None:
    """What the worker does, in this process: every row that is due, until none is."""
    runner = Runner(database)
    while True:
        waiting = "SELECT min(id) FROM outbox WHERE done_at IS NULL AND dead_at IS NULL AND topic = 'clients.bulk_change'"
        due = await value(database, waiting)
        if due is None:
            return
        assert await runner.run(due) is Outcome.DONE


async def carry(database: Database, how_many: int) -> None:
    """Put the only tag on the first clients."""
    await change(database, "INSERT INTO client_tags SELECT c.id, t.id FROM clients c, tags t ORDER BY c.id LIMIT :n", n=how_many)


async def carriers(database: Database) -> int:
    return int(await value(database, "SELECT count(*) FROM client_tags"))


async def test_count_first_then_everybody_of_the_filter_and_nobody_else(api: Api) -> None:
    await api.login("staff")
    camp = await tag(api)
    await people(api.database, 1200)
    await people(api.database, 7, "es")
    await carry(api.database, 200)
    fields = {"kind": "ADD_TAG", "tagId": camp, "filter": {"language": "EN"}}
    assert await preview(api, **fields) == {"count": 1200, "countIsExact": True, "changing": 1000}
    bulk = await begin(api, **fields)
    assert (bulk["state"], bulk["total"], bulk["done"], bulk["tagName"], bulk["mayUndo"]) == ("RUNNING", 1200, 0, "Camp", False)
    # Who comes on file now is not among them.
    await add_client(api.database, "Late")
    await work(api.database)
    done = await progress(api, bulk)
    assert (done["state"], done["done"], done["changed"], done["mayUndo"]) == ("DONE", 1200, 1000, True)
    assert await carriers(api.database) == 1200
    audited = "SELECT count(*) FROM audit_log WHERE action = 'client.tags_changed' AND after ->> 'tags' = :tags AND actor_label = 'Staff'"
    assert await value(api.database, audited, tags='["Camp"]') == 1000


async def test_undo_takes_back_exactly_what_it_did(api: Api) -> None:
    await api.login("staff")
    camp = await tag(api)
    await people(api.database, 600)
    await carry(api.database, 50)
    bulk = await begin(api, kind="ADD_TAG", tagId=camp)
    early = (await api.execute(UNDO, {"input": {"id": bulk["id"]}}))["a"]
    assert early["code"] == "STILL_RUNNING"
    await work(api.database)
    key = str(uuid4())
    for _ in range(2):
        undone = (await api.execute(UNDO, {"input": {"id": bulk["id"], "idempotencyKey": key}}))["a"]["bulkChange"]
    assert (undone["kind"], undone["total"], undone["isUndo"]) == ("REMOVE_TAG", 550, True)
    await work(api.database)
    assert await carriers(api.database) == 50
    assert (await progress(api, bulk))["undone"] is True
    assert (await progress(api, undone))["mayUndo"] is False
    assert (await api.execute(UNDO, {"input": {"id": bulk["id"]}}))["a"]["code"] == "ALREADY_UNDONE"


async def test_archive_and_back(api: Api) -> None:
    await api.login("admin")
    await people(api.database, 5)
    merged = await add_client(api.database, "Merged", archived_at=None)
    await change(api.database, MERGE, id=merged)
    bulk = await begin(api, kind="ARCHIVE")
    assert bulk["total"] == 5
    await work(api.database)
    assert await value(api.database, "SELECT count(*) FROM clients WHERE archived_at IS NOT NULL AND version = 2") == 5
    assert (await preview(api, kind="RESTORE", filter={"archived": True}))["count"] == 5
    assert await value(api.database, "SELECT count(*) FROM audit_log WHERE action = 'client.archived' AND client_id IS NOT NULL") == 5
    undone = (await api.execute(UNDO, {"input": {"id": bulk["id"]}}))["a"]["bulkChange"]
    await work(api.database)
    assert (await progress(api, undone))["changed"] == 5
    assert await value(api.database, "SELECT count(*) FROM clients WHERE archived_at IS NULL") == 5


async def test_only_the_chosen(api: Api) -> None:
    await api.login("staff")
    camp = await tag(api)
    await people(api.database, 6)
    rows = (await api.execute("{ clients(first: 6) { edges { node { id } } } }"))["clients"]["edges"]
    chosen = [row["node"]["id"] for row in rows[:2]]
    bulk = await begin(api, kind="ADD_TAG", tagId=camp, clientIds=chosen)
    assert bulk["total"] == 2
    await work(api.database)
    assert await carriers(api.database) == 2
    assert (await preview(api, kind="ADD_TAG", tagId=camp, clientIds=[]))["count"] == 0


async def test_what_changed_since_the_count_is_looked_at_again(api: Api) -> None:
    await api.login("staff")
    camp = await tag(api)
    await people(api.database, 3)
    refused = await start(api, kind="ADD_TAG", tagId=camp, expectedCount=2)
    assert refused == {"__typename": "Conflict", "code": "SELECTION_CHANGED"}
    assert await value(api.database, "SELECT count(*) FROM bulk_changes") == 0


async def test_more_than_can_be_done_at_once_is_refused(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "MOST", 10)
    await api.login("staff")
    camp = await tag(api)
    await people(api.database, 11)
    assert await preview(api, kind="ADD_TAG", tagId=camp) == {"count": 10, "countIsExact": False, "changing": 10}
    assert (await start(api, kind="ADD_TAG", tagId=camp, expectedCount=10))["fields"] == [{"path": ["filter"], "code": "TOO_MANY"}]


async def test_the_same_key_begins_one_change(api: Api) -> None:
    await api.login("staff")
    camp = await tag(api)
    await people(api.database, 3)
    key = str(uuid4())
    fields = {"kind": "ADD_TAG", "tagId": camp, "search": "person", "expectedCount": 3, "idempotencyKey": key}
    first, second = await start(api, **fields), await start(api, **fields)
    assert first["bulkChange"]["id"] == second["bulkChange"]["id"]
    # What was searched for may be somebody's name.
    assert await value(api.database, "SELECT count(*) FROM bulk_changes WHERE criteria::text ILIKE '%person%'") == 0
    assert await value(api.database, "SELECT count(*) FROM audit_log WHERE after::text ILIKE '%person%'") == 0


async def test_who_may(api: Api) -> None:
    await api.login("staff")
    await people(api.database, 1)
    assert (await api.raw(PREVIEW, {"input": {"kind": "ARCHIVE"}}))["errors"][0]["extensions"]["code"] == "NOT_ALLOWED"
    assert (await start(api, kind="RESTORE", expectedCount=1))["__typename"] == "NotAllowed"
    admin = api.another()
    await admin.login("admin")
    bulk = await begin(admin, kind="ARCHIVE")
    await work(api.database)
    assert (await progress(api, bulk))["mayUndo"] is False
    assert (await api.execute(UNDO, {"input": {"id": bulk["id"]}}))["a"]["__typename"] == "NotAllowed"
    await admin.close()


async def test_a_tag_is_needed_and_must_be_there(api: Api) -> None:
    await api.login("staff")
    assert (await start(api, kind="ADD_TAG", expectedCount=0))["fields"] == [{"path": ["tagId"], "code": "REQUIRED"}]
    camp = await tag(api)
    await people(api.database, 3)
    bulk = await begin(api, kind="ADD_TAG", tagId=camp)
    await change(api.database, "DELETE FROM tags")
    await work(api.database)
    assert (await progress(api, bulk))["state"] == "STOPPED"
    assert (await start(api, kind="ADD_TAG", tagId=camp, expectedCount=3))["fields"] == [{"path": ["tagId"], "code": "NO_SUCH_TAG"}]
    assert (await api.execute(UNDO, {"input": {"id": bulk["id"]}}))["a"]["code"] == "TAG_GONE"


async def test_nobody_meant_is_done_at_once(api: Api) -> None:
    await api.login("staff")
    bulk = await begin(api, kind="ADD_TAG", tagId=await tag(api))
    assert (bulk["state"], bulk["total"]) == ("DONE", 0)
    assert (await api.execute(UNDO, {"input": {"id": "nonsense"}}))["a"]["__typename"] == "NotFound"


@pytest.mark.faults
async def test_a_worker_killed_again_and_again_does_each_client_once(
    api: Api, settings: Settings, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await api.login("staff")
    camp = await tag(api)
    await people(api.database, 3000)
    bulk = await begin(api, kind="ADD_TAG", tagId=camp)

    async def further_than(done: int) -> None:
        async def is_further() -> bool:
            return bool(await value(api.database, "SELECT done > :done OR state <> 'RUNNING' FROM bulk_changes", done=done))

        await until(is_further, f"more than {done} clients")

    async with sweeping(api.database, redis_url):
        for _ in range(3):
            with process("backend.jobs.worker", settings) as worker:
                await further_than(int(await value(api.database, "SELECT done FROM bulk_changes")))
                await asyncio.sleep(0.02)
                worker.kill()
                worker.wait()
        with process("backend.jobs.worker", settings):
            await until_done(api.database, 60)
    done = await progress(api, bulk)
    assert (done["state"], done["done"], done["changed"]) == ("DONE", 3000, 3000)
    assert await carriers(api.database) == 3000
    assert await value(api.database, "SELECT count(*) FROM audit_log WHERE action = 'client.tags_changed'") == 3000
    assert await value(api.database, "SELECT count(*) FROM outbox WHERE topic = 'clients.bulk_change'") == 3000 // bulk_jobs.STEP + 1
