"""Redis away, the API told to stop under load or killed at the worst moment: work goes on, and nothing is lost or done twice."""

import asyncio
import contextlib
import signal
import socket
import time
from collections.abc import Awaitable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from backend.db import Database
from backend.graphql import ids
from tests import world
from tests.clients.people import add_client
from tests.faults.support import NOWHERE, ApiProcess, Desk, python
from tests.jobs.support import Valkey, until_done, value
from tests.operations.stack_support import query

pytestmark = pytest.mark.faults
SEARCH = "query ($text: String) { clients(search: $text) { edges { node { id } } } }"
VOID = """mutation ($id: ID!) { voidCheckIn(input: {checkInId: $id, reason: "wrong person"}) { __typename } }"""
WORKER, SCHEDULER = "backend.jobs.worker", "backend.jobs.scheduler"


def environment(database_url: str, redis_url: str) -> dict[str, str]:
    return {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "SECRET_KEY": world.SECRET}


@contextlib.contextmanager
def silent_redis() -> Iterator[str]:
    """Something that takes connections and never answers, as a Redis that hangs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.mark.parametrize("kind", ["refuses", "hangs"])
async def test_without_redis_the_desk_works_at_its_normal_speed(seeded: Database, seeded_url: str, tmp_path: Path, kind: str) -> None:
    people = [await add_client(seeded, f"Person {n}") for n in range(20)]
    async with contextlib.AsyncExitStack() as stack:
        redis_url = NOWHERE if kind == "refuses" else stack.enter_context(silent_redis())
        api = stack.enter_context(ApiProcess(tmp_path, seeded_url, redis_url))
        desk = await stack.enter_async_context(Desk(api.port))
        slowest: dict[str, float] = {}

        async def timed(what: str, work: Awaitable[Any]) -> Any:
            begun = time.monotonic()
            result = await work
            slowest[what] = max(slowest.get(what, 0.0), time.monotonic() - begun)
            return result

        assert (await timed("login", desk.login()))["__typename"] == "SessionStarted"
        for client in people:
            assert (await timed("search", desk.ask(SEARCH, {"text": "person"})))["clients"]["edges"]
            recorded = await timed("check-in", desk.check_in(client))
            voided = await timed("void", desk.ask(VOID, {"id": recorded["checkIn"]["id"]}))
            assert voided["voidCheckIn"]["__typename"] == "CheckInVoided"
        assert max(slowest.values()) < 1.5, slowest
        ready = await desk.http.get("/api/v1/readyz")
        assert (ready.status_code, ready.json()["redis"]) == (200, "down")


async def test_work_that_redis_missed_is_done_when_it_is_back(seeded: Database, seeded_url: str, tmp_path: Path) -> None:
    valkey = Valkey(tmp_path)
    own = environment(seeded_url, valkey.url)
    people = [await add_client(seeded, f"Person {n}") for n in range(10)]
    with (
        ApiProcess(tmp_path, seeded_url, valkey.url) as api,
        python(WORKER, tmp_path / "worker.log", **own),
        python(SCHEDULER, tmp_path / "scheduler.log", **own),
    ):
        async with Desk(api.port) as desk:
            await desk.login()
            for client in people:
                await desk.check_in(client)
        assert await value(seeded, "SELECT count(*) FROM outbox WHERE done_at IS NULL") == 10
        valkey.start()
        try:
            await until_done(seeded, 40)
        finally:
            valkey.kill()
    assert await value(seeded, "SELECT sum(visits) FROM visit_rollup") == 10
    assert await value(seeded, "SELECT max(attempts) FROM outbox") == 0


async def test_the_api_killed_before_it_handed_over_leaves_the_work_to_the_sweep(
    seeded: Database, seeded_url: str, redis_url: str, tmp_path: Path
) -> None:
    client = await add_client(seeded)
    with silent_redis() as hanging, ApiProcess(tmp_path, seeded_url, hanging) as api:
        async with Desk(api.port) as desk:
            await desk.login()
            recorded = await desk.check_in(client)
            await desk.ask(VOID, {"id": recorded["checkIn"]["id"]})
            api.end(signal.SIGKILL)
    left = "SELECT count(*) FROM outbox WHERE topic LIKE 'check_in.%' AND handed_at IS NULL AND done_at IS NULL"
    assert await value(seeded, left) == 2
    own = environment(seeded_url, redis_url)
    with python(WORKER, tmp_path / "worker.log", **own), python(SCHEDULER, tmp_path / "scheduler.log", **own):
        await until_done(seeded, 30)
    assert await value(seeded, "SELECT count(*) FROM outbox WHERE topic LIKE 'check_in.%' AND done_at IS NOT NULL") == 2


async def test_term_under_load_drops_nothing_that_was_taken(seeded: Database, seeded_url: str, tmp_path: Path) -> None:
    people = [int(line) for line in query(seeded_url, MANY).splitlines() if line.isdigit()]
    acknowledged: dict[str, str] = {}
    unanswered: dict[str, int] = {}
    ended = asyncio.Event()
    with ApiProcess(tmp_path, seeded_url) as api:
        async with Desk(api.port) as desk:
            await desk.login()
            waiting = list(people)

            async def work() -> None:
                while waiting and not ended.is_set():
                    client, request_id = waiting.pop(), str(uuid4())
                    member = await desk.check_in_once(client, request_id)
                    if member is None:
                        unanswered[request_id] = client
                        return
                    acknowledged[request_id] = member["checkIn"]["id"]

            workers = [asyncio.create_task(work()) for _ in range(30)]
            while len(acknowledged) < 60:
                await asyncio.sleep(0.005)
            seconds = await asyncio.to_thread(api.end, signal.SIGTERM)
            ended.set()
            await asyncio.gather(*workers)
        assert seconds < 30
        assert api.process is not None
        assert api.process.returncode in (0, -signal.SIGTERM)
        assert "Traceback" not in api.log.read_text()
    recorded = set(query(seeded_url, "SELECT request_id FROM check_ins").splitlines())
    # What was taken was answered: a request without an answer left no trace.
    assert recorded == set(acknowledged)
    with ApiProcess(tmp_path, seeded_url) as next_api:
        async with Desk(next_api.port) as desk:
            await desk.login()
            for request_id, client in unanswered.items():
                assert (await desk.check_in(client, request_id))["replayed"] is False
            first = next(iter(acknowledged))
            number = ids.decode(acknowledged[first], "CheckIn")
            owner = int(query(seeded_url, f"SELECT client_id FROM check_ins WHERE id = {number}"))
            assert (await desk.check_in(owner, first))["replayed"] is True
    assert len(query(seeded_url, "SELECT client_id FROM check_ins GROUP BY client_id HAVING count(*) > 1").splitlines()) == 0


MANY = "INSERT INTO clients (first_name, last_name) SELECT 'Person ' || n, 'Test' FROM generate_series(1, 3000) n RETURNING id"
