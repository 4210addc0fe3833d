"""Who the client is, as the proxy in front says: believed from that proxy alone, which is known by its name.

uvicorn's own option takes addresses, and a container's address changes; a fixed one could collide with the networks of a NAS.
"""

import asyncio
import contextlib
import ipaddress
import socket
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
Lookup = Callable[[str], Awaitable[frozenset[str]]]

# How long an answer counts, and how soon an unknown peer may make us ask again.
LASTS_SECONDS = 30.0
AGAIN_AFTER_SECONDS = 1.0


async def addresses_of(host: str) -> frozenset[str]:
    """The addresses of a name; none while there is no such host."""
    with contextlib.suppress(OSError):
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
        return frozenset(str(address[0]) for *_, address in found)
    return frozenset()


class Proxied:
    """An ASGI app that takes the client's address and the scheme from X-Forwarded-For and -Proto where the peer is the proxy.

    The proxy replaces what a client claims, so that there is one address in the header; where it is none, the peer stays the client.
    """

    def __init__(self, app: App, proxy: str, *, lookup: Lookup = addresses_of, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._proxy = proxy
        self._lookup = lookup
        self._clock = clock
        self._known: frozenset[str] = frozenset()
        self._asked_at = float("-inf")
        self._asking = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Pass the request on, with what the proxy says about it."""
        if scope["type"] in {"http", "websocket"} and scope.get("client") and await self._is_proxy(scope["client"][0]):
            scope = self._as_forwarded(scope)
        await self._app(scope, receive, send)

    async def _is_proxy(self, peer: str) -> bool:
        if self._is_fresh(peer):
            return peer in self._known
        async with self._asking:
            if not self._is_fresh(peer):
                self._known = await self._lookup(self._proxy)
                self._asked_at = self._clock()
        return peer in self._known

    def _is_fresh(self, peer: str) -> bool:
        age = self._clock() - self._asked_at
        return age < (LASTS_SECONDS if peer in self._known else AGAIN_AFTER_SECONDS)

    @staticmethod
    def _as_forwarded(scope: Scope) -> Scope:
        said = {name: value.decode("latin-1").strip() for name, value in scope["headers"] if name.startswith(b"x-forwarded-")}
        changed = dict(scope)
        with contextlib.suppress(KeyError, ValueError):
            changed["client"] = (str(ipaddress.ip_address(said[b"x-forwarded-for"])), 0)
        scheme = said.get(b"x-forwarded-proto")
        if scheme in {"http", "https"}:
            changed["scheme"] = scheme if scope["type"] == "http" else scheme.replace("http", "ws")
        return changed
