import asyncio

import pytest

from backend import clock
from backend.accounts import passwords, tokens
from backend.config import Settings
from backend.db import Database
from backend.errors import RateLimited
from tests.accounts.people import (
    OTHER_PASSWORD,
    PASSWORD,
    TOTAL,
    Clock,
    audited,
    count,
    make_user,
    operator,
    refusal,
    sign_in,
)


async def test_twenty_guesses_then_wait(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    user = await make_user(database)
    await sign_in(database, settings)
    for number in range(20):
        error = await refusal(database, settings, "dana" if number % 2 else "dana@desk.test", OTHER_PASSWORD, address=f"198.51.{number}.1")
        assert error.reason == "WRONG_CREDENTIALS"
    blocked = await refusal(database, settings, "dana", PASSWORD, address="192.0.2.1")
    assert blocked.reason == "TOO_MANY_TRIES"
    assert blocked.retry_after is not None
    assert 0 < blocked.retry_after <= 7200
    assert (await audited(database, "session.refused"))[-1].after == {"reason": "WRONG_CREDENTIALS", "limits_reached": ["account"]}
    before = await count(database, TOTAL)
    assert (await refusal(database, settings, "dana", PASSWORD, address="192.0.2.1")).reason == "TOO_MANY_TRIES"
    assert await count(database, TOTAL) == before
    time.forward(seconds=blocked.retry_after + 1)
    assert (await sign_in(database, settings)).user.id == user.id


async def test_a_known_device_gets_in_while_others_guess(database: Database, settings: Settings) -> None:
    user = await make_user(database)
    other = await make_user(database, "olga")
    device = (await sign_in(database, settings)).device_token
    for _ in range(20):
        await refusal(database, settings, "dana", OTHER_PASSWORD)
    assert (await refusal(database, settings, "dana", PASSWORD)).reason == "TOO_MANY_TRIES"
    assert (await refusal(database, settings, "dana", PASSWORD, device_token=tokens.new_opaque())).reason == "TOO_MANY_TRIES"
    elsewhere = (await sign_in(database, settings, "olga")).device_token
    assert (await refusal(database, settings, "dana", PASSWORD, device_token=elsewhere)).reason == "TOO_MANY_TRIES"
    again = await sign_in(database, settings, device_token=device)
    assert again.user.id == user.id
    assert again.device_token == device
    assert other.id != user.id


async def test_a_device_token_that_was_planted_is_replaced(database: Database, settings: Settings) -> None:
    await make_user(database)
    for planted in (tokens.new_opaque(), "short", "é" * 43, ""):
        result = await sign_in(database, settings, device_token=planted)
        assert result.device_token is not None
        assert result.device_token != planted
        assert tokens.is_opaque(result.device_token)
    assert await count(database, "SELECT count(*) FROM known_devices") == 4


async def test_a_known_device_has_a_generous_limit_of_its_own(database: Database, settings: Settings) -> None:
    await make_user(database)
    device = (await sign_in(database, settings)).device_token
    outcomes = await asyncio.gather(*(refusal(database, settings, "dana", OTHER_PASSWORD, device_token=device) for _ in range(30)))
    outcomes += await asyncio.gather(*(refusal(database, settings, "dana", OTHER_PASSWORD, device_token=device) for _ in range(35)))
    assert [error.reason for error in outcomes].count("WRONG_CREDENTIALS") == 60
    await sign_in(database, settings, "dana", PASSWORD)


async def test_guesses_at_once_are_counted_one_by_one(database: Database, settings: Settings) -> None:
    await make_user(database)
    outcomes = await asyncio.gather(*(refusal(database, settings, "dana", OTHER_PASSWORD) for _ in range(40)))
    assert [error.reason for error in outcomes].count("WRONG_CREDENTIALS") == 20


async def test_an_unknown_account_is_limited_alike(database: Database, settings: Settings) -> None:
    for _ in range(20):
        assert (await refusal(database, settings, "Nobody", PASSWORD)).reason == "WRONG_CREDENTIALS"
    assert (await refusal(database, settings, " nobody", PASSWORD)).reason == "TOO_MANY_TRIES"


async def test_a_network_is_limited_but_not_its_known_devices(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Clock(monkeypatch)
    await make_user(database)
    device = (await sign_in(database, settings)).device_token
    monkeypatch.setattr(passwords, "_matches", lambda *_: False)
    for group in range(10):
        tries = [refusal(database, settings, f"n{group}-{number}", PASSWORD, address=f"203.0.113.{number}") for number in range(30)]
        assert {error.reason for error in await asyncio.gather(*tries)} == {"WRONG_CREDENTIALS"}
    assert (await refusal(database, settings, "fresh", PASSWORD, address="203.0.113.250")).reason == "TOO_MANY_TRIES"
    assert (await refusal(database, settings, "fresh", PASSWORD, address="203.0.114.250")).reason == "WRONG_CREDENTIALS"
    monkeypatch.undo()
    await sign_in(database, settings, device_token=device, address="203.0.113.9")


async def test_everybody_together_is_limited(database: Database, settings: Settings) -> None:
    await make_user(database)
    device = (await sign_in(database, settings)).device_token
    await refusal(database, settings, "x1", PASSWORD, address="192.0.2.1")
    async with operator(database) as uow:
        hour = clock.now().replace(minute=0, second=0, microsecond=0)
        connection = await uow.session.connection()
        await connection.exec_driver_sql("UPDATE login_counters SET failures = 3000 WHERE hour = $1", (hour,))
    assert (await refusal(database, settings, "x2", PASSWORD, address="198.51.100.1")).reason == "TOO_MANY_TRIES"
    await sign_in(database, settings, device_token=device)


async def test_a_full_queue_is_said_and_not_counted(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    await make_user(database)
    monkeypatch.setattr(passwords._pool, "_pending", passwords._MAX_PENDING)
    with pytest.raises(RateLimited):
        await sign_in(database, settings)
    assert await count(database, TOTAL) == 0
    monkeypatch.undo()
    await sign_in(database, settings)
