"""Restoring: the present data are replaced by the backup's, and nothing that must not come back does."""

import asyncio
import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from backend.clients.erasure import JOURNAL, erase
from backend.config import Settings
from backend.db import Database
from backend.operations.backup import Manifest, archive, making
from backend.operations.backup.errors import BackupFailed
from backend.operations.backup.folder import read
from backend.operations.bootstrap import fingerprint
from backend.operations.bootstrap.revisions import revisions
from backend.operations.restore.outcome import Refused
from tests import world
from tests.operations.backup_support import fill, forgotten, inside, make, names, restore, settings_of
from tests.operations.bootstrap_support import cli, rows, run_sql
from tests.world import OPERATOR


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return settings_of(database_url, tmp_path)


async def test_the_present_data_are_replaced_and_backed_up_first(settings: Settings) -> None:
    url = settings.database_url
    await fill(url, "Then", 20)
    made = await make(settings)
    await run_sql(url, "DELETE FROM clients")
    await fill(url, "Now", 30)
    outcome = await restore(settings, made.path)
    assert await names(url) == {"Then": 20}
    assert (await rows(url, "SELECT count(*) FROM client_search"))[0][0] == 20
    before = read(Path(outcome.before_restore or ""))
    assert before.proven
    assert before.manifest.tables["public.clients"] == 30
    assert outcome.databases_left == []
    noted = {row[0] for row in await rows(url, "SELECT file_name FROM backups WHERE proven_at IS NOT NULL")}
    assert noted == {made.path.name, before.path.name}
    # The way back is the same way.
    await restore(settings, before.path)
    assert await names(url) == {"Now": 30}


async def test_everybody_is_signed_out_and_messages_are_paused(settings: Settings) -> None:
    url = settings.database_url
    await run_sql(
        url,
        "INSERT INTO users (email, display_name, role, password_hash) VALUES ('a@example.test', 'A', 'ADMIN', 'x')",
        "INSERT INTO sessions (user_id, expires_at) SELECT id, now() + interval '1 day' FROM users",
        "INSERT INTO refresh_tokens (token_hash, session_id) SELECT 'x', id FROM sessions",
        "INSERT INTO installation (identity) VALUES ('00000000-0000-4000-8000-000000000001')",
    )
    made = await make(settings)
    outcome = await restore(settings, made.path)
    assert (outcome.sessions_ended, outcome.messages_paused) == (1, True)
    assert (await rows(url, "SELECT ended_because FROM sessions"))[0][0] == "RESTORED"
    assert (await rows(url, "SELECT count(*) FROM refresh_tokens"))[0][0] == 0
    row = (
        await rows(url, "SELECT identity::text, restored_at, restored_from, messages_paused_at, messages_paused_because FROM installation")
    )[0]
    assert row["identity"] == "00000000-0000-4000-8000-000000000001"
    assert row["restored_from"] == made.path.name
    assert None not in tuple(row)
    assert (await rows(url, "SELECT count(*) FROM audit_log WHERE action = 'installation.restored'"))[0][0] == 1


async def test_numbers_go_on_where_the_present_database_left_off(settings: Settings) -> None:
    await fill(settings.database_url, "Then", 5)
    made = await make(settings)
    await fill(settings.database_url, "Now", 10)
    await restore(settings, made.path)
    new = await rows(settings.database_url, "INSERT INTO clients (first_name, last_name) VALUES ('New', 'One') RETURNING id")
    assert new[0][0] == 16


async def erase_in(settings: Settings, number: int, *, journal: bool = True) -> None:
    database = Database.of(settings)
    settings.config_folder.mkdir(parents=True, exist_ok=True)
    async with database.writing(OPERATOR) as uow:
        await erase(uow, number, reason="asked", journal=settings.config_folder / JOURNAL if journal else None)
    await database.close()


async def test_erasures_since_are_carried_out_again_from_the_present_database(settings: Settings) -> None:
    await fill(settings.database_url, "Then", 4)
    made = await make(settings)
    await erase_in(settings, 2, journal=False)
    outcome = await restore(settings, made.path)
    assert outcome.erased_again == [2]
    assert await names(settings.database_url) == {"Then": 3, "Erased": 1}
    assert [tuple(row) for row in await rows(settings.database_url, "SELECT client_id, reason FROM erasures")] == [(2, "asked")]


