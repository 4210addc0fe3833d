"""How uvicorn serves the API: the same on a laptop and in a container, but for where it listens and whom it believes."""

import os
import sys
from collections.abc import Mapping

LOCAL = "127.0.0.1"


def command(environment: Mapping[str, str]) -> list[str]:
    """The command line of the API. API_BIND (127.0.0.1), API_PORT (8000) and API_PROXY, the proxy's name, say how."""
    proxy = environment.get("API_PROXY", "")
    # By name it is for `backend.operations.proxied` to find out who that is.
    factory = "backend.behind_proxy:create_app" if proxy else "backend.app:create_app"
    believes = ["--no-proxy-headers"] if proxy else ["--proxy-headers", "--forwarded-allow-ips", LOCAL]
    return [
        sys.executable, "-m", "uvicorn", factory, "--factory",
        "--host", environment.get("API_BIND") or LOCAL, "--port", environment.get("API_PORT") or "8000",
        "--no-access-log", "--no-server-header", "--no-date-header", *believes,
        # Longer than Caddy keeps an idle connection (60 s), or a request now and then meets one that is just being closed: a 502.
        "--timeout-keep-alive", "75",
        "--ws-max-size", "65536", "--timeout-graceful-shutdown", "6", "--log-level", "warning",
    ]  # fmt: skip


def run() -> None:
    """Become the API."""
    # One process, whatever uvicorn's own variable says: a second one would double the memory that a NAS hasn't got.
    environment = os.environ | {"WEB_CONCURRENCY": "1"}
    arguments = command(environment)
    os.execve(arguments[0], arguments, environment)  # noqa: S606
