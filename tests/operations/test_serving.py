"""How the API is served."""

import re
from pathlib import Path

from backend.operations import serving


def test_the_api_keeps_idle_connections_longer_than_caddy(repository: Path) -> None:
    """The other way round Caddy sends a request now and then over a connection that is just being closed, and answers 502."""
    command = serving.command({})
    api = int(command[command.index("--timeout-keep-alive") + 1])
    caddy = re.findall(r"^\s*keepalive (\d+)s$", (repository / "deploy" / "Caddyfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert caddy
    assert api > max(map(int, caddy))
