"""Tables of what is done with whole clients: duplicates, merges, erasures, changes to many, saved views."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Identity, Index, String, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, choice


class PossibleDuplicate(Base):
    """Two clients who may be the same person, for somebody to decide. ``reason`` is a code such as ``same_email``."""

    __tablename__ = "possible_duplicates"
    __table_args__ = (CheckConstraint("client_id < other_id", name="in_order"),)

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True, index=True)
    reason: Mapped[str] = mapped_column(String(40))
    found_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    dismissed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    dismissed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class Erasure(Base):
    """A privacy request that was carried out. No foreign key: restoring an older backup must be able to carry it out again."""

    __tablename__ = "erasures"

    client_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    erased_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    reason: Mapped[str] = mapped_column(String(200))
    actor_label: Mapped[str] = mapped_column(String(200))
    certificate: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class ClientMerge(Base):
    """One client merged into another. ``details`` holds what is needed to take it back, for 30 days; then it is emptied.

    No foreign keys: who was merged into whom is history, also after an erasure, which empties ``details``.
    """

    __tablename__ = "client_merges"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    kept_id: Mapped[int] = mapped_column(index=True)
    merged_id: Mapped[int] = mapped_column(index=True)
    merged_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    user_id: Mapped[int | None]
    actor_label: Mapped[str] = mapped_column(String(200))
    details: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    undone_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    undone_by: Mapped[str | None] = mapped_column(String(200))


class BulkKind(enum.StrEnum):
    """What may be done to many clients at once."""

    ADD_TAG = "ADD_TAG"
    REMOVE_TAG = "REMOVE_TAG"
    ARCHIVE = "ARCHIVE"
    RESTORE = "RESTORE"


class BulkState(enum.StrEnum):
    """How far it has come."""

    RUNNING = "RUNNING"
    DONE = "DONE"
    STOPPED = "STOPPED"


class BulkChange(Base):
    """One change to many clients, done in the background in steps. ``criteria`` is the filter as it was asked for.

    Which clients it is about is settled when it begins and stands in ``bulk_change_items``. ``undoes_id``: it takes that one back.
    """

    __tablename__ = "bulk_changes"
    __table_args__ = (Index(None, "user_id", "created_at"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    kind: Mapped[BulkKind] = mapped_column(choice(BulkKind, "bulk_kind"))
    tag_id: Mapped[int | None] = mapped_column(ForeignKey("tags.id", ondelete="SET NULL"))
    criteria: Mapped[dict[str, Any]] = mapped_column(JSONB)
    total: Mapped[int]
    done: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    changed: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    state: Mapped[BulkState] = mapped_column(choice(BulkState, "bulk_state"), server_default=BulkState.RUNNING.value)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("bulk_changes.id", ondelete="SET NULL"), unique=True)


class BulkChangeItem(Base):
    """A client of a bulk change. ``changed`` is empty until it was looked at, then whether anything had to be done."""

    __tablename__ = "bulk_change_items"

    bulk_change_id: Mapped[int] = mapped_column(ForeignKey("bulk_changes.id", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True, index=True)
    changed: Mapped[bool | None]


class SavedView(Base):
    """A filter with its sorting and columns under a name, of one user or shared with all. ``state`` is the page's query parameters."""

    __tablename__ = "saved_views"
    __table_args__ = (
        CheckConstraint("btrim(name) <> ''", name="not_blank"),
        CheckConstraint("page IN ('clients', 'check-ins')", name="page_known"),
        Index("uq_saved_views_name", "owner_id", "page", text("lower(name)"), unique=True),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    page: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    shared: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    state: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"), default=1)
