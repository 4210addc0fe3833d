"""The core schema: people, standing, visits, work, audit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_core"
down_revision = None
branch_labels = None
depends_on = None

# Lower case without accents and apostrophes, so that "soren oconnell" is Søren O'Connell. unaccent() is only STABLE
# because its dictionary could be changed; ours is not.
FOLD = r"""
CREATE FUNCTION krc_fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT translate(lower(public.unaccent('public.unaccent'::regdictionary, value)), U&'''`\2019\2018\02BC\00B4', '') $$
"""

# The one definition of standing. Periods that overlap or follow each other without a gap are one span, so a renewal
# in advance counts. A day that is covered takes the span's last day; else the next future period (PENDING), else the
# last past one (EXPIRED). The policy is the tier's, or the default tier's. Always exactly one row. A single SELECT, so PostgreSQL inlines it into the page's query.
STANDING = """
CREATE FUNCTION client_standing(client bigint, day date)
RETURNS TABLE (status standing_status, source standing_source, starts_on date, ends_on date, days_left integer,
               tier_id bigint, tier_name text, policy check_in_policy)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
AS $$
  WITH periods AS (
    SELECT 'MEMBERSHIP'::standing_source AS source, m.tier_id, m.starts_on, m.ends_on FROM memberships m WHERE m.client_id = client
    UNION ALL
    SELECT 'AUTHORIZATION'::standing_source, NULL, a.starts_on, a.ends_on FROM authorizations a WHERE a.client_id = client
  ), reached AS (
    SELECT p.*, max(p.ends_on) OVER (ORDER BY p.starts_on, p.ends_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
    FROM periods p
  ), numbered AS (
    SELECT r.*, count(*) FILTER (WHERE r.reach IS NULL OR r.starts_on > r.reach + 1)
                OVER (ORDER BY r.starts_on, r.ends_on ROWS UNBOUNDED PRECEDING) AS span
    FROM reached r
  ), spans AS (
    SELECT n.*, max(n.ends_on) OVER (PARTITION BY n.span) AS span_ends_on,
           CASE WHEN day BETWEEN n.starts_on AND n.ends_on THEN 0 WHEN n.starts_on > day THEN 1 ELSE 2 END AS phase
    FROM numbered n
  )
  SELECT (CASE WHEN s.phase IS NULL THEN 'NONE' WHEN s.phase = 1 THEN 'PENDING' WHEN s.phase = 2 THEN 'EXPIRED'
               WHEN s.span_ends_on - day <= 30 THEN 'EXPIRING' ELSE 'ACTIVE' END)::standing_status,
         s.source, s.starts_on, CASE WHEN s.phase = 2 THEN s.ends_on ELSE s.span_ends_on END,
         CASE s.phase WHEN 0 THEN s.span_ends_on WHEN 1 THEN s.starts_on ELSE s.ends_on END - day,
         s.tier_id, t.name, coalesce(t.policy, (SELECT d.policy FROM membership_tiers d WHERE d.is_default), 'REMIND')
  FROM (VALUES (1)) AS always (one)
  LEFT JOIN LATERAL (
    SELECT * FROM spans ORDER BY phase, CASE WHEN phase = 1 THEN spans.starts_on END, spans.ends_on DESC, spans.source LIMIT 1
  ) s ON true
  LEFT JOIN membership_tiers t ON t.id = s.tier_id
$$
"""

SEARCH = [
    """
CREATE FUNCTION krc_refresh_client_search(ids bigint[]) RETURNS void LANGUAGE sql
AS $$
  INSERT INTO client_search (client_id, source)
  SELECT c.id, ' ' || concat_ws(' ', c.first_name, c.last_name, c.preferred_name, c.member_code,
    (SELECT string_agg(m.value, ' ' ORDER BY m.id) FROM contact_methods m WHERE m.client_id = c.id),
    (SELECT string_agg(DISTINCT concat_ws(' ', a.uci_number, a.authorization_number), ' ') FROM authorizations a WHERE a.client_id = c.id)) || ' '
  FROM clients c WHERE c.id = ANY (ids)
  ON CONFLICT (client_id) DO UPDATE SET source = excluded.source WHERE client_search.source IS DISTINCT FROM excluded.source
$$
""",
    # Once for each statement, over all its rows, so that an import of 100,000 stays set-based.
    """
CREATE FUNCTION krc_search_changed() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM krc_refresh_client_search(ARRAY(SELECT DISTINCT client_id FROM changed));
  IF TG_OP = 'UPDATE' THEN
    PERFORM krc_refresh_client_search(ARRAY(SELECT DISTINCT client_id FROM former));
  END IF;
  RETURN NULL;
END
$$
""",
    """
CREATE FUNCTION krc_search_clients_added() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM krc_refresh_client_search(ARRAY(SELECT id FROM changed));
  RETURN NULL;
END
$$
""",
    """
CREATE FUNCTION krc_search_client_renamed() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM krc_refresh_client_search(ARRAY[NEW.id]);
  RETURN NULL;
END
$$
""",
    "CREATE TRIGGER search_added AFTER INSERT ON clients REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION krc_search_clients_added()",
    # Only when one of these columns is written: a check-in writes another one.
    "CREATE TRIGGER search_renamed AFTER UPDATE OF first_name, last_name, preferred_name, member_code ON clients FOR EACH ROW EXECUTE FUNCTION krc_search_client_renamed()",
]

for table in ("contact_methods", "authorizations"):
    SEARCH += [
        f"CREATE TRIGGER search_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION krc_search_changed()",
        f"CREATE TRIGGER search_changed AFTER UPDATE ON {table} REFERENCING NEW TABLE AS changed OLD TABLE AS former FOR EACH STATEMENT EXECUTE FUNCTION krc_search_changed()",
        f"CREATE TRIGGER search_removed AFTER DELETE ON {table} REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION krc_search_changed()",
    ]

# A consent is a fact of the past. It may move to another client (a merge) and lose its author (a user deleted), nothing else.
CONSENTS = [
    """
CREATE FUNCTION krc_consents_are_history() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
  IF (NEW.kind, NEW.granted, NEW.happened_at, NEW.source) IS DISTINCT FROM (OLD.kind, OLD.granted, OLD.happened_at, OLD.source) THEN
    RAISE EXCEPTION 'consents are history: add a row instead' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$
""",
    "CREATE TRIGGER are_history BEFORE UPDATE ON consents FOR EACH ROW EXECUTE FUNCTION krc_consents_are_history()",
]

EXTENSIONS = ["CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public", "CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public"]
ENUMS = ("actor_kind", "authorization_unit", "check_in_method", "check_in_policy", "consent_kind", "contact_kind", "message_status",
         "standing_source", "standing_status", "theme", "user_role")  # fmt: skip


def upgrade() -> None:
    for statement in (*EXTENSIONS, FOLD):
        op.execute(statement)
    op.create_table(
        "audit_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("actor_kind", sa.Enum("USER", "API_KEY", "KIOSK", "JOB", "OPERATOR", "ANONYMOUS", name="actor_kind"), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_label", sa.String(length=200), server_default="", nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=True),
        sa.Column("client_id", sa.BigInteger(), nullable=True),
        sa.Column("before", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    op.create_index(
        op.f("ix_audit_log_client_id_id"), "audit_log", ["client_id", "id"], unique=False, postgresql_where=sa.text("client_id IS NOT NULL")
    )
    op.create_index(op.f("ix_audit_log_happened_at"), "audit_log", ["happened_at"], unique=False)
    op.create_index(op.f("ix_audit_log_subject_type_subject_id_id"), "audit_log", ["subject_type", "subject_id", "id"], unique=False)
    op.create_table(
        "clients",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("first_name", sa.String(length=200), nullable=False),
        sa.Column("last_name", sa.String(length=200), nullable=False),
        sa.Column("preferred_name", sa.String(length=200), nullable=True),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("guardian_name", sa.String(length=200), nullable=True),
        sa.Column("service_coordinator", sa.String(length=200), nullable=True),
        sa.Column("member_code", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=2), server_default="en", nullable=False),
        sa.Column(
            "sort_name", sa.Text(collation="C"), sa.Computed("krc_fold(last_name || ' ' || first_name)", persisted=True), nullable=False
        ),
        sa.Column(
            "sort_given", sa.Text(collation="C"), sa.Computed("krc_fold(first_name || ' ' || last_name)", persisted=True), nullable=False
        ),
        sa.Column("last_check_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("btrim(first_name || last_name) <> ''", name=op.f("ck_clients_has_a_name")),
        sa.CheckConstraint("language IN ('en', 'es')", name=op.f("ck_clients_language_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clients")),
        sa.UniqueConstraint("member_code", name=op.f("uq_clients_member_code")),
    )
    op.create_index(
        "ix_clients_last_check_in",
        "clients",
        [sa.literal_column("last_check_in_at DESC NULLS LAST"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(op.f("ix_clients_sort_given_id"), "clients", ["sort_given", "id"], unique=False)
    op.create_index(op.f("ix_clients_sort_name_id"), "clients", ["sort_name", "id"], unique=False)
    op.create_table(
        "login_counters",
        sa.Column("bucket", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("bucket", "hour", name=op.f("pk_login_counters")),
    )
    op.create_table(
        "membership_tiers",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("period_months", sa.BigInteger(), nullable=True),
        sa.Column("visit_cap", sa.BigInteger(), nullable=True),
        sa.Column(
            "policy", sa.Enum("ALLOW", "REMIND", "ASK_STAFF", "BLOCK", name="check_in_policy"), server_default="REMIND", nullable=False
        ),
        sa.Column("is_default", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("period_months > 0", name=op.f("ck_membership_tiers_period_positive")),
        sa.CheckConstraint("visit_cap > 0", name=op.f("ck_membership_tiers_visit_cap_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_tiers")),
    )
    op.create_index("uq_membership_tiers_code", "membership_tiers", [sa.literal_column("lower(code)")], unique=True)
    op.create_index("uq_membership_tiers_default", "membership_tiers", ["is_default"], unique=True, postgresql_where=sa.text("is_default"))
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("available_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(
        "ix_outbox_due", "outbox", ["available_at"], unique=False, postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL")
    )
    op.create_table(
        "schedules",
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("topic", name=op.f("pk_schedules")),
    )
    op.create_table(
        "stations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("ck_stations_not_blank")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stations")),
    )
    op.create_index("uq_stations_name", "stations", [sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "tags",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("colour", sa.String(length=10), server_default="slate", nullable=False),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("ck_tags_not_blank")),
        sa.CheckConstraint(
            "colour IN ('slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'violet', 'pink')", name=op.f("ck_tags_colour_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
    )
    op.create_index("uq_tags_name", "tags", [sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=True),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.Enum("ADMIN", "STAFF", name="user_role"), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("theme", sa.Enum("SYSTEM", "LIGHT", "DARK", name="theme"), server_default="SYSTEM", nullable=False),
        sa.Column("language", sa.String(length=2), server_default="en", nullable=False),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("email = lower(email) AND position('@' in email) > 1", name=op.f("ck_users_email_form")),
        sa.CheckConstraint("language IN ('en', 'es')", name=op.f("ck_users_language_known")),
        sa.CheckConstraint(
            "username = lower(username) AND username !~ '[@[:space:]]' AND username <> ''", name=op.f("ck_users_username_form")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("username", name=op.f("uq_users_username")),
    )
    op.create_table(
        "authorizations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("uci_number", sa.String(length=50), nullable=False),
        sa.Column("authorization_number", sa.String(length=50), nullable=True),
        sa.Column("vendor_number", sa.String(length=50), nullable=True),
        sa.Column("service_code", sa.String(length=20), nullable=True),
        sa.Column("service_subcode", sa.String(length=20), nullable=True),
        sa.Column("service_coordinator", sa.String(length=200), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("units_per_month", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.Enum("VISIT", "DAY", "HOUR", name="authorization_unit"), server_default="VISIT", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("btrim(uci_number) <> ''", name=op.f("ck_authorizations_uci_not_blank")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_authorizations_dates_in_order")),
        sa.CheckConstraint("units_per_month > 0", name=op.f("ck_authorizations_units_positive")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_authorizations_client_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorizations")),
    )
    op.create_index(op.f("ix_authorizations_client_id_ends_on"), "authorizations", ["client_id", "ends_on"], unique=False)
    op.create_index(op.f("ix_authorizations_ends_on"), "authorizations", ["ends_on"], unique=False)
    op.create_index(op.f("ix_authorizations_uci_number"), "authorizations", ["uci_number"], unique=False)
    op.create_index(
        "uq_authorizations_period",
        "authorizations",
        ["client_id", "uci_number", "starts_on", sa.literal_column("coalesce(authorization_number, '')")],
        unique=True,
    )
    op.create_table(
        "check_ins",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("method", sa.Enum("STAFF", "KIOSK", "IMPORT", "API", name="check_in_method"), nullable=False),
        sa.Column("station_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("standing_status", sa.Enum("ACTIVE", "EXPIRING", "PENDING", "EXPIRED", "NONE", name="standing_status"), nullable=False),
        sa.Column("standing_source", sa.Enum("MEMBERSHIP", "AUTHORIZATION", name="standing_source"), nullable=True),
        sa.Column("standing_ends_on", sa.Date(), nullable=True),
        sa.Column("policy", sa.Enum("ALLOW", "REMIND", "ASK_STAFF", "BLOCK", name="check_in_policy"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.BigInteger(), nullable=True),
        sa.Column("void_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint("btrim(void_reason) <> ''", name=op.f("ck_check_ins_void_reason_not_blank")),
        sa.CheckConstraint("(voided_at IS NULL) = (void_reason IS NULL)", name=op.f("ck_check_ins_void_has_reason")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_check_ins_client_id")),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name=op.f("fk_check_ins_station_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_check_ins_user_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["voided_by"], ["users.id"], name=op.f("fk_check_ins_voided_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint("request_id", name=op.f("uq_check_ins_request_id")),
    )
    op.create_index(op.f("ix_check_ins_client_id_happened_at"), "check_ins", ["client_id", "happened_at"], unique=False)
    op.create_table(
        "check_in_repeats",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("check_in_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["check_in_id"], ["check_ins.id"], name=op.f("fk_check_in_repeats_check_in_id")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_check_in_repeats")),
    )
    op.create_index(op.f("ix_check_in_repeats_check_in_id"), "check_in_repeats", ["check_in_id"], unique=False)
    op.create_index(op.f("ix_check_ins_happened_at_id"), "check_ins", ["happened_at", "id"], unique=False)
    op.create_index(
        op.f("ix_check_ins_local_day_station_id"),
        "check_ins",
        ["local_day", "station_id"],
        unique=False,
        postgresql_where=sa.text("voided_at IS NULL"),
    )
    op.create_table(
        "client_notes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("pinned", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("btrim(body) <> ''", name=op.f("ck_client_notes_not_blank")),
        sa.CheckConstraint("length(body) <= 10000", name=op.f("ck_client_notes_body_length")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_client_notes_author_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_client_notes_client_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_notes")),
    )
    op.create_index(op.f("ix_client_notes_client_id_created_at"), "client_notes", ["client_id", "created_at"], unique=False)
    op.create_table(
        "client_search",
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(collation="C"), sa.Computed("krc_fold(source)", persisted=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_client_search_client_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_search")),
    )
    op.create_index(
        "ix_client_search_document",
        "client_search",
        ["document"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"document": "gin_trgm_ops"},
    )
    op.create_table(
        "client_tags",
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_client_tags_client_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_client_tags_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("client_id", "tag_id", name=op.f("pk_client_tags")),
    )
    op.create_index(op.f("ix_client_tags_tag_id"), "client_tags", ["tag_id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Enum("SMS", "EMAIL", "PHOTO", "TERMS", "WAIVER", name="consent_kind"), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_consents_client_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_consents_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("client_id", "kind", "happened_at", name=op.f("uq_consents_client_id_kind_happened_at")),
    )
    op.create_table(
        "contact_methods",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Enum("PHONE", "EMAIL", "DISCORD", name="contact_kind"), nullable=False),
        sa.Column("value", sa.String(length=254), nullable=False),
        sa.Column("is_primary", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("btrim(value) <> ''", name=op.f("ck_contact_methods_not_blank")),
        sa.CheckConstraint(
            "kind <> 'EMAIL' OR (value = lower(value) AND value ~ '^[^@[:space:]]+@[^@[:space:]]+$')",
            name=op.f("ck_contact_methods_email_form"),
        ),
        sa.CheckConstraint("kind <> 'PHONE' OR value ~ '^\\+[1-9][0-9]{6,14}$'", name=op.f("ck_contact_methods_phone_e164")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_contact_methods_client_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_methods")),
        sa.UniqueConstraint("client_id", "kind", "value", name=op.f("uq_contact_methods_client_id_kind_value")),
    )
    op.create_index(op.f("ix_contact_methods_value_kind"), "contact_methods", ["value", "kind"], unique=False)
    op.create_index(
        "uq_contact_methods_primary", "contact_methods", ["client_id", "kind"], unique=True, postgresql_where=sa.text("is_primary")
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("rows_read", sa.BigInteger(), nullable=False),
        sa.Column("rows_added", sa.BigInteger(), nullable=False),
        sa.Column("rows_unchanged", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_imports_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_table(
        "known_devices",
        sa.Column("device_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_known_devices_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("device_hash", "user_id", name=op.f("pk_known_devices")),
    )
    op.create_index(op.f("ix_known_devices_user_id"), "known_devices", ["user_id"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("tier_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_memberships_dates_in_order")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_memberships_client_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tier_id"], ["membership_tiers.id"], name=op.f("fk_memberships_tier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_client_id_ends_on"), "memberships", ["client_id", "ends_on"], unique=False)
    op.create_index(op.f("ix_memberships_ends_on"), "memberships", ["ends_on"], unique=False)
    op.create_index(op.f("ix_memberships_tier_id"), "memberships", ["tier_id"], unique=False)
    op.create_table(
        "messages",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=40), server_default="", nullable=False),
        sa.Column("status", sa.Enum("SENT", "NOT_SENT", name="message_status"), nullable=False),
        sa.Column("why", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_messages_client_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("client_id", "kind", "period", name=op.f("uq_messages_client_id_kind_period")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("user_agent", sa.String(length=300), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"], unique=False, postgresql_where=sa.text("ended_at IS NULL"))
    op.create_table(
        "visit_rollup",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("hour", sa.SmallInteger(), nullable=False),
        sa.Column("station_id", sa.BigInteger(), nullable=True),
        sa.Column("visits", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name=op.f("ck_visit_rollup_hour_of_day")),
        sa.CheckConstraint("visits > 0", name=op.f("ck_visit_rollup_visits_positive")),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name=op.f("fk_visit_rollup_station_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_rollup")),
    )
    op.create_index(
        "uq_visit_rollup_cell", "visit_rollup", ["local_day", "hour", "station_id"], unique=True, postgresql_nulls_not_distinct=True
    )
    op.create_table(
        "imported_rows",
        sa.Column("row_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_imported_rows_client_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_imported_rows_import_id")),
        sa.PrimaryKeyConstraint("row_hash", name=op.f("pk_imported_rows")),
    )
    op.create_index(op.f("ix_imported_rows_client_id"), "imported_rows", ["client_id"], unique=False)
    op.create_index(op.f("ix_imported_rows_import_id"), "imported_rows", ["import_id"], unique=False)
    op.create_table(
        "refresh_tokens",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("parent", sa.LargeBinary(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_refresh_tokens_session_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_refresh_tokens")),
        sa.UniqueConstraint("parent", name=op.f("uq_refresh_tokens_parent")),
    )
    op.create_index(op.f("ix_refresh_tokens_session_id"), "refresh_tokens", ["session_id"], unique=False)
    for statement in (STANDING, *SEARCH, *CONSENTS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP FUNCTION client_standing")
    op.drop_index(op.f("ix_refresh_tokens_session_id"), table_name="refresh_tokens")
    op.drop_table("refresh_tokens")
    op.drop_index(op.f("ix_imported_rows_import_id"), table_name="imported_rows")
    op.drop_index(op.f("ix_imported_rows_client_id"), table_name="imported_rows")
    op.drop_table("imported_rows")
    op.drop_index("uq_visit_rollup_cell", table_name="visit_rollup", postgresql_nulls_not_distinct=True)
    op.drop_table("visit_rollup")
    op.drop_index(op.f("ix_sessions_user_id"), table_name="sessions", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_table("sessions")
    op.drop_table("messages")
    op.drop_index(op.f("ix_memberships_tier_id"), table_name="memberships")
    op.drop_index(op.f("ix_memberships_ends_on"), table_name="memberships")
    op.drop_index(op.f("ix_memberships_client_id_ends_on"), table_name="memberships")
    op.drop_table("memberships")
    op.drop_index(op.f("ix_known_devices_user_id"), table_name="known_devices")
    op.drop_table("known_devices")
    op.drop_table("imports")
    op.drop_index("uq_contact_methods_primary", table_name="contact_methods", postgresql_where=sa.text("is_primary"))
    op.drop_index(op.f("ix_contact_methods_value_kind"), table_name="contact_methods")
    op.drop_table("contact_methods")
    op.drop_table("consents")
    op.drop_index(op.f("ix_client_tags_tag_id"), table_name="client_tags")
    op.drop_table("client_tags")
    op.drop_index(
        "ix_client_search_document", table_name="client_search", postgresql_using="gin", postgresql_ops={"document": "gin_trgm_ops"}
    )
    op.drop_table("client_search")
    op.drop_index(op.f("ix_client_notes_client_id_created_at"), table_name="client_notes")
    op.drop_table("client_notes")
    op.drop_index(op.f("ix_check_in_repeats_check_in_id"), table_name="check_in_repeats")
    op.drop_table("check_in_repeats")
    op.drop_index(op.f("ix_check_ins_local_day_station_id"), table_name="check_ins", postgresql_where=sa.text("voided_at IS NULL"))
    op.drop_index(op.f("ix_check_ins_happened_at_id"), table_name="check_ins")
    op.drop_index(op.f("ix_check_ins_client_id_happened_at"), table_name="check_ins")
    op.drop_table("check_ins")
    op.drop_index("uq_authorizations_period", table_name="authorizations")
    op.drop_index(op.f("ix_authorizations_uci_number"), table_name="authorizations")
    op.drop_index(op.f("ix_authorizations_ends_on"), table_name="authorizations")
    op.drop_index(op.f("ix_authorizations_client_id_ends_on"), table_name="authorizations")
    op.drop_table("authorizations")
    op.drop_table("users")
    op.drop_index("uq_tags_name", table_name="tags")
    op.drop_table("tags")
    op.drop_index("uq_stations_name", table_name="stations")
    op.drop_table("stations")
    op.drop_table("schedules")
    op.drop_index("ix_outbox_due", table_name="outbox", postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"))
    op.drop_table("outbox")
    op.drop_index("uq_membership_tiers_default", table_name="membership_tiers", postgresql_where=sa.text("is_default"))
    op.drop_index("uq_membership_tiers_code", table_name="membership_tiers")
    op.drop_table("membership_tiers")
    op.drop_table("login_counters")
    op.drop_index(op.f("ix_clients_sort_name_id"), table_name="clients")
    op.drop_index(op.f("ix_clients_sort_given_id"), table_name="clients")
    op.drop_index("ix_clients_last_check_in", table_name="clients")
    op.drop_table("clients")
    op.drop_index(op.f("ix_audit_log_subject_type_subject_id_id"), table_name="audit_log")
    op.drop_index(op.f("ix_audit_log_happened_at"), table_name="audit_log")
    op.drop_index(op.f("ix_audit_log_client_id_id"), table_name="audit_log", postgresql_where=sa.text("client_id IS NOT NULL"))
    op.drop_table("audit_log")
    for name in (
        "krc_search_changed",
        "krc_search_clients_added",
        "krc_search_client_renamed",
        "krc_refresh_client_search",
        "krc_consents_are_history",
        "krc_fold",
    ):
        op.execute(f"DROP FUNCTION {name}")
    for name in ENUMS:
        op.execute(f"DROP TYPE {name}")
