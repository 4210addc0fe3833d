"""What a resolver knows of its request."""

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

import strawberry
from strawberry.dataloader import DataLoader

from backend import clock
from backend.accounts.key_uses import Allowance
from backend.accounts.principal import Principal
from backend.config import Settings
from backend.db import Actor, ActorKind, Database, ReadSession, UnitOfWork
from backend.errors import Failure, NotAllowed, Unauthenticated

if TYPE_CHECKING:
    from backend.system.centre import CentreSettings


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie to set; ``max_age`` in seconds, 0 removes it. HttpOnly and SameSite=Strict always hold."""

    name: str
    value: str
    max_age: int
    path: str


@dataclass(slots=True)
class Context:
    """One request: who asks, from where, and the sessions it may use. ``settings`` are as `backend.graphql.settling` left them."""

    settings: Settings
    database: Database
    request_id: str
    principal: Principal | None = None
    cookies: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    user_agent: str = ""
    cookies_to_set: list[Cookie] = field(default_factory=list)
    operation: str = "none"
    allowance: Allowance | None = None
    refusal: Failure | None = None
    denials: list[tuple[str, str]] = field(default_factory=list)
    connection_params: dict[str, Any] | None = None
    given: Settings | None = None
    settled: "CentreSettings | None" = None
    _reader: ReadSession | None = None
    _loaders: dict[Callable[..., Any], DataLoader[Any, Any]] = field(default_factory=dict)

    @property
    def signed_in(self) -> Principal:
        """The principal; raises `Unauthenticated` when there is none."""
        if self.principal is None:
            raise Unauthenticated
        return self.principal

    @property
    def chosen(self) -> "CentreSettings":
        """What the centre chose for itself, five seconds old at most."""
        if self.settled is None:
            raise RuntimeError("the context was not settled")
        return self.settled

    def today(self) -> date:
        """The centre's day."""
        return clock.today(self.settings.zone)

    @property
    def reader(self) -> ReadSession:
        """The one read session of this request; its statements wait for each other."""
        if self._reader is None:
            self._reader = self.database.reader()
        return self._reader

    @asynccontextmanager
    async def unit_of_work(self, *, one_statement: bool = False) -> AsyncIterator[UnitOfWork]:
        """A transaction in the principal's name; see `Database.writing`.

        What an earlier mutation of the same document read is given up first: it may be out of date, and requests that hold one
        connection while they wait for another could wait for each other. Raises `NotAllowed` for who only looks through an API key.
        """
        if self.principal is not None and self.principal.read_only:
            raise NotAllowed("Only reading is possible while you look through an API key.")
        await self.close()
        actor = self.principal.actor(self.request_id) if self.principal else Actor(ActorKind.ANONYMOUS, request_id=self.request_id)
        async with self.database.writing(actor, one_statement=one_statement) as uow:
            yield uow

    def fork(self) -> "Context":
        """The same principal with a read session and loaders of its own, for one operation of a socket."""
        return replace(self, cookies_to_set=[], denials=[], _reader=None, _loaders={})

    def load(self, batch: "Batch", key: Hashable) -> Awaitable[Any]:
        """What ``batch`` answers for this key; all keys asked for at once go into one call of it."""
        loader = self._loaders.get(batch)
        if loader is None:

            async def load_all(keys: list[Any]) -> list[Any]:
                answers = await batch(self.reader, self, keys)
                return [answers.get(item) for item in keys]

            loader = self._loaders[batch] = DataLoader(load_fn=load_all)
        return loader.load(key)

    def load_by_name(self, name: str, key: Hashable) -> Awaitable[Any]:
        """The same with a batch of a feature above the caller, which it registered in `UPWARD`."""
        return self.load(UPWARD[name], key)

    def set_cookie(self, name: str, value: str, *, max_age: int, path: str) -> None:
        """Set a cookie with the answer."""
        self.cookies_to_set.append(Cookie(name, value, max_age, path))

    def clear_cookie(self, name: str, *, path: str) -> None:
        """Remove a cookie with the answer."""
        self.cookies_to_set.append(Cookie(name, "", 0, path))

    async def close(self) -> None:
        """Give the connection back and forget what was loaded."""
        if self._reader is not None:
            await self._reader.session.close()
            self._reader = None
        self._loaders.clear()


Batch: TypeAlias = Callable[[ReadSession, Context, list[Any]], Awaitable[Mapping[Any, Any]]]
Info: TypeAlias = strawberry.Info[Context, None]
UPWARD: dict[str, Batch] = {}
"""Batches by name, for fields whose type belongs to a feature above: features import only downward."""
