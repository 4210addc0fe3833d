"""Tables of the people on file and of what is known about them."""

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


class ConsentKind(enum.StrEnum):
    """What somebody may agree to."""

    SMS = "SMS"
    EMAIL = "EMAIL"
    PHOTO = "PHOTO"
    TERMS = "TERMS"
    WAIVER = "WAIVER"


class Client(Base):
    """A person on file. ``last_check_in_at`` is kept by the check-in statement, which decides a repeat by it.

    ``sort_name`` and ``sort_given`` are both names in lower case without accents, in either order: one column to sort and page by.
    """

    __tablename__ = "clients"
    __table_args__ = (
        CheckConstraint("btrim(first_name || last_name) <> ''", name="has_a_name"),
        CheckConstraint("language IN ('en', 'es')", name="language_known"),
        Index(None, "sort_name", "id"),
        Index(None, "sort_given", "id"),
        Index("ix_clients_last_check_in", text("last_check_in_at DESC NULLS LAST"), text("id DESC")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    first_name: Mapped[str] = mapped_column(String(200))
    last_name: Mapped[str] = mapped_column(String(200))
    preferred_name: Mapped[str | None] = mapped_column(String(200))
    date_of_birth: Mapped[date | None] = mapped_column(Date)
    guardian_name: Mapped[str | None] = mapped_column(String(200))
    service_coordinator: Mapped[str | None] = mapped_column(String(200))
    member_code: Mapped[str | None] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(2), server_default="en", default="en")
    sort_name: Mapped[str] = mapped_column(Text(collation="C"), Computed("krc_fold(last_name || ' ' || first_name)", persisted=True))
    sort_given: Mapped[str] = mapped_column(Text(collation="C"), Computed("krc_fold(first_name || ' ' || last_name)", persisted=True))
    last_check_in_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    archived_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
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
    is_primary: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    needs_fixing: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    verified_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    opted_out_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Consent(Base):
    """One line of a client's consent history. Rows are only ever added: a trigger refuses to change one."""

    __tablename__ = "consents"
    __table_args__ = (UniqueConstraint("client_id", "kind", "happened_at"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    kind: Mapped[ConsentKind] = mapped_column(choice(ConsentKind, "consent_kind"))
    granted: Mapped[bool]
    happened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    source: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class Tag(Base):
    """A coloured label. Names differ in more than case."""

    __tablename__ = "tags"
    __table_args__ = (
        CheckConstraint("colour IN ('slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'violet', 'pink')", name="colour_known"),
        CheckConstraint("btrim(name) <> ''", name="not_blank"),
        Index("uq_tags_name", text("lower(name)"), unique=True),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    colour: Mapped[str] = mapped_column(String(10), server_default="slate", default="slate")
    description: Mapped[str | None] = mapped_column(String(500))


class ClientTag(Base):
    """A tag on a client."""

    __tablename__ = "client_tags"

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True)


class ClientNote(Base):
    """A remark by a user; a pinned one is an alert that shows at check-in."""

    __tablename__ = "client_notes"
    __table_args__ = (
        CheckConstraint("btrim(body) <> ''", name="not_blank"),
        CheckConstraint("length(body) <= 10000", name="body_length"),
        Index(None, "client_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    body: Mapped[str] = mapped_column(Text)
    pinned: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"), default=1)


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
