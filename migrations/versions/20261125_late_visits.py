"""Late visits: what a repeat asked for, which kiosk asked, and whether a visit was put in its place afterwards."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_late_visits"
down_revision = "20261124_audit_chain"
branch_labels = None
depends_on = None

KEYS = [
    ("check_in_repeats", "fk_check_in_repeats_station_id", "station_id", "stations", ""),
    ("check_in_repeats", "fk_check_in_repeats_user_id", "user_id", "users", " ON DELETE SET NULL"),
]
METHOD = postgresql.ENUM("STAFF", "KIOSK", "IMPORT", "API", name="check_in_method", create_type=False)


def upgrade() -> None:
    op.add_column("check_in_repeats", sa.Column("happened_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("check_in_repeats", sa.Column("method", METHOD, nullable=True))
    op.add_column("check_in_repeats", sa.Column("station_id", sa.BigInteger(), nullable=True))
    op.add_column("check_in_repeats", sa.Column("user_id", sa.BigInteger(), nullable=True))
    op.add_column("check_in_repeats", sa.Column("kiosk_id", sa.BigInteger(), nullable=True))
    op.add_column("check_ins", sa.Column("kiosk_id", sa.BigInteger(), nullable=True))
    op.add_column("check_ins", sa.Column("late", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    for table, name, column, other, rule in KEYS:
        op.execute(f"""
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}) REFERENCES {other} (id){rule}""")


def downgrade() -> None:
    for table, name, *_ in KEYS:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    op.drop_column("check_ins", "late")
    op.drop_column("check_ins", "kiosk_id")
    for column in ("kiosk_id", "user_id", "station_id", "method", "happened_at"):
        op.drop_column("check_in_repeats", column)
