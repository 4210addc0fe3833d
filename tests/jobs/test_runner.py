"""One row's work: exactly once, or not at all and again later."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.audit import service as audit
from backend.db import Database, UnitOfWork
from backend.jobs import registry
from backend.jobs.registry import Handler, UnknownTopic, handler
from backend.jobs.runner import Outcome, RetryPolicy, Runner
from tests.jobs.support import add, change, effects, outbox_row, value

AT_ONCE = RetryPolicy(attempts=3, first=0.0)


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    handlers: dict[str, list[Handler]] = {}
    monkeypatch.setattr(registry, "_handlers", handlers)
    monkeypatch.setattr(registry, "_daily", {})

    @handler("test.effect")
    async def effect(uow: UnitOfWork, payload: Mapping[str, Any]) -> None:
        audit.record(uow, "test.effect", "thing", payload["n"])

    @handler("test.poison")
    async def poison(uow: UnitOfWork, payload: Mapping[str, Any]) -> None:
        await effect(uow, payload)
        await uow.flush()
        raise ValueError("Maria Example, +1 555 0100")

    @handler("test.stuck")
    async def stuck(uow: UnitOfWork, payload: Mapping[str, Any]) -> None:
        await effect(uow, payload)
        await uow.flush()
        await asyncio.sleep(60)


async def test_the_effect_and_the_mark_come_together(database: Database) -> None:
    row_id = await add(database, "test.effect", n=1)
    assert await Runner(database).run(row_id) is Outcome.DONE
    assert await Runner(database).run(row_id) is Outcome.SKIPPED
    row = await outbox_row(database, row_id)
    assert row.done_at is not None
    assert row.attempts == 0
    assert await effects(database) == [1]


async def test_ten_at_once_do_it_once(database: Database) -> None:
    row_id = await add(database, "test.effect", n=1)
    outcomes = await asyncio.gather(*(Runner(database).run(row_id) for _ in range(10)))
    assert sorted(outcome.value for outcome in outcomes) == ["done"] + ["skipped"] * 9
    assert await effects(database) == [1]


async def test_the_audit_says_which_job_it_was(database: Database) -> None:
    row_id = await add(database, "test.effect", n=1)
    await Runner(database).run(row_id)
    assert await value(database, "SELECT actor_kind::text || ' ' || actor_label || ' ' || request_id FROM audit_log") == (
        f"JOB test.effect job-{row_id}"
    )


async def test_a_failure_takes_its_effect_back_and_waits(database: Database) -> None:
    row_id = await add(database, "test.poison", n=1)
    assert await Runner(database).run(row_id) is Outcome.FAILED
    row = await outbox_row(database, row_id)
    assert row.attempts == 1
    assert 3 <= (row.available_at - row.created_at).total_seconds() <= 7
    assert await effects(database) == []
    # Not due yet: a message that is still in the broker must not run it early.
    assert await Runner(database).run(row_id) is Outcome.SKIPPED


async def test_what_is_kept_of_an_error_names_nobody(database: Database) -> None:
    row_id = await add(database, "test.poison", n=1)
    await Runner(database).run(row_id)
    assert (await outbox_row(database, row_id)).last_error == "ValueError"


async def test_poison_is_dead_in_the_end_and_kept(database: Database) -> None:
    row_id = await add(database, "test.poison", n=1)
    runner = Runner(database, policy=AT_ONCE)
    outcomes = [await runner.run(row_id) for _ in range(4)]
    assert outcomes == [Outcome.FAILED, Outcome.FAILED, Outcome.DEAD, Outcome.SKIPPED]
    row = await outbox_row(database, row_id)
    assert row.dead_at is not None
    assert row.done_at is None
    assert row.attempts == 3


async def test_a_topic_that_nobody_handles_is_a_failure_and_not_lost(database: Database) -> None:
    row_id = await add(database, "test.unheard_of")
    assert await Runner(database).run(row_id) is Outcome.FAILED
    assert (await outbox_row(database, row_id)).last_error == UnknownTopic.__name__


async def test_a_job_that_does_not_end_is_ended(database: Database) -> None:
    row_id = await add(database, "test.stuck", n=1)
    assert await Runner(database, time_limit=0.3).run(row_id) is Outcome.FAILED
    assert (await outbox_row(database, row_id)).last_error == "TimeoutError"
    assert await effects(database) == []


async def test_several_handlers_share_one_transaction(database: Database) -> None:
    @handler("test.effect")
    async def second(uow: UnitOfWork, payload: Mapping[str, Any]) -> None:
        if payload["n"] == 13:
            raise ValueError
        audit.record(uow, "test.effect", "thing", payload["n"] + 100)

    assert await Runner(database).run(await add(database, "test.effect", n=1)) is Outcome.DONE
    assert await Runner(database).run(await add(database, "test.effect", n=13)) is Outcome.FAILED
    assert await effects(database) == [1, 101]


async def test_a_row_for_later_waits(database: Database) -> None:
    row_id = await add(database, "test.effect", n=1)
    await change(database, "UPDATE outbox SET available_at = now() + interval '1 hour'")
    assert await Runner(database).run(row_id) is Outcome.SKIPPED
    assert await effects(database) == []


async def test_a_database_that_is_away_raises_nothing(unused_redis_url: str) -> None:
    nowhere = Database(unused_redis_url.replace("redis://", "postgresql+asyncpg://nobody@"))
    assert await Runner(nowhere).run(1) is Outcome.UNCLEAR
    await nowhere.close()


@given(st.integers(min_value=1, max_value=40))
def test_pauses_grow_and_are_bounded(failures: int) -> None:
    policy = RetryPolicy()
    full = min(5.0 * 2 ** (failures - 1), policy.longest)
    assert 0.75 * full <= policy.delay(failures).total_seconds() <= full
