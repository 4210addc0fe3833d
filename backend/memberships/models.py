"""Tables of what lets a client play: tiers, memberships and authorizations."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, DateTime, ForeignKey, Identity, Index, String, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, choice


class CheckInPolicy(enum.StrEnum):
    """What happens when a client whose standing is not good checks in."""

    ALLOW = "ALLOW"
    REMIND = "REMIND"
    ASK_STAFF = "ASK_STAFF"
    BLOCK = "BLOCK"


class AuthorizationUnit(enum.StrEnum):
    """What the regional centre pays for."""

    VISIT = "VISIT"
    DAY = "DAY"
    HOUR = "HOUR"


class CapWindow(enum.StrEnum):
    """What a tier's visit cap counts: the visits of the whole membership, or of each calendar month."""

    MEMBERSHIP = "MEMBERSHIP"
    MONTH = "MONTH"


class MembershipTier(Base):
    """What can be bought. Exactly one tier is the default: its policy holds for clients without a membership.

    A membership lasts ``period_months`` or ``period_days``; with neither, its end is given by hand. The price, in cents of the
    centre's currency, is for display. The sentences are what is said where the policy applies, instead of the built-in ones.
    """

    __tablename__ = "membership_tiers"
    __table_args__ = (
        CheckConstraint("period_months > 0", name="period_positive"),
        CheckConstraint("period_days IS NULL OR (period_days > 0 AND period_months IS NULL)", name="one_period"),
        CheckConstraint("visit_cap > 0", name="visit_cap_positive"),
        CheckConstraint("price_cents >= 0", name="price_not_negative"),
        CheckConstraint("colour IN ('slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'violet', 'pink')", name="colour_known"),
        Index("uq_membership_tiers_default", "is_default", unique=True, postgresql_where=text("is_default")),
        Index("uq_membership_tiers_code", text("lower(code)"), unique=True),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(40))
    period_months: Mapped[int | None]
    period_days: Mapped[int | None]
    visit_cap: Mapped[int | None]
    cap_window: Mapped[CapWindow] = mapped_column(choice(CapWindow, "cap_window"), server_default=CapWindow.MEMBERSHIP.value)
    price_cents: Mapped[int | None]
    colour: Mapped[str] = mapped_column(String(10), server_default="slate", default="slate")
    description: Mapped[str | None] = mapped_column(String(500))
    sentence_en: Mapped[str | None] = mapped_column(String(200))
    sentence_es: Mapped[str | None] = mapped_column(String(200))
    policy: Mapped[CheckInPolicy] = mapped_column(choice(CheckInPolicy, "check_in_policy"), server_default=CheckInPolicy.REMIND.value)
    is_default: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    retired_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"), default=1)


class Membership(Base):
    """A client on a tier from ``starts_on`` to ``ends_on``, both days included."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
        Index(None, "client_id", "ends_on"),
        Index(None, "ends_on"),
        Index(None, "starts_on"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    tier_id: Mapped[int] = mapped_column(ForeignKey("membership_tiers.id"), index=True)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    note: Mapped[str | None] = mapped_column(Text)
    end_reason: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"), default=1)


class Authorization(Base):
    """A funded purchase of service (POS) from ``starts_on`` to ``ends_on``, both days included.

    The predecessor kept some without the UCI number; only such rows have none.
    """

    __tablename__ = "authorizations"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
        CheckConstraint("units_per_month > 0", name="units_positive"),
        CheckConstraint("btrim(uci_number) <> ''", name="uci_not_blank"),
        Index(None, "client_id", "ends_on"),
        Index(None, "ends_on"),
        Index(None, "starts_on"),
        Index(None, "uci_number"),
        Index("ix_authorizations_coordinator", "service_coordinator", postgresql_where=text("service_coordinator IS NOT NULL")),
        CheckConstraint("service_coordinator_phone ~ '^\\+[1-9][0-9]{6,14}$'", name="coordinator_phone_e164"),
        Index("uq_authorizations_period", "client_id", "uci_number", "starts_on", text("coalesce(authorization_number, '')"), unique=True),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    uci_number: Mapped[str | None] = mapped_column(String(50))
    authorization_number: Mapped[str | None] = mapped_column(String(50))
    vendor_number: Mapped[str | None] = mapped_column(String(50))
    service_code: Mapped[str | None] = mapped_column(String(20))
    service_subcode: Mapped[str | None] = mapped_column(String(20))
    service_coordinator: Mapped[str | None] = mapped_column(String(200))
    service_coordinator_phone: Mapped[str | None] = mapped_column(String(16))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    units_per_month: Mapped[int | None]
    unit: Mapped[AuthorizationUnit] = mapped_column(choice(AuthorizationUnit, "authorization_unit"), server_default="VISIT")
    note: Mapped[str | None] = mapped_column(Text)
    end_reason: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"), default=1)
