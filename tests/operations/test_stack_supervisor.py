"""The supervisor, with real processes: order, restarts, refusals, and nothing left behind."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.operations.stack import EmbeddedPostgres
from backend.operations.stack.files import free_port
from backend.operations.stack.given import ROOT
from backend.operations.stack.shared import secret_key_file
from tests.operations.stack_support import ask, clean_environment, eventually, processes_of

pytestmark = [pytest.mark.faults, pytest.mark.timeout(90)]


class Stack:
    """A folder, a port, and the stacks that are started there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        self.said = folder / "said"
        (folder / "pages").mkdir()
        (folder / "pages" / "index.html").write_text("the pages")

    def start(self, mode: str = "up", **environment: str) -> subprocess.Popen[bytes]:
        settings = clean_environment(DATA_DIR=str(self.data), HTTP_PORT=str(self.port), **environment)
        with self.said.open("wb") as output:
            command = [sys.executable, "-m", "tests.operations.fake_stack", mode, str(self.folder)]
            return subprocess.Popen(command, env=settings, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output)

    def text(self) -> str:
        return self.said.read_text()

    def start_and_wait(self, mode: str = "up") -> subprocess.Popen[bytes]:
        process = self.start(mode)
        eventually(lambda: "Ctrl C" in self.text() or process.poll() is not None, 30)
        assert process.poll() is None, self.text()
        return process

    def pids(self, name: str) -> list[int]:
        return [pid for pid in processes_of(self.data) if name.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database to copy, since making one takes most of a start."""
    folder = tmp_path_factory.mktemp("made")
    secret_key_file(folder)
    with EmbeddedPostgres(folder, durable=False):
        pass
    return folder


@pytest.fixture
def stack(tmp_path: Path, cluster: Path) -> Iterator[Stack]:
    shutil.copytree(cluster, tmp_path / "data", symlinks=True)
    yield Stack(tmp_path)
    left = processes_of(tmp_path)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_starts_serves_and_stops_cleanly(stack: Stack, how: signal.Signals) -> None:
    process = stack.start_and_wait()
    assert ask(stack.port, "/desk").status == 200
    assert ask(stack.port, "/api/v1/readyz").status == 200
    began = time.monotonic()
    process.send_signal(how)
    assert process.wait(15) == 0
    assert time.monotonic() - began < 10
    assert not processes_of(stack.data)


def test_the_demo_prints_the_same_sign_ins_each_time(stack: Stack) -> None:
    for _ in range(2):
        process = stack.start_and_wait("demo")
        process.terminate()
        assert process.wait(15) == 0
        kept = json.loads((stack.data / "demo-sign-ins.json").read_text())
        assert [entry["username"] for entry in kept] == ["admin", "desk"]
        assert all(entry["password"] in stack.text() for entry in kept)
        (stack.folder / "demo-data").write_text("print('[]')")
    assert (stack.data / "demo-sign-ins.json").stat().st_mode & 0o077 == 0
    assert re.search(r"admin +[a-z2-9]{4}(-[a-z2-9]{4}){3}\n", stack.text())


def test_a_second_start_in_the_same_folder_says_where_it_runs(stack: Stack) -> None:
    process = stack.start_and_wait()
    first = stack.text()
    second = stack.start()
    assert second.wait(15) == 1
    assert f"It runs already, at http://127.0.0.1:{stack.port}" in stack.text()
    assert "ready" in first
    assert ask(stack.port, "/").status == 200
    process.terminate()
    assert process.wait(15) == 0


def test_a_taken_port_is_one_sentence_before_anything_starts(stack: Stack) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", stack.port))
        taken.listen()
        assert stack.start().wait(15) == 1
    assert re.fullmatch(
        rf"Port {stack.port} is taken by [^\n]+, process {os.getpid()}: end that, or choose another with HTTP_PORT=\d+\.\n", stack.text()
    )
    assert not (stack.data / "logs" / "keeper.log").exists()


def test_a_crashed_program_is_started_again_and_named(stack: Stack) -> None:
    process = stack.start_and_wait()
    [before] = [int(pid) for pid in json.loads((stack.data / "run" / "children.json").read_text()) if "caddy" in _command(int(pid))]
    os.kill(before, signal.SIGKILL)
    eventually(lambda: "caddy was killed by SIGKILL; starting it again in 0.5 s" in stack.text())
    eventually(lambda: _answers(stack.port))
    process.terminate()
    assert process.wait(15) == 0


def test_a_killed_database_comes_back_on_its_port(stack: Stack) -> None:
    process = stack.start_and_wait()
    postmaster = stack.data / "postgres" / "cluster" / "postmaster.pid"
    before = postmaster.read_text().splitlines()
    os.kill(int(before[0]), signal.SIGKILL)
    eventually(lambda: "Postgres has ended by itself" in stack.text())
    eventually(lambda: postmaster.read_text().splitlines()[7:8] == ["ready   "] and postmaster.read_text().split()[0] != before[0], 20)
    assert postmaster.read_text().splitlines()[3] == before[3]
    process.terminate()
    assert process.wait(15) == 0


def test_a_killed_supervisor_leaves_nothing_that_the_next_start_does_not_end(stack: Stack) -> None:
    process = stack.start_and_wait()
    process.kill()
    process.wait()
    again = stack.start_and_wait()
    assert len(stack.pids("SIG_IGN")) == 4  # the stand-ins of worker and scheduler, each with its fork
    again.terminate()
    assert again.wait(15) == 0


def test_a_refused_bootstrap_starts_nothing_and_says_why(stack: Stack) -> None:
    (stack.folder / "bootstrap").write_text("import sys; sys.exit('refused: the schema is newer than the code')")
    assert stack.start("demo").wait(30) == 1
    assert "bootstrap ended with code 1, so nothing was started." in stack.text()
    assert "refused: the schema is newer" in stack.text()


def test_a_program_that_cannot_start_ends_the_start_with_its_reason(stack: Stack) -> None:
    (stack.folder / "worker").write_text("import sys; sys.exit('ERROR: no such queue')")
    (stack.folder / "api").write_text("import time; time.sleep(60)")
    assert stack.start().wait(30) == 1
    assert "worker ended at once, saying “ERROR: no such queue”" in stack.text()


def test_ctrl_c_during_the_start_stops_all_of_it(stack: Stack) -> None:
    (stack.folder / "bootstrap").write_text("import time; time.sleep(60)")
    process = stack.start()
    eventually(lambda: "bringing the database" in stack.text())
    process.send_signal(signal.SIGINT)
    assert process.wait(15) == 0
    assert stack.text().endswith("stopped\n")


def test_a_second_ctrl_c_ends_what_does_not_want_to(stack: Stack) -> None:
    (stack.folder / "worker").write_text("import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)")
    process = stack.start_and_wait()
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    time.sleep(1.2)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0
    assert time.monotonic() - began < 2
    assert "stopping at once" in stack.text()


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


def _answers(port: int) -> bool:
    try:
        return ask(port, "/").status == 200
    except OSError:
        return False
