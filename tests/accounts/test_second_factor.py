"""One's own second factor: setting it up, its recovery codes, removing it; what the centre asks for; what admins do."""

import asyncio
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from backend.accounts import sealing, second_factor, sessions
from backend.accounts.models import UserRole
from backend.accounts.permissions import MUST_SET_UP, PERMISSIONS_OF
from backend.db import Database
from backend.errors import Conflict, NotFound
from backend.graphql import ids
from backend.operations import users as shell
from tests.accounts.authenticator import (
    BEGIN,
    CONFIRM,
    REMOVE,
    RENEW,
    RESET,
    VIEWER,
    Authenticator,
    challenged,
    first_step,
    second_step,
    send,
    set_up,
    user_of,
)
from tests.accounts.people import TOTAL, Clock, audited, count, make_user, operator, sign_in
from tests.accounts.test_graphql import code_of
from tests.client import Api
from tests.world import PASSWORDS

CODES = "SELECT count(*) FROM recovery_codes"


async def ask_for_it(database: Database, *roles: UserRole) -> None:
    """The centre asks these roles for a second factor."""
    async with operator(database) as uow:
        await uow.execute(
            text(
                "INSERT INTO centre_settings (key, value) VALUES ('second_factor_roles', to_jsonb(cast(:roles AS text[]))) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
            ),
            {"roles": [role.value for role in roles]},
        )


async def viewer(api: Api) -> dict[str, Any]:
    found: dict[str, Any] = (await api.execute(f"{{ {VIEWER} }}"))["viewer"]
    return found


async def test_it_is_set_up_in_two_steps(api: Api, time: Clock) -> None:
    await api.login("staff")
    assert (await viewer(api))["secondFactor"] is None
    begun = await send(api, BEGIN, currentPassword=PASSWORDS["staff"])
    assert re.fullmatch(r"[A-Z2-7]{32}", begun["secret"])
    address = urlsplit(begun["uri"])
    assert address.path == "/Test%20Centre%3Astaff%40example.test"
    assert parse_qs(address.query)["secret"] == [begun["secret"]]
    # Nothing has changed yet.
    assert (await viewer(api))["secondFactor"] is None
    assert (await first_step(api.another(), "staff"))["__typename"] == "SessionStarted"
    app = Authenticator(begun["secret"])
    assert (await send(api, CONFIRM, code=app.wrong()))["code"] == "WRONG_CODE"
    answer = await send(api, CONFIRM, code=app.code())
    assert len(set(answer["codes"])) == 10
    assert all(re.fullmatch(r"[a-km-z2-9]{5}-[a-km-z2-9]{5}", code) for code in answer["codes"])
    assert answer["viewer"]["secondFactor"]["recoveryCodesLeft"] == 10
    # The code that turned it on is used up.
    browser = api.another()
    assert (await second_step(browser, await challenged(browser, "staff"), code=app.code()))["code"] == "WRONG_CODE"
    for action in ("second_factor.begun", "second_factor.refused", "second_factor.set_up"):
        (entry,) = await audited(api.database, action)
        assert entry.actor_id == entry.subject_id == (await user_of(api.database)).id
        assert begun["secret"] not in str((entry.before, entry.after))


async def test_what_is_kept_is_sealed_and_hashed(api: Api, time: Clock) -> None:
    app, codes = await set_up(api, "staff")
    row = await user_of(api.database)
    assert row.totp_secret is not None
    assert app.secret not in row.totp_secret
    assert sealing.unseal(api.settings, row.id, row.totp_secret) == app.secret
    other = await user_of(api.database, "admin")
    assert sealing.unseal(api.settings, other.id, row.totp_secret) is None
    plain = codes[0].replace("-", "").encode()
    assert await count(api.database, CODES + " WHERE position(cast(:plain AS bytea) IN code_hash) > 0", plain=plain) == 0
    assert await count(api.database, CODES + " WHERE length(code_hash) = 32") == 10


async def test_the_password_comes_first(api: Api) -> None:
    await api.login("staff")
    assert (await send(api, BEGIN, currentPassword="not the password"))["code"] == "WRONG_CREDENTIALS"
    assert (await user_of(api.database)).totp_secret is None
    for _ in range(19):
        await send(api, BEGIN, currentPassword="not the password")
    blocked = await send(api, BEGIN, currentPassword=PASSWORDS["staff"])
    assert blocked["code"] == "TOO_MANY_TRIES"
    assert blocked["retryAfterSeconds"] > 0


async def test_beginning_again_makes_the_first_secret_worthless(api: Api, time: Clock) -> None:
    await api.login("staff")
    first, second = [Authenticator((await send(api, BEGIN, currentPassword=PASSWORDS["staff"]))["secret"]) for _ in range(2)]
    assert (await send(api, CONFIRM, code=first.code()))["code"] == "WRONG_CODE"
    assert (await send(api, CONFIRM, code=second.code()))["__typename"] == "RecoveryCodes"


