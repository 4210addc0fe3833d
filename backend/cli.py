"""The command line: ``python -m backend.cli COMMAND``. ``just`` calls it, and people may.

Exit codes: 0 done, 1 failed, 2 wrong usage or settings, 3 refused and nothing changed, 130 interrupted. Modules are
imported by the command that needs them, so that ``--help`` is quick and a worker doesn't load the API.
"""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from backend.config import Settings, SettingsError

FAILED, WRONG_USE, REFUSED, INTERRUPTED = 1, 2, 3, 130
ROOT = Path(__file__).resolve().parent.parent
SDL = ROOT / "frontend" / "schema.graphql"

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="KRC Check-in")
users = typer.Typer(no_args_is_help=True, help="The people who sign in, for when nobody can")
app.add_typer(users, name="user")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of sentences.")]


@contextmanager
def surroundings() -> Iterator[Settings]:
    """The settings, with the embedded database started for as long as it takes when DATABASE_URL is not set."""
    from backend.operations.stack import services

    with services() as environment:
        os.environ.update(environment)
        yield Settings.load()


def stop(message: str, code: int = FAILED) -> typer.Exit:
    """Say a sentence on standard error; raise what this returns."""
    typer.echo(message, err=True)
    return typer.Exit(code)


@app.command()
def bootstrap(
    as_json: Json = False,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for the database.")] = 60.0,
    ask: Annotated[bool, typer.Option(help="Ask for the admin's sign-in when there is a terminal.")] = True,
) -> None:
    """Bring the database to the newest schema and make sure that an admin can log in."""
    from backend.operations.bootstrap import run

    def api(settings: Settings) -> tuple[Any, str]:
        # A database that is refused doesn't wait for the whole API to be loaded.
        from backend.app import create_app
        from backend.graphql.documents import LOGIN

        return create_app(settings), LOGIN

    with surroundings() as settings:
        code = run(settings, api, as_json=as_json, wait=wait, ask=ask and not as_json)
    raise typer.Exit(code)


@app.command("import")
def import_file(file: Annotated[Path, typer.Argument(help="A CSV file with a row of headings.")], as_json: Json = False) -> None:
    """Load clients from a CSV file: all of its rows or none. A second time it changes nothing."""
    from backend.imports.report import run

    with surroundings() as settings:
        code = run(settings, file, as_json=as_json)
    raise typer.Exit(code)


@app.command()
def worker() -> None:
    """Do background work until told to stop."""
    from backend.jobs.worker import run

    run()


@app.command()
def scheduler() -> None:
    """Hand over background work that is due, until told to stop."""
    from backend.jobs.scheduler import run

    run()


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


@users.command("list")
def list_users(as_json: Json = False) -> None:
    """List who may sign in."""
    from backend.operations.users import listing

    with surroundings() as settings:
        typer.echo(asyncio.run(listing(settings, as_json=as_json)))


@users.command("create")
def create_user(
    email: str,
    username: Annotated[str, typer.Option(help="A short name to sign in with; may be left out.")] = "",
    name: Annotated[str, typer.Option(help="The name that others see.")] = "",
    admin: Annotated[bool, typer.Option("--admin", help="Make an admin instead of staff.")] = False,
) -> None:
    """Make a user with a new password, shown once, to be changed at the first login."""
    from backend.operations.users import create

    with surroundings() as settings:
        typer.echo(asyncio.run(create(settings, email=email, username=username or None, name=name, admin=admin)))


@users.command("reset-password")
def reset_password(who: Annotated[str, typer.Argument(help="Email or username.")]) -> None:
    """Give a user a new password, shown once, and end all their sessions."""
    from backend.operations.users import reset

    with surroundings() as settings:
        typer.echo(asyncio.run(reset(settings, who)))


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
