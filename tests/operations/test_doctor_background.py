"""The doctor on background work: Redis away or unwell, a scheduler that is silent, a worker that is dead, stuck, old or alive."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import redis

from backend import clock
from backend.config import Settings
from backend.db import Database
from backend.jobs import health
from backend.jobs.schedule import HEARTBEAT, Schedule
from backend.operations.doctor import background
from backend.operations.doctor.case import Need
from backend.operations.doctor.lines import Level
from tests.jobs.conftest import mortal_valkey, unused_redis_url  # noqa: F401 (fixtures)
from tests.jobs.support import Valkey, change, process, until, value
from tests.jobs.test_schedule import CALIFORNIA
from tests.operations.bootstrap_support import run_sql
from tests.operations.doctor_support import case_of, examined, said

TABLES = (Need.DATABASE, Need.TABLES)
PINGS = "SELECT count(*) FROM outbox WHERE topic = 'doctor.ping'"


async def redis_line(settings: Settings, url: str) -> Any:
    return (await examined(case_of(settings.model_copy(update={"redis_url": url})), "redis"))["redis"]


async def test_redis_is_well(settings: Settings, redis_url: str) -> None:
    found = await examined(case_of(settings), "redis")
    assert found["redis"].level is found["clock-redis"].level is Level.OK


async def test_redis_is_down(settings: Settings, unused_redis_url: str) -> None:  # noqa: F811
    case = case_of(settings.model_copy(update={"redis_url": unused_redis_url}), *TABLES)
    found = await examined(case, "redis", "worker")
    assert (found["redis"].level, found["redis"].saw) == (Level.FAIL, "Redis can't be reached.")
    assert found["not-checked"].saw == "Not looked at, because Redis can't be reached: worker."


async def test_redis_refuses_the_password(settings: Settings, redis_url: str) -> None:
    wrong = redis_url.replace(redis_url.split(":")[2].split("@", maxsplit=1)[0], "wrong-word-7731")
    line = await redis_line(settings, wrong)
    assert (line.level, line.saw) == (Level.FAIL, "Redis refuses the password.")
    assert "wrong-word-7731" not in said([line])
    assert (await redis_line(settings, "redis://h:port/0")).saw == "REDIS_URL is not an address."


async def test_redis_that_may_forget(settings: Settings, mortal_valkey: Valkey) -> None:  # noqa: F811
    line = await redis_line(settings, mortal_valkey.url)
    assert line.level is Level.WARN
    assert "keeps no log" in line.saw
    with redis.Redis.from_url(mortal_valkey.url) as client:
        client.config_set("maxmemory", "200mb")
        client.config_set("maxmemory-policy", "allkeys-lru")
        assert "throws things out when it is full (allkeys-lru)" in (await redis_line(settings, mortal_valkey.url)).saw
        client.config_set("maxmemory-policy", "noeviction")
        client.config_set("maxmemory", "1mb")
        assert "almost full" in (await redis_line(settings, mortal_valkey.url)).saw


async def test_redis_has_another_clock(settings: Settings, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(seconds=10))
    found = await examined(case_of(settings), "redis")
    assert (found["clock-redis"].level, found["redis"].level) == (Level.WARN, Level.OK)
    assert "behind" in found["clock-redis"].saw


async def test_the_scheduler(database: Database, settings: Settings) -> None:
    async def line() -> Any:
        return (await examined(case_of(settings, *TABLES), "scheduler"))["scheduler"]

    assert (await line()).saw == "The scheduler has never run."
    await Schedule(database, {}, CALIFORNIA).beat()
    assert (await line()).level is Level.OK
    await change(database, "UPDATE schedules SET last_at = now() - interval '31 seconds'")
    silent = await line()
    assert (silent.level, silent.saw) == (Level.FAIL, "The scheduler has been silent for 31 s.")


async def test_what_recurs_is_overdue(database: Database, settings: Settings) -> None:
    insert = "INSERT INTO schedules (topic, next_at) VALUES (:topic, now() - make_interval(mins => :minutes))"
    for topic, minutes in ((HEARTBEAT, 600), ("of.a.former.version", 600), ("accounts.clean_up", 9)):
        await change(database, insert, topic=topic, minutes=minutes)
    assert (await examined(case_of(settings, *TABLES), "schedule"))["schedule"].level is Level.OK
    await change(database, insert, topic="reports.rollup", minutes=11)
    await change(database, insert, topic="backup.nightly", minutes=11)
    line = (await examined(case_of(settings, *TABLES), "schedule"))["schedule"]
    assert line.level is Level.WARN
    assert line.saw == "Overdue by more than 10 min: backup.nightly, reports.rollup."


async def test_work_that_waits_or_was_given_up(database: Database, settings: Settings) -> None:
    insert = "INSERT INTO outbox (topic, available_at, dead_at, done_at) VALUES (:topic, now() - make_interval(mins => :minutes), {}, {})"
    await change(database, insert.format("NULL", "NULL"), topic="check_in.recorded", minutes=4)
    await change(database, insert.format("NULL", "now()"), topic="check_in.recorded", minutes=400)
    await change(database, insert.format("NULL", "NULL"), topic="doctor.ping", minutes=400)
    assert (await examined(case_of(settings, *TABLES), "outbox"))["outbox"].level is Level.OK
    await change(database, insert.format("NULL", "NULL"), topic="client.created", minutes=6)
    line = (await examined(case_of(settings, *TABLES), "outbox"))["outbox"]
    assert (line.level, line.saw) == (Level.WARN, "1 piece of work waiting, for up to 6 min (client.created).")
    await change(database, insert.format("now()", "NULL"), topic="check_in.voided", minutes=6)
    line = (await examined(case_of(settings, *TABLES), "outbox"))["outbox"]
    assert line.saw == "1 piece of work given up after all tries (check_in.voided)."
    assert line.numbers == {"due": 2, "late": 1, "dead": 1}


async def test_no_worker(database: Database, settings: Settings, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "PING_SECONDS", 0.5)
    found = await examined(case_of(settings, *TABLES), "redis", "worker")
    assert (found["worker"].level, found["worker"].saw) == (Level.FAIL, "No worker gives a sign of life, so background work waits.")
    with redis.Redis.from_url(redis_url) as client:
        client.set(health.WORKER_KEY, "1")
    found = await examined(case_of(settings, *TABLES), "redis", "worker")
    assert "gives signs of life, but did not do" in found["worker"].saw
    assert await value(database, PINGS) == 0, "nothing may be left behind"


async def test_a_worker_of_another_version(settings: Settings, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def handed_to_an_old_worker(_url: str, row_id: int) -> None:
        unknown = f"UPDATE outbox SET attempts = 1, last_error = 'UnknownTopic' WHERE id = {row_id}"
        asyncio.run(run_sql(settings.database_url, unknown))

    monkeypatch.setattr(background, "_send", handed_to_an_old_worker)
    found = await examined(case_of(settings, *TABLES), "redis", "worker")
    assert found["worker"].level is Level.FAIL
    assert "UnknownTopic" in found["worker"].saw
    assert "older version" in found["worker"].do


@pytest.mark.faults
async def test_a_real_worker_answers(database: Database, settings: Settings, redis_url: str, tmp_path: Path) -> None:
    await change(database, "INSERT INTO outbox (topic, created_at) VALUES ('doctor.ping', now() - interval '1 hour')")
    with process("backend.jobs.worker", settings, tmp_path / "worker.log"), redis.Redis.from_url(redis_url) as client:

        async def alive() -> bool:
            return bool(client.exists(health.WORKER_KEY))

        await until(alive, "the worker to be there")
        found = await examined(case_of(settings, *TABLES), "redis", "worker")
    assert found["worker"].level is Level.OK, found
    assert await value(database, PINGS) == 0, "neither its own nor that of one that was killed"


async def test_a_redis_that_tells_nothing_of_itself(settings: Settings, mortal_valkey: Valkey) -> None:  # noqa: F811
    with redis.Redis.from_url(mortal_valkey.url) as client:
        client.execute_command("ACL", "SETUSER", "krc", "on", ">word", "~*", "+@all", "-info")
    url = mortal_valkey.url.replace("redis://", "redis://krc:word@")
    line = await redis_line(settings, url)
    assert (line.level, "does not say how it is" in line.saw) == (Level.WARN, True)
