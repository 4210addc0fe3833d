"""Downloads: only for those who may, with a line in the audit log, and problems that a program can read."""

import traceback
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from starlette.applications import Starlette

from backend.accounts.permissions import Permission
from backend.downloads import access
from backend.downloads.access import AuditNote, Caller, Download, File, disposition
from backend.downloads.routes import DOWNLOADS
from backend.errors import Conflict, Failure, FieldError, NotFound, RateLimited, Unavailable, ValidationFailed
from tests.client import Api

NOTE = AuditNote("thing.downloaded", "thing", 7, after={"rows": 3})
Answer = Callable[[Caller], Awaitable[File]]


class Door:
    """One download of a test's own behind the real access."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.answer: Answer = plain
        downloads = [
            Download("/api/v1/things/{thing}", Permission.CLIENTS_EXPORT, self._handle),
            Download("/api/v1/sets", Permission.CLIENTS_READ, self._handle, method="POST"),
        ]
        app = Starlette(routes=access.routes(downloads, api.settings, api.database))
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url=api.settings.origin)

    async def _handle(self, caller: Caller) -> File:
        return await self.answer(caller)

    async def get(self, path: str = "/api/v1/things/x", **headers: str) -> httpx.Response:
        return await self.http.get(path, headers={**self._token(), **headers})

    async def post(self, body: Any, **headers: str) -> httpx.Response:
        return await self.http.post("/api/v1/sets", json=body, headers={**self._token(), **headers})

    def _token(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.api.token}"} if self.api.token else {}


async def plain(caller: Caller) -> File:
    return File("Ana's list.txt", "text/plain", f"{caller.path.get('thing')} {dict(caller.body)}".encode(), NOTE)


@pytest.fixture
async def door(api: Api) -> AsyncIterator[Door]:
    made = Door(api)
    yield made
    await made.http.aclose()


async def test_a_file_comes_with_the_right_headers_and_is_in_the_audit_log(api: Api, door: Door) -> None:
    await api.login("admin")
    answer = await door.get()
    assert (answer.status_code, answer.text) == (200, "x {}")
    headers = answer.headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-disposition"] == "attachment; filename=\"Ana's list.txt\"; filename*=UTF-8''Ana%27s%20list.txt"
    async with api.database.reading() as reader:
        entry = await reader.row(
            text(
                "SELECT actor_label, subject_id, after, request_id FROM audit_log WHERE action = 'thing.downloaded' AND actor_kind = 'USER'"
            )
        )
    assert entry is not None
    assert (entry.actor_label, entry.subject_id, entry.after) == ("Admin", 7, {"rows": 3})
    assert entry.request_id == headers["x-request-id"]


async def test_nobody_gets_a_file_without_a_session(door: Door) -> None:
    answer = await door.get()
    problem = answer.json()
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["cache-control"] == "no-store"
    assert (problem["type"], problem["status"], problem["code"]) == ("about:blank", 401, "UNAUTHENTICATED")
    assert problem["requestId"] == answer.headers["x-request-id"]
    assert (await door.get(Authorization="Bearer nonsense")).status_code == 401
    assert (await door.get(Authorization="Basic abc")).status_code == 401


async def test_the_permission_decides(api: Api, door: Door) -> None:
    await api.login("staff")
    refused = await door.get()
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    assert (await door.post({"a": 1})).status_code == 200
    await api.login("newcomer")
    assert (await door.post({"a": 1})).status_code == 403, "a password that must be changed comes first"


async def test_a_session_that_ended_gets_nothing(api: Api, door: Door) -> None:
    await api.login("admin")
    assert (await door.get()).status_code == 200
    await api.execute("mutation { logout { __typename } }")
    assert (await door.get()).status_code == 401


async def test_other_sites_are_refused(api: Api, door: Door) -> None:
    await api.login("admin")
    for headers in ({"Origin": "https://elsewhere.test"}, {"Sec-Fetch-Site": "cross-site"}):
        assert (await door.get(**headers)).status_code == 403
    assert (await door.get(Origin=api.settings.origin)).status_code == 200


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        (NotFound("There is no such client."), 404, "NOT_FOUND"),
        (Conflict("Somebody was faster.", code="STALE_VERSION"), 409, "STALE_VERSION"),
        (ValidationFailed(FieldError(("clientIds",), "TOO_MANY", "At most 500.")), 422, "VALIDATION_FAILED"),
        (RateLimited("Slowly.", retry_after=9), 429, "RATE_LIMITED"),
        (Unavailable(), 503, "UNAVAILABLE"),
        (Failure("Bad.", code="BAD_REQUEST"), 400, "BAD_REQUEST"),
        (TimeoutError(), 503, "TIMEOUT"),
        (RuntimeError("Zebedee Quxley"), 500, "INTERNAL"),
    ],
)
async def test_failures_are_problems(api: Api, door: Door, failure: Exception, status: int, code: str) -> None:
    async def fail(_caller: Caller) -> File:
        raise failure

    await api.login("admin")
    door.answer = fail
    answer = await door.get()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert "Zebedee" not in answer.text
    if isinstance(failure, RateLimited):
        assert answer.headers["retry-after"] == "9"
    if isinstance(failure, ValidationFailed):
        assert problem["fields"] == [{"path": ["clientIds"], "code": "TOO_MANY", "message": "At most 500."}]
        assert problem["detail"] == "At most 500."
    async with api.database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM audit_log WHERE action = 'thing.downloaded'")) == 0


async def test_a_body_must_be_a_small_json_object(api: Api, door: Door) -> None:
    await api.login("admin")
    assert (await door.post({"a": 1})).text == "None {'a': 1}"
    assert (await door.post([1])).json()["code"] == "BAD_REQUEST"
    assert (await door.post({"a": "x" * access.MOST_BYTES})).status_code == 413
    assert (await door.post({}, **{"Content-Type": "text/plain"})).status_code == 400
    wrong = await door.http.post(
        "/api/v1/sets", content=b"{", headers={"Authorization": f"Bearer {api.token}", "Content-Type": "application/json"}
    )
    assert wrong.json()["code"] == "BAD_REQUEST"
    other = await door.get("/api/v1/sets")
    assert (other.status_code, other.headers["allow"]) == (405, "POST")


async def test_a_stream_that_breaks_does_not_look_whole(api: Api, door: Door, capfd: pytest.CaptureFixture[str]) -> None:
    closed: list[bool] = []

    async def parts() -> AsyncGenerator[bytes, None]:
        try:
            yield b"a part"
            raise RuntimeError("Zebedee Quxley")
        finally:
            closed.append(True)

    async def answer(_caller: Caller) -> File:
        return File("list.csv", "text/csv", parts(), NOTE)

    await api.login("admin")
    door.answer = answer
    app: Any = door.http._transport
    app.raise_app_exceptions = True
    with pytest.raises(ConnectionAbortedError) as caught:
        await door.get()
    assert closed == [True]
    assert "Zebedee" not in "".join(traceback.format_exception(caught.value))
    assert "Zebedee" not in capfd.readouterr().out


@pytest.mark.parametrize(
    ("name", "plain_name", "full"),
    [
        ("card.pdf", "card.pdf", "card.pdf"),
        ("Zoë Núñez.pdf", "Zoe Nunez.pdf", "Zo%C3%AB%20N%C3%BA%C3%B1ez.pdf"),
        ('a"b\\c/../d\r\nX: y.pdf', "a b c .. d X y.pdf", "a%20b%20c%20..%20d%20X%20y.pdf"),
        ("\u202egpj.exe", "gpj.exe", "gpj.exe"),
        ("名前.json", "download.json", "%E5%90%8D%E5%89%8D.json"),
        ("", "download", "download"),
        ("..", "download", "download"),
    ],
)
def test_names_are_made_safe(name: str, plain_name: str, full: str) -> None:
    assert disposition(name) == f"attachment; filename=\"{plain_name}\"; filename*=UTF-8''{full}"


def test_every_download_is_below_the_path_that_caddy_passes_on() -> None:
    for download in DOWNLOADS:
        assert download.path.startswith("/api/v1/")
        assert download.method in {"GET", "POST"}
        assert download.permission in set(Permission)


async def test_every_download_is_closed_to_strangers(api: Api) -> None:
    for download in DOWNLOADS:
        answer = await api.http.request(download.method, download.path.replace("{id}", "x"))
        assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHENTICATED"), download.path


def test_preparing_ends_before_caddy_gives_up() -> None:
    assert timedelta(seconds=access.SECONDS) < timedelta(seconds=30)
