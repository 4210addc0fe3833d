"""The harness itself, with figures too small to mean anything: it must run, prove its answers equal, and leave nothing behind."""

import asyncio
import json
import os
from pathlib import Path

import asyncpg
import pytest

from backend.clients.standing import StandingStatus
from backend.operations.stack import EmbeddedPostgres
from tests import world
from tests.bench.baselines import pgbench_script
from tests.bench.dashboard import TILES
from tests.bench.report import Line, per_cent, ratio_line, table, write_json
from tests.bench.run import MEASURES, measure
from tests.bench.sizes import TINY


def test_everything_is_measured_and_nothing_left(tmp_path: Path) -> None:
    lines, place = measure(TINY, [name for name in MEASURES if name not in {"memory", "lag"}], os.environ[world.SERVER])
    shown = [line.what for line in lines]
    for what in (
        "client page of 50",
        "check-ins ÷ pgbench",
        "search among 400 clients, p95",
        "page at 90 %",
        *(f"dashboard, {tile}, over GraphQL" for tile in TILES),
        *(f"dashboard, {tile}, in the database" for tile in TILES),
        "dashboard, all of it",
        "key to screen among 400 clients, p95",
        "kiosk, key to tick among 400 clients, p95",
        *(f"clients' table, {standing}: counting" for standing in StandingStatus),
        "CSV export of",
        "cold start of the API",
        "sign-in refused",
    ):
        assert any(what in line for line in shown), what
    assert place.filled.clients == TINY.clients
    assert not place.folder.exists()
    assert not place.running
    write_json(tmp_path / "out.json", lines, {})
    assert len(json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["lines"]) == len(lines)


def test_what_is_kept_is_filled_once(tmp_path: Path) -> None:
    measured = [measure(TINY, [name], None, tmp_path / "kept") for name in ("keyset", "cold")]
    assert [place.filled.clients for _, place in measured] == [TINY.clients] * 2
    assert {line.what for line in measured[1][0]} == {f"dashboard, {tile}, with nothing in memory" for tile in TILES}
    with EmbeddedPostgres(tmp_path / "kept") as server:
        names = asyncio.run(_databases(server.url))
    assert names == [f"krc_kept_{TINY.clients}_{TINY.check_ins}"]


async def _databases(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        return [row[0] for row in await connection.fetch("SELECT datname FROM pg_database WHERE datname LIKE 'krc\\_%' ORDER BY 1")]
    finally:
        await connection.close()


async def test_its_database_is_dropped() -> None:
    connection = await asyncpg.connect(os.environ[world.SERVER])
    there = "SELECT datname FROM pg_database WHERE datname LIKE 'krc_bench_%'"
    try:
        # Another worker may be in the middle of a run, whose database goes at its end.
        for _ in range(1200):
            if not (left := await connection.fetch(there)):
                break
            await asyncio.sleep(0.1)
        assert not left
    finally:
        await connection.close()


def test_pgbench_gets_the_whole_statement() -> None:
    script = pgbench_script(16)
    assert "$" not in script
    assert ":person" in script.splitlines()[-1]


def test_the_ratio_is_of_medians() -> None:
    line = ratio_line("x", [10, 50, 30], [100, 60, 60], "/s", least=0.5)
    assert line.ratio == "0.50 (0.10–0.83)"
    assert line.reached


@pytest.mark.parametrize(("share", "value"), [(50, 50.5), (95, 95.05)])
def test_percentiles(share: int, value: float) -> None:
    assert per_cent(list(range(1, 101)), share) == pytest.approx(value)


def test_the_table_is_markdown() -> None:
    drawn = table([Line("a", "1", "2", "0.5", "≥ 1", False)]).splitlines()
    assert len(drawn) == 3
    assert {line.count("|") for line in drawn} == {7}
