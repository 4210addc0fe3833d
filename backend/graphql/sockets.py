"""Subscriptions over WebSocket, with the ``graphql-transport-ws`` protocol alone.

The first message must carry an access token or an API key. Documents are the trusted ones, as over HTTP; queries and mutations are
not taken here. A subscription ends when its session or its key does.
"""

from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

from graphql import GraphQLError, OperationType, get_operation_ast
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.types.unset import UNSET, UnsetType

from backend import log, metrics
from backend.accounts import credentials, key_uses
from backend.accounts.principal import Principal
from backend.config import Settings
from backend.db import ActorKind, Database
from backend.errors import Failure, RateLimited, Unauthenticated, Unavailable
from backend.graphql import denials
from backend.graphql.budget import budgets
from backend.graphql.context import Context
from backend.graphql.cost import check_cost
from backend.graphql.documents import TrustedDocuments, parsed
from backend.graphql.errors import shown
from backend.graphql.schema import schema
from backend.graphql.settling import settle
from backend.graphql.view import document_of, same_site

FIRST_MESSAGE_WITHIN = timedelta(seconds=10)
MOST_SOCKETS = 50
"""How many one principal may have open at once, in each process."""


class _Shown(GraphQLError):  # noqa: N818 (says what it is)
    """An error that is formatted already."""

    def __init__(self, error: GraphQLError) -> None:
        super().__init__(error.message)
        self._shown = shown(error)

    @property
    def formatted(self) -> Any:
        return self._shown


class _Handler(BaseGraphQLTransportWSHandler[Context, None]):
    """Resolves trusted documents, gives each operation a context of its own, and masks errors."""

    async def handle_subscribe(self, message: Any) -> None:
        if not self.connection_acknowledged:
            await self.websocket.close(code=4401, reason="Unauthorized")
            return
        payload = message["payload"]
        try:
            text = self._subscription(payload)
            await key_uses.take(self.context.database, self.context.principal)
        except Exception as error:  # noqa: BLE001 (a defect must not end the socket's other subscriptions)
            wrapped = error if isinstance(error, GraphQLError) else GraphQLError(str(error), original_error=error)
            refusal: Any = {"id": message["id"], "type": "error", "payload": [shown(wrapped)]}
            await self.send_message(refusal)
            return
        admitted: Any = {**message, "payload": {**payload, "query": text}}
        await super().handle_subscribe(admitted)

    async def handle_connection_init(self, message: Any) -> None:
        try:
            await super().handle_connection_init(message)
        except Unavailable:
            await self.websocket.close(code=1013, reason="Try again later")
        except RateLimited:
            await self.websocket.close(code=4429, reason="Too many connections")

    async def shutdown(self) -> None:
        cast("GraphQLSockets", self.view).let_go(self.context)
        await super().shutdown()

    def _subscription(self, payload: Any) -> str:
        if not isinstance(payload, dict) or not isinstance(payload.get("variables"), dict | None):
            raise Failure("`payload` and `variables` must be objects.", code="BAD_REQUEST")
        text = document_of(payload, cast("GraphQLSockets", self.view).documents, self.context)
        name = payload.get("operationName")
        operation = get_operation_ast(parsed(text), name) if isinstance(name, str | None) else None
        if operation is None or operation.operation is not OperationType.SUBSCRIPTION:
            raise Failure("Only subscriptions run over a WebSocket.", code="BAD_REQUEST")
        cost = check_cost(text, payload.get("operationName"), payload.get("variables"))
        budgets(self.context.database, self.context.settings).spend(self.context.principal, cost)
        return text

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        own = self.context.fork()
        try:
            await settle(own)
            source = await self.schema.stream(
                operation.query,
                variable_values=operation.variables,
                context_value=own,
                root_value=None,
                operation_name=operation.operation_name,
            )
            async with aclosing(source):
                await self._send_result_stream(operation, cast("Any", self._masked(source, own)))
            await operation.send_operation_message({"id": operation.id, "type": "complete"})
        except Unauthenticated:
            await self.websocket.close(code=4401, reason="Your session has ended")
        finally:
            await own.close()
            with suppress(KeyError):
                self.forget_id(operation.id)

    async def _masked(self, source: Any, context: Context) -> AsyncGenerator[Any, None]:
        async for result in source:
            for error in result.errors or ():
                if isinstance(error.original_error, Unauthenticated):
                    raise error.original_error
            if result.errors:
                denials.note_all(context, result.errors)
                await denials.record(context)
                result.errors = [_Shown(error) for error in result.errors]
            yield result
            await context.close()
            await settle(context)


class GraphQLSockets(GraphQL[Context, None]):
    """The WebSocket side of /graphql."""

    graphql_transport_ws_handler_class = _Handler

    def __init__(self, settings: Settings, database: Database, documents: TrustedDocuments) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            max_subscriptions_per_connection=20,
            connection_init_wait_timeout=FIRST_MESSAGE_WITHIN,
        )
        self.settings, self.database, self.documents = settings, database, documents
        self._open: Counter[tuple[ActorKind, int | None]] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket, under one request id."""
        token = log.request_id.set(uuid4().hex)
        metrics.sockets.value += 1
        try:
            await super().__call__(scope, receive, send)
        finally:
            metrics.sockets.value -= 1
            log.request_id.reset(token)

    def is_websocket_origin_allowed(self, request: WebSocket, origin: str) -> bool:
        """The same rule as over HTTP."""
        return same_site(origin, request.headers.get("host"), request.headers.get("sec-fetch-site"), self.settings)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:  # noqa: ARG002
        """A context without a principal; the first message brings it."""
        return Context(settings=self.settings, database=self.database, request_id=log.request_id.get() or "")

    async def on_ws_connect(self, context: Context) -> UnsetType:
        """Take the access token or the API key of the first message, or end the connection. Who got in is counted until `let_go`."""
        token = (context.connection_params or {}).get("accessToken")
        try:
            principal = await credentials.authenticate(self.database, self.settings, token if isinstance(token, str) else "")
        except Unauthenticated:
            raise ConnectionRejectionError from None
        if self._open[_who(principal)] >= MOST_SOCKETS:
            raise RateLimited("Too many connections are open. Close some first.", retry_after=60)
        self._open[_who(principal)] += 1
        context.principal = principal
        nothing: UnsetType = UNSET
        return nothing

    def let_go(self, context: Context) -> None:
        """A socket has ended."""
        if context.principal is not None:
            who = _who(context.principal)
            self._open[who] -= 1
            if not self._open[who]:
                del self._open[who]


def _who(principal: Principal) -> tuple[ActorKind, int | None]:
    actor = principal.actor(None)
    return actor.kind, actor.id
