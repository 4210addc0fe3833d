"""The ASGI app: routes, lifespan, health."""

import gc
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from sqlalchemy import text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from backend import config, log, metrics
from backend.config import Settings
from backend.db import Database
from backend.downloads import access, logo
from backend.downloads.routes import DOWNLOADS
from backend.errors import Failure
from backend.graphql.documents import TrustedDocuments
from backend.graphql.sockets import GraphQLSockets
from backend.graphql.view import GraphQLView
from backend.jobs import handover, health
from backend.metrics_page import MetricsPage

logger = log.get(__name__)


def create_app(
    settings: Settings | None = None, *, database: Database | None = None, documents: TrustedDocuments | None = None
) -> Starlette:
    """The app; uvicorn calls it with ``--factory``. Wrong settings end the process with a list of them and exit code 2."""
    try:
        known = settings or config.settings()
    except config.SettingsError as wrong:
        # Raised to uvicorn it would be a stack trace with the list at its end.
        sys.stderr.write(f"{wrong}\n")
        sys.exit(2)
    if settings is None:
        log.configure(known.log_level)
    reachable = database or Database.of(known, name="krc-api")
    trusted = documents or TrustedDocuments.committed()
    view = GraphQLView(known, reachable, trusted)
    sockets = GraphQLSockets(known, reachable, trusted)

    async def post(request: Request) -> Response:
        return await view(request)

    async def connect(socket: WebSocket) -> None:
        await sockets(socket.scope, socket.receive, socket.send)

    async def healthz(_request: Request) -> Response:
        """Alive: the process answers."""
        return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})

    async def readyz(_request: Request) -> Response:
        """Ready: the database is reachable and at head. Redis, worker and scheduler are told of, but not required."""
        try:
            async with reachable.reading() as reader:
                revision = await reader.scalar(text("SELECT version_num FROM alembic_version"))
        except Failure as failure:
            return JSONResponse({"status": "unavailable", "database": failure.message}, 503, headers={"Cache-Control": "no-store"})
        except Exception as error:  # noqa: BLE001 (a database without our tables answers with some error of its own)
            logger.warning("not ready", kind=type(error).__name__)
            revision = None
        from backend.operations.bootstrap.revisions import revisions  # Alembic is not needed to start

        ready = revision == revisions()[-1]
        report = {
            "status": "ok" if ready else "unavailable",
            "database": "ok" if ready else "The schema is not at head: run `just bootstrap`.",
            **await health.report(reachable, known.redis_url),
        }
        return JSONResponse(report, 200 if ready else 503, headers={"Cache-Control": "no-store"})

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        handover.start(known.redis_url)
        # What is loaded by now stays: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)
        yield
        handover.stop()
        await reachable.close()

    return Starlette(
        routes=[
            Route("/graphql", post, methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
            WebSocketRoute("/graphql", connect),
            Route("/api/v1/healthz", healthz),
            Route("/api/v1/readyz", readyz),
            Route("/metrics", _figures(MetricsPage(reachable, known.redis_url))),
            *access.routes(DOWNLOADS, known, reachable),
            logo.route(known, reachable),
        ],
        lifespan=lifespan,
    )


def _figures(page: MetricsPage) -> Callable[[Request], Awaitable[Response]]:
    async def figures(request: Request) -> Response:
        """For Prometheus beside the product. Who comes through a proxy comes from outside, and finds nothing here."""
        if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
            return Response(status_code=404)
        return Response(await page.text(), headers={"Content-Type": metrics.CONTENT_TYPE, "Cache-Control": "no-store"})

    return figures
