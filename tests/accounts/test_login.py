import asyncio
import threading
from datetime import timedelta

import argon2
import bcrypt
import pytest
from sqlalchemy import select, text

from backend import clock
from backend.accounts import login as login_module
from backend.accounts import passwords, queries, service, sessions, tokens
from backend.accounts.models import KnownDevice, RefreshToken, Session, UserRole
from backend.accounts.permissions import MUST_CHANGE_PASSWORD, PERMISSIONS_OF
from backend.config import Settings
from backend.db import ActorKind, Database
from backend.errors import ValidationFailed
from tests.accounts.people import (
    OTHER_PASSWORD,
    PASSWORD,
    TOTAL,
    audited,
    count,
    make_user,
    operator,
    refusal,
    set_hash,
    sign_in,
    statements,
    work_done,
)


async def test_by_email_or_username_in_any_case(database: Database, settings: Settings) -> None:
    user = await make_user(database, "dana", email="Dana.Desk@Centre.test")
    for identifier in ("dana", " DANA ", "dana.desk@centre.test", "\tDana.Desk@CENTRE.TEST\n"):
        result = await sign_in(database, settings, identifier)
        assert result.user.id == user.id
        assert result.principal.permissions == PERMISSIONS_OF[UserRole.STAFF]
        assert (await sessions.authenticate(database, settings, result.access_token)).user_id == user.id


async def test_without_a_username_by_email(database: Database, settings: Settings) -> None:
    user = await make_user(database, None, email="only@mail.test")
    assert (await sign_in(database, settings, "only@mail.test")).user.id == user.id


async def test_what_is_kept(database: Database, settings: Settings) -> None:
    user = await make_user(database)
    started_at = clock.now()
    result = await sign_in(database, settings, user_agent="Browser\0\x1b[31m 5.0 " + "x" * 400, request_id="r-1")
    async with database.reading() as reader:
        session = (await reader.scalars(select(Session)))[0]
        refresh = (await reader.scalars(select(RefreshToken)))[0]
        device = (await reader.scalars(select(KnownDevice)))[0]
        fresh = await queries.user(reader, user.id)
    assert session.user_agent.startswith("Browser[31m 5.0 x")
    assert len(session.user_agent) == 300
    assert timedelta(days=13, hours=23) < session.expires_at - started_at < timedelta(days=14, minutes=1)
    assert refresh.token_hash == tokens.digest(result.refresh_token)
    assert result.device_token is not None
    assert device.device_hash == tokens.digest(result.device_token)
    assert fresh is not None
    assert fresh.last_login_at is not None
    assert fresh.last_login_at >= started_at
    (entry,) = await audited(database, "session.started")
    assert (entry.actor_kind, entry.actor_id, entry.request_id, entry.subject_id) == (ActorKind.USER, user.id, "r-1", session.id)
    assert await count(database, TOTAL) == 0


