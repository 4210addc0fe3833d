"""The loop of bootstrap: look at the database, decide by the table, act, look again, until there is nothing left to do.

Each step may be the last one that a kill allows; the next run looks, and goes on from there.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from backend.config import Settings
from backend.db import Database
from backend.operations import identity
from backend.operations.bootstrap import acts, locks, login, passphrase, roles
from backend.operations.bootstrap.actions import Action, Nothing, Refuse, Refused
from backend.operations.bootstrap.acts import Scene
from backend.operations.bootstrap.admin import Admin
from backend.operations.bootstrap.finish import Finish, decide_admin
from backend.operations.bootstrap.kept import Kept, look_around
from backend.operations.bootstrap.outcome import DONE, Outcome, Show
from backend.operations.bootstrap.rules import Decision, ahead, decide
from backend.operations.bootstrap.state import State, look
from backend.operations.bootstrap.trouble import Trouble, is_worth_waiting, place, sentence
from backend.operations.stack.files import make_private_folder

ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to go about it. ``wait``: seconds that the database may take to appear. ``ask``: questions are allowed at a terminal."""

    wait: float = 60.0
    ask: bool = False
    dry_run: bool = False
    backup: bool = True
    begin_anew: bool = False


@dataclass(slots=True)
class Work:
    """One run, with the API's settings. ``show`` prints the outcome: it is called before a made password is remembered as shown."""

    settings: Settings
    outcome: Outcome
    say: Callable[[str], None]
    api: login.Api
    wishes: Wishes
    show: Show
    owner: Settings = field(init=False)

    def __post_init__(self) -> None:
        self.owner = self.settings.owner

    async def run(self) -> None:
        """Do all of it; raises `Trouble`, `StackError`, a `Failure` or a database error when it can't."""
        roles.app_role(self.settings)
        engine = create_async_engine(
            self.owner.sqlalchemy_url,
            poolclass=NullPool,
            hide_parameters=True,
            connect_args={
                "timeout": 5,
                "server_settings": {
                    "application_name": "krc-bootstrap", "search_path": "public", "timezone": "UTC",
                    "statement_timeout": "0", "lock_timeout": "60000", "idle_in_transaction_session_timeout": "0",
                },
            },
        )  # fmt: skip
        try:
            await self._wait_for_database(engine)
            async with locks.alone(engine, self.say), self._schema_connection(engine) as connection:
                await self._bring_to_head(Scene(self.owner, self.settings, connection, self.outcome, self.say))
        except Refused as refused:
            self.outcome.refuse(refused.refuse)
        finally:
            await engine.dispose()

    async def _wait_for_database(self, engine: AsyncEngine) -> None:
        deadline, said = time.monotonic() + self.wishes.wait, False
        while True:
            try:
                async with engine.connect():
                    return
            except (DBAPIError, OSError) as error:
                if not is_worth_waiting(error) or time.monotonic() >= deadline:
                    raise Trouble(sentence(error, self.owner)) from None
                if not said:
                    self.say(f"waiting up to {self.wishes.wait:.0f} s for the database. {sentence(error, self.owner)}")
                    said = True
                await asyncio.sleep(0.3)

    @asynccontextmanager
    async def _schema_connection(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        async with engine.connect() as connection:
            # The server may still be finishing a statement of a run that was killed; its connection holds this lock.
            await locks.take(connection, locks.SCHEMA, lambda: self.say("a bootstrap that was killed is still ending: waiting for it"))
            await connection.commit()
            yield connection

    async def _bring_to_head(self, scene: Scene) -> None:
        state = await look(scene.connection, look_around(self.owner))
        decision, forget = self._decide(state)
        self.outcome.decision = decision.name
        self.outcome.revision_before = self.outcome.revision_after = state.revision
        self.say(f"found: {decision.name} (PostgreSQL {state.version_name}, {place(self.owner)})")
        if isinstance(decision.action, Refuse):
            self.outcome.refuse(decision.action)
            return
        if (refuse := await roles.why_not(scene.connection, self.settings)) is not None:
            raise Refused(refuse)
        database = Database.of(self.owner, name="krc-bootstrap", pool_size=2, statement_timeout_ms=60_000)
        try:
            chosen = await decide_admin(scene, database, state, ask=self.wishes.ask and not self.wishes.dry_run)
            if self.wishes.dry_run:
                self._tell(state, decision.action, chosen)
                return
            # A program that can't even be loaded, or a folder that can't be written, must not leave a changed database.
            app, document = self.api(self.settings)
            self._check_folder(state.kept)
            if forget:
                aside = identity.put_aside(self.owner)
                self.outcome.remarks.append(f"What was remembered about the installation is kept as {aside}.")
            # Before a backup is made, so that its secrets can be encrypted.
            if problem := passphrase.make(self.owner):
                self.outcome.remarks.append(
                    f"No passphrase for backups could be made, so they leave the secrets out. {problem} Or set BACKUP_PASSPHRASE."
                )
            if (ended := await self._settle(scene, state, decision)) is not None:
                await Finish(scene, database, ended, chosen, self.wishes.ask, self.show).run(app, document)
        finally:
            await database.close()

    def _decide(self, state: State) -> tuple[Decision, bool]:
        """The decision, and whether it needs that the identity file is put aside, as ``--begin-anew`` allows."""
        decision = decide(state)
        if isinstance(decision.action, Refuse) and decision.action.unless_anew and self.wishes.begin_anew:
            return decide(replace(state, kept=Kept())), True
        return decision, False

    async def _settle(self, scene: Scene, state: State, decision: Decision) -> State | None:
        """Act and look again until nothing is left to do; returns the last look, or None after a refusal."""
        for _ in range(ROUNDS):
            if isinstance(decision.action, Nothing):
                return state
            if acts.wants_backup(decision.action, state) and self.wishes.backup and self.outcome.backup is None:
                await acts.back_up(scene, decision.action)
            await acts.act(scene, decision.action, state)
            before = decision.name
            state = await look(scene.connection, look_around(self.owner))
            self.outcome.revision_after = state.revision
            decision = decide(state)
            if isinstance(decision.action, Refuse):
                self.outcome.refuse(decision.action)
                return None
            if decision.name == before:
                break
        raise Trouble(f"After it was done the database still looks as if it was not ({decision.name}). This is a defect; nothing was lost.")

    def _tell(self, state: State, action: Action, chosen: Admin | None) -> None:
        """Say what would be done, for a dry run."""
        would: list[str] = []
        for step in ahead(state, action):
            if acts.wants_backup(step, state) and self.wishes.backup and not any("backup" in one for one in would):
                would.append("make a backup and prove it")
            would.append(acts.says(step, state))
        if role := roles.app_role(self.settings):
            would.append(f"see that the role {role.name} is there and has its rights")
        if chosen is None:
            would.append("leave the sign-in to the predecessor's admins")
        else:
            would.append(f"leave the admin {chosen.identifier} as they are" if chosen.id else f"make the admin {chosen.identifier}")
        self.outcome.would, self.outcome.dry_run, self.outcome.exit_code = [*would, "sign in as a check"], True, DONE

    def _check_folder(self, kept: Kept) -> None:
        folder = make_private_folder(self.owner.config_folder)
        if kept.remembered is None and not os.access(folder, os.W_OK):
            raise Trouble(f"The folder {folder} can't be written. Give this user that folder, or set CONFIG_DIR. Nothing was changed.")
