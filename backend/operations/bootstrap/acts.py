"""Doing what was decided. Each action is one transaction (a migration: one for each revision), so a kill leaves a state that is known."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from backend.errors import Failure
from backend.operations.bootstrap import aside, indexes, seeds
from backend.operations.bootstrap.actions import Action, Adopt, MendIndexes, Migrate, MoveToLegacy, SetAside, Stamp
from backend.operations.bootstrap.outcome import Outcome
from backend.operations.bootstrap.refusals import few
from backend.operations.bootstrap.revisions import upgrade
from backend.operations.bootstrap.state import LEGACY, State
from backend.operations.bootstrap.trouble import Trouble
from backend.operations.stack.errors import StackError

BOOTSTRAP = Actor(ActorKind.OPERATOR, label="bootstrap")
FORMS = {
    "build": ("building", "built"),
    "change": ("changing", "changed"),
    "copy": ("copying", "copied"),
    "drop": ("dropping", "dropped"),
    "migrate": ("migrating", "migrated"),
    "move": ("moving", "moved"),
    "write": ("writing", "wrote"),
}
WHY = {
    MoveToLegacy: "before-adoption",
    Adopt: "before-adoption",
    Migrate: "before-upgrade",
    Stamp: "before-upgrade",
    MendIndexes: "before-repair",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an action takes place. ``settings`` are the owner's, ``app_settings`` the API's; ``connection`` holds the schema's lock."""

    settings: Settings
    app_settings: Settings
    connection: AsyncConnection
    outcome: Outcome
    say: Callable[[str], None]


def says(action: Action, state: State) -> str:
    """What the action does, in words that follow “it would”; `in_form` makes others of them."""
    match action:
        case Migrate():
            come_from = state.revision if state.revision in state.history else state.looks_like
            return f"migrate from {come_from or 'nothing'} to {state.head}"
        case Stamp(revision=revision):
            return f"write down that the schema is that of the revision {revision}"
        case SetAside(only=only):
            what = only or tuple(sorted(state.objects))
            return f"move {few(what)}, which {'has' if len(what) == 1 else 'have'} no rows, to the schema {aside.ATTIC}"
        case MoveToLegacy(shape=shape):
            return f"move the predecessor's tables ({shape} shape: {few(state.tables)}) to the schema {LEGACY}"
        case MendIndexes(broken=broken, surplus=surplus):
            parts = [f"build {few(broken)} again"] if broken else []
            return " and ".join([*parts, *([f"drop the index {few(surplus)} of a build that failed"] if surplus else [])])
        case Adopt():
            return f"copy the predecessor's rows from the schema {LEGACY}"
        case _:
            return "change nothing"


def in_form(form: int, said: str) -> str:
    """The same words in another form: 0 for what is being done, 1 for what was done."""
    first, *rest = said.split(" ")
    return " ".join([FORMS[first][form], *(FORMS[word][form] if word == "drop" else word for word in rest)])


def wants_backup(action: Action, state: State) -> bool:
    """Whether the action changes a database that holds rows. What is set aside has none."""
    return type(action) in WHY and state.has_rows


async def back_up(scene: Scene, action: Action) -> None:
    """Make a backup, and prove it. Raises `Trouble`."""
    from backend.operations import backup

    scene.say("making a backup first")
    try:
        made = await backup.make(scene.settings, why=WHY[type(action)], say=scene.say)
    except (Failure, StackError) as failure:
        said = failure.message if isinstance(failure, Failure) else str(failure)
        raise Trouble(f"{said} The database was not changed. `just bootstrap --no-backup` goes on without a backup.") from None
    scene.outcome.backup = {"file": str(made.path), "proven": made.proven}


async def act(scene: Scene, action: Action, state: State) -> None:
    """Do it, and write it down in the outcome. Raises `Refused` with nothing changed, `Trouble`, a `Failure` or a database error."""
    said, done = says(action, state), dict[str, Any]()
    if isinstance(action, SetAside):
        done["schema"] = await aside.attic(scene.connection)
        said = said.replace(aside.ATTIC, done["schema"])
    scene.say(in_form(0, said))
    match action:
        case Migrate():
            await _migrate(scene, state)
        case Stamp(revision=revision):
            await _stamp(scene.connection, revision)
        case SetAside(only=only):
            done["moved"] = await aside.move(scene.connection, state, done["schema"], "Set aside by bootstrap", only=only)
        case MoveToLegacy():
            done["schema"] = LEGACY
            done["moved"] = await aside.move(scene.connection, state, LEGACY, "The predecessor's tables, moved here by bootstrap")
        case MendIndexes(broken=broken, surplus=surplus):
            await indexes.mend(scene.connection, action)
            done |= {"rebuilt": list(broken), "dropped": list(surplus)}
        case Adopt():
            await _adopt(scene)
    scene.outcome.actions.append({"action": type(action).__name__, "says": in_form(1, said), **done})


async def _migrate(scene: Scene, state: State) -> None:
    if not state.has_public:
        async with scene.connection.begin():
            await scene.connection.execute(text("CREATE SCHEMA public"))
    # Alembic's own lines would come between those of the progress.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    await upgrade(scene.connection, state.head)


async def _stamp(connection: AsyncConnection, revision: str) -> None:
    # As Alembic itself makes it.
    table = "version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY"
    async with connection.begin():
        await connection.execute(text(f"CREATE TABLE IF NOT EXISTS public.alembic_version ({table})"))
        await connection.execute(text("INSERT INTO public.alembic_version VALUES (:revision)"), {"revision": revision})


async def sow_missing(scene: Scene) -> None:
    """Add the seeds that are missing, in a transaction of their own."""
    database = Database.of(scene.settings, name="krc-bootstrap", pool_size=1, statement_timeout_ms=60_000)
    try:
        async with database.writing(BOOTSTRAP) as uow:
            missing = await seeds.missing(uow)
            await seeds.sow(uow, missing)
    finally:
        await database.close()
    if missing:
        scene.say(f"seeded: {', '.join(missing)}")


async def _adopt(scene: Scene) -> None:
    from backend.operations import adoption
    from backend.system import present

    # First our own stations and tier, so that the predecessor's of the same name are joined with them.
    await sow_missing(scene)
    zone = await present.zone_on(scene.connection, scene.settings)
    report = await adoption.copy(scene.connection, scene.say, origin=f"schema {LEGACY}", zone=zone)
    scene.outcome.adoption, scene.outcome.adoption_text = report.as_json(), report.text()
    try:
        files = report.write(scene.settings.config_folder, datetime.now(UTC))
    except OSError as error:
        scene.outcome.remarks.append(f"The report could not be written as a file ({error.strerror}); it is in the settings page.")
    else:
        scene.outcome.adoption["files"] = [str(file) for file in files]
        scene.outcome.remarks.append(f"The report is kept as {files[-1]}.")
