"""GraphQL over HTTP: media types, statuses, who is let in, and what errors give away."""

import asyncio
from typing import Any

import pytest

from backend.clients import queries
from backend.errors import RateLimited, Unauthenticated, Unavailable
from backend.graphql.documents import LOGIN, TrustedDocuments, document_id, parsed, validated
from tests.client import Api
from tests.world import PASSWORDS

CENTRE = "{ centre { name } }"
GRAPHQL = "application/graphql-response+json"


@pytest.fixture
def strict(api: Api) -> Api:
    """The same app with the product's rule: trusted documents for everybody, free ones for admins alone."""
    return Api(api.settings, api.database, documents=TrustedDocuments({"sha256:abc": CENTRE}))


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (GRAPHQL, GRAPHQL),
        (GRAPHQL.upper(), GRAPHQL),
        (f"{GRAPHQL}, application/json;q=0.9", GRAPHQL),
        (f"text/html, {GRAPHQL};charset=utf-8;q=0.5", GRAPHQL),
        (f"{GRAPHQL};q=0, */*", "application/json"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
        ("", "application/json"),
    ],
)
async def test_the_media_type_is_what_was_asked_for(api: Api, accept: str, media: str) -> None:
    answer = await api.post({"query": CENTRE}, Accept=accept)
    assert answer.headers["content-type"] == f"{media}; charset=utf-8"
    assert answer.json() == {"data": {"centre": {"name": "Test Centre"}}}
    assert answer.headers["x-request-id"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        {"query": "{"},
        {"query": "{ nothing }"},
        {"query": CENTRE, "operationName": "Other"},
        {"query": "query ($id: ID!) { client(id: $id) { id } }", "variables": {"id": None}},
        {"query": "{ " + "a " * 3000 + "}"},
    ],
)
async def test_a_request_that_is_not_executed_has_no_data(api: Api, body: dict[str, Any]) -> None:
    for accept, status in ((GRAPHQL, 400), ("application/json", 200)):
        answer = await api.post(body, Accept=accept)
        assert answer.status_code == status
        assert "data" not in answer.json()
        assert answer.json()["errors"][0]["extensions"]["code"] in {"BAD_REQUEST", "LIMIT_EXCEEDED"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "neither"),
        ({"query": ""}, "neither"),
        ({"query": None, "extensions": {}}, "neither"),
        ({"query": 1}, "`query` must be a string"),
        ({"documentId": ["x"], "query": CENTRE}, "`documentId` must be a string"),
        ({"query": CENTRE, "variables": []}, "`variables` must be an object"),
        ({"query": CENTRE, "variables": "x"}, "`variables` must be an object"),
        ({"query": CENTRE, "operationName": 1}, "`operationName` must be a string"),
        ({"query": CENTRE, "extensions": False}, "`extensions` must be an object"),
    ],
)
@pytest.mark.parametrize("accept", [GRAPHQL, "application/json"])
async def test_what_is_no_graphql_request_is_told_so(api: Api, body: dict[str, Any], said: str, accept: str) -> None:
    answer = await api.post(body, Accept=accept)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert said in error["message"]
    assert error["extensions"]["code"] == "BAD_REQUEST"


async def test_nulls_count_as_absent(api: Api) -> None:
    answer = await api.post({"query": CENTRE, "documentId": None, "variables": None, "operationName": None, "extensions": None})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("failure", "code", "status", "headers"),
    [
        (Unavailable(), "UNAVAILABLE", 503, {"retry-after": "2"}),
        (RateLimited("Wait.", retry_after=7), "RATE_LIMITED", 429, {"retry-after": "7"}),
        (Unauthenticated(), "UNAUTHENTICATED", 401, {"www-authenticate": "Bearer"}),
        (ValueError("x"), "INTERNAL", 500, {}),
        (TimeoutError(), "TIMEOUT", 503, {"retry-after": "2"}),
    ],
)
@pytest.mark.parametrize("accept", [GRAPHQL, "application/json"])
async def test_trouble_before_anything_runs_has_its_status(
    api: Api, monkeypatch: pytest.MonkeyPatch, failure: Exception, code: str, status: int, headers: dict[str, str], accept: str
) -> None:
    async def fails(*_: Any) -> None:
        raise failure

    monkeypatch.setattr("backend.graphql.view.authenticate", fails)
    answer = await api.post({"query": CENTRE}, Accept=accept)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["extensions"]["code"] == code
    assert {name: answer.headers[name] for name in headers} == headers


