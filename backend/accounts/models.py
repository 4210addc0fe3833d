"""Tables of the people who sign in."""

import enum
from datetime import datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    String,
    Text,
    and_,
    cast,
    column,
    false,
    func,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, column_property, mapped_column

from backend.db import Base, choice


class UserRole(enum.StrEnum):
    """What a user is; `backend.accounts.permissions` says what that lets them do."""

    ADMIN = "ADMIN"
    STAFF = "STAFF"


class Theme(enum.StrEnum):
    """The colours that a user prefers."""

    SYSTEM = "SYSTEM"
    LIGHT = "LIGHT"
    DARK = "DARK"


# The centre's choices belong to a feature above this one; what is read of them here is one key, by its name.
_CHOICES = table("centre_settings", column("key", String), column("value", JSONB))
SECOND_FACTOR_ROLES = "second_factor_roles"


class User(Base):
    """A person who signs in. Emails and usernames are kept in lower case; a username has no @, so both can't be mixed up.

    ``must_set_up_second_factor`` is read with the row: the centre asks this role for a second factor, and there is none yet.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("email = lower(email) AND position('@' in email) > 1", name="email_form"),
        CheckConstraint("username = lower(username) AND username !~ '[@[:space:]]' AND username <> ''", name="username_form"),
        CheckConstraint("language IN ('en', 'es')", name="language_known"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    username: Mapped[str | None] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    role: Mapped[UserRole] = mapped_column(choice(UserRole, "user_role"))
    password_hash: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(server_default=text("true"), default=True)
    must_change_password: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    theme: Mapped[Theme] = mapped_column(choice(Theme, "theme"), server_default=Theme.SYSTEM.value, default=Theme.SYSTEM)
    language: Mapped[str] = mapped_column(String(2), server_default="en", default="en")
    last_login_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"), default=1)
    temporary_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    totp_last_step: Mapped[int | None] = mapped_column(BigInteger)
    must_set_up_second_factor: Mapped[bool] = column_property(
        and_(
            totp_confirmed_at.is_(None),
            func.coalesce(
                select(_CHOICES.c.value.has_key(cast(role, Text)))
                .where(_CHOICES.c.key == SECOND_FACTOR_ROLES)
                .correlate_except(_CHOICES)
                .scalar_subquery(),
                false(),
            ),
        ),
        # As it was read: reading it again behind an attribute's back can't wait.
        expire_on_flush=False,
    )


class SignInLink(Base):
    """A link with which a user sets a password of their own, once, within a day; kept as its SHA-256. ``made_by`` made it."""

    __tablename__ = "sign_in_links"
    __table_args__ = (Index(None, "user_id"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class RecoveryCode(Base):
    """One of the codes that stand in for a lost second factor, once each; kept as a keyed hash."""

    __tablename__ = "recovery_codes"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ApiKey(Base):
    """An integration's credential. Only the SHA-256 of its secret is kept; ``prefix`` names it in lists and logs.

    A key that was rotated has its successor in ``replaced_by_id`` and works until ``ends_at``; a revoked one ends at once.
    """

    __tablename__ = "api_keys"
    __table_args__ = (
        CheckConstraint("calls_an_hour > 0", name="calls_positive"),
        CheckConstraint("cardinality(scopes) > 0", name="some_scope"),
        Index(None, "replaced_by_id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    prefix: Mapped[str] = mapped_column(String(12), unique=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    calls_an_hour: Mapped[int]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    ends_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("api_keys.id"))
    version: Mapped[int] = mapped_column(server_default=text("1"), default=1)


class ApiKeyUse(Base):
    """How often a key was used in one hour, and what that cost; the current hour decides what is left."""

    __tablename__ = "api_key_uses"

    api_key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id", ondelete="CASCADE"), primary_key=True)
    hour: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    calls: Mapped[int] = mapped_column(server_default=text("0"))
    cost: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class KioskKind(enum.StrEnum):
    """What a paired device is for: checking in, or showing in the lobby who is here."""

    CHECK_IN = "CHECK_IN"
    LOBBY = "LOBBY"


class Kiosk(Base):
    """A paired device. Only the SHA-256 of its token is kept; a revoked one stays in the list of what was.

    ``queued``: how many visits wait on the device, and ``app_version``, ``persisted`` (whether its browser promised to keep them) as
    it told at ``last_seen_at``.
    """

    __tablename__ = "kiosks"
    __table_args__ = (
        CheckConstraint("btrim(name) <> ''", name="not_blank"),
        CheckConstraint("queued >= 0", name="queued_not_negative"),
        Index("uq_kiosks_name", text("lower(name)"), unique=True, postgresql_where=text("revoked_at IS NULL")),
        Index(None, "station_id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[KioskKind] = mapped_column(choice(KioskKind, "kiosk_kind"))
    station_id: Mapped[int | None] = mapped_column(ForeignKey("stations.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    paired_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    paired_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    last_seen_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    app_version: Mapped[str | None] = mapped_column(String(40))
    queued: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    persisted: Mapped[bool | None]
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column(server_default=text("1"), default=1)


class KioskPairing(Base):
    """A device that asks to be paired: the code that it shows, as a keyed hash, and the token that approval makes good."""

    __tablename__ = "kiosk_pairings"

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    kind: Mapped[KioskKind] = mapped_column(choice(KioskKind, "kiosk_kind"))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Session(Base):
    """A sign-in on one device. Its refresh tokens are one family; ending the session ends all of them."""

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "user_id", postgresql_where=text("ended_at IS NULL")),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    user_agent: Mapped[str] = mapped_column(String(300), server_default="")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    last_used_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_because: Mapped[str | None] = mapped_column(String(40))


class RefreshToken(Base):
    """One refresh token, as its SHA-256. ``parent`` is the token it replaced, ``used_at`` when it was replaced itself."""

    __tablename__ = "refresh_tokens"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), index=True)
    parent: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class KnownDevice(Base):
    """A browser on which a user has signed in before, so that a guesser elsewhere can't lock them out here."""

    __tablename__ = "known_devices"

    device_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    last_seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class LoginCounter(Base):
    """Failed tries in one hour, for one bucket: an account, a known device, a network, or everybody.

    The key is a hash, so that no email that was typed by mistake is kept.
    """

    __tablename__ = "login_counters"

    bucket: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    hour: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    failures: Mapped[int] = mapped_column(server_default=text("0"))
