"""What comes after a right password: a session, or the question for a second factor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from backend import clock
from backend.accounts import challenge, tokens
from backend.accounts.models import KnownDevice, Session, User
from backend.accounts.started import Started, expiry, new_refresh_token, started
from backend.audit import service as audit
from backend.config import Settings
from backend.db import ReadSession, UnitOfWork


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody signs in. ``device_token`` is the cookie of an earlier login there; ``address`` is the client's."""

    device_token: str | None = None
    address: str = ""
    user_agent: str = ""
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Challenged:
    """The password was right, and a second factor is asked for. ``device_token`` is the cookie to bring with it."""

    challenge: str
    ends_at: datetime
    device_token: str


async def knows_device(reader: ReadSession, user_id: int, device_token: str | None) -> bool:
    """Whether this user has signed in on this browser before."""
    device = tokens.digest(device_token) if device_token and tokens.is_opaque(device_token) else b""
    return bool(await reader.scalar(select(exists().where(KnownDevice.device_hash == device, KnownDevice.user_id == user_id))))


async def enter(uow: UnitOfWork, settings: Settings, user: User, browser: Browser) -> Started | Challenged:
    """A session for a user whose password was right; a challenge where a second factor is set up. The user's row is locked."""
    device_token = await _device_token(uow, browser.device_token)
    if user.totp_confirmed_at is None:
        return await open_session(uow, settings, user, browser, device_token)
    audit.record(uow, "session.challenged", "user", user.id)
    text, ends_at = challenge.issue(settings, user, device_token)
    return Challenged(text, ends_at, device_token)


async def open_session(
    uow: UnitOfWork,
    settings: Settings,
    user: User,
    browser: Browser,
    device_token: str,
    how: Mapping[str, object] | None = None,
) -> Started:
    """Start a session on a browser that brings, or gets, this device token. ``how`` goes into the audit log."""
    now = clock.now()
    user.last_login_at = now
    session = Session(user_id=user.id, user_agent=_printable(browser.user_agent), created_at=now, last_used_at=now, expires_at=expiry(now))
    uow.add(session)
    await uow.flush()
    refresh_token = new_refresh_token(uow, session.id)
    statement = insert(KnownDevice).values(device_hash=tokens.digest(device_token), user_id=user.id, last_seen_at=now)
    await uow.execute(
        statement.on_conflict_do_update(index_elements=["device_hash", "user_id"], set_={"last_seen_at": statement.excluded.last_seen_at})
    )
    audit.record(uow, "session.started", "session", session.id, after={"user_id": user.id, **(how or {})})
    await uow.flush()
    return started(settings, session, user, refresh_token, device_token)


async def _device_token(uow: UnitOfWork, presented: str | None) -> str:
    """The browser's own, or a new one. A token that nobody here ever gave out is replaced: it may have been planted."""
    if presented and tokens.is_opaque(presented):
        known = select(exists().where(KnownDevice.device_hash == tokens.digest(presented)))
        if await uow.scalar(known):
            return presented
    return tokens.new_opaque()


def _printable(user_agent: str) -> str:
    return "".join(character for character in user_agent if character.isprintable())[:300]
