"""How an API key's calls are counted."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text

from backend.accounts import key_access, key_uses
from backend.accounts.jobs import clean_up
from backend.accounts.principal import Principal
from backend.db import Database
from tests.accounts.integrations import make_key, row
from tests.accounts.people import Clock, connect, count, operator, statements


async def caller(database: Database, **more: Any) -> Principal:
    _, whole = await make_key(database, **more)
    return await key_access.authenticate(database, whole)


async def test_calls_and_their_cost_are_counted_by_the_hour(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    time.time = time.time.replace(minute=59, second=30, microsecond=0)
    principal = await caller(database, calls_an_hour=2)
    with statements(database) as sent:
        first = await key_uses.take(database, principal, cost=40)
    assert len(sent) == 1
    assert first == key_uses.Allowance(limit=2, left=1, seconds=30)
    second = await key_uses.take(database, principal, cost=2)
    assert second is not None
    assert second.left == 0
    with pytest.raises(key_uses.CallsUsedUp) as refused:
        await key_uses.take(database, principal, cost=1000)
    assert (refused.value.retry_after, refused.value.reason) == (30, "RATE_LIMITED")
    async with database.reading() as reader:
        assert [tuple(each) for each in await reader.rows(text("SELECT calls, cost FROM api_key_uses"))] == [(2, 42)]
    time.forward(seconds=30)
    third = await key_uses.take(database, principal)
    assert third is not None
    assert (third.left, third.seconds) == (1, 3600)


async def test_a_hundred_calls_at_once_are_a_hundred_calls(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(monkeypatch)
    principal = await caller(database, calls_an_hour=60)
    await connect(database, 10)
    results = await asyncio.gather(*(key_uses.take(database, principal) for _ in range(100)), return_exceptions=True)
    assert sum(isinstance(result, key_uses.CallsUsedUp) for result in results) == 40
    left = sorted(result.left for result in results if isinstance(result, key_uses.Allowance))
    assert left == list(range(60))


async def test_each_key_has_its_own_count(database: Database) -> None:
    one, other = await caller(database, calls_an_hour=1), await caller(database, calls_an_hour=1)
    await key_uses.take(database, one)
    assert await key_uses.take(database, other) is not None


async def test_whoever_is_no_key_is_not_counted(database: Database) -> None:
    with statements(database) as sent:
        assert await key_uses.take(database, None) is None
    assert sent == []


async def test_the_last_use_is_noted_once_a_minute(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    principal = await caller(database)
    assert principal.api_key_id is not None
    await key_uses.take(database, principal)
    first = (await row(database, principal.api_key_id)).last_used_at
    assert first == time.time
    time.forward(seconds=59)
    await key_uses.take(database, principal)
    assert (await row(database, principal.api_key_id)).last_used_at == first
    time.forward(seconds=2)
    await key_uses.take(database, principal)
    assert (await row(database, principal.api_key_id)).last_used_at == time.time


async def test_old_counts_go_at_night(database: Database) -> None:
    number, _ = await make_key(database)
    insert = "INSERT INTO api_key_uses (api_key_id, hour) SELECT :id, now() - make_interval(days => d) FROM unnest('{1,89,91}'::int[]) d"
    async with operator(database) as uow:
        await uow.execute(text(insert), {"id": number})
    async with operator(database) as uow:
        await clean_up(uow, {})
    assert await count(database, "SELECT count(*) FROM api_key_uses") == 2
