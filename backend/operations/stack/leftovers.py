"""What a killed supervisor may have left running: where the system has no parent-death signal, or a program ignored it."""

import contextlib
import json
import os
import signal
import subprocess
import time
from pathlib import Path

from backend.operations.stack.files import write_private
from backend.operations.stack.processes import is_running

PATIENCE = 4.0


def remember(path: Path, pids: list[int]) -> None:
    """Note the processes, each with the moment of its birth, since ids are used again."""
    write_private(path, json.dumps({str(pid): born(pid) for pid in pids}))


def end_leftovers(path: Path) -> int:
    """End those of the noted processes that still run, with their groups; returns how many there were."""
    try:
        noted: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return 0
    births = {int(pid): birth for pid, birth in noted.items() if birth}
    leaders = [pid for pid, birth in births.items() if born(pid) == birth]
    for pid in leaders:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while any(is_running(pid) for pid in leaders) and time.monotonic() < deadline:
        time.sleep(0.05)
    left = _members_of(births)
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    path.unlink(missing_ok=True)
    return len({*leaders, *left})


def _members_of(births: dict[int, str]) -> list[int]:
    """Those processes and all that they started: a session keeps the id of who began it, even after that one's end."""
    found = [] if Path("/proc/self/stat").exists() else [pid for pid in births if is_running(pid)]
    for stat in Path("/proc").glob("[0-9]*/stat"):
        pid = int(stat.parent.name)
        with contextlib.suppress(OSError, ValueError):
            leader = os.getsid(pid)
            # An id that was given to somebody else since is not ours.
            if leader in births and born(leader) in ("", births[leader]) and int(born(pid)) >= int(births[leader]):
                found.append(pid)
    return found


def born(pid: int) -> str:
    """When the process began, in the system's own words; "" if there is none."""
    try:
        # The name, in brackets, may hold anything; the start time is the twentieth field after it.
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        if Path("/proc/self/stat").exists():
            return ""
        return subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout.strip()