async def test_what_comes_at_the_wrong_time_is_a_conflict(api: Api, time: Clock) -> None:
    await api.login("staff")
    assert (await send(api, CONFIRM, code="123456"))["code"] == "NOT_BEGUN"
    for document in (RENEW, REMOVE):
        assert (await send(api, document, code="123456"))["code"] == "NO_SECOND_FACTOR"
    assert (await send(api, CONFIRM, code="12345"))["fields"] == [{"path": ["code"], "code": "NOT_A_CODE"}]
    app, _ = await set_up(api, "staff")
    assert (await send(api, BEGIN, currentPassword=PASSWORDS["staff"]))["code"] == "SECOND_FACTOR_EXISTS"
    assert (await send(api, CONFIRM, code=app.code()))["code"] == "SECOND_FACTOR_EXISTS"
    # None of these counts as a guess.
    assert await count(api.database, TOTAL) == 0


async def test_two_confirmations_at_once_turn_it_on_once(api: Api, time: Clock) -> None:
    await api.login("staff")
    app = Authenticator((await send(api, BEGIN, currentPassword=PASSWORDS["staff"]))["secret"])
    answers = await asyncio.gather(*(send(api, CONFIRM, code=app.code()) for _ in range(4)))
    assert sorted(answer["__typename"] for answer in answers) == ["Conflict"] * 3 + ["RecoveryCodes"]
    assert await count(api.database, CODES) == 10
    assert len(await audited(api.database, "second_factor.set_up")) == 1


@pytest.mark.parametrize("with_recovery_code", [False, True])
async def test_new_recovery_codes(api: Api, time: Clock, *, with_recovery_code: bool) -> None:
    app, old = await set_up(api, "staff")
    assert (await send(api, RENEW, code=app.wrong()))["code"] == "WRONG_CODE"
    proof = {"recoveryCode": old[0]} if with_recovery_code else {"code": app.code()}
    new = (await send(api, RENEW, **proof))["codes"]
    assert not set(new) & set(old)
    assert await count(api.database, CODES) == 10
    browser = api.another()
    held = await challenged(browser, "staff")
    assert (await second_step(browser, held, recoveryCode=old[1]))["code"] == "WRONG_CODE"
    assert (await second_step(browser, held, recoveryCode=new[0]))["__typename"] == "SessionStarted"
    assert len(await audited(api.database, "recovery_codes.renewed")) == 1


@pytest.mark.parametrize("with_recovery_code", [False, True])
async def test_removing_it(api: Api, time: Clock, *, with_recovery_code: bool) -> None:
    app, codes = await set_up(api, "staff")
    assert (await send(api, REMOVE, code=app.wrong()))["code"] == "WRONG_CODE"
    assert (await send(api, REMOVE, recoveryCode="abcde-fghij"))["code"] == "WRONG_CODE"
    answer = await send(api, REMOVE, **({"recoveryCode": codes[3]} if with_recovery_code else {"code": app.code()}))
    assert answer["viewer"]["secondFactor"] is None
    row = await user_of(api.database)
    assert (row.totp_secret, row.totp_confirmed_at, row.totp_last_step) == (None, None, None)
    assert await count(api.database, CODES) == 0
    assert (await first_step(api.another(), "staff"))["__typename"] == "SessionStarted"
    assert len(await audited(api.database, "second_factor.removed")) == 1
    # Set up again with another secret, in the same half minute: the steps of the first don't count against it.
    again = Authenticator((await send(api, BEGIN, currentPassword=PASSWORDS["staff"]))["secret"])
    assert (await send(api, CONFIRM, code=again.code()))["__typename"] == "RecoveryCodes"


