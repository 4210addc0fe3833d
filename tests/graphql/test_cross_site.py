"""What another site could make a browser send, with the cookies: none of it changes anything."""

from itertools import product
from typing import Any

import httpx
from sqlalchemy import text

from tests.client import Api
from tests.server import serve

METHODS = ("POST", "GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
TYPES = (
    "application/json",
    "application/json; charset=utf-8",
    "application/json; charset=utf-16",
    "text/plain",
    "text/plain; application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/graphql",
    None,
)
OWN = "own"
ORIGINS = (None, OWN, "https://elsewhere.example", "null", "http://127.0.0.1.elsewhere.example", "http://127.0.0.1:1", "")
SITES = (None, "same-origin", "none", "same-site", "cross-site")
# What acts on a cookie alone: the refresh rotates a token, the logout ends a session.
ACTS = ("mutation { refreshSession { __typename } }", "mutation { logout { ok } }")


def honest(method: str, kind: str | None, origin: str | None, site: str | None) -> bool:
    """One of our pages, or a program, with JSON."""
    return (
        method == "POST"
        and kind in {"application/json", "application/json; charset=utf-8"}
        and origin in {None, OWN}
        and site in {None, "same-origin", "none"}
    )


async def state(api: Api) -> list[Any]:
    async with api.database.reading() as reader:
        used = await reader.rows(text("SELECT token_hash, used_at FROM refresh_tokens ORDER BY created_at, token_hash"))
        going_on = await reader.rows(text("SELECT id, ended_at, last_used_at FROM sessions ORDER BY id"))
    return [tuple(row) for row in (*used, *going_on)]


async def test_no_other_site_can_act_with_the_cookies(api: Api) -> None:
    await api.login("staff")
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in api.http.cookies.jar)
    assert cookies
    before = await state(api)
    async with serve(api.app) as address, httpx.AsyncClient(base_url=f"http://{address}") as browser:

        async def send(act: str, method: str, kind: str | None, origin: str | None, site: str | None) -> httpx.Response:
            headers = {"Cookie": cookies, "Content-Type": kind, "Origin": f"http://{address}" if origin == OWN else origin}
            given = {name: value for name, value in (headers | {"Sec-Fetch-Site": site}).items() if value is not None}
            bodies = {"application/x-www-form-urlencoded": str(httpx.QueryParams({"query": act})), "application/graphql": act}
            body = bodies.get(kind or "", f'{{"query": "{act}"}}')
            return await browser.request(method, "/graphql", content=body, headers=given, params={"query": act})

        let_in = []
        # Another method is refused before anything else is looked at, so there our own origin is the worst case.
        others = product(METHODS[1:], TYPES, (None, OWN), (None, "same-origin"))
        for combination in (*product(METHODS[:1], TYPES, ORIGINS, SITES), *others):
            if not honest(*combination):
                for act in ACTS:
                    answer = await send(act, *combination)
                    if answer.status_code not in {403, 405, 415}:
                        let_in.append((*combination, answer.status_code))
        assert let_in == []
        assert await state(api) == before
        # The same requests from one of our own pages do act.
        rotated = await send(ACTS[0], "POST", "application/json", OWN, "same-origin")
        assert rotated.json()["data"]["refreshSession"]["__typename"] == "SessionStarted"
        assert await state(api) != before


async def test_no_answer_lets_another_site_read(api: Api) -> None:
    """No answer, a preflight's least of all, names a site that may read it."""
    preflight = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    for method, headers in (("OPTIONS", preflight), ("POST", {"Origin": "https://elsewhere.example"}), ("POST", {})):
        answer = await api.http.request(method, "/graphql", json={"query": "{ centre { name } }"}, headers=headers)
        assert not [name for name in answer.headers if name.startswith("access-control-")]
