"""Histories of a centre with a desk and two kiosks that have no network for days: whatever arrives when, the same visits come of it.

A stateful test makes them: people press, the desk checks in, the kiosks send what they have kept, in any order, in part, twice, from two
tabs at once. At the end everything is sent once more, backwards, and what stands in the database is compared with the rule applied to
all that happened. `KRC_HISTORIES` says how many are made.
"""

import asyncio
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select, text

from backend import clock
from backend.accounts.models import Kiosk, KioskKind
from backend.checkins import service
from backend.checkins.models import CheckIn, CheckInMethod
from backend.checkins.service.greedy import Press, led_by
from backend.db import Actor, ActorKind, Database
from backend.kiosks import arriving, people
from backend.kiosks.handles import make
from backend.kiosks.models import KioskEvent
from backend.memberships.models import CheckInPolicy
from backend.system.centre import CentreSettings
from tests.checkins.desk import figures_agree, set_policy
from tests.clients.people import add_client
from tests.world import OPERATOR, settings_for

START = datetime(2026, 3, 7, 20, tzinfo=UTC)
"""Noon in Los Angeles, on the day before its clocks go forward."""
WINDOW = timedelta(minutes=10)
HISTORIES = int(os.environ.get("KRC_HISTORIES", "40"))
PEOPLE = 3


@dataclass
class Centre:
    """One database for all histories, each with people of its own."""

    database: Database
    runner: asyncio.Runner
    doors: list[arriving.Door]
    now: datetime = START
    made: int = 0
    kept: dict[str, int] = field(default_factory=lambda: {"presses": 0, "sent": 0, "visits": 0})


