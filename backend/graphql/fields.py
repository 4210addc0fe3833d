"""Root fields: each one declares the permission it needs, and it is checked here, before anything runs."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from typing import Any

import strawberry
from strawberry.extensions import FieldExtension

from backend.accounts import credentials
from backend.accounts.permissions import Permission
from backend.errors import NotAllowed, Unavailable
from backend.graphql.context import Context

PUBLIC = None
"""Declared on the few fields that need no session."""

RECHECK_SECONDS = 4.0
AWAY_SECONDS = 0.5


class Guard(FieldExtension):
    """Refuses a root field to a principal without its permission. Synchronous: an async check costs each field a task."""

    def __init__(self, permission: Permission | None) -> None:
        self.permission = permission

    def check(self, context: Context) -> None:
        """Raise `Unauthenticated` or `NotAllowed`."""
        if self.permission is not None and self.permission not in context.signed_in.permissions:
            raise NotAllowed

    def resolve(self, next_: Callable[..., Any], source: Any, info: strawberry.Info, **arguments: Any) -> Any:
        """Check, then go on."""
        self.check(info.context)
        return next_(source, info, **arguments)

    async def resolve_async(self, next_: Callable[..., Any], source: Any, info: strawberry.Info, **arguments: Any) -> Any:
        """Check, then go on."""
        self.check(info.context)
        return await next_(source, info, **arguments)


class StreamGuard(Guard):
    """The same for subscriptions, which also end when their session or API key does."""

    async def resolve_async(self, next_: Callable[..., Any], source: Any, info: strawberry.Info, **arguments: Any) -> Any:
        """Check, then watch. What the resolver of a subscription returns is its stream of events, not an awaitable."""
        self.check(info.context)
        return self._while_allowed(info.context, next_(source, info, **arguments))

    async def _look_again(self, context: Context) -> None:
        """Raise when the session or the key has ended or may no longer listen; waits while the database is away, since nobody knows."""
        while True:
            try:
                context.principal = await credentials.look_again(context.database, context.signed_in)
            except Unavailable:
                await asyncio.sleep(AWAY_SECONDS)
            else:
                break
        self.check(context)

    async def _while_allowed(self, context: Context, events: AsyncGenerator[Any, None]) -> AsyncGenerator[Any, None]:
        """Pass events on; raise `Unauthenticated` within 5 s of the session's or key's end. Nothing passes while the database is away."""
        waiting: asyncio.Task[Any] | None = None
        try:
            while True:
                waiting = waiting or asyncio.ensure_future(anext(events))
                done, _ = await asyncio.wait({waiting}, timeout=RECHECK_SECONDS)
                await self._look_again(context)
                if done:
                    try:
                        event = waiting.result()
                    except StopAsyncIteration:
                        return
                    finally:
                        waiting = None
                    yield event
        finally:
            if waiting is not None:
                waiting.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await waiting
            await events.aclose()


def query(permission: Permission | None, *, description: str, name: str | None = None) -> Any:
    """A root field of Query."""
    return strawberry.field(description=description, name=name, extensions=[Guard(permission)])


def mutation(permission: Permission | None, *, description: str, name: str | None = None) -> Any:
    """A root field of Mutation."""
    return strawberry.mutation(description=description, name=name, extensions=[Guard(permission)])


def subscription(permission: Permission | None, *, description: str, name: str | None = None) -> Any:
    """A root field of Subscription."""
    return strawberry.subscription(description=description, name=name, extensions=[StreamGuard(permission)])
