"""The installation's identity, the key and the passphrase: what is kept beside the database and has to fit to it."""

import errno
import json
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from backend.operations import identity
from backend.operations.bootstrap.revisions import revisions
from backend.operations.bootstrap.trouble import Trouble
from backend.operations.stack import StackError
from tests import world
from tests.operations.bootstrap_support import bootstrap, catalog, cli, contents, in_this_process, real_api, rows, run_sql

OTHER_KEY = "another key for tests " * 3


async def identity_in(url: str) -> UUID:
    found: UUID = (await rows(url, "SELECT identity FROM installation"))[0][0]
    return found


def kept(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "config" / "installation.json").read_text(encoding="utf-8"))
    return found


async def test_the_first_run_names_the_installation_inside_and_outside(empty_database_url: str, tmp_path: Path) -> None:
    outcome = await in_this_process(empty_database_url, real_api, folder=tmp_path)
    file = tmp_path / "config" / "installation.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert kept(tmp_path)["identity"] == outcome.identity == str(await identity_in(empty_database_url))
    assert kept(tmp_path)["database"] == empty_database_url.rsplit("@", 1)[1]
    before = file.stat().st_ino
    await in_this_process(empty_database_url, folder=tmp_path)
    assert file.stat().st_ino == before, "not even written again"


async def test_a_database_from_before_there_were_names_gets_one(empty_database_url: str, tmp_path: Path) -> None:
    await world.migrate(empty_database_url, revisions()[0])
    outcome = await in_this_process(empty_database_url, real_api, folder=tmp_path)
    assert outcome.identity == str(await identity_in(empty_database_url)) == kept(tmp_path)["identity"]


async def test_a_row_that_is_missing_gets_the_remembered_name(seeded_url: str, tmp_path: Path) -> None:
    first = await in_this_process(seeded_url, folder=tmp_path)
    await run_sql(seeded_url, "DELETE FROM installation")
    again = await in_this_process(seeded_url, folder=tmp_path)
    assert first.identity == again.identity == str(await identity_in(seeded_url))


WIPED = {
    "empty": [],
    "of something else": ["CREATE TABLE odd (id int)"],
    "only the version": [
        "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)",
        f"INSERT INTO alembic_version VALUES ('{revisions()[-1]}')",
    ],
}


@pytest.mark.parametrize("statements", WIPED.values(), ids=WIPED)
async def test_a_database_that_should_have_data_and_has_none(
    empty_database_url: str, seeded_url: str, tmp_path: Path, statements: list[str]
) -> None:
    first = await in_this_process(seeded_url, folder=tmp_path)
    await run_sql(empty_database_url, *statements)
    said = await refused(empty_database_url, tmp_path, "data-gone")
    assert "wrong volume" in said
    assert "just restore FILE" in said
    assert "--begin-anew" in said
    dry = await in_this_process(empty_database_url, folder=tmp_path, begin_anew=True, dry_run=True)
    assert kept(tmp_path)["identity"] == first.identity, "a dry run forgets nothing"
    if statements and "alembic_version" in statements[0]:
        assert (dry.decision, dry.exit_code) == ("tables-gone", 3)
        assert kept(tmp_path)["identity"] == first.identity, "a refusal neither"
        return
    anew = await in_this_process(empty_database_url, real_api, folder=tmp_path, begin_anew=True)
    assert (anew.exit_code, dry.decision) == (0, anew.decision)
    assert anew.identity != first.identity
    assert kept(tmp_path)["identity"] == anew.identity
    [aside] = (tmp_path / "config").glob("installation.json.*")
    assert json.loads(aside.read_text(encoding="utf-8"))["identity"] == first.identity
    assert aside.name in " ".join(anew.remarks)


async def test_the_database_of_another_installation(own_url: str, tmp_path: Path) -> None:
    await in_this_process(own_url, folder=tmp_path)
    other = uuid4()
    await run_sql(own_url, f"UPDATE installation SET identity = '{other}'")
    said = await refused(own_url, tmp_path, "other-installation")
    assert str(other) in said
    anew = await in_this_process(own_url, folder=tmp_path, begin_anew=True)
    assert (anew.decision, anew.exit_code, anew.identity) == ("at-head", 0, str(other))
    assert kept(tmp_path)["identity"] == str(other)
    assert (await in_this_process(own_url, folder=tmp_path)).exit_code == 0


async def test_beginning_anew_without_a_reason_changes_nothing(own_url: str, tmp_path: Path) -> None:
    first = await in_this_process(own_url, folder=tmp_path)
    anew = await in_this_process(own_url, folder=tmp_path, begin_anew=True)
    assert first.identity == anew.identity
    assert not list((tmp_path / "config").glob("installation.json.*"))


async def test_a_key_that_is_missing_is_not_replaced(own_url: str, tmp_path: Path) -> None:
    first = await in_this_process(own_url, folder=tmp_path)
    run = await bootstrap(own_url, tmp_path, SECRET_KEY=OTHER_KEY)
    assert (run.code, run.json["decision"]) == (3, "key-changed")
    assert "just restore FILE" in " ".join(run.json["plan"])
    assert run.json["message"] in run.err, "also for whoever reads only the log"
    assert OTHER_KEY not in run.out + run.err
    accepted = await bootstrap(own_url, tmp_path, "--begin-anew", SECRET_KEY=OTHER_KEY)
    assert (accepted.code, accepted.json["identity"]) == (0, first.identity)
    assert (await bootstrap(own_url, tmp_path, SECRET_KEY=OTHER_KEY)).code == 0


