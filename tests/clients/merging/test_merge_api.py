"""Merging over GraphQL: the dry run, the merge and its way back, sent twice, and at the same moment as something else."""

import asyncio
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from backend.clients.graphql.merge_preview import MergeField
from backend.clients.merge.fields import COLUMNS
from backend.clients.merge.service import Asked, merge
from backend.db import Database
from backend.errors import Conflict
from backend.graphql import ids
from tests.checkins.desk import check_in
from tests.client import Api
from tests.clients.merging.twins import STAFF, merge_them, twins, values
from tests.clients.people import add_client
from tests.statements import StatementCounter

PREVIEW = """query ($input: MergePreviewInput!) { mergePreview(input: $input) { __typename ... on MergePreview {
  clients { id displayName version }
  differences { field winnerId values { clientId value } }
  counts { kind moving staying }
  staying { kind clientId name startsOn endsOn differs }
  overlaps { kind one { clientId name startsOn endsOn } other { clientId name startsOn endsOn } } }
  ... on ValidationProblem { fields { path code } } ... on Problem { code } } }"""
MERGE = """mutation ($input: MergeClientsInput!) { mergeClients(input: $input) { __typename
  ... on ClientsMerged { client { id firstName version
    merges { id mergedAt byName undoableUntil merged { displayName mergedInto { id } } } } }
  ... on Conflict { code version } ... on ValidationProblem { fields { path code } } ... on Problem { code } } }"""
UNDO = """mutation ($input: UndoMergeInput!) { undoMerge(input: $input) { __typename
  ... on MergeUndone { client { id merges { undoableUntil undoneAt undoneByName } } } ... on Problem { code } } }"""


def client(number: int) -> str:
    return str(ids.encode("Client", number))


def versions(*numbers: int) -> dict[str, Any]:
    kept, *merged = ({"id": client(number), "version": 1} for number in numbers)
    return {"kept": kept, "merged": merged}


def test_the_fields_of_the_api_are_those_of_the_form() -> None:
    assert [field.value for field in MergeField] == list(COLUMNS)


async def test_the_preview_names_what_wins_moves_stays_and_overlaps(api: Api, statements: StatementCounter) -> None:
    kept, gone = await twins(api.database)
    await api.login("admin")
    choices = [{"field": "FIRST_NAME", "clientId": client(gone)}]
    statements.clear()
    shown = (await api.execute(PREVIEW, {"input": {"keptId": client(kept), "mergedIds": [client(gone)], "choices": choices}}))[
        "mergePreview"
    ]
    assert statements.count <= 5, statements.texts
    assert [one["displayName"] for one in shown["clients"]] == ["Ana Álvarez", "Nita Alvarez"]
    differences = {one["field"]: one for one in shown["differences"]}
    assert differences["FIRST_NAME"]["winnerId"] == client(gone)
    assert [one["value"] for one in differences["DATE_OF_BIRTH"]["values"]] == ["2010-04-05", None]
    assert [one["value"] for one in differences["NO_SOUND"]["values"]] == ["false", "true"]
    counts = {one["kind"]: (one["moving"], one["staying"]) for one in shown["counts"]}
    assert counts == {
        "CONTACT_METHODS": (2, 1), "CONSENTS": (2, 0), "NOTES": (1, 0), "TAGS": (1, 1), "MEMBERSHIPS": (1, 1), "AUTHORIZATIONS": (1, 1),
        "VISITS": (3, 0), "MESSAGES": (1, 1), "GGLEAP_LINKS": (1, 0),
    }  # fmt: skip
    stays = {(one["kind"], one["name"], one["differs"]) for one in shown["staying"]}
    assert {("CONTACT_METHODS", "(661) 555-0101", False), ("TAGS", "Friday", False), ("AUTHORIZATIONS", "A-1", True)} <= stays
    assert shown["overlaps"] == [
        {
            "kind": "MEMBERSHIPS",
            "one": {"clientId": client(kept), "name": "Yearly", "startsOn": "2026-01-01", "endsOn": "2026-12-31"},
            "other": {"clientId": client(gone), "name": "Monthly", "startsOn": "2026-11-10", "endsOn": "2026-12-09"},
        }
    ]


async def test_it_is_merged_and_undone(api: Api) -> None:
    kept, gone = await twins(api.database)
    await api.login("admin")
    choices = [{"field": "FIRST_NAME", "clientId": client(gone)}]
    merged = (await api.execute(MERGE, {"input": versions(kept, gone) | {"choices": choices}}))["mergeClients"]["client"]
    assert (merged["id"], merged["firstName"], merged["version"]) == (client(kept), "Anita", 2)
    (step,) = merged["merges"]
    assert (step["byName"], step["merged"]) == ("Admin", {"displayName": "Nita Alvarez", "mergedInto": {"id": client(kept)}})
    assert step["undoableUntil"] is not None
    undone = (await api.execute(UNDO, {"input": {"mergeId": step["id"]}}))["undoMerge"]["client"]["merges"]
    assert [(one["undoableUntil"], one["undoneByName"]) for one in undone] == [(None, "Admin")]
    again = (await api.execute(UNDO, {"input": {"mergeId": step["id"]}}))["undoMerge"]
    assert (again["__typename"], again["code"]) == ("Conflict", "UNDONE")


