"""GraphQL over HTTP, as its specification says: POST, JSON in, ``application/graphql-response+json`` out.

Ours and not Strawberry's view: trusted documents, the body limit, the cross-site rules, masked errors and the media type
all belong into one short path, and orjson writes the answer.
"""

import asyncio
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import orjson
from graphql import GraphQLError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from backend import log
from backend.accounts import sessions
from backend.config import Settings
from backend.db import Database
from backend.errors import Failure, Unauthenticated
from backend.graphql.context import Context
from backend.graphql.cost import check_cost
from backend.graphql.documents import TrustedDocuments
from backend.graphql.errors import shown, too_slow
from backend.graphql.schema import schema

MOST_BYTES = 64 * 1024
SECONDS = 5
_OVER_HTTP = {OperationType.QUERY, OperationType.MUTATION}
_GRAPHQL = "application/graphql-response+json"


class Refused(Exception):  # noqa: N818 (an answer, not a defect)
    """The request itself is refused, with an HTTP status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


class GraphQLView:
    """One endpoint of one process."""

    def __init__(self, settings: Settings, database: Database, documents: TrustedDocuments) -> None:
        self.settings = settings
        self.database = database
        self.documents = documents

    async def __call__(self, request: Request) -> Response:
        """Answer one request; nothing that it raises reaches the server."""
        token = log.request_id.set(uuid4().hex)
        media = (
            _GRAPHQL
            if _GRAPHQL in request.headers.get("accept", "") or "*/*" in request.headers.get("accept", "*/*")
            else "application/json"
        )
        try:
            try:
                self._refuse_strangers(request)
                body = await _read(request)
                answer, context = await self._execute(request, body)
            except Refused as refused:
                error = {"message": refused.message, "extensions": {"code": refused.code, "requestId": log.request_id.get()}}
                return self._response({"errors": [error]}, media, refused.status)
            status = 400 if media == _GRAPHQL and "data" not in answer else 200
            response = self._response(answer, media, status)
            if context is not None:
                set_cookies(response, context, secure=over_https(request, self.settings))
            return response
        finally:
            log.request_id.reset(token)

    def _response(self, answer: dict[str, Any], media: str, status: int) -> Response:
        headers = {"X-Request-Id": log.request_id.get() or "", "Cache-Control": "no-store", "Content-Type": f"{media}; charset=utf-8"}
        if status == 405:
            headers["Allow"] = "POST"
        return Response(orjson.dumps(answer), status, headers)

    def _refuse_strangers(self, request: Request) -> None:
        """Only JSON posts, from our own pages or from no page at all."""
        if request.method != "POST":
            raise Refused(405, "METHOD_NOT_ALLOWED", "Send GraphQL requests with POST.")
        kind, _, parameters = request.headers.get("content-type", "").partition(";")
        if kind.strip().lower() != "application/json" or ("charset" in parameters.lower() and "utf-8" not in parameters.lower()):
            raise Refused(415, "UNSUPPORTED_MEDIA_TYPE", "Send JSON: content-type application/json in UTF-8.")
        if not same_site(request.headers.get("origin"), request.headers.get("host"), request.headers.get("sec-fetch-site"), self.settings):
            raise Refused(403, "CROSS_SITE", "Requests from other sites are refused.")

    async def _execute(self, request: Request, body: dict[str, Any]) -> tuple[dict[str, Any], Context | None]:
        context = Context(
            settings=self.settings,
            database=self.database,
            request_id=log.request_id.get() or "",
            cookies=cookies_of(request, secure=over_https(request, self.settings)),
            address=request.client.host if request.client else "",
            user_agent=request.headers.get("user-agent", "")[:300],
        )
        try:
            async with asyncio.timeout(SECONDS):
                context.principal = await authenticate(self.settings, self.database, request.headers.get("authorization"))
                text = document_of(body, self.documents, context)
                return await run(text, body, context), context
        except Failure as failure:
            return {"errors": [shown(GraphQLError(failure.message, original_error=failure))]}, context
        except TimeoutError:
            late = too_slow()
            return {"errors": [shown(GraphQLError(late.message, original_error=late))]}, context
        except Exception as defect:  # noqa: BLE001 (the server would log its text, which may hold a statement's values)
            return {"errors": [shown(GraphQLError("", original_error=defect))]}, context
        finally:
            await asyncio.shield(context.close())


async def authenticate(settings: Settings, database: Database, header: str | None) -> Any:
    """The principal of an Authorization header. A bad or expired token counts as none, so that login and refresh still answer."""
    if not header:
        return None
    kind, _, credential = header.partition(" ")
    if kind.lower() != "bearer":
        return None
    try:
        return await sessions.authenticate(database, settings, credential.strip())
    except Unauthenticated:
        return None


def document_of(body: dict[str, Any], documents: TrustedDocuments, context: Context) -> str:
    """The text that a request names or brings; raises `Failure` when it may not be run."""
    extensions = body.get("extensions")
    name = body.get("documentId") or (extensions.get("documentId") if isinstance(extensions, dict) else None)
    if isinstance(name, str):
        return documents.text(name)
    text = body.get("query")
    if not isinstance(text, str) or not text.strip():
        raise Failure("The request has neither `documentId` nor `query`.", code="BAD_REQUEST")
    principal = context.principal
    return documents.admit(text, may_run_any=principal is not None and principal.may_run_any_document)


async def run(text: str, body: dict[str, Any], context: Context) -> dict[str, Any]:
    """Execute and shape the answer; there is no ``data`` where nothing was executed."""
    variables = body.get("variables")
    name = body.get("operationName")
    if not isinstance(variables, dict | None) or not isinstance(name, str | None):
        raise Failure("`variables` must be an object and `operationName` a string.", code="BAD_REQUEST")
    check_cost(text, name, variables)
    try:
        result = await schema.execute(
            text, variable_values=variables, context_value=context, operation_name=name, allowed_operation_types=_OVER_HTTP
        )
    except (MissingQueryError, CannotGetOperationTypeError, InvalidOperationTypeError):
        raise Failure("There is no such operation in the document, or it can't be run over HTTP.", code="BAD_REQUEST") from None
    answer: dict[str, Any] = {}
    if result.errors:
        answer["errors"] = [shown(error) for error in result.errors]
    executed = result.data is not None or any(error.path for error in result.errors or ())
    if executed:
        answer["data"] = result.data
    return answer


def same_site(origin: str | None, host: str | None, fetch_site: str | None, settings: Settings) -> bool:
    """Whether a request comes from one of our pages, or from a program (which sends neither header)."""
    if fetch_site not in {None, "same-origin", "none"}:
        return False
    if origin is None or origin == settings.origin:
        return True
    try:
        return bool(host) and urlsplit(origin).netloc == host
    except ValueError:
        return False


def over_https(request: Request, settings: Settings) -> bool:
    """Whether the browser came over HTTPS: to Caddy, which says so, or to a proxy before it, which the page's own address tells."""
    if request.url.scheme == "https":
        return True
    origin = request.headers.get("origin")
    if origin is not None:
        return origin.startswith("https://")
    return settings.secure and request.headers.get("host") == urlsplit(settings.origin).netloc


