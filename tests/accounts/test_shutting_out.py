"""Deactivating, resetting and deleting accounts, and who is protected from it."""

import asyncio

import pytest
from sqlalchemy import text

from backend.accounts import service, sessions, users
from backend.accounts.models import UserRole
from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from backend.errors import Conflict, Failure, Unauthenticated
from backend.graphql import ids
from tests.accounts.administration import ACCESS, USER, change, made, one, user_named
from tests.accounts.people import OPERATOR, audited, connect, count, make_user, operator
from tests.client import Api

SAVED = f"... on UserSaved {{ user {{ {USER} }} }}"
IN_USE = "... on UserDeleted { userId } ... on UserInUse { code traces }"


async def shut_out(database: Database, by: Actor, whom: int, way: str) -> None:
    """Take an admin's power in one of three ways."""
    async with database.writing(by) as uow:
        if way == "role":
            await users.update(uow, whom, 1, {"role": UserRole.STAFF})
        elif way == "active":
            await users.set_active(uow, whom, 1, active=False)
        else:
            await users.remove(uow, whom, 1)


async def test_deactivated_everything_ends_and_the_link_too(api: Api, settings: Settings) -> None:
    await api.login("admin")
    staff = await user_named(api, "staff")
    desk = api.another()
    await desk.login("staff")
    await change(api, "newSignInLink", ACCESS, id=staff["id"])
    saved = (await change(api, "deactivateUser", SAVED, id=staff["id"], version=staff["version"]))["user"]
    assert (saved["active"], saved["sessions"], saved["link"]) == (False, [], None)
    assert desk.token is not None
    with pytest.raises(Unauthenticated):
        await sessions.authenticate(api.database, settings, desk.token)
    assert (await desk.login("staff"))["__typename"] == "LoginRefused"
    again = (await change(api, "activateUser", SAVED, id=staff["id"], version=saved["version"]))["user"]
    assert again["active"] is True
    assert (await desk.login("staff"))["__typename"] == "SessionStarted"
    await desk.close()


async def test_oneself_is_protected(api: Api) -> None:
    await api.login("admin")
    me = await user_named(api, "admin")
    await made(api, "second", role="ADMIN")
    tries = [
        await change(api, "deactivateUser", SAVED, id=me["id"], version=me["version"]),
        await change(api, "deleteUser", id=me["id"], version=me["version"]),
        await change(api, "updateUser", SAVED, id=me["id"], version=me["version"], role="STAFF"),
        await change(api, "resetPassword", ACCESS, id=me["id"], how="ONE_TIME_LINK"),
        await change(api, "newSignInLink", ACCESS, id=me["id"]),
    ]
    assert [member["code"] for member in tries] == ["ONESELF"] * 5
    saved = (await change(api, "updateUser", SAVED, id=me["id"], version=me["version"], displayName="Me"))["user"]
    assert (saved["displayName"], saved["role"], saved["active"]) == ("Me", "ADMIN", True)


@pytest.mark.parametrize("how", ["role", "active", "removal", "mixed"])
async def test_two_admins_never_shut_each_other_out(database: Database, how: str) -> None:
    first, second = [await make_user(database, name, role=UserRole.ADMIN) for name in ("first", "second")]
    await connect(database, 4)

    ways = ["role", "active"] if how == "mixed" else [how] * 2
    outcomes = await asyncio.gather(
        shut_out(database, Actor(ActorKind.USER, id=first.id), second.id, ways[0]),
        shut_out(database, Actor(ActorKind.USER, id=second.id), first.id, ways[1]),
        return_exceptions=True,
    )
    assert sorted(outcome is None for outcome in outcomes) == [False, True]
    assert [outcome.reason for outcome in outcomes if isinstance(outcome, Failure)] == ["LAST_ADMIN"]
    assert await count(database, "SELECT count(*) FROM users WHERE active AND role = 'ADMIN'") == 1


