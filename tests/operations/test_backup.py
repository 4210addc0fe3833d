"""Making and proving a backup on a real server."""

import asyncio
import os
import shutil
from pathlib import Path

import asyncpg
import pytest

from backend.operations import backup
from backend.operations.backup import BackupFailed, NotProven, archive, folder, listing, loading, sealing
from backend.operations.backup.databases import url_of
from tests import world
from tests.operations.backup_support import fill, forgotten, inside, make, settings_of
from tests.operations.bootstrap_support import rows, run_sql


async def test_a_backup_is_made_proven_and_noted(clean_url: str, tmp_path: Path) -> None:
    await fill(clean_url)
    settings = settings_of(clean_url, tmp_path)
    made = await make(settings, "before-upgrade")
    assert made.proven
    assert made.manifest.tables["public.clients"] == made.manifest.tables["public.client_notes"] == 20
    assert made.manifest.why == "before-upgrade"
    assert made.path.name.endswith("Z-before-upgrade.backup")
    assert inside(settings.backup_folder) == {made.path.name, f"{made.path.name}.proof.json"}
    noted = await rows(
        clean_url, "SELECT file_name, why, encode(sha256, 'hex') AS sha256, size_bytes, total_rows, proven_at, problem FROM backups"
    )
    assert [tuple(row)[:5] for row in noted] == [(made.path.name, made.manifest.why, made.sha256, made.size, made.manifest.total_rows)]
    assert made.proof is not None
    assert (noted[0]["proven_at"], noted[0]["problem"]) == (made.proof.at, None)
    assert await forgotten(clean_url, "krc_proof_") == []
    assert listing(settings.backup_folder).newest_proven == made


async def test_every_schema_and_other_programs_databases_are_in_it(empty_database_url: str, tmp_path: Path) -> None:
    await run_sql(
        empty_database_url,
        "CREATE TABLE users (id int, name text)",
        "CREATE SCHEMA attic_20260101000000",
        'CREATE TABLE attic_20260101000000."Odd ""name" (x int)',
        "INSERT INTO users SELECT n, 'n' FROM generate_series(1, 5) n",
        'INSERT INTO attic_20260101000000."Odd ""name" VALUES (1)',
    )
    made = await make(settings_of(empty_database_url, tmp_path))
    assert made.proven
    assert made.manifest.tables == {"public.users": 5, 'attic_20260101000000.Odd "name': 1}
    assert (made.manifest.revision, made.manifest.audit_head, made.manifest.identity) == (None, None, None)


async def test_what_is_written_meanwhile_is_not_in_it(database_url: str, tmp_path: Path) -> None:
    """The figures and the dump are of one instant, while others write all the time."""
    await fill(database_url, count=2000)
    stop = asyncio.Event()

    async def writing() -> int:
        connection = await asyncpg.connect(database_url)
        written = 0
        while not stop.is_set():
            await connection.execute("INSERT INTO clients (first_name, last_name) VALUES ('Meanwhile', 'X')")
            await connection.execute("DELETE FROM client_notes WHERE id = (SELECT min(id) FROM client_notes)")
            written += 1
        await connection.close()
        return written

    writers = [asyncio.create_task(writing()) for _ in range(2)]
    for _ in range(3):
        made = await make(settings_of(database_url, tmp_path))
        assert made.proven, made.proof
    stop.set()
    assert sum(await asyncio.gather(*writers)) > 10


async def test_secrets_travel_encrypted_and_the_passphrase_does_not(clean_url: str, tmp_path: Path) -> None:
    settings = settings_of(clean_url, tmp_path, passphrase="open sesame")
    secrets = settings.secrets_folder
    secrets.mkdir(parents=True)
    (secrets / "redis-password").write_text("wet paint\n")
    (secrets / "backup-passphrase").write_text("open sesame\n")
    (secrets / "a-copy-of-it").write_text("open sesame\n")
    (secrets / "elsewhere").symlink_to("/etc/hostname")
    made = await make(settings)
    assert made.proven
    assert made.proof is not None
    assert made.proof.secrets == "opened: 2"
    assert made.manifest.secrets == ("redis-password", "secret-key")
    content = made.path.read_bytes()
    assert b"open sesame" not in content
    assert b"wet paint" not in content
    assert world.SECRET.encode() not in content
    sealed = archive.read_part(made.path, archive.SECRETS)
    assert sealed is not None
    with pytest.raises(backup.BackupFailed, match="does not open"):
        await sealing.unseal(sealed, "close sesame")


