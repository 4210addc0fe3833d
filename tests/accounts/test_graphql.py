import asyncio
import json
import logging
from typing import Any

import httpx
import pytest

from backend import clock
from backend.accounts import passwords, queries, service
from backend.config import Settings
from backend.db import Database
from tests.accounts.people import PASSWORD, Clock, audited, make_user, operator
from tests.client import LOGIN, Api
from tests.world import PASSWORDS, settings_for

VIEWER = "{ viewer { permissions mustChangePassword sessionExpiresAt user { id email username displayName role theme language } } }"
STARTED = "... on SessionStarted { accessToken expiresAt viewer { mustChangePassword permissions user { username } } }"
REFRESH = f"mutation {{ refreshSession {{ __typename {STARTED} ... on SessionEnded {{ code message }} }} }}"
LOGOUT = "mutation { logout { ok } }"
CHANGE = f"""mutation ($input: ChangePasswordInput!) {{ changePassword(input: $input) {{ __typename {STARTED}
  ... on ValidationProblem {{ code fields {{ path code message }} }} ... on LoginRefused {{ code message retryAfterSeconds }} }} }}"""
PROFILE = """mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { __typename
  ... on User { theme language } ... on ValidationProblem { fields { path code } } } }"""


def code_of(answer: dict[str, Any]) -> str:
    (error,) = answer["errors"]
    assert error["extensions"]["requestId"]
    return str(error["extensions"]["code"])


async def post_login(api: Api, identifier: str, password: str) -> httpx.Response:
    return await api.post({"query": LOGIN, "variables": {"input": {"identifier": identifier, "password": password}}})


def cookies_set(response: httpx.Response) -> dict[str, set[str]]:
    parts = [header.split("; ") for header in response.headers.get_list("set-cookie")]
    return {first.split("=")[0]: {piece.lower() for piece in rest} for first, *rest in parts}


async def test_login_tells_who_one_is(api: Api) -> None:
    member = await api.login("admin")
    assert member["__typename"] == "SessionStarted"
    assert (await api.login(" ADMIN@example.test ", PASSWORDS["admin"]))["viewer"]["user"]["role"] == "ADMIN"
    viewer = (await api.execute(VIEWER))["viewer"]
    assert viewer["user"] | {"id": ""} == {
        "id": "",
        "email": "admin@example.test",
        "username": "admin",
        "displayName": "Admin",
        "role": "ADMIN",
        "theme": "SYSTEM",
        "language": "EN",
    }
    assert "system:read" in viewer["permissions"]
    assert viewer["mustChangePassword"] is False
    await api.login("staff")
    assert "users:read" not in (await api.execute(VIEWER))["viewer"]["permissions"]


async def test_the_cookies(api: Api, settings: Settings, database: Database) -> None:
    plain = cookies_set(await post_login(api, "staff", PASSWORDS["staff"]))
    assert set(plain) == {"krc_refresh", "krc_device"}
    for attributes in plain.values():
        assert {"httponly", "samesite=strict", "path=/graphql"} <= attributes
        assert "secure" not in attributes
    secured = Api(settings.model_copy(update={"public_url": "https://desk.centre.test"}), database)
    over_https = cookies_set(await post_login(secured, "staff", PASSWORDS["staff"]))
    assert set(over_https) == {"__Secure-krc_refresh", "__Secure-krc_device"}
    for attributes in over_https.values():
        assert {"secure", "httponly", "samesite=strict", "path=/graphql"} <= attributes
    await secured.close()


@pytest.mark.parametrize(
    ("headers", "secure"),
    [
        ({}, False),
        ({"Origin": "http://nas:8080", "Host": "nas:8080"}, False),
        # A proxy before Caddy that speaks TLS itself: the page's address tells.
        ({"Origin": "https://nas:8443", "Host": "nas:8443"}, True),
        ({"Origin": "https://desk.centre.test", "Host": "127.0.0.1:8080"}, True),
        ({"Host": "desk.centre.test"}, True),
        ({"Host": "nas:8080"}, False),
    ],
)
async def test_cookies_are_secure_where_the_browser_came_over_https(api: Api, headers: dict[str, str], *, secure: bool) -> None:
    both = Api(api.settings.model_copy(update={"public_url": "https://desk.centre.test"}), api.database)
    both.http.base_url = httpx.URL("http://127.0.0.1:8080")
    variables = {"input": {"identifier": "staff", "password": PASSWORDS["staff"]}}
    answer = await both.post({"query": LOGIN, "variables": variables}, **headers)
    prefix = "__Secure-" if secure else ""
    assert set(cookies_set(answer)) == {f"{prefix}krc_refresh", f"{prefix}krc_device"}
    await both.close()


