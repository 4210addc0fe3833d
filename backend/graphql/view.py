"""GraphQL over HTTP, as its specification says: POST, JSON in, ``application/graphql-response+json`` out.

Ours and not Strawberry's view: trusted documents, the body limit, the cross-site rules, masked errors and the media type
all belong into one short path, and orjson writes the answer.
"""

import asyncio
import time
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

from backend import log, metrics
from backend.accounts import credentials, key_access, key_format, key_uses, kiosk_access
from backend.config import Settings
from backend.db import Database
from backend.errors import Failure, NotAllowed, Unauthenticated
from backend.graphql import allowances, denials, ids, statuses
from backend.graphql.budget import budgets
from backend.graphql.context import Context
from backend.graphql.cookies import cookies_of, over_https, set_cookies
from backend.graphql.cost import check_cost
from backend.graphql.documents import TrustedDocuments
from backend.graphql.errors import shown, too_slow
from backend.graphql.schema import schema
from backend.graphql.settling import settle

MOST_BYTES = 64 * 1024
SECONDS = 5
_OVER_HTTP = {OperationType.QUERY, OperationType.MUTATION}
_AS_KEY = "X-KRC-As-Key"


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
        begun = time.perf_counter()
        token = log.request_id.set(uuid4().hex)
        media = statuses.media_of(request.headers.get("accept"))
        try:
            try:
                self._refuse_strangers(request)
                body = await _read(request)
                answer, context = await self._execute(request, body)
                if context.denials:
                    await denials.record(context)
            except Refused as refused:
                metrics.refused.add(refused.code)
                error = {"message": refused.message, "extensions": {"code": refused.code, "requestId": log.request_id.get()}}
                return self._response({"errors": [error]}, media, refused.status)
            code = answer["errors"][0]["extensions"]["code"] if "errors" in answer else "OK"
            metrics.requests.add(context.operation, code)
            metrics.request_seconds.observe(time.perf_counter() - begun, context.operation)
            response = self._response(answer, media, statuses.status_of(answer, media))
            response.headers.update(allowances.headers_of(context.allowance, context.refusal))
            set_cookies(response, context, secure=over_https(request, self.settings))
            return response
        finally:
            log.request_id.reset(token)

    def _response(self, answer: dict[str, Any], media: str, status: int) -> Response:
        headers = {"X-Request-Id": log.request_id.get() or "", "Cache-Control": "no-store", "Content-Type": f"{media}; charset=utf-8"}
        return Response(orjson.dumps(answer), status, headers | statuses.headers_of(status))

    def _refuse_strangers(self, request: Request) -> None:
        """Only JSON posts, from our own pages or from no page at all."""
        if request.method != "POST":
            raise Refused(405, "METHOD_NOT_ALLOWED", "Send GraphQL requests with POST.")
        kind, _, parameters = request.headers.get("content-type", "").partition(";")
        if kind.strip().lower() != "application/json" or ("charset" in parameters.lower() and "utf-8" not in parameters.lower()):
            raise Refused(415, "UNSUPPORTED_MEDIA_TYPE", "Send JSON: content-type application/json in UTF-8.")
        if not same_site(request.headers.get("origin"), request.headers.get("host"), request.headers.get("sec-fetch-site"), self.settings):
            raise Refused(403, "CROSS_SITE", "Requests from other sites are refused.")

    async def _execute(self, request: Request, body: dict[str, Any]) -> tuple[dict[str, Any], Context]:
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
                await settle(context)
                context.principal = await authenticate(self.settings, self.database, request.headers.get("authorization"))
                await self._look_through_key(request.headers.get(_AS_KEY), context)
                text = await self._counted(body, context)
                context.operation = self.documents.name_of(text)
                return await run(text, body, context), context
        except Failure as failure:
            context.refusal = failure
            error = GraphQLError(failure.message, original_error=failure)
            denials.note_all(context, [error])
            return {"errors": [shown(error)]}, context
        except TimeoutError:
            late = too_slow()
            return {"errors": [shown(GraphQLError(late.message, original_error=late))]}, context
        except Exception as defect:  # noqa: BLE001 (the server would log its text, which may hold a statement's values)
            return {"errors": [shown(GraphQLError("", original_error=defect))]}, context
        finally:
            await asyncio.shield(context.close())

    async def _look_through_key(self, key: str | None, context: Context) -> None:
        """Let an admin see what an API key sees, where the request asks for that."""
        if key is not None:
            context.principal = await key_access.seen_by(self.database, context.signed_in, ids.decode(key, "ApiKey"))

    async def _counted(self, body: dict[str, Any], context: Context) -> str:
        """The document. A key's request counts as a call, be it right or not."""
        try:
            text = document_of(body, self.documents, context)
        except Failure:
            context.allowance = await key_uses.take(self.database, context.principal)
            raise
        context.allowance = await key_uses.take(self.database, context.principal, cost=allowances.estimate(text, body))
        return text


