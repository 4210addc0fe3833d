"""PostgreSQL and Valkey from wheels: first start, second start, and what kills can't break."""

import os
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.operations.stack import EmbeddedPostgres, EmbeddedValkey, StackError
from tests.operations.stack_support import end, eventually, first_line, processes_of, query, run_python

pytestmark = pytest.mark.faults

START = """
import sys, time
from backend.operations.stack import EmbeddedPostgres
server = EmbeddedPostgres(sys.argv[1], durable=False)
server.start()
print(server.url, flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a cluster, to be copied, since making one takes most of the time."""
    folder = tmp_path_factory.mktemp("made")
    with EmbeddedPostgres(folder, durable=False):
        pass
    return folder


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of that, of which no process is left at the end."""
    shutil.copytree(made_once, tmp_path / "data", symlinks=True)
    yield tmp_path / "data"
    eventually(lambda: not processes_of(tmp_path / "data"))


def test_the_cluster_is_as_the_design_wants_it(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        assert query(server.url, "SHOW data_checksums") == "on"
        assert query(server.url, "SHOW fsync") == "on"
        assert query(server.url, "SHOW listen_addresses") == "127.0.0.1"
        assert query(server.url, "SHOW password_encryption") == "scram-sha-256"
        provider = "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
        assert query(server.url, provider) == "b|C.UTF-8|UTF8"
        assert query(server.url, "SELECT DISTINCT auth_method FROM pg_hba_file_rules") == "scram-sha-256"
        assert "password" not in Path(f"/proc/{server.process.pid}/cmdline").read_text() if server.process else False
    assert (folder / "postgres" / "password").stat().st_mode & 0o077 == 0
    assert (folder / "postgres").stat().st_mode & 0o077 == 0


def test_a_wrong_password_is_refused(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False) as server, pytest.raises(AssertionError, match="password authentication failed"):
        query(server.url.replace(server.password, "wrong"), "SELECT 1")


def test_a_second_start_has_the_same_address_and_rows(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        query(server.url, "CREATE TABLE kept AS SELECT 7 AS number")
        address = server.url
    began = time.monotonic()
    with EmbeddedPostgres(folder) as server:
        assert time.monotonic() - began < 5
        assert server.url == address
        assert query(server.url, "SELECT number FROM kept") == "7"


def test_a_server_killed_at_work_recovers_its_rows(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    server.start()
    query(server.url, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGKILL)
    server.stop()
    with EmbeddedPostgres(folder) as again:
        assert query(again.url, "SELECT count(*) FROM kept") == "1000"


def test_a_killed_parent_leaves_no_server(folder: Path) -> None:
    parent = run_python(START, folder)
    assert first_line(parent).startswith("postgresql://")
    assert processes_of(folder)
    end(parent)
    eventually(lambda: not processes_of(folder))


@pytest.mark.parametrize("seconds", [0.15, 0.3, 0.5, 0.8])
def test_a_first_start_killed_at_any_moment_is_done_again(tmp_path: Path, seconds: float) -> None:
    parent = run_python(START, tmp_path / "data")
    time.sleep(seconds)
    end(parent)
    with EmbeddedPostgres(tmp_path / "data", durable=False) as server:
        assert query(server.url, "SELECT 1") == "1"
    assert not list((tmp_path / "data" / "postgres").glob("cluster.new-*"))


def test_one_folder_has_one_server(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False), pytest.raises(StackError, match="runs already"):
        EmbeddedPostgres(folder).start()


def test_a_taken_port_is_replaced(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        (folder / "postgres" / "port").write_text(f"{number}\n")
        with EmbeddedPostgres(folder, durable=False) as server:
            assert server.port != number
            assert query(server.url, "SELECT 1") == "1"


def test_a_lost_password_is_never_made_anew(folder: Path) -> None:
    (folder / "postgres" / "password").unlink()
    with pytest.raises(StackError, match=r"password is missing while its data exists"):
        EmbeddedPostgres(folder).start()


def test_valkey_keeps_what_it_was_told_through_a_kill(tmp_path: Path) -> None:
    import redis

    server = EmbeddedValkey(tmp_path)
    server.start()
    with redis.Redis.from_url(server.url) as client:
        client.set("kept", "7")
    with redis.Redis.from_url(server.url.replace(server.password, "wrong")) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGKILL)
    server.stop()
    with EmbeddedValkey(tmp_path) as again, redis.Redis.from_url(again.url) as client:
        assert client.get("kept") == b"7"