async def test_erasures_since_are_carried_out_again_from_the_journal_when_the_database_is_lost(settings: Settings) -> None:
    await fill(settings.database_url, "Then", 4)
    made = await make(settings)
    await erase_in(settings, 3)
    with (settings.config_folder / JOURNAL).open("a") as journal:
        journal.write('{"client": 1, "a')  # cut off by a crash
    await world.drop(settings.database_url)
    outcome = await restore(settings, made.path)
    assert outcome.erased_again == [3]
    assert await names(settings.database_url) == {"Then": 3, "Erased": 1}


async def test_a_number_that_belongs_to_somebody_else_by_now_is_not_erased(settings: Settings) -> None:
    """A line of the journal from before a former restore, whose number went to another person since."""
    await fill(settings.database_url, "Then", 2)
    made = await make(settings)
    settings.config_folder.mkdir(parents=True)
    created = (await rows(settings.database_url, "SELECT created_at FROM clients WHERE id = 2"))[0][0]
    line = {"client": 2, "at": (created - timedelta(minutes=1)).isoformat()}
    (settings.config_folder / JOURNAL).write_text(json.dumps(line) + "\n")
    assert (await restore(settings, made.path)).erased_again == []
    assert await names(settings.database_url) == {"Then": 2}


async def test_an_older_revision_is_upgraded(empty_database_url: str, tmp_path: Path) -> None:
    settings = settings_of(empty_database_url, tmp_path)
    await world.migrate(empty_database_url, revisions()[0])
    await run_sql(empty_database_url, "INSERT INTO clients (first_name, last_name) VALUES ('Then', 'X')")
    made = await make(settings)
    assert made.manifest.revision == revisions()[0]
    outcome = await restore(settings, made.path)
    assert (outcome.revision_in_backup, outcome.revision) == (revisions()[0], revisions()[-1])
    assert (await rows(empty_database_url, "SELECT version_num FROM alembic_version"))[0][0] == revisions()[-1]
    assert (await rows(empty_database_url, "SELECT count(*) FROM installation"))[0][0] == 1


async def test_a_newer_revision_is_refused(settings: Settings) -> None:
    await run_sql(settings.database_url, "UPDATE alembic_version SET version_num = '29990101_future'")
    made = await make(settings)
    with pytest.raises(Refused, match="a newer one made it") as caught:
        await restore(settings, made.path)
    assert "just upgrade" in caught.value.plan[0]


async def test_another_programs_database_comes_back_as_it_was(empty_database_url: str, tmp_path: Path) -> None:
    settings = settings_of(empty_database_url, tmp_path)
    await run_sql(empty_database_url, "CREATE TABLE users (id int)", "INSERT INTO users VALUES (1), (2)")
    made = await make(settings, "before-adoption")
    await run_sql(empty_database_url, "DROP TABLE users")
    outcome = await restore(settings, made.path)
    assert (await rows(empty_database_url, "SELECT count(*) FROM users"))[0][0] == 2
    assert any("just bootstrap" in remark for remark in outcome.remarks)
    assert not outcome.messages_paused


async def test_present_data_that_cannot_be_backed_up_are_kept_as_a_database(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(settings.database_url, "Then", 3)
    made = await make(settings)
    await fill(settings.database_url, "Now", 2)

    async def failing(*_: object, **__: object) -> None:
        raise BackupFailed("The disk is full.")

    monkeypatch.setattr(making, "make", failing)
    outcome = await restore(settings, made.path)
    assert await names(settings.database_url) == {"Then": 3}
    assert outcome.old_database is not None
    assert outcome.databases_left == [outcome.old_database]
    assert "_before_" in outcome.old_database
    assert outcome.old_database in outcome.text()
    old = settings.database_url.rsplit("/", 1)[0] + "/" + outcome.old_database
    assert await names(old) == {"Then": 3, "Now": 2}
    await world.drop(old)


async def test_connections_that_come_back_all_the_time_do_not_stop_it(settings: Settings) -> None:
    """The API's pool and a hasty client; both see the restored data afterwards without being started anew."""
    await fill(settings.database_url, "Then", 3)
    made = await make(settings)
    await run_sql(settings.database_url, "UPDATE clients SET first_name = 'Now'")
    database = Database.of(settings)
    stop = asyncio.Event()

    async def hasty() -> None:
        while not stop.is_set():
            # It comes back whatever happens; asyncpg calls some cuts in the middle of an exchange its own fault.
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError):
                await names(settings.database_url)

    async def seen() -> set[str]:
        async with database.reading() as reader:
            return set(await reader.scalars(text("SELECT first_name FROM clients")))

    assert await seen() == {"Now"}
    clients = [asyncio.create_task(hasty()) for _ in range(3)]
    await restore(settings, made.path)
    stop.set()
    await asyncio.gather(*clients)
    assert await seen() == {"Then"}
    await database.close()


