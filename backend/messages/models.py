"""The table of messages to clients, sent or not."""

import enum
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Identity, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, choice


class MessageStatus(enum.StrEnum):
    """What became of a message."""

    SENT = "SENT"
    NOT_SENT = "NOT_SENT"


class Message(Base):
    """One message, once per client, kind and period; ``why`` says why it was or was not sent."""

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("client_id", "kind", "period"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    period: Mapped[str] = mapped_column(String(40), server_default="")
    status: Mapped[MessageStatus] = mapped_column(choice(MessageStatus, "message_status"))
    why: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
