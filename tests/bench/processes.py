"""What the processes themselves cost: the API's start, the memory of the idle stack, and the pauses of the event loop."""

import json
import os
import signal
import time
from pathlib import Path
from statistics import median

from backend.graphql.documents import LOGIN
from backend.operations.stack.programs import SPA
from tests.bench.databases import LOGINS, USER
from tests.bench.load import Loader, request
from tests.bench.place import Place
from tests.bench.report import Line, per_cent, spread
from tests.bench.sizes import Size
from tests.bench.throughput import good

MEGABYTE = 1_000_000
PROC = Path("/proc")
PING_EVERY = 0.002
START_GOAL, MEMORY_GOAL, LAG_GOAL = 1.5, 600, 5


def cold_start(place: Place, _loader: Loader, size: Size) -> list[Line]:
    """From starting the process to the first answer; with compiled files, and once as on a machine that has none."""
    place.stop_program("api")
    seconds = []
    for _ in range(size.cold_starts):
        seconds.append(place.start_api())
        place.stop_program("api")
    lines = [
        Line("cold start of the API", spread(seconds, "s", 2), "", "", f"≤ {START_GOAL} s", median(seconds) <= START_GOAL, {"s": seconds})
    ]
    # A prefix without files: nothing compiled is found, and nothing is kept.
    first = place.start_api(PYTHONPYCACHEPREFIX=str(place.folder / "nothing-compiled"), PYTHONDONTWRITEBYTECODE="1")
    place.stop_program("api")
    lines.append(Line("cold start of the API without .pyc", spread([first], "s", 2), samples={"s": [first]}))
    place.start_api()
    return lines


def memory(place: Place, _loader: Loader, size: Size) -> list[Line]:
    """The idle stack after a fresh start. PSS shares out what processes have in common, so it adds up; RSS counts that each time."""
    if not (PROC / "self" / "smaps_rollup").exists():
        return []
    place.stop_program("api")
    # What the check-ins left to do would keep the worker busy.
    place.ask(lambda connection: connection.execute("DELETE FROM outbox"))
    place.start_api()
    place.sign_in()
    others = ["worker", "scheduler", *(["caddy"] if SPA.exists() else [])]
    for name in others:
        place.start_program(name)
    time.sleep(size.settle)
    pids = {name: process.pid for name, process in place.running.items() if process.poll() is None}
    pids |= {"valkey": place.valkey.process.pid} if place.valkey.process else {}
    pids |= {"postgres": place.postgres.process.pid} if place.postgres and place.postgres.process else {}
    lines, whole = [], 0.0
    for name in ("api", "worker", "scheduler", "postgres", "valkey", "caddy"):
        if name in pids:
            pss, rss = memory_of(pids[name])
            whole += pss
            lines.append(Line(f"memory, idle: {name}", f"{pss:.0f} MB PSS, {rss:.0f} MB RSS", samples={"pss": [pss], "rss": [rss]}))
        else:
            lines.append(Line(f"memory, idle: {name}", "not running here"))
    reached = whole <= MEMORY_GOAL if len(pids) == 6 else None
    lines.append(Line("memory, idle: the whole stack", f"{whole:.0f} MB PSS", "", "", f"≤ {MEMORY_GOAL} MB", reached, {"pss": [whole]}))
    for name in others:
        place.stop_program(name)
    return lines


def memory_of(pid: int) -> tuple[float, float]:
    """PSS and RSS in megabytes of a process and all that it started."""
    pss = rss = 0.0
    for one in _family(pid):
        try:
            text = (PROC / str(one) / "smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 / MEGABYTE for line in text.splitlines()[1:]}
        pss, rss = pss + sizes["Pss"], rss + sizes["Rss"]
    return pss, rss


def _family(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                # The name in brackets may hold anything; the parent is the second field after it.
                parent = int((entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def loop_lag(place: Place, loader: Loader, size: Size) -> list[Line]:
    """How long a tiny request waits while twenty people sign in at once, and while nobody does."""
    ping = request("/api/v1/healthz")

    def logins() -> list[bytes]:
        people = [{"input": {"identifier": f"{USER}{number + 1}", "password": place.password}} for number in range(LOGINS)]
        return [request("/graphql", json.dumps({"query": LOGIN, "variables": one}).encode()) for one in people]

    quiet, busy = [], []
    for _ in range(size.rounds):
        calm, _nothing = loader.pings_during(place.api_port, ping, [], b"", PING_EVERY)
        lags, answers = loader.pings_during(place.api_port, ping, logins(), b'"SessionStarted"', PING_EVERY)
        good(answers)
        quiet.append(per_cent(good(calm).latencies, 99) * 1000)
        busy.append(per_cent(good(lags).latencies, 99) * 1000)
    samples = {"during logins": busy, "quiet": quiet}
    what = f"wait of a ping, p99, during {LOGINS} logins (baseline: none)"
    return [Line(what, spread(busy, "ms", 1), spread(quiet, "ms", 1), "", f"≤ {LAG_GOAL} ms", median(busy) <= LAG_GOAL, samples)]


def end_on_term() -> None:
    """Make TERM an ordinary end, so that the servers are stopped and the folder removed."""

    def ended(_number: int, _frame: object) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    if os.name == "posix":
        signal.signal(signal.SIGTERM, ended)
