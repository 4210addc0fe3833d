"""deploy/README.md, followed literally on the engine: from nothing to a login, care, an update, a restore, the end."""

import os
from pathlib import Path

from tests.nas import guide
from tests.nas.bases import Bases, old_postgres
from tests.nas.browser import Browser
from tests.nas.engine import Engine
from tests.nas.install import shown_once
from tests.nas.nas import GIT, Nas, Origin, files_of
from tests.nas.predecessor import CLIENTS, old_volume
from tests.nas.steps import Steps, expect
from tests.operations.predecessor import PASSWORDS

OWNER = "owner"
OFFICIAL = "postgres:16"
PREDECESSORS_ADMIN = "admin@example.test"


def go_through(engine: Engine, bases: Bases, scratch: Path, source: Path, steps: Steps) -> None:
    """All parts of the guide, the way over from a predecessor of an older PostgreSQL among them."""
    origin = Origin(scratch / "origin-guide")
    origin.publish("The present version", files_of(source))
    shared = scratch / "volume"
    shared.mkdir()
    nas = Nas(engine, bases, shared / "krc", f"krcguide{os.getpid()}")
    environment = engine.environment | GIT
    words = {"ADDRESS": str(origin.folder)}
    # With official images the old version is fetched by its own name, as on a NAS.
    own_bases = bool(bases.debian)
    old_image = old_postgres(engine, scratch, steps.say) if own_bases else OFFICIAL
    try:
        with steps.step("the guide: its ten steps, from nothing to a login"):
            said = guide.follow(shared, environment, words, settings=nas.settings | {"OLD_POSTGRES_IMAGE": old_image})
            password, passphrase = shown_once("\n".join(said.values()))
            nas.wait_until_healthy()
            expect(Browser(nas).login(OWNER, password) == "SessionStarted", "the password of the guide's bootstrap was not taken")
        with steps.step("the guide: over from the predecessor, whose volume is only read"), old_volume(engine, old_image) as old:
            before = old.digest()
            guide.follow(shared, environment, words | {"OLD_VOLUME": old.name}, "adopt")
            expect(old.digest() == before, "the predecessor's volume was written to")
            adopted = int(nas.sql("SELECT count(*) FROM adopted_rows WHERE part = 'clients'"))
            expect(adopted >= CLIENTS, f"{adopted} clients came over, of {CLIENTS} and more")
            outcome = Browser(nas).login(PREDECESSORS_ADMIN, PASSWORDS[PREDECESSORS_ADMIN])
            expect(outcome == "SessionStarted", f"the predecessor's admin can't sign in with the old password: {outcome}")
        with steps.step("the guide: daily care"):
            guide.follow(shared, environment, words, "care")
        with steps.step("the guide: an update"):
            origin.publish("The next version", files_of(source))
            guide.follow(shared, environment, words, "upgrade")
        with steps.step("the guide: restored on an empty machine"):
            newest = max((nas.folder / "backups").glob("*.backup"), key=lambda path: path.stat().st_mtime)
            nas.wipe_volumes()
            guide.follow(shared, environment | {"BACKUP_PASSPHRASE": passphrase}, words | {"BACKUP_FILE": newest.name}, "restore")
            nas.wait_until_healthy()
            expect(Browser(nas).login(OWNER, password) == "SessionStarted", "after the restore the owner can't sign in")
        with steps.step("the guide: the end, which leaves the data"):
            guide.follow(shared, environment, words, "end")
            expect(not nas.container("api"), "containers were left")
            expect(f"{nas.project}_postgres" in engine.docker("volume", "ls", "--format", "{{.Name}}").split(), "the data are gone")
    finally:
        nas.remove()
