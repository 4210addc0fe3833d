"""Somebody with something in every table, whose values are easy to find again wherever they may be left."""

from sqlalchemy import text

from backend.db import UnitOfWork

SECRETS = (
    "Zebedee",
    "Quxley",
    "zebedee@example.test",
    "+16615550199",
    "7654321",
    "Coordinata",
    "Guardiana",
    "CODE-99",
    "2001-02-03",
    "whispered",
    "+16615550177",
    "+16615550188",
    "cora@example.test",
    "Zebedee's school",
    "godmother",
    "ZebGamesTonight",
)

PERSON = """
INSERT INTO clients (first_name, last_name, preferred_name, date_of_birth, guardian_name, guardian_relation, guardian_phone,
                     service_coordinator, service_coordinator_phone, service_coordinator_email, member_code, language, large_text,
                     kiosk_colour, kiosk_picture, gamer_tag)
VALUES ('Zebedee', 'Quxley', 'Zebedee', '2001-02-03', 'Guardiana', 'godmother', '+16615550177',
        'Coordinata', '+16615550188', 'cora@example.test', 'CODE-99', 'es', true, 'teal', 'rocket', 'ZebGamesTonight') RETURNING id
"""
EVERYTHING = """
INSERT INTO contact_methods (client_id, kind, value, label)
  VALUES (:id, 'PHONE', '+16615550199', NULL), (:id, 'EMAIL', 'zebedee@example.test', 'Zebedee''s school');
INSERT INTO consents (client_id, kind, granted, source) VALUES (:id, 'SMS', true, 'on paper by Guardiana');
INSERT INTO client_notes (client_id, body) VALUES (:id, 'whispered');
INSERT INTO client_notes (client_id, body, deleted_at) VALUES (:id, 'whispered and deleted', now());
INSERT INTO tags (name) VALUES ('Some tag') ON CONFLICT DO NOTHING;
INSERT INTO client_tags (client_id, tag_id) SELECT :id, id FROM tags LIMIT 1;
INSERT INTO messages (client_id, kind, status, why) VALUES (:id, 'welcome', 'NOT_SENT', 'NO_CHANNEL');
INSERT INTO ggleap_links (client_id, ggleap_user_id) VALUES (:id, 'Zebedee99');
INSERT INTO imports (file_name, file_hash, rows_read, rows_added, rows_unchanged) VALUES ('a.csv', '', 1, 1, 0);
INSERT INTO imported_rows (row_hash, client_id, import_id) SELECT '\\x01', :id, max(id) FROM imports;
INSERT INTO membership_tiers (name, code) VALUES ('Tier', 'tier');
INSERT INTO memberships (client_id, tier_id, starts_on, ends_on, note, end_reason)
  SELECT :id, max(id), '2026-01-01', '2026-12-31', 'whispered', 'Zebedee moved away' FROM membership_tiers;
INSERT INTO authorizations (client_id, uci_number, authorization_number, vendor_number, service_code, service_coordinator,
                            service_coordinator_phone, starts_on, ends_on, units_per_month, note, end_reason)
  VALUES (:id, '7654321', 'A-1', 'V-1', '055', 'Coordinata', '+16615550188', '2026-01-01', '2026-12-31', 20, 'whispered', 'Zebedee');
INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy, note, override_reason,
                       voided_at, void_reason)
  VALUES (gen_random_uuid(), :id, now(), '2026-11-22', 'STAFF', 'ACTIVE', 'REMIND', 'whispered', 'Guardiana called',
          now(), 'Zebedee was not there'),
         (gen_random_uuid(), :id, now(), '2026-11-23', 'STAFF', 'ACTIVE', 'REMIND', NULL, NULL, NULL, NULL);
INSERT INTO kiosks (name, kind, token_hash) VALUES ('Door', 'CHECK_IN', decode(md5(:id::text), 'hex'));
INSERT INTO kiosk_events (request_id, kiosk_id, sequence, client_id, typed, visitor, occurred_at, outcome, doubt, decision,
                          decided_at, reason)
  SELECT gen_random_uuid(), max(id), 1, :id, '+16615550199', '{"firstName": "Zebedee"}', now(), 'FOR_STAFF', 'UNKNOWN', 'DISMISSED', now(),
         'Guardiana called' FROM kiosks;
INSERT INTO audit_log (actor_kind, action, subject_type, subject_id, client_id, before, after)
  VALUES ('USER', 'client.updated', 'client', :id, :id, '{"first_name": "Zebedee"}', '{"first_name": "Quxley"}'),
         ('USER', 'client.created', 'client', :id, NULL, NULL, '{"first_name": "Zebedee"}');
INSERT INTO bulk_changes (kind, criteria, total) VALUES ('ARCHIVE', '{"search": "quxley", "standing": ["NONE"]}', 1);
INSERT INTO bulk_change_items (bulk_change_id, client_id, changed) SELECT max(id), :id, true FROM bulk_changes;
INSERT INTO users (email, display_name, role, password_hash) VALUES ('staff@example.test', 'Staff', 'STAFF', 'x') ON CONFLICT DO NOTHING;
INSERT INTO saved_views (owner_id, page, name, state)
  SELECT id, 'clients', 'Where is Zébedee Quxley ' || :id,
         '{"q": "  ZEBEDEE ", "more": ["661 Zébedee Quxley", 7], "sort": "name"}' FROM users LIMIT 1;
INSERT INTO idempotency_keys (actor_kind, actor_id, key, operation, digest, subject_id)
  SELECT 'USER', 1, gen_random_uuid(), 'addNote', decode('c0ffee', 'hex'), id FROM client_notes WHERE client_id = :id LIMIT 1;
INSERT INTO idempotency_keys (actor_kind, actor_id, key, operation, digest, subject_id)
  VALUES ('USER', 1, gen_random_uuid(), 'createClient', decode('c0ffee', 'hex'), :id)
"""


