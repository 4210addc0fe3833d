"""The programs of the stack: their commands and what their environment adds."""

import sys
from dataclasses import dataclass
from pathlib import Path

from backend.operations.stack.given import ROOT

SPA = ROOT / "frontend" / "dist"
CADDYFILE = ROOT / "deploy" / "Caddyfile"


# All that Caddy needs of the operator's environment: no secret is handed to the program that talks to the world.
CADDY_MAY_SEE = ("PATH", "HOME", "LANG", "TZ", "HTTP_BIND", "HTTP_PORT", "API_PORT")


@dataclass(frozen=True)
class Program:
    """One long-running program and its whole environment. `grace`: seconds between TERM and KILL."""

    name: str
    command: list[str]
    environment: dict[str, str]
    grace: float


def program_path(name: str) -> str:
    """A program that came with a wheel, next to the Python that runs this; else the system's."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else name


def command_line(*arguments: str) -> list[str]:
    """The product's own command line."""
    return [sys.executable, "-m", "backend.cli", *arguments]


def programs(environment: dict[str, str], data_dir: Path) -> list[Program]:
    """Everything that runs beside the database, in the order of its start."""
    api_port = environment["API_PORT"]
    api = [
        sys.executable, "-m", "uvicorn", "backend.app:create_app", "--factory", "--host", "127.0.0.1", "--port", api_port,
        "--no-access-log", "--no-server-header", "--no-date-header", "--proxy-headers", "--forwarded-allow-ips", "127.0.0.1",
        "--ws-max-size", "65536", "--timeout-graceful-shutdown", "6", "--log-level", "warning",
    ]  # fmt: skip
    storage = str(data_dir / "caddy")
    for_caddy = {name: environment[name] for name in CADDY_MAY_SEE if name in environment}
    for_caddy |= {"SPA_DIR": str(SPA), "CADDY_STORAGE": storage, "XDG_DATA_HOME": storage, "XDG_CONFIG_HOME": storage}
    caddy = [program_path("caddy"), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    return [
        Program("api", api, environment, grace=7.5),
        Program("worker", command_line("worker"), environment, grace=3),
        Program("scheduler", command_line("scheduler"), environment, grace=2),
        Program("caddy", caddy, for_caddy, grace=3),
    ]
