"""PostgreSQL away at the start, killed under load and restarted: nothing acknowledged is lost, and everything comes back by itself."""

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from backend.graphql import ids
from backend.graphql.documents import LOGIN
from tests.faults.support import ApiProcess, Desk, Postgres
from tests.server import PROTOCOLS

pytestmark = pytest.mark.faults
FEED = "subscription { checkInAdded { id } }"


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    made = Postgres(tmp_path_factory.mktemp("away"))
    made.start()
    asyncio.run(made.fill())
    yield made
    made.server.stop()


async def test_the_api_starts_without_a_database_and_works_once_it_is_there(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.url
    postgres.kill()
    with ApiProcess(tmp_path, url) as api:
        async with Desk(api.port) as desk:
            assert (await desk.http.get("/api/v1/healthz")).json() == {"status": "ok"}
            ready = await desk.http.get("/api/v1/readyz")
            assert (ready.status_code, ready.json()["status"]) == (503, "unavailable")
            begun = time.monotonic()
            answer = await desk.raw(LOGIN, {"input": {"identifier": "admin", "password": "whatever it was"}})
            assert time.monotonic() - begun < 2
            error = answer.json()["errors"][0]
            assert error["extensions"] == {"code": "UNAVAILABLE", "requestId": answer.headers["x-request-id"]}
            assert answer.headers["x-request-id"]
            assert "password" not in answer.text.replace('"path"', "")
            assert "127.0.0.1" not in answer.text
            await asyncio.to_thread(postgres.start)
            back = time.monotonic()
            while (await desk.http.get("/api/v1/readyz")).status_code != 200:
                assert time.monotonic() - back < 5
                await asyncio.sleep(0.05)
            assert (await desk.login())["__typename"] == "SessionStarted"
            assert time.monotonic() - back < 5
        assert "Traceback" not in api.log.read_text()


async def test_killed_under_load_no_acknowledged_check_in_is_missing_or_double(postgres: Postgres, tmp_path: Path) -> None:
    people = postgres.add_clients(400)
    acknowledged: dict[int, str] = {}
    restarted = asyncio.Event()
    first_after: list[float] = []
    with ApiProcess(tmp_path, postgres.url) as api:
        async with Desk(api.port) as desk:
            await desk.login()
            waiting = list(people)

            async def work() -> None:
                while waiting:
                    client = waiting.pop()
                    member = await desk.check_in(client)
                    assert member["__typename"] == "CheckInRecorded"
                    assert client not in acknowledged
                    acknowledged[client] = member["checkIn"]["id"]
                    if restarted.is_set() and not first_after:
                        first_after.append(time.monotonic())

            workers = [asyncio.create_task(work()) for _ in range(50)]
            while len(acknowledged) < 60:
                await asyncio.sleep(0.005)
            await asyncio.to_thread(postgres.kill)
            await asyncio.sleep(0.5)
            await asyncio.to_thread(postgres.start)
            ready_at = time.monotonic()
            restarted.set()
            await asyncio.gather(*workers)
            assert first_after[0] - ready_at < 5
            # No stuck pool: fifty at once, after all that, are answered at once.
            begun = time.monotonic()
            await asyncio.gather(*(desk.ask("{ visitsToday { count } }") for _ in range(50)))
            assert time.monotonic() - begun < 3
        log = api.log.read_text()
        assert "Traceback" not in log
        assert "defect" not in log
    rows = [row.split("|") for row in postgres.value(f"SELECT client_id, id FROM check_ins WHERE client_id >= {people[0]}").splitlines()]
    assert len(rows) == len(people), "one visit each"
    assert {int(client): str(ids.encode("CheckIn", int(number))) for client, number in rows} == acknowledged
    for table in ("outbox WHERE topic = 'check_in.recorded'", "audit_log WHERE action = 'check_in.recorded'"):
        assert int(postgres.value(f"SELECT count(*) FROM {table}")) == int(postgres.value("SELECT count(*) FROM check_ins"))


async def test_a_subscription_outlives_a_restart_and_delivers_what_was_missed(postgres: Postgres, tmp_path: Path) -> None:
    before, *missed, after = postgres.add_clients(5)
    # The second API has no subscriber: its check-ins come while the first one can't hear.
    with ApiProcess(tmp_path, postgres.url) as api, ApiProcess(tmp_path, postgres.url) as other:
        async with Desk(api.port) as desk, Desk(other.port) as elsewhere:
            await desk.login()
            await elsewhere.login()
            async with connect(f"ws://127.0.0.1:{api.port}/graphql", subprotocols=PROTOCOLS) as socket:
                await socket.send(json.dumps({"type": "connection_init", "payload": {"accessToken": desk.token}}))
                assert json.loads(await socket.recv())["type"] == "connection_ack"
                await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": FEED}}))
                await asyncio.sleep(0.5)

                async def heard(count: int) -> list[str]:
                    messages = [json.loads(await asyncio.wait_for(socket.recv(), 15)) for _ in range(count)]
                    return [message["payload"]["data"]["checkInAdded"]["id"] for message in messages]

                first = await desk.check_in(before)
                # The last seconds come first, with whatever other desks did in them.
                while await heard(1) != [first["checkIn"]["id"]]:
                    pass
                await asyncio.to_thread(postgres.kill)
                # Longer than the session is remembered and looked at again, so that the watch over it meets the outage.
                await asyncio.sleep(6)
                await asyncio.to_thread(postgres.start)
                numbers = [(await elsewhere.check_in(client))["checkIn"]["id"] for client in missed]
                last = await desk.check_in(after)
                expected = {*numbers, last["checkIn"]["id"]}
                found: list[str] = []
                while not expected <= set(found):
                    found += await heard(1)
        assert "Traceback" not in api.log.read_text()