async def test_a_session_of_one_scheme_leaves_that_of_the_other_alone(api: Api) -> None:
    await api.login("staff")
    plain = api.http.cookies["krc_refresh"]
    api.http.base_url = httpx.URL(str(api.http.base_url).replace("http://", "https://"))
    # The cookie of HTTP is sent over HTTPS too; anybody on the network may have planted it, so it counts for nothing there.
    refused = (await api.execute(REFRESH))["refreshSession"]
    assert refused["__typename"] != "SessionStarted"
    await api.login("staff")
    assert api.http.cookies["krc_refresh"] == plain
    assert (await api.execute(REFRESH))["refreshSession"]["__typename"] == "SessionStarted"


async def test_no_answer_carries_the_refresh_token(api: Api) -> None:
    response = await post_login(api, "staff", PASSWORDS["staff"])
    assert api.http.cookies["krc_refresh"] not in response.text
    assert api.http.cookies["krc_device"] not in response.text


async def test_unknown_inactive_and_wrong_look_alike(api: Api, database: Database) -> None:
    gone = await make_user(database, "gone")
    async with operator(database) as uow:
        await service.set_active(uow, gone, active=False)
    tries = [("nobody", "wrong word 1"), ("gone", PASSWORD), ("staff", "wrong word 1"), ("a" * 5000, "x"), ("nul\0", "x\0")]
    answers = [await post_login(api, *credentials) for credentials in tries]
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].json()["data"]["login"]["code"] == "WRONG_CREDENTIALS"
    assert not any(cookies_set(answer) for answer in answers)


async def test_empty_fields_are_a_validation_problem(api: Api) -> None:
    member = await api.login("", "")
    assert member["__typename"] == "ValidationProblem"
    assert [field["path"] for field in member["fields"]] == [["identifier"], ["password"]]


async def test_too_many_tries_say_how_long(api: Api) -> None:
    for _ in range(20):
        await api.login("staff", "wrong word 1")
    member = await api.login("staff")
    assert member["code"] == "TOO_MANY_TRIES"
    assert member["retryAfterSeconds"] > 0


async def test_a_flood_is_answered_as_such(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords._pool, "_pending", 10_000)
    answer = await api.raw(LOGIN, {"input": {"identifier": "staff", "password": PASSWORDS["staff"]}})
    assert code_of(answer) == "RATE_LIMITED"
    assert answer["errors"][0]["extensions"]["retryAfterSeconds"] > 0


async def test_refresh_goes_on_with_the_cookie_alone(api: Api) -> None:
    await api.login("staff")
    before, api.token = api.http.cookies["krc_refresh"], None
    assert code_of(await api.raw(VIEWER)) == "UNAUTHENTICATED"
    member = (await api.execute(REFRESH))["refreshSession"]
    assert member["viewer"]["user"]["username"] == "staff"
    assert api.http.cookies["krc_refresh"] != before
    api.token = member["accessToken"]
    assert await api.execute(VIEWER)


async def test_refresh_without_a_cookie(api: Api) -> None:
    assert (await api.execute(REFRESH))["refreshSession"]["code"] == "SESSION_ENDED"


async def test_twenty_tabs_refresh_at_once(api: Api) -> None:
    await api.login("staff")
    answers = await asyncio.gather(*(api.execute(REFRESH) for _ in range(20)))
    for answer in answers:
        api.token = answer["refreshSession"]["accessToken"]
        assert await api.execute(VIEWER)
    assert (await api.execute(REFRESH))["refreshSession"]["__typename"] == "SessionStarted"


async def test_logout_ends_it_at_once(api: Api, database: Database) -> None:
    await api.login("staff")
    stolen = api.http.cookies["krc_refresh"]
    response = await api.post({"query": LOGOUT})
    assert response.json() == {"data": {"logout": {"ok": True}}}
    assert "max-age=0" in cookies_set(response)["krc_refresh"]
    assert code_of(await api.raw(VIEWER)) == "UNAUTHENTICATED"
    assert code_of(await api.raw(LOGOUT)) == "UNAUTHENTICATED"
    api.http.cookies.set("krc_refresh", stolen, path="/graphql")
    assert (await api.execute(REFRESH))["refreshSession"]["code"] == "SESSION_ENDED"
    (entry,) = await audited(database, "session.ended")
    assert entry.after == {"because": "LOGOUT"}


