"""What bootstrap, backups and an adoption leave in the database, put there by SQL so that the settings pages have it to show."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from backend.db import Database
from tests.e2e.records import OPERATOR

PAUSED_FROM = "krc-2026-11-20T031000Z-nightly.tar"
_FILL = (
    """
    INSERT INTO installation (identity, created_at) VALUES (gen_random_uuid(), now() - interval '300 days') ON CONFLICT DO NOTHING
    """,
    """
    DELETE FROM backups
    """,
    """
    INSERT INTO backups (file_name, why, made_at, size_bytes, sha256, revision, total_rows, proven_at, problem, removed_at)
    SELECT 'e2e-' || n || '.tar', CASE n WHEN 3 THEN 'before-upgrade' WHEN 4 THEN 'manual' ELSE 'nightly' END,
           now() - make_interval(hours => 6 + 24 * (n - 1)), CASE n WHEN 2 THEN 0 ELSE 48100000 - 310000 * n END, '', 'e2e',
           CASE n WHEN 2 THEN 0 ELSE 214000 - 900 * n END,
           CASE WHEN n NOT IN (2, 5) THEN now() - make_interval(hours => 6 + 24 * (n - 1)) + interval '90 seconds' END,
           CASE n WHEN 2 THEN 'The disk of the backups is full: 12 MB are free and 96 MB are needed.'
                  WHEN 5 THEN 'A byte of the file is not as it was written.' END,
           CASE n WHEN 2 THEN now() - interval '30 hours' END
    FROM generate_series(1, 9) n
    """,
    """
    WITH run AS (
      INSERT INTO adoptions (shape, origin, started_at, finished_at)
      VALUES ('models', 'e2e.example.test:5432/crm', now() - interval '40 days', now() - interval '40 days' + interval '74 seconds')
      RETURNING id
    ), lines AS (
      INSERT INTO adoption_lines (adoption_id, part, position, rows_read, rows_copied, rows_joined, rows_already, rows_aside)
      SELECT run.id, l.part, l.position, l.copied + l.joined + l.aside, l.copied, l.joined, 0, l.aside
      FROM run, (VALUES ('users', 1, 6, 0, 1), ('clients', 2, 250, 0, 0), ('clients.phone', 3, 241, 4, 2), ('memberships', 4, 388, 0, 3),
                        ('tags', 5, 14, 3, 0), ('check_ins', 6, 18432, 0, 11)) l (part, position, copied, joined, aside)
    )
    INSERT INTO adoption_remarks (adoption_id, part, outcome, reason, source_id, client_id)
    SELECT run.id, r.part, r.outcome, r.reason, 'row-' || n, CASE WHEN r.has_client THEN (SELECT min(id) FROM clients) + n END
    FROM run, (VALUES ('clients.phone', 'changed', 'needs_fixing', 62, true), ('clients.phone', 'joined', 'same_value', 4, true),
                      ('users', 'aside', 'same_email', 1, false), ('tags', 'joined', 'same_tag', 3, false),
                      ('check_ins', 'aside', 'client_gone', 11, false))
              r (part, outcome, reason, many, has_client), LATERAL generate_series(1, r.many) n
    """,
    """
    INSERT INTO possible_duplicates (client_id, other_id, reason, found_at)
    SELECT id, id + 1, CASE WHEN row_number() OVER (ORDER BY id) % 2 = 1 THEN 'same_email' ELSE 'same_name_and_birthday' END,
           now() - make_interval(mins => row_number() OVER (ORDER BY id)::int)
    FROM (SELECT id FROM clients ORDER BY id LIMIT 6) c WHERE id % 2 = (SELECT min(id) % 2 FROM clients)
    """,
    """
    INSERT INTO contact_methods (client_id, kind, value, needs_fixing)
    SELECT id, 'PHONE', '555-01' || id % 90 + 10, true FROM clients ORDER BY id LIMIT 2
    """,
)
# A part and a reason that the pages have no words for, as a later version's report may have.
_ODD = (
    """
    INSERT INTO adoption_lines (adoption_id, part, position, rows_read, rows_copied, rows_joined, rows_already, rows_aside)
    SELECT id, 'fax_numbers', 7, 5, 0, 0, 0, 5 FROM adoptions
    """,
    """
    INSERT INTO adoption_remarks (adoption_id, part, outcome, reason, source_id)
    SELECT id, 'fax_numbers', 'aside', 'of_another_time', 'row-' || n FROM adoptions, generate_series(1, 5) n
    """,
)
_EMPTY = (
    "DELETE FROM contact_methods WHERE needs_fixing",
    "DELETE FROM possible_duplicates",
    "DELETE FROM adoptions WHERE origin LIKE 'e2e%'",
    "DELETE FROM backups",
)
_PAUSE = """
    UPDATE installation SET restored_at = now() - interval '20 minutes', restored_from = CAST(:file AS text),
      messages_paused_at = now() - interval '20 minutes', messages_paused_because = 'Restored from ' || CAST(:file AS text)
"""
_GO_ON = "UPDATE installation SET restored_at = NULL, restored_from = NULL, messages_paused_at = NULL, messages_paused_because = NULL"


async def run(database: Database, *statements: str, **values: str) -> None:
    """Run statements in one transaction."""
    async with database.writing(OPERATOR) as uow:
        for statement in statements:
            await uow.execute(text(statement), values)


@asynccontextmanager
async def an_old_installation(database: Database, *, odd: bool = False) -> AsyncIterator[None]:
    """Backups good and bad, an adoption with reasons, possible duplicates, phones to fix; gone again afterwards.

    ``odd``: with a part and a reason of which the pages know nothing.
    """
    await run(database, *_FILL, *(_ODD if odd else ()))
    try:
        yield
    finally:
        await run(database, *_EMPTY)


@asynccontextmanager
async def messages_paused(database: Database) -> AsyncIterator[None]:
    """As after a restore."""
    await run(database, _FILL[0])
    await run(database, _PAUSE, file=PAUSED_FROM)
    try:
        yield
    finally:
        await run(database, _GO_ON)
