"""The operator's commands, as ``python -m backend.cli`` and ``just`` offer them. Each is safe to run twice.

Modules are imported by the command that needs them, so that ``--help`` is quick.
"""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from backend.config import Settings
from backend.operations.command_line import Json, surroundings

operator = typer.Typer()
users = typer.Typer(no_args_is_help=True, help="The people who sign in, for when nobody can")

Yes = Annotated[bool, typer.Option("--yes", help="Don't ask; do it.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Change nothing; say what would be done.")]


@operator.command()
def bootstrap(
    as_json: Json = False,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for the database.")] = 60.0,
    ask: Annotated[bool, typer.Option(help="Ask for the admin's sign-in when there is a terminal.")] = True,
    dry_run: DryRun = False,
    backup: Annotated[bool, typer.Option(help="Make a backup before a database that holds data is changed.")] = True,
    begin_anew: Annotated[
        bool, typer.Option("--begin-anew", help="Accept this database as this installation's, whatever was remembered.")
    ] = False,
) -> None:
    """Bring the database to the newest schema and make sure that an admin can log in."""
    from backend.operations.bootstrap import Wishes, run

    def api(settings: Settings) -> tuple[Any, str]:
        # A database that is refused doesn't wait for the whole API to be loaded.
        from backend.app import create_app
        from backend.graphql.documents import LOGIN

        return create_app(settings), LOGIN

    wishes = Wishes(wait=wait, ask=ask and not as_json, dry_run=dry_run, backup=backup, begin_anew=begin_anew)
    with surroundings() as settings:
        code = run(settings, api, wishes, as_json=as_json)
    raise typer.Exit(code)


@operator.command()
def adopt(
    source: Annotated[str, typer.Argument(help="postgresql://… of a running server, or a dump file (plain or custom, gzipped or not).")],
    as_json: Json = False,
    dry_run: DryRun = False,
) -> None:
    """Bring the predecessor's data over. The source is only read; a second time it changes nothing."""
    from backend.operations.adoption.command import run

    with surroundings() as settings:
        code = run(settings, source, as_json=as_json, dry_run=dry_run)
    raise typer.Exit(code)


@operator.command()
def backup(as_json: Json = False, why: Annotated[str, typer.Option(help="A word that is kept with it.")] = "manual") -> None:
    """Make a backup and prove it: restore it into a scratch database and compare."""
    from backend.operations.backup.command import run_backup

    with surroundings() as settings:
        code = run_backup(settings, why=why, as_json=as_json)
    raise typer.Exit(code)


@operator.command()
def backups(as_json: Json = False) -> None:
    """List the backups: when, how large, when proven."""
    from backend.operations.backup.command import run_list

    with surroundings() as settings:
        code = run_list(settings, as_json=as_json)
    raise typer.Exit(code)


@operator.command()
def prove(
    file: Annotated[Path, typer.Argument(help="A backup file; one in the backup folder by its name alone.")], as_json: Json = False
) -> None:
    """Prove a backup again: every byte as it was written, and it can be restored."""
    from backend.operations.backup.command import run_prove
    from backend.operations.backup.folder import found

    with surroundings() as settings:
        code = run_prove(settings, found(file, settings.backup_folder), as_json=as_json)
    raise typer.Exit(code)


@operator.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup file; one in the backup folder by its name alone.")],
    yes: Yes = False,
    as_json: Json = False,
    secrets: Annotated[bool, typer.Option(help="Put the secrets back as well, where they are missing (asks for the passphrase).")] = True,
) -> None:
    """Put a backup's data in the place of the present ones, which are backed up first."""
    from backend.operations.backup.folder import found
    from backend.operations.restore.command import run

    with surroundings() as settings:
        code = run(settings, found(file, settings.backup_folder), yes=yes, as_json=as_json, with_secrets=secrets)
    raise typer.Exit(code)


@operator.command()
def doctor(
    as_json: Json = False,
    containers: Annotated[
        Path | None, typer.Option(help="What `docker compose ps --all --format json` printed; - for standard input.")
    ] = None,
    logs: Annotated[Path | None, typer.Option(help="A file with the logs since the start, where they are not in DATA_DIR.")] = None,
) -> None:
    """Go through the checklist: one line each, with what to do. Works when things are broken."""
    from backend.operations.doctor.command import run

    raise typer.Exit(run(as_json=as_json, containers=containers, logs=logs))


@operator.command()
def roster(as_json: Json = False) -> None:
    """Write the paper roster now, encrypted, and print where it is. The scheduler does so every hour."""
    from backend.operations.paper.command import run

    with surroundings() as settings:
        code = run(settings, as_json=as_json)
    raise typer.Exit(code)


@operator.command("import")
def import_file(file: Annotated[Path, typer.Argument(help="A CSV file with a row of headings.")], as_json: Json = False) -> None:
    """Load clients from a CSV file: all of its rows or none. A second time it changes nothing."""
    from backend.imports.report import run

    with surroundings() as settings:
        code = run(settings, file, as_json=as_json)
    raise typer.Exit(code)


@users.command("list")
def list_users(as_json: Json = False) -> None:
    """List who may sign in."""
    from backend.operations.users import listing

    with surroundings() as settings:
        typer.echo(asyncio.run(listing(settings, as_json=as_json)))


@users.command("add")
def add_user(
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


@users.command("reset-second-factor")
def reset_second_factor(who: Annotated[str, typer.Argument(help="Email or username.")]) -> None:
    """Take away the second factor of a user who lost it, and end all their sessions."""
    from backend.operations.users import reset_second_factor as reset

    with surroundings() as settings:
        typer.echo(asyncio.run(reset(settings, who)))


@users.command("link")
def link_user(who: Annotated[str, typer.Argument(help="Email or username.")]) -> None:
    """Make a link, shown once, with which a user sets a password of their own within 24 hours."""
    from backend.operations.users import link

    with surroundings() as settings:
        typer.echo(asyncio.run(link(settings, who)))


@users.command("show")
def show_user(who: Annotated[str, typer.Argument(help="Email or username.")]) -> None:
    """Show one user: state, second factor, link, sessions."""
    from backend.operations.users import show

    with surroundings() as settings:
        typer.echo(asyncio.run(show(settings, who)))


@users.command("disable")
def disable_user(who: Annotated[str, typer.Argument(help="Email or username.")]) -> None:
    """Let a user in no longer, and end all their sessions. The last admin stays."""
    from backend.operations.users import disable

    with surroundings() as settings:
        typer.echo(asyncio.run(disable(settings, who)))


@users.command("enable")
def enable_user(who: Annotated[str, typer.Argument(help="Email or username.")]) -> None:
    """Let a disabled user in again."""
    from backend.operations.users import enable

    with surroundings() as settings:
        typer.echo(asyncio.run(enable(settings, who)))
