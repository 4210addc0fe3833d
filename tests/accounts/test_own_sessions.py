"""The sessions of oneself and, for admins, of others: what is shown, and ending them."""

import asyncio
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from backend.accounts import devices, sessions
from backend.config import Settings
from backend.db import Database
from backend.errors import Unauthenticated
from backend.graphql import fields
from tests.accounts.administration import change, one, user_named
from tests.accounts.people import Clock, audited, count, make_user, sign_in
from tests.client import Api
from tests.graphql.test_sockets import listening
from tests.server import serve

MINE = "{ viewer { user { sessions { id browser system createdAt lastUsedAt expiresAt current } } } }"
OTHERS = "mutation { endOtherSessions { ended } }"
ENDED = "... on SessionsEnded { ended }"
NOT_FOUND = "... on NotFound { code }"
WINDOWS_EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0"
GOING_ON = "SELECT count(*) FROM sessions WHERE ended_at IS NULL"


@pytest.mark.parametrize(
    ("said", "browser", "system"),
    [
        (WINDOWS_EDGE, "Edge", "Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox", "macOS"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.6 Safari/605.1.15", "Safari", "macOS"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Safari/604.1", "Safari", "iPhone"),
        ("Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 CriOS/141.0 Mobile/15E148 Safari/604.1", "Chrome", "iPad"),
        ("Mozilla/5.0 (Linux; Android 15; SM-S911B) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36", "Samsung Internet", "Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36 OPR/122.0", "Opera", "Linux"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36", "Chrome", "ChromeOS"),
        ("curl/8.14.1", "curl", None),
        ("python-httpx/0.28.1", "Python", None),
        ("", None, None),
        ("\U0001f9a6 (((;;;" * 40, None, None),
    ],
)  # fmt: skip
def test_devices_in_words(said: str, browser: str | None, system: str | None) -> None:
    assert devices.read(said) == devices.Device(browser, system)


async def sessions_of(api: Api) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.execute(MINE))["viewer"]["user"]["sessions"]
    return found


async def test_mine_with_device_and_last_use(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    now = Clock(monkeypatch)
    phone = api.another()
    phone.http.headers["User-Agent"] = WINDOWS_EDGE
    await phone.login("staff")
    now.forward(minutes=30)
    await api.login("staff")
    here, there = await sessions_of(api)
    assert (here["current"], there["current"]) == (True, False)
    assert (there["browser"], there["system"]) == ("Edge", "Windows")
    assert here["lastUsedAt"] > there["lastUsedAt"]
    # A refresh is a use, and the last used is first.
    now.forward(minutes=5)
    await phone.execute("mutation { refreshSession { __typename } }")
    assert [session["id"] for session in await sessions_of(api)] == [there["id"], here["id"]]
    # Ended ones and those that were not used for a fortnight are gone.
    now.forward(days=13)
    await api.login("staff")
    assert len(await sessions_of(api)) == 3
    now.forward(days=1, minutes=1)
    await api.login("staff")
    assert len(await sessions_of(api)) == 2
    await phone.close()


async def test_ending_one_of_mine(api: Api, settings: Settings) -> None:
    await api.login("staff")
    phone = api.another()
    await phone.login("staff")
    there = next(session for session in await sessions_of(api) if not session["current"])
    assert (await change(api, "endSession", f"{ENDED} {NOT_FOUND}", id=there["id"]))["ended"] == 1
    assert phone.token is not None
    with pytest.raises(Unauthenticated):
        await sessions.authenticate(api.database, settings, phone.token)
    assert (await change(api, "endSession", f"{ENDED} {NOT_FOUND}", id=there["id"]))["ended"] == 0
    (entry,) = await audited(api.database, "session.ended")
    assert entry.after == {"because": "ENDED_BY_USER"}
    assert len(await sessions_of(api)) == 1
    await phone.close()


async def test_all_others_of_mine_and_nobody_elses(api: Api) -> None:
    await api.login("admin")
    for _ in range(3):
        await api.another().login("staff")
    await api.login("staff")
    assert (await api.execute(OTHERS))["endOtherSessions"]["ended"] == 3
    assert [session["current"] for session in await sessions_of(api)] == [True]
    assert await count(api.database, GOING_ON) == 2


async def test_staff_can_not_end_an_admins(api: Api) -> None:
    await api.login("admin")
    admins = (await sessions_of(api))[0]
    desk = api.another()
    await desk.login("staff")
    for number in (admins["id"], "U2Vzc2lvbjo0NzEx", "x"):
        assert (await change(desk, "endSession", f"{ENDED} {NOT_FOUND}", id=number))["code"] == "NOT_FOUND"
    assert (await change(desk, "endUserSessions", ENDED, id=(await user_named(api, "admin"))["id"]))["code"] == "NOT_ALLOWED"
    assert len(await sessions_of(api)) == 1
    await desk.close()


async def test_an_admin_ends_anybodys(api: Api) -> None:
    await api.login("admin")
    for _ in range(3):
        await api.another().login("staff")
    staff = await user_named(api, "staff")
    assert [session["current"] for session in staff["sessions"]] == [False] * 3
    assert (await change(api, "endSession", f"{ENDED} {NOT_FOUND}", id=staff["sessions"][0]["id"]))["ended"] == 1
    assert (await change(api, "endUserSessions", ENDED, id=staff["id"]))["ended"] == 2
    assert (await one(api, staff["id"]))["sessions"] == []
    assert [entry.after for entry in await audited(api.database, "session.ended")] == [{"because": "ENDED_BY_ADMIN"}] * 3
    # Of oneself all but the one that asks.
    await api.another().login("admin")
    me = await user_named(api, "admin")
    assert (await change(api, "endUserSessions", ENDED, id=me["id"]))["ended"] == 1
    assert [session["current"] for session in await sessions_of(api)] == [True]


async def test_open_sockets_end_with_the_account(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "RECHECK_SECONDS", 0.2)
    await api.login("admin")
    desk = api.another()
    await desk.login("staff")
    staff = await user_named(api, "staff")
    async with serve(desk.app) as address, listening(address, desk.token) as socket:
        saved = await change(api, "deactivateUser", "... on UserSaved { user { active } }", id=staff["id"], version=staff["version"])
        assert saved["user"]["active"] is False
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), 10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401
    await desk.close()


async def test_one_statement_for_all_users_of_a_page(api: Api, database: Database, settings: Settings) -> None:
    for name in ("one", "two", "three"):
        await make_user(database, name)
        await sign_in(database, settings, name)
    await api.login("admin")
    names = "{ users { edges { node { username sessions { id } } } } }"
    edges = (await api.execute(names))["users"]["edges"]
    counts = {edge["node"]["username"]: len(edge["node"]["sessions"]) for edge in edges}
    assert counts == {"admin": 1, "staff": 0, "newcomer": 0, "one": 1, "two": 1, "three": 1}
