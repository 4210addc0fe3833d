"""The last step: signing in as a browser would, over HTTP, at the real endpoint of an API that runs for this moment."""

import asyncio
import hashlib
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn

from backend.config import Settings

SECONDS_TO_START = 30


@dataclass(frozen=True, slots=True)
class LoginCheck:
    """``ok``: the endpoint did what it must. ``tried`` says whether the admin's password was used; ``detail`` is a sentence."""

    ok: bool
    tried: bool
    detail: str


Api = Callable[[Settings], tuple[Any, str]]
"""Makes the ASGI app for the settings, and gives the text of a login mutation that it trusts."""


async def check(settings: Settings, app: Any, document: str, who: str, password: str | None) -> LoginCheck:
    """Sign in and out again; without a password, see that a wrong one is refused. ``who`` is an email or a username."""
    tried = password is not None
    given = (who, password) if password is not None else (f"nobody-{secrets.token_hex(4)}", secrets.token_urlsafe(16))
    # Straight to our own port, whatever proxy the environment names.
    async with (
        _serving(app) as address,
        httpx.AsyncClient(base_url=address, timeout=30, trust_env=False, headers={"Origin": settings.origin}) as client,
    ):
        return await _sign_in(client, document, given, tried=tried)


async def _sign_in(client: httpx.AsyncClient, document: str, given: tuple[str, str], *, tried: bool) -> LoginCheck:
    body = {
        "documentId": f"sha256:{hashlib.sha256(document.encode()).hexdigest()}",
        "variables": {"input": {"identifier": given[0], "password": given[1]}},
    }
    try:
        response = await client.post("/graphql", json=body)
        answer: dict[str, Any] = response.json()
    except (httpx.HTTPError, ValueError) as error:
        return LoginCheck(ok=False, tried=tried, detail=f"/graphql did not answer as it should ({type(error).__name__}).")
    result = (answer.get("data") or {}).get("login") or {}
    kind = result.get("__typename")
    if not tried:
        refused = kind == "LoginRefused"
        detail = "The login page answers; the admin's password is not known here, so it was not tried." if refused else _unexpected(answer)
        return LoginCheck(ok=refused, tried=False, detail=detail)
    if kind == "SecondFactorNeeded":
        return LoginCheck(ok=True, tried=True, detail="The admin's password is right; the second factor was not tried.")
    if kind != "SessionStarted":
        return LoginCheck(ok=False, tried=True, detail=result.get("message") or _unexpected(answer))
    with suppress(httpx.HTTPError):
        token = {"Authorization": f"Bearer {result.get('accessToken')}"}
        await client.post("/graphql", json={"query": "mutation { logout { ok } }"}, headers=token)
    return LoginCheck(ok=True, tried=True, detail="Signed in and out again at /graphql.")


def _unexpected(answer: dict[str, Any]) -> str:
    said = [error.get("message", "") for error in answer.get("errors") or []]
    return f"/graphql answered: {said[0]}" if said else "/graphql gave an answer that it should not give."


@asynccontextmanager
async def _serving(app: Any) -> AsyncIterator[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, server_header=False, lifespan="on"))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            async with asyncio.timeout(SECONDS_TO_START):
                while not server.started and not task.done():  # noqa: ASYNC110 (uvicorn has a flag, not an event)
                    await asyncio.sleep(0.01)
            if not server.started:
                raise RuntimeError("the API did not start")
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await asyncio.wait({task}, timeout=10)
            task.cancel()
