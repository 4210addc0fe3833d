"""Tables of the people on file and of how to reach and find them."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Computed, Date, DateTime, ForeignKey, Identity, Index, String, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, choice


class ContactKind(enum.StrEnum):
    """How somebody can be reached."""

    PHONE = "PHONE"
    EMAIL = "EMAIL"
    DISCORD = "DISCORD"


class Client(Base):
    """A person on file. ``first_check_in_at`` and ``last_check_in_at`` are kept by the check-in statement, which decides a repeat by it.

    One who was merged into another is archived and says into whom, so that their old card and the way back still work.
    ``large_text``, ``no_sound`` and ``no_motion`` are for the kiosk, where a colour and a picture of their own choosing tell a family
    apart. ``gamer_tag`` is shown in the lobby, with their consent alone. ``sort_name`` and ``sort_given`` are both names in lower case
    without accents, in either order: one column to sort and page by.
    """

    __tablename__ = "clients"
    __table_args__ = (
        CheckConstraint("btrim(first_name || last_name) <> ''", name="has_a_name"),
        CheckConstraint("language IN ('en', 'es')", name="language_known"),
        Index(None, "sort_name", "id"),
        Index(None, "sort_given", "id"),
        CheckConstraint("merged_into_id IS NULL OR (archived_at IS NOT NULL AND merged_into_id <> id)", name="merged_are_archived"),
        CheckConstraint("guardian_phone ~ '^\\+[1-9][0-9]{6,14}$'", name="guardian_phone_e164"),
        CheckConstraint("service_coordinator_phone ~ '^\\+[1-9][0-9]{6,14}$'", name="coordinator_phone_e164"),
        Index("ix_clients_last_check_in", text("last_check_in_at DESC NULLS LAST"), text("id DESC")),
        Index("ix_clients_first_check_in", "first_check_in_at", postgresql_where=text("first_check_in_at IS NOT NULL")),
        Index("ix_clients_merged_into_id", "merged_into_id", postgresql_where=text("merged_into_id IS NOT NULL")),
        Index("ix_clients_code", text("krc_code(member_code)"), postgresql_where=text("member_code IS NOT NULL")),
        Index("ix_clients_guardian_phone", "guardian_phone", postgresql_where=text("guardian_phone IS NOT NULL")),
        Index("ix_clients_archived", "sort_name", "id", postgresql_where=text("archived_at IS NOT NULL")),
        Index("ix_clients_coordinator", "service_coordinator", postgresql_where=text("service_coordinator IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    first_name: Mapped[str] = mapped_column(String(200))
    last_name: Mapped[str] = mapped_column(String(200))
    preferred_name: Mapped[str | None] = mapped_column(String(200))
    date_of_birth: Mapped[date | None] = mapped_column(Date)
    guardian_name: Mapped[str | None] = mapped_column(String(200))
    guardian_relation: Mapped[str | None] = mapped_column(String(60))
    guardian_phone: Mapped[str | None] = mapped_column(String(16))
    service_coordinator: Mapped[str | None] = mapped_column(String(200))
    service_coordinator_phone: Mapped[str | None] = mapped_column(String(16))
    service_coordinator_email: Mapped[str | None] = mapped_column(String(254))
    member_code: Mapped[str | None] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(2), server_default="en", default="en")
    sort_name: Mapped[str] = mapped_column(Text(collation="C"), Computed("krc_fold(last_name || ' ' || first_name)", persisted=True))
    sort_given: Mapped[str] = mapped_column(Text(collation="C"), Computed("krc_fold(first_name || ' ' || last_name)", persisted=True))
    large_text: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    no_sound: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    no_motion: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    kiosk_colour: Mapped[str | None] = mapped_column(String(10))
    kiosk_picture: Mapped[str | None] = mapped_column(String(10))
    gamer_tag: Mapped[str | None] = mapped_column(String(40))
    first_check_in_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_check_in_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    archived_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"), default=1)


class ClientSearch(Base):
    """What a client is found by, kept by triggers on clients, contact methods and authorizations.

    A table of its own, because a check-in updates its client: with the trigram index on ``clients`` every visit would
    write to that index too. ``source`` is what was written; ``document`` is the same in lower case without accents.
    """

    __tablename__ = "client_search"
    __table_args__ = (Index("ix_client_search_document", "document", postgresql_using="gin", postgresql_ops={"document": "gin_trgm_ops"}),)

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text(collation="C"), Computed("krc_fold(source)", persisted=True))


class ContactMethod(Base):
    """A phone (E.164), email (lower case) or Discord handle of a client; at most one of a kind is the primary one.

    One that came over from the predecessor and can't be brought into that form is kept as it was written, ``needs_fixing``.
    """

    __tablename__ = "contact_methods"
    __table_args__ = (
        CheckConstraint("kind <> 'PHONE' OR needs_fixing OR value ~ '^\\+[1-9][0-9]{6,14}$'", name="phone_e164"),
        CheckConstraint(
            "kind <> 'EMAIL' OR needs_fixing OR (value = lower(value) AND value ~ '^[^@[:space:]]+@[^@[:space:]]+$')", name="email_form"
        ),
        CheckConstraint("btrim(value) <> ''", name="not_blank"),
        UniqueConstraint("client_id", "kind", "value"),
        Index("uq_contact_methods_primary", "client_id", "kind", unique=True, postgresql_where=text("is_primary")),
        Index(None, "value", "kind"),
        Index("ix_contact_methods_needs_fixing", "client_id", postgresql_where=text("needs_fixing")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    kind: Mapped[ContactKind] = mapped_column(choice(ContactKind, "contact_kind"))
    value: Mapped[str] = mapped_column(String(254))
    label: Mapped[str | None] = mapped_column(String(60))
    is_primary: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    needs_fixing: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    verified_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    opted_out_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"), default=1)