async def somebody(uow: UnitOfWork) -> int:
    """A client with something in every table; the values of `SECRETS` are all there."""
    number: int = await uow.scalar(text(PERSON))
    for statement in EVERYTHING.split(";\n"):
        await uow.execute(text(statement.replace(":id", str(number)).replace('": ', r'"\: ')))
    return number


async def all_rows(uow: UnitOfWork, *schemas: str) -> str:
    """The text of every row of every table."""
    tables = await uow.rows(
        text("SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY (:schemas)"), {"schemas": list(schemas)}
    )
    said = []
    for schema, table in tables:
        said += list(await uow.scalars(text(f'SELECT row_to_json(t)::text FROM "{schema}"."{table}" t')))
    return "\n".join(said)


def left_in(said: str) -> list[str]:
    """The secrets that are still there, however they are written."""
    return [secret for secret in SECRETS if secret.casefold() in said.casefold().replace("é", "e")]


# As the predecessor left it, with the same person and another one.
LEGACY = """
CREATE SCHEMA legacy;
CREATE TABLE legacy.clients (id uuid PRIMARY KEY, first_name text);
CREATE TABLE legacy.contact_methods (id int, client_id uuid REFERENCES legacy.clients (id), value text);
CREATE TABLE legacy.audit_log (id int, entity_id text, diff jsonb);
CREATE TABLE legacy.users (id uuid, email text);
INSERT INTO legacy.clients VALUES ('10000000-0000-4000-8000-000000000001', 'Zebedee'), ('10000000-0000-4000-8000-000000000002', 'Ana');
INSERT INTO legacy.contact_methods
  VALUES (1, '10000000-0000-4000-8000-000000000001', 'zebedee@example.test'),
         (2, '10000000-0000-4000-8000-000000000002', 'ana');
INSERT INTO legacy.audit_log
  VALUES (1, '10000000-0000-4000-8000-000000000001', '{"name": "Zebedee"}'),
         (2, '10000000-0000-4000-8000-000000000002', '{"name": "Ana"}');
INSERT INTO legacy.users VALUES ('10000000-0000-4000-8000-000000000009', 'staff@example.test');
INSERT INTO adoptions (shape, origin, started_at) VALUES ('models', 'here', now());
INSERT INTO past_webhook_events (source_id, event, payload, status, attempts, last_error, created_at)
  VALUES (gen_random_uuid(), 'client.created', '{"id": "10000000-0000-4000-8000-000000000001", "name": "Zebedee"}',
          'failed', 1, 'Zebedee', now()),
         (gen_random_uuid(), 'client.created', '{"id": "10000000-0000-4000-8000-000000000002", "name": "Ana"}', 'failed', 1, NULL, now())
"""
