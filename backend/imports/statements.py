"""The SQL of an import: a staging table, who is new, and one statement that writes everything."""

STAGING = "import_staging"

CREATE_STAGING = f"""
CREATE TEMPORARY TABLE {STAGING} (
  row_number bigint, first_name text, last_name text, email text, phone text, date_of_birth date, guardian_name text, uci_number text,
  service_coordinator text, starts_on date, ends_on date, identity bytea, period bytea
) ON COMMIT DROP
"""

# Everybody in the file once, at the first row that has them, with the client they are or will be.
CREATE_PEOPLE = f"""
CREATE TEMPORARY TABLE import_people ON COMMIT DROP AS
SELECT p.*, CASE WHEN p.known_id IS NULL THEN nextval(pg_get_serial_sequence('clients', 'id')) ELSE p.known_id END AS client_id
FROM (
  SELECT DISTINCT ON (s.identity) s.*, r.client_id AS known_id
  FROM {STAGING} s LEFT JOIN imported_rows r ON r.row_hash = s.identity
  ORDER BY s.identity, s.row_number
) p
ORDER BY p.row_number
"""

# Each period of the file once, unless an import has brought it before: what was changed by hand since then stays.
CREATE_PERIODS = f"""
CREATE TEMPORARY TABLE import_periods ON COMMIT DROP AS
SELECT DISTINCT ON (p.client_id, s.uci_number, s.starts_on) s.*, p.client_id
FROM {STAGING} s JOIN import_people p USING (identity)
WHERE s.period IS NOT NULL AND NOT EXISTS (SELECT FROM imported_rows r WHERE r.row_hash = s.period)
  AND NOT EXISTS (SELECT FROM authorizations a
                  WHERE a.client_id = p.client_id AND a.uci_number = s.uci_number AND a.starts_on = s.starts_on)
ORDER BY p.client_id, s.uci_number, s.starts_on, s.row_number
"""

ANALYZE = "ANALYZE {table}"

COUNTS = f"""
SELECT (SELECT count(*) FROM {STAGING}) AS rows,
       (SELECT count(*) FROM import_people) AS people,
       (SELECT count(*) FROM import_people WHERE known_id IS NULL) AS added,
       (SELECT count(*) FROM import_periods) AS periods,
       (SELECT count(DISTINCT s.period) FROM {STAGING} s
        WHERE NOT EXISTS (SELECT FROM imported_rows r WHERE r.row_hash = s.period)) AS periods_unseen
"""

REPEATS = f"""
SELECT s.row_number, p.row_number AS first_row FROM {STAGING} s JOIN import_people p USING (identity)
WHERE s.row_number <> p.row_number AND (s.period IS NULL OR s.period IS NOT DISTINCT FROM p.period)
ORDER BY s.row_number LIMIT :shown
"""

# One statement, because triggers for each statement run at its end: the search text of a client is then written once,
# with its contact methods and authorizations, and not three times.
WRITE = f"""
WITH this AS (
  SELECT CAST(:import_id AS bigint) AS import_id, CAST(:actor_kind AS actor_kind) AS actor_kind, CAST(:actor_id AS bigint) AS actor_id,
         CAST(:actor_label AS text) AS actor_label, CAST(:request_id AS text) AS request_id, CAST(:language AS text) AS language
), new_people AS (SELECT * FROM import_people WHERE known_id IS NULL
), clients_added AS (
  INSERT INTO clients (id, first_name, last_name, date_of_birth, guardian_name, service_coordinator, language) OVERRIDING SYSTEM VALUE
  SELECT client_id, first_name, last_name, date_of_birth, guardian_name, service_coordinator, this.language
  FROM new_people, this ORDER BY client_id
), contact_methods_added AS (
  INSERT INTO contact_methods (client_id, kind, value, is_primary)
  SELECT client_id, 'PHONE'::contact_kind, phone, true FROM new_people WHERE phone IS NOT NULL
  UNION ALL SELECT client_id, 'EMAIL', email, true FROM new_people WHERE email IS NOT NULL
), authorizations_added AS (
  INSERT INTO authorizations (client_id, uci_number, service_coordinator, starts_on, ends_on)
  SELECT client_id, uci_number, service_coordinator, starts_on, ends_on FROM import_periods
  RETURNING id, client_id, uci_number, starts_on, ends_on
), rows_remembered AS (
  INSERT INTO imported_rows (row_hash, client_id, import_id)
  SELECT identity, client_id, this.import_id FROM new_people, this
  UNION ALL SELECT DISTINCT s.period, p.client_id, this.import_id FROM this, {STAGING} s JOIN import_people p USING (identity)
            WHERE s.period IS NOT NULL AND NOT EXISTS (SELECT FROM imported_rows r WHERE r.row_hash = s.period)
), entries AS (
  SELECT 'client.imported' AS action, 'client' AS subject_type, client_id AS subject_id, client_id,
         jsonb_build_object('row', row_number) AS after
  FROM new_people
  UNION ALL
  SELECT 'authorization.imported', 'authorization', id, client_id, jsonb_build_object('starts_on', starts_on, 'ends_on', ends_on)
  FROM authorizations_added
), audited AS (
  INSERT INTO audit_log (actor_kind, actor_id, actor_label, request_id, action, subject_type, subject_id, client_id, after)
  SELECT this.actor_kind, this.actor_id, this.actor_label, this.request_id, action, subject_type, subject_id, client_id,
         after || jsonb_build_object('import', this.import_id)
  FROM entries, this
)
INSERT INTO outbox (topic, payload) SELECT 'client.created', jsonb_build_object('client_id', client_id) FROM new_people ORDER BY client_id
"""
