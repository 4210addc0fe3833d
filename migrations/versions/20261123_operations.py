"""What running it needs: the installation, backups, adoption from the predecessor, possible duplicates, erasures."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261123_operations"
down_revision = "20261122_core"
branch_labels = None
depends_on = None


# Name of a check on contact_methods, and its condition; {} takes what makes an exception.
RELAXED = {
    "ck_contact_methods_phone_e164": "kind <> 'PHONE' OR {}value ~ '^\\+[1-9][0-9]{{6,14}}$'",
    "ck_contact_methods_email_form": "kind <> 'EMAIL' OR {}(value = lower(value) AND value ~ '^[^@[:space:]]+@[^@[:space:]]+$')",
}


def upgrade() -> None:
    op.create_table(
        "adoptions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("shape", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoptions")),
    )
    op.create_table(
        "backups",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("total_rows", sa.BigInteger(), nullable=False),
        sa.Column("proven_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backups")),
        sa.UniqueConstraint("file_name", name=op.f("uq_backups_file_name")),
    )
    op.create_index(op.f("ix_backups_made_at"), "backups", ["made_at"], unique=False)
    op.create_table(
        "erasures",
        sa.Column("client_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("actor_label", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_erasures")),
    )
    op.create_table(
        "ggleap_groups",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("purpose", sa.Enum("ACTIVE", "EXPIRED", name="ggleap_group_purpose"), nullable=False),
        sa.Column("ggleap_group_id", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ggleap_groups")),
        sa.UniqueConstraint("purpose", name=op.f("uq_ggleap_groups_purpose")),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.SmallInteger(), server_default=sa.text("1"), autoincrement=False, nullable=False),
        sa.Column("identity", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("restored_from", sa.String(length=200), nullable=True),
        sa.Column("messages_paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("messages_paused_because", sa.String(length=200), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "past_webhook_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.String(length=100), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_webhook_events")),
        sa.UniqueConstraint("source_id", name=op.f("uq_past_webhook_events_source_id")),
    )
    op.create_index(op.f("ix_past_webhook_events_created_at"), "past_webhook_events", ["created_at"], unique=False)
    op.create_table(
        "adopted_rows",
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("adoption_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["adoption_id"], ["adoptions.id"], name=op.f("fk_adopted_rows_adoption_id")),
        sa.PrimaryKeyConstraint("part", "source_id", name=op.f("pk_adopted_rows")),
    )
    op.create_index(op.f("ix_adopted_rows_adoption_id"), "adopted_rows", ["adoption_id"], unique=False)
    op.create_table(
        "adoption_lines",
        sa.Column("adoption_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("rows_read", sa.BigInteger(), nullable=False),
        sa.Column("rows_copied", sa.BigInteger(), nullable=False),
        sa.Column("rows_joined", sa.BigInteger(), nullable=False),
        sa.Column("rows_already", sa.BigInteger(), nullable=False),
        sa.Column("rows_aside", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("rows_read = rows_copied + rows_joined + rows_already + rows_aside", name=op.f("ck_adoption_lines_adds_up")),
        sa.ForeignKeyConstraint(["adoption_id"], ["adoptions.id"], name=op.f("fk_adoption_lines_adoption_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("adoption_id", "part", name=op.f("pk_adoption_lines")),
    )
    op.create_table(
        "adoption_remarks",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("adoption_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("source_id", sa.String(length=100), nullable=True),
        sa.Column("client_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("outcome IN ('joined', 'aside', 'changed')", name=op.f("ck_adoption_remarks_outcome_known")),
        sa.ForeignKeyConstraint(["adoption_id"], ["adoptions.id"], name=op.f("fk_adoption_remarks_adoption_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_adoption_remarks_client_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_remarks")),
    )
    op.create_index(
        op.f("ix_adoption_remarks_adoption_id_part_reason_id"), "adoption_remarks", ["adoption_id", "part", "reason", "id"], unique=False
    )
    op.create_index(op.f("ix_adoption_remarks_client_id"), "adoption_remarks", ["client_id"], unique=False)
    op.create_table(
        "ggleap_links",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("ggleap_user_id", sa.String(length=100), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_ggleap_links_client_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ggleap_links")),
        sa.UniqueConstraint("ggleap_user_id", name=op.f("uq_ggleap_links_ggleap_user_id")),
    )
    op.create_index(op.f("ix_ggleap_links_client_id"), "ggleap_links", ["client_id"], unique=False)
    op.create_table(
        "possible_duplicates",
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dismissed_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("client_id < other_id", name=op.f("ck_possible_duplicates_in_order")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_possible_duplicates_client_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["dismissed_by"], ["users.id"], name=op.f("fk_possible_duplicates_dismissed_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["other_id"], ["clients.id"], name=op.f("fk_possible_duplicates_other_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("client_id", "other_id", name=op.f("pk_possible_duplicates")),
    )
    op.create_index(op.f("ix_possible_duplicates_other_id"), "possible_duplicates", ["other_id"], unique=False)
    op.execute("-- squawk-ignore ban-drop-not-null\nALTER TABLE authorizations ALTER COLUMN uci_number DROP NOT NULL")
    op.add_column("check_ins", sa.Column("note", sa.Text(), nullable=True))
    op.add_column("contact_methods", sa.Column("needs_fixing", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index(
        "ix_contact_methods_needs_fixing", "contact_methods", ["client_id"], unique=False, postgresql_where=sa.text("needs_fixing")
    )
    op.add_column("memberships", sa.Column("note", sa.Text(), nullable=True))
    op.add_column("tags", sa.Column("description", sa.String(length=500), nullable=True))
    # A contact method that needs fixing is kept as it was written. Wider than before, so every row passes.
    for name, condition in RELAXED.items():
        op.execute(f"""
