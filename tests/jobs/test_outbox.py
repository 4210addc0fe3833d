"""Work is kept exactly when its transaction is, and no request waits for Redis."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator

import pytest
import redis
from sqlalchemy import text

from backend.db import Database
from backend.jobs import handover, outbox
from backend.jobs.broker import NAMESPACE, QUEUE, Sender
from tests.jobs.support import TESTER, add, outbox_row, until, value


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    ids: list[int] = []
    monkeypatch.setattr(handover, "offer", ids.extend)
    return ids


@pytest.fixture
def stop_handover() -> Iterator[None]:
    yield
    handover.stop()


async def test_a_committed_row_is_kept_and_offered(database: Database, offered: list[int]) -> None:
    async with database.writing(TESTER) as uow:
        outbox.add(uow, "test.effect", {"n": 7})
        await uow.flush()
        assert offered == []
    row = await outbox_row(database, offered[0])
    assert (row.topic, row.payload, row.attempts, row.handed_at, row.done_at) == ("test.effect", {"n": 7}, 0, None, None)
    assert len(offered) == 1


async def test_a_rolled_back_row_leaves_nothing(database: Database, offered: list[int]) -> None:
    async def fail_late() -> None:
        async with database.writing(TESTER) as uow:
            outbox.add(uow, "test.effect", {"n": 7})
            await uow.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_late()
    assert offered == []
    assert await value(database, "SELECT count(*) FROM outbox") == 0


async def test_rows_of_a_statement_are_announced(database: Database, offered: list[int]) -> None:
    async with database.writing(TESTER) as uow:
        insert = text("INSERT INTO outbox (topic) SELECT 'test.effect' FROM generate_series(1, 3) RETURNING id")
        ids = await uow.scalars(insert)
        outbox.announce(uow, ids)
    assert offered == list(ids)


@pytest.mark.usefixtures("stop_handover")
async def test_the_message_holds_the_id_and_nothing_else(database: Database, redis_url: str) -> None:
    handover.start(redis_url)
    row_id = await add(database, "test.effect", n=1)
    sender = Sender(redis_url)

    async def arrived() -> bool:
        return sender.waiting() == 1

    await until(arrived, "the message")
    sender.close()
    with redis.Redis.from_url(redis_url) as client:
        (message,) = client.hvals(f"{NAMESPACE}:{QUEUE}.msgs")
    content = json.loads(message)
    assert content["args"] == [row_id]
    assert content["kwargs"] == {}
    assert set(content["options"]) == {"redis_message_id"}


@pytest.mark.usefixtures("stop_handover")
async def test_a_request_does_not_notice_that_redis_is_away(database: Database, unused_redis_url: str) -> None:
    handover.start(unused_redis_url)
    before = time.monotonic()
    for n in range(20):
        await add(database, "test.effect", n=n)
    assert time.monotonic() - before < 2
    assert await value(database, "SELECT count(*) FROM outbox WHERE done_at IS NULL") == 20


def test_offering_never_blocks_while_the_broker_hangs() -> None:
    release = threading.Event()

    def hang(_row_id: int) -> None:
        release.wait(10)

    hanging = handover.HandOver(hang, queue_size=5)
    before = time.monotonic()
    for n in range(1000):
        hanging.offer((n,))
    assert time.monotonic() - before < 0.5
    release.set()
    hanging.stop()


async def test_the_breaker_spares_the_queue_and_closes_again() -> None:
    tries: list[int] = []

    def send(row_id: int) -> None:
        tries.append(row_id)
        if row_id == 0:
            raise redis.ConnectionError

    breaking = handover.HandOver(send, first_pause=0.2)
    breaking.offer((0, 1, 2))
    await asyncio.sleep(0.1)
    breaking.offer((3,))
    assert tries == [0]
    await asyncio.sleep(0.2)
    breaking.offer((4,))
    breaking.stop()
    assert tries == [0, 4]
