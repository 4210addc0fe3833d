"""Tables about the installation: its identity, its backups, and what came over from the predecessor."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Identity, Index, LargeBinary, SmallInteger, String, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class Installation(Base):
    """The one row that says which installation this database belongs to; the config folder keeps the same identity.

    While ``messages_paused_at`` is set nothing is sent to clients: a restored backup may not know what was sent since.
    """

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, server_default=text("1"), default=1, autoincrement=False)
    identity: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    restored_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    restored_from: Mapped[str | None] = mapped_column(String(200))
    messages_paused_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    messages_paused_because: Mapped[str | None] = mapped_column(String(200))


class Backup(Base):
    """A backup file, as its manifest says; the files are the truth, this is for looking at. ``total_rows`` counts every table's rows.

    Only one with ``proven_at`` counts: it was restored into a scratch database and compared. ``problem`` says why not.
    """

    __tablename__ = "backups"
    __table_args__ = (Index(None, "made_at"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200), unique=True)
    why: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    size_bytes: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    revision: Mapped[str] = mapped_column(String(32))
    total_rows: Mapped[int]
    proven_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    problem: Mapped[str | None] = mapped_column(Text)
    removed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Adoption(Base):
    """One run that copied rows of the predecessor. ``shape`` is models or migrations, ``origin`` where they were, without a password."""

    __tablename__ = "adoptions"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    shape: Mapped[str] = mapped_column(String(20))
    origin: Mapped[str] = mapped_column(String(200))
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("clock_timestamp()"))


class AdoptionLine(Base):
    """The count of one part of an adoption: a table of the predecessor (``clients``) or a field of one (``clients.phone``).

    ``rows_read`` is always the sum of the other four: copied, joined with another row, there from an earlier run, kept aside.
    """

    __tablename__ = "adoption_lines"
    __table_args__ = (CheckConstraint("rows_read = rows_copied + rows_joined + rows_already + rows_aside", name="adds_up"),)

    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoptions.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    rows_read: Mapped[int]
    rows_copied: Mapped[int]
    rows_joined: Mapped[int]
    rows_already: Mapped[int]
    rows_aside: Mapped[int]


class AdoptionRemark(Base):
    """Why one row, or a value of it, was not simply copied. ``reason`` is a code; ``source_id`` names the row in the schema ``legacy``."""

    __tablename__ = "adoption_remarks"
    __table_args__ = (
        CheckConstraint("outcome IN ('joined', 'aside', 'changed')", name="outcome_known"),
        Index(None, "adoption_id", "part", "reason", "id"),
        Index(None, "client_id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoptions.id", ondelete="CASCADE"))
    part: Mapped[str] = mapped_column(String(80))
    outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(60))
    source_id: Mapped[str | None] = mapped_column(String(100))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id", ondelete="SET NULL"))


class AdoptedRow(Base):
    """Which row of ours a row of the predecessor became, so that adopting again changes nothing.

    Check-ins keep theirs as ``request_id``.
    """

    __tablename__ = "adopted_rows"

    part: Mapped[str] = mapped_column(String(80), primary_key=True)
    source_id: Mapped[UUID] = mapped_column(primary_key=True)
    target_id: Mapped[int]
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoptions.id"), index=True)


class CentreSetting(Base):
    """One thing that the centre chose for itself, such as its opening hours; what is not here has its default in `centre`."""

    __tablename__ = "centre_settings"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"), default=1)


class CentreFile(Base):
    """A small file of the centre's own, such as its logo; ``sha256`` is of the content and names it in addresses."""

    __tablename__ = "centre_files"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
