"""The whole stack in one terminal: start it in order, show what happens, keep it running, stop all of it."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from types import FrameType
from typing import IO, Literal

from backend.config import Settings
from backend.operations.stack import leftovers, sign_ins
from backend.operations.stack.child import Child, LogFollower
from backend.operations.stack.errors import StackError
from backend.operations.stack.files import disk_errors, kept_port, make_private_folder, port_is_free, take_lock, write_private
from backend.operations.stack.given import ROOT, early_settings, given
from backend.operations.stack.ports import holder_of
from backend.operations.stack.processes import rotate, tail
from backend.operations.stack.programs import SPA, command_line, programs
from backend.operations.stack.shared import SharedServices, environment_with, wanted_of

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GLANCE = 0.2
SECONDS_TO_START = 90
SECONDS_TO_STOP = 8.0
# A terminal's Ctrl C reaches us and whoever runs us, who passes it on: that is still one request.
SAME_REQUEST = 1.0
MEGABYTES_NEEDED = 300


class StopAsked(BaseException):
    """Ctrl C, TERM, or the terminal was closed."""


class Supervisor:
    """Runs the stack; `run` returns the exit code."""

    def __init__(self, mode: Literal["demo", "up"]) -> None:
        self.mode = mode
        self.began = time.monotonic()
        self.settings: Settings = early_settings()
        self.data_dir = self.settings.data_dir.absolute()
        self.folder = self.data_dir / "run"
        self.shared = SharedServices(self.data_dir, wanted_of(given()))
        self.children: list[Child] = []
        self.environment: dict[str, str] = {}
        self.keeper_log = LogFollower(self.shared.log)
        self._asked_at = 0.0
        self._not_now = False
        self._was_asked = False

    def run(self) -> int:
        """Start, watch until told to stop, stop. Raises StackError when it can't start; nothing is left running then."""
        for folder in (self.data_dir, self.folder, self.data_dir / "logs"):
            make_private_folder(folder)
        with self._claim():
            self._check_surroundings()
            before = {number: signal.signal(number, self._asked) for number in SIGNALS}
            try:
                self._start()
                self._watch()
            except StopAsked:
                self.say("stopping")
            finally:
                self._stop()
                for number, handler in before.items():
                    signal.signal(number, handler)
        return 0

    def say(self, text: str) -> None:
        """A line of progress, with the seconds since the start."""
        sys.stdout.write(f"[{time.monotonic() - self.began:4.0f} s] {text}\n")
        sys.stdout.flush()

    def _asked(self, _signal: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if now - self._asked_at < SAME_REQUEST:
            return
        self._asked_at = now
        if self._not_now:
            self._was_asked = True
            return
        raise StopAsked

    @contextlib.contextmanager
    def _uninterrupted(self) -> Iterator[None]:
        """Let a request to stop wait, so that no process is started and then not known."""
        self._not_now = True
        try:
            yield
        finally:
            self._not_now = False
        if self._was_asked:
            self._was_asked = False
            raise StopAsked

    def _claim(self) -> IO[bytes]:
        lock = take_lock(self.folder / "stack.lock", wait=False)
        if lock is None:
            try:
                there = json.loads((self.folder / "stack.json").read_text(encoding="utf-8"))["url"]
            except (OSError, ValueError, KeyError):
                there = "an address that it will print"
            raise StackError(f"It runs already, at {there} (data in {self.data_dir}).")
        return lock

    def _check_surroundings(self) -> None:
        free = shutil.disk_usage(self.data_dir).free // 1_000_000
        if free < MEGABYTES_NEEDED:
            raise StackError(f"The disk is full: {free} MB are free at {self.data_dir}, and {MEGABYTES_NEEDED} MB are needed to start.")
        if not (SPA / "index.html").exists():
            raise StackError("The pages are not built yet: run `./run web-build`.")
        leftovers.end_leftovers(self.folder / "children.json")
        port = self.settings.http_port
        if not port_is_free(port):
            who = holder_of(port)
            raise StackError(f"Port {port} is taken{f' by {who}' if who else ''}: end that, or choose another with HTTP_PORT={port + 1}.")
        write_private(self.folder / "stack.json", json.dumps({"url": self.settings.origin, "pid": os.getpid()}))

    def _start(self) -> None:
        if self.shared.wanted:
            self.say("starting the database" if (self.data_dir / "postgres" / "cluster").exists() else "making the database")
        self.environment = environment_with(self.shared)
        api_port = self.environment.get("API_PORT") or str(kept_port(self.folder / "api-port"))
        self.environment |= {"API_PORT": api_port, "HTTP_PORT": str(self.settings.http_port), "PYTHONUNBUFFERED": "1"}
        entries = self._prepare_database()
        self.say("starting the API, the worker, the scheduler and Caddy")
        self.children = [Child(program, self.data_dir) for program in programs(self.environment, self.data_dir)]
        with self._uninterrupted():
            for child in self.children:
                child.start()
        leftovers.remember(self.folder / "children.json", [child.process.pid for child in self.children if child.process])
        self._wait_until_healthy()
        self._announce(entries)

    def _prepare_database(self) -> list[dict[str, str]]:
        """Bring the schema to head and fill the demo; returns the sign-ins to print."""
        self.say("bringing the database to the newest schema")
        if self.mode == "up":
            # On this terminal: it may ask for the admin, or show a new password once.
            self._output_of("bootstrap", shown=True)
            return []
        admin = sign_ins.demo_admin(self.data_dir, given())
        self._output_of("bootstrap", "--json", "--no-ask", extra=admin)
        self.say("filling the demo centre")
        return sign_ins.remember(self.data_dir, self._output_of("demo-data", "--json"), admin)

    def _output_of(self, *arguments: str, extra: dict[str, str] | None = None, shown: bool = False) -> str:
        """Run a command of ours to its end and return what it printed; `shown`: it has the terminal instead."""
        name = arguments[0]
        log = self.data_dir / "logs" / f"{name}.log"
        rotate(log)
        process = None
        try:
            with disk_errors(f"the log {log}"), log.open("ab") as errors, self._uninterrupted():
                piped = {} if shown else {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": errors}
                environment = self.environment | (extra or {})
                process = subprocess.Popen(command_line(*arguments), env=environment, cwd=ROOT, **piped)  # type: ignore[call-overload]
            output, _ = process.communicate()
        except BaseException:
            if process is not None:
                process.terminate()
                process.wait(5)
            raise
        if process.returncode != 0:
            raise StackError("\n  ".join([f"{name} ended with code {process.returncode}, so nothing was started.", *tail(log, lines=6)]))
        return (output or b"").decode("utf-8", "replace").strip()

    def _wait_until_healthy(self) -> None:
        """Poll the page and the API's readiness as a browser would, through Caddy."""
        deadline = time.monotonic() + SECONDS_TO_START
        while not (self._answers("/") and self._answers("/api/v1/readyz")):
            for child in self.children:
                if child.has_ended:
                    raise StackError(child.why())
            if time.monotonic() > deadline:
                raise StackError(f"It was not ready within {SECONDS_TO_START} s; see the logs in {self.data_dir / 'logs'}.")
            time.sleep(GLANCE / 2)

    def _answers(self, path: str) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.settings.http_port, timeout=5)
        try:
            connection.request("GET", path, headers={"Accept": "text/html, application/json"})
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _announce(self, entries: list[dict[str, str]]) -> None:
        self.say("ready")
        lines = ["", f"  {self.settings.centre_name}: {self.settings.origin}", ""]
        if entries:
            lines += ["  Sign in as", *(f"    {line}" for line in sign_ins.as_table(entries)), ""]
        sys.stdout.write("\n".join([*lines, f"  Data and logs are in {self.data_dir}. Ctrl C stops everything.", "", ""]))
        sys.stdout.flush()

    def _watch(self) -> None:
        next_glance_at_keeper = time.monotonic()
        while True:
            pids = [child.process for child in self.children]
            for child in self.children:
                for line in child.look():
                    self.say(line)
            if pids != [child.process for child in self.children]:
                leftovers.remember(self.folder / "children.json", [child.process.pid for child in self.children if child.process])
            if self.shared.wanted and time.monotonic() >= next_glance_at_keeper:
                next_glance_at_keeper = time.monotonic() + 1
                self._watch_services()
            time.sleep(GLANCE)

    def _watch_services(self) -> None:
        for line in self.keeper_log.new_lines():
            self.say(line)
        if not self.shared.are_kept():
            self.say("the database's keeper has ended by itself; starting it again")
            try:
                self.shared.hold()
            except StackError as error:
                self.say(str(error))

    def _stop(self) -> None:
        """In the reverse order of the start; a second Ctrl C ends everything at once."""
        deadline = time.monotonic() + SECONDS_TO_STOP
        try:
            for child in reversed(self.children):
                child.stop(deadline - time.monotonic())
            down = self.shared.let_go(wait=max(2.0, deadline - time.monotonic() + 1))
        except StopAsked:
            self.say("stopping at once")
            for child in self.children:
                child.kill()
            down = self.shared.let_go(wait=2)
        (self.folder / "children.json").unlink(missing_ok=True)
        self.say("stopped" if down or not self.shared.wanted else "stopped; another command still uses the database")
