"""Adopting a predecessor's database of any size: seconds, rows a second, and the most memory that the command's process took."""

import asyncio
import os
import subprocess
import sys
import time
from uuid import uuid4

import asyncpg

from tests.bench.errors import BenchError
from tests.bench.load import Loader
from tests.bench.names import FAMILY, GIVEN
from tests.bench.place import Place
from tests.bench.report import Line
from tests.bench.sizes import FULL, Size
from tests.operations import predecessor
from tests.world import migrate

CHECK_INS_EACH = 10
GOAL_SECONDS, GOAL_MEGABYTES = 180, 150

# Rows in the proportions of a centre that has been open for years: a few phones without an area code or from abroad, three quarters
# with an email, two thirds with POS dates, some families that share a phone.
_PEOPLE = """
INSERT INTO clients (id, first_name, last_name, date_of_birth, email, phone, parent_guardian_name, pos_number, service_coordinator,
                     pos_start_date, pos_end_date, notes, language, external_ids, created_at)
SELECT md5('client' || n)::uuid, g[1 + n % cardinality(g)], f[1 + (n * 7) % cardinality(f)],
       CASE WHEN n % 7 > 0 THEN date '1985-01-01' + n * 97 % 10000 END, CASE WHEN n % 4 > 0 THEN 'Client' || n || '@Example.test' END,
       CASE WHEN n % 50 = 0 THEN '555-' || lpad((n % 10000)::text, 4, '0') WHEN n % 97 = 0 THEN '+49 30 ' || 900000 + n % 90000
            WHEN n % 10 > 0 THEN '(' || (ARRAY[661,818,747,213])[1 + n % 4] || ') 555-' || lpad((n % 10000)::text, 4, '0') END,
       CASE WHEN n % 3 = 0 THEN 'Guardian of ' || n END, CASE WHEN n % 3 > 0 THEN (7000000 + n)::text END, 'Coordinator ' || n % 40,
       CASE WHEN n % 3 > 0 THEN date '2025-07-01' + n % 60 END, CASE WHEN n % 3 > 0 THEN date '2026-06-30' + n % 200 END,
       CASE WHEN n % 9 = 0 THEN 'Prefers station ' || n % 20 END, (ARRAY['Spanish', 'English', NULL, 'es'])[1 + n % 4],
       CASE WHEN n % 5 < 3 THEN jsonb_build_object((ARRAY['code', 'member_id', 'member_code'])[1 + n % 5], 'M' || n) ELSE '{}' END,
       timestamptz '2023-01-01 18:00+00' + n * interval '11 minutes'
FROM generate_series(1, $1::int) n, (SELECT $2::text[] AS g, $3::text[] AS f) names
"""
_STEPS = (
    """INSERT INTO users (id, username, email, password_hash, role, is_active, dark_mode, created_at, updated_at)
       SELECT md5('user' || n)::uuid, 'user' || n, 'user' || n || '@example.test', '$2b$10$' || repeat('x', 53), 'staff', true, false,
              now(), now() FROM generate_series(1, 12) n""",
    """INSERT INTO tags (id, name, color) SELECT md5('tag' || n)::uuid, 'Tag ' || n, '#1d4ed8' FROM generate_series(1, 12) n""",
    """INSERT INTO client_tags SELECT md5('client' || n)::uuid, md5('tag' || 1 + n % 12)::uuid FROM generate_series(1, {clients} / 2) n""",
    """INSERT INTO contact_methods (id, client_id, type, value, verified) SELECT gen_random_uuid(), md5('client' || n)::uuid,
       (ARRAY['sms', 'email', 'discord'])[1 + n % 3],
       (ARRAY['747.555.' || lpad((n % 10000)::text, 4, '0'), 'other' || n || '@example.test', 'player#' || n])[1 + n % 3], n % 2 = 0
       FROM generate_series(1, {clients} / 2) n""",
    """INSERT INTO consents (id, client_id, kind, granted, granted_at, source, created_at)
       SELECT gen_random_uuid(), md5('client' || 1 + n % {clients})::uuid, (ARRAY['sms', 'email', 'photo', 'tos', 'waiver'])[1 + n % 5],
              n % 4 > 0, timestamptz '2024-08-01 18:00+00' + n * interval '3 minutes', 'paper', now()
       FROM generate_series(1, {clients} * 2) n""",
    """INSERT INTO memberships (id, client_id, plan_code, starts_on, ends_on)
       SELECT gen_random_uuid(), md5('client' || 1 + n % {clients})::uuid,
              (ARRAY['unlimited', '10_hours', 'day_pass', 'student', 'Unlimited ', 'KRC'])[1 + n % 6], date '2025-01-01' + n % 500,
              date '2025-01-31' + n % 500 + (n % 3) * 30 FROM generate_series(1, {clients} * 6 / 5) n""",
    """INSERT INTO client_notes (id, client_id, user_id, note) SELECT gen_random_uuid(), md5('client' || 1 + n * 13 % {clients})::uuid,
       md5('user' || 1 + n % 12)::uuid, 'Note ' || n || ': calmer games in the last half hour.' FROM generate_series(1, {clients}) n""",
    """INSERT INTO check_ins (id, client_id, method, station, happened_at)
       SELECT gen_random_uuid(), md5('client' || 1 + floor({clients} * power(random(), 1.5))::int)::uuid,
              (CASE WHEN n % 6 = 0 THEN 'KIOSK' ELSE 'STAFF' END)::checkinmethod,
              (ARRAY['Front Desk', 'Kiosk', NULL, 'Station 7', 'station 7'])[1 + n % 5],
              timestamptz '2024-09-20 18:00+00' + random() * interval '700 days' FROM generate_series(1, {check_ins}) n""",
)


