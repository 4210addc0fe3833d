"""Wrong settings: every program lists all that is wrong, ends with 2, shows no stack trace and gives no secret away."""

import subprocess
import sys
from pathlib import Path

import pytest

from backend.operations.stack.programs import programs
from tests.operations.stack_support import clean_environment

pytestmark = pytest.mark.faults
WRONG = {
    "DATABASE_URL": "mysql://root:not-to-be-shown@localhost/krc",
    "SECRET_KEY": "too-short-secret",
    "CENTRE_TIMEZONE": "Mars/Olympus",
    "LOG_LEVEL": "LOUD",
    "REPEAT_WINDOW_MINUTES": "ten",
}
NAMES = [*WRONG, "REDIS_URL"]


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, env=clean_environment(**environment), capture_output=True, text=True, timeout=60)


def api(folder: Path) -> list[str]:
    return programs({"API_PORT": "1"}, folder)[0].command


def command_line(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "backend.cli", *arguments]


@pytest.mark.parametrize(
    "command",
    [command_line("worker"), command_line("scheduler"), command_line("user", "list"), command_line("bootstrap", "--wait", "0"), ["api"]],
    ids=["worker", "scheduler", "user", "bootstrap", "api"],
)
def test_everything_that_is_wrong_is_listed(command: list[str], tmp_path: Path) -> None:
    done = run(api(tmp_path) if command == ["api"] else command, tmp_path, **WRONG)
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert "Traceback" not in said
    wanted = NAMES if command[-1] not in ("list", "0") else list(WRONG)
    assert [name for name in wanted if f"- {name}" not in said] == [], said
    for secret in ("not-to-be-shown", "too-short-secret"):
        assert secret not in said


@pytest.mark.parametrize("command", [["worker"], ["scheduler"], ["api"]], ids=lambda command: command[0])
def test_a_secret_file_that_can_not_be_read_is_named(command: list[str], tmp_path: Path) -> None:
    missing = str(tmp_path / "nothing-here")
    done = run(
        api(tmp_path) if command == ["api"] else command_line(*command),
        tmp_path, DATABASE_URL="postgresql://a@127.0.0.1:1/b", REDIS_URL="redis://127.0.0.1:1/0", SECRET_KEY_FILE=missing,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert (done.returncode, "Traceback" in said) == (2, False), said
    assert "SECRET_KEY_FILE" in said
    assert missing in said
