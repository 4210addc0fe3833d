"""Tables of events for other programs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Identity, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base


class PastEvent(Base):
    """An event that the predecessor sent or failed to send. History: it is never sent again."""

    __tablename__ = "past_webhook_events"
    __table_args__ = (Index(None, "created_at"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    source_id: Mapped[UUID] = mapped_column(unique=True)
    event: Mapped[str] = mapped_column(String(100))
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    status: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int]
    last_error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
