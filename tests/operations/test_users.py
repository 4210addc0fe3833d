"""The operator's `user` commands: who may sign in, when nobody can."""

import asyncio
import json
from pathlib import Path

import pytest

from backend.accounts.models import UserRole
from backend.accounts.service import set_active
from backend.config import Settings
from backend.db import Database
from backend.errors import Conflict, NotFound
from backend.operations import users
from tests import world
from tests.accounts.people import audited, connect, count, make_user, operator, refusal, sign_in
from tests.operations.bootstrap_support import cli

ACTIVE = "SELECT count(*) FROM users WHERE active AND role = 'ADMIN'"
GOING_ON = "SELECT count(*) FROM sessions WHERE ended_at IS NULL"


async def test_disabled_and_enabled_again(database: Database, settings: Settings) -> None:
    await make_user(database, "dana")
    await sign_in(database, settings)
    await sign_in(database, settings)
    assert await users.disable(settings, " DANA ") == (
        "dana may not sign in any more; 2 sessions were ended. `just user enable dana` takes that back."
    )
    assert await count(database, GOING_ON) == 0
    assert (await refusal(database, settings, "dana", "whatever it is")).reason == "WRONG_CREDENTIALS"
    assert "disabled" in await users.listing(settings, as_json=False)
    assert (await users.enable(settings, "dana@desk.test")).startswith("dana may sign in again, with the password as it was.")
    await sign_in(database, settings)
    entries = [*await audited(database, "user.disabled"), *await audited(database, "user.enabled")]
    assert [(entry.actor_label, entry.before, entry.after) for entry in entries] == [
        ("command line", {"active": True}, {"active": False}),
        ("command line", {"active": False}, {"active": True}),
    ]


async def test_a_second_time_changes_nothing(database: Database, settings: Settings) -> None:
    await make_user(database, "dana")
    assert await users.enable(settings, "dana") == "dana may sign in already; nothing was changed."
    await users.disable(settings, "dana")
    assert await users.disable(settings, "dana") == "dana was disabled already; nothing was changed."
    assert len(await audited(database, "user.disabled")) == 1
    assert await audited(database, "user.enabled") == []


async def test_the_last_admin_stays(database: Database, settings: Settings) -> None:
    await make_user(database, "first", role=UserRole.ADMIN)
    await make_user(database, "second", role=UserRole.ADMIN)
    await make_user(database, "staff")
    await users.disable(settings, "second")
    with pytest.raises(Conflict) as caught:
        await users.disable(settings, "first")
    assert caught.value.reason == "LAST_ADMIN"
    assert "Make another admin first" in caught.value.message
    assert await count(database, ACTIVE) == 1
    # Staff and admins who are disabled already don't count.
    await users.disable(settings, "staff")
    await users.disable(settings, "second")
    await users.enable(settings, "second")
    await users.disable(settings, "first")
    assert await count(database, ACTIVE) == 1


async def test_two_admins_can_not_disable_each_other(database: Database) -> None:
    admins = [await make_user(database, f"admin{number}", role=UserRole.ADMIN) for number in range(4)]
    await connect(database, 8)

    async def disable(number: int) -> None:
        async with operator(database) as uow:
            await set_active(uow, admins[number], active=False)

    outcomes = await asyncio.gather(*(disable(number) for number in (0, 1, 2, 3)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [Conflict]
    assert await count(database, ACTIVE) == 1


async def test_a_reset_of_a_disabled_user_says_so(database: Database, settings: Settings) -> None:
    await make_user(database, "dana")
    await sign_in(database, settings)
    text = await users.reset(settings, "dana")
    assert "1 session was ended." in text
    assert "disabled" not in text
    await users.disable(settings, "dana")
    assert "The account is disabled, so this alone lets nobody in: `just user enable dana`." in await users.reset(settings, "dana")


@pytest.mark.parametrize("who", ["nobody", "nobody@desk.test", "", "\0", "' OR true --"])
async def test_unknown_people(settings: Settings, who: str) -> None:
    for change in (users.disable, users.enable, users.reset):
        with pytest.raises(NotFound, match="just user list"):
            await change(settings, who)


async def test_from_the_shell(seeded_url: str, tmp_path: Path) -> None:
    refused = await cli(seeded_url, tmp_path, "user", "disable", "admin")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("This is the last admin who may sign in")
    done = await cli(seeded_url, tmp_path, "user", "disable", "staff")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("staff may not sign in any more; 0 sessions were ended.")
    unknown = await cli(seeded_url, tmp_path, "user", "enable", "somebody")
    assert (unknown.code, unknown.out) == (1, "")
    assert "Traceback" not in unknown.err
    listed = await cli(seeded_url, tmp_path, "user", "list", "--json")
    assert {user["username"]: user["active"] for user in json.loads(listed.out)} == {
        **dict.fromkeys(world.PASSWORDS, True),
        "staff": False,
    }
