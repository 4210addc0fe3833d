"""What ``/metrics`` says: this process's own figures, and those that are the same whichever process is asked, from the database.

Worker and scheduler have no port: what they do stands in PostgreSQL, and their signs of life are looked up here.
"""

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import text

from backend import clock, metrics
from backend.db import Database, ReadSession
from backend.errors import Failure
from backend.graphql.documents import parsed, validated
from backend.jobs import health
from backend.jobs.schedule import HEARTBEAT
from backend.metrics import Family, Sample, gauge
from backend.system.queries import backup_times
from backend.system.version import product_version

REMEMBERED_SECONDS = 5.0

_STARTED = time.time()
_STATM = Path("/proc/self/statm")
_JOBS = text("""
    SELECT topic,
           count(*) FILTER (WHERE done_at IS NULL AND dead_at IS NULL) AS waiting,
           count(*) FILTER (WHERE dead_at IS NOT NULL) AS dead,
           count(*) FILTER (WHERE done_at IS NOT NULL) AS done,
           min(available_at) FILTER (WHERE done_at IS NULL AND dead_at IS NULL AND available_at <= now()) AS due_since
    FROM outbox GROUP BY topic ORDER BY topic
    """)
_VISITS = text("SELECT coalesce(sum(visits), 0) FROM visit_rollup")
_SCHEDULER = text("SELECT last_at FROM schedules WHERE topic = :topic")


class MetricsPage:
    """The page of one process. What it read from the database is kept for a few seconds, so that asking often costs nothing."""

    def __init__(self, database: Database, redis_url: str) -> None:
        self._database = database
        self._redis_url = redis_url
        self._read: list[Family] = []
        self._read_at = float("-inf")

    async def text(self) -> str:
        """The whole page; without the database what is known without it."""
        if time.monotonic() - self._read_at > REMEMBERED_SECONDS:
            self._read = await self._from_database()
            self._read_at = time.monotonic()
        return metrics.text([*metrics.of_this_process(), *_process(), *self._pool(), *_caches(), *self._read])

    def _pool(self) -> Iterator[Family]:
        pool: Any = self._database.engine.pool
        yield gauge("krc_pool_connections_used", "Database connections that a request holds.", pool.checkedout())
        yield gauge("krc_pool_connections_most", "Database connections that there may be.", pool.size())

    async def _from_database(self) -> list[Family]:
        signs = await health.report(self._database, self._redis_url)
        found = [gauge(f"krc_{name}_up", f"1 while {name} gives a sign of life.", float(said == "ok")) for name, said in signs.items()]
        try:
            async with self._database.reading() as reader:
                figures = await _figures(reader)
        except Failure:
            return [*found, gauge("krc_database_up", "1 while the database answers.", 0)]
        return [*found, gauge("krc_database_up", "1 while the database answers.", 1), *figures]


async def _figures(reader: ReadSession) -> list[Family]:
    jobs = await reader.rows(_JOBS)
    due = [row.due_since for row in jobs if row.due_since is not None]
    lag = max(0.0, (clock.now() - min(due)).total_seconds()) if due else 0.0
    backup = await backup_times(reader)
    proven = backup.proven_at if backup is not None else None
    seen = await reader.scalar(_SCHEDULER, {"topic": HEARTBEAT})
    counts = [Sample(getattr(row, state), {"topic": row.topic, "state": state}) for row in jobs for state in ("waiting", "dead", "done")]
    return [
        Family("krc_jobs", "gauge", "Background work by topic: waiting, done in the last month, or given up (dead).", counts),
        gauge("krc_outbox_lag_seconds", "How long the oldest work that is due has waited.", lag),
        gauge("krc_check_ins", "Check-ins on record, voided ones left out.", await reader.scalar(_VISITS)),
        gauge("krc_backup_proven_timestamp_seconds", "When the newest backup that counts was proven.", proven and proven.timestamp()),
        gauge("krc_scheduler_seen_timestamp_seconds", "When the scheduler last gave a sign of life.", seen and seen.timestamp()),
    ]


def _process() -> Iterator[Family]:
    yield gauge("krc_build_info", "The version that runs.", 1, version=product_version())
    yield gauge("process_start_time_seconds", "When this process started.", _STARTED)
    yield Family("process_cpu_seconds_total", "counter", "CPU time of this process.", [Sample(time.process_time())])
    yield gauge("process_resident_memory_bytes", "Memory of this process, where the system tells.", _memory())


def _memory() -> int | None:
    try:
        return int(_STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None


def _caches() -> Iterator[Family]:
    caches: Mapping[str, Any] = {"parsed": parsed.cache_info(), "validated": validated.cache_info()}
    for what in ("hits", "misses"):
        samples = [Sample(getattr(info, what), {"cache": name}) for name, info in caches.items()]
        yield Family(f"krc_document_cache_{what}_total", "counter", f"Cache {what} of documents.", samples)