async def test_without_a_passphrase_the_secrets_are_left_out_and_that_is_said(clean_url: str, tmp_path: Path) -> None:
    made = await make(settings_of(clean_url, tmp_path))
    assert archive.read_part(made.path, archive.SECRETS) is None
    assert made.manifest.no_secrets_because == sealing.NO_PASSPHRASE
    assert world.SECRET.encode() not in made.path.read_bytes()


async def test_a_proof_names_the_table_that_differs(clean_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(clean_url)
    real = loading.load

    async def losing_a_row(dump: Path, url: str, **versions: int) -> None:
        await real(dump, url, **versions)
        await run_sql(url, "DELETE FROM client_notes WHERE id = (SELECT min(id) FROM client_notes)")

    monkeypatch.setattr(loading, "load", losing_a_row)
    settings = settings_of(clean_url, tmp_path)
    with pytest.raises(NotProven, match=r"public\.client_notes has 19 rows instead of 20") as caught:
        await make(settings)
    assert not caught.value.file.proven
    found = listing(settings.backup_folder)
    assert found.newest_proven is None
    assert (await rows(clean_url, "SELECT proven_at, problem FROM backups"))[0]["problem"].startswith("Restored, it is not")
    monkeypatch.undo()
    assert (await backup.prove(settings, caught.value.file.path, say=lambda _: None)).proven


async def test_a_damaged_backup_no_longer_counts(clean_url: str, tmp_path: Path) -> None:
    settings = settings_of(clean_url, tmp_path)
    made = await make(settings)
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 4
    made.path.write_bytes(content)
    tried = await backup.prove(settings, made.path, say=lambda _: None)
    assert not tried.proven
    assert listing(settings.backup_folder).newest_proven is None
    assert (await rows(clean_url, "SELECT proven_at FROM backups"))[0]["proven_at"] is None
    made.path.write_bytes(content[:1000])
    found = listing(settings.backup_folder)
    assert (found.backups, list(found.damaged)) == ([], [made.path])


async def test_a_proof_of_other_bytes_is_none(clean_url: str, tmp_path: Path) -> None:
    settings = settings_of(clean_url, tmp_path)
    first, second = await make(settings), await make(settings, prove=False)
    folder.proof_path(second.path).write_text(folder.proof_path(first.path).read_text())
    assert not folder.read(second.path).proven


async def test_an_earlier_proof_outlives_a_server_that_is_away(clean_url: str, tmp_path: Path) -> None:
    settings = settings_of(clean_url, tmp_path)
    made = await make(settings)
    away = settings.model_copy(update={"database_url": "postgresql://krc:x@127.0.0.1:1/krc"})
    with pytest.raises(BackupFailed, match="can't be reached"):
        await backup.prove(away, made.path, say=lambda _: None)
    assert folder.read(made.path).proven


async def test_a_database_that_is_away_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    settings = settings_of("postgresql://krc:secret-word@127.0.0.1:1/krc", tmp_path)
    with pytest.raises(BackupFailed, match="can't be reached") as caught:
        await make(settings)
    assert "secret-word" not in str(caught.value)
    assert inside(settings.backup_folder) == set()


# Writes half a file, then fails.
FAILING = """#!/bin/sh
case $1 in --version) echo "pg_dump (PostgreSQL) 18.6"; exit 0;; esac
for option; do case $option in --file=*) echo half > "${option#--file=}";; esac; done
echo "pg_dump: error: the moon is full" >&2
exit 1
"""


async def test_a_dump_that_fails_leaves_nothing_and_is_noted(clean_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = tmp_path / "pg_dump"
    failing.write_text(FAILING)
    failing.chmod(0o755)
    monkeypatch.setattr(loading, "program", lambda *_: failing)
    settings = settings_of(clean_url, tmp_path)
    with pytest.raises(BackupFailed, match="could not be dumped: the moon is full"):
        await make(settings)
    assert inside(settings.backup_folder) == set()
    noted = await rows(clean_url, "SELECT why, size_bytes, proven_at, problem FROM backups")
    assert [tuple(row) for row in noted] == [("manual", 0, None, "The database could not be dumped: the moon is full.")]


async def test_a_role_that_may_not_create_databases_gets_the_statement(database_url: str, tmp_path: Path) -> None:
    role = database_url.rsplit("_", 1)[1]
    name = database_url.rsplit("/", 1)[1]
    await run_sql(database_url, f"CREATE ROLE r{role} LOGIN PASSWORD 'x'", f"GRANT pg_read_all_data TO r{role}")
    url = url_of(database_url, name).replace("krc:", f"r{role}:", 1)
    url = f"postgresql://r{role}:x@{database_url.split('@')[1]}"
    try:
        with pytest.raises(BackupFailed, match=f'ALTER ROLE "r{role}" CREATEDB'):
            await make(settings_of(url, tmp_path))
        made = await make(settings_of(url, tmp_path), prove=False)
        assert not made.proven
    finally:
        await run_sql(database_url, f"DROP OWNED BY r{role}", f"DROP ROLE r{role}")


async def test_the_owners_address_is_used(database_url: str, tmp_path: Path) -> None:
    settings = settings_of("postgresql://nobody:x@127.0.0.1:1/none", tmp_path, database_owner_url=database_url)
    assert (await make(settings)).proven


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
async def test_a_folder_without_rights_is_a_sentence(clean_url: str, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir(mode=0o500)
    with pytest.raises(BackupFailed, match="Give this user that folder, or set BACKUP_DIR"):
        await make(settings_of(clean_url, tmp_path))


async def test_a_file_in_the_folders_place_is_a_sentence(clean_url: str, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("")
    with pytest.raises(BackupFailed, match="can't be used for backups"):
        await make(settings_of(clean_url, tmp_path))


async def test_what_killed_runs_left_is_removed_and_what_is_not_ours_stays(clean_url: str, tmp_path: Path) -> None:
    settings = settings_of(clean_url, tmp_path)
    settings.backup_folder.mkdir(parents=True)
    name = "krc-20260101T000000Z-nightly.backup"
    for left in (f"{name}.part", f"{name}.dump.part", f"{name}.proof.part", f"{name}.restore.part", f"{name}.proof.json"):
        (settings.backup_folder / left).write_text("x")
    foreign = {"holiday.jpg", "krc-notes.txt", "mine.backup", "other.part", "krc-x.backup.part"}
    for other in foreign:
        (settings.backup_folder / other).write_text("x")
    await run_sql(url_of(clean_url, "postgres"), 'CREATE DATABASE "krc_proof_left"')
    made = await make(settings)
    assert inside(settings.backup_folder) == {*foreign, made.path.name, f"{made.path.name}.proof.json"}
    assert await forgotten(clean_url, "krc_proof_left") == []


async def test_two_at_once_make_two(clean_url: str, tmp_path: Path) -> None:
    settings = settings_of(clean_url, tmp_path)
    made = await asyncio.gather(make(settings), make(settings))
    assert all(one.proven for one in made)
    assert made[0].path != made[1].path
    assert len(listing(settings.backup_folder).backups) == 2


@pytest.mark.parametrize("why", ["", "two words", "../etc", "UPPER", "x" * 41, "-"])
async def test_a_reason_that_is_no_word_is_refused(clean_url: str, tmp_path: Path, why: str) -> None:
    with pytest.raises(BackupFailed, match="use one word"):
        await make(settings_of(clean_url, tmp_path), why)
    assert not (tmp_path / "backups").exists()


async def test_too_little_space_is_said_before_anything_is_written(clean_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1_000_000})())
    with pytest.raises(BackupFailed, match=r"has 1\.0 MB free, and a backup needs about"):
        await make(settings_of(clean_url, tmp_path))
    assert inside(tmp_path / "backups") == set()
