import asyncio
from typing import Any

import pytest

from backend.accounts import queries, service
from backend.accounts.models import Theme, UserRole
from backend.db import Database
from backend.errors import Conflict, ValidationFailed
from tests.accounts.people import PASSWORD, audited, count, make_user, operator


def values(**more: Any) -> dict[str, Any]:
    return {
        "email": "dana@desk.test",
        "username": "dana",
        "display_name": "Dana Desk",
        "role": UserRole.STAFF,
        "password": PASSWORD,
    } | more


async def test_created_trimmed_and_in_lower_case(database: Database) -> None:
    async with operator(database) as uow:
        user = await service.create_user(uow, **values(email=" Dana@Desk.TEST ", username=" Dana ", display_name=" Dana Ñ. 🦊 "))
    assert (user.email, user.username, user.display_name) == ("dana@desk.test", "dana", "Dana Ñ. 🦊")
    async with database.reading() as reader:
        found = await queries.user_by_identifier(reader, "DANA")
        assert found is not None
        assert found.id == user.id
        assert PASSWORD not in found.password_hash
        assert await queries.user_by_identifier(reader, "") is None
        assert not await queries.has_active_admin(reader)
        assert [row.id for row in await queries.users(reader)] == [user.id]
    (entry,) = await audited(database, "user.created")
    assert entry.subject_id == user.id
    assert "password" not in str(entry.after).replace("must_change_password", "")


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        ({"email": "nobody"}, "email", "INVALID"),
        ({"email": ""}, "email", "INVALID"),
        ({"email": "a@b@c"}, "email", "INVALID"),
        ({"email": "a b@c.test"}, "email", "INVALID"),
        ({"email": "nul\0@c.test"}, "email", "INVALID"),
        ({"email": "x" * 300 + "@c.test"}, "email", "INVALID"),
        ({"username": "da na"}, "username", "INVALID"),
        ({"username": "dana@desk"}, "username", "INVALID"),
        ({"username": "d" * 65}, "username", "INVALID"),
        ({"username": "\ud83d"}, "username", "INVALID"),
        ({"display_name": " "}, "displayName", "INVALID"),
        ({"display_name": "x" * 121}, "displayName", "INVALID"),
        ({"display_name": "nul\0"}, "displayName", "INVALID"),
        ({"display_name": "\ud83d"}, "displayName", "INVALID"),
        ({"password": "short"}, "password", "TOO_SHORT"),
        ({"password": "dana@desk.test"}, "password", "OWN_NAME"),
    ],
)
async def test_wrong_values_are_named(database: Database, wrong: dict[str, Any], path: str, code: str) -> None:
    with pytest.raises(ValidationFailed) as caught:
        async with operator(database) as uow:
            await service.create_user(uow, **values(**wrong))
    assert [(field.path, field.code) for field in caught.value.fields] == [((path,), code)]
    assert await count(database, "SELECT count(*) FROM users") == 0


async def test_taken_names_are_said_both_at_once(database: Database) -> None:
    await make_user(database, "dana")
    with pytest.raises(ValidationFailed) as caught:
        async with operator(database) as uow:
            await service.create_user(uow, **values(email="DANA@desk.test", username="DANA"))
    assert [(field.path, field.code) for field in caught.value.fields] == [(("email",), "TAKEN"), (("username",), "TAKEN")]


async def test_two_at_once_make_one(database: Database) -> None:
    async def make() -> None:
        async with operator(database) as uow:
            await service.create_user(uow, **values())

    outcomes = await asyncio.gather(*(make() for _ in range(4)), return_exceptions=True)
    assert outcomes.count(None) == 1
    assert all(outcome is None or isinstance(outcome, Conflict | ValidationFailed) for outcome in outcomes)
    assert await count(database, "SELECT count(*) FROM users") == 1


async def test_two_users_without_a_username(database: Database) -> None:
    await make_user(database, None, email="one@desk.test")
    await make_user(database, None, email="two@desk.test")
    assert await count(database, "SELECT count(*) FROM users WHERE username IS NULL") == 2


async def test_profile(database: Database) -> None:
    user = await make_user(database)
    async with operator(database) as uow:
        changed = await service.update_profile(uow, user.id, theme=Theme.DARK)
    assert (changed.theme, changed.language) == (Theme.DARK, "en")
    async with operator(database) as uow:
        changed = await service.update_profile(uow, user.id, theme=Theme.DARK, language="es")
        assert changed.version == 3
        await service.update_profile(uow, user.id)
    entries = await audited(database, "user.updated")
    assert [entry.after for entry in entries] == [{"theme": "DARK"}, {"language": "es"}]
    with pytest.raises(ValidationFailed):
        async with operator(database) as uow:
            await service.update_profile(uow, user.id, language="fr")


async def test_a_reset_keeps_the_policy(database: Database) -> None:
    user = await make_user(database)
    with pytest.raises(ValidationFailed):
        async with operator(database) as uow:
            await service.reset_password(uow, user, "password1")
    assert await audited(database, "password.reset") == []
