"""The table of visits by day, hour and station."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Identity, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class VisitRollup(Base):
    """How many visits that count happened at a station in one hour of one of the centre's days."""

    __tablename__ = "visit_rollup"
    __table_args__ = (
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour_of_day"),
        CheckConstraint("visits > 0", name="visits_positive"),
        Index("uq_visit_rollup_cell", "local_day", "hour", "station_id", unique=True, postgresql_nulls_not_distinct=True),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    local_day: Mapped[date] = mapped_column(Date)
    hour: Mapped[int] = mapped_column(SmallInteger)
    station_id: Mapped[int | None] = mapped_column(ForeignKey("stations.id"))
    visits: Mapped[int]