-- squawk-ignore ban-drop-constraint, constraint-missing-not-valid
ALTER TABLE contact_methods DROP CONSTRAINT {name}, ADD CONSTRAINT {name} CHECK ({condition.format("needs_fixing OR ")})""")


def downgrade() -> None:
    for name, condition in RELAXED.items():
        op.execute(f"ALTER TABLE contact_methods DROP CONSTRAINT {name}")
        op.execute(f"ALTER TABLE contact_methods ADD CONSTRAINT {name} CHECK ({condition.format('')})")
    op.drop_column("tags", "description")
    op.drop_column("memberships", "note")
    op.drop_index("ix_contact_methods_needs_fixing", table_name="contact_methods", postgresql_where=sa.text("needs_fixing"))
    op.drop_column("contact_methods", "needs_fixing")
    op.drop_column("check_ins", "note")
    op.alter_column("authorizations", "uci_number", existing_type=sa.VARCHAR(length=50), nullable=False)
    op.drop_index(op.f("ix_possible_duplicates_other_id"), table_name="possible_duplicates")
    op.drop_table("possible_duplicates")
    op.drop_index(op.f("ix_ggleap_links_client_id"), table_name="ggleap_links")
    op.drop_table("ggleap_links")
    op.drop_index(op.f("ix_adoption_remarks_client_id"), table_name="adoption_remarks")
    op.drop_index(op.f("ix_adoption_remarks_adoption_id_part_reason_id"), table_name="adoption_remarks")
    op.drop_table("adoption_remarks")
    op.drop_table("adoption_lines")
    op.drop_index(op.f("ix_adopted_rows_adoption_id"), table_name="adopted_rows")
    op.drop_table("adopted_rows")
    op.drop_index(op.f("ix_past_webhook_events_created_at"), table_name="past_webhook_events")
    op.drop_table("past_webhook_events")
    op.drop_table("installation")
    op.drop_table("ggleap_groups")
    op.drop_table("erasures")
    op.drop_index(op.f("ix_backups_made_at"), table_name="backups")
    op.drop_table("backups")
    op.drop_table("adoptions")
    op.execute("DROP TYPE ggleap_group_purpose")
