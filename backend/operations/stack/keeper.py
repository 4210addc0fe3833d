"""Keeps PostgreSQL and Valkey running for as long as some command uses them: `python -m …stack.keeper DATA_DIR VARIABLE …`

Each user holds a shared lock on one file; the kernel lets go of it however the user ends. Once this process gets the exclusive
lock, nobody is left, and it stops the servers. So commands may come and go in any order, and a kill -9 leaves nothing behind.
"""

import contextlib
import json
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from backend.operations.stack.embedded import EmbeddedPostgres, EmbeddedValkey
from backend.operations.stack.errors import StackError
from backend.operations.stack.files import take_lock, write_private
from backend.operations.stack.service import EmbeddedService

URLS = {"DATABASE_URL": EmbeddedPostgres, "REDIS_URL": EmbeddedValkey}
GLANCE = 0.2
PATIENCE = 5.0


class Told(BaseException):
    """Somebody asked this process to end."""


def told(_signal: int, _frame: FrameType | None) -> None:
    """End in an orderly way."""
    raise Told


def keep(services: list[EmbeddedService], users: Path) -> None:
    """Watch until nobody uses the services; start one that crashed again, on its port."""
    failed_at = 0.0
    while (alone := take_lock(users, wait=False)) is None:
        for service in services:
            ended = service.process is not None and service.process.poll() is not None
            if (ended or service.process is None) and time.monotonic() - failed_at > PATIENCE:
                report(f"{service.name} has ended by itself; starting it again")
                service.stop()
                try:
                    service.start()
                except StackError as error:
                    failed_at = time.monotonic()
                    report(str(error))
        time.sleep(GLANCE)
    # Held until the servers are down: a newcomer waits, then starts a keeper of its own.
    stop_all(services)
    alone.close()


def report(text: str) -> None:
    """A line for the log, which whoever runs the stack shows."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def stop_all(services: list[EmbeddedService]) -> None:
    """In the reverse order of their start."""
    for service in reversed(services):
        service.stop()


def main(arguments: list[str]) -> None:
    """Start the services named by their variable, print one line of JSON, keep them."""
    data_dir = Path(arguments[0])
    folder = data_dir / "run"
    mine = take_lock(folder / "keeper.lock", wait=False)
    if mine is None:
        answer({"error": "another keeper runs already"})
        return
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, told)
    (folder / "services.json").unlink(missing_ok=True)
    services: list[EmbeddedService] = []
    try:
        for name in arguments[1:]:
            services.append(URLS[name](data_dir))
            services[-1].start()
        urls = dict(zip(arguments[1:], (service.url for service in services), strict=True))
        write_private(folder / "services.json", json.dumps({"pid": os.getpid(), "urls": urls}))
        answer({"urls": urls})
        keep(services, folder / "users.lock")
    except StackError as error:
        answer({"error": str(error)})
    except Told:
        pass
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        stop_all(services)


def answer(message: dict[str, object]) -> None:
    """Tell the command that started this one, once; what is printed later has no reader."""
    # Whoever asked may be gone already; others may have come.
    with contextlib.suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), json.dumps(message).encode() + b"\n")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


if __name__ == "__main__":
    main(sys.argv[1:])
