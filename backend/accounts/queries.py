"""Reads of users."""

from collections.abc import Sequence

from sqlalchemy import func, select

from backend.accounts.models import User, UserRole
from backend.db import ReadSession


def normalise_identifier(typed: str) -> str:
    """What is looked up for a typed email or username: trimmed and in lower case. Empty when it can't belong to anybody."""
    text = typed.strip().lower()
    if not text or len(text) > 254 or "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        return ""
    return text


async def user(reader: ReadSession, user_id: int) -> User | None:
    """The user with this id."""
    found: User | None = await reader.scalar(select(User).where(User.id == user_id))
    return found


async def user_by_identifier(reader: ReadSession, typed: str) -> User | None:
    """The user with this email (with an @) or username, in any case."""
    identifier = normalise_identifier(typed)
    if not identifier:
        return None
    column = User.email if "@" in identifier else User.username
    found: User | None = await reader.scalar(select(User).where(column == identifier))
    return found


async def users(reader: ReadSession) -> Sequence[User]:
    """Every user, by email."""
    found: Sequence[User] = await reader.scalars(select(User).order_by(User.email))
    return found


async def has_active_admin(reader: ReadSession) -> bool:
    """Whether anybody can administer this centre."""
    return bool(await reader.scalar(select(func.count() > 0).where(User.active, User.role == UserRole.ADMIN)))
