"""Check-out: by staff, taken back, and by itself at closing time; once, however late and by however many workers."""

import asyncio
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import text, update

from backend import clock
from backend.checkins import jobs, service
from backend.checkins.models import CheckIn, CheckInMethod
from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from backend.errors import Conflict
from backend.jobs import registry
from backend.jobs.schedule import Schedule
from backend.system import centre
from backend.system.hours import CLOSED, Hours
from tests.checkins.desk import at, came, change, check_in, visits, void
from tests.client import Api
from tests.clients.people import add_client
from tests.jobs.support import value
from tests.statements import StatementCounter
from tests.world import OPERATOR

JOB = Actor(ActorKind.JOB, label=CLOSED)
NIGHTS = (Hours(time(18), time(2)),) * 7


class Centre:
    """A centre whose clock stands where the test says. It is open from 12:00 to 21:00 in Los Angeles, as every new one."""

    def __init__(self, database: Database, settings: Settings, patch: pytest.MonkeyPatch) -> None:
        self.database, self.settings = database, settings
        self.now = clock.now()
        patch.setattr(clock, "now", lambda: self.now)
        patch.setattr(clock, "today", lambda zone: self.now.astimezone(zone).date())
        patch.setattr(jobs, "settings", lambda: settings)

    def local(self, moment: str) -> datetime:
        return datetime.fromisoformat(moment).replace(tzinfo=self.settings.zone)

    async def visit(self, moment: str, client: int | None = None, **more: object) -> int:
        self.now = self.local(moment)
        client = client or await add_client(self.database, f"Person {moment}")
        return await came(self.database, self.settings, client, **more)

    async def close(self, moment: str) -> list[int]:
        self.now = self.local(moment)
        async with self.database.writing(JOB) as uow:
            return await service.close(uow, self.settings)

    async def choose(self, **chosen: Any) -> None:
        async with self.database.writing(OPERATOR) as uow:
            await centre.change(uow, version=(await centre.read(uow)).version, **chosen)

    async def left_at(self, number: int) -> str | None:
        (row,) = await visits(self.database, id=number)
        return row.checked_out_at.astimezone(self.settings.zone).isoformat() if row.checked_out_at else None


@pytest.fixture
def here(seeded: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Centre:
    return Centre(seeded, settings, monkeypatch)


async def test_staff_check_out_and_take_it_back(api: Api) -> None:
    await api.login("staff")
    visit = (await check_in(api, await add_client(api.database)))["checkIn"]
    out = (await change(api, "checkOut", visit["id"]))["checkIn"]
    assert (out["checkedOutByName"], out["checkedOutByClosing"]) == ("Staff", False)
    assert at(out["checkedOutAt"]) >= at(visit["happenedAt"])
    assert at(out["checkOutUndoableUntil"]) - at(out["checkedOutAt"]) == timedelta(minutes=15)
    assert (await change(api, "checkOut", visit["id"]))["checkIn"] == out  # sent again: the same answer
    back = (await change(api, "undoCheckOut", visit["id"]))["checkIn"]
    assert (back["checkedOutAt"], back["checkedOutByName"]) == (None, None)
    assert (await change(api, "undoCheckOut", visit["id"]))["checkIn"] == back
    async with api.database.reading() as reader:
        actions = await reader.scalars(text("SELECT action FROM audit_log WHERE subject_type = 'check_in' ORDER BY id"))
    assert list(actions) == ["check_in.recorded", "check_in.checked_out", "check_in.check_out_undone"]


async def test_check_out_of_nothing_of_a_void_and_too_late(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")
    assert (await change(api, "checkOut", "Q2hlY2tJbjo5OTk"))["__typename"] == "NotFound"
    wrong = (await check_in(api, await add_client(api.database)))["checkIn"]["id"]
    await void(api, wrong)
    assert (await change(api, "checkOut", wrong))["code"] == "VOIDED"
    visit = (await check_in(api, await add_client(api.database)))["checkIn"]["id"]
    await change(api, "checkOut", visit)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=16))
    await api.login("staff")
    assert (await change(api, "undoCheckOut", visit))["code"] == "TOO_LATE"


