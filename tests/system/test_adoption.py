"""What came over from the predecessor: the counts, the reasons, and the rows behind them."""

from datetime import timedelta
from typing import Any

import pytest

from backend import clock
from tests.client import Api
from tests.clients.people import add_client
from tests.statements import StatementCounter
from tests.system.records import add_adoption, add_remarks, change

REPORT = """{ system { adoptions { id shape origin startedAt finishedAt
  lines { part read copied joined already aside } reasons { part outcome reason count } } } }"""
ROWS = """query ($id: ID!, $part: String!, $reason: String!, $first: Int!, $after: String) { system { adoption(id: $id) { id
  remarks(part: $part, reason: $reason, first: $first, after: $after) {
    edges { cursor node { outcome reason sourceId client { displayName standing { status } } } }
    pageInfo { hasNextPage hasPreviousPage endCursor } } } } }"""
NOW = clock.now()


async def rows(api: Api, adoption: str, **more: Any) -> dict[str, Any]:
    asked = {"id": adoption, "part": "clients.phone", "reason": "no_area_code", "first": 2, **more}
    page: dict[str, Any] = (await api.execute(ROWS, asked))["system"]["adoption"]["remarks"]
    return page


async def test_the_report_adds_up_part_by_part(api: Api) -> None:
    await api.login("admin")
    first = await add_adoption(api.database, NOW - timedelta(days=1), {"users": (3, 0, 0, 0), "clients": (8, 1, 0, 1)})
    await add_adoption(api.database, NOW, {"clients": (0, 0, 10, 0)})
    await add_remarks(api.database, first, "clients", "aside", "no_name", [None])
    await add_remarks(api.database, first, "clients", "joined", "same_person", [None])
    await add_remarks(api.database, first, "clients", "changed", "shortened", [None, None])
    newest, oldest = (await api.execute(REPORT))["system"]["adoptions"]
    assert newest["lines"] == [{"part": "clients", "read": 10, "copied": 0, "joined": 0, "already": 10, "aside": 0}]
    assert newest["reasons"] == []
    assert (oldest["shape"], oldest["origin"]) == ("models", "db.example.test/crm")
    assert oldest["startedAt"] == (NOW - timedelta(days=1)).isoformat()
    assert [line["part"] for line in oldest["lines"]] == ["users", "clients"]
    assert oldest["reasons"] == [
        {"part": "clients", "outcome": "CHANGED", "reason": "shortened", "count": 2},
        {"part": "clients", "outcome": "ASIDE", "reason": "no_name", "count": 1},
        {"part": "clients", "outcome": "JOINED", "reason": "same_person", "count": 1},
    ]


async def test_the_rows_behind_a_reason_page_by_page_with_their_clients(api: Api) -> None:
    await api.login("admin")
    run = await add_adoption(api.database, NOW, {"clients.phone": (5, 0, 0, 0)})
    other = await add_adoption(api.database, NOW, {"clients.phone": (1, 0, 0, 0)})
    clients = [await add_client(api.database, f"Person {place}", "") for place in range(4)]
    await add_remarks(api.database, run, "clients.phone", "changed", "no_area_code", [*clients, None])
    await add_remarks(api.database, run, "clients.phone", "changed", "not_a_phone", [clients[0]])
    await add_remarks(api.database, other, "clients.phone", "changed", "no_area_code", [clients[0]])
    await change(api.database, "DELETE FROM clients WHERE id = :id", id=clients[3])
    reports = (await api.execute(REPORT))["system"]["adoptions"]
    seen: list[Any] = []
    after = None
    while True:
        page = await rows(api, reports[1]["id"], after=after)
        seen += [(edge["node"]["sourceId"], (edge["node"]["client"] or {}).get("displayName")) for edge in page["edges"]]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == [("row 0", "Person 0"), ("row 1", "Person 1"), ("row 2", "Person 2"), ("row 3", None), ("row 4", None)]


async def test_the_number_of_statements_stays(api: Api, statements: StatementCounter) -> None:
    await api.login("admin")
    await api.execute("{ viewer { user { id } } }")  # reads the session once
    counts = []
    for _ in range(2):
        for _ in range(3):
            run = await add_adoption(api.database, NOW, {"clients": (9, 0, 0, 0), "users": (9, 0, 0, 0)})
            people = [await add_client(api.database) for _ in range(4)]
            await add_remarks(api.database, run, "clients.phone", "changed", "no_area_code", [*people])
        statements.clear()
        report = (await api.execute(REPORT))["system"]["adoptions"]
        counts.append(statements.count)
        statements.clear()
        await rows(api, report[0]["id"], first=50)
        counts.append(statements.count)
    # The runs, their lines, their reasons; one run, its remarks, their clients.
    assert counts == [3, 3, 3, 3], statements.texts


async def test_what_is_not_there_is_null_or_empty(api: Api) -> None:
    await api.login("admin")
    run = await add_adoption(api.database, NOW, {"clients": (1, 0, 0, 0)})
    assert run > 0
    report = (await api.execute(REPORT))["system"]["adoptions"][0]
    assert (await rows(api, report["id"], part="no such\0part", reason="?"))["edges"] == []
    for unknown in ("", "x", "Q2xpZW50OjE", "QWRvcHRpb246OTk5OTk5"):
        asked = {"id": unknown, "part": "clients", "reason": "x", "first": 1}
        assert (await api.execute(ROWS, asked))["system"]["adoption"] is None


@pytest.mark.parametrize(("more", "path"), [({"first": 101}, "first"), ({"first": -1}, "first"), ({"after": "WyJOQU1FIiwxXQ"}, "after")])
async def test_bad_pages_are_validation_errors(api: Api, more: dict[str, Any], path: str) -> None:
    await api.login("admin")
    await add_adoption(api.database, NOW, {"clients": (1, 0, 0, 0)})
    report = (await api.execute(REPORT))["system"]["adoptions"][0]
    answer = await api.raw(ROWS, {"id": report["id"], "part": "clients", "reason": "x", "first": 1, **more})
    assert answer["errors"][0]["extensions"]["fields"][0]["path"] == [path]
