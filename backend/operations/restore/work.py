"""The steps of a restore, in order. Until the databases are exchanged, in one transaction, the present one is as it was."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from backend import clock
from backend.config import Settings
from backend.operations.backup import archive, folder, loading, making, record
from backend.operations.backup.contents import contents, differences
from backend.operations.backup.databases import connected, drop, in_words, name_of, url_of
from backend.operations.backup.errors import BackupFailed
from backend.operations.backup.folder import BackupFile
from backend.operations.bootstrap.trouble import place
from backend.operations.restore import afterwards, inspection, secret_files, target
from backend.operations.restore.inspection import Kind
from backend.operations.restore.outcome import DONE, Outcome
from backend.operations.restore.secret_files import Ask, Secrets
from backend.operations.restore.target import Present

BEFORE = "before-restore"


@dataclass(slots=True)
class Work:
    """One run. ``agree`` shows what will be replaced and raises `Refused` when the operator doesn't want it."""

    settings: Settings
    file: Path
    outcome: Outcome
    say: Callable[[str], None]
    agree: Callable[[BackupFile, Present], None]
    ask: Ask | None
    with_secrets: bool

    async def run(self) -> None:
        """Do all of it. Raises `Refused` with nothing changed, or `BackupFailed` with the present data as they were."""
        owner = self.settings.owner
        self.say(f"reading {self.file.name}")
        backup, kind = await asyncio.to_thread(inspection.inspect, self.file)
        self._describe(backup)
        with in_words(owner):
            async with target.at_server(owner) as connection:
                present = await target.look(connection, owner)
                self.outcome.rows_before = present.contents.total_rows if present.contents else 0
                await asyncio.to_thread(self.agree, backup, present)
                secrets = await self._unlock(backup, present)
                safe = await self._back_up(present)
                async with folder.locked(owner.backup_folder, self.say):
                    old = await self._replace(connection, backup, kind, present, secrets)
                    await self._drop_old(connection, old, safe=safe)
                    self.outcome.databases_left = await target.left_behind(connection, present)
                    await record.note(owner, owner.backup_folder, self.say)
        self.outcome.exit_code = DONE

    def _describe(self, backup: BackupFile) -> None:
        manifest = backup.manifest
        self.outcome.made_at = manifest.made_at.isoformat()
        self.outcome.rows = manifest.total_rows
        self.outcome.revision_in_backup = self.outcome.revision = manifest.revision

    async def _unlock(self, backup: BackupFile, present: Present) -> Secrets:
        if not self.with_secrets:
            return Secrets()
        secrets = await secret_files.unlock(self.settings, backup, machine_is_new=not present.holds_data, ask=self.ask)
        if secrets.remark:
            self.outcome.remarks.append(secrets.remark)
        return secrets

    async def _back_up(self, present: Present) -> bool:
        """Back the present data up; whether they are safe, so that their database needn't be kept."""
        if not present.holds_data:
            return True
        self.say("making a backup of the present data first")
        try:
            made = await making.make(self.settings, why=BEFORE, say=self.say)
        except BackupFailed as error:
            self.say(f"the present data could not be backed up: {error.message}")
            self.outcome.remarks.append(f"The present data could not be backed up first ({error.message}) Their database was kept instead.")
            return False
        self.outcome.before_restore = str(made.path)
        return True

    async def _replace(
        self, connection: asyncpg.Connection, backup: BackupFile, kind: Kind, present: Present, secrets: Secrets
    ) -> str | None:
        """Load the backup beside the present data, then exchange them; returns the former database's new name."""
        owner = self.settings.owner
        number = backup.manifest.identity
        async with target.new_database(connection, present, self.say) as name:
            fresh = owner.model_copy(update={"database_url": url_of(owner.database_url, name)})
            await self._load(backup, fresh)
            if kind is not Kind.OTHER:
                number = await self._prepare(backup, kind, present, fresh)
            put, remarks = secret_files.put_back(self.settings, secrets, machine_is_new=not present.holds_data)
            self.outcome.secrets_put_back = put
            self.outcome.remarks += remarks
            self.say("exchanging the databases")
            old = await target.exchange(owner, connection, present, name, clock.now())
        if kind is Kind.OTHER:
            self.outcome.remarks.append("These are not data of this program's present schema: run `just bootstrap`, which takes them over.")
        self.outcome.remarks += secret_files.settle_identity(self.settings, number, place(self.settings))
        return old

    async def _load(self, backup: BackupFile, fresh: Settings) -> None:
        manifest = backup.manifest
        spot = fresh.backup_folder
        with folder.disk_trouble(spot):
            folder.check_space(spot, manifest.dump_bytes, "unpacking the backup")
        self.say(f"restoring {manifest.total_rows:,} rows in {len(manifest.tables)} tables")
        name = folder.name_of(manifest.made_at, manifest.why)
        with folder.temporary(spot / f"{name}.restore.part") as dump:
            with folder.disk_trouble(spot):
                await asyncio.to_thread(archive.extract_dump, backup.path, dump)
            async with connected(fresh.database_url) as there:
                major = there.get_server_version().major
            await loading.load(dump, fresh.database_url, server_major=major, dumped_with=manifest.dumped_with)
        async with connected(fresh.database_url) as there:
            found = await contents(there)
        if differs := differences(found, manifest.tables, manifest.revision, manifest.audit_head):
            raise BackupFailed(f"Restored, it is not what was backed up: {'; '.join(differs[:5])}. The present data are as they were.")
        self.say("every table has the rows it had")

    async def _prepare(self, backup: BackupFile, kind: Kind, present: Present, fresh: Settings) -> str | None:
        owner = self.settings.owner
        if kind is Kind.OLDER:
            self.say(f"upgrading from {backup.manifest.revision}")
            await afterwards.upgrade_it(fresh)
        erasures = afterwards.erasures_in_journal(self.settings.config_folder)
        if present.contents is not None:
            erasures += await afterwards.erasures_of(owner.database_url)
        prepared = await afterwards.prepare(fresh, backup.manifest, backup.path.name, erasures, self.say)
        async with connected(fresh.database_url) as there:
            await afterwards.advance_sequences(there, present.sequences)
            await there.execute("ANALYZE")
        self.outcome.revision = prepared.revision
        self.outcome.erased_again = prepared.erased
        self.outcome.sessions_ended = prepared.sessions_ended
        self.outcome.messages_paused = True
        if self.settings.database_owner_url:
            both = self.settings.model_copy(update={"database_owner_url": fresh.database_url, "database_url": self._beside(fresh)})
            for done in await afterwards.give_rights(both):
                self.say(done)
        return prepared.identity

    def _beside(self, fresh: Settings) -> str:
        # The API's address, to the new database under the name that it has now.
        return url_of(self.settings.database_url, name_of(fresh.database_url))

    async def _drop_old(self, connection: asyncpg.Connection, old: str | None, *, safe: bool) -> None:
        if old is None:
            return
        if safe:
            with suppress(asyncpg.PostgresError):
                await drop(connection, old)
                return
        self.outcome.old_database = old
