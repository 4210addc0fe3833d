"""Tables of every change, and of the requests that made something."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Identity, Index, LargeBinary, SmallInteger, String, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import ActorKind, Base, choice


class AuditEntry(Base):
    """Who did what to which thing, before and after. No foreign keys: an entry outlives what it speaks of.

    ``salt`` and ``values_digest`` come from the database: a digest of salt, before and after. An erasure empties these three, and the
    digest stays for the seals.
    """

    __tablename__ = "audit_log"
    __table_args__ = (
        Index(None, "subject_type", "subject_id", "id"),
        Index(None, "client_id", "id", postgresql_where=text("client_id IS NOT NULL")),
        Index(None, "happened_at"),
        Index(None, "actor_kind", "actor_id", "happened_at"),
        Index(None, "action", postgresql_ops={"action": "varchar_pattern_ops"}),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    actor_kind: Mapped[ActorKind] = mapped_column(choice(ActorKind, "actor_kind"))
    actor_id: Mapped[int | None]
    actor_label: Mapped[str] = mapped_column(String(200), server_default="")
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    client_id: Mapped[int | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    request_id: Mapped[str | None] = mapped_column(String(64))
    salt: Mapped[UUID | None]
    values_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class AuditSeal(Base):
    """A link of the chain over the log: it covers the entries from ``first_id`` to ``last_id`` and the seal before it.

    ``digest`` is of the entries, ``hash`` of the seal itself with ``previous``. ``marks`` has for each entry its number and the first
    bytes of its hash, so that one that was changed, removed or added can be named. The app's role may only add seals. ``id`` counts
    up without a gap, so that two sealers at once can't both succeed.
    """

    __tablename__ = "audit_seals"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_id: Mapped[int]
    last_id: Mapped[int]
    entries: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    marks: Mapped[bytes] = mapped_column(LargeBinary)
    previous: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class AuditHorizon(Base):
    """The one row that says up to which entry the log will be settled once every transaction from before ``xid`` has ended.

    Entries get their numbers before they are committed, so the newest numbers are not sealed at once.
    """

    __tablename__ = "audit_horizon"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, server_default=text("1"), default=1, autoincrement=False)
    last_id: Mapped[int]
    xid: Mapped[str] = mapped_column(String(20))
    cluster: Mapped[str] = mapped_column(String(20))
    noted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class IdempotencyKey(Base):
    """A request that made something, so that sending it again finds what it made. ``digest`` is of what was asked for."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index(None, "created_at"),)

    actor_kind: Mapped[ActorKind] = mapped_column(choice(ActorKind, "actor_kind"), primary_key=True)
    actor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    operation: Mapped[str] = mapped_column(String(60))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    subject_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
