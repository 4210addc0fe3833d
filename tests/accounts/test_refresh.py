import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from backend import clock
from backend.accounts import service, sessions, tokens
from backend.accounts.models import RefreshToken
from backend.accounts.refresh import refresh
from backend.config import Settings
from backend.db import Database
from backend.errors import SessionEnded, Unauthenticated
from tests.accounts.people import Clock, audited, connect, count, make_user, operator, sign_in


async def test_it_rotates_and_goes_on(database: Database, settings: Settings) -> None:
    user = await make_user(database)
    first = await sign_in(database, settings)
    second = await refresh(database, settings, first.refresh_token)
    third = await refresh(database, settings, second.refresh_token)
    assert len({first.refresh_token, second.refresh_token, third.refresh_token}) == 3
    assert third.principal.session_id == first.principal.session_id
    assert (await sessions.authenticate(database, settings, third.access_token)).user_id == user.id


async def test_nothing_readable_is_stored(database: Database, settings: Settings) -> None:
    await make_user(database)
    first = await sign_in(database, settings)
    second = await refresh(database, settings, first.refresh_token)
    async with database.reading() as reader:
        stored = await reader.scalars(select(RefreshToken).order_by(RefreshToken.created_at))
    assert [row.token_hash for row in stored] == [tokens.digest(first.refresh_token), tokens.digest(second.refresh_token)]
    assert stored[1].parent == stored[0].token_hash
    assert stored[0].used_at is not None


async def test_twenty_tabs_at_once_all_go_on(database: Database, settings: Settings) -> None:
    await make_user(database)
    first = await sign_in(database, settings)
    await connect(database, 20)
    results = await asyncio.gather(*(refresh(database, settings, first.refresh_token) for _ in range(20)))
    assert len({result.refresh_token for result in results}) == 1
    assert first.refresh_token not in {result.refresh_token for result in results}
    for result in results:
        await sessions.authenticate(database, settings, result.access_token)
    await refresh(database, settings, results[0].refresh_token)
    assert await audited(database, "session.replayed") == []


async def test_a_slow_tab_gets_the_newest_token(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    await make_user(database)
    first = await sign_in(database, settings)
    second = await refresh(database, settings, first.refresh_token)
    time.forward(seconds=5)
    third = await refresh(database, settings, second.refresh_token)
    time.forward(seconds=10)
    assert (await refresh(database, settings, first.refresh_token)).refresh_token == third.refresh_token
    time.forward(minutes=10)
    await refresh(database, settings, third.refresh_token)


async def test_a_late_replay_ends_the_family(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    user = await make_user(database)
    stolen, other = await sign_in(database, settings), await sign_in(database, settings)
    newest = await refresh(database, settings, stolen.refresh_token)
    await sessions.authenticate(database, settings, newest.access_token)
    time.forward(seconds=20)
    assert (await refresh(database, settings, stolen.refresh_token)).refresh_token == newest.refresh_token
    time.forward(seconds=1)
    for _ in range(2):
        with pytest.raises(SessionEnded):
            await refresh(database, settings, stolen.refresh_token)
    with pytest.raises(SessionEnded):
        await refresh(database, settings, newest.refresh_token)
    with pytest.raises(Unauthenticated):
        await sessions.authenticate(database, settings, newest.access_token)
    (replayed,) = await audited(database, "session.replayed")
    assert (replayed.subject_id, replayed.actor_id) == (stolen.principal.session_id, user.id)
    (ended,) = await audited(database, "session.ended")
    assert ended.after == {"because": "REPLAYED"}
    await refresh(database, settings, other.refresh_token)


@pytest.mark.parametrize("token", [None, "", "x", "é" * 43, "A" * 43, "A" * 100_000, "A" * 42 + "\0"])
async def test_tokens_that_are_none(database: Database, settings: Settings, token: str | None) -> None:
    with pytest.raises(SessionEnded):
        await refresh(database, settings, token)


async def test_it_ends_after_a_fortnight_of_rest(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    await make_user(database)
    result = await sign_in(database, settings)
    time.forward(days=13)
    result = await refresh(database, settings, result.refresh_token)
    time.forward(days=13)
    result = await refresh(database, settings, result.refresh_token)
    time.forward(days=14, seconds=1)
    with pytest.raises(SessionEnded):
        await refresh(database, settings, result.refresh_token)


async def test_it_ends_after_ninety_days_in_any_case(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    await make_user(database)
    result = await sign_in(database, settings)
    for _ in range(8):
        time.forward(days=11)
        result = await refresh(database, settings, result.refresh_token)
    assert result.principal.session_expires_at is not None
    assert result.principal.session_expires_at - clock.now() == timedelta(days=2)
    time.forward(days=2, seconds=-60)
    result = await refresh(database, settings, result.refresh_token)
    assert result.access_expires_at - clock.now() <= timedelta(seconds=60)
    time.forward(seconds=61)
    with pytest.raises(SessionEnded):
        await refresh(database, settings, result.refresh_token)


async def test_a_disabled_user_can_not_go_on(database: Database, settings: Settings) -> None:
    user = await make_user(database)
    result = await sign_in(database, settings)
    async with operator(database) as uow:
        await service.set_active(uow, user, active=False)
    with pytest.raises(SessionEnded):
        await refresh(database, settings, result.refresh_token)
    async with operator(database) as uow:
        await service.set_active(uow, user, active=True)
    with pytest.raises(SessionEnded):
        await refresh(database, settings, result.refresh_token)


async def test_refresh_and_logout_at_once(database: Database, settings: Settings) -> None:
    await make_user(database)
    for _ in range(5):
        result = await sign_in(database, settings)
        assert result.principal.session_id is not None

        async def log_out(session_id: int) -> None:
            async with operator(database) as uow:
                await sessions.end(uow, session_id, because="LOGOUT")

        await asyncio.gather(
            log_out(result.principal.session_id),
            *(refresh(database, settings, result.refresh_token) for _ in range(3)),
            return_exceptions=True,
        )
        with pytest.raises(SessionEnded):
            await refresh(database, settings, result.refresh_token)
        with pytest.raises(Unauthenticated):
            await sessions.authenticate(database, settings, result.access_token)


async def test_the_nightly_clean_up_keeps_what_is_needed(database: Database, settings: Settings) -> None:
    from backend.accounts.jobs import clean_up

    await make_user(database)
    live, dead = await sign_in(database, settings), await sign_in(database, settings)
    live_now = await refresh(database, settings, live.refresh_token)
    async with operator(database) as uow:
        old = clock.now() - timedelta(days=31)
        await uow.execute(text("UPDATE sessions SET ended_at = :old WHERE id = :id"), {"old": old, "id": dead.principal.session_id})
        await uow.execute(text("UPDATE refresh_tokens SET used_at = :old WHERE used_at IS NOT NULL"), {"old": old})
        await uow.execute(text("INSERT INTO login_counters VALUES ('\\x00', :old, 3), ('\\x01', now(), 4)"), {"old": old})
        await clean_up(uow, {})
    assert await count(database, "SELECT count(*) FROM refresh_tokens") == 1
    assert await count(database, "SELECT sum(failures) FROM login_counters WHERE failures > 0") == 4
    assert await count(database, "SELECT count(*) FROM sessions") == 2
    await refresh(database, settings, live_now.refresh_token)
