"""Requests that nobody honest sends: each gets a typed answer at once, none a defect, and none leaves a connection behind."""

import asyncio
import time
from base64 import urlsafe_b64encode
from typing import Any

import orjson
import pytest
from sqlalchemy import event, text

from backend.clients import queries
from backend.graphql import ids
from backend.graphql.pagination import encode_cursor
from tests.client import Api
from tests.clients.people import add_client

PAGE = """query ($order: ClientOrder! = NAME, $after: String, $search: String) {
  clients(orderBy: $order, after: $after, search: $search) { edges { node { id } } } }"""
VISITS = "query ($after: String) { checkIns(after: $after) { edges { node { id } } } }"


def codes(answer: dict[str, Any]) -> list[str]:
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


FORGED: list[list[Any]] = [
    [2**63], [2**64 - 1], [-(2**63)], [True], ["x", 2**63], ["\0", 1], ["2026-01-01", 1], ["2026-01-01T00:00:00", 1],
    ["0001-01-01T00:00:00+14:00", 1], ["9999-12-31T23:59:59-14:00", 1], ["nonsense", 1], ["x" * 20_000, 1], [None, 2**63],
    [2**40, "x", 1], [1, "\0", 1], [], [[], 1],
]  # fmt: skip


@pytest.mark.parametrize("kind", ["NAME", "CREATED", "LAST_CHECK_IN", "CHECK_INS", "SEARCH"])
async def test_forged_cursors_are_refused(api: Api, kind: str) -> None:
    await api.login("staff")
    for values in FORGED:
        forged = encode_cursor(kind, *values)
        if kind == "CHECK_INS":
            answer = await api.raw(VISITS, {"after": forged})
        else:
            order, search = ("NAME", "x") if kind == "SEARCH" else (kind, None)
            answer = await api.raw(PAGE, {"order": order, "after": forged, "search": search})
        assert codes(answer) in ([], ["VALIDATION_FAILED"]), (values, answer)


@pytest.mark.parametrize("value", ["", "x", "W10", "ÿ", "\0", "e30", urlsafe_b64encode(b"[" * 5000).decode(), "\u202e"])
async def test_what_is_no_cursor_is_refused(api: Api, value: str) -> None:
    await api.login("staff")
    assert codes(await api.raw(VISITS, {"after": value})) in ([], ["VALIDATION_FAILED"])


@pytest.mark.parametrize(
    "word",
    ["％％％", "＼", "abc＼", "﹨", "∖∖∖", "％", "＿＿＿", "\\", "%", "_", "'; --", "🎮", "عربي", "\u202eevil", "a" * 10_000, "\0\0"],
)
async def test_no_search_is_a_pattern(api: Api, word: str) -> None:
    await api.login("staff")
    await add_client(api.database, "Ana", "Alvarez")
    answer = await api.raw(PAGE, {"search": word})
    assert codes(answer) == []
    if word.strip("\0"):
        assert answer["data"]["clients"]["edges"] == []


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "", "://", "http://127.0.0.1:99999999", "\x80"])
async def test_a_strange_origin_is_refused_not_a_crash(api: Api, origin: str) -> None:
    answer = await api.http.post("/graphql", json={"query": "{ centre { name } }"}, headers={b"origin": origin.encode("latin-1")})
    assert answer.status_code == 403


async def test_many_tags_are_one_condition(api: Api) -> None:
    await api.login("staff")
    tag_ids = [str(ids.encode("Tag", n)) for n in range(1, 3000)]
    begun = time.perf_counter()
    answer = await api.raw("query ($ids: [ID!]) { clients(filter: {tagIds: $ids}) { edges { node { id } } } }", {"ids": tag_ids})
    assert codes(answer) == ["VALIDATION_FAILED"]
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    "document",
    [
        "{ " + "... { " * 600 + "centre { name }" + " }" * 600 + " }",
        "{ ...f0 } "
        + " ".join(f"fragment f{n} on Query {{ ...f{n + 1} }}" for n in range(180))
        + " fragment f180 on Query { centre { name } }",
        "{ centre { " + "name " * 290 + "} }",
        "{ a: centre { ...f } } fragment f on Centre { " + "name timeZone today " * 90 + "}",
        "{ centre { name } } " + " ".join(f"fragment f{n} on Centre {{ name timeZone }}" for n in range(150)),
        "query (" + " ".join(f"$v{n}: Int" for n in range(400)) + ") { centre { name } }",
        '{ clients(search: "' + "x" * 50_000 + '") { edges { node { id } } } }',
        "{ clients(search: " + "[" * 900 + "]" * 900 + ") { edges { node { id } } } }",
    ],
    ids=["inline", "chain", "same", "spread", "unused", "variables", "long", "nested"],
)
async def test_odd_documents_are_answered_quickly(api: Api, document: str) -> None:
    await api.login("staff")
    begun = time.perf_counter()
    answer = await api.raw(document)
    assert time.perf_counter() - begun < 1.5
    assert "INTERNAL" not in codes(answer), answer


