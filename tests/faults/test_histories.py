"""Any history of check-ins, replays, voids and archiving, alone and at once: a visit happens once, and every figure agrees."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from backend import clock
from backend.checkins import queries, service
from backend.checkins.models import CheckInMethod
from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from backend.errors import CheckInRefused, Conflict, Failure, NotFound
from tests.clients.people import add_client

WINDOW = timedelta(minutes=10)
DESK = Actor(ActorKind.OPERATOR, label="desk")
CLIENTS, REQUESTS = 3, 5

CHECK_IN = st.tuples(st.just("check in"), st.integers(0, CLIENTS - 1), st.integers(0, REQUESTS - 1))
VOID = st.tuples(st.just("void"), st.integers(0, 5))
ARCHIVE = st.tuples(st.just("archive"), st.integers(0, CLIENTS - 1), st.booleans())
WAIT = st.tuples(st.just("wait"), st.sampled_from([0, 1, 9, 10, 11, 59, 24 * 60]))
FORGET = st.tuples(st.just("new requests"))
AT_ONCE = st.tuples(st.just("at once"), st.lists(CHECK_IN | VOID, min_size=2, max_size=5))
HISTORY = st.lists(CHECK_IN | CHECK_IN | VOID | ARCHIVE | WAIT | WAIT | FORGET | AT_ONCE, min_size=3, max_size=18)

# Each history has a month of its own, so that the figures of a day are its own too. They cross both changes of the clocks.
_months = count()


@dataclass
class Visit:
    """A visit as the model knows it."""

    number: int
    client: int
    at: datetime
    voided: bool = False


@dataclass
class Centre:
    """The real thing and, beside it, what must be true of it."""

    database: Database
    settings: Settings
    now: datetime
    clients: list[int]
    requests: list[UUID] = field(default_factory=lambda: [uuid4() for _ in range(REQUESTS)])
    visits: list[Visit] = field(default_factory=list)
    by_request: dict[UUID, Visit] = field(default_factory=dict)
    repeats: set[UUID] = field(default_factory=set)
    archived: set[int] = field(default_factory=set)

    async def check_in(self, client: int, request: UUID) -> service.Recorded:
        async with self.database.writing(DESK, one_statement=True) as uow:
            return await service.check_in(
                uow, self.settings, request_id=request, client_id=client, station_id=None, user_id=None,
                method=CheckInMethod.STAFF, language="en",
            )  # fmt: skip

    async def void(self, number: int) -> None:
        async with self.database.writing(DESK) as uow:
            await service.void(uow, self.settings, check_in_id=number, reason="wrong", user_id=None)

    async def archive(self, client: int, *, away: bool) -> None:
        async with self.database.writing(DESK) as uow:
            await uow.execute(text("UPDATE clients SET archived_at = :at WHERE id = :id"), {"at": self.now if away else None, "id": client})
        (self.archived.add if away else self.archived.discard)(client)

    def last(self, client: int) -> Visit | None:
        """The client's last visit that counts."""
        return max((visit for visit in self.visits if visit.client == client and not visit.voided), key=lambda it: it.at, default=None)

    async def step_check_in(self, client: int, request: UUID) -> None:
        known, last = self.by_request.get(request), self.last(client)
        if known is not None and known.client != client:
            with pytest.raises(Conflict):
                await self.check_in(client, request)
        elif known is not None:
            found = await self.check_in(client, request)
            repeat = request in self.repeats
            assert (found.check_in.id, found.replayed, found.repeat, found.check_in.voided) == (known.number, True, repeat, known.voided)
        elif client in self.archived:
            with pytest.raises(CheckInRefused):
                await self.check_in(client, request)
        elif last is not None and last.at > self.now - WINDOW:
            found = await self.check_in(client, request)
            assert (found.check_in.id, found.replayed, found.repeat) == (last.number, False, True)
            self.by_request[request] = last
            self.repeats.add(request)
        else:
            found = await self.check_in(client, request)
            assert (found.replayed, found.repeat, found.check_in.happened_at) == (False, False, self.now)
            self.by_request[request] = Visit(found.check_in.id, client, self.now)
            self.visits.append(self.by_request[request])

    async def step_void(self, place: int) -> None:
        if not self.visits:
            with pytest.raises(NotFound):
                await self.void(2**40)
            return
        visit = self.visits[place % len(self.visits)]
        if visit.voided:
            with pytest.raises(Conflict):
                await self.void(visit.number)
        else:
            await self.void(visit.number)
            visit.voided = True

    async def step_at_once(self, steps: Sequence[Any]) -> None:
        """All at the same instant: any order may have won, so the model learns from the database."""
        work: list[Coroutine[Any, Any, object]] = []
        for step in steps:
            if step[0] == "check in":
                work.append(self.check_in(self.clients[step[1]], self.requests[step[2]]))
            elif self.visits:
                work.append(self.void(self.visits[step[1] % len(self.visits)].number))
        results = await asyncio.gather(*work, return_exceptions=True)
        assert all(isinstance(result, Failure) for result in results if isinstance(result, BaseException)), results
        await self.learn()

    async def learn(self) -> None:
        statement = "SELECT id, client_id, happened_at, voided_at, request_id FROM check_ins WHERE client_id = ANY(:clients) ORDER BY id"
        async with self.database.reading() as reader:
            rows = await reader.rows(text(statement), {"clients": self.clients})
            repeats = await reader.rows(text("SELECT request_id, check_in_id FROM check_in_repeats"))
        self.visits = [Visit(row.id, row.client_id, row.happened_at, row.voided_at is not None) for row in rows]
        self.by_request = {row.request_id: visit for row, visit in zip(rows, self.visits, strict=True)}
        numbers = {visit.number: visit for visit in self.visits}
        self.repeats = {row.request_id for row in repeats if row.check_in_id in numbers} - self.by_request.keys()
        self.by_request |= {row.request_id: numbers[row.check_in_id] for row in repeats if row.request_id in self.repeats}

    async def check(self) -> None:
        """What must hold after any history."""
        seen = sorted((visit.number, visit.client, visit.at, visit.voided) for visit in self.visits)
        await self.learn()
        assert sorted((visit.number, visit.client, visit.at, visit.voided) for visit in self.visits) == seen
        for client in self.clients:
            counting = sorted(visit.at for visit in self.visits if visit.client == client and not visit.voided)
            assert all(later - earlier >= WINDOW for earlier, later in pairwise(counting)), "one visit in each window"
        async with self.database.reading() as reader:
            last = {row.id: row.last_check_in_at for row in await reader.rows(text("SELECT id, last_check_in_at FROM clients"))}
            for client in self.clients:
                newest = self.last(client)
                assert last[client] == (newest.at if newest else None)
            for day in {visit.at.astimezone(self.settings.zone).date() for visit in self.visits}:
                expected = [visit for visit in self.visits if not visit.voided and visit.at.astimezone(self.settings.zone).date() == day]
                assert (await queries.visits_of_day(reader, day, now=self.now))[0] == len(expected)
            for topic, wanted in (("recorded", self.visits), ("voided", [visit for visit in self.visits if visit.voided])):
                numbers = sorted(visit.number for visit in wanted)
                parameters = {"topic": f"check_in.{topic}", "numbers": [visit.number for visit in self.visits]}
                assert sorted(await reader.scalars(AUDITED, parameters)) == numbers
                assert sorted(await reader.scalars(QUEUED, parameters)) == numbers