async def test_sent_twice_it_is_done_once(api: Api) -> None:
    kept, gone = await twins(api.database)
    await api.login("admin")
    asked = {"input": versions(kept, gone) | {"idempotencyKey": str(uuid4())}}
    first = await api.execute(MERGE, asked)
    assert await api.execute(MERGE, asked) == first
    assert await values(api.database, "SELECT count(*) FROM client_merges") == [1]


async def test_problems_are_members(api: Api) -> None:
    kept, gone = await twins(api.database)
    await api.login("admin")
    stale = versions(kept, gone)
    stale["kept"]["version"] = 7
    assert (await api.execute(MERGE, {"input": stale}))["mergeClients"] == {"__typename": "Conflict", "code": "STALE_VERSION", "version": 1}
    nobody = (await api.execute(PREVIEW, {"input": {"keptId": client(kept), "mergedIds": []}}))["mergePreview"]
    assert nobody["fields"] == [{"path": ["merged"], "code": "REQUIRED"}]
    unknown = (await api.execute(MERGE, {"input": versions(kept, 4711)}))["mergeClients"]
    assert unknown["__typename"] == "NotFound"


async def test_staff_may_not(api: Api) -> None:
    kept, gone = await twins(api.database)
    await api.login("staff")
    assert (await api.execute(MERGE, {"input": versions(kept, gone)}))["mergeClients"]["__typename"] == "NotAllowed"
    assert await values(api.database, "SELECT count(*) FROM client_merges") == [0]


async def test_a_visit_at_the_same_moment_is_not_lost(api: Api) -> None:
    await api.login("admin")
    for _ in range(8):
        kept, gone = await add_client(api.database), await add_client(api.database)
        visit, merged = await asyncio.gather(check_in(api, gone), api.execute(MERGE, {"input": versions(kept, gone)}))
        assert merged["mergeClients"]["__typename"] == "ClientsMerged"
        owners = await values(api.database, "SELECT client_id FROM check_ins WHERE client_id IN (:kept, :gone)", kept=kept, gone=gone)
        recorded = visit["__typename"] == "CheckInRecorded"
        # Before the merge it moved; after it the former client, who is archived, was refused.
        assert owners == ([kept] if recorded else [])
        seen = "SELECT last_check_in_at IS NOT NULL FROM clients WHERE id IN (:kept, :gone) ORDER BY id"
        assert await values(api.database, seen, kept=kept, gone=gone) == [recorded, False]


async def test_a_visit_that_is_being_written_is_waited_for(database: Database) -> None:
    kept, gone = await add_client(database), await add_client(database)
    writing = database.writing(STAFF)
    async with writing as uow:
        await uow.execute(text("UPDATE clients SET last_check_in_at = now() WHERE id = :id"), {"id": gone})
        merging = asyncio.create_task(merge_them(database, kept, gone))
        await _until_somebody_waits(database)
        await uow.execute(
            text(
                f"""INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy)
                VALUES (gen_random_uuid(), {gone}, now(), current_date, 'STAFF', 'ACTIVE', 'REMIND')"""
            )
        )
    await merging
    assert await values(database, "SELECT client_id FROM check_ins") == [kept]


async def _until_somebody_waits(database: Database) -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    while (await values(database, waiting))[0] == 0:
        await asyncio.sleep(0.02)


async def test_two_merges_in_a_circle_make_one(database: Database) -> None:
    for _ in range(6):
        one, two, three = [await add_client(database, name) for name in ("Ana", "Anna", "Anne")]

        async def attempt(kept: int, gone: int) -> str:
            try:
                async with database.writing(STAFF) as uow:
                    await merge(uow, Asked((kept, 1), ((gone, 1),)))
            except Conflict as conflict:
                return conflict.reason
            return "merged"

        outcomes = await asyncio.gather(attempt(one, two), attempt(two, three), attempt(three, one))
        assert outcomes.count("merged") >= 1
        assert set(outcomes) <= {"merged", "MERGED", "STALE_VERSION"}
        # Whoever is merged leads to a client of their own in one step.
        astray = """SELECT count(*) FROM clients c JOIN clients k ON k.id = c.merged_into_id WHERE k.merged_into_id IS NOT NULL"""
        assert await values(database, astray) == [0]
        left = "SELECT count(*) FROM clients WHERE merged_into_id IS NULL AND id IN (:a, :b, :c)"
        assert (await values(database, left, a=one, b=two, c=three))[0] >= 1


async def test_two_who_undo_at_once_undo_it_once(api: Api) -> None:
    kept, gone = await twins(api.database)
    merge_id = await merge_them(api.database, kept, gone)
    await api.login("admin")
    asked = {"input": {"mergeId": ids.encode("ClientMerge", merge_id)}}
    answers = await asyncio.gather(*(api.execute(UNDO, asked) for _ in range(3)))
    assert sorted(answer["undoMerge"]["__typename"] for answer in answers) == ["Conflict", "Conflict", "MergeUndone"]
