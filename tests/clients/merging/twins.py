"""Two or more clients who are one person, with something in every table, and what is found of them afterwards."""

from typing import Any

from sqlalchemy import text

from backend.clients.merge.service import Asked, merge
from backend.db import Actor, ActorKind, Database, UnitOfWork
from tests.world import OPERATOR

STAFF = Actor(ActorKind.USER, id=None, label="Sam")

SHARED = """
INSERT INTO tags (name) VALUES ('Friday'), ('Minor');
INSERT INTO membership_tiers (name, code) VALUES ('Monthly', 'monthly'), ('Yearly', 'yearly');
INSERT INTO imports (file_name, file_hash, rows_read, rows_added, rows_unchanged) VALUES ('a.csv', '', 2, 2, 0);
INSERT INTO adoptions (shape, origin, started_at) VALUES ('models', 'here', now())
"""
KEPT = """
INSERT INTO clients (first_name, last_name, date_of_birth, member_code, guardian_name)
VALUES ('Ana', 'Álvarez', '2010-04-05', 'AAAA-1', 'Rosa Álvarez') RETURNING id
"""
GONE = """
INSERT INTO clients (first_name, last_name, preferred_name, member_code, language, no_sound, guardian_name, service_coordinator)
VALUES ('Anita', 'Alvarez', 'Nita', 'BBBB-2', 'es', true, 'Rosa A.', 'Carla') RETURNING id
"""
OF_KEPT = """
INSERT INTO contact_methods (client_id, kind, value, is_primary) VALUES (:id, 'PHONE', '+16615550101', true);
INSERT INTO consents (client_id, kind, granted, source, happened_at) VALUES (:id, 'SMS', true, 'form', '2026-01-01Z');
INSERT INTO client_notes (client_id, body) VALUES (:id, 'kept note');
INSERT INTO client_tags (client_id, tag_id) SELECT :id, id FROM tags WHERE name = 'Friday';
INSERT INTO memberships (client_id, tier_id, starts_on, ends_on)
  SELECT :id, id, '2026-01-01', '2026-12-31' FROM membership_tiers WHERE code = 'yearly';
INSERT INTO authorizations (client_id, uci_number, authorization_number, starts_on, ends_on, units_per_month)
  VALUES (:id, '7100001', 'A-1', '2026-01-01', '2026-12-31', 20);
INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy)
  VALUES (gen_random_uuid(), :id, '2026-11-01 20:00Z', '2026-11-01', 'STAFF', 'ACTIVE', 'REMIND');
INSERT INTO messages (client_id, kind, period, status, why) VALUES (:id, 'welcome', '', 'NOT_SENT', 'NO_CHANNEL')
"""
OF_GONE = """
INSERT INTO contact_methods (client_id, kind, value, is_primary, label)
  VALUES (:id, 'PHONE', '+16615550101', false, 'equal'), (:id, 'PHONE', '+16615550102', true, NULL),
         (:id, 'EMAIL', 'nita@example.test', true, NULL);
INSERT INTO consents (client_id, kind, granted, source, happened_at)
  VALUES (:id, 'SMS', false, 'desk', '2026-02-02Z'), (:id, 'PHOTO', true, 'desk', '2026-02-02Z');
INSERT INTO client_notes (client_id, body, pinned) VALUES (:id, 'gone note', true);
INSERT INTO client_notes (client_id, body, deleted_at) VALUES (:id, 'deleted note', now());
INSERT INTO client_tags (client_id, tag_id) SELECT :id, id FROM tags WHERE name IN ('Friday', 'Minor');
INSERT INTO memberships (client_id, tier_id, starts_on, ends_on)
  SELECT :id, id, '2026-01-01', '2026-12-31' FROM membership_tiers WHERE code = 'yearly';
INSERT INTO memberships (client_id, tier_id, starts_on, ends_on)
  SELECT :id, id, '2026-11-10', '2026-12-09' FROM membership_tiers WHERE code = 'monthly';
INSERT INTO authorizations (client_id, uci_number, authorization_number, starts_on, ends_on, units_per_month)
  VALUES (:id, '7100001', 'A-1', '2026-01-01', '2026-12-31', 25), (:id, '7100001', 'A-2', '2027-01-01', '2027-12-31', 25);
INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy)
  VALUES (gen_random_uuid(), :id, '2026-10-01 20:00Z', '2026-10-01', 'STAFF', 'ACTIVE', 'REMIND'),
         (gen_random_uuid(), :id, '2026-11-20 20:00Z', '2026-11-20', 'STAFF', 'ACTIVE', 'REMIND');
INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy, voided_at, void_reason)
  VALUES (gen_random_uuid(), :id, '2026-11-21 20:00Z', '2026-11-21', 'STAFF', 'ACTIVE', 'REMIND', now(), 'wrong');
INSERT INTO messages (client_id, kind, period, status, why)
  VALUES (:id, 'welcome', '', 'SENT', 'SENT'), (:id, 'expiring', '2026-12', 'NOT_SENT', 'NO_CHANNEL');
INSERT INTO ggleap_links (client_id, ggleap_user_id) VALUES (:id, 'nita99');
INSERT INTO imported_rows (row_hash, client_id, import_id) SELECT decode('00ff', 'hex'), :id, max(id) FROM imports;
INSERT INTO adopted_rows (part, source_id, target_id, adoption_id)
  SELECT 'clients', '10000000-0000-4000-8000-000000000001', :id, max(id) FROM adoptions;
INSERT INTO adopted_rows (part, source_id, target_id, adoption_id)
  SELECT 'tags', '10000000-0000-4000-8000-000000000002', :id, max(id) FROM adoptions;
INSERT INTO adoption_remarks (adoption_id, part, outcome, reason, client_id) SELECT max(id), 'clients', 'changed', 'x', :id FROM adoptions
"""
FIRST_VISITS = """
UPDATE clients c SET (first_check_in_at, last_check_in_at) =
  (SELECT min(happened_at), max(happened_at) FROM check_ins WHERE client_id = c.id AND voided_at IS NULL)
"""


