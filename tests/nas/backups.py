"""Backed up, wiped, refused, restored: nothing is missing."""

import time

from tests.nas.browser import Browser
from tests.nas.install import Installed
from tests.nas.nas import ADMIN
from tests.nas.steps import Steps, expect


def go_through(installed: Installed, steps: Steps) -> None:
    """All checks of this kind."""
    nas = installed.nas
    with steps.step("./run backup makes one and proves it"):
        counts = installed.counts()
        with steps.timed("./run backup, with its proof, s"):
            nas.run("backup")
        newest = max((nas.folder / "backups").glob("*.backup"), key=lambda path: path.stat().st_mtime)
        expect(newest.stat().st_size > 10_000, f"{newest.name} has only {newest.stat().st_size} bytes")
        expect(newest.name in nas.run("backups"), "./run backups doesn't list it")
        nas.run("prove", newest.name)
    with steps.step("an empty database in the place of the old one is refused, and nothing is made in it"):
        nas.compose("down", "--timeout", "30")
        nas.engine.docker("volume", "rm", f"{nas.project}_postgres")
        said = nas.run("bootstrap", expected=3)
        expect("volume" in said, f"the refusal doesn't speak of the volume:\n{said}")
        tables = nas.sql("SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
        expect(tables == "0", f"it made {tables} tables")
    with steps.step("data without their secrets are refused, and no secret is made"):
        nas.compose("down", "--timeout", "30")
        nas.engine.docker("volume", "rm", f"{nas.project}_secrets")
        said = nas.run("bootstrap", expected=3)
        expect("postgres-password" in said, f"the refusal doesn't name what is missing:\n{said}")
        found = nas.compose("run", "--rm", "-T", "--no-deps", "--entrypoint", "find", "--user", "0:0", "secrets", "/secrets", "-type", "f")
        expect(not found.strip(), f"these were made: {found}")
    with steps.step("an empty machine is restored from the file and the passphrase alone"):
        nas.wipe_volumes()
        began = time.monotonic()
        said = nas.run("restore", newest.name, "--yes", environment={"BACKUP_PASSPHRASE": installed.passphrase})
        steps.figures["./run restore on an empty machine, s"] = round(time.monotonic() - began, 1)
        nas.wait_until_healthy()
        expect(installed.counts() == counts, f"{installed.counts()} instead of {counts}: clients|visits|users")
    with steps.step("after the restore the admin signs in with the same password, and people are checked in"):
        expect(Browser(nas).login(ADMIN, "not the password") == "LoginRefused", "anybody gets in")
        installed.visit()
        nas.run("bootstrap")
        installed.visit()