def _history(centre: Centre) -> type[RuleBasedStateMachine]:  # noqa: C901 (hypothesis wants its rules in one class)
    """The machine over this centre."""

    class History(RuleBasedStateMachine):
        """People, what waits on each kiosk, and what happened."""

        @initialize()
        def begin(self) -> None:
            centre.made += 1
            centre.now = START
            self.queues: list[list[arriving.Press]] = [[] for _ in centre.doors]
            self.all: list[tuple[int, arriving.Press]] = []
            self.happened: dict[int, list[Press]] = {}
            self.answers: dict[UUID, arriving.Answer] = {}
            today = START.astimezone(centre.doors[0].settings.zone).date()
            # Somebody's membership ends with the first day, and the policy sends them to the desk from then on.
            ends = [today + timedelta(days=30), today, today + timedelta(days=1)]
            self.ends = ends
            self.people = [
                centre.runner.run(add_client(centre.database, f"Kid {place}", memberships=[(today - timedelta(days=9), end)]))
                for place, end in enumerate(ends)
            ]
            self.happened = {person: [] for person in self.people}

        @rule(minutes=st.sampled_from([0, 1, 3, 4, 6, 7, 9, 10, 11, 14, 31, 600]), seconds=st.integers(0, 59))
        def pass_time(self, minutes: int, seconds: int) -> None:
            centre.now += timedelta(minutes=minutes, seconds=seconds)

        @rule(door=st.integers(0, 1), who=st.integers(0, PEOPLE - 1))
        def press(self, door: int, who: int) -> None:
            person, at = self.people[who], centre.now
            handle = make(centre.doors[door].settings, centre.doors[door].kiosk_id, person)
            press = arriving.Press(uuid4(), len(self.all), handle, people.Typed(), at, offline=True)
            self.queues[door].append(press)
            self.all.append((door, press))
            if at.astimezone(centre.doors[0].settings.zone).date() <= self.ends[who]:
                self.happened[person].append((at, press.request_id))

        @rule(who=st.integers(0, PEOPLE - 1))
        def desk(self, who: int) -> None:
            person, request = self.people[who], uuid4()
            self.happened[person].append((centre.now, request))
            centre.runner.run(self._check_in(person, request))

        async def _check_in(self, person: int, request: UUID) -> None:
            async with centre.database.writing(OPERATOR, one_statement=True) as uow:
                await service.check_in(
                    uow,
                    centre.doors[0].settings,
                    request_id=request,
                    client_id=person,
                    station_id=None,
                    user_id=None,
                    method=CheckInMethod.STAFF,
                    language="en",
                )

        @rule(door=st.integers(0, 1), seed=st.integers(0, 2**16), share=st.floats(0.1, 1), forget=st.booleans(), tabs=st.integers(1, 2))
        def send(self, door: int, seed: int, share: float, forget: bool, tabs: int) -> None:
            queue = self.queues[door]
            chosen = random.Random(seed).sample(queue, max(1, int(share * len(queue)))) if queue else []
            centre.runner.run(self._deliver(door, chosen, tabs))
            if forget:
                self.queues[door] = [press for press in queue if press not in chosen]

        async def _deliver(self, door: int, presses: list[arriving.Press], tabs: int) -> None:
            for press in presses:
                found = await asyncio.gather(*(self._arrive(door, press) for _ in range(tabs)))
                first = self.answers.setdefault(press.request_id, found[0])
                assert all(answer == first for answer in found), "a press that is sent again gets its first answer"
                centre.kept["sent"] += tabs

        async def _arrive(self, door: int, press: arriving.Press) -> arriving.Answer:
            actor = Actor(ActorKind.KIOSK, id=centre.doors[door].kiosk_id, label="Door")
            async with centre.database.writing(actor) as uow:
                return await arriving.arrive(uow, centre.doors[door], press)

        @invariant()
        def nothing_is_doubled(self) -> None:
            assert len(self.answers) <= len(self.all)

        def teardown(self) -> None:
            if not hasattr(self, "people"):
                return
            for door, press in reversed(self.all):
                centre.runner.run(self._deliver(door, [press], 1))
            centre.runner.run(self._compare())
            centre.kept["presses"] += len(self.all)

        async def _compare(self) -> None:
            for person in self.people:
                wanted = sorted({leader[0] for leader in led_by(self.happened[person], WINDOW).values()})
                async with centre.database.reading() as reader:
                    rows = select(CheckIn.happened_at).where(CheckIn.client_id == person).order_by(CheckIn.happened_at)
                    found = list(await reader.scalars(rows))
                    kept = list(await reader.scalars(select(KioskEvent.request_id).where(KioskEvent.client_id == person)))
                assert found == wanted
                assert len(kept) == len(set(kept))
                centre.kept["visits"] += len(found)

    return History


@pytest.fixture
def centre(seeded_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Centre]:
    with asyncio.Runner() as runner:
        given = settings_for(seeded_url).model_copy(update={"repeat_window_minutes": int(WINDOW.total_seconds() // 60)})
        database = Database.of(given, name="krc-histories")
        made = Centre(database, runner, [])
        monkeypatch.setattr(clock, "now", lambda: made.now)
        made.doors = runner.run(_doors(database, given))
        runner.run(set_policy(database, CheckInPolicy.ASK_STAFF))
        yield made
        runner.run(database.close())


async def _doors(database: Database, given: Any) -> list[arriving.Door]:
    kiosks = [Kiosk(name=name, kind=KioskKind.CHECK_IN, token_hash=name.encode().ljust(32)) for name in ("Door", "Side")]
    async with database.writing(OPERATOR) as uow:
        station = await uow.scalar(text("SELECT min(id) FROM stations"))
        uow.add(*kiosks)
        await uow.flush()
    return [arriving.Door(kiosk.id, station, given, CentreSettings()) for kiosk in kiosks]


@pytest.mark.timeout(max(120, HISTORIES * 3))
def test_the_same_visits_come_of_a_history_however_it_arrives(centre: Centre) -> None:
    run_state_machine_as_test(
        _history(centre),
        settings=settings(
            max_examples=HISTORIES, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), database=None
        ),
    )
    assert centre.runner.run(figures_agree(centre.database, centre.doors[0].settings))
    assert centre.made >= HISTORIES
    print(f"{centre.made} histories: {centre.kept}")