async def run(uow: UnitOfWork, script: str, **values: object) -> None:
    """Statements that end in ``;`` and a line break; ``:name`` stands for a number."""
    for statement in script.strip().split(";\n"):
        filled = statement
        for name, value in values.items():
            filled = filled.replace(f":{name}", str(value))
        await uow.execute(text(filled.replace("20:00Z", r"20\:00Z")))


async def twins(database: Database) -> tuple[int, int]:
    """The client to keep and the one to merge into them; whoever else they may be is noted too."""
    async with database.writing(OPERATOR) as uow:
        await run(uow, SHARED)
        kept = int(await uow.scalar(text(KEPT)))
        gone = int(await uow.scalar(text(GONE)))
        other = int(await uow.scalar(text("INSERT INTO clients (first_name, last_name) VALUES ('Ben', 'Baker') RETURNING id")))
        await run(uow, OF_KEPT, id=kept)
        await run(uow, OF_GONE, id=gone)
        await run(
            uow,
            "INSERT INTO possible_duplicates (client_id, other_id, reason) VALUES (:one, :two, 'same_phone'), (:two, :three, 'same_email')",
            one=kept, two=gone, three=other,
        )  # fmt: skip
        await uow.execute(text(FIRST_VISITS))
    return kept, gone


async def merge_them(database: Database, kept: int, *gone: int, **choices: int) -> int:
    """Merge with the present versions; the number of the (first) merge."""
    async with database.writing(STAFF) as uow:
        versions = {row.id: row.version for row in await uow.rows(text("SELECT id, version FROM clients"))}
        asked = Asked((kept, versions[kept]), tuple((number, versions[number]) for number in gone), choices)
        await merge(uow, asked)
    async with database.reading() as reader:
        return int(await reader.scalar(text("SELECT max(id) FROM client_merges")))


async def values(database: Database, sql: str, **parameters: object) -> list[Any]:
    """All rows as tuples, or as plain values where there is one column."""
    async with database.reading() as reader:
        rows = [tuple(row) for row in await reader.rows(text(sql), parameters)]
    return [row[0] if len(row) == 1 else row for row in rows]


async def everything(database: Database) -> dict[str, list[str]]:
    """Every row of every table that tells of clients, as text, but for versions and what is history."""
    found = {}
    async with database.reading() as reader:
        tables = await reader.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"))
        for table in tables:
            if table not in {"audit_log", "client_merges", "alembic_version"}:
                found[table] = sorted(await reader.scalars(text(f"SELECT (to_jsonb(t) - 'version')::text FROM {table} t")))
    return found
