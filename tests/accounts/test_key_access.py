"""What an API key looks like, and who stands behind it."""

import hashlib
import re
import string
import zlib
from datetime import timedelta

import pytest
from sqlalchemy import text

from backend.accounts import credentials, key_access, key_format, keys, remembered
from backend.accounts.permissions import KEY_SCOPES, Permission
from backend.config import Settings
from backend.db import ActorKind, Database
from backend.errors import Unauthenticated
from tests.accounts.integrations import make_key, refusal
from tests.accounts.people import Clock, audited, operator, statements

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


def test_a_key_has_the_documented_form() -> None:
    key = key_format.new()
    assert re.fullmatch(r"krc_[a-z2-7]{8}_[0-9A-Za-z]{30}_[0-9A-Za-z]{6}", key.text)
    assert key_format.read(key.text) == key
    assert key.digest == hashlib.sha256(key.secret.encode()).digest()
    assert len({key_format.new().secret for _ in range(200)}) == 200


@pytest.mark.parametrize("begin", ["", "a", "krc_aaaaaaaa_0"])
def test_the_checksum_is_crc_32_in_six_digits_of_base_62(begin: str) -> None:
    number = 0
    for digit in key_format.checksum(begin):
        number = number * 62 + BASE62.index(digit)
    assert number == zlib.crc32(begin.encode())
    assert len(key_format.checksum(begin)) == 6


async def test_each_mistyped_sign_is_told_without_a_look_up(database: Database) -> None:
    _, right = await make_key(database)
    wrong = [right[:place] + ("b" if sign == "a" else "a") + right[place + 1 :] for place, sign in enumerate(right) if place > 3]
    wrong += ["krc_", right[:-1], right + "a", right.upper(), "krc_äääääääá_" + right[13:], right + "\n"]
    with statements(database) as sent:
        for typed in wrong:
            assert "not a whole API key" in await refusal(database, typed)
    assert sent == []


async def test_a_key_is_a_principal_of_its_own(database: Database, settings: Settings) -> None:
    number, whole = await make_key(database, Permission.CLIENTS_READ, Permission.CHECK_INS_WRITE)
    principal = await credentials.authenticate(database, settings, whole)
    assert principal.permissions == {Permission.CLIENTS_READ, Permission.CHECK_INS_WRITE}
    assert (principal.kind, principal.user_id, principal.role) == (ActorKind.API_KEY, None, None)
    assert principal.may_run_any_document
    actor = principal.actor("r1")
    assert (actor.kind, actor.id, actor.label, actor.request_id) == (ActorKind.API_KEY, number, "Bookkeeping", "r1")
    assert await credentials.look_again(database, principal) == principal


async def test_a_scope_that_keys_may_not_hold_gives_nothing(database: Database) -> None:
    _, whole = await make_key(database)
    async with operator(database) as uow:
        await uow.execute(text("UPDATE api_keys SET scopes = '{clients:read,users:write,something:else}'"))
    assert (await key_access.authenticate(database, whole)).permissions == {Permission.CLIENTS_READ}


def test_running_the_centre_is_not_for_keys() -> None:
    parts = {scope.value.partition(":")[0] for scope in KEY_SCOPES}
    assert not parts & {"viewer", "users", "system", "api-keys", "audit", "imports"}
    assert Permission.SETTINGS_WRITE not in KEY_SCOPES


async def test_five_seconds_without_sql(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    number, whole = await make_key(database)
    with statements(database) as sent:
        first = await key_access.authenticate(database, whole)
        time.forward(seconds=4.9)
        assert await key_access.authenticate(database, whole) is first
        assert await key_access.current(database, number) is first
        assert len(sent) == 1
        time.forward(seconds=0.2)
        await key_access.authenticate(database, whole)
        assert len(sent) == 2


async def test_another_secret_under_a_known_prefix_is_refused_like_an_unknown_key(database: Database) -> None:
    _, whole = await make_key(database)
    await key_access.authenticate(database, whole)
    guess = key_format.Key(key_format.read(whole).prefix, key_format.new().secret)
    assert await refusal(database, guess.text) == await refusal(database, key_format.new().text) == "This API key is not known here."


async def test_guesses_push_no_known_key_out_of_the_memory(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_MOST", 2)
    _, whole = await make_key(database)
    await key_access.authenticate(database, whole)
    for _ in range(5):
        await refusal(database, key_format.new().text)
    with statements(database) as sent:
        await key_access.authenticate(database, whole)
    assert sent == []


async def test_the_memory_holds_no_more_than_it_may(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_MOST", 2)
    made = [await make_key(database) for _ in range(3)]
    for _, whole in made:
        await key_access.authenticate(database, whole)
    with statements(database) as sent:
        await key_access.authenticate(database, made[1][1])
        await key_access.authenticate(database, made[2][1])
        assert sent == []
        await key_access.authenticate(database, made[0][1])
    assert len(sent) == 1


async def test_a_revoked_key_is_refused_at_once_here(database: Database) -> None:
    number, whole = await make_key(database)
    await key_access.authenticate(database, whole)
    for _ in range(2):
        async with operator(database) as uow:
            await keys.revoke(uow, number)
    assert "was revoked" in await refusal(database, whole)
    with pytest.raises(Unauthenticated):
        await key_access.current(database, number)
    assert len(await audited(database, "api_key.revoked")) == 1


@pytest.mark.parametrize("change", ["revoked_at = now()", "ends_at = now()", "secret_hash = sha256('another')"])
async def test_an_end_elsewhere_is_seen_after_five_seconds(database: Database, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    time = Clock(monkeypatch)
    _, whole = await make_key(database)
    await key_access.authenticate(database, whole)
    async with operator(database) as uow:
        await uow.execute(text(f"UPDATE api_keys SET {change}"))
    await key_access.authenticate(database, whole)
    time.forward(seconds=5.1)
    await refusal(database, whole)


async def test_a_key_ends_at_its_moment_even_if_it_was_just_looked_at(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    _, whole = await make_key(database, ends_at=time.time + timedelta(seconds=2))
    await key_access.authenticate(database, whole)
    time.forward(seconds=1.9)
    await key_access.authenticate(database, whole)
    time.forward(seconds=0.1)
    assert "has ended" in await refusal(database, whole)


async def test_a_change_that_is_rolled_back_is_none(database: Database) -> None:
    number, whole = await make_key(database)

    async def fail() -> None:
        async with operator(database) as uow:
            await keys.revoke(uow, number)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await key_access.authenticate(database, whole)


async def test_changed_scopes_count_at_once_here(database: Database) -> None:
    number, whole = await make_key(database)
    await key_access.authenticate(database, whole)
    async with operator(database) as uow:
        await keys.update(uow, number, version=1, values={"scopes": ["stations:read", "stations:read"]})
    assert (await key_access.authenticate(database, whole)).permissions == {Permission.STATIONS_READ}
    (entry,) = await audited(database, "api_key.updated")
    assert (entry.before, entry.after) == ({"scopes": ["clients:read"]}, {"scopes": ["stations:read"]})
