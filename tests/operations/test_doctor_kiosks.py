"""The doctor on kiosks: silent ones, queues that may be lost, presses that nobody decides."""

import pytest

from backend.config import Settings
from backend.db import Database
from backend.operations.doctor.case import Need
from backend.operations.doctor.kiosks import KIOSKS
from backend.operations.doctor.lines import Level, Line
from tests.jobs.support import change
from tests.operations.doctor_support import case_of, examined

PAIRED = """INSERT INTO kiosks (name, kind, token_hash, last_seen_at, persisted, queued)
            VALUES ('Door', 'CHECK_IN', 'x', now() - interval '{}', {}, 2)"""
WAITS = """INSERT INTO kiosk_events (request_id, kiosk_id, sequence, occurred_at, arrived_at, outcome, doubt)
           SELECT gen_random_uuid(), id, 1, now(), now() - interval '{}', 'FOR_STAFF', 'UNKNOWN' FROM kiosks"""


async def _line(settings: Settings) -> Line:
    return (await examined(case_of(settings, Need.DATABASE, Need.TABLES), KIOSKS.name))[KIOSKS.name]


async def test_a_centre_without_kiosks_is_fine(database: Database, settings: Settings) -> None:
    line = await _line(settings)
    assert (line.level, line.saw) == (Level.OK, "No kiosk is paired.")


async def test_one_that_told_of_itself_is_fine(database: Database, settings: Settings) -> None:
    await change(database, PAIRED.format("1 hour", "true"))
    await change(database, WAITS.format("1 hour"))
    line = await _line(settings)
    assert (line.level, line.saw) == (Level.OK, "1 kiosk told of themselves; 2 visits wait on them.")
    assert line.numbers == {"paired": 1, "queued": 2, "waiting": 1, "silent": 0}


@pytest.mark.parametrize(
    ("kiosk", "press", "said"),
    [
        (PAIRED.format("25 hours", "true"), None, "No sign of life for a day from Door."),
        (PAIRED.format("1 hour", "false"), None, "The browser may throw away what waits on Door: install the page there."),
        (PAIRED.format("1 hour", "true"), WAITS.format("73 hours"), "1 press at kiosks wait for staff, the oldest for 3 days."),
    ],
)
async def test_what_somebody_should_look_at(database: Database, settings: Settings, kiosk: str, press: str | None, said: str) -> None:
    await change(database, kiosk)
    if press:
        await change(database, press)
    line = await _line(settings)
    assert (line.level, line.saw) == (Level.WARN, said)


async def test_a_revoked_one_is_nobodys_worry(database: Database, settings: Settings) -> None:
    await change(database, PAIRED.format("25 hours", "false"))
    await change(database, "UPDATE kiosks SET revoked_at = now()")
    assert (await _line(settings)).level is Level.OK
