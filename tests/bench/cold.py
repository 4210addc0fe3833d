"""The dashboard after a restart, when nothing of the database is in memory: each tile's statement, once."""

import asyncio
import os
import time
from pathlib import Path

import asyncpg

from backend import clock
from backend.reports.spans import Moment
from tests.bench.baselines import statement_of
from tests.bench.dashboard import reads
from tests.bench.load import Loader
from tests.bench.place import Place
from tests.bench.report import Line
from tests.bench.sizes import Size

# What a statement of the product may take.
MOST_MS = 4000


def cold(place: Place, _loader: Loader, _size: Size) -> list[Line]:
    """Only with the embedded server, which can be restarted, and where the system can be asked to forget files."""
    server = place.postgres
    if server is None or not hasattr(os, "posix_fadvise"):
        return []
    place.stop_program("api")
    lines = []
    for name, read in reads(Moment(clock.now(), place.settings.zone)).items():
        sql, values = asyncio.run(statement_of(read))
        server.stop()
        _forget(server.cluster)
        server.start()
        ms = asyncio.run(_once(place.url, sql, values))
        lines.append(
            Line(f"dashboard, {name}, with nothing in memory", f"{ms:.0f} ms", "", "", f"≤ {MOST_MS} ms", ms <= MOST_MS, {"ms": [ms]})
        )
    place.start_api()
    return lines


def _forget(cluster: Path) -> None:
    """Let the system's memory go of the tables and indexes; it does so with what is on the disk."""
    for path in (cluster / "base").rglob("*"):
        if path.is_file():
            file = os.open(path, os.O_RDONLY)
            try:
                os.fsync(file)
                os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(file)


async def _once(url: str, sql: str, values: list[object]) -> float:
    connection = await asyncpg.connect(url, server_settings={"timezone": "UTC"})
    try:
        # Knowing a table is not reading it.
        prepared = await connection.prepare(sql)
        began = time.perf_counter()
        await prepared.fetch(*values)
        return (time.perf_counter() - began) * 1000
    finally:
        await connection.close()
