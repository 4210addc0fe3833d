"""Errors in the logs since the start: counted by what they are. Nothing of their texts is shown but our own words."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from backend.operations.doctor.case import Case, in_thread
from backend.operations.doctor.lines import Line, Numbers, Topic, counted, listed

NEWEST = 3
# From the end of each file: more than that is not a log to read but a fault of its own.
MOST_BYTES = 8_000_000
PREFIX = re.compile(r"^(?:krc-)?([A-Za-z0-9][A-Za-z0-9_.-]*?)(?:-\d+)?\s*\| ?")
TIMESTAMP = re.compile(r"^\d{4}-\d\d-\d\dT[\d:.]+Z ")
ERROR_LEVELS = {"error", "critical", "fatal", "panic"}
GRAVE_LEVELS = {"critical", "fatal", "panic"}
# It calls a connection that was lost critical, and goes on by itself.
LOUD = "dramatiq."
# Our own events are words like `job.dead`; a library's may quote anything, so its logger stands for it.
EVENT = re.compile(r"[a-z][a-z_.]*(?: [a-z]+){0,4}")
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
POSTGRES = re.compile(r"\b(PANIC|FATAL):  (.*)")
# What PostgreSQL calls fatal is often just the end of one connection.
HARMLESS = (
    "the database system is", "terminating connection", "terminating background worker", "connection to client lost", "canceling",
    "password auth", "no pg_hba.conf entry", "database \"", "role \"", "sorry, too many clients", "remaining connection slots",
    "unsupported frontend protocol", "invalid length of startup packet",
)  # fmt: skip
PLAIN = re.compile(r"^(ERROR|CRITICAL):\s")
NO_SPACE = "No space left on device"
TRACEBACK = "Traceback (most recent call last):"
LAST_OF_TRACEBACK = re.compile(r"^([A-Za-z_][\w.]*)(?::|$)")

LOGS = Topic(
    "logs",
    "errors in the logs of all services since their start",
    "there are some",
    "a service gave up (level critical, PostgreSQL's PANIC), or a disk was full",
    "Look for the request id or the event in the logs (`just logs`); it is never a client's data that stands there.",
)


@dataclass
class Found:
    """What was counted. ``newest`` are the last few, oldest first."""

    files: int = 0
    lines: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    grave: int = 0
    newest: deque[str] = field(default_factory=lambda: deque(maxlen=NEWEST))

    def add(self, service: str, what: str, *, grave: bool = False) -> None:
        """Count one."""
        self.errors[service] += 1
        self.grave += grave
        self.newest.append(f"{service}: {what}")


async def logs(case: Case) -> Sequence[Line]:
    """Those of a file that was given, else those of the data folder."""
    if case.logs is not None:
        try:
            return [judge(await in_thread(lambda: read_all([case.logs] if case.logs else [], mixed=True)))]
        except OSError as error:
            return [LOGS.doubtful(f"The file of the logs can't be read ({type(error).__name__}).", "Run it as `just doctor`.")]
    folder = case.stack.data_dir / "logs"
    found = await in_thread(lambda: read_all(sorted(folder.glob("*.log"))))
    return [judge(found)] if found.files else [LOGS.good("There are no logs yet.", files=0)]


def judge(found: Found) -> Line:
    """How many, where, and the newest."""
    numbers: Numbers = {"files": found.files, "lines": found.lines, "errors": found.errors.total(), "grave": found.grave}
    if not found.errors:
        return LOGS.good(f"No errors in {counted(found.lines, 'line')} of the logs.", **numbers)
    where = listed([f"{count} in {service}" for service, count in found.errors.most_common()])
    say = f"{counted(found.errors.total(), 'error')} in the logs ({where}); the newest: {'; '.join(found.newest)}."
    return (LOGS.bad if found.grave else LOGS.doubtful)(say, **numbers)


def read_all(paths: Sequence[Path], *, mixed: bool = False) -> Found:
    """Read the files. Blocking. ``mixed``: each line begins with the name of its service, as Compose prints it."""
    found = Found()
    for path in paths:
        found.files += 1
        _read(_lines(path), path.stem, found, mixed=mixed)
    return found


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - MOST_BYTES))
        for line in file:
            yield line.decode("utf-8", "replace").rstrip("\r\n")


def _read(lines: Iterator[str], name: str, found: Found, *, mixed: bool) -> None:
    # Services take turns in a mixed file, so each has its own open stack trace.
    tracing: set[str] = set()
    for raw in lines:
        found.lines += 1
        prefix = PREFIX.match(raw) if mixed else None
        service, line = (prefix[1], TIMESTAMP.sub("", raw[prefix.end() :])) if prefix else (name, raw)
        if line.startswith(TRACEBACK):
            tracing.add(service)
        elif service not in tracing:
            _look_at(line, service, found)
        elif line and not line.startswith((" ", "\t")):
            # The first line that isn't indented names the error.
            tracing.discard(service)
            last = LAST_OF_TRACEBACK.match(line)
            found.add(service, f"{last[1].rpartition('.')[2]} (a stack trace)" if last else "a stack trace")


def _look_at(line: str, service: str, found: Found) -> None:
    if line.startswith("{"):
        try:
            entry = json.loads(line)
        except ValueError:
            return
        level = str(entry.get("level", "")).lower() if isinstance(entry, dict) else ""
        if level in ERROR_LEVELS:
            found.add(service, _event(entry), grave=level in GRAVE_LEVELS and not str(entry.get("logger", "")).startswith(LOUD))
        return
    if (plain := PLAIN.match(line)) is not None:
        found.add(service, "an error", grave=plain[1] == "CRITICAL")
    elif NO_SPACE in line:
        found.add(service, "the disk was full", grave=True)
    elif (said := POSTGRES.search(line)) and (said[1] == "PANIC" or not said[2].startswith(HARMLESS)):
        found.add(service, f"{said[1]} of PostgreSQL", grave=said[1] == "PANIC")


def _event(entry: dict[str, Any]) -> str:
    logger, event = str(entry.get("logger", "")), str(entry.get("event", ""))
    what = event if logger.startswith("backend.") and EVENT.fullmatch(event) else logger or "an error"
    kind = entry.get("error") or entry.get("kind")
    if isinstance(kind, str) and re.fullmatch(r"[A-Za-z]\w*(?: [0-9A-Z]{5})?", kind):
        what += f" {kind}"
    request = entry.get("request_id")
    return f"{what} (request {request})" if isinstance(request, str) and REQUEST_ID.fullmatch(request) else what
