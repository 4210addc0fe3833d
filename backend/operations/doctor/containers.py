"""The containers, as `docker compose ps --all --format json` lists them: one object a line, or one array from an older Compose."""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from backend.operations.doctor.lines import Line, Topic, counted, listed

LASTING = ("api", "worker", "scheduler", "caddy")
ONCE = ("secrets", "bootstrap")

CONTAINERS = Topic(
    "containers",
    "every service of the compose file, where the list of containers was given: running, healthy, the one-shots ended well",
    "one is still starting, or was started again by itself a moment ago",
    "one is missing, stopped, restarting again and again, or unhealthy; a one-shot failed",
    "Look into its log (`just logs`), put that right, and start it with `just up`.",
)


@dataclass(frozen=True, slots=True)
class Container:
    """One container of a service. ``state`` and ``health`` in Docker's words; ``code`` is what an ended one ended with.

    ``restarted``: it runs for less than a minute and was made long before.
    """

    service: str
    state: str
    health: str
    code: int
    restarted: bool

    @classmethod
    def of(cls, entry: dict[str, Any]) -> Self:
        """A container from what Compose prints of it; old versions write “Up 2 minutes (healthy)” or “exited (1)” and little else."""
        state, status = str(entry.get("State") or "").lower(), str(entry.get("Status") or "")
        health = str(entry.get("Health") or "").lower()
        if not health and (said := re.search(r"\((healthy|unhealthy|health: starting)\)", status)):
            health = said[1].removeprefix("health: ")
        ended = re.search(r"exited \((\d+)\)", f"{status} {state}".lower())
        made = str(entry.get("RunningFor") or "")
        return cls(
            service=str(entry.get("Service") or entry.get("Name") or "?"),
            state=state.partition(" ")[0] or ("running" if status.startswith("Up") else status.partition(" ")[0].lower()),
            health=health,
            code=int(entry.get("ExitCode") or (ended[1] if ended else 0)),
            restarted=bool(re.match(r"Up .*second", status)) and bool(made) and not re.search("second|minute", made),
        )


@dataclass(frozen=True, slots=True)
class Containers:
    """All of them; ``problem`` is a sentence when the list could not be read."""

    found: tuple[Container, ...] = ()
    problem: str = ""

    @classmethod
    def read(cls, path: Path) -> Self:
        """From a file, or from standard input for ``-``."""
        try:
            text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
            return cls(tuple(_parse(text)))
        except (OSError, UnicodeDecodeError) as error:
            return cls(problem=f"The list of the containers can't be read ({type(error).__name__}).")
        except (ValueError, TypeError, AttributeError):
            return cls(problem="The list of the containers is not what `docker compose ps --all --format json` prints.")


def _parse(text: str) -> list[Container]:
    text = text.strip()
    entries = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines() if line.strip()]
    return [Container.of(entry) for entry in entries]


def judge(containers: Containers, database_host: str, redis_host: str) -> list[Line]:
    """One line for each service that is not as it should be, or one for all. A server elsewhere needs no container."""
    if containers.problem:
        return [CONTAINERS.bad(containers.problem, "Run it as `just doctor`, which hands the list over.")]
    if not containers.found:
        return [CONTAINERS.bad("There is not a single container of this project.", "Make and start them with `just bootstrap`.")]
    wanted = [*ONCE, *(name for name, host in (("postgres", database_host), ("redis", redis_host)) if host == name), *LASTING]
    of = {service: [one for one in containers.found if one.service == service] for service in wanted}
    lines = [line for service in wanted for line in _judge(service, of[service])]
    lasting = [one for service in wanted if service not in ONCE for one in of[service]]
    again = sorted({one.service for one in lasting if one.restarted})
    if again and not all(one.restarted for one in lasting):
        say = f"{listed(again)} {'was' if len(again) == 1 else 'were'} started again less than a minute ago, and the others were not."
        lines.append(CONTAINERS.doubtful(say, "If nobody did that, look into the log for why it ended (`just logs`)."))
    if lines:
        return lines
    running = sum(one.state == "running" for one in containers.found)
    return [CONTAINERS.good(f"All {counted(len(wanted), 'service')} are as they should be.", services=len(wanted), running=running)]


def _judge(service: str, ones: list[Container]) -> list[Line]:
    if not ones:
        return [CONTAINERS.bad(f"The service {service} has no container.", "Make it with `just up`.")]
    return [line for one in ones for line in (_once(one) if service in ONCE else _lasting(one))]


def _once(one: Container) -> list[Line]:
    if one.state == "running":
        return [CONTAINERS.doubtful(f"The one-shot {one.service} is still at work.", "Wait for its end and run this again.")]
    if one.state == "exited" and one.code == 0:
        return []
    advice = "Run `just bootstrap`: it says what is wrong and what to do." if one.service == "bootstrap" else ""
    return [CONTAINERS.bad(f"The one-shot {one.service} {_how(one)}.", advice)]


def _lasting(one: Container) -> list[Line]:
    if one.state != "running":
        return [CONTAINERS.bad(f"The service {one.service} {_how(one)}.")]
    if one.health == "unhealthy":
        return [CONTAINERS.bad(f"The service {one.service} is running but unhealthy.")]
    if one.health == "starting":
        return [CONTAINERS.doubtful(f"The service {one.service} is still starting.", "Wait half a minute and run this again.")]
    return []


def _how(one: Container) -> str:
    return f"ended with code {one.code}" if one.state == "exited" else f"is {one.state or 'in an unknown state'}"