AUDITED = text("SELECT subject_id FROM audit_log WHERE action = :topic AND subject_id = ANY(:numbers)")
QUEUED = text(
    "SELECT CAST(payload ->> 'check_in_id' AS bigint) FROM outbox WHERE topic = :topic"
    " AND CAST(payload ->> 'check_in_id' AS bigint) = ANY(:numbers)"
)


@settings(max_examples=120, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(history=HISTORY)
async def test_whatever_happens_the_figures_agree(database: Database, seeded: Database, history: list[Any]) -> None:
    start = datetime(2026, 1, 15, 7, 30, tzinfo=UTC) + timedelta(days=30 * next(_months))
    own = Settings.load(_env_file=None, database_url="postgresql://x@127.0.0.1/x", redis_url="redis://127.0.0.1:1/0", secret_key="x" * 32)
    clients = [await add_client(database, f"Person {n}") for n in range(CLIENTS)]
    centre = Centre(database, own, start, clients)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: centre.now)
        patch.setattr(clock, "today", lambda zone: centre.now.astimezone(zone).date())
        for step in history:
            match step:
                case ("check in", client, request):
                    await centre.step_check_in(clients[client], centre.requests[request])
                case ("void", place):
                    await centre.step_void(place)
                case ("archive", client, away):
                    await centre.archive(clients[client], away=away)
                case ("wait", minutes):
                    centre.now += timedelta(minutes=minutes)
                case ("at once", steps):
                    await centre.step_at_once(steps)
                case _:
                    centre.requests = [uuid4() for _ in range(REQUESTS)]
        await centre.check()
    await database.broadcast.close()


async def test_a_void_that_waits_for_a_check_in_sees_its_visit(database: Database, seeded: Database) -> None:
    """The void of an old visit must not take back what a check-in of the same moment wrote: the next one would be a second visit."""
    own = Settings.load(_env_file=None, database_url="postgresql://x@127.0.0.1/x", redis_url="redis://127.0.0.1:1/0", secret_key="x" * 32)
    client = await add_client(database)
    old = datetime.now(UTC) - timedelta(hours=1)
    centre = Centre(database, own, old, [client])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: centre.now)
        first = await centre.check_in(client, uuid4())
        centre.now = datetime.now(UTC)
        # A check-in whose transaction is still open: it holds the client's row.
        async with database.writing(DESK) as uow:
            second = await service.check_in(
                uow, own, request_id=uuid4(), client_id=client, station_id=None, user_id=None, method=CheckInMethod.STAFF, language="en"
            )  # fmt: skip
            voiding = asyncio.create_task(centre.void(first.check_in.id))
            await asyncio.sleep(0.3)
            assert not voiding.done()
        await voiding
        again = await centre.check_in(client, uuid4())
    assert (again.repeat, again.check_in.id) == (True, second.check_in.id)
    await centre.learn()
    await centre.check()
