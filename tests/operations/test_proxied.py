"""Who the client is, behind a proxy that is known by its name; and how uvicorn is told."""

import sys
from typing import Any

import pytest

from backend import behind_proxy
from backend.operations import proxied, serving
from backend.operations.proxied import AGAIN_AFTER_SECONDS, LASTS_SECONDS, Proxied, Scope, addresses_of

CADDY, NEIGHBOUR, CLIENT = "172.20.0.2", "172.20.0.9", "192.0.2.44"


class Stage:
    """An app that remembers what it was told, with a name service and a clock that the test moves."""

    def __init__(self) -> None:
        self.app = Proxied(self._inner, "caddy", lookup=self._look_up, clock=lambda: self.now)
        self.addresses = frozenset({CADDY})
        self.lookups: list[str] = []
        self.now = 1000.0
        self.heard: Scope = {}

    async def _inner(self, scope: Scope, _receive: Any, _send: Any) -> None:
        self.heard = scope

    async def _look_up(self, host: str) -> frozenset[str]:
        self.lookups.append(host)
        return self.addresses

    async def ask(self, peer: str | None, kind: str = "http", **headers: str) -> tuple[Any, str]:
        """What the app takes for the client and the scheme."""
        raw = [(name.replace("_", "-").lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
        plain = "http" if kind == "http" else "ws"
        scope: Scope = {"type": kind, "client": (peer, 4711) if peer else None, "scheme": plain, "headers": raw}
        await self.app(scope, None, None)
        return (self.heard["client"] or [None])[0], self.heard["scheme"]


FORWARDED = {"X_Forwarded_For": CLIENT, "X_Forwarded_Proto": "https"}


async def test_the_proxy_is_believed() -> None:
    stage = Stage()
    assert await stage.ask(CADDY, **FORWARDED) == (CLIENT, "https")
    assert await stage.ask(CADDY, "websocket", **FORWARDED) == (CLIENT, "wss")
    assert stage.lookups == ["caddy"]


async def test_nobody_else_is() -> None:
    stage = Stage()
    assert await stage.ask(NEIGHBOUR, **FORWARDED) == (NEIGHBOUR, "http")
    assert await stage.ask(None, **FORWARDED) == (None, "http")


@pytest.mark.parametrize("said", ["", "somebody", "192.0.2.44, 192.0.2.45", "192.0.2.44:80", "\xe9"])
async def test_what_is_no_address_counts_for_nothing(said: str) -> None:
    assert await Stage().ask(CADDY, X_Forwarded_For=said, X_Forwarded_Proto="gopher") == (CADDY, "http")


async def test_addresses_of_version_6_are_taken() -> None:
    assert await Stage().ask(CADDY, X_Forwarded_For="2001:db8::7") == ("2001:db8::7", "http")


async def test_a_proxy_that_moved_is_found_and_its_old_address_forgotten() -> None:
    stage = Stage()
    await stage.ask(CADDY, **FORWARDED)
    stage.addresses = frozenset({NEIGHBOUR})
    stage.now += AGAIN_AFTER_SECONDS
    assert await stage.ask(NEIGHBOUR, **FORWARDED) == (CLIENT, "https")
    assert await stage.ask(CADDY, **FORWARDED) == (CADDY, "http")


async def test_an_address_that_nobody_gave_up_is_asked_for_again_in_time() -> None:
    stage = Stage()
    await stage.ask(CADDY, **FORWARDED)
    stage.addresses = frozenset()
    stage.now += LASTS_SECONDS
    assert await stage.ask(CADDY, **FORWARDED) == (CADDY, "http")


async def test_strangers_do_not_make_it_ask_all_the_time() -> None:
    stage = Stage()
    for _ in range(50):
        await stage.ask(NEIGHBOUR, **FORWARDED)
    assert len(stage.lookups) == 1


async def test_other_messages_pass_as_they_are() -> None:
    stage = Stage()
    lifespan: Scope = {"type": "lifespan"}
    await stage.app(lifespan, None, None)
    assert stage.heard is lifespan


async def test_names_are_looked_up_and_unknown_ones_are_nobody() -> None:
    assert "127.0.0.1" in await addresses_of("localhost")
    assert await addresses_of("no-such-host.invalid") == frozenset()


def test_on_a_laptop_it_listens_to_this_machine_alone() -> None:
    command = serving.command({"API_PORT": "4711"})
    assert command[:3] == [sys.executable, "-m", "uvicorn"]
    assert command[command.index("--host") + 1] == "127.0.0.1"
    assert command[command.index("--port") + 1] == "4711"
    assert command[command.index("--forwarded-allow-ips") + 1] == "127.0.0.1"


def test_behind_a_named_proxy_uvicorn_itself_believes_nobody() -> None:
    command = serving.command({"API_BIND": "0.0.0.0", "API_PROXY": "caddy"})
    assert "--no-proxy-headers" in command
    assert "--forwarded-allow-ips" not in command
    assert command[command.index("--host") + 1] == "0.0.0.0"
    assert f"{behind_proxy.__name__}:{behind_proxy.create_app.__name__}" in command


def test_the_app_is_put_behind_the_proxy_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    async def inner(_scope: Scope, _receive: Any, _send: Any) -> None:
        raise AssertionError("nobody asks it here")

    monkeypatch.setattr("backend.app.create_app", lambda: inner)
    monkeypatch.setenv("API_PROXY", "front")
    app = behind_proxy.create_app()
    assert isinstance(app, proxied.Proxied)
    assert app._proxy == "front"
