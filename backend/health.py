"""Whether a container's program lives: ``python -I -S backend/health.py api|worker|scheduler``; exit code 0 or 1, with a word.

Run every few seconds on a small machine, so it imports the standard library alone and nothing of this package.
"""

import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

SECONDS = 4.0
# As backend.jobs.health and backend.jobs.schedule have them.
WORKER_KEY = "krc:worker:heartbeat"
SCHEDULER_TOPIC = "scheduler.heartbeat"
SCHEDULER_SECONDS = 30
PSQL = "/usr/lib/postgresql/18/bin/psql"


class Silent(Exception):  # noqa: N818 (reads as the sentence it carries)
    """The program doesn't live, or nobody can tell."""


def api() -> None:
    """It answers, and its database is at head."""
    address = f"http://127.0.0.1:{os.environ.get('API_PORT') or '8000'}/api/v1/readyz"
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        if json.load(answer)["status"] != "ok":
            raise Silent("not ready")


def worker() -> None:
    """Its sign of life in Redis has not expired."""
    address = urlsplit(_secret("REDIS_URL"))
    commands = [("AUTH", address.password)] if address.password else []
    commands.append(("EXISTS", WORKER_KEY))
    with socket.create_connection((address.hostname, address.port or 6379), timeout=SECONDS) as connection:
        lines = connection.makefile("rwb")
        for words in commands:
            lines.write(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word.encode()) for word in words))
            lines.flush()
            said = lines.readline().decode("ascii", "replace").strip()
    if said != ":1":
        raise Silent(said or "Redis says nothing")


def scheduler() -> None:
    """Its sign of life in the database is young enough."""
    parts = urlsplit(_secret("DATABASE_URL"))
    given = {
        "PGHOST": parts.hostname, "PGPORT": str(parts.port or 5432), "PGUSER": parts.username, "PGPASSWORD": parts.password,
        "PGDATABASE": parts.path.strip("/"), "PGCONNECT_TIMEOUT": str(round(SECONDS)),
    }  # fmt: skip
    asked = (
        f"SELECT coalesce(max(last_at) > clock_timestamp() - make_interval(secs => {SCHEDULER_SECONDS}), false) "
        f"FROM schedules WHERE topic = '{SCHEDULER_TOPIC}'"
    )
    done = subprocess.run(  # noqa: S603 (our own program, and no shell)
        [PSQL, "-AtXq", "-c", asked], env={name: value for name, value in given.items() if value}, capture_output=True, text=True,
        timeout=SECONDS + 2, check=False,
    )  # fmt: skip
    if done.stdout.strip() != "t":
        raise Silent(done.stderr.strip() or "silent")


def _secret(name: str) -> str:
    if value := os.environ.get(name):
        return value
    return Path(os.environ[f"{name}_FILE"]).read_text(encoding="utf-8").strip()


def main() -> int:
    """Ask, and say it in one line."""
    try:
        {"api": api, "worker": worker, "scheduler": scheduler}[sys.argv[1]]()
    except (Silent, OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
        # A message of another program could hold the password that it was given; its kind is enough.
        sys.stdout.write(f"{error if isinstance(error, Silent) else type(error).__name__}\n")
        return 1
    sys.stdout.write("ok\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
