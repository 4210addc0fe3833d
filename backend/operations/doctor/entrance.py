"""A way in to the product from where the doctor stands."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

SECONDS = 2.5


@dataclass(frozen=True, slots=True)
class Door:
    """How programs on this side get in: plain, or over TLS; ``name`` is the one that the certificate must be for, where that is known."""

    host: str
    port: int
    tls: bool = False
    name: str = ""

    @property
    def url(self) -> str:
        """Scheme, host and port."""
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}"

    @property
    def extensions(self) -> dict[str, Any]:
        """What each request of `client` has to be told."""
        return {"sni_hostname": self.name} if self.tls and self.name else {}

    def context(self) -> ssl.SSLContext | None:
        """For our own Caddy a step away, whose certificate has a check of its own."""
        if not self.tls:
            return None
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context

    @asynccontextmanager
    async def client(self, origin: str, *, seconds: float = SECONDS) -> AsyncIterator[httpx.AsyncClient]:
        """Requests as a page of ours sends them, whatever proxy the environment names."""
        headers = {"Origin": origin} if origin else {}
        async with httpx.AsyncClient(
            base_url=self.url, timeout=seconds, trust_env=False, verify=self.context() or False, headers=headers
        ) as client:
            yield client
