"""What a container's healthcheck says, with real servers and with none."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import redis

from backend import health
from backend.jobs.health import WORKER_KEY
from backend.jobs.schedule import HEARTBEAT, HEARTBEAT_SECONDS
from backend.operations.stack.embedded import EmbeddedPostgres, EmbeddedValkey, postgres_program
from backend.operations.stack.files import free_port
from tests.operations.stack_support import query

NOWHERE = "127.0.0.1:1"


def ask(who: str, **environment: str) -> tuple[int, str]:
    """Exit code and word of the program as the container runs it."""
    command = [sys.executable, "-I", "-S", health.__file__, who]
    done = subprocess.run(command, env={"PATH": os.environ["PATH"], **environment}, capture_output=True, text=True, timeout=30)
    assert done.stderr == ""
    return done.returncode, done.stdout.strip()


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = EmbeddedValkey(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def schedules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres"), durable=False)
    server.start()
    query(server.url, "CREATE TABLE schedules (topic text PRIMARY KEY, last_at timestamptz)")
    yield server.url
    server.stop()


@pytest.fixture
def api() -> Iterator[ThreadingHTTPServer]:
    class Handler(BaseHTTPRequestHandler):
        report = (200, {"status": "ok", "worker": "silent"})

        def do_GET(self) -> None:
            status, body = type(self).report
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode() if self.path == "/api/v1/readyz" else b"{}")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_names_and_times_are_those_of_the_product() -> None:
    assert (health.WORKER_KEY, health.SCHEDULER_TOPIC, health.SCHEDULER_SECONDS) == (WORKER_KEY, HEARTBEAT, 3 * HEARTBEAT_SECONDS)


def test_the_api_is_well_when_it_is_ready(api: ThreadingHTTPServer) -> None:
    port = str(api.server_address[1])
    assert ask("api", API_PORT=port) == (0, "ok")
    api.RequestHandlerClass.report = (503, {"status": "unavailable"})  # type: ignore[attr-defined]
    assert ask("api", API_PORT=port) == (1, "HTTPError")


def test_without_an_api_it_is_not_well() -> None:
    assert ask("api", API_PORT=str(free_port())) == (1, "URLError")


def test_the_worker_is_well_while_its_sign_of_life_lasts(valkey: str, tmp_path: Path) -> None:
    (tmp_path / "url").write_text(valkey + "\n")
    with redis.Redis.from_url(valkey) as connection:
        connection.set(WORKER_KEY, "1", ex=60)
        assert ask("worker", REDIS_URL_FILE=str(tmp_path / "url")) == (0, "ok")
        connection.delete(WORKER_KEY)
    assert ask("worker", REDIS_URL_FILE=str(tmp_path / "url")) == (1, ":0")


def test_a_wrong_password_is_no_sign_of_life(valkey: str) -> None:
    code, said = ask("worker", REDIS_URL=valkey.replace("@", "x@"))
    assert code == 1
    assert "NOAUTH" in said


def test_without_redis_the_worker_is_not_well() -> None:
    assert ask("worker", REDIS_URL=f"redis://{NOWHERE}/0") == (1, "ConnectionRefusedError")
    assert ask("worker") == (1, "KeyError")


@pytest.fixture
def with_psql(tmp_path: Path) -> str:
    """The program with the path of this machine's psql instead of the image's."""
    copy = tmp_path / "health.py"
    copy.write_text(Path(health.__file__).read_text().replace(health.PSQL, str(postgres_program("psql"))))
    return str(copy)


def ask_scheduler(program: str, url: str) -> tuple[int, str]:
    command = [shutil.which(sys.executable) or "", "-I", "-S", program, "scheduler"]
    done = subprocess.run(command, env={"DATABASE_URL": url}, capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout.strip()


@pytest.mark.parametrize(("age", "well"), [("1 second", True), ("40 seconds", False), (None, False)])
def test_the_scheduler_is_well_while_its_sign_of_life_is_young(schedules: str, with_psql: str, age: str | None, *, well: bool) -> None:
    query(schedules, "TRUNCATE schedules")
    if age is not None:
        query(schedules, f"INSERT INTO schedules VALUES ('{HEARTBEAT}', clock_timestamp() - interval '{age}')")
    query(schedules, "INSERT INTO schedules VALUES ('another', clock_timestamp())")
    assert ask_scheduler(with_psql, schedules) == ((0, "ok") if well else (1, "silent"))


def test_without_a_database_the_scheduler_is_not_well(with_psql: str) -> None:
    code, said = ask_scheduler(with_psql, f"postgresql://krc:hidden-word@{NOWHERE}/krc")
    assert code == 1
    assert "hidden-word" not in said