async def test_a_document_that_is_not_allowed_says_so_to_who_reads_statuses(strict: Api) -> None:
    for accept, status in ((GRAPHQL, 403), ("application/json", 200)):
        answer = await strict.post({"query": "{ centre { timeZone } }"}, Accept=accept)
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (status, "NOT_ALLOWED")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_only_post(api: Api, method: str) -> None:
    answer = await api.http.request(method, "/graphql", params={"query": CENTRE})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/json; charset=utf-16"]
)
async def test_only_json(api: Api, kind: str) -> None:
    answer = await api.http.post("/graphql", content=b'{"query": "{ centre { name } }"}', headers={"Content-Type": kind})
    assert answer.status_code == 415


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b'[{"query": "{ centre { name } }"}]', b"[" * 50_000])
async def test_a_body_that_is_no_object_is_refused(api: Api, content: bytes) -> None:
    answer = await api.http.post("/graphql", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


async def test_a_body_of_1_mb_is_refused(api: Api) -> None:
    answer = await api.post({"query": CENTRE, "variables": {"x": "y" * 1_000_000}})
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://127.0.0.1:8080"}, 200),
        ({"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:8081"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
async def test_other_sites_are_refused(api: Api, headers: dict[str, str], status: int) -> None:
    assert (await api.post({"query": CENTRE}, **headers)).status_code == status


async def test_trusted_documents_run_for_anybody_by_their_id(strict: Api) -> None:
    for body in ({"documentId": "sha256:abc"}, {"documentId": "abc"}, {"extensions": {"documentId": "sha256:abc"}, "query": ""}):
        assert (await strict.post(body)).json() == {"data": {"centre": {"name": "Test Centre"}}}


async def test_free_documents_are_for_admins(strict: Api) -> None:
    assert (await strict.post({"query": "{ centre { timeZone } }"})).json()["errors"][0]["extensions"]["code"] == "NOT_ALLOWED"
    assert (await strict.post({"documentId": "sha256:unknown"})).json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    for who, allowed in (("staff", False), ("admin", True)):
        body = {"documentId": document_id(LOGIN), "variables": {"input": {"identifier": who, "password": PASSWORDS[who]}}}
        strict.token = (await strict.post(body)).json()["data"]["login"]["accessToken"]
        answer = (await strict.post({"query": "{ __schema { queryType { name } } }"})).json()
        assert ("data" in answer) is allowed, answer


@pytest.mark.parametrize("header", ["Bearer x", "Bearer ", "Basic YTpi", "Bearer a.b.c", "x", "Bearer " + "x" * 5000])
async def test_a_bad_token_is_no_session(api: Api, header: str) -> None:
    answer = await api.post({"query": "{ viewer { user { id } } }"}, Authorization=header)
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert (await api.post({"query": CENTRE}, Authorization=header)).json()["data"]


async def test_a_defect_is_masked(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")

    async def broken(*_: Any, **__: Any) -> None:
        raise ValueError("secret of Ana Alvarez")

    monkeypatch.setattr(queries, "page_of_clients", broken)
    answer = await api.post({"query": "{ clients { edges { node { id } } } }"})
    error = answer.json()["errors"][0]
    assert "Ana" not in answer.text
    assert error["extensions"] == {"code": "INTERNAL", "requestId": answer.headers["x-request-id"]}


async def test_suggestions_are_not_given(api: Api) -> None:
    assert "mean" not in (await api.post({"query": "{ client { displayNam } }"})).text


async def test_a_slow_operation_is_stopped(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")

    async def slow(*_: Any, **__: Any) -> None:
        await asyncio.sleep(30)

    monkeypatch.setattr("backend.graphql.view.SECONDS", 0.05)
    monkeypatch.setattr(queries, "page_of_clients", slow)
    assert (await api.raw("{ clients { edges { node { id } } } }"))["errors"][0]["extensions"]["code"] == "TIMEOUT"


async def test_the_caches_are_hit_by_requests(api: Api) -> None:
    parsed.cache_clear()
    validated.cache_clear()
    for _ in range(4):
        await api.execute(CENTRE)
    assert parsed.cache_info().misses == validated.cache_info().misses == 1
    assert validated.cache_info().hits == 3


async def test_nothing_leaves_a_connection_behind(api: Api) -> None:
    await api.login("staff")
    for _ in range(40):
        await asyncio.gather(
            api.execute("{ clients { totalCount edges { node { notes { body } } } } }"),
            api.raw("{ clients { edges { node { nothing } } } }"),
        )
    pool: Any = api.database.engine.pool
    assert pool.checkedout() == 0


async def test_health(api: Api) -> None:
    assert (await api.http.get("/api/v1/healthz")).json() == {"status": "ok"}
    ready = await api.http.get("/api/v1/readyz")
    assert ready.status_code == 200
    assert ready.json() == {"status": "ok", "database": "ok", "redis": "down", "worker": "silent", "scheduler": "silent"}
