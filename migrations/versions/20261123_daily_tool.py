"""The daily tool: comfort, coordinators, merges, bulk changes, saved views, caps, check-out, the centre's own settings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261123_daily_tool"
down_revision = "20261123_operations"
branch_labels = None
depends_on = None

# A member code as people type and scanners read it: without spaces, hyphens, dots and underscores, in lower case.
CODE = r"""
CREATE FUNCTION krc_code(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT lower(regexp_replace(value, '[\s._-]', '', 'g')) $$
"""

# What a client may still use on a day: one row for each membership and authorization that covers the day, with the window that its
# cap counts in and what was used of it there. ``allowed`` is empty where there is no cap. An hour counts once it is checked out.
ALLOWANCE = """
CREATE FUNCTION client_allowance(client bigint, day date)
RETURNS TABLE (source standing_source, holding_id bigint, tier_name text, unit authorization_unit, allowed integer,
               starts_on date, ends_on date, used numeric)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
AS $$
  WITH month AS (
    SELECT date_trunc('month', day::timestamp)::date AS first_day,
           (date_trunc('month', day::timestamp) + interval '1 month - 1 day')::date AS last_day
  ), held AS (
    SELECT 'MEMBERSHIP'::standing_source AS source, m.id AS holding_id, t.name::text AS tier_name, 'VISIT'::authorization_unit AS unit,
           t.visit_cap::integer AS allowed,
           CASE t.cap_window WHEN 'MONTH' THEN greatest(m.starts_on, month.first_day) ELSE m.starts_on END AS starts_on,
           CASE t.cap_window WHEN 'MONTH' THEN least(m.ends_on, month.last_day) ELSE m.ends_on END AS ends_on
    FROM memberships m JOIN membership_tiers t ON t.id = m.tier_id CROSS JOIN month
    WHERE m.client_id = client AND day BETWEEN m.starts_on AND m.ends_on
    UNION ALL
    SELECT 'AUTHORIZATION'::standing_source, a.id, NULL, a.unit, a.units_per_month::integer,
           greatest(a.starts_on, month.first_day), least(a.ends_on, month.last_day)
    FROM authorizations a CROSS JOIN month
    WHERE a.client_id = client AND day BETWEEN a.starts_on AND a.ends_on
  )
  SELECT h.source, h.holding_id, h.tier_name, h.unit, h.allowed, h.starts_on, h.ends_on, u.used
  FROM held h CROSS JOIN LATERAL (
    SELECT CASE h.unit WHEN 'VISIT' THEN count(*) WHEN 'DAY' THEN count(DISTINCT c.local_day)
                       ELSE round(coalesce(sum(extract(epoch FROM c.checked_out_at - c.happened_at)), 0) / 3600, 2) END AS used
    FROM check_ins c
    WHERE h.allowed IS NOT NULL AND c.client_id = client AND c.voided_at IS NULL AND c.local_day BETWEEN h.starts_on AND h.ends_on
  ) u
$$
"""

# The API's role may only add to the audit log and may not touch the predecessor's tables. An erasure has to; so it may do exactly
# that, for a client whose erasure is on record. Both return how many rows they touched.
ERASING = [
    """
CREATE FUNCTION krc_erase_audit(client bigint) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  touched integer;
BEGIN
  IF NOT EXISTS (SELECT FROM public.erasures e WHERE e.client_id = client) THEN
    RAISE EXCEPTION 'the erasure of this client is not on record' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE public.audit_log a SET before = NULL, after = NULL
  WHERE (a.client_id = client OR a.subject_type = 'client' AND a.subject_id = client)
    AND a.action <> 'client.erased' AND (a.before IS NOT NULL OR a.after IS NOT NULL);
  GET DIAGNOSTICS touched = ROW_COUNT;
  RETURN touched;
END
$$
""",
    """
CREATE FUNCTION krc_erase_legacy(client bigint) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  former text[];
  marks text[];
  old record;
  one integer;
  touched integer := 0;
BEGIN
  IF NOT EXISTS (SELECT FROM public.erasures e WHERE e.client_id = client) THEN
    RAISE EXCEPTION 'the erasure of this client is not on record' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT array_agg(r.source_id::text), array_agg('%' || r.source_id::text || '%') INTO former, marks
  FROM public.adopted_rows r WHERE r.part = 'clients' AND r.target_id = client;
  IF former IS NULL THEN
    RETURN 0;
  END IF;
  UPDATE public.past_webhook_events e SET payload = '{}', last_error = NULL
  WHERE e.payload::text || coalesce(e.last_error, '') LIKE ANY (marks);
  GET DIAGNOSTICS touched = ROW_COUNT;
  -- The people themselves come last, since the other tables refer to them.
  FOR old IN
    SELECT c.oid::regclass::text AS name, c.relname, bool_or(a.attname = 'client_id') AS of_client,
           string_agg(format('%I = %L', a.attname, '{}'), ', ') FILTER (WHERE a.atttypid IN ('json'::regtype, 'jsonb'::regtype)) AS emptied
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = to_regnamespace('legacy') AND c.relkind = 'r'
    GROUP BY 1, 2 ORDER BY c.relname = 'clients', 2
  LOOP
    IF old.of_client OR old.relname = 'clients' THEN
      EXECUTE format('DELETE FROM %s WHERE %I::text = ANY ($1)', old.name, CASE WHEN old.of_client THEN 'client_id' ELSE 'id' END)
        USING former;
    ELSIF old.emptied IS NOT NULL THEN
      EXECUTE format('UPDATE %s AS t SET %s WHERE t::text LIKE ANY ($1)', old.name, old.emptied) USING marks;
    ELSE
      CONTINUE;
    END IF;
    GET DIAGNOSTICS one = ROW_COUNT;
    touched := touched + one;
  END LOOP;
  RETURN touched;
END
$$
""",
    "REVOKE EXECUTE ON FUNCTION krc_erase_audit(bigint), krc_erase_legacy(bigint) FROM PUBLIC",
]

FIRST_VISITS = """
UPDATE clients SET first_check_in_at = f.first
FROM (SELECT client_id, min(happened_at) AS first FROM check_ins WHERE voided_at IS NULL GROUP BY client_id) f
WHERE f.client_id = clients.id
"""

COLOURS = "colour IN ('slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'violet', 'pink')"
PHONE = "{} ~ '^\\+[1-9][0-9]{{6,14}}$'"
# On tables with rows: the new columns are empty or have a default that passes, so reading them all once is all it costs.
CHECKS = [
    ("clients", "merged_are_archived", "merged_into_id IS NULL OR (archived_at IS NOT NULL AND merged_into_id <> id)"),
    ("clients", "guardian_phone_e164", PHONE.format("guardian_phone")),
    ("clients", "coordinator_phone_e164", PHONE.format("service_coordinator_phone")),
    ("authorizations", "coordinator_phone_e164", PHONE.format("service_coordinator_phone")),
    ("membership_tiers", "one_period", "period_days IS NULL OR (period_days > 0 AND period_months IS NULL)"),
    ("membership_tiers", "price_not_negative", "price_cents >= 0"),
    ("membership_tiers", "colour_known", COLOURS),
    ("check_ins", "out_after_in", "checked_out_at >= happened_at"),
    ("check_ins", "override_reason_not_blank", "btrim(override_reason) <> ''"),
]
KEYS = [
    ("check_ins", "fk_check_ins_checked_out_by", "checked_out_by", "users", " ON DELETE SET NULL"),
    ("client_notes", "fk_client_notes_edited_by", "edited_by", "users", " ON DELETE SET NULL"),
    ("client_notes", "fk_client_notes_deleted_by", "deleted_by", "users", " ON DELETE SET NULL"),
    ("clients", "fk_clients_merged_into_id", "merged_into_id", "clients", ""),
]
CAP_WINDOW = postgresql.ENUM("MEMBERSHIP", "MONTH", name="cap_window", create_type=False)


def upgrade() -> None:
    op.execute(CODE)
    op.execute("CREATE TYPE cap_window AS ENUM ('MEMBERSHIP', 'MONTH')")
    op.create_table(
        "centre_settings",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_centre_settings")),
    )
    op.create_table(
        "client_merges",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kept_id", sa.BigInteger(), nullable=False),
        sa.Column("merged_id", sa.BigInteger(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_label", sa.String(length=200), nullable=False),
        sa.Column("details", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_merges")),
    )
    op.create_index(op.f("ix_client_merges_kept_id"), "client_merges", ["kept_id"], unique=False)
    op.create_index(op.f("ix_client_merges_merged_id"), "client_merges", ["merged_id"], unique=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("actor_kind", postgresql.ENUM(name="actor_kind", create_type=False), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("operation", sa.String(length=60), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("actor_kind", "actor_id", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(op.f("ix_idempotency_keys_created_at"), "idempotency_keys", ["created_at"], unique=False)
    op.create_table(
        "bulk_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.Enum("ADD_TAG", "REMOVE_TAG", "ARCHIVE", "RESTORE", name="bulk_kind"), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=True),
        sa.Column("criteria", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("changed", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.Enum("RUNNING", "DONE", "STOPPED", name="bulk_state"), server_default="RUNNING", nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undoes_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_bulk_changes_tag_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["undoes_id"], ["bulk_changes.id"], name=op.f("fk_bulk_changes_undoes_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_bulk_changes_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_changes")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_bulk_changes_undoes_id")),
    )
    op.create_index(op.f("ix_bulk_changes_user_id_created_at"), "bulk_changes", ["user_id", "created_at"], unique=False)
    op.create_table(
        "saved_views",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("page", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("ck_saved_views_not_blank")),
        sa.CheckConstraint("page IN ('clients', 'check-ins')", name=op.f("ck_saved_views_page_known")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_saved_views_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    op.create_index("uq_saved_views_name", "saved_views", ["owner_id", "page", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "bulk_change_items",
        sa.Column("bulk_change_id", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bulk_change_id"], ["bulk_changes.id"], name=op.f("fk_bulk_change_items_bulk_change_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_bulk_change_items_client_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("bulk_change_id", "client_id", name=op.f("pk_bulk_change_items")),
    )
    op.create_index(op.f("ix_bulk_change_items_client_id"), "bulk_change_items", ["client_id"], unique=False)
    op.add_column("authorizations", sa.Column("service_coordinator_phone", sa.String(length=16), nullable=True))
    op.add_column("authorizations", sa.Column("note", sa.Text(), nullable=True))
    op.add_column("authorizations", sa.Column("end_reason", sa.String(length=200), nullable=True))
    op.create_index(
        "ix_authorizations_coordinator",
        "authorizations",
        ["service_coordinator"],
        unique=False,
        postgresql_where=sa.text("service_coordinator IS NOT NULL"),
    )
    op.create_index(op.f("ix_authorizations_starts_on"), "authorizations", ["starts_on"], unique=False)
    op.add_column("check_ins", sa.Column("override_reason", sa.String(length=500), nullable=True))
    op.add_column("check_ins", sa.Column("checked_out_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("check_ins", sa.Column("checked_out_by", sa.BigInteger(), nullable=True))
    op.add_column("check_ins", sa.Column("checked_out_by_closing", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index(op.f("ix_check_ins_station_id_happened_at_id"), "check_ins", ["station_id", "happened_at", "id"], unique=False)
    op.create_index(op.f("ix_check_ins_user_id_happened_at_id"), "check_ins", ["user_id", "happened_at", "id"], unique=False)
    op.create_index(
        "ix_check_ins_voided", "check_ins", ["happened_at", "id"], unique=False, postgresql_where=sa.text("voided_at IS NOT NULL")
    )
    op.add_column("client_notes", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("client_notes", sa.Column("edited_by", sa.BigInteger(), nullable=True))
    op.add_column("client_notes", sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("client_notes", sa.Column("deleted_by", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_client_notes_recent",
        "client_notes",
        [sa.literal_column("created_at DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.add_column("clients", sa.Column("guardian_relation", sa.String(length=60), nullable=True))
    op.add_column("clients", sa.Column("guardian_phone", sa.String(length=16), nullable=True))
    op.add_column("clients", sa.Column("service_coordinator_phone", sa.String(length=16), nullable=True))
    op.add_column("clients", sa.Column("service_coordinator_email", sa.String(length=254), nullable=True))
    op.add_column("clients", sa.Column("large_text", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("clients", sa.Column("no_sound", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("clients", sa.Column("no_motion", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("clients", sa.Column("first_check_in_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("clients", sa.Column("merged_into_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_clients_code",
        "clients",
        [sa.literal_column("krc_code(member_code)")],
        unique=False,
        postgresql_where=sa.text("member_code IS NOT NULL"),
    )
    op.create_index(
        "ix_clients_archived", "clients", ["sort_name", "id"], unique=False, postgresql_where=sa.text("archived_at IS NOT NULL")
    )
    op.create_index("ix_consents_granted", "consents", ["kind", "client_id"], unique=False, postgresql_where=sa.text("granted"))
    op.create_index(
        "ix_clients_coordinator",
        "clients",
        ["service_coordinator"],
        unique=False,
        postgresql_where=sa.text("service_coordinator IS NOT NULL"),
    )
    op.create_index(
        "ix_clients_first_check_in",
        "clients",
        ["first_check_in_at"],
        unique=False,
        postgresql_where=sa.text("first_check_in_at IS NOT NULL"),
    )
    op.create_index(
        "ix_clients_merged_into_id", "clients", ["merged_into_id"], unique=False, postgresql_where=sa.text("merged_into_id IS NOT NULL")
    )
    op.add_column("contact_methods", sa.Column("label", sa.String(length=60), nullable=True))
    op.add_column("contact_methods", sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False))
    op.add_column("erasures", sa.Column("certificate", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True))
    op.add_column("membership_tiers", sa.Column("period_days", sa.BigInteger(), nullable=True))
    op.add_column(
        "membership_tiers",
        sa.Column("cap_window", CAP_WINDOW, server_default="MEMBERSHIP", nullable=False),
    )
    op.add_column("membership_tiers", sa.Column("price_cents", sa.BigInteger(), nullable=True))
    op.add_column("membership_tiers", sa.Column("colour", sa.String(length=10), server_default="slate", nullable=False))
    op.add_column("membership_tiers", sa.Column("description", sa.String(length=500), nullable=True))
    op.add_column("membership_tiers", sa.Column("sentence_en", sa.String(length=200), nullable=True))
    op.add_column("membership_tiers", sa.Column("sentence_es", sa.String(length=200), nullable=True))
    op.add_column("memberships", sa.Column("end_reason", sa.String(length=200), nullable=True))
    op.create_index(op.f("ix_memberships_starts_on"), "memberships", ["starts_on"], unique=False)
    op.add_column("tags", sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False))
    op.add_column("tags", sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False))
    for table, name, column, other, rule in KEYS:
        op.execute(f"""
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}) REFERENCES {other} (id){rule}""")
    for table, name, condition in CHECKS:
        op.execute(f"""
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{name} CHECK ({condition})""")
    for statement in (ALLOWANCE, *ERASING, FIRST_VISITS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP FUNCTION krc_erase_legacy, krc_erase_audit, client_allowance")
    for table, name, _ in CHECKS:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{name}")
    for table, name, *_ in KEYS:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    op.drop_column("tags", "version")
    op.drop_column("tags", "created_at")
    op.drop_index(op.f("ix_memberships_starts_on"), table_name="memberships")
    op.drop_column("memberships", "end_reason")
    op.drop_column("membership_tiers", "sentence_es")
    op.drop_column("membership_tiers", "sentence_en")
    op.drop_column("membership_tiers", "description")
    op.drop_column("membership_tiers", "colour")
    op.drop_column("membership_tiers", "price_cents")
    op.drop_column("membership_tiers", "cap_window")
    op.drop_column("membership_tiers", "period_days")
    op.drop_column("erasures", "certificate")
    op.drop_column("contact_methods", "version")
    op.drop_column("contact_methods", "label")
    op.drop_index("ix_clients_merged_into_id", table_name="clients", postgresql_where=sa.text("merged_into_id IS NOT NULL"))
    op.drop_index("ix_clients_first_check_in", table_name="clients", postgresql_where=sa.text("first_check_in_at IS NOT NULL"))
    op.drop_index("ix_consents_granted", table_name="consents", postgresql_where=sa.text("granted"))
    op.drop_index("ix_clients_archived", table_name="clients", postgresql_where=sa.text("archived_at IS NOT NULL"))
    op.drop_index("ix_clients_coordinator", table_name="clients", postgresql_where=sa.text("service_coordinator IS NOT NULL"))
    op.drop_index("ix_clients_code", table_name="clients", postgresql_where=sa.text("member_code IS NOT NULL"))
    op.drop_column("clients", "merged_into_id")
    op.drop_column("clients", "first_check_in_at")
    op.drop_column("clients", "no_motion")
    op.drop_column("clients", "no_sound")
    op.drop_column("clients", "large_text")
    op.drop_column("clients", "service_coordinator_email")
    op.drop_column("clients", "service_coordinator_phone")
    op.drop_column("clients", "guardian_phone")
    op.drop_column("clients", "guardian_relation")
    op.drop_index("ix_client_notes_recent", table_name="client_notes", postgresql_where=sa.text("deleted_at IS NULL"))
    op.drop_column("client_notes", "deleted_by")
    op.drop_column("client_notes", "deleted_at")
    op.drop_column("client_notes", "edited_by")
    op.drop_column("client_notes", "edited_at")
    op.drop_index("ix_check_ins_voided", table_name="check_ins", postgresql_where=sa.text("voided_at IS NOT NULL"))
    op.drop_index(op.f("ix_check_ins_user_id_happened_at_id"), table_name="check_ins")
    op.drop_index(op.f("ix_check_ins_station_id_happened_at_id"), table_name="check_ins")
    op.drop_column("check_ins", "checked_out_by_closing")
    op.drop_column("check_ins", "checked_out_by")
    op.drop_column("check_ins", "checked_out_at")
    op.drop_column("check_ins", "override_reason")
    op.drop_index(op.f("ix_authorizations_starts_on"), table_name="authorizations")
    op.drop_index("ix_authorizations_coordinator", table_name="authorizations", postgresql_where=sa.text("service_coordinator IS NOT NULL"))
    op.drop_column("authorizations", "end_reason")
    op.drop_column("authorizations", "note")
    op.drop_column("authorizations", "service_coordinator_phone")
    op.drop_index(op.f("ix_bulk_change_items_client_id"), table_name="bulk_change_items")
    op.drop_table("bulk_change_items")
    op.drop_index("uq_saved_views_name", table_name="saved_views")
    op.drop_table("saved_views")
    op.drop_index(op.f("ix_bulk_changes_user_id_created_at"), table_name="bulk_changes")
    op.drop_table("bulk_changes")
    op.drop_index(op.f("ix_idempotency_keys_created_at"), table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_index(op.f("ix_client_merges_merged_id"), table_name="client_merges")
    op.drop_index(op.f("ix_client_merges_kept_id"), table_name="client_merges")
    op.drop_table("client_merges")
    op.drop_table("centre_settings")
    for name in ("cap_window", "bulk_kind", "bulk_state"):
        op.execute(f"DROP TYPE {name}")
    op.execute("DROP FUNCTION krc_code")
