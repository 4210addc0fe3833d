"""The secrets come back where they are missing, and a centre on a machine that has nothing."""

import asyncio
import json
import sys
import time
from pathlib import Path

import pytest

from backend.config import Settings
from backend.operations import identity
from backend.operations.backup import sealing
from backend.operations.restore.outcome import Refused
from backend.operations.stack.given import ROOT
from tests import world
from tests.operations.backup_support import fill, make, restore, settings_of
from tests.operations.bootstrap_support import ended, environment, run_sql


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return settings_of(database_url, tmp_path)


PASSPHRASE = "words that open it"


@pytest.fixture
def quick_sealing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of age, which is slow on purpose: the passphrase before the content."""

    async def in_no_time(what: str, content: bytes, passphrase: str) -> tuple[int, bytes]:
        mark = passphrase.encode() + b":"
        if what == "seal":
            return 0, mark + content
        return (0, content[len(mark) :]) if content.startswith(mark) else (sealing.WRONG, b"")

    monkeypatch.setattr(sealing, "_in_a_process", in_no_time)


@pytest.mark.usefixtures("quick_sealing")
async def test_on_an_empty_machine_the_secrets_come_back_and_what_is_there_stays(
    database_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    old = settings_of(database_url, tmp_path / "old", passphrase=PASSPHRASE)
    old.secrets_folder.mkdir(parents=True)
    (old.secrets_folder / "redis-password").write_text("of the old machine\n")
    (old.secrets_folder / "other").write_text("of the old machine\n")
    await run_sql(database_url, "INSERT INTO installation (identity) VALUES ('00000000-0000-4000-8000-000000000007')")
    await fill(database_url, "Then", 3)
    made = await make(old)
    new = settings_of(empty_database_url, tmp_path / "new")
    new.secrets_folder.mkdir(parents=True)
    (new.secrets_folder / "secret-key").write_text("made a minute ago\n")
    (new.secrets_folder / "redis-password").write_text("of the new machine\n")
    without = await restore(new, made.path)
    assert without.secrets_put_back == []
    assert any("no passphrase" in remark for remark in without.remarks)
    await run_sql(empty_database_url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    with pytest.raises(Refused, match="does not open"):
        await restore(settings_of(empty_database_url, tmp_path / "new", passphrase="wrong"), made.path)
    outcome = await restore(settings_of(empty_database_url, tmp_path / "new", passphrase=PASSPHRASE), made.path)
    assert outcome.secrets_put_back == ["backup-passphrase", "other", "secret-key"]
    assert any("redis-password" in remark and "stay" in remark for remark in outcome.remarks)
    kept = {path.name: path.read_text().strip() for path in new.secrets_folder.iterdir()}
    assert kept == {
        "secret-key": world.SECRET.strip(),
        "redis-password": "of the new machine",
        "other": "of the old machine",
        "backup-passphrase": PASSPHRASE,
    }
    remembered = identity.read(new)
    assert remembered is not None
    assert str(remembered.identity) == "00000000-0000-4000-8000-000000000007"


@pytest.mark.usefixtures("quick_sealing")
async def test_the_key_of_a_machine_with_data_stays(settings: Settings, tmp_path: Path) -> None:
    with_passphrase = settings_of(settings.database_url, tmp_path, passphrase=PASSPHRASE)
    await fill(settings.database_url, "Then", 3)
    made = await make(with_passphrase)
    settings.secrets_folder.mkdir(parents=True)
    (settings.secrets_folder / "secret-key").write_text("another\n")
    outcome = await restore(with_passphrase, made.path)
    assert (settings.secrets_folder / "secret-key").read_text() == "another\n"
    assert outcome.secrets_put_back == []


async def test_the_command_alone_brings_a_centre_back_on_an_empty_machine(settings: Settings, tmp_path: Path) -> None:
    """As the guide says: the program, the file and the passphrase; no database, no key, no folder."""
    await fill(settings.database_url, "Then", 200)
    made = await make(settings_of(settings.database_url, tmp_path, passphrase=PASSPHRASE))
    machine = tmp_path / "machine"
    machine.mkdir()
    variables = environment("", machine, BACKUP_PASSPHRASE=PASSPHRASE)
    variables = {name: value for name, value in variables.items() if name not in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")}

    async def run(*arguments: str) -> tuple[int | None, str, str]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *arguments, cwd=ROOT, env=variables | {"DATA_DIR": str(machine / "data")},
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        done = await ended(process)
        return done.code, done.out, done.err

    began = time.monotonic()
    code, out, err = await run("backend.cli", "restore", str(made.path), "--json")
    seconds = time.monotonic() - began
    assert code == 0, (out, err)
    print(f"restored on an empty machine in {seconds:.1f} s")
    assert json.loads(out)["secrets_put_back"] == ["backup-passphrase", "secret-key"]
    assert (machine / "data" / "secrets" / "secret-key").read_text().strip() == world.SECRET.strip()
    # A second command starts the same database with the key that came back.
    code, out, err = await run("backend.operations.stack", "psql", "-AtX", "-c", "SELECT count(*) FROM clients WHERE first_name = 'Then'")
    assert (code, out.strip()) == (0, "200"), err
