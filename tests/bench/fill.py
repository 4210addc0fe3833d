"""A centre of any size, made by a few set-based statements, the same one each time."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import asyncpg

from tests.bench.names import FAMILY, GIVEN

TAGS = (("Tournament", "violet"), ("Quiet room", "teal"), ("Own headset", "slate"), ("Volunteer", "green"), ("New", "blue"),
        ("Ask before photos", "amber"), ("Allergy", "red"), ("Saturday group", "orange"))  # fmt: skip
STATIONS = ("Station 1", "Station 2", "Station 3")
LARGE = ("clients", "client_search", "contact_methods", "memberships", "authorizations", "client_tags", "client_notes", "check_ins")

# Common names are more common than others: the power bends the even chance.
_PEOPLE = """
INSERT INTO clients (id, first_name, last_name, preferred_name, date_of_birth, guardian_name, member_code, language,
                     first_check_in_at, last_check_in_at, archived_at, created_at)
OVERRIDING SYSTEM VALUE
SELECT n, g[1 + floor(cardinality(g) * power(random(), 1.6))::int], f[1 + floor(cardinality(f) * power(random(), 1.6))::int],
       CASE WHEN random() < 0.06 THEN g[1 + floor(cardinality(g) * random())::int] END,
       current_date - (9 * 365 + floor(random() * 35 * 365))::int,
       CASE WHEN random() < 0.4 THEN f[1 + floor(cardinality(f) * random())::int] END,
       CASE WHEN random() < 0.7 THEN 'M' || lpad(n::text, 7, '0') END, CASE WHEN random() < 0.3 THEN 'es' ELSE 'en' END,
       v.first, v.last, CASE WHEN random() < 0.02 THEN now() END, date_trunc('second', now() - random() * interval '900 days')
FROM generate_series(1, $1::int) n
LEFT JOIN (SELECT person, min(at) AS first, max(at) AS last FROM bench_visits GROUP BY person) v ON v.person = n,
     (SELECT $2::text[] AS g, $3::text[] AS f) names
ORDER BY n
"""
_STEPS = (
    # 555 is the exchange of stories; families share some of these 100,000 numbers.
    """INSERT INTO contact_methods (client_id, kind, value, is_primary, verified_at)
       SELECT id, 'PHONE', '+1' || (ARRAY[661,818,747,213,310,805,559,626,909,951])[1 + id % 10] || 555
              || lpad(floor(random() * 10000)::text, 4, '0'), true,
              CASE WHEN random() < 0.3 THEN created_at END
       FROM clients WHERE random() < 0.92 ORDER BY id""",
    """INSERT INTO contact_methods (client_id, kind, value, is_primary)
       SELECT id, 'EMAIL', regexp_replace(krc_fold(first_name || '.' || last_name), '[^a-z.]', '', 'g') || id || '@'
              || (ARRAY['example.com', 'example.net', 'example.org'])[1 + id % 3], true FROM clients WHERE random() < 0.75 ORDER BY id""",
    """INSERT INTO contact_methods (client_id, kind, value, is_primary)
       SELECT id, 'DISCORD', 'player' || id * 7, true FROM clients WHERE random() < 0.2 ORDER BY id""",
    """INSERT INTO membership_tiers (name, code, period_months, policy)
       VALUES ('Monthly', 'monthly', 1, 'REMIND'), ('Annual', 'annual', 12, 'ALLOW'), ('Student', 'student', 6, 'ASK_STAFF')""",
    # A third of the members renewed once before.
    """INSERT INTO memberships (client_id, tier_id, starts_on, ends_on)
       SELECT m.id, (SELECT min(id) FROM membership_tiers) + m.id % 4, m.day, m.day + (30 * (1 + m.id % 12))::int
       FROM (SELECT id, current_date - floor(random() * 420)::int + 20 AS day FROM clients WHERE random() < 0.6) m ORDER BY m.id""",
    """INSERT INTO memberships (client_id, tier_id, starts_on, ends_on)
       SELECT client_id, tier_id, starts_on - 91, starts_on - 1 FROM memberships WHERE random() < 0.33 ORDER BY client_id""",
    """INSERT INTO authorizations (client_id, uci_number, authorization_number, service_coordinator, starts_on, ends_on, units_per_month)
       SELECT a.id, 7000000 + a.id * 3, 'POS' || (20000000 + a.id), 'Coordinator ' || a.id % 40, a.day, a.day + 364, 8 + a.id % 16
       FROM (SELECT id, current_date - floor(random() * 480)::int + 20 AS day FROM clients WHERE random() < 0.3) a ORDER BY a.id""",
    """INSERT INTO client_tags (client_id, tag_id)
       SELECT c.id, t.id FROM clients c CROSS JOIN tags t WHERE random() < 0.1 ORDER BY c.id, t.id""",
    """INSERT INTO client_notes (client_id, body, pinned, author_id, created_at)
       SELECT c.id, 'Note ' || k || ': prefers the station by the window and calmer games in the last half hour.', random() < 0.12,
              (SELECT min(id) FROM users), date_trunc('second', c.created_at + k * interval '1 day')
       FROM clients c CROSS JOIN generate_series(1, 2) k WHERE random() < 0.15 ORDER BY c.id, k""",
    """INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, station_id, standing_status, policy, recorded_at)
       SELECT gen_random_uuid(), person, at, (at AT TIME ZONE current_setting('bench.zone'))::date, 'STAFF',
              (SELECT array_agg(id ORDER BY id) FROM stations)[1 + person % (SELECT count(*) FROM stations)], 'ACTIVE', 'REMIND', at
       FROM bench_visits ORDER BY at""",
    """INSERT INTO visit_rollup (local_day, hour, station_id, visits)
       SELECT local_day, extract(hour FROM happened_at AT TIME ZONE current_setting('bench.zone'))::smallint, station_id, count(*)
       FROM check_ins GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
    "DROP TABLE bench_visits",
)  # fmt: skip


