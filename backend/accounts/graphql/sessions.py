"""Sessions and one-time links as they are shown, loaded in batches for all users asked for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self

import strawberry

from backend import clock
from backend.accounts import devices, models, queries
from backend.db import ReadSession
from backend.graphql import ids
from backend.graphql.context import Context
from backend.graphql.relay import Node


@strawberry.type(description="A sign-in that goes on, on one device.")
class Session(Node):
    """A session."""

    browser: str | None = strawberry.field(description="The browser or program, as far as it says: Firefox, Safari, curl.")
    system: str | None = strawberry.field(description="What it runs on, as far as it says: Windows, iPhone, Android.")
    created_at: datetime = strawberry.field(description="When they signed in.")
    last_used_at: datetime = strawberry.field(description="When it was used last, ten minutes more or less.")
    expires_at: datetime = strawberry.field(description="When it ends if it is not used any more.")
    current: bool = strawberry.field(description="Whether this request comes from it.")

    @classmethod
    def of(cls, row: models.Session, current_id: int | None) -> Self:
        """The session of a row, for a request that comes from the session ``current_id``."""
        device = devices.read(row.user_agent)
        return cls(
            id=ids.encode("Session", row.id),
            browser=device.browser,
            system=device.system,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            expires_at=row.expires_at,
            current=row.id == current_id,
        )


@strawberry.type(
    description="The newest link with which a user may set a password, once. The link itself was shown once and is kept nowhere."
)
class UserLink:
    """What is known of a link."""

    created_at: datetime = strawberry.field(description="When it was made.")
    expires_at: datetime = strawberry.field(description="Until when it counts.")
    used_at: datetime | None = strawberry.field(description="When it was used; null as long as it was not.")
    waiting: bool = strawberry.field(description="Whether it can still be used.")

    @classmethod
    def of(cls, row: models.SignInLink) -> Self:
        """The link of a row."""
        waiting = row.used_at is None and clock.now() < row.expires_at
        return cls(created_at=row.created_at, expires_at=row.expires_at, used_at=row.used_at, waiting=waiting)


async def sessions_of_users(reader: ReadSession, context: Context, user_ids: list[int]) -> Mapping[int, list[Session]]:
    """Batch: the sessions that go on, by user."""
    current = context.principal.session_id if context.principal else None
    found = await queries.sessions_of_users(reader, user_ids, clock.now())
    return {user_id: [Session.of(row, current) for row in rows] for user_id, rows in found.items()}


async def links_of_users(reader: ReadSession, _context: Context, user_ids: list[int]) -> Mapping[int, UserLink]:
    """Batch: the newest link, by user."""
    return {user_id: UserLink.of(row) for user_id, row in (await queries.links_of_users(reader, user_ids)).items()}
