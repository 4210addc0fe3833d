"""Going on with a session: refresh tokens rotate, and one that comes back late gives a thief away.

A token that was replaced less than 20 seconds ago gets the family's newest one, so twenty tabs that refresh at once all go on. After
that its return means that two parties hold it, and the whole family ends.
"""

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from backend import clock
from backend.accounts import sessions, tokens
from backend.accounts.models import RefreshToken, Session, User
from backend.accounts.started import Started, expiry, started
from backend.audit import service as audit
from backend.config import Settings
from backend.db import Actor, ActorKind, Database, UnitOfWork
from backend.errors import SessionEnded

GRACE = timedelta(seconds=20)
# A family can't grow more than this within the grace, unless somebody refreshes without end.
_MAX_STEPS = 64


async def refresh(database: Database, settings: Settings, refresh_token: str | None, *, request_id: str | None = None) -> Started:
    """New tokens for a session; raises `SessionEnded` when the token is unknown or late, or the session is over."""
    if refresh_token is None or not tokens.is_opaque(refresh_token):
        raise SessionEnded
    async with database.writing(Actor(kind=ActorKind.ANONYMOUS, request_id=request_id)) as uow:
        result = await _refresh(uow, settings, refresh_token)
    if result is None:
        raise SessionEnded
    return result


async def _refresh(uow: UnitOfWork, settings: Settings, presented: str) -> Started | None:
    now = clock.now()
    hashed = tokens.digest(presented)
    row = await uow.row(
        select(Session, User)
        .join(User, User.id == Session.user_id)
        .where(Session.id == select(RefreshToken.session_id).where(RefreshToken.token_hash == hashed).scalar_subquery())
        # The session's row makes the whole family wait in line.
        .with_for_update(of=Session)
    )
    # A statement of its own, so that it sees what the one before us in the line did.
    token: RefreshToken | None = await uow.scalar(select(RefreshToken).where(RefreshToken.token_hash == hashed))
    if row is None or token is None:
        return None
    session, user = row.Session, row.User
    if session.ended_at is not None or session.expires_at <= now or not user.active:
        return None
    uow.actor = Actor(kind=ActorKind.USER, id=user.id, label=user.display_name, request_id=uow.actor.request_id)
    if token.used_at is not None and now - token.used_at > GRACE:
        audit.record(uow, "session.replayed", "session", session.id, after={"user_id": user.id})
        await sessions.end(uow, session.id, because="REPLAYED")
        return None
    if token.used_at is not None:
        newest = await _newest(uow, settings, presented)
    else:
        newest = tokens.successor(settings, presented)
        token.used_at = session.last_used_at = now
        session.expires_at = expiry(session.created_at)
        uow.add(RefreshToken(token_hash=tokens.digest(newest), session_id=session.id, parent=hashed, created_at=now))
        await uow.flush()
        uow.after_commit(partial(sessions.forget, session.id))
    if newest is None:
        return None
    return started(settings, session, user, newest)


async def _newest(uow: UnitOfWork, settings: Settings, presented: str) -> str | None:
    """The unused end of the chain that begins at a token which has been replaced."""
    current = presented
    for _ in range(_MAX_STEPS):
        current = tokens.successor(settings, current)
        row = await uow.row(select(RefreshToken.used_at).where(RefreshToken.token_hash == tokens.digest(current)))
        if row is None:
            return None
        if row.used_at is None:
            return current
    return None
