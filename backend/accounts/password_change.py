"""A user changes their own password."""

from functools import partial

from sqlalchemy import delete, select

from backend import clock
from backend.accounts import limits, passwords, queries, sessions, tokens
from backend.accounts.login import WRONG_CREDENTIALS
from backend.accounts.models import KnownDevice, RefreshToken, Session, User
from backend.accounts.principal import Principal
from backend.accounts.service import lock
from backend.accounts.started import Started, expiry, new_refresh_token, started
from backend.audit import service as audit
from backend.config import Settings
from backend.db import Actor, Database
from backend.errors import FieldError, LoginRefused, Unauthenticated, ValidationFailed

_PATH = ("newPassword",)


async def change_password(
    database: Database,
    settings: Settings,
    principal: Principal,
    *,
    current_password: str,
    new_password: str,
    device_token: str | None = None,
    request_id: str | None = None,
) -> Started:
    """Change the principal's password, end their other sessions and go on in this one with new tokens.

    Raises `ValidationFailed` for a password that breaks the policy or is the old one, `LoginRefused` when the current one is wrong or was
    tried too often, `Unauthenticated` when the session has ended meanwhile.
    """
    if principal.user_id is None or principal.session_id is None:
        raise Unauthenticated
    actor = principal.actor(request_id)
    async with database.reading() as reader:
        user = await queries.user(reader, principal.user_id)
    if user is None:
        raise Unauthenticated
    _check_new(user, current_password, new_password)
    await check_current_password(database, settings, actor, principal.session_id, user, current_password)
    new_hash = await passwords.hash(new_password)
    return await _replace(database, settings, actor, principal.session_id, user, new_hash, device_token)


def _check_new(user: User, current_password: str, new_password: str) -> None:
    problems = passwords.check(new_password, own=(user.email, user.username, user.display_name), path=_PATH)
    if not problems and passwords.same(current_password, new_password):
        problems = [FieldError(_PATH, "SAME_AS_OLD", "The new password must differ from the old one.")]
    if problems:
        raise ValidationFailed(*problems)


async def check_current_password(
    database: Database, settings: Settings, actor: Actor, session_id: int, user: User, current_password: str
) -> None:
    """Raise `LoginRefused` unless this is the user's password.

    Counted like a login, but in a bucket of the session: whoever sits at an open desk can't lock the owner out elsewhere.
    """
    buckets = limits.for_password_change(settings, session_id)
    now = clock.now()
    async with database.writing(actor) as uow:
        await limits.take(uow, buckets, now)
    right = None
    try:
        right = await passwords.verify(current_password, user.password_hash)
    finally:
        if right is not False:
            async with database.writing(actor) as uow:
                await limits.give_back(uow, buckets, now)
    if not right:
        async with database.writing(actor) as uow:
            audit.record(uow, "password.refused", "user", user.id)
        raise LoginRefused("The current password is not right.")


async def _replace(
    database: Database, settings: Settings, actor: Actor, session_id: int, seen: User, new_hash: str, device_token: str | None
) -> Started:
    async with database.writing(actor) as uow:
        user = await lock(uow, seen.id)
        session: Session | None = await uow.scalar(select(Session).where(Session.id == session_id).with_for_update())
        if session is None or session.ended_at is not None or not user.active:
            raise Unauthenticated("Your session has ended. Please sign in again.")
        if user.password_hash != seen.password_hash:
            raise LoginRefused(WRONG_CREDENTIALS)
        user.password_hash, user.must_change_password, user.temporary_until = new_hash, False, None
        user.version += 1
        session.last_used_at, session.expires_at = clock.now(), expiry(session.created_at)
        # Whoever copied the cookie of this session, or knew the old password on another device, is out as well.
        await uow.execute(delete(RefreshToken).where(RefreshToken.session_id == session_id))
        await uow.execute(delete(KnownDevice).where(KnownDevice.user_id == user.id, KnownDevice.device_hash != _digest(device_token)))
        refresh_token = new_refresh_token(uow, session_id)
        ended = await sessions.end_all(uow, user.id, because="PASSWORD_CHANGED", but=session_id)
        audit.record(uow, "password.changed", "user", user.id, after={"sessions_ended": ended})
        uow.after_commit(partial(sessions.forget, session_id))
    return started(settings, session, user, refresh_token)


def _digest(device_token: str | None) -> bytes:
    return tokens.digest(device_token) if device_token and tokens.is_opaque(device_token) else b""
