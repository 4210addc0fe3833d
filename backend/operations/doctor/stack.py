"""The processes of this machine's own stack, as far as its notes and /proc tell; nothing is started or locked."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from backend.operations.doctor.lines import Line, Topic, listed
from backend.operations.stack.leftovers import born
from backend.operations.stack.processes import is_running

PROGRAMS = ("api", "worker", "scheduler", "caddy")
OURS = "backend.operations.stack"
COMMAND_LINE = "backend.cli"

STACK = Topic(
    "stack",
    "the processes of the embedded stack: its supervisor, the keeper of the database, API, worker, scheduler, Caddy",
    "it is not known where the services run",
    "it is not running, or one of its processes is missing",
    "Start it with `just up`; if it runs, look into the log of the process that is missing (`just logs`).",
)


@dataclass(frozen=True, slots=True)
class Stack:
    """``running`` are the programs that are alive; ``urls`` are the embedded servers' addresses, while their keeper is alive."""

    data_dir: Path = Path(".data")
    noted: bool = False
    supervisor: bool = False
    keeper: bool = False
    running: tuple[str, ...] = ()
    urls: dict[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def look(cls, data_dir: Path) -> Self:
        """The stack whose data are in the folder."""
        folder = data_dir / "run"
        supervisor, keeper = _read(folder / "stack.json"), _read(folder / "services.json")
        kept = _is_ours(keeper.get("pid"))
        urls = keeper.get("urls")
        return cls(
            data_dir=data_dir,
            noted=bool(supervisor),
            supervisor=_is_ours(supervisor.get("pid")),
            keeper=kept,
            running=_running(_read(folder / "children.json")),
            urls={str(name): str(url) for name, url in urls.items()} if kept and isinstance(urls, dict) else {},
        )

    @property
    def missing(self) -> list[str]:
        """The programs that should run and don't."""
        return [name for name in PROGRAMS if name not in self.running]


def judge(stack: Stack, embedded: list[str], *, inside: bool) -> Line:
    """The line about the stack where no list of containers was given."""
    if stack.supervisor:
        missing = [*stack.missing, *(["the keeper of the database"] if embedded and not stack.keeper else [])]
        if missing:
            say = f"The stack is running, but {listed(missing)} {'is' if len(missing) == 1 else 'are'} not."
            return STACK.bad(say, f"It is started again by itself; if that fails, its log in {stack.data_dir / 'logs'} says why.")
        return STACK.good(f"The stack is running, with {listed(list(stack.running))}.", processes=len(stack.running))
    if inside:
        return STACK.doubtful("This runs in a container, and no list of the containers was given.", "Run it as `just doctor`.")
    if not embedded and not stack.noted:
        return STACK.doubtful(
            "DATABASE_URL and REDIS_URL name servers elsewhere, and no stack runs from here; what they serve is looked at below.",
            "If API, worker and Caddy should run on this machine, start them with `just up`.",
        )
    return STACK.bad(f"The stack is not running (its data are in {stack.data_dir}).", "Start it with `just up`.")


def _running(noted: dict[str, Any]) -> tuple[str, ...]:
    alive = [int(pid) for pid, birth in noted.items() if pid.isdigit() and birth and born(int(pid)) == birth and is_running(int(pid))]
    found = {_program(_command_of(pid)) for pid in alive}
    return tuple(name for name in PROGRAMS if name in found)


def _program(command: list[str]) -> str:
    """Which program of the stack a command line is; "" for none."""
    if COMMAND_LINE in command[:-1]:
        return command[command.index(COMMAND_LINE) + 1]
    # Folders may be called anything, so only the programs' own names count.
    names = [argument.rpartition("/")[2] for argument in command]
    return "api" if "uvicorn" in names else "caddy" if {"caddy", "front-door.sh"} & set(names) else ""


def _is_ours(pid: object) -> bool:
    if not isinstance(pid, int) or pid <= 0 or not is_running(pid):
        return False
    command = _command_of(pid)
    return not command or any(argument.startswith(OURS) for argument in command)


def _command_of(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").rstrip("\0").split("\0")
    except OSError:
        return []


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
