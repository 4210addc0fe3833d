"""What the tests that kill things share: an API process, a PostgreSQL that dies and comes back, a desk that tries again."""

import asyncio
import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import httpx

from backend.accounts import service as accounts
from backend.accounts.models import UserRole
from backend.db import Database
from backend.graphql import ids
from backend.graphql.documents import LOGIN
from backend.operations.bootstrap import seeds
from backend.operations.stack import EmbeddedPostgres
from backend.operations.stack.files import free_port
from backend.operations.stack.programs import programs
from tests import world
from tests.operations.stack_support import clean_environment, query

NOWHERE = "redis://127.0.0.1:1/0"
CHECK_IN = """mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename
  ... on CheckInRecorded { repeat replayed checkIn { id client { id } } } ... on Problem { code } } }"""
ROOT = Path(__file__).parents[2]


class Postgres:
    """A durable cluster of the test's own, with the product's schema, seeds and users, that may be killed."""

    def __init__(self, folder: Path) -> None:
        self.server = EmbeddedPostgres(folder)

    def start(self) -> None:
        """Start it, after a kill too, and wait until it answers."""
        self.server.start()

    @property
    def url(self) -> str:
        """The database's address."""
        return self.server.url

    def kill(self) -> None:
        """Kill -9."""
        assert self.server.process is not None
        self.server.process.kill()
        self.server.process.wait()
        self.server.stop()

    async def fill(self) -> None:
        """Migrate it and add what a centre has at its start."""
        await world.migrate(self.url)
        database = Database.of(world.settings_for(self.url))
        async with database.writing(world.OPERATOR) as uow:
            await seeds.sow(uow, await seeds.missing(uow))
            await accounts.create_user(
                uow, email="admin@example.test", username="admin", display_name="Admin", role=UserRole.ADMIN,
                password=world.PASSWORDS["admin"], must_change_password=False,
            )  # fmt: skip
        await database.close()

    def value(self, sql: str) -> str:
        """What psql says, bare."""
        return query(self.url, sql)

    def add_clients(self, count: int, name: str = "Person") -> list[int]:
        """New clients' numbers."""
        rows = self.value(
            f"INSERT INTO clients (first_name, last_name) SELECT '{name} ' || n, 'Test' FROM generate_series(1, {count}) n RETURNING id"
        )
        return [int(line) for line in rows.splitlines() if line.isdigit()]


class ApiProcess:
    """The API as the stack runs it."""

    def __init__(self, folder: Path, database_url: str, redis_url: str = NOWHERE, *, port: int = 0, **settings: str) -> None:
        self.port = port or free_port()
        self.log = folder / f"api-{self.port}-{uuid4().hex[:6]}.log"
        self.settings = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": world.SECRET,
            "API_PORT": str(self.port),
        } | settings
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        command = programs(self.settings, self.log.parent)[0].command
        with self.log.open("ab") as log:
            # Started elsewhere, so that no .env of a developer is found.
            self.process = subprocess.Popen(command, cwd=self.log.parent, env=clean_environment(**self.settings), stdout=log, stderr=log)
        deadline = time.monotonic() + 20
        while not self._answers():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, "the API did not start"
            time.sleep(0.05)
        return self

    def _answers(self) -> bool:
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"http://127.0.0.1:{self.port}/api/v1/healthz").status_code == 200
        return False

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGKILL)

    def end(self, number: signal.Signals) -> float:
        """Send the signal and wait for the end; returns the seconds that it took."""
        assert self.process is not None
        begun = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.wait(30)
        return time.monotonic() - begun


class Desk:
    """A browser that sends requests to an API process; it knows no documents but its own and the login."""

    def __init__(self, port: int, *, timeout: float = 15.0) -> None:
        self.http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", timeout=timeout, limits=httpx.Limits(max_connections=100, max_keepalive_connections=100)
        )
        self.token = ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def raw(self, document: str, variables: dict[str, Any] | None = None, **headers: str) -> httpx.Response:
        """One request, whatever comes of it."""
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        headers.setdefault("Accept", "application/graphql-response+json")
        return await self.http.post("/graphql", json={"query": document, "variables": variables or {}}, headers=headers)

    async def ask(self, document: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        """The data; an error fails the test."""
        answer = (await self.raw(document, variables)).json()
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    async def login(self, identifier: str = "admin", password: str = "") -> dict[str, Any]:
        """Sign in."""
        given = {"input": {"identifier": identifier, "password": password or world.PASSWORDS.get(identifier, "")}}
        member: dict[str, Any] = (await self.ask(LOGIN, given))["login"]
        self.token = member.get("accessToken", self.token)
        return member

    async def check_in_once(self, client: int, request_id: str) -> dict[str, Any] | None:
        """One try: the result, or None when there was no answer or one that says to try again."""
        try:
            answer = (await self.raw(CHECK_IN, {"input": {"requestId": request_id, "clientId": ids.encode("Client", client)}})).json()
        except (httpx.TransportError, ValueError):
            return None
        if "errors" in answer:
            assert {error["extensions"]["code"] for error in answer["errors"]} <= {"UNAVAILABLE", "TIMEOUT"}, answer
            return None
        member: dict[str, Any] = answer["data"]["checkIn"]
        return member

    async def check_in(self, client: int, request_id: str | None = None, *, within: float = 30.0) -> dict[str, Any]:
        """Try with one request id until there is a result."""
        request_id = request_id or str(uuid4())
        deadline = time.monotonic() + within
        while (member := await self.check_in_once(client, request_id)) is None:
            assert time.monotonic() < deadline, "no answer to the check-in"
            await asyncio.sleep(0.1)
        return member


@contextlib.contextmanager
def python(module: str, log: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """Another process of the product; killed at the end."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", module], cwd=log.parent, env=clean_environment(**settings), stdout=output, stderr=output
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
