"""Bootstrap's table once more on the oldest PostgreSQL that is supported, where the operating system has it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.debian_postgres import OLDEST, DebianPostgres, installed

HERE = Path(__file__).parent
FILES = ("test_bootstrap_states.py", "test_bootstrap_predecessor.py", "test_bootstrap_upgrade.py")


@pytest.fixture(scope="module")
def oldest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    programs = installed()
    if programs is None:
        pytest.skip(f"PostgreSQL {OLDEST} is not installed here (Debian: postgresql-{OLDEST})")
    server = DebianPostgres(tmp_path_factory.mktemp("oldest"), programs, durable=False)
    server.settings |= {"max_connections": "300"}
    server.start()
    yield server.url
    server.stop()


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_the_table_holds_there_too(oldest: str) -> None:
    # A run of its own: the servers of a run are made once, for all of its tests.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KRC_TEST_", "PYTEST_"))}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *(str(HERE / name) for name in FILES)],
        cwd=HERE.parents[1], env=environment | {"DATABASE_URL": oldest}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
