"""An admin makes, finds and changes accounts; over HTTP."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend.accounts import service, sessions, users
from backend.accounts.models import UserRole
from backend.accounts.users import password_counts
from backend.config import Settings
from backend.db import ActorKind, Database
from backend.errors import Failure
from backend.graphql import ids
from tests.accounts.administration import ACCESS, USER, USERS, change, made, one, user_named
from tests.accounts.people import PASSWORD, Clock, audited, connect, count, make_user, operator, refusal, sign_in
from tests.client import Api
from tests.statements import StatementCounter

SAVED = f"... on UserSaved {{ user {{ {USER} }} }}"
IN_USE = "... on UserDeleted { userId } ... on UserInUse { code traces }"


async def listed(api: Api, **variables: Any) -> list[str]:
    edges = (await api.execute(USERS, variables))["users"]["edges"]
    return [edge["node"]["username"] for edge in edges]


async def test_a_temporary_password_lets_in_once_it_is_changed(api: Api, database: Database) -> None:
    await api.login("admin")
    answer = await made(api)
    password = answer["temporaryPassword"]["password"]
    assert answer["link"] is None
    assert answer["user"]["mustChangePassword"] is True
    until = datetime.fromisoformat(answer["temporaryPassword"]["countsUntil"])
    assert timedelta(hours=23, minutes=59) < until - datetime.now(UTC) <= timedelta(hours=24)
    assert datetime.fromisoformat(answer["user"]["temporaryUntil"]) == until
    robin = api.another()
    member = await robin.login("robin", password)
    assert member["viewer"]["mustChangePassword"] is True
    change_it = """mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename } }"""
    given = {"currentPassword": password, "newPassword": PASSWORD}
    assert (await robin.execute(change_it, {"input": given}))["changePassword"]["__typename"] == "SessionStarted"
    seen = await one(api, answer["user"]["id"])
    assert (seen["mustChangePassword"], seen["temporaryUntil"]) == (False, None)
    assert seen["lastLoginAt"] is not None
    (entry,) = [each for each in await audited(database, "user.created") if each.actor_kind is ActorKind.USER]
    assert password not in str(entry.after)
    assert await count(database, "SELECT count(*) FROM audit_log WHERE after::text LIKE :word", word=f"%{password}%") == 0
    await robin.close()


async def test_a_temporary_password_that_is_over_is_refused_like_a_wrong_one(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = Clock(monkeypatch)
    until = now.time + timedelta(hours=24)
    async with operator(database) as uow:
        user = await service.create_user(
            uow,
            email="dana@desk.test",
            username="dana",
            display_name="Dana Desk",
            role=UserRole.STAFF,
            password=PASSWORD,
            must_change_password=True,
            temporary_until=until,
        )
    assert password_counts(user, until - timedelta(seconds=1))
    assert not password_counts(user, until)
    now.forward(hours=23, minutes=59)
    await sign_in(database, settings)
    now.forward(minutes=1)
    late = await refusal(database, settings, "dana", PASSWORD)
    wrong = await refusal(database, settings, "dana", "something else 1")
    assert (late.reason, late.message) == (wrong.reason, wrong.message)


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        ({"email": "nobody"}, ["email"], "INVALID"),
        ({"email": "STAFF@example.test"}, ["email"], "TAKEN"),
        ({"username": "ro bin"}, ["username"], "INVALID"),
        ({"username": "Staff"}, ["username"], "TAKEN"),
        ({"displayName": "  "}, ["displayName"], "INVALID"),
        ({"displayName": "nul\0"}, ["displayName"], "INVALID"),
    ],
)
async def test_wrong_values_make_nobody(api: Api, wrong: dict[str, Any], path: list[str], code: str) -> None:
    await api.login("admin")
    answer = await made(api, **wrong)
    assert answer["fields"] == [{"path": path, "code": code}]
    assert await count(api.database, "SELECT count(*) FROM users") == 3


async def test_sent_again_it_makes_nobody_twice(api: Api) -> None:
    await api.login("admin")
    key = str(uuid4())
    first = await made(api, idempotencyKey=key)
    again = await made(api, idempotencyKey=key)
    assert again["user"]["id"] == first["user"]["id"]
    # The first answer may be lost, so the second has a password that works; the first one does not any more.
    robin = api.another()
    assert (await robin.login("robin", first["temporaryPassword"]["password"]))["__typename"] == "LoginRefused"
    assert (await robin.login("robin", again["temporaryPassword"]["password"]))["__typename"] == "SessionStarted"
    # Whoever has come in keeps what they have.
    late = await made(api, idempotencyKey=key)
    assert (late["temporaryPassword"], late["link"], late["user"]["id"]) == (None, None, first["user"]["id"])
    assert (await one(api, first["user"]["id"]))["sessions"] != []
    other = await made(api, "robyn", idempotencyKey=key)
    assert other["code"] == "KEY_REUSED"
    await robin.close()


async def test_every_field_is_changed_and_audited(api: Api) -> None:
    await api.login("admin")
    user = (await made(api))["user"]
    changes = {"email": " New@Desk.test ", "username": None, "displayName": "Robin Ñ.", "role": "ADMIN", "language": "ES"}
    saved = (await change(api, "updateUser", SAVED, id=user["id"], version=user["version"], **changes))["user"]
    assert (saved["email"], saved["username"], saved["displayName"], saved["role"], saved["language"]) == (
        "new@desk.test", None, "Robin Ñ.", "ADMIN", "ES",
    )  # fmt: skip
    assert saved["version"] == user["version"] + 1
    (entry,) = await audited(api.database, "user.updated")
    assert entry.before == {"email": "robin@desk.test", "username": "robin", "display_name": "Robin", "role": "STAFF", "language": "en"}
    assert entry.after is not None
    assert entry.after["role"] == "ADMIN"
    same = (await change(api, "updateUser", SAVED, id=user["id"], version=saved["version"], language="ES"))["user"]
    assert same["version"] == saved["version"]
    assert len(await audited(api.database, "user.updated")) == 1


async def test_a_stale_version_tells_what_others_changed(api: Api) -> None:
    await api.login("admin")
    user = (await made(api))["user"]
    await change(api, "updateUser", SAVED, id=user["id"], version=1, displayName="Robin D.")
    stale = await change(api, "updateUser", SAVED, id=user["id"], version=1, displayName="Mine", role="ADMIN")
    assert (stale["code"], stale["version"]) == ("STALE_VERSION", 2)
    assert stale["changes"] == [{"path": ["displayName"], "value": "Robin D.", "byName": "Admin"}]
    for name in ("deactivateUser", "deleteUser"):
        assert (await change(api, name, id=user["id"], version=1))["code"] == "STALE_VERSION"
    assert (await one(api, user["id"]))["displayName"] == "Robin D."


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        ({"email": None}, "email", "REQUIRED"),
        ({"role": None}, "role", "REQUIRED"),
        ({"language": None}, "language", "REQUIRED"),
        ({"displayName": None}, "displayName", "REQUIRED"),
        ({"displayName": " "}, "displayName", "INVALID"),
        ({"email": "staff@example.test"}, "email", "TAKEN"),
        ({"username": "ADMIN"}, "username", "TAKEN"),
    ],
)
async def test_wrong_changes_are_named(api: Api, wrong: dict[str, Any], path: str, code: str) -> None:
    await api.login("admin")
    user = (await made(api))["user"]
    answer = await change(api, "updateUser", SAVED, id=user["id"], version=1, **wrong)
    assert answer["fields"] == [{"path": [path], "code": code}]
    assert (await one(api, user["id"]))["version"] == 1


async def test_a_new_role_counts_in_other_processes_within_five_seconds(
    api: Api, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = Clock(monkeypatch)
    await api.login("admin")
    staff = await user_named(api, "staff")
    desk = api.another()
    await desk.login("staff")
    elsewhere = Database.of(settings, name="krc-elsewhere", pool_size=2)
    assert desk.token is not None
    before = await sessions.authenticate(elsewhere, settings, desk.token)
    await change(api, "updateUser", SAVED, id=staff["id"], version=staff["version"], role="ADMIN")
    # In the process that changed it at once, elsewhere when what is remembered is over.
    assert (await sessions.authenticate(api.database, settings, desk.token)).role is UserRole.ADMIN
    assert before.role is UserRole.STAFF
    now.forward(seconds=5)
    assert (await sessions.authenticate(elsewhere, settings, desk.token)).role is UserRole.ADMIN
    await elsewhere.close()
    await desk.close()


async def test_the_list_is_filtered_searched_and_paged(api: Api, statements: StatementCounter) -> None:
    await api.login("admin")
    for name in ("zoe", "ámbar", "bert", "100%_sure"):
        await made(api, name.replace("á", "a").replace("%", "-"), displayName=name)
    off = await user_named(api, "bert")
    await change(api, "deactivateUser", SAVED, id=off["id"], version=off["version"])
    assert await listed(api, filter={"active": False}) == ["bert"]
    assert await listed(api, filter={"role": "ADMIN"}) == ["admin"]
    assert await listed(api, filter={"role": "STAFF", "active": True}, search="example.TEST") == ["newcomer", "staff"]
    assert await listed(api, search="%_") == ["100-_sure"]
    assert await listed(api, search="nul\0") == []
    assert len(await listed(api, search=" ")) == 7
    whole = await listed(api)
    found: list[str] = []
    after = None
    while True:
        page = (await api.execute(USERS, {"first": 2, "after": after}))["users"]
        assert page["totalCount"] == 7
        found += [edge["node"]["username"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == whole
    assert sorted(found) == sorted(["admin", "staff", "newcomer", "zoe", "ambar", "bert", "100-_sure"])
    statements.clear()
    await api.execute(USERS, {"first": 1})
    few = statements.count
    statements.clear()
    await api.execute(USERS, {"first": 50})
    assert statements.count == few
    wrong = await api.raw(USERS, {"after": "bm90IG9uZQ"})
    assert wrong["errors"][0]["extensions"]["code"] == "VALIDATION_FAILED"
    too_many = await api.raw(USERS, {"first": 101})
    assert too_many["errors"][0]["extensions"]["code"] == "VALIDATION_FAILED"


async def test_staff_sees_and_changes_nobody(api: Api) -> None:
    await api.login("admin")
    admin = await user_named(api, "admin")
    await api.login("staff")
    for document, variables in ((USERS, {}), ("query ($id: ID!) { user(id: $id) { email } }", {"id": admin["id"]})):
        assert (await api.raw(document, variables))["errors"][0]["extensions"]["code"] == "NOT_ALLOWED"
    for name, more in (("deactivateUser", {"version": 1}), ("resetPassword", {"how": "ONE_TIME_LINK"}), ("newSignInLink", {})):
        assert (await change(api, name, id=admin["id"], **more))["code"] == "NOT_ALLOWED"
    assert (await made(api))["code"] == "NOT_ALLOWED"


async def test_unknown_users_are_not_found(api: Api) -> None:
    await api.login("admin")
    nobody = ids.encode("User", 4711)
    assert await one(api, nobody) is None
    assert await one(api, ids.encode("Client", 1)) is None
    tries = [
        await change(api, "updateUser", SAVED, id=nobody, version=1, displayName="x"),
        await change(api, "activateUser", SAVED, id=nobody, version=1),
        await change(api, "resetPassword", ACCESS, id=nobody, how="TEMPORARY_PASSWORD"),
        await change(api, "newSignInLink", ACCESS, id=nobody),
        await change(api, "withdrawSignInLink", id=nobody),
        await change(api, "endUserSessions", id=nobody),
    ]
    assert [member["code"] for member in tries] == ["NOT_FOUND"] * 6


async def test_nothing_is_changed_where_names_are_taken_at_the_same_moment(database: Database) -> None:
    people = [await make_user(database, name) for name in ("one", "two", "three")]
    await connect(database, 4)

    async def take(user_id: int) -> None:
        async with operator(database) as uow:
            await users.update(uow, user_id, 1, {"username": "wanted"})

    outcomes = await asyncio.gather(*(take(user.id) for user in people), return_exceptions=True)
    assert outcomes.count(None) == 1
    assert all(outcome is None or isinstance(outcome, Failure) for outcome in outcomes)
    assert await count(database, "SELECT count(*) FROM users WHERE username = 'wanted'") == 1
