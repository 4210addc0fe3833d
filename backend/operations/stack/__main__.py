"""`python -m backend.operations.stack demo|up|psql|with COMMAND …|check-migrations`: what the recipes of the justfile call."""

import ctypes
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from backend.config import SettingsError
from backend.operations.stack import StackError, run_stack, services
from backend.operations.stack.embedded import postgres_program
from backend.operations.stack.launch import PR_SET_PDEATHSIG
from backend.operations.stack.programs import program_path

USAGE = 2
# squawk's rules that are not ours, and why.
RULES_THAT_DO_NOT_FIT = {
    "prefer-text-field": "a length is a rule about the data, and making it longer rewrites nothing",
    "prefer-bigint-over-smallint": "an hour of the day stays below 24",
    "require-lock-timeout": "bootstrap migrates before anything else is connected",
    "require-statement-timeout": "for the same reason",
    "transaction-nesting": "the BEGIN and COMMIT are Alembic's own, one for each revision",
}


def end_with_parent() -> None:
    """Stop when the task runner that started this is killed, on systems that can tell."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)


def with_services(command: list[str]) -> int:
    """Run a command with the database and Redis in its environment."""
    with services() as environment:
        return subprocess.run(command, env=environment, check=False).returncode


def psql(options: list[str]) -> int:
    """Open the database, with the password out of the command line's sight."""
    with services() as environment:
        address = environment.get("DATABASE_URL") or Path(environment["DATABASE_URL_FILE"]).read_text(encoding="utf-8").strip()
        # libpq takes a connection string as the database's name, and that from the environment too.
        return subprocess.run([postgres_program("psql"), *options], env=environment | libpq(address), check=False).returncode


def libpq(address: str) -> dict[str, str]:
    """The variables that libpq reads, for an address of the form postgresql://user:password@host:port/database"""
    from sqlalchemy import make_url

    url = make_url(address)
    parts = {"PGUSER": url.username, "PGPASSWORD": url.password, "PGHOST": url.host, "PGPORT": url.port, "PGDATABASE": url.database}
    return {name: str(part) for name, part in parts.items() if part is not None}


def check_migrations() -> int:
    """Write the migrations out as SQL and let squawk look for what locks or breaks."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "migrations.sql"
        with script.open("wb") as file:
            made = subprocess.run([sys.executable, "-m", "alembic", "upgrade", "head", "--sql"], stdout=file, check=False)
        if made.returncode != 0:
            return made.returncode
        excluded = [f"--exclude={rule}" for rule in RULES_THAT_DO_NOT_FIT]
        return subprocess.run(
            [program_path("squawk"), "--pg-version=15", "--assume-in-transaction", *excluded, script], check=False
        ).returncode


def main(arguments: list[str]) -> int:
    """Do what the first argument says; returns the exit code."""
    match arguments:
        case ["demo" | "up" as mode, *options]:
            if "--end-with-parent" in options:
                end_with_parent()
            return run_stack("demo" if mode == "demo" else "up")
        case ["psql", *options]:
            return psql(options)
        case ["with", *command] if command:
            return with_services(command)
        case ["check-migrations"]:
            return check_migrations()
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return USAGE


if __name__ == "__main__":
    try:
        code = main(sys.argv[1:])
    except SettingsError as problem:
        sys.stderr.write(f"{problem}\n")
        code = USAGE
    except StackError as problem:
        sys.stderr.write(f"{problem}\n")
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
