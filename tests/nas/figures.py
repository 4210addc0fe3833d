"""What the stack needs when nobody uses it."""

import time
from pathlib import Path

from tests.nas.nas import LONG_RUNNING, Nas
from tests.nas.steps import Steps, expect

MOST_MEGABYTES = 600
SETTLE_SECONDS = 20


def measure(nas: Nas, steps: Steps) -> None:
    """Idle memory of each container: what it can't give back at once."""
    with steps.step(f"idle, all containers together need at most {MOST_MEGABYTES} MB"):
        time.sleep(SETTLE_SECONDS)
        total = 0.0
        for service in LONG_RUNNING:
            used = _megabytes(nas.inspect(service)["State"]["Pid"])
            steps.figures[f"idle memory of {service}, MB"] = round(used, 1)
            total += used
        steps.figures["idle memory of all, MB"] = round(total, 1)
        expect(total <= MOST_MEGABYTES, f"they need {total:.0f} MB")


def _megabytes(pid: int) -> float:
    """Memory of the process's control group without the file cache that nobody used lately, in MB (10⁶ bytes)."""
    mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    for line in Path(f"/proc/{pid}/cgroup").read_text(encoding="utf-8").splitlines():
        _number, controllers, group = line.split(":", 2)
        for _device, place, kind, options, *_ in mounts:
            if controllers == "memory" and kind == "cgroup" and "memory" in options.split(","):
                return _in_use(Path(place + group), "memory.usage_in_bytes", "total_inactive_file")
            if not controllers and kind == "cgroup2" and (Path(place + group) / "memory.current").exists():
                return _in_use(Path(place + group), "memory.current", "inactive_file")
    raise AssertionError(f"no memory figures for process {pid}")


def _in_use(group: Path, total: str, cache: str) -> float:
    statistics = dict(line.split() for line in (group / "memory.stat").read_text(encoding="utf-8").splitlines())
    return (int((group / total).read_text(encoding="utf-8")) - int(statistics[cache])) / 1e6