@pytest.mark.parametrize("content", ["", "{", "[]", '{"identity": "x"}', '{"identity": 1}'])
async def test_a_damaged_file_is_refused_and_not_overwritten(own_url: str, tmp_path: Path, content: str) -> None:
    await in_this_process(own_url, folder=tmp_path)
    file = tmp_path / "config" / "installation.json"
    file.write_text(content, encoding="utf-8")
    assert "damaged" in await refused(own_url, tmp_path, "identity-unreadable")
    assert file.read_text(encoding="utf-8") == content
    assert (await in_this_process(own_url, folder=tmp_path, begin_anew=True)).exit_code == 0
    assert identity.read(world.settings_for(own_url).model_copy(update={"data_dir": tmp_path})) is not None


async def test_a_config_folder_that_is_a_file(empty_database_url: str, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("", encoding="utf-8")
    before = await catalog(empty_database_url)
    run = await bootstrap(empty_database_url, tmp_path)
    assert (run.code, run.json["decision"]) == (3, "identity-unreadable")
    anew = await bootstrap(empty_database_url, tmp_path, "--begin-anew")
    assert anew.code == 1
    assert f"{tmp_path / 'config'} can't be used (File exists)" in anew.json["message"]
    assert "Traceback" not in run.err + anew.err
    assert await catalog(empty_database_url) == before


async def test_a_file_that_cannot_be_renamed(own_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await in_this_process(own_url, folder=tmp_path)

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StackError, match="can't be put aside"):
        await in_this_process(own_url, folder=tmp_path, more={"secret_key": OTHER_KEY}, begin_anew=True)
    assert kept(tmp_path)["identity"] == first.identity


async def test_the_passphrase_is_made_once_and_shown_once(empty_database_url: str, tmp_path: Path) -> None:
    first = await cli(empty_database_url, tmp_path, "bootstrap")
    assert first.code == 0, first.err
    file = tmp_path / "secrets" / "backup-passphrase"
    made = file.read_text(encoding="utf-8").strip()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(made) >= 20
    assert f"Passphrase of the backups: {made}   Write it down" in first.out
    assert made not in first.err
    second = await cli(empty_database_url, tmp_path, "bootstrap")
    assert made not in second.out + second.err
    assert file.read_text(encoding="utf-8").strip() == made


async def test_a_passphrase_that_nobody_saw_is_shown_again(own_url: str, tmp_path: Path) -> None:
    first = await in_this_process(own_url, folder=tmp_path)
    (tmp_path / "secrets" / "backup-passphrase.unseen").touch()
    again = await in_this_process(own_url, folder=tmp_path)
    assert first.backup_passphrase == again.backup_passphrase is not None
    assert (await in_this_process(own_url, folder=tmp_path)).backup_passphrase is None


async def test_a_passphrase_of_the_operators_is_left_alone(own_url: str, tmp_path: Path) -> None:
    outcome = await in_this_process(own_url, folder=tmp_path, more={"backup_passphrase": "one that I chose"})
    assert outcome.backup_passphrase is None
    assert not (tmp_path / "secrets").exists()
    assert (await in_this_process(own_url, folder=tmp_path)).backup_passphrase is not None, "dropped again, one is made"


async def test_a_passphrase_that_went_missing_is_not_replaced(own_url: str, tmp_path: Path) -> None:
    first = await in_this_process(own_url, folder=tmp_path)
    file = tmp_path / "secrets" / "backup-passphrase"
    file.unlink()
    assert str(file) in await refused(own_url, tmp_path, "passphrase-missing")
    assert not file.exists()
    anew = await in_this_process(own_url, folder=tmp_path, begin_anew=True)
    assert anew.backup_passphrase is not None
    assert anew.backup_passphrase != first.backup_passphrase
    assert anew.identity == first.identity


async def test_a_secrets_folder_that_cannot_be_written_is_only_a_remark(own_url: str, tmp_path: Path) -> None:
    (tmp_path / "secrets").write_text("", encoding="utf-8")
    outcome = await in_this_process(own_url, folder=tmp_path)
    assert outcome.exit_code == 0
    assert "No passphrase for backups could be made" in " ".join(outcome.remarks)


async def test_two_addresses_of_two_databases_are_noticed(own_url: str, empty_database_url: str) -> None:
    with pytest.raises(Trouble, match=r"have to be the same one; nothing was changed"):
        await in_this_process(own_url, more={"database_owner_url": empty_database_url})


async def refused(url: str, folder: Path, decision: str) -> str:
    before, rows_before = await catalog(url), await contents(url)
    files = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    outcome = await in_this_process(url, folder=folder)
    assert (outcome.decision, outcome.exit_code) == (decision, 3)
    assert len(outcome.plan) >= 2
    assert await catalog(url) == before
    assert await contents(url) == rows_before
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == files
    return " ".join([outcome.message or "", *outcome.plan])


@pytest.fixture
async def own_url() -> AsyncIterator[str]:
    """A seeded database of the test's own."""
    url = await world.create("seeded")
    yield url
    await world.drop(url)
