"""Tables of what links a client to the gaming platform."""

import enum
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Identity, String, func
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, choice


class GroupPurpose(enum.StrEnum):
    """Whom a group there is for."""

    ACTIVE = "ACTIVE"
    EXPIRED = "EXPIRED"


class GgleapLink(Base):
    """A client's account there. A client may have several, an account belongs to one client."""

    __tablename__ = "ggleap_links"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    ggleap_user_id: Mapped[str] = mapped_column(String(100), unique=True)
    linked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class GgleapGroup(Base):
    """The group there for clients who may play, and the one for those who may not."""

    __tablename__ = "ggleap_groups"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    purpose: Mapped[GroupPurpose] = mapped_column(choice(GroupPurpose, "ggleap_group_purpose"), unique=True)
    ggleap_group_id: Mapped[str] = mapped_column(String(100))
    name: Mapped[str | None] = mapped_column(String(200))
