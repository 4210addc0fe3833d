"""What a document may ask for at most, and that asking for too much is refused quickly."""

import asyncio
import time
from typing import Any

import pytest
from graphql import parse
from sqlalchemy import text

from backend.errors import LimitExceeded
from backend.graphql import access, cost, limits, view
from backend.graphql.documents import parsed, validated
from tests.client import Api
from tests.graphql.hostile import DOCUMENTS, bomb, small_bomb
from tests.server import serve
from tests.statements import StatementCounter

ALLOWED = {"tokens": 2000, "depth": 10, "fields": 300, "aliases": 15, "directives": 50, "root fields": 10, "cost": 20_000}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{ " + "a { " * 10 + "b" + " }" * 10 + " }", "depth"),
        ("{ x { " + " ".join(f"f{n}" for n in range(300)) + " } }", "fields"),
        ("{ x { " + " ".join(f"a{n}: f" for n in range(16)) + " } }", "aliases"),
        ("{ " + " ".join(f"f{n}" for n in range(11)) + " }", "root fields"),
        ("{ x { f " + "@skip(if: false) " * 51 + "} }", "directives"),
        ("query { ...f } fragment f on Query { ...g } fragment g on Query { ...f }", "spreads itself"),
        ("{ a } fragment f on Query { ...f }", "spreads itself"),
        ("{ ...r } fragment r on Query { " + " ".join(f"f{n}" for n in range(11)) + " }", "root fields"),
        ("{ ... { " + " ".join(f"f{n}" for n in range(11)) + " } }", "root fields"),
    ],
)
def test_each_limit_is_named(text: str, what: str) -> None:
    with pytest.raises(LimitExceeded, match=what):
        limits.check(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "{ " + "a { " * 9 + "b" + " }" * 9 + " }",
        "{ x { " + " ".join(f"f{n}" for n in range(299)) + " } }",
        "{ x { " + " ".join(f"a{n}: f" for n in range(15)) + " } }",
        "{ " + " ".join(f"f{n}" for n in range(10)) + " }",
        "{ x { ...unknown } }",
    ],
)
def test_at_the_limit_is_fine(text: str) -> None:
    limits.check(parse(text))


def test_a_fragment_counts_each_time_it_is_spread() -> None:
    with pytest.raises(LimitExceeded, match="fields"):
        limits.check(parse(bomb(12)))
    limits.check(parse(bomb(5)))


def test_the_work_is_linear_in_the_document() -> None:
    """A bomb of 60 levels expands to 10^18 fields; the pass must not notice."""
    document = parse(bomb(60))
    begun = time.perf_counter()
    with pytest.raises(LimitExceeded):
        limits.check(document)
    assert time.perf_counter() - begun < 2  # expanded, it would take ages


def test_too_many_tokens_are_refused_while_parsing() -> None:
    with pytest.raises(LimitExceeded, match="tokens"):
        parsed("{ " + "f " * 10_000 + "}")


def test_deep_nesting_is_refused_not_a_crash() -> None:
    with pytest.raises(LimitExceeded):
        parsed("{ a" * 900 + " }" * 900)


def test_documents_are_parsed_and_validated_once() -> None:
    from backend.graphql.schema import schema

    text = "{ viewer { user { email } } } # once"
    parsed.cache_clear()
    validated.cache_clear()
    for _ in range(3):
        assert validated(schema._schema, parsed(text)) == ()
    assert (parsed.cache_info().hits, parsed.cache_info().misses) == (2, 1)
    assert (validated.cache_info().hits, validated.cache_info().misses) == (2, 1)


def test_the_small_bomb_is_small() -> None:
    assert len(small_bomb()) == 758


def test_the_limits_are_those_that_are_promised() -> None:
    found = limits.LIMITS
    promised = {name: allowed for name, allowed in ALLOWED.items() if name != "cost"}
    assert {name: getattr(found, name.replace(" ", "_")) for name in promised} == promised
    assert ALLOWED["cost"] == cost.MOST


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_an_attack_is_refused_with_its_limit_and_nothing_runs(
    api: Api, name: str, statements: StatementCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    await api.login("staff")
    await api.execute("{ centre { name } }")
    document, limit = DOCUMENTS[name]

    async def never(*_: Any, **__: Any) -> None:
        raise AssertionError("it was executed")

    monkeypatch.setattr("backend.graphql.view.schema.execute", never)
    statements.clear()
    answer = await api.post({"query": document})
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert error["extensions"]["limit"] == {"name": limit, "allowed": ALLOWED[limit]}
    assert f"{ALLOWED[limit]:,}" in error["message"] or "spreads itself" in error["message"]
    assert statements.texts == []


@pytest.mark.parametrize("size", [64 * 1024 + 1, 10_000_000])
async def test_a_large_body_is_refused_before_it_has_come(api: Api, size: int) -> None:
    """Announced, and never sent: whoever waited for it would wait in vain."""
    async with serve(api.app) as address:
        host, port = address.split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        head = f"POST /graphql HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n\r\n"
        writer.write(head.encode() + b'{"query":')
        await writer.drain()
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        assert answer.startswith(b"HTTP/1.1 413")
        writer.close()
        await writer.wait_closed()


async def test_a_large_body_without_its_length_is_refused_too(api: Api) -> None:
    async def pieces() -> Any:
        for _ in range(100):
            yield b" " * 1000

    answer = await api.http.post("/graphql", content=pieces(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


async def test_a_statement_ends_before_its_operation_does(api: Api) -> None:
    async with api.database.reading() as reader:
        assert await reader.scalar(text("SHOW statement_timeout")) == "4s"
    assert view.SECONDS == 5


async def test_the_caches_keep_hitting_with_all_limits_on(api: Api) -> None:
    """The same document with other page sizes is parsed, validated and judged once, and weighed once for each size."""
    await api.login("admin")
    document = "query ($n: Int!) { clients(first: $n) { edges { node { id displayName } } } } # judged once"
    caches = [parsed, validated, access.needs, cost._cost]
    before = [cache.cache_info() for cache in caches]
    for size in (5, 5, 7, 7, 5):
        await api.execute(document, {"n": size})
    misses = [cache.cache_info().misses - was.misses for cache, was in zip(caches, before, strict=True)]
    hits = [cache.cache_info().hits - was.hits for cache, was in zip(caches, before, strict=True)]
    assert misses == [1, 1, 1, 2]
    assert hits[1:3] == [4, 4]
    assert hits[0] >= 4
    assert hits[3] >= 3
