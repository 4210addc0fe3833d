import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from backend.accounts import service, sessions, tokens
from backend.config import Settings
from backend.db import Database
from backend.errors import Unauthenticated
from tests.accounts.people import OTHER_PASSWORD, Clock, audited, make_user, operator, sign_in, statements


async def refused(database: Database, settings: Settings, token: str) -> bool:
    with pytest.raises(Unauthenticated):
        await sessions.authenticate(database, settings, token)
    return True


async def test_five_seconds_without_sql(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    await make_user(database)
    token = (await sign_in(database, settings)).access_token
    with statements(database) as sent:
        first = await sessions.authenticate(database, settings, token)
        assert len(sent) == 1
        time.forward(seconds=4.9)
        assert await sessions.authenticate(database, settings, token) is first
        assert len(sent) == 1
        time.forward(seconds=0.2)
        await sessions.authenticate(database, settings, token)
        assert len(sent) == 2


async def test_an_end_here_is_seen_at_once(database: Database, settings: Settings) -> None:
    await make_user(database)
    result = await sign_in(database, settings)
    principal = await sessions.authenticate(database, settings, result.access_token)
    assert principal.session_id is not None
    async with operator(database) as uow:
        assert await sessions.end(uow, principal.session_id, because="LOGOUT")
        assert not await sessions.end(uow, principal.session_id, because="LOGOUT")
    assert await refused(database, settings, result.access_token)
    with statements(database) as sent:
        assert await refused(database, settings, result.access_token)
    assert sent == []
    assert len(await audited(database, "session.ended")) == 1


async def test_an_end_that_is_rolled_back_is_none(database: Database, settings: Settings) -> None:
    await make_user(database)
    result = await sign_in(database, settings)
    principal = await sessions.authenticate(database, settings, result.access_token)
    assert principal.session_id is not None

    async def fail_after_ending(session_id: int) -> None:
        async with operator(database) as uow:
            await sessions.end(uow, session_id, because="LOGOUT")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_after_ending(principal.session_id)
    await sessions.authenticate(database, settings, result.access_token)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sessions SET ended_at = now()",
        "UPDATE users SET active = false",
        "DELETE FROM users",
        "UPDATE sessions SET expires_at = now()",
    ],
)
async def test_an_end_elsewhere_is_seen_after_five_seconds(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    time = Clock(monkeypatch)
    await make_user(database)
    token = (await sign_in(database, settings)).access_token
    await sessions.authenticate(database, settings, token)
    async with operator(database) as uow:
        await uow.execute(text(statement))
    await sessions.authenticate(database, settings, token)
    time.forward(seconds=5)
    assert await refused(database, settings, token)


async def test_a_state_that_was_read_before_the_end_is_not_remembered(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_user(database)
    result = await sign_in(database, settings)
    session_id = result.principal.session_id
    assert session_id is not None
    original, reached, go_on = sessions._read, asyncio.Event(), asyncio.Event()

    async def slow(*arguments: object) -> object:
        state = await original(*arguments)  # type: ignore[arg-type]
        reached.set()
        await go_on.wait()
        return state

    monkeypatch.setattr(sessions, "_read", slow)
    early = asyncio.ensure_future(sessions.authenticate(database, settings, result.access_token))
    await reached.wait()
    async with operator(database) as uow:
        await sessions.end(uow, session_id, because="LOGOUT")
    go_on.set()
    await early
    monkeypatch.undo()
    assert await refused(database, settings, result.access_token)


async def test_a_newer_token_is_not_served_from_what_was_read_before(database: Database, settings: Settings) -> None:
    """Another process must not keep a user restricted who has just changed the password it was waiting for."""
    await make_user(database, must_change_password=True)
    result = await sign_in(database, settings)
    assert (await sessions.authenticate(database, settings, result.access_token)).must_change_password
    async with operator(database) as uow:
        await uow.execute(text("UPDATE users SET must_change_password = false, version = version + 1"))
    newer, _ = tokens.issue(
        settings,
        user_id=result.user.id,
        session_id=result.principal.session_id or 0,
        version=result.user.version + 1,
        session_expires_at=result.access_expires_at + timedelta(hours=1),
    )
    assert not (await sessions.authenticate(database, settings, newer)).must_change_password
    assert not (await sessions.authenticate(database, settings, result.access_token)).must_change_password


async def test_tokens_for_no_session_or_another_user(database: Database, settings: Settings) -> None:
    await make_user(database)
    result = await sign_in(database, settings)
    session_id = result.principal.session_id
    assert session_id is not None
    until = result.access_expires_at + timedelta(hours=1)
    for user_id, session in ((result.user.id, session_id + 1), (result.user.id + 1, session_id)):
        token, _ = tokens.issue(settings, user_id=user_id, session_id=session, version=1, session_expires_at=until)
        assert await refused(database, settings, token)
    assert await refused(database, settings, "not a token")


async def test_disabling_and_resetting_end_everything_at_once(database: Database, settings: Settings) -> None:
    user = await make_user(database)
    results = [await sign_in(database, settings) for _ in range(3)]
    for result in results:
        await sessions.authenticate(database, settings, result.access_token)
    async with operator(database) as uow:
        assert await service.reset_password(uow, user, OTHER_PASSWORD) == 3
    for result in results:
        assert await refused(database, settings, result.access_token)
    again = await sign_in(database, settings, password=OTHER_PASSWORD)
    assert again.principal.must_change_password
    await sessions.authenticate(database, settings, again.access_token)
    async with operator(database) as uow:
        await service.set_active(uow, user, active=False)
        await service.set_active(uow, user, active=False)
    assert await refused(database, settings, again.access_token)
    assert len(await audited(database, "session.ended")) == 4
    assert len(await audited(database, "user.disabled")) == 1


async def test_memory_is_bounded(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "_MAX_REMEMBERED", 3)
    await make_user(database)
    for _ in range(5):
        await sessions.authenticate(database, settings, (await sign_in(database, settings)).access_token)
    memory = sessions._memory(database)
    assert (len(memory.states), len(memory.claims)) == (3, 3)
