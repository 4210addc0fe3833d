"""Reads of API keys and of their use."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from backend import clock
from backend.accounts.key_uses import hour_of
from backend.accounts.models import ApiKey, ApiKeyUse, User
from backend.db import AnyRow, AnySelect, ReadSession, among

HISTORY = timedelta(hours=24)


def _keys(now: datetime) -> AnySelect:
    """Keys with ``calls`` and ``cost`` of this hour and with ``made_by_name``."""
    used = and_(ApiKeyUse.api_key_id == ApiKey.id, ApiKeyUse.hour == hour_of(now))
    return (
        select(
            ApiKey.id,
            ApiKey.name,
            ApiKey.prefix,
            ApiKey.scopes,
            ApiKey.calls_an_hour,
            ApiKey.created_at,
            ApiKey.ends_at,
            ApiKey.last_used_at,
            ApiKey.revoked_at,
            ApiKey.replaced_by_id,
            ApiKey.version,
            func.coalesce(ApiKeyUse.calls, 0).label("calls"),
            func.coalesce(ApiKeyUse.cost, 0).label("cost"),
            User.display_name.label("made_by_name"),
        )
        .outerjoin(ApiKeyUse, used)
        .outerjoin(User, User.id == ApiKey.made_by)
    )


def _works(now: datetime) -> list[ColumnElement[bool]]:
    return [ApiKey.revoked_at.is_(None), or_(ApiKey.ends_at.is_(None), ApiKey.ends_at > now)]


async def page_of_keys(reader: ReadSession, *, ended: bool, first: int, after: int | None) -> Sequence[AnyRow]:
    """At most ``first + 1`` keys, the newest first; ``ended``: those that no longer work among them."""
    now = clock.now()
    statement = _keys(now).order_by(ApiKey.id.desc()).limit(first + 1)
    if not ended:
        statement = statement.where(*_works(now))
    if after is not None:
        statement = statement.where(ApiKey.id < after)
    return await reader.rows(statement)


async def count_of_keys(reader: ReadSession, *, ended: bool) -> int:
    """How many there are."""
    statement = select(func.count()).select_from(ApiKey)
    if not ended:
        statement = statement.where(*_works(clock.now()))
    count: int = await reader.scalar(statement)
    return count


async def keys_by_id(reader: ReadSession, numbers: Sequence[int]) -> Sequence[AnyRow]:
    """These keys, in any order."""
    return await reader.rows(_keys(clock.now()).where(among(ApiKey.id, numbers)))


async def uses_of(reader: ReadSession, numbers: Sequence[int]) -> Sequence[AnyRow]:
    """The hours of the last day in which these keys were used, the newest first: ``api_key_id``, ``hour``, ``calls``, ``cost``."""
    lately = ApiKeyUse.hour > clock.now() - HISTORY
    columns = (ApiKeyUse.api_key_id, ApiKeyUse.hour, ApiKeyUse.calls, ApiKeyUse.cost)
    return await reader.rows(select(*columns).where(among(ApiKeyUse.api_key_id, numbers), lately).order_by(ApiKeyUse.hour.desc()))