@pytest.mark.parametrize("damage", ["flipped", "cut"])
async def test_a_damaged_file_is_refused_and_nothing_changes(settings: Settings, damage: str) -> None:
    await fill(settings.database_url, "Now", 3)
    made = await make(settings)
    content = bytearray(made.path.read_bytes())
    content[len(content) // 3] ^= 1
    made.path.write_bytes(content if damage == "flipped" else content[: len(content) // 2])
    with pytest.raises(Refused, match="damaged"):
        await restore(settings, made.path)
    assert await names(settings.database_url) == {"Now": 3}
    assert [name for name in inside(settings.backup_folder) if "before-restore" in name] == []


async def test_a_dump_whose_rows_are_others_is_not_put_in_place(settings: Settings) -> None:
    await fill(settings.database_url, "Then", 3)
    made = await make(settings)
    manifest = made.manifest.as_json().replace(b'"public.clients": 3', b'"public.clients": 4')
    manifest = manifest.replace(
        f'"total_rows": {made.manifest.total_rows}'.encode(), f'"total_rows": {made.manifest.total_rows + 1}'.encode()
    )
    dump = settings.data_dir / "dump"
    archive.extract_dump(made.path, dump)
    archive.write(made.path, Manifest.parse(manifest), dump, identity=None, secrets=None)
    await run_sql(settings.database_url, "UPDATE clients SET first_name = 'Now'")
    with pytest.raises(BackupFailed, match=r"public\.clients has 3 rows instead of 4"):
        await restore(settings, made.path)
    assert await names(settings.database_url) == {"Now": 3}
    assert await forgotten(settings.database_url, settings.database_url.rsplit("/", 1)[1] + "_restoring_") == []


async def test_a_role_of_the_api_may_use_the_restored_database(settings: Settings) -> None:
    url, role = settings.database_url, "app_" + settings.database_url.rsplit("_", 1)[1]
    app = f"postgresql://{role}:app-password@{url.split('@')[1]}"
    both = settings.model_copy(update={"database_url": app, "database_owner_url": url})
    await fill(url, "Then", 3)
    await run_sql(url, f"CREATE ROLE {role} LOGIN PASSWORD 'app-password'")
    try:
        made = await make(both)
        await run_sql(url, "DELETE FROM clients")
        await restore(both, made.path)
        assert await names(app) == {"Then": 3}
        await run_sql(app, "INSERT INTO clients (first_name, last_name) VALUES ('New', 'One')")
    finally:
        await run_sql(url, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


async def test_the_command_asks_before_it_replaces_data(settings: Settings) -> None:
    await fill(settings.database_url, "Now", 3)
    made = await make(settings)
    refused = await cli(settings.database_url, settings.data_dir, "restore", str(made.path), "--json")
    assert (refused.code, refused.json["exit_code"]) == (3, 3)
    assert "--yes" in refused.json["plan"][0]
    missing = await cli(settings.database_url, settings.data_dir, "restore", "nothing.backup", "--yes")
    assert missing.code == 3
    assert "There is no file" in missing.out
    assert "Traceback" not in missing.err


async def fingerprint_of(url: str) -> dict[str, str]:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    async with engine.connect() as connection:
        return (await fingerprint.take(connection)).objects


async def test_bootstrap_finds_a_restored_database_at_head(settings: Settings) -> None:
    """Checks that were dumped and restored are written in another way by PostgreSQL, and mean the same."""
    made = await make(settings)
    await restore(settings, made.path)
    assert await fingerprint_of(settings.database_url) == fingerprint.known()[revisions()[-1]].objects
