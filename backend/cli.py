"""The command line: ``python -m backend.cli COMMAND``. ``just`` calls it, and people may.

Exit codes: 0 done, 1 failed, 2 wrong usage or settings, 3 refused and nothing changed, 130 interrupted. Modules are
imported by the command that needs them, so that ``--help`` is quick and a worker doesn't load the API.
"""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from backend.commands import operator, users
from backend.config import SettingsError
from backend.operations.command_line import FAILED, INTERRUPTED, WRONG_USE, Json, stop, surroundings

ROOT = Path(__file__).resolve().parent.parent
SDL = ROOT / "frontend" / "schema.graphql"

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="KRC Check-in")
app.add_typer(operator)
app.add_typer(users, name="user")


@app.command()
def api() -> None:
    """Serve the API until told to stop."""
    from backend.operations.serving import run

    run()


@app.command("secrets")
def make_secrets() -> None:
    """Make the secret files of the containers that are missing, and give each to the user that may read it."""
    from backend.operations.secret_files import run

    raise typer.Exit(run())


@app.command()
def worker() -> None:
    """Do background work until told to stop."""
    from backend.jobs.worker import run

    run()


@app.command()
def scheduler() -> None:
    """Hand over background work that is due, make a backup every night and a paper roster every hour, until told to stop."""
    from backend.jobs.scheduler import run
    from backend.operations.backup import nightly
    from backend.operations.paper import hourly

    run(beside=[nightly.forever, hourly.forever])


@app.command("demo-data")
def demo_data(as_json: Json = False) -> None:
    """Fill an empty centre with invented people and visits; prints the sign-ins that it made."""
    from backend.operations.demo import run

    with surroundings() as settings:
        code = run(settings, as_json=as_json)
    raise typer.Exit(code)


@app.command()
def demo() -> None:
    """Start everything with a demo centre."""
    from backend.operations.stack import run_stack

    raise typer.Exit(run_stack(mode="demo"))


@app.command()
def up() -> None:
    """Start everything with an empty centre."""
    from backend.operations.stack import run_stack

    raise typer.Exit(run_stack(mode="up"))


@app.command()
def schema(check: Annotated[bool, typer.Option("--check", help="Change nothing; exit 1 and show what differs.")] = False) -> None:
    """Write frontend/schema.graphql, the contract of the API."""
    import difflib

    from backend.graphql.schema import sdl

    new = sdl()
    old = SDL.read_text(encoding="utf-8") if SDL.exists() else ""
    if new == old:
        return
    if check:
        difference = difflib.unified_diff(old.splitlines(), new.splitlines(), "frontend/schema.graphql", "the backend", lineterm="")
        typer.echo("\n".join(difference))
        raise stop("frontend/schema.graphql is not what the backend says: run `just schema` and review the difference.")
    SDL.write_text(new, encoding="utf-8")
    typer.echo(f"Wrote {SDL.relative_to(ROOT)}")


@app.command()
def fingerprint(check: Annotated[bool, typer.Option("--check", help="Change nothing; exit 1 if a revision differs.")] = False) -> None:
    """Write migrations/fingerprints.json: what a database looks like at each revision. Needs a role that may create databases."""
    from backend.operations.bootstrap.fingerprints_file import refresh

    with surroundings() as settings:
        differences = asyncio.run(refresh(settings, check=check))
    for line in differences:
        typer.echo(line)
    if check and differences:
        raise stop("migrations/fingerprints.json is not what the migrations make: run `just fingerprint`.")


@app.command("settings")
def settings_table() -> None:
    """Print docs/settings.md: every setting, from where it is defined."""
    from backend.operations.settings_table import markdown

    typer.echo(markdown(), nl=False)


def main() -> None:
    """Run a command; expected trouble ends in a sentence, not in a stack trace."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(_said("Interrupted.", INTERRUPTED))
    except Exception as error:
        found = _expected(error)
        if found is None:
            raise
        sys.exit(_said(*found))


def _expected(error: Exception) -> tuple[str, int] | None:
    """The sentence and the exit code for trouble that a person can do something about; None for a defect."""
    from backend.errors import Failure, ValidationFailed

    if isinstance(error, SettingsError):
        return str(error), WRONG_USE
    if isinstance(error, ValidationFailed):
        return "\n".join(field.message for field in error.fields), FAILED
    if isinstance(error, Failure):
        return error.message, FAILED
    from sqlalchemy.exc import DBAPIError

    from backend.config import settings
    from backend.operations.bootstrap.trouble import sentence
    from backend.operations.stack import StackError

    if isinstance(error, StackError):
        return str(error), FAILED
    return (sentence(error, settings()), FAILED) if isinstance(error, DBAPIError) else None


def _said(message: str, code: int) -> int:
    typer.echo(message, err=True)
    return code


if __name__ == "__main__":
    main()
