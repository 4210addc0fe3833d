"""A centre of any size, made by a few set-based statements, the same one each time."""

import time
from dataclasses import dataclass

import asyncpg

from tests.bench.names import FAMILY, GIVEN

TAGS = (("Tournament", "violet"), ("Quiet room", "teal"), ("Own headset", "slate"), ("Volunteer", "green"), ("New", "blue"),
        ("Ask before photos", "amber"), ("Allergy", "red"), ("Saturday group", "orange"))  # fmt: skip
TABLES = ("clients", "contact_methods", "authorizations")

# Common names are more common than others: the power bends the even chance.
_PEOPLE = """
INSERT INTO clients (id, first_name, last_name, preferred_name, date_of_birth, guardian_name, member_code, language, last_check_in_at,
                     archived_at, created_at)
OVERRIDING SYSTEM VALUE
SELECT n, g[1 + floor(cardinality(g) * power(random(), 1.6))::int], f[1 + floor(cardinality(f) * power(random(), 1.6))::int],
       CASE WHEN random() < 0.06 THEN g[1 + floor(cardinality(g) * random())::int] END,
       current_date - (9 * 365 + floor(random() * 35 * 365))::int,
       CASE WHEN random() < 0.4 THEN f[1 + floor(cardinality(f) * random())::int] END,
       CASE WHEN random() < 0.7 THEN 'M' || lpad(n::text, 7, '0') END, CASE WHEN random() < 0.3 THEN 'es' ELSE 'en' END,
       v.last, CASE WHEN random() < 0.02 THEN now() END, date_trunc('second', now() - random() * interval '900 days')
FROM generate_series(1, $1::int) n
LEFT JOIN (SELECT person, max(at) AS last FROM bench_visits GROUP BY person) v ON v.person = n,
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
              (SELECT min(id) FROM stations), 'ACTIVE', 'REMIND', at FROM bench_visits ORDER BY at""",
    "DROP TABLE bench_visits",
)  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """How many rows there are, and how many seconds filling took."""

    clients: int
    check_ins: int
    seconds: float


async def fill(connection: asyncpg.Connection, *, clients: int, check_ins: int, zone: str) -> Filled:
    """Fill a migrated and seeded database. Clients have the ids 1 to ``clients``; nobody was there in the last day."""
    began = time.perf_counter()
    async with connection.transaction():
        await connection.execute("SELECT setseed(0.2026), set_config('bench.zone', $1, true)", zone)
        await connection.execute(
            f"""CREATE TEMPORARY TABLE bench_visits ON COMMIT DROP AS
                SELECT 1 + floor({clients} * power(random(), 1.5))::bigint AS person,
                       date_trunc('second', now() - interval '1 day' - random() * interval '540 days') AS at
                FROM generate_series(1, {check_ins})"""
        )
        # The search documents are made once at the end instead of after each statement.
        for table in TABLES:
            await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        await connection.execute(_PEOPLE, clients, GIVEN, FAMILY)
        await connection.executemany("INSERT INTO tags (name, colour) VALUES ($1, $2)", TAGS)
        for step in _STEPS:
            await connection.execute(step)
        for table in TABLES:
            await connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        await connection.execute("SELECT krc_refresh_client_search(ARRAY(SELECT id FROM clients ORDER BY id))")
        await connection.execute("SELECT setval(pg_get_serial_sequence('clients', 'id'), (SELECT max(id) FROM clients))")
    # Also empties the search index's list of pending entries, as autovacuum would have by now.
    await connection.execute("VACUUM ANALYZE")
    await connection.execute("CHECKPOINT")
    counts = await connection.fetchrow("SELECT (SELECT count(*) FROM clients), (SELECT count(*) FROM check_ins)")
    return Filled(counts[0], counts[1], time.perf_counter() - began)