@pytest.mark.parametrize("way", ["role", "active", "removal"])
async def test_the_last_admin_stays(database: Database, way: str) -> None:
    only = await make_user(database, "only", role=UserRole.ADMIN)
    disabled = await make_user(database, "off", role=UserRole.ADMIN)
    async with operator(database) as uow:
        await service.set_active(uow, disabled, active=False)
    with pytest.raises(Conflict) as caught:
        await shut_out(database, OPERATOR, only.id, way)
    assert caught.value.reason == "LAST_ADMIN"
    # One who may not sign in is no admin that the centre could lose.
    async with operator(database) as uow:
        await users.remove(uow, disabled.id, 2)


@pytest.mark.parametrize("how", ["TEMPORARY_PASSWORD", "ONE_TIME_LINK"])
async def test_a_reset_ends_sessions_and_the_old_password(api: Api, settings: Settings, how: str) -> None:
    await api.login("admin")
    staff = await user_named(api, "staff")
    desk = api.another()
    await desk.login("staff")
    answer = await change(api, "resetPassword", ACCESS, id=staff["id"], how=how)
    assert answer["user"]["sessions"] == []
    assert answer["user"]["mustChangePassword"] is (how == "TEMPORARY_PASSWORD")
    assert (answer["temporaryPassword"] is None) is (how == "ONE_TIME_LINK")
    assert (answer["link"] is None) is (how == "TEMPORARY_PASSWORD")
    assert desk.token is not None
    with pytest.raises(Unauthenticated):
        await sessions.authenticate(api.database, settings, desk.token)
    assert (await desk.login("staff"))["__typename"] == "LoginRefused"
    if how == "TEMPORARY_PASSWORD":
        assert (await desk.login("staff", answer["temporaryPassword"]["password"]))["viewer"]["mustChangePassword"] is True
    await desk.close()


async def test_deleted_when_nothing_refers_to_them(api: Api) -> None:
    await api.login("admin")
    user = (await made(api, how="ONE_TIME_LINK"))["user"]
    assert (await change(api, "deleteUser", IN_USE, id=user["id"], version=user["version"]))["userId"] == user["id"]
    assert await one(api, user["id"]) is None
    assert await count(api.database, "SELECT count(*) FROM sign_in_links") == 0
    (entry,) = await audited(api.database, "user.deleted")
    assert entry.before is not None
    assert entry.before["email"] == "robin@desk.test"
    assert (await change(api, "deleteUser", IN_USE, id=user["id"], version=1))["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    ("statement", "trace"),
    [
        ("INSERT INTO sessions (user_id, expires_at, ended_at) VALUES (:id, now(), now())", "SESSIONS"),
        ("INSERT INTO client_notes (client_id, author_id, body) SELECT id, :id, 'x' FROM added", "NOTES"),
        (
            "INSERT INTO audit_log (actor_kind, actor_id, action, subject_type) VALUES ('USER', :id, 'client.updated', 'client')",
            "AUDIT_LOG",
        ),
        ("INSERT INTO saved_views (owner_id, page, name, shared, state) VALUES (:id, 'clients', 'x', false, '{}')", "OTHER"),
    ],
)
async def test_what_refers_to_an_account_keeps_it(api: Api, statement: str, trace: str) -> None:
    await api.login("admin")
    user = (await made(api))["user"]
    add = "WITH added AS (INSERT INTO clients (first_name, last_name) VALUES ('A', 'B') RETURNING id) " if "added" in statement else ""
    async with operator(api.database) as uow:
        await uow.execute(text(add + statement), {"id": ids.decode(user["id"], "User")})
    answer = await change(api, "deleteUser", IN_USE, id=user["id"], version=user["version"])
    assert (answer["__typename"], answer["code"], answer["traces"]) == ("UserInUse", "USER_IN_USE", [trace])
    assert await one(api, user["id"]) is not None


async def test_an_entry_about_somebody_is_no_trace_of_theirs(api: Api) -> None:
    """A key of an integration may have the number of a user; what it did is not theirs."""
    await api.login("admin")
    user = (await made(api))["user"]
    number = ids.decode(user["id"], "User")
    async with operator(api.database) as uow:
        await uow.execute(
            text("INSERT INTO audit_log (actor_kind, actor_id, action, subject_type) VALUES ('API_KEY', :id, 'x', 'client')"),
            {"id": number},
        )
    assert (await change(api, "deleteUser", IN_USE, id=user["id"], version=user["version"]))["__typename"] == "UserDeleted"
