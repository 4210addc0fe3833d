"""Helpers for the tests that start real servers."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

from backend.operations.stack.embedded import postgres_program
from backend.operations.stack.given import ROOT

SETTINGS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "API_PORT", "DATA_DIR", "HTTP_PORT", "PUBLIC_URL")


def clean_environment(**extra: str) -> dict[str, str]:
    """This process's environment without the product's settings, and with these."""
    kept = {
        name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in SETTINGS and not name.startswith("ADMIN_")
    }
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | extra


def query(url: str, sql: str) -> str:
    """What psql prints for a statement, bare."""
    done = subprocess.run([postgres_program("psql"), url, "-AtX", "-v", "ON_ERROR_STOP=1", "-c", sql], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def eventually(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until the condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def processes_of(mark: Path) -> list[int]:
    """Every process, zombies apart, whose command line or environment mentions this folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            said = (folder / "cmdline").read_bytes() + b"\0" + (folder / "environ").read_bytes()
        except OSError:
            continue
        if int(folder.name) != os.getpid() and str(mark).encode() in said:
            found.append(int(folder.name))
    return found


def run_python(code: str, *arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
    """Start a Python with this program; its standard output is a pipe."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean_environment(**environment), cwd=ROOT,
    )  # fmt: skip


def first_line(process: subprocess.Popen[str]) -> str:
    """The first line that it prints."""
    assert process.stdout
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str], number: signal.Signals = signal.SIGKILL) -> str:
    """Send it the signal, wait for it, return what else it said."""
    process.send_signal(number)
    output, errors = process.communicate(timeout=30)
    return output + errors


class StubApi:
    """An API that answers with the request it saw."""

    def __enter__(self) -> Self:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer = json.dumps({"length": len(body), "headers": dict(self.headers), "path": self.path}).encode()
                self.send_response(200)
                for name, value in (("Content-Type", "application/json"), ("Content-Length", str(len(answer))), ("X-Powered-By", "stub")):
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(BrokenPipeError):  # Caddy hangs up on a body that is too large
                    self.wfile.write(answer)

            def do_GET(self) -> None:
                self.do_POST()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class Answer:
    """An HTTP answer: status, headers (lower case), body."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status = answer.status
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        self.body = answer.read()


def ask(port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """One request to 127.0.0.1; underscores in header names become dashes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        return Answer(connection.getresponse())
    finally:
        connection.close()