async def authenticate(settings: Settings, database: Database, header: str | None) -> Any:
    """The principal of an Authorization header. A bad or expired token counts as none, so that login and refresh still answer.

    Raises `Unauthenticated` for a bad API key or a kiosk's token: whoever sends one wants to hear what is wrong with it.
    """
    if not header:
        return None
    kind, _, credential = header.partition(" ")
    if kind.lower() != "bearer":
        return None
    try:
        return await credentials.authenticate(database, settings, credential.strip())
    except Unauthenticated:
        if key_format.is_meant(credential.strip()) or kiosk_access.is_meant(credential.strip()):
            raise
        return None


def document_of(body: dict[str, Any], documents: TrustedDocuments, context: Context) -> str:
    """The text that a request names or brings; raises `Failure` when it may not be run."""
    extensions = body.get("extensions")
    name = body.get("documentId") or (extensions.get("documentId") if isinstance(extensions, dict) else None)
    principal = context.principal
    if principal is not None and principal.kiosk_id is not None and not documents.open_to_all:
        return documents.of_kiosk(name)
    if isinstance(name, str):
        return documents.text(name)
    text = body.get("query")
    if not isinstance(text, str) or not text.strip():
        raise Failure("The request has neither `documentId` nor `query`.", code="BAD_REQUEST")
    return documents.admit(text, may_run_any=principal is not None and principal.may_run_any_document)


async def run(text: str, body: dict[str, Any], context: Context) -> dict[str, Any]:
    """Execute and shape the answer; there is no ``data`` where nothing was executed."""
    variables = body.get("variables")
    name = body.get("operationName")
    if not isinstance(variables, dict | None) or not isinstance(name, str | None):
        raise Failure("`variables` must be an object and `operationName` a string.", code="BAD_REQUEST")
    cost = check_cost(text, name, variables)
    budgets(context.database, context.settings).spend(context.principal, cost)
    only_reads = context.principal is not None and context.principal.read_only
    may_be = {OperationType.QUERY} if only_reads else _OVER_HTTP
    try:
        result = await schema.execute(
            text, variable_values=variables, context_value=context, operation_name=name, allowed_operation_types=may_be
        )
    except (MissingQueryError, CannotGetOperationTypeError, InvalidOperationTypeError) as error:
        if only_reads and isinstance(error, InvalidOperationTypeError):
            raise NotAllowed("Only queries run while you look through an API key.") from None
        raise Failure("There is no such operation in the document, or it can't be run over HTTP.", code="BAD_REQUEST") from None
    answer: dict[str, Any] = {}
    if result.errors:
        denials.note_all(context, result.errors)
        answer["errors"] = [shown(error) for error in result.errors]
    executed = result.data is not None or any(error.path for error in result.errors or ())
    if executed:
        answer["data"] = result.data
    if allowances.wants_cost(context.principal):
        answer["extensions"] = allowances.cost_shown(cost)
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


async def _read(request: Request) -> dict[str, Any]:
    """The body, if it is one JSON object of at most 64 KiB."""
    too_large = Refused(413, "LIMIT_EXCEEDED", f"The body has more than {MOST_BYTES // 1024} KiB, which is the limit.")
    announced = request.headers.get("content-length", "0")
    # Not one byte of it is waited for.
    if announced.isascii() and announced.isdigit() and int(announced[:20]) > MOST_BYTES:
        raise too_large
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > MOST_BYTES:
                raise too_large
            parts.append(part)
    except ClientDisconnect:
        raise Refused(400, "BAD_REQUEST", "The body ended early.") from None
    try:
        body = orjson.loads(b"".join(parts))
    except ValueError:
        raise Refused(400, "BAD_REQUEST", "The body is not JSON.") from None
    wrong = statuses.wrong_with(body)
    if wrong is not None:
        raise Refused(400, "BAD_REQUEST", wrong)
    found: dict[str, Any] = body
    return found