async def fill_predecessor(url: str, clients: int, check_ins: int) -> int:
    """Make the predecessor's database in its models shape; returns how many rows it has."""
    await predecessor.build(url, "models", rows=False)
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SELECT setseed(0.2026)")
        await connection.execute(_PEOPLE, clients, GIVEN, FAMILY)
        for step in _STEPS:
            await connection.execute(step.replace("{clients}", str(clients)).replace("{check_ins}", str(check_ins)))
        await connection.execute("ANALYZE")
        counts = [await connection.fetchval(f"SELECT count(*) FROM {table}") for table in predecessor.TABLES["models"]]
    finally:
        await connection.close()
    return sum(counts)


def adoption(place: Place, loader: Loader, size: Size) -> list[Line]:
    """Run ``just adopt`` from another database of the same server into an empty one of ours, as a process of its own."""
    check_ins = size.clients * CHECK_INS_EACH
    names = [f"krc_bench_{uuid4().hex[:10]}" for _ in ("source", "target")]
    source, target = (str(place.server).rsplit("/", 1)[0] + f"/{name}" for name in names)
    try:
        rows = asyncio.run(_prepare(place, names, source, target, size.clients, check_ins))
        seconds, megabytes = _adopt(source, place.environment | {"DATABASE_URL": target})
        asyncio.run(_check(target, check_ins))
    finally:
        for name in names:
            asyncio.run(_on_server(place, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    is_full = size.clients >= FULL.clients
    return [
        Line(
            f"adopt {size.clients:,} clients, {check_ins:,} check-ins",
            f"{seconds:.0f} s ({rows / seconds:,.0f} rows/s)",
            goal=f"≤ {GOAL_SECONDS} s",
            reached=seconds <= GOAL_SECONDS if is_full else None,
            samples={"seconds": [seconds]},
        ),
        Line(
            "memory of just adopt, at most",
            f"{megabytes:.0f} MB",
            goal=f"≤ {GOAL_MEGABYTES} MB",
            reached=megabytes <= GOAL_MEGABYTES,
            samples={"megabytes": [megabytes]},
        ),
    ]


async def _prepare(place: Place, names: list[str], source: str, target: str, clients: int, check_ins: int) -> int:
    for name in names:
        await _on_server(place, f'CREATE DATABASE "{name}" TEMPLATE template0')
    await migrate(target)
    return await fill_predecessor(source, clients, check_ins)


async def _on_server(place: Place, statement: str) -> None:
    connection = await asyncpg.connect(place.server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _adopt(source: str, environment: dict[str, str]) -> tuple[float, float]:
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.cli", "adopt", source, "--json"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    # Only this one's memory, and not the most that any process before it took.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise BenchError(f"just adopt ended with {process.returncode}.")
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - began, usage.ru_maxrss * unit / 1e6


async def _check(target: str, check_ins: int) -> None:
    connection = await asyncpg.connect(target)
    try:
        copied = await connection.fetchval("SELECT count(*) FROM check_ins")
    finally:
        await connection.close()
    if copied != check_ins:
        raise BenchError(f"{copied:,} of {check_ins:,} check-ins arrived.")
