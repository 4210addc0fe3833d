"""Coming in by a one-time link: whoever brings it sets a password, and is signed in.

A link that is unknown, used, over, withdrawn or of somebody who may not sign in gets one answer after the same work.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from backend import clock
from backend.accounts import limits, links, passwords, service, sessions
from backend.accounts.entering import Browser, Challenged, enter
from backend.accounts.models import KnownDevice, User
from backend.accounts.started import Started
from backend.audit import service as audit
from backend.config import Settings
from backend.db import Actor, ActorKind, Database, UnitOfWork
from backend.errors import LoginRefused, ValidationFailed

NOT_VALID = "This link is no longer valid. Please ask an admin for a new one."


@dataclass(frozen=True, slots=True)
class _Seen:
    """Whose link it is, and how to take the try back."""

    user: User
    buckets: list[limits.Bucket]
    at: datetime


async def opened(database: Database, settings: Settings, token: str, browser: Browser) -> User:
    """Whose link this is; it stays unused. Raises `LoginRefused` (``LINK_NOT_VALID``, ``TOO_MANY_TRIES``)."""
    return (await _look_at(database, settings, token, browser, give_back=True)).user


async def set_password(database: Database, settings: Settings, token: str, new_password: str, browser: Browser) -> Started | Challenged:
    """Set the password of the link's user, end what went on under the old one, and let them in.

    Raises `LoginRefused` as `opened` does, `ValidationFailed` for a password that breaks the policy: the link then stays unused;
    `RateLimited` when too many are signing in at this instant.
    """
    seen = await _look_at(database, settings, token, browser)
    user = seen.user
    actor = Actor(kind=ActorKind.USER, id=user.id, label=user.display_name, request_id=browser.request_id)
    try:
        problems = passwords.check(new_password, own=(user.email, user.username, user.display_name), path=("newPassword",))
        if problems:
            raise ValidationFailed(*problems)
        new_hash = await passwords.hash(new_password)
        async with database.writing(actor) as uow:
            entered = await _set(uow, settings, token, user.id, new_hash, browser)
    finally:
        # The link was a good one, so the try does not count.
        async with database.writing(actor) as uow:
            await limits.give_back(uow, seen.buckets, seen.at)
    return entered


async def _look_at(database: Database, settings: Settings, token: str, browser: Browser, *, give_back: bool = False) -> _Seen:
    now = clock.now()
    buckets = limits.for_link(settings, browser.address)
    async with database.writing(Actor(kind=ActorKind.ANONYMOUS, request_id=browser.request_id)) as uow:
        await limits.take(uow, buckets, now)
        user, counts = await links.good(uow, token, now)
        if not counts:
            audit.record(uow, "link.refused", "user", user.id if user else None)
        elif give_back:
            await limits.give_back(uow, buckets, now)
    if user is None or not counts:
        raise LoginRefused(NOT_VALID, code="LINK_NOT_VALID")
    return _Seen(user, buckets, now)


async def _set(uow: UnitOfWork, settings: Settings, token: str, user_id: int, new_hash: str, browser: Browser) -> Started | Challenged:
    user = await service.lock(uow, user_id)
    now = clock.now()
    _, counts = await links.good(uow, token, now)
    if not counts:
        raise LoginRefused(NOT_VALID, code="LINK_NOT_VALID")
    user.password_hash, user.must_change_password, user.temporary_until = new_hash, False, None
    user.version += 1
    await uow.flush()
    await links.use(uow, token, now)
    await uow.execute(delete(KnownDevice).where(KnownDevice.user_id == user.id))
    ended = await sessions.end_all(uow, user.id, because="PASSWORD_CHANGED")
    audit.record(uow, "password.set_by_link", "user", user.id, after={"sessions_ended": ended})
    return await enter(uow, settings, user, browser)
