"""Signing in with a second factor, over HTTP."""

import asyncio
from datetime import datetime, timedelta

import pytest

from tests.accounts.authenticator import challenged, first_step, second_step, set_up, user_of
from tests.accounts.people import TOTAL, Clock, audited, count
from tests.accounts.test_graphql import VIEWER, code_of
from tests.client import Api


async def test_the_password_then_the_code(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    browser = api.another()
    member = await first_step(browser, "staff")
    assert set(member) == {"__typename", "challenge", "endsAt"}
    assert datetime.fromisoformat(member["endsAt"]) == time.time + timedelta(minutes=5)
    assert "krc_refresh" not in browser.http.cookies
    assert code_of(await browser.raw(VIEWER)) == "UNAUTHENTICATED"
    started = await second_step(browser, member["challenge"], code=app.code())
    assert started["viewer"]["secondFactor"]["recoveryCodesLeft"] == 10
    assert "clients:read" in started["viewer"]["permissions"]
    assert "krc_refresh" in browser.http.cookies
    assert await browser.execute(VIEWER)
    entries = await audited(api.database, "session.started")
    assert entries[-1].after is not None
    assert entries[-1].after["second_factor"] == "CODE"
    assert entries[-1].actor_id == (await user_of(api.database)).id
    assert len(await audited(api.database, "session.challenged")) == 1
    await browser.close()


async def test_before_the_password_is_right_nobody_learns_of_it(api: Api) -> None:
    await set_up(api, "staff")
    without, having, unknown = [await first_step(api.another(), who, "wrong word 1") for who in ("admin", "staff", "nobody")]
    assert without == having == unknown


async def test_a_code_counts_once(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    browsers = [api.another() for _ in range(4)]
    held = [await challenged(browser, "staff") for browser in browsers]
    code = app.code()
    answers = await asyncio.gather(*(second_step(browser, text, code=code) for browser, text in zip(browsers, held, strict=True)))
    assert sorted(answer["__typename"] for answer in answers) == ["LoginRefused"] * 3 + ["SessionStarted"]
    # The step before is over as well, although its code is still within the drift.
    another = api.another()
    assert (await second_step(another, await challenged(another, "staff"), code=app.code(-1)))["code"] == "WRONG_CODE"
    time.forward(seconds=30)
    assert (await second_step(another, await challenged(another, "staff"), code=app.code()))["__typename"] == "SessionStarted"


async def test_a_recovery_code_counts_once(api: Api, time: Clock) -> None:
    _, codes = await set_up(api, "staff")
    browsers = [api.another() for _ in range(3)]
    held = [await challenged(browser, "staff") for browser in browsers]
    answers = await asyncio.gather(
        *(second_step(browser, text, recoveryCode=codes[0]) for browser, text in zip(browsers, held, strict=True))
    )
    assert sorted(answer["__typename"] for answer in answers) == ["LoginRefused"] * 2 + ["SessionStarted"]
    started = next(answer for answer in answers if answer["__typename"] == "SessionStarted")
    assert started["viewer"]["secondFactor"]["recoveryCodesLeft"] == 9
    # Typed as people type: without the hyphen, in capitals, with blanks.
    again = api.another()
    typed = f"  {codes[1].replace('-', ' ').upper()} "
    assert (await second_step(again, await challenged(again, "staff"), recoveryCode=typed))["__typename"] == "SessionStarted"
    used = await audited(api.database, "recovery_code.used")
    assert [entry.after for entry in used] == [{"left": 9}, {"left": 8}]
    assert codes[0] not in str([(entry.after, entry.before) for entry in await audited(api.database, "session.started")])


async def test_somebody_else_s_recovery_code_is_worth_nothing(api: Api, time: Clock) -> None:
    _, codes = await set_up(api, "admin")
    await set_up(api.another(), "staff")
    browser = api.another()
    assert (await second_step(browser, await challenged(browser, "staff"), recoveryCode=codes[0]))["code"] == "WRONG_CODE"


async def test_all_wrong_codes_get_the_same_answer(api: Api, time: Clock) -> None:
    app, codes = await set_up(api, "staff")
    browser = api.another()
    held = await challenged(browser, "staff")
    await second_step(browser, held, recoveryCode=codes[0])
    browser = api.another()
    held = await challenged(browser, "staff")
    tries: list[dict[str, str]] = [
        {"code": app.wrong()},
        {"code": app.code(-1)},
        {"recoveryCode": codes[0]},
        {"recoveryCode": "abcde-fghij"},
        {"recoveryCode": "\0 odd"},
    ]
    answers = [await second_step(browser, held, **given) for given in tries]
    assert (
        answers
        == [{"__typename": "LoginRefused", "code": "WRONG_CODE", "message": "The code is not right.", "retryAfterSeconds": None}] * 5
    )
    reasons = [entry.after for entry in await audited(api.database, "session.refused")]
    assert reasons == [{"reason": "WRONG_CODE"}] * 5


@pytest.mark.parametrize(
    ("given", "path", "code"),
    [
        ({}, "code", "REQUIRED"),
        ({"code": " "}, "code", "REQUIRED"),
        ({"code": "12345"}, "code", "NOT_A_CODE"),
        ({"code": "abcdef"}, "code", "NOT_A_CODE"),
        ({"code": "123456", "recoveryCode": "abcde-fghij"}, "recoveryCode", "ONE_OF_TWO"),
    ],
)
async def test_what_can_t_be_a_code_is_named_and_not_counted(api: Api, time: Clock, given: dict[str, str], path: str, code: str) -> None:
    await set_up(api, "staff")
    browser = api.another()
    member = await second_step(browser, await challenged(browser, "staff"), **given)
    assert member["fields"] == [{"path": [path], "code": code}]
    assert await count(api.database, TOTAL) == 0


async def test_five_tries_for_a_challenge(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    browser = api.another()
    held = await challenged(browser, "staff")
    for _ in range(5):
        assert (await second_step(browser, held, code=app.wrong()))["code"] == "WRONG_CODE"
    assert (await second_step(browser, held, code=app.code()))["code"] == "CHALLENGE_OVER"
    assert (await second_step(browser, await challenged(browser, "staff"), code=app.code()))["__typename"] == "SessionStarted"


async def test_twenty_tries_an_hour_from_unknown_devices_and_the_known_one_gets_in(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    for _ in range(4):
        guesser = api.another()
        held = await challenged(guesser, "staff")
        for _ in range(5):
            assert (await second_step(guesser, held, code=app.wrong()))["code"] == "WRONG_CODE"
    guesser = api.another()
    blocked = await second_step(guesser, await challenged(guesser, "staff"), code=app.code())
    assert blocked["code"] == "TOO_MANY_TRIES"
    assert 0 < blocked["retryAfterSeconds"] <= 7200
    assert (await audited(api.database, "session.refused"))[-1].after == {"reason": "WRONG_CODE", "limits_reached": ["second-factor"]}
    # The one on which it was set up has signed in before.
    assert (await second_step(api, await challenged(api, "staff"), code=app.code()))["__typename"] == "SessionStarted"
    time.forward(seconds=blocked["retryAfterSeconds"] + 1)
    assert (await second_step(guesser, await challenged(guesser, "staff"), code=app.code()))["__typename"] == "SessionStarted"


async def test_a_known_device_has_a_limit_of_its_own(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    for _ in range(4):
        held = await challenged(api, "staff")
        for _ in range(5):
            assert (await second_step(api, held, code=app.wrong()))["code"] == "WRONG_CODE"
    assert (await second_step(api, await challenged(api, "staff"), code=app.code()))["code"] == "TOO_MANY_TRIES"
    elsewhere = api.another()
    assert (await second_step(elsewhere, await challenged(elsewhere, "staff"), code=app.code()))["__typename"] == "SessionStarted"


async def test_guesses_at_once_are_counted_one_by_one(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    browser = api.another()
    held = await challenged(browser, "staff")
    answers = await asyncio.gather(*(second_step(browser, held, code=app.wrong()) for _ in range(12)))
    assert [answer["code"] for answer in answers].count("WRONG_CODE") == 5
    assert [answer["code"] for answer in answers].count("CHALLENGE_OVER") == 7


async def test_right_codes_use_no_tries_up(api: Api, time: Clock) -> None:
    app, _ = await set_up(api, "staff")
    for _ in range(25):
        time.forward(seconds=30)
        browser = api.another()
        assert (await second_step(browser, await challenged(browser, "staff"), code=app.code()))["__typename"] == "SessionStarted"
        await browser.close()
    assert await count(api.database, TOTAL) == 0