async def test_at_closing_time_whoever_is_still_here_leaves(here: Centre) -> None:
    early, late = await here.visit("2026-07-01T13:00"), await here.visit("2026-07-01T20:59")
    gone = await here.visit("2026-07-01T14:00")
    async with here.database.writing(OPERATOR) as uow:
        await uow.execute(update(CheckIn).where(CheckIn.id == gone).values(checked_out_at=here.local("2026-07-01T15:00")))
    assert await here.close("2026-07-01T20:59:59") == []
    assert await here.close("2026-07-01T21:00") == [early, late]
    assert [await here.left_at(number) for number in (early, late)] == ["2026-07-01T21:00:00-07:00"] * 2
    assert await here.left_at(gone) == "2026-07-01T15:00:00-07:00"
    (row,) = await visits(here.database, id=early)
    assert (row.checked_out_by, row.checked_out_by_closing) == (None, True)
    async with here.database.reading() as reader:
        entry = await reader.row(text("SELECT * FROM audit_log WHERE action = 'check_in.checked_out' AND subject_id = :id"), {"id": early})
    assert entry is not None
    assert (entry.actor_kind, entry.actor_label, entry.client_id, entry.after["by_closing"]) == ("JOB", CLOSED, row.client_id, True)


async def test_a_worker_that_comes_days_late_writes_the_closing_times_of_each_day(here: Centre) -> None:
    days = [await here.visit(f"2026-07-0{day}T13:00") for day in (1, 2, 3)]
    assert await here.close("2026-07-06T09:00") == days
    assert [await here.left_at(number) for number in days] == [f"2026-07-0{day}T21:00:00-07:00" for day in (1, 2, 3)]
    assert await here.close("2026-07-06T09:00") == []


@pytest.mark.parametrize(
    ("came_at", "left_at"),
    [
        ("2026-03-07T20:00", "2026-03-08T03:00:00-07:00"),  # 2:00 does not come
        ("2026-10-31T20:00", "2026-11-01T02:00:00-08:00"),  # 1:00 comes twice, 2:00 once
        ("2026-07-01T20:00", "2026-07-02T02:00:00-07:00"),
    ],
)
async def test_hours_that_pass_midnight_end_by_the_clock_on_the_wall(here: Centre, came_at: str, left_at: str) -> None:
    await here.choose(opening_hours=NIGHTS)
    number = await here.visit(came_at)
    midnight = (here.now + timedelta(days=1)).replace(hour=0)
    assert await here.close(midnight.replace(tzinfo=None).isoformat()) == []
    assert await here.close((midnight + timedelta(hours=12)).replace(tzinfo=None).isoformat()) == [number]
    assert await here.left_at(number) == left_at


async def test_eight_workers_at_once_end_each_visit_once(here: Centre) -> None:
    numbers = [await here.visit(f"2026-07-01T13:{minute:02}") for minute in range(20)]
    closed = await asyncio.gather(*(here.close("2026-07-01T21:00") for _ in range(8)))
    assert sorted(number for of in closed for number in of) == numbers
    assert await value(here.database, "SELECT count(*) FROM audit_log WHERE action = 'check_in.checked_out'") == 20


async def test_who_came_again_was_not_here_twice(here: Centre) -> None:
    client = await add_client(here.database)
    first, second = await here.visit("2026-07-01T13:00", client), await here.visit("2026-07-01T16:00", client)
    await here.close("2026-07-01T21:00")
    assert await here.left_at(first) == "2026-07-01T16:00:00-07:00"
    assert await here.left_at(second) == "2026-07-01T21:00:00-07:00"


async def test_nothing_ends_by_itself_where_the_centre_chose_so(here: Centre) -> None:
    await here.choose(check_out_at_closing=False)
    number = await here.visit("2026-07-01T13:00")
    assert await here.close("2026-07-01T22:00") == []
    # Chosen again, it holds for what ends from then on: nobody knows when the others left.
    await here.choose(check_out_at_closing=True)
    async with here.database.writing(OPERATOR) as uow:
        await uow.execute(text("UPDATE centre_settings SET updated_at = :at"), {"at": here.local("2026-07-02T10:00")})
    next_day = await here.visit("2026-07-02T13:00")
    assert await here.close("2026-07-02T22:00") == [next_day]
    assert await here.left_at(number) is None


async def test_voided_and_imported_visits_are_left_alone(here: Centre) -> None:
    voided = await here.visit("2026-07-01T13:00")
    async with here.database.writing(OPERATOR) as uow:
        await service.void(uow, here.settings, check_in_id=voided, reason="wrong", user_id=None)
    imported = await here.visit("2026-07-01T13:00", method=CheckInMethod.IMPORT)
    assert await here.close("2026-07-01T22:00") == []
    assert [await here.left_at(number) for number in (voided, imported)] == [None, None]


