"""Bootstrap on a disk that is full, and on a server that goes away in the middle: a sentence, and the next run completes."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.operations.stack import EmbeddedPostgres
from tests.operations import predecessor
from tests.operations.bootstrap_support import bootstrap, contents, ended, start

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", str(place)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("this user may not mount a small disk")
    place.chmod(0o700)
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Write a file that leaves so many bytes free."""
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(max(shutil.disk_usage(disk).free - leave, 0)))
    return ballast


async def test_a_full_disk_is_said_and_the_next_run_completes(small_disk: Path, tmp_path: Path) -> None:
    server = EmbeddedPostgres(small_disk)
    server.settings |= {"max_wal_size": "48MB", "min_wal_size": "32MB"}
    server.start()
    try:
        await predecessor.build(server.url, "models")
        before = await contents(server.url)
        ballast = fill(small_disk, leave=1_500_000)
        # The backup goes elsewhere; what is full is the server's disk.
        full = await bootstrap(server.url, tmp_path, "--no-backup")
        assert full.code == 1, full.out
        assert "disk" in full.json["message"], full.json["message"]
        assert "Traceback" not in full.err
        ballast.unlink()
        # Where even its journal found no room, the server stops to protect what it has.
        if server.process is None or server.process.poll() is not None:
            server.stop()
            server.start()
        again = await bootstrap(server.url, tmp_path, "--no-backup")
        assert again.code == 0, again.err
        after = await contents(server.url)
        assert {table: after[table.replace("public.", "legacy.")] for table in before} == before
    finally:
        server.stop()


async def test_a_server_that_goes_away_is_said_and_the_next_run_completes(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "server")
    server.start()
    try:
        await predecessor.build(server.url, "models", clients=400)
        run = await start(server.url, tmp_path, "bootstrap", "--json", "--no-backup", "--wait", "5")
        assert run.stderr is not None
        while b"copying" not in (line := await run.stderr.readline()):
            assert line, "it ended before it copied"
        assert server.process is not None
        server.process.kill()
        cut = await ended(run)
        assert cut.code == 1
        assert "can't be reached" in cut.json["message"] or "was lost" in cut.json["message"], cut.json["message"]
        assert "Traceback" not in cut.err
        await asyncio.to_thread(server.stop)
        server.start()
        again = await bootstrap(server.url, tmp_path, "--no-backup")
        assert again.code == 0, again.err
        adopted = again.json["adoption"] or cut.json["adoption"]
        assert all(line["read"] == line["copied"] + line["joined"] + line["already"] + line["aside"] for line in adopted["lines"])
    finally:
        server.stop()
