"""The chain over the audit log: a million entries sealed and verified, and what the digest costs a check-in."""

import asyncio
import time
from datetime import timedelta
from functools import partial
from statistics import median

import asyncpg

from backend.audit.sealing import seal
from backend.audit.verification import verify
from backend.db import Database
from tests.bench.errors import BenchError
from tests.bench.load import Loader
from tests.bench.place import Place
from tests.bench.report import Line, ratio_line, spread
from tests.bench.sizes import AT_ONCE, Size
from tests.bench.throughput import pgbench, prepare_clients
from tests.world import OPERATOR

MOST_ENTRIES = 1_000_000
PART = 50_000
MOST_SECONDS = 60
LEAST_RATIO = 0.9

FILL = """
INSERT INTO audit_log (happened_at, actor_kind, actor_id, actor_label, action, subject_type, subject_id, client_id, before, after,
                       request_id)
SELECT now() - make_interval(secs => $1 - n), 'USER', 1, 'Bench', 'client.updated', 'client', n, n,
       jsonb_build_object('first_name', 'Name ' || n, 'guardian_phone', '+1661555' || lpad((n % 10000)::text, 4, '0')),
       jsonb_build_object('first_name', 'Name ' || n + 1, 'guardian_phone', NULL), md5(n::text)
FROM generate_series(1, $1::int) n
"""


def audit(place: Place, _loader: Loader, size: Size) -> list[Line]:
    """Sealing and verifying the whole log, then check-ins with the trigger ÷ without it, in turns."""
    entries = min(MOST_ENTRIES, size.clients * 10)
    for part in range(0, entries, PART):
        place.ask(partial(_fill, count=min(PART, entries - part)))
    place.ask(lambda c: c.execute("VACUUM ANALYZE audit_log"))
    sealing, rounds, checked = asyncio.run(_chain(place, size))
    seconds = median(rounds)
    return [
        Line(f"sealing {checked:,} entries", f"{sealing:.1f} s", samples={"s": [sealing]}),
        Line(
            f"verifying {checked:,} entries", spread(rounds, "s", 1), "", "", f"≤ {MOST_SECONDS} s", seconds <= MOST_SECONDS, {"s": rounds}
        ),
        _check_ins(place, size),
    ]


async def _fill(connection: asyncpg.Connection, *, count: int) -> None:
    await connection.execute(FILL, count)


async def _chain(place: Place, size: Size) -> tuple[float, list[float], int]:
    """How long sealing took, and each verification; how many entries."""
    database = Database.of(place.settings, statement_timeout_ms=60_000, pool_size=1)
    try:
        began = time.perf_counter()
        while True:
            async with database.writing(OPERATOR) as uow:
                await seal(uow, wait=timedelta(0))
            async with database.reading() as reader:
                waiting = (await verify(reader, seconds=0)).waiting
            if not waiting:
                break
        sealing = time.perf_counter() - began
        rounds = []
        for _ in range(min(3, size.rounds)):
            began = time.perf_counter()
            async with database.reading() as reader:
                verdict = await verify(reader)
            rounds.append(time.perf_counter() - began)
            if verdict.finding is not None or not verdict.complete:
                raise BenchError(f"The log that was just sealed does not verify: {verdict}")
        return sealing, rounds, verdict.entries
    finally:
        await database.close()


def _check_ins(place: Place, size: Size) -> Line:
    prepare_clients(place)
    each = size.check_ins_each * AT_ONCE
    # From the end of the list: the part on check-ins takes its clients from the beginning.
    start = place.clients - 2 * size.rounds * each
    pairs = []
    for _ in range(size.rounds):
        rates = []
        for enabled in (True, False):
            place.ask(partial(_switch, enabled=enabled))
            rates.append(pgbench(place, start, size))
            start += each
        pairs.append(rates)
    place.ask(partial(_switch, enabled=True))
    ours, without = ([pair[column] for pair in pairs] for column in (0, 1))
    return ratio_line("check-ins with the digest ÷ without", ours, without, "/s", least=LEAST_RATIO)


async def _switch(connection: asyncpg.Connection, *, enabled: bool) -> None:
    await connection.execute(f"ALTER TABLE audit_log {'ENABLE' if enabled else 'DISABLE'} TRIGGER audit_log_salted")
