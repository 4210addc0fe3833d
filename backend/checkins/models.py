"""Tables of visits and of the places where they happen."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, DateTime, ForeignKey, Identity, Index, String, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.clients.standing import StandingSource, StandingStatus
from backend.db import Base, choice
from backend.memberships.models import CheckInPolicy


class CheckInMethod(enum.StrEnum):
    """How a visit came in."""

    STAFF = "STAFF"
    KIOSK = "KIOSK"
    IMPORT = "IMPORT"
    API = "API"


class Station(Base):
    """A named place where check-ins happen."""

    __tablename__ = "stations"
    __table_args__ = (CheckConstraint("btrim(name) <> ''", name="not_blank"), Index("uq_stations_name", text("lower(name)"), unique=True))

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    retired_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class CheckIn(Base):
    """One visit. ``request_id`` is the caller's UUID: a replay of it finds this row.

    ``local_day`` is the centre's day at ``happened_at``; standing and policy are those of that moment. A wrong visit is voided with
    a reason and stays. ``override_reason``: why staff let somebody in whom the policy would have refused. ``checked_out_at`` is
    known for some; one that was set at closing time is ``checked_out_by_closing``. ``recorded_at`` is when the request arrived;
    ``late``: it was put in its place afterwards, as `backend.checkins.service.placing` does. ``kiosk_id``: the kiosk that asked.

    Not partitioned: a key on ``request_id`` can't be global over partitions, and that key is what makes a visit happen once.
    """

    __tablename__ = "check_ins"
    __table_args__ = (
        CheckConstraint("(voided_at IS NULL) = (void_reason IS NULL)", name="void_has_reason"),
        CheckConstraint("btrim(void_reason) <> ''", name="void_reason_not_blank"),
        Index(None, "happened_at", "id"),
        Index(None, "client_id", "happened_at"),
        CheckConstraint("checked_out_at >= happened_at", name="out_after_in"),
        CheckConstraint("btrim(override_reason) <> ''", name="override_reason_not_blank"),
        Index(None, "local_day", "station_id", postgresql_where=text("voided_at IS NULL")),
        Index(None, "station_id", "happened_at", "id"),
        Index(None, "user_id", "happened_at", "id"),
        Index("ix_check_ins_voided", "happened_at", "id", postgresql_where=text("voided_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    happened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    local_day: Mapped[date] = mapped_column(Date)
    method: Mapped[CheckInMethod] = mapped_column(choice(CheckInMethod, "check_in_method"))
    station_id: Mapped[int | None] = mapped_column(ForeignKey("stations.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    kiosk_id: Mapped[int | None] = mapped_column(ForeignKey("kiosks.id"))
    standing_status: Mapped[StandingStatus] = mapped_column(choice(StandingStatus, "standing_status"))
    standing_source: Mapped[StandingSource | None] = mapped_column(choice(StandingSource, "standing_source"))
    standing_ends_on: Mapped[date | None] = mapped_column(Date)
    policy: Mapped[CheckInPolicy] = mapped_column(choice(CheckInPolicy, "check_in_policy"))
    note: Mapped[str | None] = mapped_column(Text)
    override_reason: Mapped[str | None] = mapped_column(String(500))
    checked_out_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    checked_out_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    checked_out_by_closing: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    late: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    voided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    void_reason: Mapped[str | None] = mapped_column(String(500))


class CheckInRepeat(Base):
    """A request that was answered with another one's visit, so that sending it again, even after the repeat window, gets the same answer.

    It keeps what it asked for: a request that arrives later but is of an earlier moment may make a visit of it. Of older ones only
    ``recorded_at`` is known, which then stands for ``happened_at`` too.
    """

    __tablename__ = "check_in_repeats"

    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_ins.id"), index=True)
    happened_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    method: Mapped[CheckInMethod | None] = mapped_column(choice(CheckInMethod, "check_in_method"))
    station_id: Mapped[int | None] = mapped_column(ForeignKey("stations.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    kiosk_id: Mapped[int | None] = mapped_column(ForeignKey("kiosks.id"))
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
