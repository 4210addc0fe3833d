"""Where it is measured: a database of its own, the product's own programs as separate processes, and somebody signed in."""

import asyncio
import http.client
import json
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import uuid4

import asyncpg

from backend.accounts import passwords
from backend.config import Settings
from backend.graphql.documents import LOGIN
from backend.operations.stack import EmbeddedPostgres, EmbeddedValkey
from backend.operations.stack.files import free_port
from backend.operations.stack.given import ROOT
from backend.operations.stack.processes import launch, stop
from backend.operations.stack.programs import programs
from tests.bench.databases import USER, Databases
from tests.bench.errors import BenchError
from tests.bench.fill import Filled

SECONDS_TO_START = 60

_Answer = TypeVar("_Answer")


class Place:
    """A context: entering it starts the servers and fills the database; leaving it stops and removes all of it.

    ``server`` is the address of a PostgreSQL to use instead of an embedded one; a database of our own is made there and dropped.
    ``kept`` is the folder of an embedded one that stays, with what was filled once; each run works on a copy of that.
    """

    def __init__(self, server: str | None, clients: int, check_ins: int, kept: Path | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="krc-bench-"))
        self.kept = kept
        self.server = server
        self.clients = clients
        self.check_ins = check_ins
        self.postgres: EmbeddedPostgres | None = None
        self.valkey = EmbeddedValkey(self.folder)
        self.url = ""
        self.password = passwords.generate()
        self.filled = Filled(0, 0, 0.0)
        self.settings: Settings
        self.environment: dict[str, str] = {}
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop_programs()
        self.valkey.stop()
        if self.url and (self.postgres is None or self.kept is not None):
            asyncio.run(self.databases.drop(self._name))
        if self.postgres is not None:
            self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> None:
        if self.server is None:
            # Durable: what is measured must be what a power cut leaves.
            self.postgres = EmbeddedPostgres(self.kept or self.folder, durable=True)
            self.postgres.start()
            self.server = self.postgres.url
        self.valkey.start()
        self._name = f"krc_bench_{uuid4().hex[:10]}"
        url = self.server.rsplit("/", 1)[0] + f"/{self._name}"
        self.api_port, http_port = free_port(), free_port()
        self.origin = f"http://127.0.0.1:{http_port}"
        self.environment = os.environ | {
            "DATABASE_URL": url,
            "REDIS_URL": self.valkey.url,
            "SECRET_KEY": secrets.token_hex(32),
            "DATA_DIR": str(self.folder),
            "API_PORT": str(self.api_port),
            "HTTP_PORT": str(http_port),
            "PUBLIC_URL": self.origin,
            "PYTHONUNBUFFERED": "1",
            # What is measured is the server, not what one caller may ask of it.
            "COST_A_MINUTE": str(10**12),
        }
        self.settings = Settings.load(
            _env_file=None, database_url=url, redis_url=self.valkey.url, secret_key=self.environment["SECRET_KEY"]
        )
        self.databases = Databases(self.server, self.settings, self.clients, self.password, kept=self.kept is not None)
        self.url = url
        self.filled = asyncio.run(self.databases.make(self._name, self.check_ins))

    @contextmanager
    def another(self, check_ins: int) -> Iterator[tuple[str, int]]:
        """A second database on the same server, filled alike but for the number of visits, with an API: its address and the API's port."""
        name, port = f"{self._name}_other", free_port()
        url = self.url.rsplit("/", 1)[0] + f"/{name}"
        try:
            asyncio.run(self.databases.make(name, check_ins))
            self._launch("api", "other-api", self.environment | {"DATABASE_URL": url, "API_PORT": str(port)})
            self._wait_for("other-api", port)
            yield url, port
        finally:
            self.stop_program("other-api")
            asyncio.run(self.databases.drop(name))

    async def on_database(self, work: Callable[[asyncpg.Connection], Awaitable[_Answer]]) -> _Answer:
        """Do something on a connection of its own."""
        connection = await asyncpg.connect(self.url, server_settings={"timezone": "UTC"})
        try:
            return await work(connection)
        finally:
            await connection.close()

    def ask(self, work: Callable[[asyncpg.Connection], Awaitable[_Answer]]) -> _Answer:
        """`on_database`, for callers that are not asynchronous."""
        return asyncio.run(self.on_database(work))

    def start_program(self, name: str, **more: str) -> subprocess.Popen[bytes]:
        """Start a program of the stack; its log goes to the folder."""
        return self._launch(name, name, self.environment | more)

    def _launch(self, name: str, known_as: str, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        program = next(program for program in programs(environment, self.folder) if program.name == name)
        log = self.folder / "logs" / f"{known_as}.log"
        log.parent.mkdir(exist_ok=True)
        self.running[known_as] = launch(program.command, log, env=program.environment, cwd=ROOT)
        return self.running[known_as]

    def start_api(self, **more: str) -> float:
        """Start the API; returns the seconds until it answered that it is alive."""
        began = time.perf_counter()
        self.start_program("api", **more)
        self._wait_for("api", self.api_port)
        return time.perf_counter() - began

    def _wait_for(self, known_as: str, port: int) -> None:
        began = time.perf_counter()
        while not _is_alive(port):
            if self.running[known_as].poll() is not None or time.perf_counter() - began > SECONDS_TO_START:
                log = (self.folder / "logs" / f"{known_as}.log").read_text(encoding="utf-8", errors="replace")
                raise BenchError(f"The API did not start:\n{log[-2000:]}")
            time.sleep(0.005)

    def api_cpu(self) -> float | None:
        """The CPU seconds that the API has used so far; None on a system that doesn't tell."""
        try:
            fields = Path(f"/proc/{self.running['api'].pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop_program(self, name: str) -> None:
        """Stop one program."""
        process = self.running.pop(name, None)
        if process is not None:
            stop(process, [signal.SIGTERM], 10)

    def stop_programs(self) -> None:
        """Stop all that were started here."""
        for name in list(self.running):
            self.stop_program(name)

    def post(self, query: str, variables: dict[str, Any], token: str | None = None, *, port: int | None = None) -> dict[str, Any]:
        """One operation over HTTP; raises `BenchError` when the answer has errors."""
        connection = http.client.HTTPConnection("127.0.0.1", port or self.api_port, timeout=10)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        try:
            connection.request("POST", "/graphql", json.dumps({"query": query, "variables": variables}), headers)
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if "errors" in answer:
            raise BenchError(f"The API answered with an error: {answer['errors'][0]}")
        data: dict[str, Any] = answer["data"]
        return data

    def sign_in(self, port: int | None = None) -> str:
        """The access token of an admin, who may send free-form documents."""
        started = self.post(LOGIN, {"input": {"identifier": f"{USER}0", "password": self.password}}, port=port)["login"]
        if "accessToken" not in started:
            raise BenchError(f"The login was refused: {started}")
        token: str = started["accessToken"]
        return token


def _is_alive(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/api/v1/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
