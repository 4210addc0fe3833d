import asyncio

import pytest

from backend.accounts import passwords, queries, service, sessions
from backend.accounts.models import UserRole
from backend.accounts.password_change import change_password
from backend.accounts.permissions import PERMISSIONS_OF
from backend.accounts.refresh import refresh
from backend.accounts.started import Started
from backend.config import Settings
from backend.db import Database
from backend.errors import LoginRefused, RateLimited, SessionEnded, Unauthenticated, ValidationFailed
from tests.accounts.people import OTHER_PASSWORD, PASSWORD, audited, connect, count, make_user, operator, sign_in


async def change(database: Database, settings: Settings, session: Started, current: str = PASSWORD, new: str = OTHER_PASSWORD) -> Started:
    return await change_password(
        database,
        settings,
        session.principal,
        current_password=current,
        new_password=new,
        device_token=session.device_token,
        request_id="r-2",
    )


async def test_this_session_goes_on_and_all_others_end(database: Database, settings: Settings) -> None:
    await make_user(database, role=UserRole.ADMIN, must_change_password=True)
    here, there = await sign_in(database, settings), await sign_in(database, settings)
    for session in (here, there):
        await sessions.authenticate(database, settings, session.access_token)
    changed = await change(database, settings, here)
    assert changed.principal.session_id == here.principal.session_id
    assert changed.refresh_token != here.refresh_token
    assert not changed.principal.must_change_password
    for token in (changed.access_token, here.access_token):
        assert (await sessions.authenticate(database, settings, token)).permissions == PERMISSIONS_OF[UserRole.ADMIN]
    with pytest.raises(Unauthenticated):
        await sessions.authenticate(database, settings, there.access_token)
    for dead in (there.refresh_token, here.refresh_token):
        with pytest.raises(SessionEnded):
            await refresh(database, settings, dead)
    await refresh(database, settings, changed.refresh_token)
    (entry,) = await audited(database, "password.changed")
    assert (entry.after, entry.request_id) == ({"sessions_ended": 1}, "r-2")
    with pytest.raises(LoginRefused):
        await sign_in(database, settings)
    await sign_in(database, settings, password=OTHER_PASSWORD)


async def test_only_this_device_stays_known(database: Database, settings: Settings) -> None:
    await make_user(database)
    here = await sign_in(database, settings)
    await sign_in(database, settings)
    assert await count(database, "SELECT count(*) FROM known_devices") == 2
    await change(database, settings, here)
    assert await count(database, "SELECT count(*) FROM known_devices") == 1
    async with database.reading() as reader:
        user = await queries.user_by_identifier(reader, "dana")
    assert user is not None
    for _ in range(20):
        with pytest.raises(LoginRefused):
            await sign_in(database, settings, password=PASSWORD)
    await sign_in(database, settings, password=OTHER_PASSWORD, device_token=here.device_token)


async def test_a_wrong_current_password_is_counted(database: Database, settings: Settings) -> None:
    await make_user(database)
    here = await sign_in(database, settings)
    reasons = []
    for _ in range(22):
        with pytest.raises(LoginRefused) as caught:
            await change(database, settings, here, current=OTHER_PASSWORD, new=passwords.generate())
        reasons.append(caught.value.reason)
    assert reasons == ["WRONG_CREDENTIALS"] * 20 + ["TOO_MANY_TRIES"] * 2
    with pytest.raises(LoginRefused):
        await change(database, settings, here)
    assert len(await audited(database, "password.refused")) == 20
    # Guessing at an open desk locks nobody out elsewhere.
    elsewhere = await sign_in(database, settings)
    await change(database, settings, elsewhere)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (PASSWORD, "SAME_AS_OLD"),
        ("short", "TOO_SHORT"),
        ("dana@desk.test", "OWN_NAME"),
        ("Dana Desk", "OWN_NAME"),
        ("password1", "TOO_COMMON"),
    ],
    ids=lambda value: value if value.isupper() else "",  # made-up passwords differ from run to run
)
async def test_a_bad_new_password(database: Database, settings: Settings, new: str, code: str) -> None:
    await make_user(database, must_change_password=True)
    here = await sign_in(database, settings)
    with pytest.raises(ValidationFailed) as caught:
        await change(database, settings, here, new=new)
    assert [(field.path, field.code) for field in caught.value.fields] == [(("newPassword",), code)]
    assert (await sessions.authenticate(database, settings, here.access_token)).must_change_password


@pytest.mark.parametrize("in_one_session", [True, False])
async def test_of_two_at_once_one_wins(database: Database, settings: Settings, in_one_session: bool) -> None:
    await make_user(database)
    here = await sign_in(database, settings)
    sessions_here = [here, here if in_one_session else await sign_in(database, settings)]
    await connect(database, 4)
    new = [passwords.generate() for _ in sessions_here]
    outcomes = await asyncio.gather(
        *(change(database, settings, session, new=password) for session, password in zip(sessions_here, new, strict=True)),
        return_exceptions=True,
    )
    won = [index for index, outcome in enumerate(outcomes) if isinstance(outcome, Started)]
    assert len(won) == 1
    assert isinstance(outcomes[1 - won[0]], LoginRefused | Unauthenticated)
    await sign_in(database, settings, password=new[won[0]])


async def test_an_ended_session_changes_nothing(database: Database, settings: Settings) -> None:
    user = await make_user(database)
    here = await sign_in(database, settings)
    async with operator(database) as uow:
        await service.set_active(uow, user, active=False)
    with pytest.raises(Unauthenticated):
        await change(database, settings, here)
    assert await audited(database, "password.changed") == []


async def test_a_full_queue_does_not_count(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    await make_user(database)
    here = await sign_in(database, settings)
    monkeypatch.setattr(passwords._pool, "_pending", passwords._MAX_PENDING)
    with pytest.raises(RateLimited):
        await change(database, settings, here)
    monkeypatch.undo()
    assert await count(database, "SELECT coalesce(sum(failures), 0) FROM login_counters") == 0
