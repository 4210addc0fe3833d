"""The databases of a run: made, filled, and dropped; or filled once, kept, and copied for each run."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

import asyncpg
from sqlalchemy import insert, update

from backend.accounts import passwords
from backend.accounts.models import User, UserRole
from backend.config import Settings
from backend.db import Database
from backend.operations.bootstrap import seeds
from tests.bench.fill import Filled, count, fill
from tests.world import OPERATOR, migrate

LOGINS = 20
USER = "bench"
WHOLE = "filled"

_Answer = TypeVar("_Answer")


class Databases:
    """Those on one server. ``server`` is its address with any database; all have ``clients`` clients and users with one password.

    ``kept``: what is filled stays on the server under a name of its own, and a run gets a copy, since a run writes.
    """

    def __init__(self, server: str, settings: Settings, clients: int, password: str, *, kept: bool) -> None:
        self.server, self.settings, self.clients, self.password, self.kept = server, settings, clients, password, kept

    async def make(self, name: str, check_ins: int) -> Filled:
        """A filled database of this name."""
        if not self.kept:
            return await self._fill(name, check_ins)
        original = f"krc_kept_{self.clients}_{check_ins}"
        if not await self._is_whole(original):
            await self.drop(original)
            await self._fill(original, check_ins)
            await self._on(self.server, lambda server: server.execute(f"COMMENT ON DATABASE {original} IS '{WHOLE}'"))
        # A migration may have come since.
        await migrate(self._url(original))
        began = time.perf_counter()
        await self._on(self.server, lambda server: server.execute(f'CREATE DATABASE "{name}" TEMPLATE {original} STRATEGY FILE_COPY'))
        await self._give_users(name, self._give_password)
        counted = await self._on(self._url(name), count)
        return replace(counted, seconds=time.perf_counter() - began)

    async def drop(self, name: str) -> None:
        """Remove a database, whoever uses it."""
        await self._on(self.server, lambda server: server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))

    def _url(self, name: str) -> str:
        return self.server.rsplit("/", 1)[0] + f"/{name}"

    async def _on(self, url: str, work: Callable[[asyncpg.Connection], Awaitable[_Answer]]) -> _Answer:
        connection = await asyncpg.connect(url, server_settings={"timezone": "UTC"})
        try:
            return await work(connection)
        finally:
            await connection.close()

    async def _is_whole(self, name: str) -> bool:
        said = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1"
        return bool(await self._on(self.server, lambda server: server.fetchval(said, name)) == WHOLE)

    async def _fill(self, name: str, check_ins: int) -> Filled:
        await self._on(self.server, lambda server: server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'))
        await migrate(self._url(name))
        await self._give_users(name, self._sow)
        zone = self.settings.centre_timezone
        return await self._on(self._url(name), lambda connection: fill(connection, clients=self.clients, check_ins=check_ins, zone=zone))

    async def _give_users(self, name: str, work: Callable[[Database, str], Awaitable[None]]) -> None:
        settings = self.settings.model_copy(update={"database_url": self._url(name)})
        database = Database.of(settings, name="krc-bench", pool_size=1, statement_timeout_ms=0)
        try:
            # One hash for all: making it is the product's work at another time.
            await work(database, await passwords.hash(self.password))
        finally:
            await database.close()

    async def _sow(self, database: Database, hashed: str) -> None:
        async with database.writing(OPERATOR) as uow:
            await seeds.sow(uow, await seeds.missing(uow))
            await uow.execute(insert(User), [_user(f"{USER}{number}", hashed) for number in range(LOGINS + 1)])

    async def _give_password(self, database: Database, hashed: str) -> None:
        async with database.writing(OPERATOR) as uow:
            await uow.execute(update(User).where(User.username.startswith(USER)).values(password_hash=hashed))


def _user(name: str, hashed: str) -> dict[str, object]:
    email = f"{name}@example.test"
    return {"email": email, "username": name, "display_name": name.title(), "role": UserRole.ADMIN, "password_hash": hashed}
