"""Tables of what was imported, so that a file can be loaded twice without doubling anybody."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Identity, LargeBinary, String, func
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class Import(Base):
    """One run of an import: the file's SHA-256 and how many rows were new or already there."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    file_name: Mapped[str] = mapped_column(String(255))
    file_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    rows_read: Mapped[int]
    rows_added: Mapped[int]
    rows_unchanged: Mapped[int]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class ImportedRow(Base):
    """Which client a row became; ``row_hash`` is the SHA-256 of what identifies the person in it."""

    __tablename__ = "imported_rows"

    row_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), index=True)