async def test_a_late_replay_ends_the_session(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    await api.login("staff")
    stolen = api.http.cookies["krc_refresh"]
    await api.execute(REFRESH)
    time.forward(seconds=21)
    assert await api.execute(VIEWER)
    thief = api.another()
    thief.http.cookies.set("krc_refresh", stolen, path="/graphql")
    assert (await thief.execute(REFRESH))["refreshSession"]["code"] == "SESSION_ENDED"
    assert code_of(await api.raw(VIEWER)) == "UNAUTHENTICATED"
    assert (await api.execute(REFRESH))["refreshSession"]["code"] == "SESSION_ENDED"
    await thief.close()


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "ä", "x" * 5000])
async def test_tokens_that_are_none(api: Api, token: str) -> None:
    header = f"Bearer {token}".encode()
    response = await api.http.post("/graphql", json={"query": VIEWER}, headers={b"Authorization": header})
    assert code_of(response.json()) == "UNAUTHENTICATED"


async def test_an_expired_token(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    await api.login("staff")
    time.forward(minutes=10, seconds=1)
    assert code_of(await api.raw(VIEWER)) == "UNAUTHENTICATED"
    assert (await api.execute(REFRESH))["refreshSession"]["__typename"] == "SessionStarted"


async def test_a_token_of_another_installation(api: Api, database: Database) -> None:
    await api.login("staff")
    others = settings_for(api.settings.database_url).model_copy(update={"secret_key": type(api.settings.secret_key)("other " * 8)})
    elsewhere = Api(others, database)
    elsewhere.token = api.token
    assert code_of(await elsewhere.raw(VIEWER)) == "UNAUTHENTICATED"
    await elsewhere.close()


async def test_a_forced_change(api: Api) -> None:
    member = await api.login("newcomer")
    assert member["viewer"]["mustChangePassword"] is True
    assert member["viewer"]["permissions"] == ["viewer:read", "viewer:update"]
    elsewhere = api.another()
    await elsewhere.login("newcomer")
    old, new = PASSWORDS["newcomer"], passwords.generate()

    async def change(current: str, wanted: str) -> dict[str, Any]:
        variables = {"input": {"currentPassword": current, "newPassword": wanted}}
        answer: dict[str, Any] = (await api.execute(CHANGE, variables))["changePassword"]
        return answer

    refused = await change(old, old)
    assert [(field["path"], field["code"]) for field in refused["fields"]] == [(["newPassword"], "SAME_AS_OLD")]
    assert (await change(old, "newcomer@example.test"))["fields"][0]["code"] == "OWN_NAME"
    assert (await change("not the old one", new))["code"] == "WRONG_CREDENTIALS"
    changed = await change(old, new)
    assert changed["viewer"]["mustChangePassword"] is False
    api.token = changed["accessToken"]
    assert "clients:read" in (await api.execute(VIEWER))["viewer"]["permissions"]
    assert (await api.execute(REFRESH))["refreshSession"]["__typename"] == "SessionStarted"
    assert code_of(await elsewhere.raw(VIEWER)) == "UNAUTHENTICATED"
    assert (await elsewhere.execute(REFRESH))["refreshSession"]["code"] == "SESSION_ENDED"
    assert (await elsewhere.login("newcomer", old))["code"] == "WRONG_CREDENTIALS"
    assert (await elsewhere.login("newcomer", new))["__typename"] == "SessionStarted"
    await elsewhere.close()


async def test_the_profile(api: Api, database: Database) -> None:
    await api.login("staff")
    assert (await api.execute(PROFILE, {"input": {"theme": "DARK"}}))["updateProfile"] == {
        "__typename": "User",
        "theme": "DARK",
        "language": "EN",
    }
    assert (await api.execute(PROFILE, {"input": {"language": "ES"}}))["updateProfile"]["theme"] == "DARK"
    assert (await api.execute(PROFILE, {"input": {}}))["updateProfile"]["language"] == "ES"
    refused = (await api.execute(PROFILE, {"input": {"theme": None}}))["updateProfile"]
    assert refused == {"__typename": "ValidationProblem", "fields": [{"path": ["theme"], "code": "REQUIRED"}]}
    async with database.reading() as reader:
        user = await queries.user_by_identifier(reader, "staff")
    assert user is not None
    assert (user.theme.value, user.language) == ("DARK", "es")


async def test_the_centre_is_public(api: Api) -> None:
    centre = (await api.execute("{ centre { name timeZone today passwordMinLength passwordMaxLength } }"))["centre"]
    assert centre == {
        "name": "Test Centre",
        "timeZone": "America/Los_Angeles",
        "today": clock.today(api.settings.zone).isoformat(),
        "passwordMinLength": 8,
        "passwordMaxLength": 128,
    }


async def test_nobody_is_named_in_the_logs(api: Api, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(logging.DEBUG)
    await api.login("canary@mail.test", "canary-password-1")
    await api.login("staff")
    await api.execute(REFRESH)
    written = caplog.text + json.dumps(capsys.readouterr())
    for secret in ("canary", PASSWORDS["staff"], "staff@example.test", api.token or "?", api.http.cookies["krc_refresh"]):
        assert secret not in written
