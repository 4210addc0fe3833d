"""The sweep finds what the broker doesn't know of."""

import asyncio
import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from backend.db import Database
from backend.jobs import outage
from backend.jobs.broker import Sender
from backend.jobs.sweep import TAKE, Sweep, SweepSettings
from tests.jobs.support import HASTY, TESTER, Valkey, add, change, outbox_row, sweeping, until, value


class Recorder(Sender):
    """A sender that keeps the ids instead of sending them."""

    def __init__(self, waiting: int = 0) -> None:
        self.sent: list[int] = []
        self._waiting = waiting

    def send(self, row_id: int) -> None:
        self.sent.append(row_id)

    def waiting(self) -> int:
        return self._waiting


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    import structlog

    # A cached logger would write past the capture.
    with capture_logs() as captured:
        monkeypatch.setattr(outage, "logger", structlog.get_logger())
        yield captured


async def add_many(database: Database, count: int) -> None:
    await change(
        database,
        "INSERT INTO outbox (topic, created_at) SELECT 'test.effect', now() - interval '1 hour' FROM generate_series(1, :n)",
        n=count,
    )


async def test_a_fresh_row_is_left_to_its_own_hand_over_for_a_moment(database: Database) -> None:
    row_id = await add(database, "test.effect", n=1)
    recorder = Recorder()
    assert await Sweep(database, recorder).once() == 0
    await change(database, "UPDATE outbox SET created_at = now() - interval '3 seconds'")
    assert await Sweep(database, recorder).once() == 1
    assert recorder.sent == [row_id]
    assert (await outbox_row(database, row_id)).handed_at is not None


async def test_a_handed_row_comes_again_after_twenty_seconds(database: Database) -> None:
    await add_many(database, 1)
    recorder = Recorder()
    assert [await Sweep(database, recorder).once() for _ in range(2)] == [1, 0]
    await change(database, "UPDATE outbox SET handed_at = now() - interval '21 seconds'")
    assert await Sweep(database, recorder).once() == 1


async def test_done_dead_and_later_rows_are_left_alone(database: Database) -> None:
    await add_many(database, 3)
    await change(database, "UPDATE outbox SET done_at = CASE id % 3 WHEN 0 THEN now() END, dead_at = CASE id % 3 WHEN 1 THEN now() END")
    await change(database, "UPDATE outbox SET available_at = now() + interval '1 minute' WHERE id % 3 = 2")
    assert await Sweep(database, Recorder(), HASTY).once() == 0


async def test_a_row_in_work_is_not_handed_over_again(database: Database) -> None:
    await add_many(database, 2)
    async with database.writing(TESTER) as uow:
        locked = await uow.scalar(text("SELECT id FROM outbox ORDER BY id LIMIT 1 FOR UPDATE"))
        recorder = Recorder()
        assert await Sweep(database, recorder, HASTY).once() == 1
        assert recorder.sent != [locked]


async def test_sweeps_at_once_take_different_rows(database: Database) -> None:
    await add_many(database, 300)
    recorders = [Recorder() for _ in range(4)]
    await asyncio.gather(*(Sweep(database, recorder, SweepSettings(batch=100)).once() for recorder in recorders))
    sent = [row_id for recorder in recorders for row_id in recorder.sent]
    assert len(sent) == len(set(sent))
    assert len(sent) >= 100


async def test_a_full_broker_gets_no_more(database: Database) -> None:
    await add_many(database, 30)
    assert await Sweep(database, Recorder(waiting=1000)).once() == 0
    assert await Sweep(database, Recorder(waiting=990)).once() == 10


async def test_no_more_are_taken_than_asked_for_however_the_planner_joins(database: Database) -> None:
    await add_many(database, 30)
    async with database.engine.begin() as connection:
        # What is left is a nested loop that runs its inner side again for each row.
        for way in ("hashjoin", "mergejoin", "hashagg", "sort", "material"):
            await connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        taken = await connection.execute(TAKE, {"batch": 10, "grace": timedelta(seconds=2), "again_after": timedelta(seconds=20)})
        assert len(taken.all()) == 10


async def test_while_redis_is_away_no_row_is_marked(database: Database, unused_redis_url: str, lines: list[Any]) -> None:
    await add_many(database, 2)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1), sweeping(database, unused_redis_url):
            await asyncio.sleep(30)
    assert await value(database, "SELECT count(*) FROM outbox WHERE handed_at IS NOT NULL") == 0
    assert [line["event"] for line in lines] == ["outage.began"]


async def test_it_goes_on_after_outages_and_says_each_once(database: Database, mortal_valkey: Valkey, lines: list[Any]) -> None:
    async with sweeping(database, mortal_valkey.url):
        mortal_valkey.kill()
        await asyncio.sleep(0.4)
        await add_many(database, 1)
        mortal_valkey.start()

        async def handed() -> bool:
            return bool(await value(database, "SELECT count(*) = 1 FROM outbox WHERE handed_at IS NOT NULL"))

        await until(handed, "the row to be handed over")
        # Whatever sits between us and PostgreSQL closes every connection.
        await change(
            database,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        await add_many(database, 1)

        async def handed_again() -> bool:
            return bool(await value(database, "SELECT count(*) = 2 FROM outbox WHERE handed_at IS NOT NULL"))

        await until(handed_again, "the second row to be handed over")
    events = [line["event"] for line in lines]
    assert events[:2] == ["outage.began", "outage.ended"]
    assert len(events) <= 4
