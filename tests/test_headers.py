"""The policies on every answer, through the real Caddy before the real API: pages, files, errors, 304s, downloads, and no API at all."""

import http.client
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest

from backend.graphql.documents import LOGIN, document_id
from backend.operations.stack.files import free_port
from tests import world
from tests.faults.support import ApiProcess
from tests.operations.stack_support import Answer, eventually
from tests.operations.test_stack_caddy import caddy, listens

POLICIES = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
GRAPHQL = {"Content-Type": "application/json", "Accept": "application/graphql-response+json"}
KEPT = {"no-store", "private, no-store", "no-cache", "public, max-age=31536000, immutable"}
FULL_MARKS = 130


class Place(NamedTuple):
    port: int
    port_without_api: int
    token: str


def ask(port: int, path: str, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        connection.request(method, path, body, headers or {})
        return Answer(connection.getresponse())
    finally:
        connection.close()


@pytest.fixture(scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    """Pages in a folder, Caddy before them, the API behind it; and a second Caddy with nothing behind it."""
    folder = tmp_path_factory.mktemp("headers")
    assets = folder / "spa" / "assets"
    assets.mkdir(parents=True)
    (folder / "spa" / "index.html").write_text("<!doctype html><title>the pages</title>")
    (assets / "index-abc123.js").write_text("export {}")
    url = await world.create("seeded")
    ports = [free_port(), free_port()]
    with ApiProcess(folder, url, HTTP_PORT=str(ports[0]), PUBLIC_URL=f"http://127.0.0.1:{ports[0]}") as api:
        running = [caddy(folder, folder / "spa", ports[0], api.port), caddy(folder, folder / "spa", ports[1], free_port())]
        try:
            eventually(lambda: all(listens(port) for port in ports))
            given = {"input": {"identifier": "admin", "password": world.PASSWORDS["admin"]}}
            body = json.dumps({"documentId": document_id(LOGIN), "variables": given}).encode()
            answer = ask(ports[0], "/graphql", "POST", body, GRAPHQL)
            yield Place(ports[0], ports[1], json.loads(answer.body)["data"]["login"]["accessToken"])
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(10)
    await world.drop(url)


def score(headers: dict[str, str]) -> int:
    """As an observatory gives marks, for what can be had without TLS: 100 for nothing wrong, more for the strictest."""
    policy = dict(part.strip().partition(" ")[::2] for part in headers.get("content-security-policy", "").split(";"))
    marks = 100
    marks += 0 if policy else -25
    marks += -20 if "unsafe" in " ".join(policy.values()) else 10 if policy.get("default-src") == "'none'" else 0
    marks += 5 if policy.get("frame-ancestors") == "'none'" else -20
    marks += -10 if policy.get("base-uri") not in {"'none'", "'self'"} else 0
    marks += 0 if headers.get("x-content-type-options") == "nosniff" else -5
    marks += 5 if headers.get("referrer-policy") in {"no-referrer", "same-origin"} else -5
    marks += 10 if headers.get("cross-origin-resource-policy") == "same-origin" else -5
    marks += -50 if headers.get("access-control-allow-origin") == "*" else 0
    return marks


def assert_policies(answer: Answer, what: object) -> None:
    assert score(answer.headers) == FULL_MARKS, (what, answer.headers)
    assert {name: answer.headers.get(name) for name in POLICIES} == POLICIES, what
    assert "geolocation=()" in answer.headers["permissions-policy"], what
    assert not {"server", "via", "x-powered-by"} & answer.headers.keys(), what


CENTRE = b'{"query": "{ centre { name } }"}'
ANSWERS = [
    ("GET", "/", None, {}, 200),
    ("HEAD", "/", None, {}, 200),
    ("GET", "/clients/42", None, {}, 200),
    ("GET", "/assets/index-abc123.js", None, {}, 200),
    ("GET", "/assets/index-abc123.js", None, {"Range": "bytes=0-3"}, 206),
    ("GET", "/assets/index-abc123.js", None, {"Range": "bytes=900-999"}, 416),
    ("GET", "/assets/gone.js", None, {}, 404),
    ("GET", "/missing.png", None, {}, 404),
    ("GET", "/metrics", None, {}, 404),
    ("GET", "/api/nothing", None, {}, 404),
    ("GET", "/api/v1/nothing", None, {}, 404),
    ("GET", "/api/v1/healthz", None, {}, 200),
    ("GET", "/api/v1/readyz", None, {}, 200),
    ("POST", "/", b"{}", {}, 405),
    ("POST", "/api/v1/healthz", b"{}", {}, 405),
    ("GET", "/graphql", None, {}, 405),
    ("OPTIONS", "/graphql", None, {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}, 405),
    ("POST", "/graphql", b"x", {"Content-Type": "text/plain"}, 415),
    ("POST", "/graphql", b"x", GRAPHQL, 400),
    ("POST", "/graphql", CENTRE, GRAPHQL, 403),
    ("POST", "/graphql", CENTRE, {**GRAPHQL, "Origin": "https://elsewhere.example"}, 403),
    ("POST", "/graphql", CENTRE, {**GRAPHQL, "Authorization": "admin"}, 200),
    ("POST", "/graphql", b'{"query": "{ nothing }"}', {**GRAPHQL, "Authorization": "admin"}, 400),
    ("POST", "/graphql", b'{"query": "' + b" " * 70_000 + b'"}', GRAPHQL, 413),
    ("POST", "/api/v1/exports/clients.csv", b"{}", {"Content-Type": "application/json", "Authorization": "admin"}, 200),
    ("POST", "/api/v1/exports/clients.csv", b"{}", {"Content-Type": "application/json"}, 401),
    ("GET", "/api/v1/exports/clients.csv", None, {}, 405),
    ("GET", "/api/v1/clients/x/data.json", None, {"Authorization": "admin"}, 404),
]


@pytest.mark.parametrize(("method", "path", "body", "headers", "status"), ANSWERS)
async def test_every_answer_carries_the_policies(
    place: Place, method: str, path: str, body: bytes | None, headers: dict[str, str], status: int
) -> None:
    sent = {name: f"Bearer {place.token}" if value == "admin" else value for name, value in headers.items()}
    answer = ask(place.port, path, method, body, sent)
    assert answer.status == status, answer.body[:300]
    assert_policies(answer, (method, path, status))
    # Nobody keeps a 416.
    assert status == 416 or answer.headers["cache-control"] in KEPT


@pytest.mark.parametrize("path", ["/", "/clients/42", "/assets/index-abc123.js"])
async def test_what_has_not_changed_carries_them_too(place: Place, path: str) -> None:
    first = ask(place.port, path)
    again = ask(place.port, path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert_policies(again, path)


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/graphql", 502), ("/api/v1/readyz", 502), ("/api/v1/cards.pdf", 502)])
async def test_without_the_api_they_are_there(place: Place, path: str, status: int) -> None:
    answer = ask(place.port_without_api, path)
    assert answer.status == status
    assert_policies(answer, path)


async def test_a_request_that_is_no_http_gets_no_page(place: Place) -> None:
    """Caddy's own refusals come before any header of ours; they may hold nothing."""
    answer = ask(place.port, "/", headers={"X-Large": "x" * 60_000})
    assert answer.status == 431
    assert b"the pages" not in answer.body


def test_the_marks_are_lost_by_what_is_lax() -> None:
    strict = {
        **POLICIES,
        "content-security-policy": "default-src 'none'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    }
    assert score(strict) == FULL_MARKS
    for name, lax in (
        ("content-security-policy", ""),
        ("content-security-policy", "default-src 'none'; script-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"),
        ("content-security-policy", "default-src 'self'; base-uri 'none'; frame-ancestors 'none'"),
        ("content-security-policy", "default-src 'none'; base-uri 'none'"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ("x-content-type-options", ""),
        ("referrer-policy", "unsafe-url"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("access-control-allow-origin", "*"),
    ):
        assert score({**strict, name: lax}) < FULL_MARKS, (name, lax)


def test_the_caddyfile_names_the_policies_once(repository: Path) -> None:
    assert (repository / "deploy" / "Caddyfile").read_text(encoding="utf-8").count("Content-Security-Policy") == 1
