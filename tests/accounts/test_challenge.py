"""What somebody holds between the password and the code: how long, where, and what ends it."""

from typing import Any

import argon2
import jwt
from pydantic import SecretStr

from backend import clock
from backend.accounts import challenge as challenges
from backend.accounts import limits, service, tokens
from backend.accounts.models import User
from tests.accounts.authenticator import REMOVE, Authenticator, challenged, second_step, send, set_up, user_of
from tests.accounts.people import OTHER_PASSWORD, TOTAL, Clock, audited, count, operator, set_hash, statements
from tests.accounts.test_graphql import VIEWER, code_of
from tests.client import Api
from tests.world import PASSWORDS

SESSIONS = "SELECT count(*) FROM sessions WHERE ended_at IS NULL"


async def test_a_challenge_lasts_five_minutes(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    browser = api.another()
    held = await challenged(browser, "staff")
    time.forward(minutes=4, seconds=59)
    assert (await second_step(browser, held, code=app.wrong()))["code"] == "WRONG_CODE"
    time.forward(seconds=1)
    assert (await second_step(browser, held, code=app.code()))["code"] == "CHALLENGE_OVER"


async def test_a_challenge_belongs_to_its_browser(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    browser, thief = api.another(), api.another()
    held = await challenged(browser, "staff")
    assert (await second_step(thief, held, code=app.code()))["code"] == "CHALLENGE_OVER"
    # Not even with a cookie of its own.
    await challenged(thief, "staff")
    assert (await second_step(thief, held, code=app.code()))["code"] == "CHALLENGE_OVER"
    assert (await second_step(browser, held, code=app.code()))["__typename"] == "SessionStarted"


async def test_what_changes_meanwhile_ends_a_challenge(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    user = await user_of(api.database)
    browser = api.another()

    async def after(work: Any) -> str:
        held = await challenged(browser, "staff")
        async with operator(api.database) as uow:
            await work(uow)
        return str((await second_step(browser, held, code=app.code()))["code"])

    assert await after(lambda uow: service.set_active(uow, user, active=False)) == "CHALLENGE_OVER"
    async with operator(api.database) as uow:
        await service.set_active(uow, user, active=True)
    # Removed: the password alone is enough now, and has to be given again.
    held = await challenged(browser, "staff")
    own = api.another()
    await second_step(own, await challenged(own, "staff"), code=app.code())
    time.forward(seconds=30)
    assert (await send(own, REMOVE, code=app.code()))["__typename"] == "SecondFactorRemoved"
    assert (await second_step(browser, held, code=app.code()))["code"] == "CHALLENGE_OVER"
    app, _ = await set_up(own, "staff")
    held = await challenged(browser, "staff")
    async with operator(api.database) as uow:
        await service.reset_password(uow, user, OTHER_PASSWORD)
    assert (await second_step(browser, held, code=app.code()))["code"] == "CHALLENGE_OVER"
    assert await count(api.database, SESSIONS + f" AND user_id = {user.id}") == 0


async def test_a_challenge_is_good_for_nothing_else_and_nothing_else_for_it(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    browser = api.another()
    held = await challenged(browser, "staff")
    stranger = api.another()
    stranger.token = held
    assert code_of(await stranger.raw(VIEWER)) == "UNAUTHENTICATED"
    access = (await api.login("admin"))["accessToken"]
    claims = jwt.decode(held, options={"verify_signature": False})
    forged = jwt.encode(claims, "another key, of the right length!", algorithm="HS256")
    unsigned = jwt.encode(claims, "", algorithm="none")
    of_access_key = jwt.encode(claims, tokens.derive_key(api.settings, "access-token"), algorithm="HS256")
    for text in (access, forged, unsigned, of_access_key, "", "x", "a.b.c", "ä", held + "x", held[:-2], "x" * 5000):
        assert (await second_step(browser, text, code=app.code()))["code"] == "CHALLENGE_OVER", text[:20]
    assert await count(api.database, TOTAL) == 0
    assert (await second_step(browser, held, code=app.code()))["__typename"] == "SessionStarted"


async def test_it_carries_no_secret(api: Api, time: Clock) -> None:
    await set_up(api, "staff")
    user = await user_of(api.database)
    claims = jwt.decode(await challenged(api, "staff"), options={"verify_signature": False})
    assert set(claims) == {"aud", "sub", "jti", "exp", "bound"}
    assert user.password_hash not in str(claims)
    assert api.http.cookies["krc_device"] not in str(claims)


async def test_after_a_new_secret_key_whoever_signs_in_is_told_what_to_do(api: Api, time: Clock) -> None:
    app, codes = await set_up(api, "staff")
    moved = Api(api.settings.model_copy(update={"secret_key": SecretStr("a new one " * 5)}), api.database)
    held = await challenged(moved, "staff")
    for given in ({"code": app.code()}, {"recoveryCode": codes[0]}):
        member = await second_step(moved, held, **given)
        assert member["code"] == "SECOND_FACTOR_LOST"
        assert "ask an admin" in member["message"]
    assert (await audited(api.database, "session.refused"))[-1].after == {"reason": "SECOND_FACTOR_LOST"}
    await moved.close()


async def test_an_old_hash_is_replaced_at_the_first_step(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    old = argon2.PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORDS["staff"])
    await set_hash(api.database, await user_of(api.database), old)
    browser = api.another()
    held = await challenged(browser, "staff")
    assert (await user_of(api.database)).password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert (await second_step(browser, held, code=app.code()))["__typename"] == "SessionStarted"


async def test_a_refusal_costs_the_same_statements_whether_the_code_was_used_or_is_wrong(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    browser = api.another()
    held = await challenged(browser, "staff")
    counts = set()
    for code in (app.wrong(), app.code(-1), app.wrong()):
        with statements(api.database) as sent:
            await second_step(browser, held, code=code)
        counts.add(len(sent))
    assert len(counts) == 1


def test_the_buckets_are_separate(api: Api) -> None:
    device = tokens.digest(tokens.new_opaque())
    found = [
        *limits.for_challenge(api.settings, "1"),
        *limits.for_second_factor(api.settings, 1, None),
        *limits.for_second_factor(api.settings, 1, device),
        *limits.for_own_second_factor(api.settings, 1),
        *limits.for_login(api.settings, account="1", address="192.0.2.1", device=None),
    ]
    assert len({bucket.key for bucket in found}) == len(found)


def test_a_challenge_without_a_cookie_fits_nothing(api: Api) -> None:
    user = User(id=1, password_hash="x")
    device = tokens.new_opaque()
    text, ends_at = challenges.issue(api.settings, user, device)
    asked = challenges.read(api.settings, text)
    assert asked is not None
    assert ends_at - clock.now() <= challenges.LIFETIME
    assert challenges.fits(api.settings, asked, user, device)
    for other in (None, "", "short", tokens.new_opaque()):
        assert not challenges.fits(api.settings, asked, user, other)
    assert not challenges.fits(api.settings, asked, User(id=2, password_hash="x"), device)
    assert not challenges.fits(api.settings, asked, User(id=1, password_hash="y"), device)


def test_the_app_of_these_tests_shows_what_counts() -> None:
    app = Authenticator("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    assert app.code() != app.wrong()
