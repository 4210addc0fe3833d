"""Kiosks: paired devices, what they sent, how often they looked people up; what a client chose for them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261126_kiosks"
down_revision = "20261125_late_visits"
branch_labels = None
depends_on = None

_KIND = postgresql.ENUM("CHECK_IN", "LOBBY", name="kiosk_kind", create_type=False)
_OUTCOME = postgresql.ENUM(
    "CHECKED_IN", "REPEAT", "ASK_STAFF", "SEE_DESK", "FOR_STAFF", "TRY_AGAIN", name="kiosk_outcome", create_type=False
)
_DOUBT = postgresql.ENUM(
    "ASK_STAFF", "UNKNOWN", "AMBIGUOUS", "BLOCKED", "ARCHIVED", "FUTURE", "LONG_AGO", "WALK_IN", name="kiosk_doubt", create_type=False
)
_DECISION = postgresql.ENUM("ACCEPTED", "DISMISSED", "SETTLED", name="kiosk_decision", create_type=False)
# The columns are new and empty, so checking them takes no time.
KEYS = [("check_ins", "fk_check_ins_kiosk_id"), ("check_in_repeats", "fk_check_in_repeats_kiosk_id")]
_ENUMS = (_KIND, _OUTCOME, _DOUBT, _DECISION)


def _now() -> sa.TextClause:
    return sa.text("now()")


def upgrade() -> None:
    for kind in _ENUMS:
        kind.create(op.get_bind(), checkfirst=False)
    op.create_table(
        "kiosks",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", _KIND, nullable=False),
        sa.Column("station_id", sa.BigInteger(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("paired_at", sa.DateTime(timezone=True), server_default=_now(), nullable=False),
        sa.Column("paired_by", sa.BigInteger(), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("app_version", sa.String(length=40), nullable=True),
        sa.Column("queued", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("persisted", sa.Boolean(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("ck_kiosks_not_blank")),
        sa.CheckConstraint("queued >= 0", name=op.f("ck_kiosks_queued_not_negative")),
        sa.ForeignKeyConstraint(["paired_by"], ["users.id"], name=op.f("fk_kiosks_paired_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name=op.f("fk_kiosks_station_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosks")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_kiosks_token_hash")),
    )
    op.create_index(op.f("ix_kiosks_station_id"), "kiosks", ["station_id"], unique=False)
    op.create_index(
        "uq_kiosks_name", "kiosks", [sa.literal_column("lower(name)")], unique=True, postgresql_where=sa.text("revoked_at IS NULL")
    )
    op.create_table(
        "kiosk_pairings",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", _KIND, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_kiosk_pairings")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_kiosk_pairings_token_hash")),
    )
    op.create_table(
        "kiosk_look_ups",
        sa.Column("kiosk_id", sa.BigInteger(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("slowed", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosks.id"], name=op.f("fk_kiosk_look_ups_kiosk_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kiosk_id", "hour", name=op.f("pk_kiosk_look_ups")),
    )
    op.create_table(
        "kiosk_paces",
        sa.Column("kiosk_id", sa.BigInteger(), nullable=False),
        sa.Column("paid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hurried_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosks.id"], name=op.f("fk_kiosk_paces_kiosk_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kiosk_id", name=op.f("pk_kiosk_paces")),
    )
    op.create_table(
        "kiosk_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kiosk_id", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=True),
        sa.Column("typed", sa.String(length=80), nullable=True),
        sa.Column("visitor", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), server_default=_now(), nullable=False),
        sa.Column("offline", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("outcome", _OUTCOME, nullable=False),
        sa.Column("sentence", sa.String(length=300), server_default="", nullable=False),
        sa.Column("doubt", _DOUBT, nullable=True),
        sa.Column("decision", _DECISION, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("check_in_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_kiosk_events_decided_with_time")),
        sa.CheckConstraint("decision IS NULL OR doubt IS NOT NULL", name=op.f("ck_kiosk_events_decided_with_doubt")),
        sa.ForeignKeyConstraint(["check_in_id"], ["check_ins.id"], name=op.f("fk_kiosk_events_check_in_id")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_kiosk_events_client_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_kiosk_events_decided_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosks.id"], name=op.f("fk_kiosk_events_kiosk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosk_events")),
        sa.UniqueConstraint("request_id", name=op.f("uq_kiosk_events_request_id")),
    )
    op.create_index(op.f("ix_kiosk_events_check_in_id"), "kiosk_events", ["check_in_id"], unique=False)
    op.create_index(op.f("ix_kiosk_events_client_id"), "kiosk_events", ["client_id"], unique=False)
    op.create_index(op.f("ix_kiosk_events_kiosk_id_id"), "kiosk_events", ["kiosk_id", "id"], unique=False)
    op.create_index(
        "ix_kiosk_events_waiting",
        "kiosk_events",
        ["occurred_at", "id"],
        unique=False,
        postgresql_where=sa.text("doubt IS NOT NULL AND decision IS NULL"),
    )
    op.create_index(
        "ix_kiosk_events_decided", "kiosk_events", ["decided_at", "id"], unique=False, postgresql_where=sa.text("decision IS NOT NULL")
    )
    for table, name in KEYS:
        op.execute(f"""
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (kiosk_id) REFERENCES kiosks (id)""")
    op.add_column("clients", sa.Column("kiosk_colour", sa.String(length=10), nullable=True))
    op.add_column("clients", sa.Column("kiosk_picture", sa.String(length=10), nullable=True))
    op.add_column("clients", sa.Column("gamer_tag", sa.String(length=40), nullable=True))
    op.create_index(
        "ix_clients_guardian_phone", "clients", ["guardian_phone"], unique=False, postgresql_where=sa.text("guardian_phone IS NOT NULL")
    )
    # Used by nothing in this transaction, as PostgreSQL asks.
    op.execute("ALTER TYPE consent_kind ADD VALUE 'LOBBY' AFTER 'WAIVER'")


def downgrade() -> None:
    # A value of an enum can't be taken back; it stays, and nothing of an older version uses it.
    op.drop_index("ix_clients_guardian_phone", table_name="clients")
    op.drop_column("clients", "gamer_tag")
    op.drop_column("clients", "kiosk_picture")
    op.drop_column("clients", "kiosk_colour")
    for table, name in KEYS:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for table in ("kiosk_events", "kiosk_paces", "kiosk_look_ups", "kiosk_pairings", "kiosks"):
        op.drop_table(table)
    for kind in _ENUMS:
        kind.drop(op.get_bind(), checkfirst=False)