# A browser has one set of cookies for all ports of a host. What it got over HTTPS may not be replaced, nor sent, over HTTP:
# under the same name a login at one port would shut the other.
_SECURE = "__Secure-"


def cookies_of(request: Request, *, secure: bool) -> dict[str, str]:
    """The cookies that were set over this scheme, by their plain names."""
    if not secure:
        return request.cookies
    return {name.removeprefix(_SECURE): value for name, value in request.cookies.items() if name.startswith(_SECURE)}


def set_cookies(response: Response, context: Context, *, secure: bool) -> None:
    """Put the context's cookies into the answer."""
    for cookie in context.cookies_to_set:
        response.set_cookie(
            f"{_SECURE}{cookie.name}" if secure else cookie.name,
            cookie.value,
            max_age=cookie.max_age,
            path=cookie.path,
            httponly=True,
            samesite="strict",
            secure=secure,
        )


async def _read(request: Request) -> dict[str, Any]:
    """The body, if it is one JSON object of at most 64 KiB."""
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > MOST_BYTES:
                raise Refused(413, "LIMIT_EXCEEDED", f"The body has more than {MOST_BYTES // 1024} KiB, which is the limit.")
            parts.append(part)
    except ClientDisconnect:
        raise Refused(400, "BAD_REQUEST", "The body ended early.") from None
    try:
        body = orjson.loads(b"".join(parts))
    except ValueError:
        raise Refused(400, "BAD_REQUEST", "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Refused(400, "BAD_REQUEST", "The body must be one JSON object; batches are not taken.")
    return body