@pytest.mark.parametrize("topic", ["check_in.recorded", "check_in.restored"])
async def test_a_visit_that_comes_after_its_day_has_ended_is_ended_at_once(here: Centre, topic: str) -> None:
    number, other = await here.visit("2026-07-01T13:00"), await here.visit("2026-07-01T13:05")
    registry.load()
    for moment, left_at in (("2026-07-01T20:00", None), ("2026-07-02T10:00", "2026-07-01T21:00:00-07:00")):
        here.now = here.local(moment)
        async with here.database.writing(JOB) as uow:
            for job in registry.handlers(topic):
                await job(uow, {"check_in_id": number})
        assert await here.left_at(number) == left_at
    assert await here.left_at(other) is None


async def test_the_scheduler_fires_at_each_end_of_the_day_and_follows_the_hours(here: Centre) -> None:
    registry.load()
    topics = {topic: when for topic, when in registry.recurring().items() if topic == CLOSED}
    schedule = Schedule(here.database, topics, here.settings.zone)
    await schedule.plant(here.local("2026-07-01T20:00"))
    assert await schedule.fire(here.local("2026-07-01T20:59")) == []
    assert await schedule.fire(here.local("2026-07-01T21:00")) == [CLOSED]
    assert await schedule.fire(here.local("2026-07-01T23:59")) == []
    assert await schedule.fire(here.local("2026-07-02T00:00")) == [CLOSED]
    assert await value(here.database, "SELECT next_at FROM schedules") == here.local("2026-07-02T21:00")
    # Earlier hours hold at once, whatever was planned.
    await here.choose(opening_hours=(Hours(time(9), time(12)),) * 7)
    assert await schedule.fire() == [CLOSED]
    async with here.database.reading() as reader:
        assert await reader.scalar(text("SELECT next_at <= now() + interval '1 day' FROM schedules"))
        assert (await reader.scalars(text("SELECT count(*) FROM outbox WHERE topic = 'centre.closed'")))[0] == 3


async def test_the_job_ends_the_day(here: Centre) -> None:
    number = await here.visit("2026-07-01T13:00")
    here.now = here.local("2026-07-01T21:00")
    registry.load()
    async with here.database.writing(JOB) as uow:
        for job in registry.handlers(CLOSED):
            await job(uow, {})
    assert await here.left_at(number) == "2026-07-01T21:00:00-07:00"
    async with here.database.writing(OPERATOR) as uow:
        with pytest.raises(Conflict, match="closing time"):
            await service.undo_check_out(uow, here.settings, check_in_id=number)


async def test_who_is_here_now(api: Api, monkeypatch: pytest.MonkeyPatch, statements: StatementCounter) -> None:
    stays, leaves, twice = [await add_client(api.database, name) for name in ("Stays", "Leaves", "Twice")]
    zone = api.settings.zone
    moments = {"now": datetime(2026, 7, 1, 13, tzinfo=zone)}
    monkeypatch.setattr(clock, "now", lambda: moments["now"])
    monkeypatch.setattr(clock, "today", lambda zone: moments["now"].astimezone(zone).date())
    for client in (stays, leaves, twice):
        await came(api.database, api.settings, client)
    moments["now"] += timedelta(hours=2)
    await came(api.database, api.settings, twice)
    await api.login("staff")
    present = "{ visitsToday { count present } checkIns(filter: {present: true}) { edges { node { id client { displayName } } } } }"
    found = await api.execute(present)
    assert found["visitsToday"] == {"count": 4, "present": 3}
    names = {edge["node"]["client"]["displayName"]: edge["node"]["id"] for edge in found["checkIns"]["edges"]}
    assert sorted(names) == ["Leaves Alvarez", "Stays Alvarez", "Twice Alvarez"]
    await change(api, "checkOut", names["Leaves Alvarez"])
    statements.clear()
    found = await api.execute(present)
    assert (found["visitsToday"]["present"], len(found["checkIns"]["edges"])) == (2, 2)
    assert statements.count <= 6, statements.texts
    # After closing nobody is, whether or not the worker has been at it.
    moments["now"] = datetime(2026, 7, 1, 21, tzinfo=zone)
    await api.login("staff")
    found = await api.execute(present)
    assert (found["visitsToday"], found["checkIns"]["edges"]) == ({"count": 4, "present": 0}, [])
