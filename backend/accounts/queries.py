"""Reads of users."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, func, literal, or_, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on

from backend.accounts.models import Session, SignInLink, User, UserRole
from backend.db import AnyRow, ReadSession, among

MOST_SESSIONS = 100


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


@dataclass(frozen=True, slots=True)
class UserCriteria:
    """Which users; None asks nothing. ``search`` is a part of a name, username or email, in any case."""

    search: str | None = None
    active: bool | None = None
    role: UserRole | None = None


_SORT = func.lower(User.display_name).collate("C")


async def page_of_users(
    reader: ReadSession, criteria: UserCriteria, *, first: int, after: tuple[str, int] | None
) -> tuple[Sequence[AnyRow], bool]:
    """Users by name, as rows of ``User`` and ``sort``, and whether more follow. ``after`` are the sort and the id of the last one seen."""
    statement = select(User, _SORT.label("sort")).where(*_conditions(criteria))
    if after is not None:
        statement = statement.where(tuple_(_SORT, User.id) > tuple_(literal(after[0]), literal(after[1])))
    rows = await reader.rows(statement.order_by(_SORT, User.id).limit(first + 1))
    return rows[:first], len(rows) > first


async def count_of_users(reader: ReadSession, criteria: UserCriteria) -> int:
    """How many there are."""
    return int(await reader.scalar(select(func.count()).select_from(User).where(*_conditions(criteria))))


def _conditions(criteria: UserCriteria) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if criteria.active is not None:
        conditions.append(User.active == criteria.active)
    if criteria.role is not None:
        conditions.append(User.role == criteria.role)
    if criteria.search is not None and criteria.search.strip():
        part = normalise_identifier(criteria.search)
        found = (column.icontains(part, autoescape=True) for column in (User.display_name, User.username, User.email))
        conditions.append(or_(*found) if part else false())
    return conditions


async def sessions_of_users(reader: ReadSession, user_ids: Sequence[int], now: datetime) -> Mapping[int, list[Session]]:
    """The sessions that go on, by user, the last used first; the first hundred of each."""
    place = func.row_number().over(partition_by=Session.user_id, order_by=(Session.last_used_at.desc(), Session.id.desc()))
    going_on = (among(Session.user_id, user_ids), Session.ended_at.is_(None), Session.expires_at > now)
    ranked = select(Session.id, place.label("place")).where(*going_on).subquery()
    statement = select(Session).join(ranked, ranked.c.id == Session.id).where(ranked.c.place <= MOST_SESSIONS)
    found: dict[int, list[Session]] = {user_id: [] for user_id in user_ids}
    for session in await reader.scalars(statement.order_by(Session.last_used_at.desc(), Session.id.desc())):
        found[session.user_id].append(session)
    return found


async def links_of_users(reader: ReadSession, user_ids: Sequence[int]) -> Mapping[int, SignInLink]:
    """The newest one-time link of each user, used or not; withdrawn ones are gone."""
    newest = select(SignInLink).where(among(SignInLink.user_id, user_ids)).ext(distinct_on(SignInLink.user_id))
    rows = await reader.scalars(newest.order_by(SignInLink.user_id, SignInLink.created_at.desc()))
    return {link.user_id: link for link in rows}
