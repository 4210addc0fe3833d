"""After the schema stands: seeds, the installation's identity, the admin, the API's role, and signing in as a check."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from backend.audit.service import record
from backend.db import Database
from backend.operations import identity
from backend.operations.bootstrap import admin as admins
from backend.operations.bootstrap import login, passphrase, roles, seeds
from backend.operations.bootstrap.acts import BOOTSTRAP, Scene
from backend.operations.bootstrap.admin import Admin
from backend.operations.bootstrap.outcome import DONE, FAILED, Show
from backend.operations.bootstrap.state import State
from backend.operations.bootstrap.trouble import place
from backend.system.models import Installation

UNTOUCHED = "who was there already and was not touched."
CAME_OVER = "who came over from the predecessor, with the password of then."


async def decide_admin(scene: Scene, database: Database, state: State, *, ask: bool) -> Admin | None:
    """Who the admin is or shall be, before anything is changed; None: one of the predecessor's, known once they are copied.

    Raises `Trouble` for a bad choice, or one that clashes.
    """
    if state.has_our_users:
        async with database.reading() as reader:
            found = await admins.find(reader, scene.settings)
        if found is not None:
            return found
    schema = state.predecessor_schema
    if schema is not None:
        async with scene.connection.begin():
            if await admins.predecessor_has_one(scene.connection, schema):
                return None
    chosen = await asyncio.to_thread(admins.choose, scene.settings, ask=ask)
    if schema is not None:
        async with scene.connection.begin():
            await admins.check_free_there(scene.connection, schema, chosen)
    if state.has_our_users:
        async with database.reading() as reader:
            await admins.check_free(reader, chosen)
    return chosen


@dataclass(slots=True)
class Finish:
    """The last part of a run. ``chosen`` is who shall be the admin if nobody is; ``show`` prints the outcome."""

    scene: Scene
    database: Database
    state: State
    chosen: Admin | None
    ask: bool
    show: Show

    async def run(self, app: Any, document: str) -> None:
        """Do all of it; the outcome says how it went. Raises `Trouble`, `StackError` or a database error."""
        scene, outcome = self.scene, self.scene.outcome
        admin = await self._admin()
        origin = await self._fill(admin)
        for done in await roles.ensure(scene.connection, scene.app_settings):
            scene.say(done)
            outcome.actions.append({"action": "Grant", "says": done})
        if too_much := await roles.has_too_much(scene.connection, scene.app_settings):
            outcome.remarks.append(too_much)
        self._keep()
        scene.say("signing in as a check")
        checked = await login.check(scene.app_settings, app, document, admin.identifier, admin.password)
        outcome.login = {"ok": checked.ok, "tried": checked.tried, "detail": checked.detail}
        if origin == UNTOUCHED and outcome.adoption is not None and self.chosen is None:
            origin = CAME_OVER
        outcome.admin = {"username": admin.username, "email": admin.email, "origin": origin}
        if admin.made:
            outcome.admin["password"] = admin.password
        if unseen := passphrase.to_show(scene.settings):
            outcome.backup_passphrase = {"passphrase": unseen, "file": str(passphrase.file(scene.settings))}
        outcome.exit_code = DONE if checked.ok else FAILED
        if not checked.ok:
            outcome.message = f"Signing in did not work: {checked.detail}"
        self.show(outcome)
        if unseen:
            passphrase.shown(scene.settings)
        if admin.made:
            async with self.database.writing(BOOTSTRAP) as uow:
                await admins.remember_shown(uow, admin)

    async def _admin(self) -> Admin:
        """Who is there now, be it since the predecessor's users were copied; else who was chosen."""
        async with self.database.reading() as reader:
            found = await admins.find(reader, self.scene.settings)
            if found is not None:
                return found
        chosen = self.chosen
        if chosen is None:
            chosen = await asyncio.to_thread(admins.choose, self.scene.settings, ask=self.ask)
        async with self.database.reading() as reader:
            await admins.check_free(reader, chosen)
        return chosen

    async def _fill(self, admin: Admin) -> str:
        """Add what is missing in one transaction; returns whose the admin's account is, in words."""
        scene, there = self.scene, admin.id is not None and not admin.made
        async with self.database.reading() as reader:
            missing = await seeds.missing(reader)
        new_identity = self._new_identity()
        if there and not missing and new_identity is None:
            return UNTOUCHED
        async with self.database.writing(BOOTSTRAP) as uow:
            await seeds.sow(uow, missing)
            if new_identity is not None:
                uow.add(Installation(identity=new_identity))
                record(uow, "installation.named", "installation", 1, after={"identity": str(new_identity)})
            if not there:
                await admins.make(uow, admin)
        if missing:
            scene.say(f"seeded: {', '.join(missing)}")
        if there:
            return UNTOUCHED
        if admin.id is None:
            scene.say(f"made the admin {admin.identifier}")
            return "who was made just now."
        scene.say(f"made a new password for {admin.identifier}, since nobody saw the first one")
        return "whose first password was never shown, so there is a new one."

    def _new_identity(self) -> UUID | None:
        # A database from before there were identities gets that of the installation it is found in.
        remembered = self.state.kept.remembered
        wanted = self.state.identity or (remembered.identity if remembered else uuid4())
        self.scene.outcome.identity = str(wanted)
        return wanted if self.state.identity is None else None

    def _keep(self) -> None:
        """Write down outside the database what has to fit to it."""
        scene = self.scene
        made = passphrase.file(scene.settings).exists()
        identity.remember(scene.settings, UUID(scene.outcome.identity), place(scene.settings), passphrase_made=made)
