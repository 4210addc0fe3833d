"""Subscriptions over WebSocket, with the ``graphql-transport-ws`` protocol alone.

The first message must carry an access token. Documents are the trusted ones, as over HTTP; queries and mutations are
not taken here. A subscription ends when its session does.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Any, cast

from graphql import GraphQLError, OperationType, get_operation_ast
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.types.unset import UNSET, UnsetType

from backend import log
from backend.accounts import sessions
from backend.config import Settings
from backend.db import Database
from backend.errors import Failure, Unauthenticated
from backend.graphql.context import Context
from backend.graphql.documents import TrustedDocuments, parsed
from backend.graphql.errors import shown
from backend.graphql.schema import schema
from backend.graphql.view import document_of, same_site


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
        try:
            text = self._subscription(message["payload"])
        except (Failure, GraphQLError) as error:
            wrapped = error if isinstance(error, GraphQLError) else GraphQLError(error.message, original_error=error)
            refusal: Any = {"id": message["id"], "type": "error", "payload": [shown(wrapped)]}
            await self.send_message(refusal)
            return
        admitted: Any = {**message, "payload": {**message["payload"], "query": text}}
        await super().handle_subscribe(admitted)

    def _subscription(self, payload: dict[str, Any]) -> str:
        text = document_of(payload, cast("GraphQLSockets", self.view).documents, self.context)
        operation = get_operation_ast(parsed(text), payload.get("operationName"))
        if operation is None or operation.operation is not OperationType.SUBSCRIPTION:
            raise Failure("Only subscriptions run over a WebSocket.", code="BAD_REQUEST")
        return text

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        own = self.context.fork()
        try:
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
                result.errors = [_Shown(error) for error in result.errors]
            yield result
            await context.close()


class GraphQLSockets(GraphQL[Context, None]):
    """The WebSocket side of /graphql."""

    graphql_transport_ws_handler_class = _Handler

    def __init__(self, settings: Settings, database: Database, documents: TrustedDocuments) -> None:
        super().__init__(
            schema, graphql_ide=None, subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,), max_subscriptions_per_connection=20
        )
        self.settings, self.database, self.documents = settings, database, documents

    def is_websocket_origin_allowed(self, request: WebSocket, origin: str) -> bool:
        """The same rule as over HTTP."""
        return same_site(origin, request.headers.get("host"), request.headers.get("sec-fetch-site"), self.settings)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:  # noqa: ARG002
        """A context without a principal; the first message brings it."""
        return Context(settings=self.settings, database=self.database, request_id=log.request_id.get() or "")

    async def on_ws_connect(self, context: Context) -> UnsetType:
        """Take the access token of the first message, or end the connection."""
        token = (context.connection_params or {}).get("accessToken")
        try:
            context.principal = await sessions.authenticate(self.database, self.settings, token if isinstance(token, str) else "")
        except Failure:
            raise ConnectionRejectionError from None
        nothing: UnsetType = UNSET
        return nothing
