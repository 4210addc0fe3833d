"""The chain over the audit log: salted digests of what entries say, seals, and nothing but additions."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_audit_chain"
down_revision = "20261124_accounts"
branch_labels = None
depends_on = None

# The salt keeps somebody who knows a digest from trying out names. As JSON an absent value and an empty one differ.
VALUES_DIGEST = "sha256(convert_to(json_build_array({0}salt, {0}before::text, {0}after::text)::text, 'UTF8'))"

# Two passes over the table, which also write it anew: no dead rows, and a million entries take seconds.
EXISTING = [
    """
-- squawk-ignore adding-field-with-default
ALTER TABLE audit_log ADD COLUMN salt uuid DEFAULT gen_random_uuid()""",
    """
-- squawk-ignore ban-drop-default
ALTER TABLE audit_log ALTER COLUMN salt DROP DEFAULT""",
    "ALTER TABLE audit_log ADD COLUMN values_digest bytea",
    f"""
-- squawk-ignore changing-column-type
ALTER TABLE audit_log ALTER COLUMN values_digest TYPE bytea USING {VALUES_DIGEST.format("")}""",
]

# Whoever inserts can't choose salt and digest. An entry has its number before its transaction has one, and seals wait for transactions:
# so the transaction gets its number here, and a statement that was held up for longer than it may last is ended before it does.
SALTING = f"""
CREATE FUNCTION krc_audit_salted() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM pg_current_xact_id();
  NEW.salt := gen_random_uuid();
  NEW.values_digest := {VALUES_DIGEST.format("NEW.")};
  RETURN NEW;
END
$$
"""

# The owner's role may change tables, and on a small installation the API signs in as the owner. An erasure empties values, nothing else.
KEEPING = """
CREATE FUNCTION krc_audit_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  emptied record;
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_log' THEN
    emptied := OLD;
    emptied.before := NULL;
    emptied.after := NULL;
    emptied.salt := NULL;
    IF NEW IS NOT DISTINCT FROM emptied
       AND EXISTS (SELECT FROM public.erasures e
                   WHERE e.client_id = OLD.client_id OR OLD.subject_type = 'client' AND e.client_id = OLD.subject_id) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'the audit log is only added to' USING ERRCODE = 'insufficient_privilege';
END
$$
"""

TRIGGERS = [
    "CREATE TRIGGER audit_log_salted BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION krc_audit_salted()",
    "CREATE TRIGGER audit_log_kept BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION krc_audit_kept()",
    "CREATE TRIGGER audit_log_not_emptied BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION krc_audit_kept()",
    "CREATE TRIGGER audit_seals_kept BEFORE UPDATE OR DELETE ON audit_seals FOR EACH ROW EXECUTE FUNCTION krc_audit_kept()",
    "CREATE TRIGGER audit_seals_not_emptied BEFORE TRUNCATE ON audit_seals FOR EACH STATEMENT EXECUTE FUNCTION krc_audit_kept()",
]

ERASE = """
CREATE OR REPLACE FUNCTION krc_erase_audit(client bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  touched integer;
BEGIN
  IF NOT EXISTS (SELECT FROM public.erasures e WHERE e.client_id = client) THEN
    RAISE EXCEPTION 'the erasure of this client is not on record' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE public.audit_log a SET before = NULL, after = NULL%s
  WHERE (a.client_id = client OR a.subject_type = 'client' AND a.subject_id = client)
    AND a.action <> 'client.erased' AND (a.before IS NOT NULL OR a.after IS NOT NULL);
  GET DIAGNOSTICS touched = ROW_COUNT;
  RETURN touched;
END
$$
"""


def upgrade() -> None:
    op.create_table(
        "audit_horizon",
        sa.Column("id", sa.SmallInteger(), server_default=sa.text("1"), autoincrement=False, nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("xid", sa.String(length=20), nullable=False),
        sa.Column("cluster", sa.String(length=20), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_horizon_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_horizon")),
    )
    op.create_table(
        "audit_seals",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=True),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_seals")),
    )
    for statement in (*EXISTING, SALTING, KEEPING, *TRIGGERS, ERASE % ", salt = NULL"):
        op.execute(statement)
    op.create_index(
        op.f("ix_audit_log_actor_kind_actor_id_happened_at"), "audit_log", ["actor_kind", "actor_id", "happened_at"], unique=False
    )
    op.create_index(op.f("ix_audit_log_action"), "audit_log", ["action"], unique=False, postgresql_ops={"action": "varchar_pattern_ops"})


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_log_action"), table_name="audit_log", postgresql_ops={"action": "varchar_pattern_ops"})
    op.drop_index(op.f("ix_audit_log_actor_kind_actor_id_happened_at"), table_name="audit_log")
    op.execute(ERASE % "")
    for name in ("audit_log_salted", "audit_log_kept", "audit_log_not_emptied"):
        op.execute(f"DROP TRIGGER {name} ON audit_log")
    op.drop_column("audit_log", "values_digest")
    op.drop_column("audit_log", "salt")
    op.drop_table("audit_seals")
    op.drop_table("audit_horizon")
    op.execute("DROP FUNCTION krc_audit_salted, krc_audit_kept")
