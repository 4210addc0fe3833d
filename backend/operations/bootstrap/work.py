"""The steps of bootstrap, in order. Each may be the last one that a kill allows; the next run goes on from there."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from backend.operations.bootstrap import admin as admins
from backend.operations.bootstrap import locks, login, seeds
from backend.operations.bootstrap.admin import Admin
from backend.operations.bootstrap.revisions import upgrade
from backend.operations.bootstrap.rules import Decision, Migrate, Refuse, decide
from backend.operations.bootstrap.state import State, look
from backend.operations.bootstrap.trouble import Trouble, is_worth_waiting, place, sentence

DONE, FAILED, REFUSED = 0, 1, 3
BOOTSTRAP = Actor(ActorKind.OPERATOR, label="bootstrap")


@dataclass(slots=True)
class Outcome:
    """What ``--json`` prints. A password is in ``admin`` only when it was made by this run."""

    decision: str | None = None
    revision_before: str | None = None
    revision_after: str | None = None
    steps: list[str] = field(default_factory=list)
    message: str | None = None
    plan: list[str] = field(default_factory=list)
    admin: dict[str, Any] | None = None
    login: dict[str, Any] | None = None
    exit_code: int = FAILED
    was_shown: bool = False

    def fail(self, message: str) -> None:
        """End with exit code 1 and a sentence."""
        self.message, self.exit_code = message, FAILED


@dataclass(slots=True)
class Work:
    """One run. ``show`` prints the outcome: it is called before a made password is remembered as shown."""

    settings: Settings
    outcome: Outcome
    say: Callable[[str], None]
    api: login.Api
    wait: float
    ask: bool
    show: Callable[[Outcome], None]

    async def run(self) -> None:
        """Do all of it; raises `Trouble`, a `Failure` or a database error when it can't."""
        engine = create_async_engine(
            self.settings.sqlalchemy_url,
            poolclass=NullPool,
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
                await self._bring_to_head(connection)
        finally:
            await engine.dispose()

    async def _wait_for_database(self, engine: AsyncEngine) -> None:
        deadline, said = time.monotonic() + self.wait, False
        while True:
            try:
                async with engine.connect():
                    return
            except (DBAPIError, OSError) as error:
                if not is_worth_waiting(error) or time.monotonic() >= deadline:
                    raise Trouble(sentence(error, self.settings)) from None
                if not said:
                    self.say(f"waiting up to {self.wait:.0f} s for the database. {sentence(error, self.settings)}")
                    said = True
                await asyncio.sleep(0.3)

    @asynccontextmanager
    async def _schema_connection(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        async with engine.connect() as connection:
            # The server may still be finishing a statement of a run that was killed; its connection holds this lock.
            await locks.take(connection, locks.SCHEMA, lambda: self.say("a bootstrap that was killed is still ending: waiting for it"))
            await connection.commit()
            yield connection

    async def _bring_to_head(self, connection: AsyncConnection) -> None:
        state = await look(connection)
        self.outcome.revision_before = self.outcome.revision_after = state.revision
        decision = decide(state)
        self.outcome.decision = decision.name
        self.say(f"found: {decision.name} (PostgreSQL {state.version_name}, {place(self.settings)})")
        if isinstance(decision.action, Refuse):
            self.outcome.message, self.outcome.plan = decision.action.saw, list(decision.action.plan)
            self.outcome.exit_code = REFUSED
            return
        database = Database.of(self.settings, name="krc-bootstrap", pool_size=2, statement_timeout_ms=60_000)
        try:
            admin = await self._decide_admin(database, state)
            # A program that can't even be loaded must not change the database.
            app, document = self.api(self.settings)
            if isinstance(decision.action, Migrate):
                await self._migrate(connection, decision, state)
            await self._finish(database, admin, app, document)
        finally:
            await database.close()

    async def _decide_admin(self, database: Database, state: State) -> Admin:
        if state.revision is not None:
            async with database.reading() as reader:
                admin = await admins.find(reader, self.settings)
                if admin is not None:
                    return admin
        admin = await asyncio.to_thread(admins.choose, self.settings, ask=self.ask)
        if state.revision is not None:
            async with database.reading() as reader:
                await admins.check_free(reader, admin)
        return admin

    async def _migrate(self, connection: AsyncConnection, decision: Decision, state: State) -> None:
        self.say(f"migrating from {state.revision or 'nothing'} to {state.head}")
        # Alembic's own lines would come between those of the progress.
        logging.getLogger("alembic").setLevel(logging.WARNING)
        await upgrade(connection, state.head)
        after = await look(connection)
        self.outcome.revision_after = after.revision
        if after.revision != after.head or after.drift:
            differs = ", ".join(after.drift[:6]) or f"it says {after.revision}"
            raise Trouble(f"After the migration ({decision.name}) the schema is not that of {after.head}: {differs}.")

    async def _finish(self, database: Database, admin: Admin, app: Any, document: str) -> None:
        origin = await self._seed(database, admin)
        self.say("signing in as a check")
        checked = await login.check(self.settings, app, document, admin.identifier, admin.password)
        self.outcome.login = {"ok": checked.ok, "tried": checked.tried, "detail": checked.detail}
        self.outcome.admin = {"username": admin.username, "email": admin.email, "origin": origin}
        if admin.made:
            self.outcome.admin["password"] = admin.password
        self.outcome.exit_code = DONE if checked.ok else FAILED
        if not checked.ok:
            self.outcome.message = f"Signing in did not work: {checked.detail}"
        self.show(self.outcome)
        if admin.made:
            await self._remember_shown(database, admin)

    async def _seed(self, database: Database, admin: Admin) -> str:
        async with database.reading() as reader:
            missing = await seeds.missing(reader)
        there = admin.id is not None and not admin.made
        if there and not missing:
            return "who was there already and was not touched."
        async with database.writing(BOOTSTRAP) as uow:
            await seeds.sow(uow, missing)
            if not there:
                await admins.make(uow, admin)
        if missing:
            self.say(f"seeded: {', '.join(missing)}")
        if there:
            return "who was there already and was not touched."
        if admin.id is None:
            self.say(f"made the admin {admin.identifier}")
            return "who was made just now."
        self.say(f"made a new password for {admin.identifier}, since nobody saw the first one")
        return "whose first password was never shown, so there is a new one."

    async def _remember_shown(self, database: Database, admin: Admin) -> None:
        async with database.writing(BOOTSTRAP) as uow:
            await admins.remember_shown(uow, admin)
