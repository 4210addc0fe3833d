"""The doctor beside a whole stack: healthy, with parts of it killed, well again, stopped."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.e2e.running import RunningStack
from tests.operations.stack_support import eventually, processes_of, query

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

EXPECTED = {"time-zone", "https"}
# Whether the first night's backup was made yet, and what this machine has.
MAY_WARN = {"backup", "disk", "memory"}
PERSONAL = """
SELECT unnest(ARRAY[first_name, last_name, guardian_name]) FROM clients
UNION SELECT value FROM contact_methods UNION SELECT body FROM client_notes
UNION SELECT unnest(ARRAY[email, username, display_name]) FROM users
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    with RunningStack(tmp_path_factory.mktemp("doctor"), "demo") as running:
        yield running


def examine(stack: RunningStack) -> tuple[int, dict[str, list[dict[str, Any]]], str]:
    """The exit code, the lines by their names, and everything that was printed."""
    done = subprocess.run(
        [sys.executable, "-m", "backend.cli", "doctor", "--json"],
        env=stack.environment, cwd=stack.folder, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1, "one object on one line"
    lines: dict[str, list[dict[str, Any]]] = {}
    for line in json.loads(done.stdout)["lines"]:
        lines.setdefault(line["name"], []).append(line)
    return done.returncode, lines, done.stdout


def of_level(lines: dict[str, list[dict[str, Any]]], level: str) -> set[str]:
    return {name for name, found in lines.items() if any(line["level"] == level for line in found)}


def pid_of(stack: RunningStack, program: bytes) -> int:
    noted: dict[str, str] = json.loads((stack.data_dir / "run" / "children.json").read_text(encoding="utf-8"))
    return next(int(pid) for pid in noted if program in Path(f"/proc/{pid}/cmdline").read_bytes())


def test_a_healthy_demo_has_the_expected_warnings_and_names_nobody(demo: RunningStack) -> None:
    code, lines, printed = examine(demo)
    assert (code, of_level(lines, "fail")) == (0, set()), lines
    assert of_level(lines, "warn") - MAY_WARN == EXPECTED, lines
    assert {"stack", "page", "api", "schema", "admin", "login", "desk", "live", "worker", "scheduler", "logs"} <= of_level(lines, "ok")
    personal = [value for value in query(demo.database_url, PERSONAL).splitlines() if len(value) > 5]
    assert len(personal) > 100
    assert [value for value in personal if value.lower() in printed.lower()] == []
    secrets = [path.read_text().strip() for path in (demo.data_dir / "secrets").iterdir() if path.is_file() and path.stat().st_size]
    assert secrets
    assert [secret for secret in secrets if secret in printed] == []
    # A second time it is the same, and nothing of the first is left.
    assert examine(demo)[0] == 0
    assert query(demo.database_url, "SELECT count(*) FROM sessions WHERE user_agent = 'doctor' AND ended_at IS NULL") == "0"
    assert query(demo.database_url, "SELECT count(*) FROM outbox WHERE topic = 'doctor.ping'") == "0"


def test_killed_processes_are_named_and_it_is_well_when_they_are_back(demo: RunningStack) -> None:
    assert demo.process is not None
    # The supervisor would start them again at once.
    demo.process.send_signal(signal.SIGSTOP)
    for program in (b"worker", b"scheduler", b"uvicorn"):
        os.kill(pid_of(demo, program), signal.SIGKILL)
    code, lines, _ = examine(demo)
    assert code == 1
    assert {"stack", "api", "worker"} <= of_level(lines, "fail")
    assert lines["stack"][0]["saw"] == "The stack is running, but api, worker, scheduler are not."
    os.kill(pid_of(demo, b"caddy"), signal.SIGKILL)
    code, lines, _ = examine(demo)
    assert {"stack", "page"} <= of_level(lines, "fail")
    assert lines["page"][0]["saw"] == f"Nothing answers at {demo.origin}."
    demo.process.send_signal(signal.SIGCONT)
    eventually(lambda: examine(demo)[0] == 0, 60)


def test_redis_away(demo: RunningStack) -> None:
    services = json.loads((demo.data_dir / "run" / "services.json").read_text(encoding="utf-8"))
    keeper = int(services["pid"])
    with redis.Redis.from_url(services["urls"]["REDIS_URL"]) as client:
        valkey = int(client.info("server")["process_id"])
    os.kill(keeper, signal.SIGSTOP)
    try:
        os.kill(valkey, signal.SIGKILL)
        code, lines, _ = examine(demo)
    finally:
        os.kill(keeper, signal.SIGCONT)
    assert (code, of_level(lines, "fail")) == (1, {"redis"})
    assert "worker" in lines["not-checked"][0]["saw"]
    assert {"login", "desk"} <= of_level(lines, "ok"), "people can go on"
    eventually(lambda: examine(demo)[0] == 0, 60)


def test_stopped_it_says_so_and_starts_nothing(demo: RunningStack) -> None:
    demo.stop()
    eventually(lambda: not processes_of(demo.data_dir), 20)
    code, lines, _ = examine(demo)
    assert code == 1
    assert {"stack", "page", "database", "redis"} <= of_level(lines, "fail")
    assert lines["stack"][0]["do"] == "Start it with `just up`."
    assert {"settings", "disk", "memory", "backup-folder", "logs"} <= lines.keys()
    assert processes_of(demo.data_dir) == []
