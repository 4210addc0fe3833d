"""Ending sessions by choice: one's own, and as an admin anybody's."""

from sqlalchemy import select

from backend.accounts import sessions
from backend.accounts.models import Session, User
from backend.accounts.permissions import Permission
from backend.accounts.principal import Principal
from backend.db import UnitOfWork
from backend.errors import NotFound, Unauthenticated


async def end_one(uow: UnitOfWork, principal: Principal, session_id: int) -> bool:
    """End a session; whether it was still going on.

    Raises `NotFound` when there is none, or when it is somebody else's and the principal does not manage users.
    """
    owner: int | None = await uow.scalar(select(Session.user_id).where(Session.id == session_id))
    mine = owner is not None and owner == principal.user_id
    if owner is None or not (mine or principal.may(Permission.USERS_WRITE)):
        raise NotFound("There is no such session.")
    return await sessions.end(uow, session_id, because="ENDED_BY_USER" if mine else "ENDED_BY_ADMIN")


async def end_others(uow: UnitOfWork, principal: Principal) -> int:
    """End every session of the principal but the one that asks; returns how many."""
    if principal.user_id is None or principal.session_id is None:
        raise Unauthenticated
    return await sessions.end_all(uow, principal.user_id, because="ENDED_BY_USER", but=principal.session_id)


async def end_all_of(uow: UnitOfWork, principal: Principal, user_id: int) -> int:
    """End every session of a user; of oneself all but the one that asks. Returns how many. Raises `NotFound`."""
    if await uow.scalar(select(User.id).where(User.id == user_id)) is None:
        raise NotFound("There is no such user. The account may have been deleted.")
    if user_id == principal.user_id:
        return await end_others(uow, principal)
    return await sessions.end_all(uow, user_id, because="ENDED_BY_ADMIN")
