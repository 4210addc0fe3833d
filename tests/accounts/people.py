"""Users for these tests, and small helpers to look at what happened."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, text

from backend import clock
from backend.accounts import passwords, service
from backend.accounts.login import Attempt, login
from backend.accounts.models import User, UserRole
from backend.accounts.started import Started
from backend.audit.models import AuditEntry
from backend.config import Settings
from backend.db import Actor, ActorKind, Database, UnitOfWork
from backend.errors import LoginRefused

# Made anew in every run.
PASSWORD = passwords.generate()
OTHER_PASSWORD = passwords.generate()
OPERATOR = Actor(kind=ActorKind.OPERATOR, label="tests")


@asynccontextmanager
async def operator(database: Database) -> AsyncIterator[UnitOfWork]:
    async with database.writing(OPERATOR) as uow:
        yield uow


async def make_user(
    database: Database,
    username: str | None = "dana",
    *,
    email: str | None = None,
    role: UserRole = UserRole.STAFF,
    password: str = PASSWORD,
    must_change_password: bool = False,
) -> User:
    async with operator(database) as uow:
        return await service.create_user(
            uow,
            email=email or f"{username}@desk.test",
            username=username,
            display_name="Dana Desk",
            role=role,
            password=password,
            must_change_password=must_change_password,
        )


async def set_hash(database: Database, user: User, password_hash: str) -> None:
    async with operator(database) as uow:
        await uow.execute(text("UPDATE users SET password_hash = :hash WHERE id = :id"), {"hash": password_hash, "id": user.id})


async def sign_in(database: Database, settings: Settings, identifier: str = "dana", password: str = PASSWORD, **more: Any) -> Started:
    result = await login(database, settings, Attempt(identifier=identifier, password=password, **more))
    assert isinstance(result, Started)
    return result


# Tries that are counted now.
TOTAL = "SELECT coalesce(sum(failures), 0) FROM login_counters"


async def refusal(database: Database, settings: Settings, identifier: str, password: str, **more: str | None) -> LoginRefused:
    with pytest.raises(LoginRefused) as caught:
        await sign_in(database, settings, identifier, password, **more)
    return caught.value


async def audited(database: Database, action: str) -> list[AuditEntry]:
    async with database.reading() as reader:
        return list(await reader.scalars(select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)))


async def count(database: Database, sql: str, **parameters: Any) -> int:
    async with database.reading() as reader:
        return int(await reader.scalar(text(sql), parameters))


async def connect(database: Database, connections: int) -> None:
    """Open that many connections, so that what comes next really happens at once."""

    async def hold() -> None:
        async with database.reading() as reader:
            await reader.execute(text("SELECT pg_sleep(0.3)"))

    await asyncio.gather(*(hold() for _ in range(connections)))


class Clock:
    """The product's clock, standing where a test puts it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.time = clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.time)

    def forward(self, **delta: float) -> datetime:
        self.time += timedelta(**delta)
        return self.time


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Every SQL statement that is sent meanwhile."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)


def work_done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hashes against which passwords are tried from now on."""
    tried: list[str] = []
    original = passwords._matches

    def note(password: str, stored: str) -> bool:
        tried.append(stored)
        return original(password, stored)

    monkeypatch.setattr(passwords, "_matches", note)
    return tried
