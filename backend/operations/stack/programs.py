"""The programs of the stack: their commands and what their environment adds."""

import sys
from dataclasses import dataclass
from pathlib import Path

from backend.operations import serving
from backend.operations.stack.given import ROOT

SPA = ROOT / "frontend" / "dist"
CADDYFILE = ROOT / "deploy" / "Caddyfile"
FRONT_DOOR = ROOT / "deploy" / "front-door.sh"


# All that Caddy needs of the operator's environment: no secret is handed to the program that talks to the world.
CADDY_MAY_SEE = ("PATH", "HOME", "LANG", "TZ", "HTTP_BIND", "HTTP_PORT", "HTTPS_PORT", "HTTPS_HOSTS", "PUBLIC_URL", "API_PORT")


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
    # On a laptop Caddy is a process beside it, whatever is set for containers.
    api = serving.command({"API_PORT": environment["API_PORT"]})
    storage = str(data_dir / "caddy")
    for_caddy = {name: environment[name] for name in CADDY_MAY_SEE if name in environment}
    for_caddy |= {"SPA_DIR": str(SPA), "CADDY_STORAGE": storage, "XDG_DATA_HOME": storage, "XDG_CONFIG_HOME": storage}
    caddy = ["/bin/sh", str(FRONT_DOOR), program_path("caddy")]
    return [
        Program("api", api, environment, grace=7.5),
        Program("worker", command_line("worker"), environment, grace=3),
        Program("scheduler", command_line("scheduler"), environment, grace=2),
        Program("caddy", caddy, for_caddy, grace=3),
    ]
