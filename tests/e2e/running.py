"""The whole stack, started as an operator starts it, in a folder and on a port of its own."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo

import httpx

from backend.operations.stack.files import free_port
from backend.operations.stack.programs import SPA
from tests.operations.stack_support import clean_environment

SECONDS_TO_START = 90
SECONDS_TO_STOP = 20


class RunningStack:
    """Real Caddy, API, worker, scheduler, PostgreSQL and Valkey. A context manager."""

    def __init__(self, folder: Path, mode: Literal["up", "demo"], **settings: str) -> None:
        if not (SPA / "index.html").exists():
            raise AssertionError("The pages are not built: run `just web-build` first.")
        self.folder = folder
        self.data_dir = folder / "data"
        self.mode = mode
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.environment = clean_environment(
            DATA_DIR=str(self.data_dir), HTTP_PORT=str(self.port), PUBLIC_URL=self.origin, LOG_LEVEL="INFO", **settings
        )
        self.said = folder / "stack.log"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with self.said.open("ab") as output:
            # Started elsewhere, so that no .env of a developer's checkout is read.
            self.process = subprocess.Popen(
                [sys.executable, "-m", "backend.operations.stack", self.mode, "--end-with-parent"],
                env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        deadline = time.monotonic() + SECONDS_TO_START
        while "] ready" not in self.words():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise AssertionError(f"The stack did not start:\n{self.words()}")
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End all of it, cleanly where that works."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def words(self) -> str:
        """What it printed."""
        return self.said.read_text(encoding="utf-8", errors="replace")

    def run(self, *arguments: str | Path) -> str:
        """Run the product's command line beside the stack; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "backend.cli", *map(str, arguments)],
            env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def database_url(self) -> str:
        """The embedded database's address."""
        urls = json.loads((self.data_dir / "run" / "services.json").read_text(encoding="utf-8"))["urls"]
        return str(urls["DATABASE_URL"])

    def take_api_down(self) -> None:
        """Kill the API and keep the supervisor from starting it again, until `bring_api_back`."""
        assert self.process is not None
        api = next(pid for pid in self._children() if b"uvicorn" in Path(f"/proc/{pid}/cmdline").read_bytes())
        self.process.send_signal(signal.SIGSTOP)
        os.kill(api, signal.SIGKILL)

    def bring_api_back(self) -> None:
        """Let the supervisor do its work again."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def processes_of(self, program: str) -> list[int]:
        """The numbers of a service's processes, those that it started itself among them."""
        found = [pid for pid in self._children() if program in Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")]
        if program == "postgres":
            # A keeper of its own starts it.
            found = [int(file.read_text(encoding="utf-8").split()[0]) for file in self.data_dir.rglob("postmaster.pid")]
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                if int(stat.read_text().rpartition(")")[2].split()[1]) in found:
                    found.append(int(stat.parent.name))
        return list(dict.fromkeys(found))

    async def is_answering(self) -> None:
        """Wait until the API does. A test that took it down may have ended before it was back."""
        deadline = time.monotonic() + SECONDS_TO_START
        async with httpx.AsyncClient(base_url=self.origin) as client:
            while (await client.get("/api/v1/readyz")).status_code != httpx.codes.OK:
                assert time.monotonic() < deadline, f"The API does not answer:\n{self.words()}"
                await asyncio.sleep(0.1)

    def _children(self) -> list[int]:
        noted: dict[str, str] = json.loads((self.data_dir / "run" / "children.json").read_text(encoding="utf-8"))
        return [int(pid) for pid in noted]


@lru_cache(maxsize=1)
def zone_at_midday() -> ZoneInfo:
    """A zone in which it is about noon, so that no day ends during the tests. It stays the same: a stack keeps its zone as hours go by."""
    return zone_at(12)


def zone_at(hour: int) -> ZoneInfo:
    """A zone in which it is about that hour."""
    ahead = hour - datetime.now(UTC).hour
    # None is more than 14 hours ahead.
    ahead -= 24 if ahead > 14 else 0
    # The sign of these names is the other way round: Etc/GMT-3 is three hours ahead.
    return ZoneInfo("Etc/GMT" if ahead == 0 else f"Etc/GMT{-ahead:+d}")
