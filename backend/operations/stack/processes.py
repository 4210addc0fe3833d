"""Starting and stopping programs so that none is left behind."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from backend.operations.stack.errors import StackError
from backend.operations.stack.files import disk_errors

LAUNCHER = Path(__file__).with_name("launch.py")
LOGS_KEPT = 5


def launch(
    command: Sequence[str | Path],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
    unprivileged: bool = False,
    stdin: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start the command in a session of its own, both outputs appended to `log`; it gets `death_signal` when this process dies.

    On Linux the signal comes when the *thread* that called this ends, so call it from one that lives as long as the process.
    `unprivileged` makes root look like an ordinary user to it.
    """
    mode = "UNPRIVILEGED" if unprivileged else "PLAIN"
    wrapper = [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid()), str(int(death_signal)), mode, "--"]
    with disk_errors(f"the log {log}"), log.open("ab") as output:
        return subprocess.Popen(
            [*wrapper, *map(str, command)], stdin=stdin, stdout=output, stderr=output, env=env, cwd=cwd, start_new_session=True
        )


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], seconds: float, name: str, log: Path) -> None:
    """Poll until the process is ready; raises StackError when it ends before, or after `seconds`."""
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            raise StackError(why_it_ended(name, log))
        if time.monotonic() > deadline:
            raise StackError(f"{name} was not ready within {seconds:.0f} s; its log is {log}.")
        time.sleep(0.02)


def why_it_ended(name: str, log: Path) -> str:
    """One sentence on a program that ended by itself, from the end of its log."""
    last = tail(log)
    if any("No space left on device" in line for line in last):
        return f"The disk is full, so {name} can't run. Free some space and start again; nothing was lost."
    complaints = [line for line in last if re.search("FATAL|PANIC|rror", line)]
    said = (complaints or last or [""])[-1]
    return f"{name} ended at once, saying “{said.strip()}”; its log is {log}." if said else f"{name} ended at once; its log is {log}."


def tail(log: Path, lines: int = 20, size: int = 16_384) -> list[str]:
    """The last lines of a log, however large it is."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - size))
            return file.read().decode("utf-8", "replace").splitlines()[-lines:]
    except FileNotFoundError:
        return []


def rotate(log: Path) -> None:
    """Begin a new log, keeping the last few as NAME.log.1 (the newest) to NAME.log.5."""
    for number in range(LOGS_KEPT, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        newer = log if number == 1 else log.with_name(f"{log.name}.{number - 1}")
        with contextlib.suppress(FileNotFoundError):
            newer.replace(older)


def stop(process: subprocess.Popen[bytes], signals: Sequence[signal.Signals], seconds: float) -> bool:
    """Send the signals one by one, each with `seconds` to work, at last SIGKILL to the group. Returns whether it went by itself."""
    for gentle in signals:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(gentle)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return True
    kill_group(process)
    return False


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it started, at once."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def is_running(pid: int) -> bool:
    """Whether a process of that id exists and isn't a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return True
