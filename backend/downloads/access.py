"""Who may download what: the one place where a file leaves the API.

A download is an ``async def`` that takes a `Caller` and returns a `File`; `Download` names its path and its permission. The
access token is the one of the GraphQL view. What goes wrong is answered as ``application/problem+json`` (RFC 9457), and a file
is sent only once the audit log says to whom.
"""

import asyncio
import re
import traceback
import unicodedata
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, TypeAlias
from urllib.parse import quote
from uuid import uuid4

import orjson
from sqlalchemy.exc import DBAPIError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from backend import errors, log
from backend.accounts import key_uses
from backend.accounts.permissions import Permission
from backend.accounts.principal import Principal
from backend.audit import service as audit
from backend.config import Settings
from backend.db import Database, UnitOfWork
from backend.graphql.errors import too_slow
from backend.graphql.view import authenticate, same_site
from backend.system import present
from backend.system.centre import CentreSettings

logger = log.get(__name__)

MOST_BYTES = 64 * 1024
# Until the first byte; Caddy waits for 30.
SECONDS = 25
_STOPPED = {"57014", "55P03"}  # SQLSTATE: query_canceled (statement_timeout), lock_not_available (lock_timeout)
_STATUS: dict[type[errors.Failure], tuple[int, str]] = {
    errors.Unauthenticated: (401, "Not signed in"),
    errors.NotAllowed: (403, "Not allowed"),
    errors.NotFound: (404, "Not found"),
    errors.Conflict: (409, "Conflict"),
    errors.LimitExceeded: (413, "Too much at once"),
    errors.ValidationFailed: (422, "Wrong input"),
    errors.RateLimited: (429, "Too many requests"),
    errors.Unavailable: (503, "Not available just now"),
}


@dataclass(frozen=True, slots=True)
class AuditNote:
    """What the audit log says of a download; ``after`` is plain JSON without personal data."""

    action: str
    subject_type: str
    subject_id: int | None = None
    client_id: int | None = None
    after: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class File:
    """What is sent: bytes, or a stream of them. ``name`` may be any text; it is made safe."""

    name: str
    media_type: str
    body: bytes | AsyncGenerator[bytes, None]
    note: AuditNote


@dataclass(frozen=True, slots=True)
class Caller:
    """One request by somebody who holds the permission. ``path`` and ``query`` are its parameters, ``body`` its JSON, empty for a GET."""

    principal: Principal
    settings: Settings
    database: Database
    request_id: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any] = field(default_factory=dict)
    chosen: CentreSettings = field(default_factory=CentreSettings)

    def unit_of_work(self) -> UnitOfWork:
        """A transaction in the caller's name."""
        return self.database.writing(self.principal.actor(self.request_id))


Handler: TypeAlias = Callable[[Caller], Awaitable[File]]


@dataclass(frozen=True, slots=True)
class Download:
    """One address. POST takes a JSON object: what somebody searched for must not stand in an address, which is logged on the way."""

    path: str
    permission: Permission
    handler: Handler
    method: str = "GET"


def routes(downloads: Iterable[Download], settings: Settings, database: Database) -> list[Route]:
    """The downloads as routes of the app. Other methods are answered with 405."""
    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    return [Route(one.path, _endpoint(one, settings, database), methods=methods) for one in downloads]


def _endpoint(download: Download, settings: Settings, database: Database) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        async def send(request_id: str) -> Response:
            return _sent(await _serve(download, request, settings, database, request_id), request_id)

        return await answered(download.path, send if request.method == download.method else None, allow=download.method)

    return answer


async def answered(path: str, work: Callable[[str], Awaitable[Response]] | None, *, allow: str) -> Response:
    """What ``work`` answers to the request with this id; without work the method was a wrong one. Nothing that it raises gets out."""
    request_id = uuid4().hex
    token = log.request_id.set(request_id)
    try:
        if work is None:
            return _problem(405, "Wrong method", "METHOD_NOT_ALLOWED", f"Send {allow}.", {"Allow": allow})
        async with asyncio.timeout(SECONDS):
            return await work(request_id)
    except errors.Failure as failure:
        return _refused(failure)
    except TimeoutError:
        return _refused(too_slow())
    except Exception as defect:  # noqa: BLE001 (the server would log its text, which may hold a statement's values)
        if isinstance(defect, DBAPIError) and getattr(defect.orig, "sqlstate", None) in _STOPPED:
            return _refused(too_slow())
        logger.error("defect", kind=type(defect).__name__, path=path, where=_place(defect))  # noqa: TRY400 (its text stays out)
        said = f"Something went wrong on our side. Please try again; if it stays, tell an administrator this number: {request_id}"
        return _problem(500, "Internal error", "INTERNAL", said)
    finally:
        log.request_id.reset(token)