@pytest.mark.parametrize(
    "variables", [{"id": {"a": 1}}, {"id": [1]}, {"id": 1.5}, {"id": "\0"}, {"id": "é"}, {"id": True}, {"id": None}, {}]
)
async def test_odd_variables_are_refused(api: Api, variables: dict[str, Any]) -> None:
    await api.login("staff")
    answer = await api.raw("query ($id: ID!) { client(id: $id) { id } }", variables)
    assert "INTERNAL" not in codes(answer), answer


@pytest.mark.parametrize(
    "body",
    [
        b'{"query": "{ centre { name } }", "variables": {"x": "\\ud800"}}',
        b'{"query": "\xed\xa0\x80"}',
        b'{"query": "{ client(id: \\"\\\\ud800\\") { id } }"}',
    ],
)
async def test_half_a_surrogate_pair(api: Api, body: bytes) -> None:
    await api.login("staff")
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {api.token}"}
    answer = await api.http.post("/graphql", content=body, headers=headers)
    assert answer.status_code in (200, 400)
    assert "INTERNAL" not in codes(orjson.loads(answer.content))


async def slow(reader: Any, *_: Any, **__: Any) -> list[Any]:
    await reader.execute(text("SELECT pg_sleep(3)"))
    return []


# A request that is stopped at its first step has resolvers that never began; graphql-core leaves them so, and Python says it.
@pytest.mark.filterwarnings("ignore:Exception ignored in. .coroutine:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
@pytest.mark.parametrize(
    "document",
    [
        "{ clients { edges { node { notes { body } } } } }",
        "{ clients { edges { node { notes { body } consents { at } } } } visitsToday { count } }",
    ],
)
async def test_a_request_that_is_stopped_leaves_nothing_behind(api: Api, monkeypatch: pytest.MonkeyPatch, document: str) -> None:
    await api.login("staff")
    await add_client(api.database)
    await api.execute("{ viewer { user { id } } }")
    monkeypatch.setattr("backend.graphql.view.SECONDS", 0.2)
    monkeypatch.setattr(queries, "notes_of", slow)
    answers = await asyncio.gather(*(api.raw(document) for _ in range(15)))
    assert {code for answer in answers for code in codes(answer)} == {"TIMEOUT"}
    await asyncio.sleep(0.2)
    pool: Any = api.database.engine.pool
    assert pool.checkedout() == 0
    # A connection that went back to the pool in the middle of its statement trips whoever gets it next.
    tripped: list[object] = []
    note = tripped.append
    event.listen(api.database.engine.sync_engine, "handle_error", note)
    await asyncio.gather(*(api.database.ping() for _ in range(30)))
    event.remove(api.database.engine.sync_engine, "handle_error", note)
    assert tripped == []
    monkeypatch.undo()
    assert (await api.execute(document))["clients"]["edges"]


async def test_a_field_that_fails_takes_its_slow_neighbours_along(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")
    await add_client(api.database)
    monkeypatch.setattr(queries, "notes_of", slow)
    await asyncio.gather(
        *(
            api.raw("{ clients { edges { node { notes { body } } } } visitsToday { count } checkIns(first: 999) { edges { cursor } } }")
            for _ in range(5)
        )
    )
    await asyncio.sleep(0.2)
    pool: Any = api.database.engine.pool
    assert pool.checkedout() == 0


async def test_a_statement_that_the_database_stops_is_no_defect(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")
    await add_client(api.database)

    async def stopped(reader: Any, *_: Any, **__: Any) -> list[Any]:
        await reader.execute(text("SELECT set_config('statement_timeout', '50', false)"))
        await reader.execute(text("SELECT pg_sleep(3)"))
        return []

    monkeypatch.setattr(queries, "notes_of", stopped)
    assert codes(await api.raw("{ clients { edges { node { notes { body } } } } }")) == ["TIMEOUT"]
