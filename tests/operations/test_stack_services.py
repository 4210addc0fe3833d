"""`services()`: a database for a command, shared by those that run at once, gone with the last."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from backend.operations.stack import StackError
from backend.operations.stack.shared import secret_key_file
from tests.operations.stack_support import clean_environment, end, eventually, first_line, processes_of, query, run_python

pytestmark = pytest.mark.faults

USE = """
import sys, time
from backend.operations.stack import services
with services() as environment:
    print(environment["DATABASE_URL"], environment["REDIS_URL"], environment["SECRET_KEY_FILE"], flush=True)
    time.sleep(float(sys.argv[1]))
"""


def use(folder: Path, seconds: float = 30, **environment: str) -> subprocess.Popen[str]:
    return run_python(USE, str(seconds), DATA_DIR=str(folder), **environment)


def test_what_is_set_stays_untouched_and_nothing_is_started(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40)
    urls = {"DATABASE_URL": "postgresql://elsewhere/database", "REDIS_URL": "redis://elsewhere/0", "SECRET_KEY_FILE": str(tmp_path / "key")}
    process = use(tmp_path / "data", 0, **urls)
    assert first_line(process).split() == list(urls.values())
    process.communicate(timeout=20)
    assert not (tmp_path / "data" / "postgres").exists()
    assert not (tmp_path / "data" / "valkey").exists()


def test_the_last_user_takes_the_servers_along(tmp_path: Path) -> None:
    first = use(tmp_path)
    address = first_line(first).split()[0]
    second = use(tmp_path)
    assert first_line(second).split()[0] == address
    end(first, signal.SIGINT)
    assert query(address, "SELECT 1") == "1"
    end(second, signal.SIGINT)
    eventually(lambda: not processes_of(tmp_path))


def test_a_killed_user_leaves_nothing(tmp_path: Path) -> None:
    process = use(tmp_path)
    assert first_line(process)
    end(process)
    eventually(lambda: not processes_of(tmp_path))


def test_eight_at_once_share_one_database(tmp_path: Path) -> None:
    users = [use(tmp_path, 0.2 * number) for number in range(8)]
    addresses = {first_line(user).split()[0] for user in users}
    assert len(addresses) == 1
    assert [user.wait(30) for user in users] == [0] * 8
    for user in users:
        user.communicate()
    eventually(lambda: not processes_of(tmp_path))


def test_a_user_killed_while_starting_does_not_stop_the_next(tmp_path: Path) -> None:
    for seconds in (0.4, 0.7, 1.0):
        process = use(tmp_path)
        time.sleep(seconds)
        end(process)
    process = use(tmp_path, 0)
    assert first_line(process)
    process.communicate(timeout=30)
    assert process.returncode == 0
    eventually(lambda: not processes_of(tmp_path))


def test_the_key_is_made_once_and_never_again(tmp_path: Path) -> None:
    key = secret_key_file(tmp_path)
    assert key.stat().st_mode & 0o077 == 0
    assert secret_key_file(tmp_path).read_text() == key.read_text()
    (tmp_path / "postgres" / "cluster").mkdir(parents=True)
    key.unlink()
    with pytest.raises(StackError, match="is missing while its database exists"):
        secret_key_file(tmp_path)


def test_wrong_settings_are_listed_before_anything_starts(tmp_path: Path) -> None:
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "backend.operations.stack", "up"],
        env=clean_environment(DATA_DIR=str(tmp_path / "data"), HTTP_PORT="eighty", CENTRE_TIMEZONE="Mars/Base"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "HTTP_PORT" in done.stderr
    assert "CENTRE_TIMEZONE" in done.stderr
    assert not (tmp_path / "data").exists()