async def _serve(download: Download, request: Request, settings: Settings, database: Database, request_id: str) -> File:
    headers = request.headers
    if not same_site(headers.get("origin"), headers.get("host"), headers.get("sec-fetch-site"), settings):
        raise errors.NotAllowed("Requests from other sites are refused.")
    principal: Principal | None = await authenticate(settings, database, headers.get("authorization"))
    if principal is None:
        raise errors.Unauthenticated
    await key_uses.take(database, principal)
    if not principal.may(download.permission):
        raise errors.NotAllowed
    body = await _read(request) if download.method == "POST" else {}
    now = await present.now(database, settings)
    caller = Caller(principal, now.settings, database, request_id, request.path_params, request.query_params, body, now.chosen)
    file = await download.handler(caller)
    async with caller.unit_of_work() as uow:
        note = file.note
        audit.record(uow, note.action, note.subject_type, note.subject_id, client_id=note.client_id, after=note.after)
    return file


async def _read(request: Request) -> Mapping[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise errors.Failure("Send JSON: content-type application/json in UTF-8.", code="BAD_REQUEST")
    content = bytearray()
    try:
        async for part in request.stream():
            content += part
            if len(content) > MOST_BYTES:
                raise errors.LimitExceeded(f"The body has more than {MOST_BYTES // 1024} KiB, which is the limit.")
        body = orjson.loads(content)
    except (ClientDisconnect, ValueError):
        raise errors.Failure("The body is not JSON.", code="BAD_REQUEST") from None
    if not isinstance(body, dict):
        raise errors.Failure("The body must be one JSON object.", code="BAD_REQUEST")
    return body


def _place(defect: Exception) -> list[str]:
    return [f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(defect.__traceback__)[-6:]]


def _sent(file: File, request_id: str) -> Response:
    headers = {"Content-Disposition": disposition(file.name), "X-Content-Type-Options": "nosniff", **_headers(request_id)}
    if isinstance(file.body, bytes):
        return Response(file.body, 200, headers, file.media_type)
    return StreamingResponse(_guarded(file.body), 200, headers, file.media_type)


async def _guarded(parts: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """The parts; a failure cuts the connection, so that nobody takes a part for the whole, and its text stays here."""
    broken: str | None = None
    try:
        async with aclosing(parts):
            async for part in parts:
                yield part
    except Exception as error:  # noqa: BLE001 (see above)
        broken = type(error).__name__
    if broken is not None:
        logger.error("download.broken", kind=broken)
        raise ConnectionAbortedError


def _headers(request_id: str | None) -> dict[str, str]:
    return {"Cache-Control": "no-store", "X-Request-Id": request_id or ""}


def _refused(failure: errors.Failure) -> Response:
    status, title = next((found for kind, found in _STATUS.items() if isinstance(failure, kind)), (400, "Bad request"))
    if failure.reason == "TIMEOUT":
        status, title = 503, "Took too long"
    headers, more, detail = {}, {}, failure.message
    if isinstance(failure, errors.Unauthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(failure, errors.RateLimited):
        headers["Retry-After"] = str(failure.retry_after)
    if isinstance(failure, errors.ValidationFailed):
        more["fields"] = [{"path": item.path, "code": item.code, "message": item.message} for item in failure.fields]
        # There may be no form with fields to mark.
        detail = " ".join(dict.fromkeys(item.message for item in failure.fields))
    return _problem(status, title, failure.reason, detail, headers, more)


def _problem(
    status: int, title: str, code: str, detail: str, headers: Mapping[str, str] | None = None, more: Mapping[str, Any] | None = None
) -> Response:
    request_id = log.request_id.get()
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code, "requestId": request_id}
    return Response(
        orjson.dumps({**content, **(more or {})}), status, {**_headers(request_id), **(headers or {})}, "application/problem+json"
    )


def disposition(name: str) -> str:
    """A Content-Disposition header for a file of this name, whatever characters it has."""
    # Control, format (also what turns the reading direction) and private characters, and what separates folders.
    cleaned = "".join(" " if unicodedata.category(sign)[0] in "CZ" or sign in '/\\:*?"<>|%' else sign for sign in name)
    cleaned = re.sub(r"\s+", " ", cleaned).strip(" .")[:120] or "download"
    plain = unicodedata.normalize("NFKD", cleaned).encode("ascii", "ignore").decode().strip() or "download"
    if plain.startswith("."):
        plain = f"download{plain}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(cleaned, safe='')}"