async def test_an_open_desk_is_not_enough_to_guess_it_away(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    for number in range(20):
        assert (await send(api, (REMOVE, RENEW)[number % 2], code=app.wrong()))["code"] == "WRONG_CODE"
    assert (await send(api, REMOVE, code=app.code()))["code"] == "TOO_MANY_TRIES"
    # Signing in has tries of its own.
    browser = api.another()
    assert (await second_step(browser, await challenged(browser, "staff"), code=app.code()))["__typename"] == "SessionStarted"


async def test_an_admin_resets_it(api: Api, time: Clock) -> None:
    phone = api.another()
    await set_up(phone, "staff")
    staff = await user_of(api.database)
    await api.login("admin")
    which = ids.encode("User", staff.id)
    done = await send(api, RESET, id=which)
    assert done == {"__typename": "SecondFactorReset", "ended": 1, "user": {"id": which}}
    assert code_of(await phone.raw(f"{{ {VIEWER} }}")) == "UNAUTHENTICATED"
    assert await count(api.database, CODES) == 0
    assert (await first_step(phone, "staff"))["__typename"] == "SessionStarted"
    (entry,) = await audited(api.database, "second_factor.reset")
    assert (entry.actor_id, entry.subject_id) == ((await user_of(api.database, "admin")).id, staff.id)
    assert (await send(api, RESET, id=which))["code"] == "NO_SECOND_FACTOR"
    assert (await send(api, RESET, id=ids.encode("User", 999)))["__typename"] == "NotFound"


async def test_nobody_resets_their_own(api: Api, time: Clock) -> None:
    await set_up(api, "admin")
    own = ids.encode("User", (await user_of(api.database, "admin")).id)
    assert (await send(api, RESET, id=own))["code"] == "ONESELF"
    assert (await user_of(api.database, "admin")).totp_confirmed_at is not None


async def test_the_shell_resets_it(api: Api, time: Clock) -> None:
    await set_up(api, "admin")
    said = await shell.reset_second_factor(api.settings, "admin@example.test")
    assert said == "admin signs in with the password alone until a second factor is set up again; 1 session was ended."
    assert (await first_step(api.another(), "admin"))["__typename"] == "SessionStarted"
    with pytest.raises(Conflict):
        await shell.reset_second_factor(api.settings, "admin")
    with pytest.raises(NotFound):
        await shell.reset_second_factor(api.settings, "nobody")


async def test_after_a_new_secret_key_it_can_be_reset_but_not_removed(api: Api, time: Clock) -> None:
    app, codes = await set_up(api, "staff")
    moved = Api(api.settings.model_copy(update={"secret_key": SecretStr("a new one " * 5)}), api.database)
    user = await user_of(api.database)
    async with operator(api.database) as uow:
        await uow.execute(text("UPDATE users SET totp_confirmed_at = NULL WHERE id = :id"), {"id": user.id})
    await moved.login("staff")
    assert (await send(moved, CONFIRM, code=app.code()))["code"] == "SECOND_FACTOR_LOST"
    async with operator(api.database) as uow:
        await uow.execute(text("UPDATE users SET totp_confirmed_at = now() WHERE id = :id"), {"id": user.id})
    for proof in ({"code": app.code()}, {"recoveryCode": codes[0]}):
        assert (await send(moved, REMOVE, **proof))["code"] == "SECOND_FACTOR_LOST"
    async with operator(api.database) as uow:
        assert await second_factor.reset(uow, user.id) >= 1
    await moved.close()


async def test_a_role_that_is_asked_for_one_can_only_set_it_up(api: Api, time: Clock) -> None:
    await api.login("staff")
    assert (await viewer(api))["mustSetUpSecondFactor"] is False
    await ask_for_it(api.database, UserRole.STAFF)
    # Within five seconds, also where the session goes on.
    time.forward(seconds=5)
    now = await viewer(api)
    assert now["mustSetUpSecondFactor"] is True
    assert set(now["permissions"]) == {permission.value for permission in MUST_SET_UP}
    assert code_of(await api.raw("{ clients { edges { cursor } } }")) == "NOT_ALLOWED"
    browser = api.another()
    started = await first_step(browser, "staff")
    assert started["viewer"]["mustSetUpSecondFactor"] is True
    browser.token = started["accessToken"]
    app = Authenticator((await send(browser, BEGIN, currentPassword=PASSWORDS["staff"]))["secret"])
    answer = await send(browser, CONFIRM, code=app.code())
    assert answer["viewer"]["mustSetUpSecondFactor"] is False
    assert set(answer["viewer"]["permissions"]) == {permission.value for permission in PERMISSIONS_OF[UserRole.STAFF]}
    assert "errors" not in await browser.raw("{ clients { edges { cursor } } }")
    # Taken away, it has to be set up anew.
    time.forward(seconds=30)
    removed = await send(browser, REMOVE, code=app.code())
    assert removed["viewer"]["mustSetUpSecondFactor"] is True
    assert code_of(await browser.raw("{ clients { edges { cursor } } }")) == "NOT_ALLOWED"
    # The other role is asked for none.
    admin = await api.another().login("admin")
    assert "system:read" in admin["viewer"]["permissions"]


async def test_a_forced_change_of_password_comes_first(api: Api, database: Database) -> None:
    await ask_for_it(database, UserRole.STAFF, UserRole.ADMIN)
    member = await first_step(api, "newcomer")
    assert member["viewer"]["mustSetUpSecondFactor"] is True
    assert member["viewer"]["permissions"] == ["viewer:read", "viewer:update"]


async def test_what_the_centre_asks_for_costs_no_statement(database: Database, settings: Any) -> None:
    from tests.accounts.people import statements

    await make_user(database)
    token = (await sign_in(database, settings)).access_token
    with statements(database) as sent:
        await sessions.authenticate(database, settings, token)
    assert len(sent) == 1


@pytest.mark.parametrize("value", ['"ADMIN"', "[]", "null", "{}", '["NOBODY"]'])
async def test_odd_settings_ask_nobody(database: Database, settings: Any, value: str) -> None:
    await make_user(database)
    async with operator(database) as uow:
        await uow.execute(
            text("INSERT INTO centre_settings (key, value) VALUES ('second_factor_roles', cast(:value AS jsonb))"), {"value": value}
        )
    assert (await sign_in(database, settings)).principal.must_set_up_second_factor is False
