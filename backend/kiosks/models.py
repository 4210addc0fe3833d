"""Tables of what kiosks sent, and of how often they looked people up."""

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Identity, Index, String, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, choice


class KioskOutcome(enum.StrEnum):
    """What a kiosk was told of a press. TRY_AGAIN is never kept: nothing came of it yet."""

    CHECKED_IN = "CHECKED_IN"
    REPEAT = "REPEAT"
    ASK_STAFF = "ASK_STAFF"
    SEE_DESK = "SEE_DESK"
    FOR_STAFF = "FOR_STAFF"
    TRY_AGAIN = "TRY_AGAIN"


class KioskDoubt(enum.StrEnum):
    """Why a person has to decide."""

    ASK_STAFF = "ASK_STAFF"
    UNKNOWN = "UNKNOWN"
    AMBIGUOUS = "AMBIGUOUS"
    BLOCKED = "BLOCKED"
    ARCHIVED = "ARCHIVED"
    FUTURE = "FUTURE"
    LONG_AGO = "LONG_AGO"
    WALK_IN = "WALK_IN"


class KioskDecision(enum.StrEnum):
    """What somebody decided. SETTLED: it was decided by itself, since the client was checked in meanwhile."""

    ACCEPTED = "ACCEPTED"
    DISMISSED = "DISMISSED"
    SETTLED = "SETTLED"


class KioskEvent(Base):
    """One press at a kiosk, or a walk-in's form. ``request_id`` is the device's: sent again, it finds this row and its answer.

    ``occurred_at`` is when it was pressed, as far as the clocks tell; with a ``doubt`` it waits for somebody's ``decision``.
    ``typed`` is a phone or code that led to nobody, ``visitor`` what a first-time visitor told; both go when they are decided.
    """

    __tablename__ = "kiosk_events"
    __table_args__ = (
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided_with_time"),
        CheckConstraint("decision IS NULL OR doubt IS NOT NULL", name="decided_with_doubt"),
        Index("ix_kiosk_events_waiting", "occurred_at", "id", postgresql_where=text("doubt IS NOT NULL AND decision IS NULL")),
        Index("ix_kiosk_events_decided", "decided_at", "id", postgresql_where=text("decision IS NOT NULL")),
        Index(None, "client_id"),
        Index(None, "kiosk_id", "id"),
        Index(None, "check_in_id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosks.id"))
    sequence: Mapped[int]
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"))
    typed: Mapped[str | None] = mapped_column(String(80))
    visitor: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    occurred_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    arrived_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    offline: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    outcome: Mapped[KioskOutcome] = mapped_column(choice(KioskOutcome, "kiosk_outcome"))
    sentence: Mapped[str] = mapped_column(String(300), server_default="")
    doubt: Mapped[KioskDoubt | None] = mapped_column(choice(KioskDoubt, "kiosk_doubt"))
    decision: Mapped[KioskDecision | None] = mapped_column(choice(KioskDecision, "kiosk_decision"))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    reason: Mapped[str | None] = mapped_column(String(200))
    check_in_id: Mapped[int | None] = mapped_column(ForeignKey("check_ins.id"))


class KioskLookUps(Base):
    """How often a kiosk looked people up in one hour, and how many of these had to wait because there were too many."""

    __tablename__ = "kiosk_look_ups"

    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosks.id", ondelete="CASCADE"), primary_key=True)
    hour: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    asked: Mapped[int] = mapped_column(server_default=text("0"))
    slowed: Mapped[int] = mapped_column(server_default=text("0"))


class KioskPace(Base):
    """Until when a kiosk's look-ups are paid for: each one costs two seconds, a minute ahead is free. ``hurried_at``: last above that."""

    __tablename__ = "kiosk_paces"

    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosks.id", ondelete="CASCADE"), primary_key=True)
    paid_until: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    hurried_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
