"""Tables of what is known about a client: consents, tags, notes."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Identity, Index, String, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, choice


class ConsentKind(enum.StrEnum):
    """What somebody may agree to."""

    SMS = "SMS"
    EMAIL = "EMAIL"
    PHOTO = "PHOTO"
    TERMS = "TERMS"
    WAIVER = "WAIVER"
    LOBBY = "LOBBY"


class Consent(Base):
    """One line of a client's consent history. Rows are only ever added: a trigger refuses to change one."""

    __tablename__ = "consents"
    __table_args__ = (
        UniqueConstraint("client_id", "kind", "happened_at"),
        Index("ix_consents_granted", "kind", "client_id", postgresql_where=text("granted")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    kind: Mapped[ConsentKind] = mapped_column(choice(ConsentKind, "consent_kind"))
    granted: Mapped[bool]
    happened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    source: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class Tag(Base):
    """A coloured label. Names differ in more than case."""

    __tablename__ = "tags"
    __table_args__ = (
        CheckConstraint("colour IN ('slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'violet', 'pink')", name="colour_known"),
        CheckConstraint("btrim(name) <> ''", name="not_blank"),
        Index("uq_tags_name", text("lower(name)"), unique=True),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    colour: Mapped[str] = mapped_column(String(10), server_default="slate", default="slate")
    description: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"), default=1)


class ClientTag(Base):
    """A tag on a client."""

    __tablename__ = "client_tags"

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True)


class ClientNote(Base):
    """A remark by a user; a pinned one is an alert that shows at check-in. One that was deleted is kept, out of sight."""

    __tablename__ = "client_notes"
    __table_args__ = (
        CheckConstraint("btrim(body) <> ''", name="not_blank"),
        CheckConstraint("length(body) <= 10000", name="body_length"),
        Index(None, "client_id", "created_at"),
        Index("ix_client_notes_recent", text("created_at DESC"), text("id DESC"), postgresql_where=text("deleted_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    body: Mapped[str] = mapped_column(Text)
    pinned: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    edited_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    edited_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(server_default=text("1"), default=1)
