"""The chain over the audit log: salted digests of what entries say, seals, and nothing but additions."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_audit_chain"
down_revision = "20261124_accounts"
branch_labels = None
depends_on = None


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
        sa.Column("previous", sa.LargeBinary(length=32), nullable=True),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_seals")),
    )
    op.add_column("audit_log", sa.Column("salt", sa.Uuid(), nullable=True))
    op.add_column("audit_log", sa.Column("values_digest", sa.LargeBinary(length=32), nullable=True))


def downgrade() -> None:
    op.drop_column("audit_log", "values_digest")
    op.drop_column("audit_log", "salt")
    op.drop_table("audit_seals")
    op.drop_table("audit_horizon")