async def test_nothing_learnt_from_a_refusal(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    await make_user(database, "dana")
    inactive = await make_user(database, "gone")
    unusable = await make_user(database, "empty")
    await set_hash(database, unusable, "!")
    await make_user(database, "over")
    await make_user(database, "factor")
    async with operator(database) as uow:
        await service.set_active(uow, inactive, active=False)
        await uow.execute(text("UPDATE users SET temporary_until = now() - interval '1 minute' WHERE username = 'over'"))
        await uow.execute(text("UPDATE users SET totp_secret = 'x', totp_confirmed_at = now() WHERE username = 'factor'"))
    worked = work_done(monkeypatch)
    tries = [("dana", OTHER_PASSWORD), ("nobody", PASSWORD), ("gone", PASSWORD), ("gone", OTHER_PASSWORD), ("empty", PASSWORD)]
    tries += [("over", PASSWORD), ("over", OTHER_PASSWORD), ("factor", OTHER_PASSWORD)]
    tries += [
        ("n@one.test", PASSWORD),
        ("x" * 60_000, PASSWORD),
        ("nul\0", PASSWORD),
        ("\ud83d", PASSWORD),
        ("dana", "x\0"),
        ("dana", "\ud83d"),
    ]
    seen = set()
    for identifier, password in tries:
        worked.clear()
        with statements(database) as sent:
            error = await refusal(database, settings, identifier, password)
        # An identifier that can't be anybody's needs no look-up; it has nothing to hide.
        normal = bool(queries.normalise_identifier(identifier))
        seen.add((error.reason, error.message, error.retry_after, len(worked), len(sent) + (not normal)))
    assert len(seen) == 1


async def test_refusals_are_audited_without_what_was_typed(database: Database, settings: Settings) -> None:
    user = await make_user(database)
    await refusal(database, settings, "dana", "wrong-password-typed")
    await refusal(database, settings, "nobody@typed.test", "wrong-password-typed")
    entries = await audited(database, "session.refused")
    assert [entry.subject_id for entry in entries] == [user.id, None]
    assert {entry.actor_kind for entry in entries} == {ActorKind.ANONYMOUS}
    assert "typed" not in str([(entry.before, entry.after, entry.actor_label) for entry in entries])


async def test_empty_fields_are_named_and_not_counted(database: Database, settings: Settings) -> None:
    with pytest.raises(ValidationFailed) as caught:
        await sign_in(database, settings, " ", "")
    assert [(field.path, field.code) for field in caught.value.fields] == [(("identifier",), "REQUIRED"), (("password",), "REQUIRED")]
    assert await count(database, TOTAL) == 0


@pytest.mark.parametrize("kind", ["bcrypt", "argon2"])
async def test_an_old_hash_works_once_and_is_replaced(database: Database, settings: Settings, kind: str) -> None:
    user = await make_user(database)
    old = (
        "$2y$" + bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()[4:]
        if kind == "bcrypt"
        else argon2.PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    )
    await set_hash(database, user, old)
    await refusal(database, settings, "dana", OTHER_PASSWORD)
    both = await asyncio.gather(*(sign_in(database, settings) for _ in range(2)))
    assert {result.user.id for result in both} == {user.id}
    async with database.reading() as reader:
        fresh = await queries.user(reader, user.id)
    assert fresh is not None
    assert not passwords.needs_rehash(fresh.password_hash)
    await sign_in(database, settings)


async def test_a_password_changed_while_it_is_verified_does_not_pass(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await make_user(database)
    original = login_module._try_password

    async def change_in_between(*arguments: object) -> tuple[bool, str | None]:
        answer = await original(*arguments)  # type: ignore[arg-type]
        if answer[0]:
            async with operator(database) as uow:
                await service.reset_password(uow, user, OTHER_PASSWORD)
        return answer

    monkeypatch.setattr(login_module, "_try_password", change_in_between)
    assert (await refusal(database, settings, "dana", PASSWORD)).reason == "WRONG_CREDENTIALS"
    assert await count(database, "SELECT count(*) FROM sessions") == 0


async def test_a_forced_change_leaves_two_permissions(database: Database, settings: Settings) -> None:
    await make_user(database, role=UserRole.ADMIN, must_change_password=True)
    result = await sign_in(database, settings)
    assert result.principal.permissions == MUST_CHANGE_PASSWORD
    assert (await sessions.authenticate(database, settings, result.access_token)).permissions == MUST_CHANGE_PASSWORD


async def test_the_event_loop_goes_on_during_twenty_logins(database: Database, settings: Settings) -> None:
    await make_user(database)
    work = asyncio.gather(*(sign_in(database, settings) for _ in range(20)))
    ticks = 0
    while not work.done():
        await asyncio.sleep(0.002)
        ticks += 1
    assert len({result.refresh_token for result in await work}) == 20
    assert ticks >= 20
    assert threading.current_thread() is threading.main_thread()