# From late morning to the evening, most in the afternoon. Nobody came in the last twenty minutes, so that all may check in.
_VISITS = """
CREATE TEMPORARY TABLE bench_visits ON COMMIT DROP AS
SELECT person, CASE WHEN at < now() - interval '20 minutes' THEN at ELSE at - interval '7 days' END AS at
FROM (
  SELECT 1 + floor({clients} * power(random(), 1.5))::bigint AS person,
         date_trunc('second', (today.begin - floor(random() * 541) * interval '1 day'
                               + (10 + 11 * (random() + random()) / 2) * interval '1 hour') AT TIME ZONE today.zone) AS at
  FROM generate_series(1, {check_ins}),
       (SELECT zone, date_trunc('day', now() AT TIME ZONE zone) AS begin FROM current_setting('bench.zone') AS zone) AS today
) v
"""
_INDEXES = """
SELECT i.indexrelid::regclass::text AS name, i.indrelid::regclass::text AS on_table, c.conname AS rule,
       CASE WHEN c.oid IS NULL THEN pg_get_indexdef(i.indexrelid)
            ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) END AS made_by
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'u'
WHERE i.indrelid = ANY ($1::text[]::regclass[]) AND NOT i.indisprimary ORDER BY 1
"""


@dataclass(frozen=True)
class Filled:
    """How many rows there are, and how many seconds filling took."""

    clients: int
    check_ins: int
    seconds: float


async def fill(connection: asyncpg.Connection, *, clients: int, check_ins: int, zone: str) -> Filled:
    """Fill a migrated and seeded database. Clients have the ids 1 to ``clients``; nobody was there in the last 20 minutes."""
    began = time.perf_counter()
    async with connection.transaction():
        await connection.execute("SELECT setseed(0.2026), set_config('bench.zone', $1, true)", zone)
        await connection.execute("SET LOCAL work_mem = '256MB'; SET LOCAL maintenance_work_mem = '512MB'")
        await connection.execute(_VISITS.format(clients=clients, check_ins=check_ins))
        async with _bare(connection):
            await connection.execute(_PEOPLE, clients, GIVEN, FAMILY)
            await connection.executemany("INSERT INTO tags (name, colour) VALUES ($1, $2)", TAGS)
            await connection.executemany("INSERT INTO stations (name) VALUES ($1)", [(name,) for name in STATIONS])
            for step in _STEPS:
                await connection.execute(step)
        await connection.execute("SELECT setval(pg_get_serial_sequence('clients', 'id'), (SELECT max(id) FROM clients))")
    # Also empties the search index's list of pending entries, as autovacuum would have by now.
    await connection.execute("VACUUM ANALYZE")
    await connection.execute("CHECKPOINT")
    return replace(await count(connection), seconds=time.perf_counter() - began)


async def count(connection: asyncpg.Connection) -> Filled:
    """What is there, whenever it was filled."""
    counts = await connection.fetchrow("SELECT (SELECT count(*) FROM clients), (SELECT count(*) FROM check_ins)")
    return Filled(counts[0], counts[1], 0.0)


@asynccontextmanager
async def _bare(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """Without indexes, foreign keys' triggers and the search documents, all of which are made at the end at once."""
    indexes = await connection.fetch(_INDEXES, LARGE)
    for index in indexes:
        gone = f"ALTER TABLE {index['on_table']} DROP CONSTRAINT {index['rule']}" if index["rule"] else f"DROP INDEX {index['name']}"
        await connection.execute(gone)
    for table in LARGE:
        await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    yield
    for table in LARGE:
        await connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
    for index in indexes:
        if index["on_table"] != "client_search":
            await connection.execute(index["made_by"])
    # Each document looks the client's contact methods up, by index.
    await connection.execute("SELECT krc_refresh_client_search(ARRAY(SELECT id FROM clients ORDER BY id))")
    for index in indexes:
        if index["on_table"] == "client_search":
            await connection.execute(index["made_by"])
