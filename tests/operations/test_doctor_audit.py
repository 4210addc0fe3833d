"""The doctor on the audit log: the whole chain, what backups have noted of it, and a sealer that stands still."""

from pathlib import Path

import orjson
import pytest

from backend.audit.verification import Finding, Verdict, Wrong
from backend.config import Settings
from backend.db import Database
from backend.operations.backup import make
from backend.operations.backup.manifest import Manifest
from backend.operations.doctor.audit import CHAIN, judge
from backend.operations.doctor.case import Need
from backend.operations.doctor.lines import Level, Line
from tests import world
from tests.audit.log import add, look, seal_all, sealed, seals, tamper
from tests.jobs.support import change
from tests.operations.backup_support import restore
from tests.operations.doctor_support import case_of, examined

IDENTITY = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return world.settings_for(database_url).model_copy(
        update={"backup_dir": tmp_path / "backups", "secrets_dir": tmp_path / "secrets", "config_dir": tmp_path, "data_dir": tmp_path}
    )


async def line_of(settings: Settings) -> Line:
    return (await examined(case_of(settings, Need.DATABASE, Need.TABLES), CHAIN.name))[CHAIN.name]


async def test_nothing_sealed_yet(database: Database, settings: Settings) -> None:
    line = await line_of(settings)
    assert (line.level, line.saw) == (Level.OK, "Nothing of the audit log is sealed yet.")


async def test_a_log_as_it_was_sealed_and_one_that_is_not(database: Database, settings: Settings) -> None:
    numbers = (await sealed(database, 12))[0]
    await add(database, 1)
    line = await line_of(settings)
    assert (line.level, line.saw) == (Level.OK, "12 entries of the audit log are as they were sealed.")
    assert line.numbers == {"entries": 12, "checked": 12, "seals": 3, "waiting": 1, "backups": 0}
    await tamper(database, f"UPDATE audit_log SET after = '{{}}' WHERE id = {numbers[6]}")
    line = await line_of(settings)
    assert (line.level, line.saw) == (Level.FAIL, f"Entry {numbers[6]} of the audit log is not as it was recorded.")
    assert (line.numbers["wrong"], line.numbers["number"]) == ("entry-changed", numbers[6])
    await tamper(database, f"DELETE FROM audit_log WHERE id = {numbers[1]}")
    assert (await line_of(settings)).saw == f"Entry {numbers[1]} of the audit log is missing."


async def test_the_end_cut_off_is_known_by_the_backups(database: Database, settings: Settings) -> None:
    await change(database, f"INSERT INTO installation (identity) VALUES ('{IDENTITY}')")
    await sealed(database, 12)
    made = await make(settings, why="manual", say=lambda _: None, prove=False)
    newest = (await look(database)).newest
    noted = made.manifest.audit_seal
    assert noted is not None
    assert newest is not None
    assert (noted.number, noted.hash) == (newest.number, newest.hash)
    await sealed(database, 4)
    line = await line_of(settings)
    assert (line.level, line.numbers["backups"]) == (Level.OK, 1)
    cut = "DELETE FROM audit_log WHERE id > (SELECT last_id FROM audit_seals WHERE id = 2)"
    await tamper(database, cut, "DELETE FROM audit_seals WHERE id > 2")
    line = await line_of(settings)
    assert (line.level, line.saw) == (Level.FAIL, "Seal 3 over the audit log is missing.")
    await sealed(database, 9)
    assert (await line_of(settings)).saw == "Seal 3 over the audit log is not the one that was made."
    # After a restore the log goes on from where the backup was; what later backups had noted is no part of it.
    await change(database, "UPDATE installation SET restored_at = now()")
    line = await line_of(settings)
    assert (line.level, line.numbers["backups"]) == (Level.OK, 0)


async def test_backups_of_another_installation_say_nothing(database: Database, settings: Settings) -> None:
    await change(database, f"INSERT INTO installation (identity) VALUES ('{IDENTITY}')")
    await sealed(database, 3)
    await make(settings, why="manual", say=lambda _: None, prove=False)
    await tamper(database, "DELETE FROM audit_seals")
    await change(database, "UPDATE installation SET identity = '00000000-0000-4000-8000-000000000002'")
    assert (await line_of(settings)).level is Level.OK


async def test_a_sealer_that_stands_still(database: Database, settings: Settings) -> None:
    await sealed(database, 2)
    await change(database, "UPDATE audit_horizon SET noted_at = now() - interval '2 hours'")
    assert (await line_of(settings)).level is Level.OK, "there is nothing to seal"
    await add(database, 3)
    line = await line_of(settings)
    assert (line.level, line.saw) == (Level.WARN, "3 entries of the audit log wait to be sealed; the last step was 2 h ago.")
    await seal_all(database)
    assert (await line_of(settings)).level is Level.OK


def verdict(**more: object) -> Verdict:
    values = {"entries": 5, "checked": 5, "seals": 2, "newest": None, "sealed_at": None, "waiting": 0, "finding": None}
    return Verdict(**values | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "level", "saw"),
    [
        (verdict(entries=5_000_000, checked=3_000_000), Level.OK, "The newest 3,000,000 of 5,000,000 sealed entries"),
        (verdict(finding=Finding(Wrong.ENTRY_ADDED, 12_345)), Level.FAIL, "Entry 12,345 was put into the audit log among sealed ones."),
        (verdict(finding=Finding(Wrong.ENTRY_CHANGED, 7, 9)), Level.FAIL, "One of the entries 7 to 9 of the audit log is not"),
        (verdict(finding=Finding(Wrong.SEAL_CHANGED, 4)), Level.FAIL, "Seal 4 over the audit log is not the one that was made."),
    ],
)  # fmt: skip
def test_what_is_said(found: Verdict, level: Level, saw: str) -> None:
    line = judge(found, None, noted=0)
    assert line.level is level
    assert line.saw.startswith(saw)


async def test_the_chain_holds_in_a_restored_database(database: Database, settings: Settings) -> None:
    """What a backup brings back verifies, what is added afterwards is sealed on, and an older manifest is still read."""
    await change(database, f"INSERT INTO installation (identity) VALUES ('{IDENTITY}')")
    await sealed(database, 12)
    made = await make(settings, why="manual", say=lambda _: None, prove=False)
    await sealed(database, 3)
    await database.close()
    await restore(settings, made.path)
    restored = Database.of(settings)
    try:
        assert (await line_of(settings)).numbers["entries"] == 12
        await add(restored, 2)
        await seal_all(restored)
        line = await line_of(settings)
        assert (line.level, line.numbers["waiting"]) == (Level.OK, 0)
        assert len(await seals(restored)) == 4
    finally:
        await restored.close()
    values = orjson.loads(made.manifest.as_json())
    del values["audit_seal"]
    assert Manifest.parse(orjson.dumps(values)).audit_seal is None
    assert Manifest.parse(made.manifest.as_json()) == made.manifest
