"""From the previous version to the present one, on to the next, and back from one that is broken."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.nas.engine import CommandFailed, run
from tests.nas.install import Installed
from tests.nas.nas import Origin, files_of
from tests.nas.steps import Steps, expect

NEEDED = ("deploy/nas.sh", "deploy/Dockerfile", "docker-compose.synology.yml")
BROKEN = '    raise RuntimeError("broken on purpose")\n'
MIGRATION = '''"""Only for a trial: one more table."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("{table}", sa.Column("id", sa.BigInteger, primary_key=True))


def downgrade() -> None:
    op.drop_table("{table}")
'''


def previous_version(source: Path, folder: Path) -> bool:
    """Put the files of the commit before the last one there; False where there is none, or none that knows containers."""
    try:
        archive = folder.with_suffix(".tar")
        run(["git", "-C", source, "archive", "--output", archive, "HEAD~1"])
        folder.mkdir()
        run(["tar", "-C", folder, "-xf", archive])
    except CommandFailed:
        return False
    return all((folder / name).exists() for name in NEEDED)


def go_through(installed: Installed, origin: Origin, source: Path, steps: Steps) -> None:
    """From the present version, which runs, to a next one with one more migration; then one that doesn't start."""
    nas = installed.nas
    counts = installed.counts()
    head = nas.sql("SELECT version_num FROM alembic_version")
    with steps.step("./run upgrade brings the next version, with its migration; nothing is lost"):

        def next_version(folder: Path) -> None:
            files_of(source)(folder)
            _add_migration(folder, head, "29990101_trial", "trial")

        origin.publish("The next version", next_version)
        before = nas.inspect("api")["Image"]
        with steps.timed("./run upgrade, s"):
            nas.run("upgrade")
        nas.wait_until_healthy()
        expect(nas.inspect("api")["Image"] != before, "the same image runs as before")
        expect(nas.sql("SELECT version_num FROM alembic_version") == "29990101_trial", "the migration did not run")
        expect(installed.counts() == counts, f"{installed.counts()} instead of {counts}: clients|visits|users")
        installed.visit()
        counts = installed.counts()
    with steps.step("a version that doesn't start: ./run upgrade goes back, with the data as they were"):

        def broken_version(folder: Path) -> None:
            next_version(folder)
            _add_migration(folder, "29990101_trial", "29990102_broken", "broken")
            app = folder / "backend" / "app.py"
            text = app.read_text(encoding="utf-8")
            broken = re.sub(r"(def create_app\(.*?\) -> Starlette:\n)", rf"\1{BROKEN}", text, flags=re.DOTALL)
            expect(broken != text, "backend/app.py has no create_app that could be broken")
            app.write_text(broken, encoding="utf-8")

        origin.publish("A broken version", broken_version)
        running = nas.inspect("api")["Image"]
        nas.run("upgrade", expected=1)
        nas.wait_until_healthy()
        expect(nas.inspect("api")["Image"] == running, "another image runs than before")
        expect(nas.sql("SELECT version_num FROM alembic_version") == "29990101_trial", "the schema did not go back")
        expect(installed.counts() == counts, f"{installed.counts()} instead of {counts}: clients|visits|users")
        installed.visit()


def _add_migration(folder: Path, before: str, revision: str, table: str) -> None:
    script = folder / "migrations" / "versions" / f"{revision}.py"
    script.write_text(MIGRATION.format(revision=revision, before=before, table=table), encoding="utf-8")
    # bootstrap knows a database by its fingerprint, so each migration comes with one.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_"))}
    command = [sys.executable, "-m", "backend.cli", "fingerprint"]
    with_data = env | {"DATA_DIR": str(folder.with_name("fingerprints-data")), "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=folder, env=with_data, capture_output=True, text=True, timeout=300)
    expect(done.returncode == 0, f"no fingerprint could be made of the trial's migration: {done.stderr[-600:]}")
