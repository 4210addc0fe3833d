"""A late visit finds its place: what it is, what it moves, and all that hangs on it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text, update

from backend.checkins import jobs, service
from backend.checkins.models import CheckIn, CheckInMethod, CheckInRepeat
from backend.clients.models import Client
from backend.errors import CheckInRefused, Conflict, NotFound
from backend.jobs.models import OutboxRow
from backend.jobs.registry import handlers, load
from backend.memberships.models import CheckInPolicy
from backend.system.zones import PastZone
from tests.checkins.desk import figures_agree, set_policy, visits
from tests.checkins.door import NOON, Door, after
from tests.clients.people import add_client
from tests.statements import StatementCounter
from tests.world import OPERATOR


async def stations(door: Door) -> list[int]:
    async with door.database.reading() as reader:
        return list(await reader.scalars(text("SELECT id FROM stations ORDER BY id")))


async def user(door: Door) -> int:
    async with door.database.reading() as reader:
        return int((await reader.scalars(text("SELECT id FROM users WHERE role = 'STAFF' ORDER BY id")))[0])


async def test_a_late_visit_is_recorded_with_all_that_belongs_to_it(door: Door) -> None:
    ends = date(2026, 7, 9)
    client = await add_client(door.database, memberships=[(date(2026, 6, 1), ends)])
    station = (await stations(door))[-1]
    door.now = NOON + timedelta(days=2)
    request_id, kiosk = uuid4(), await door.kiosk()
    placed = await door.place(client, NOON, request_id, station_id=station, kiosk_id=kiosk)
    assert (placed.repeat, placed.replayed, placed.check_in.happened_at, placed.check_in.method) == (False, False, NOON, "KIOSK")
    assert (placed.standing.client_id, placed.standing.status, placed.standing.ends_on) == (client, "EXPIRING", ends)
    (row,) = await visits(door.database)
    assert (row.request_id, row.client_id, row.local_day) == (request_id, client, date(2026, 7, 1))
    assert (row.station_id, row.kiosk_id) == (station, kiosk)
    assert (row.standing_status, row.standing_source, row.standing_ends_on, row.policy) == ("EXPIRING", "MEMBERSHIP", ends, "REMIND")
    assert (row.late, row.recorded_at) == (True, door.now)
    (entry,) = await door.entries("check_in.recorded")
    assert (entry.subject_id, entry.client_id, entry.actor_label) == (row.id, client, "Door")
    assert entry.after == {"happened_at": NOON.isoformat(), "standing": "EXPIRING", "policy": "REMIND", "method": "KIOSK"}
    await door.consistent(client)


async def test_a_visit_at_the_desk_is_not_late_and_keeps_its_kiosk(door: Door) -> None:
    client = await add_client(door.database)
    one, other = await door.kiosk("One"), await door.kiosk("Other")
    first = await door.live(client, after(0), kiosk_id=one, method=CheckInMethod.KIOSK)
    repeat = uuid4()
    station = (await stations(door))[0]
    assert (await door.live(client, after(3), repeat, kiosk_id=other, method=CheckInMethod.KIOSK, station_id=station)).repeat
    (row,) = await visits(door.database)
    assert (row.late, row.kiosk_id) == (False, one)
    async with door.database.reading() as reader:
        (kept,) = await reader.scalars(select(CheckInRepeat))
    assert (kept.request_id, kept.check_in_id, kept.happened_at) == (repeat, first.check_in.id, after(3))
    assert (kept.method, kept.station_id, kept.user_id, kept.kiosk_id) == ("KIOSK", station, None, other)


async def test_a_replay_returns_the_visit_whatever_it_says_this_time(door: Door) -> None:
    client = await add_client(door.database)
    first, repeat = uuid4(), uuid4()
    made = await door.place(client, after(0), first)
    assert (await door.place(client, after(4), repeat)).repeat
    for request_id, is_repeat in ((first, False), (repeat, True)):
        again = await door.place(client, after(90), request_id)
        assert (again.check_in.id, again.repeat, again.replayed) == (made.check_in.id, is_repeat, True)
        at_desk = await door.live(client, after(90), request_id)
        assert (at_desk.check_in.id, at_desk.repeat, at_desk.replayed) == (made.check_in.id, is_repeat, True)
    assert await door.times(client) == ["0"]


async def test_a_request_of_somebody_else_is_a_conflict(door: Door) -> None:
    one, two = await add_client(door.database, "One"), await add_client(door.database, "Two")
    first, repeat = uuid4(), uuid4()
    await door.place(one, after(0), first)
    await door.place(one, after(1), repeat)
    for request_id in (first, repeat):
        for client in (two, 2**40):
            with pytest.raises(Conflict):
                await door.place(client, after(0), request_id)
    assert await visits(door.database, client_id=two) == []


async def test_who_and_where_must_be_known(door: Door) -> None:
    client = await add_client(door.database)
    with pytest.raises(NotFound):
        await door.place(2**40, NOON)
    with pytest.raises(NotFound):
        await door.place(client, NOON, station_id=2**40)
    assert await visits(door.database) == []


async def test_an_archived_client_is_refused_but_what_was_answered_stays_so(door: Door) -> None:
    client, request_id = await add_client(door.database), uuid4()
    await door.place(client, after(0), request_id)
    async with door.database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).values(archived_at=NOON))
    door.language = "es"
    with pytest.raises(CheckInRefused, match="archiv") as refused:
        await door.place(client, after(60))
    assert (refused.value.reason, refused.value.standing.client_id, refused.value.standing.status) == ("CLIENT_ARCHIVED", client, "NONE")
    assert (await door.place(client, after(60), request_id)).replayed
    assert await door.times(client) == ["0"]


async def test_neither_policy_nor_cap_refuses(door: Door) -> None:
    await set_policy(door.database, CheckInPolicy.BLOCK)
    client = await add_client(door.database)
    placed = await door.place(client, NOON)
    assert (placed.check_in.policy, placed.standing.policy) == ("BLOCK", "BLOCK")


async def test_the_visit_of_a_merged_client_is_the_kept_ones(door: Door) -> None:
    kept, lost = await add_client(door.database, "Kept"), await add_client(door.database, "Lost")
    async with door.database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).where(Client.id == lost).values(archived_at=NOON, merged_into_id=kept))
    request_id = uuid4()
    first = await door.place(lost, after(5), request_id)
    assert first.check_in.client_id == first.standing.client_id == kept
    assert (await door.place(kept, after(5), request_id)).replayed
    assert (await door.place(lost, after(0))).check_in.id == first.check_in.id
    assert (await door.times(kept), await door.times(lost)) == (["0"], [])
    await door.consistent(kept)
    await door.consistent(lost)


async def test_an_earlier_press_takes_a_visit_over(door: Door) -> None:
    client, here, there = await add_client(door.database), *(await stations(door))[:2]
    someone, kiosk, at_desk, at_door = await user(door), await door.kiosk(), uuid4(), uuid4()
    number = (await door.live(client, after(5), at_desk, station_id=here, user_id=someone)).check_in.id
    door.now = after(240)
    placed = await door.place(client, after(0), at_door, station_id=there, kiosk_id=kiosk)
    assert (placed.repeat, placed.check_in.id, placed.check_in.happened_at) == (False, number, after(0))
    (row,) = await visits(door.database)
    assert (row.request_id, row.method, row.station_id, row.user_id, row.kiosk_id) == (at_door, "KIOSK", there, None, kiosk)
    assert (row.late, row.recorded_at) == (True, door.now)
    (entry,) = await door.entries("check_in.moved")
    assert (entry.subject_id, entry.client_id) == (number, client)
    before = {"method": "STAFF", "station_id": here, "user_id": someone, "kiosk_id": None}
    now = {"method": "KIOSK", "station_id": there, "user_id": None, "kiosk_id": kiosk}
    assert entry.before == before | {"happened_at": after(5).isoformat()}
    assert entry.after == now | {"happened_at": after(0).isoformat()}
    async with door.database.reading() as reader:
        (kept,) = await reader.scalars(select(CheckInRepeat))
    assert (kept.request_id, kept.check_in_id, kept.happened_at) == (at_desk, number, after(5))
    assert (kept.method, kept.station_id, kept.user_id) == ("STAFF", here, someone)
    again = await door.live(client, after(240), at_desk)
    assert (again.check_in.id, again.repeat, again.replayed) == (number, True, True)
    await door.consistent(client)


async def test_live_screens_hear_of_a_move(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    client = await add_client(door.database)
    number = (await door.live(client, after(5))).check_in.id
    heard: list[tuple[str, int]] = []
    monkeypatch.setattr(door.database.broadcast, "send", lambda topic, row: heard.append((topic, row)))
    await door.place(client, after(7))
    assert heard == [], "a repeat changes nothing that anybody sees"
    await door.place(client, after(0))
    assert heard == [(service.TOPIC, number)]


async def test_a_press_before_many_moves_them_all(door: Door) -> None:
    """Each visit was the first press after the one before; with an earlier first one they are others, and one more fits in."""
    client = await add_client(door.database)
    repeats = {}
    for minute in (5, 13, 16, 25, 29):
        recorded = await door.live(client, after(minute), request := uuid4())
        repeats[minute] = request, recorded.repeat
    assert await door.times(client) == ["16", "29", "5"]
    assert [minute for minute, (_, repeat) in repeats.items() if repeat] == [13, 25]
    numbers = [row.id for row in await visits(door.database)]
    await door.place(client, after(0))
    assert await door.times(client) == ["0", "13", "25"]
    assert [row.id for row in await visits(door.database)] == numbers
    assert len(await door.entries("check_in.moved")) == 3
    await door.live(client, after(33), last := uuid4())
    assert (await door.live(client, after(33), last)).repeat
    await door.place(client, after(-7))
    assert await door.times(client) == ["-7", "16", "29", "5"]
    await door.consistent(client)


async def test_a_repeat_that_becomes_a_visit_has_all_that_was_known_of_it(door: Door) -> None:
    client, station, someone = await add_client(door.database), (await stations(door))[0], await user(door)
    await door.live(client, after(0))
    request = uuid4()
    assert (await door.live(client, after(8), request, station_id=station, user_id=someone)).repeat
    door.now = after(600)
    placed = await door.place(client, after(-3))
    assert await door.times(client) == ["-3", "8"]
    _, made = sorted(await visits(door.database), key=lambda row: row.happened_at)
    assert (made.request_id, made.method, made.station_id, made.user_id) == (request, "STAFF", station, someone)
    assert (made.id != placed.check_in.id, made.late) == (True, True)
    again = await door.live(client, after(600), request)
    assert (again.check_in.id, again.repeat, again.replayed) == (made.id, False, True)
    await door.consistent(client)


async def test_an_old_repeat_stands_at_the_time_it_came_in(door: Door) -> None:
    """Of one from before it was kept what it asked for only that is known."""
    client = await add_client(door.database)
    await door.live(client, after(0), station_id=(await stations(door))[0])
    async with door.database.writing(OPERATOR) as uow:
        first = (await uow.scalars(select(CheckIn.id)))[0]
        uow.add(CheckInRepeat(request_id=uuid4(), check_in_id=first, recorded_at=after(8)))
    await door.place(client, after(-3))
    assert await door.times(client) == ["-3", "8"]
    _, made = sorted(await visits(door.database), key=lambda row: row.happened_at)
    assert (made.method, made.station_id, made.recorded_at) == ("STAFF", None, after(8))
    await door.consistent(client)


async def test_a_chain_that_is_longer_than_a_day_is_seen_whole(door: Door) -> None:
    """A press every 9 minutes for 40 hours: one before them all decides which are visits to the very end."""
    door.with_window(10)
    client = await add_client(door.database)
    minutes = range(0, 40 * 60, 9)
    async with door.database.writing(OPERATOR) as uow:
        for minute in minutes[::2]:
            columns = {"client_id": client, "local_day": after(minute).astimezone(door.settings.zone).date(), "method": "KIOSK"}
            standing = {"standing_status": "NONE", "policy": "REMIND", "station_id": None}
            visit = CheckIn(request_id=uuid4(), happened_at=after(minute), recorded_at=after(minute), **columns, **standing)
            uow.add(visit)
            await uow.flush()
            if minute + 9 in minutes:
                uow.add(CheckInRepeat(request_id=uuid4(), check_in_id=visit.id, happened_at=after(minute + 9), method=CheckInMethod.KIOSK))
    door.now = after(3000)
    await door.place(client, after(-8))
    seen = [row.happened_at for row in await visits(door.database, client_id=client)]
    assert sorted(seen) == [after(-8), *(after(minute) for minute in minutes[1::2] if minute < minutes[-1]), *_last(minutes)]


def _last(minutes: range) -> list[datetime]:
    """The last of them where it is far enough from the visit before."""
    return [after(minutes[-1])] if len(minutes) % 2 == 0 else []


async def test_a_void_visit_is_no_press_and_undoing_the_void_knows_the_new_ones(door: Door) -> None:
    client, request, repeat = await add_client(door.database), uuid4(), uuid4()
    number = (await door.live(client, after(10), request)).check_in.id
    await door.live(client, after(12), repeat)
    await door.void(number)
    placed = await door.place(client, after(14))
    assert (placed.repeat, placed.check_in.id != number) == (False, True)
    for answered, is_repeat in ((request, False), (repeat, True)):
        again = await door.place(client, after(10), answered)
        assert (again.check_in.id, again.check_in.voided, again.repeat, again.replayed) == (number, True, is_repeat, True)
    with pytest.raises(Conflict, match="Another visit"):
        await door.undo_void(number)
    await door.void(placed.check_in.id)
    await door.undo_void(number)
    assert await door.times(client) == ["10"]
    await door.consistent(client)


async def test_a_visit_that_moved_can_be_voided_and_come_back(door: Door) -> None:
    client = await add_client(door.database)
    here, there = (await stations(door))[:2]
    # It moves over midnight and to another station: the figures of both days and places must follow.
    midnight = datetime(2026, 7, 2, 7, tzinfo=UTC)
    number = (await door.live(client, midnight + timedelta(minutes=4), station_id=here)).check_in.id
    await door.place(client, midnight - timedelta(minutes=2), station_id=there)
    (row,) = await visits(door.database)
    assert (row.id, row.local_day, row.station_id) == (number, date(2026, 7, 1), there)
    await door.void(number)
    assert await figures_agree(door.database, door.settings)
    await door.undo_void(number)
    await door.consistent(client)
    # Its own repeats are presses again, as they were.
    assert (await door.place(client, midnight + timedelta(minutes=7))).repeat
    assert not (await door.place(client, midnight + timedelta(minutes=8))).repeat
    await door.consistent(client)


async def test_visits_nearer_than_the_window_all_stay(door: Door) -> None:
    """They were recorded with a shorter one. A press near them repeats one of them, and one further away is a visit."""
    door.with_window(5)
    client = await add_client(door.database)
    numbers = [(await door.live(client, after(minute))).check_in.id for minute in (0, 6, 12)]
    door.with_window(30)
    for minute, repeats in ((3, 0), (-2, 0), (8, 1), (40, 2)):
        placed = await door.place(client, after(minute))
        assert (placed.repeat, placed.check_in.id) == (True, numbers[repeats])
    assert await door.times(client) == ["0", "12", "6"]
    assert not (await door.place(client, after(-31))).repeat
    assert await door.times(client) == ["-31", "0", "12", "6"]
    await door.consistent(client)


@pytest.mark.parametrize(
    ("instant", "day", "hour"),
    [
        ("2026-11-01T08:30:00+00:00", date(2026, 11, 1), 1),  # 01:30 before the clocks go back
        ("2026-11-01T09:30:00+00:00", date(2026, 11, 1), 1),  # 01:30 after it
        ("2026-11-02T07:30:00+00:00", date(2026, 11, 1), 23),  # a day of 25 hours
        ("2026-03-08T09:59:00+00:00", date(2026, 3, 8), 1),
        ("2026-03-08T10:01:00+00:00", date(2026, 3, 8), 3),
        ("2026-07-01T06:59:59+00:00", date(2026, 6, 30), 23),
        ("2026-07-01T07:00:00+00:00", date(2026, 7, 1), 0),
    ],
)
async def test_day_and_hour_are_the_centres_at_that_moment(door: Door, instant: str, day: date, hour: int) -> None:
    client = await add_client(door.database)
    door.now = datetime(2027, 1, 1, tzinfo=UTC)
    await door.place(client, datetime.fromisoformat(instant))
    (row,) = await visits(door.database)
    assert row.local_day == day
    async with door.database.reading() as reader:
        assert [tuple(cell) for cell in await reader.rows(text("SELECT local_day, hour, visits FROM visit_rollup"))] == [(day, hour, 1)]
    await door.consistent(client)


async def test_the_window_is_real_time_when_the_clocks_change(door: Door) -> None:
    """In the night when the clocks go back, 01:05 comes ten minutes after 01:55; in spring 03:05 comes ten minutes after 01:55."""
    for first in (datetime(2026, 11, 1, 8, 55, tzinfo=UTC), datetime(2026, 3, 8, 9, 55, tzinfo=UTC)):
        client = await add_client(door.database)
        door.now = datetime(2027, 1, 1, tzinfo=UTC)
        for minutes in (19, 10, 9, 0):
            await door.place(client, first + timedelta(minutes=minutes))
        seen = [row.happened_at for row in await visits(door.database, client_id=client)]
        assert sorted(seen) == [first, first + timedelta(minutes=10)]
        await door.consistent(client)


async def test_an_earlier_zone_counts_an_earlier_moment(door: Door) -> None:
    client = await add_client(door.database)
    door.now = after(600)
    past = (PastZone(after(30), "Asia/Tokyo"),)
    await door.place(client, after(0), past_zones=past)
    await door.place(client, after(60), past_zones=past)
    async with door.database.reading() as reader:
        cells = {tuple(row) for row in await reader.rows(text("SELECT local_day, hour, visits FROM visit_rollup"))}
    assert cells == {(date(2026, 7, 2), 4, 1), (date(2026, 7, 1), 13, 1)}
    # Moved over the change of the zone, and away again with a void: the cells are those it was counted in.
    await door.place(client, after(25), past_zones=past)
    await door.place(client, after(-5), past_zones=past)
    rows = await visits(door.database, voided_at=None)
    assert {(row.happened_at, row.local_day.day) for row in rows} == {(after(-5), 2), (after(25), 2), (after(60), 1)}
    for row in rows:
        async with door.database.writing(OPERATOR) as uow:
            await service.void(uow, door.settings, check_in_id=row.id, reason="wrong", user_id=None, past_zones=past)
    async with door.database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM visit_rollup")) == 0


async def test_a_visit_keeps_its_end_when_it_moves(door: Door) -> None:
    client = await add_client(door.database)
    number = (await door.live(client, after(5))).check_in.id
    door.now = after(90)
    async with door.database.writing(OPERATOR) as uow:
        await service.check_out(uow, check_in_id=number, user_id=None)
    await door.place(client, after(0))
    (row,) = await visits(door.database)
    assert (row.happened_at, row.checked_out_at, row.checked_out_by_closing) == (after(0), after(90), False)


async def close(door: Door) -> None:
    async with door.database.writing(OPERATOR) as uow:
        await service.close(uow, door.settings)


async def ends(door: Door, client: int) -> dict[str, str]:
    zone = ZoneInfo("America/Los_Angeles")
    rows = await visits(door.database, client_id=client, voided_at=None)
    return {f"{row.happened_at.astimezone(zone):%H:%M}": f"{row.checked_out_at.astimezone(zone):%H:%M}" for row in rows}


@pytest.mark.parametrize("closed_before", [True, False])
async def test_closing_ends_the_same_visits_whether_it_was_before_or_after(door: Door, closed_before: bool) -> None:
    """Closing at 21:00: an earlier visit ends where the next one begins, although that one was not there when the day was closed."""
    client = await add_client(door.database)
    await door.live(client, after(0))
    await door.live(client, after(240))
    door.now = after(60 * 10)
    if closed_before:
        await close(door)
        assert await ends(door, client) == {"12:00": "16:00", "16:00": "21:00"}
    for minute in (120, 235):
        await door.place(client, after(minute))
    await close(door)
    assert await ends(door, client) == {"12:00": "14:00", "14:00": "15:55", "15:55": "21:00"}
    assert len(await door.entries("check_in.checked_out")) == (4 if closed_before else 3)


async def test_a_visit_that_moves_over_the_end_of_the_day_ends_with_the_day_it_moved_to(door: Door) -> None:
    client = await add_client(door.database)
    closing = datetime(2026, 7, 2, 4, tzinfo=UTC)
    await door.live(client, closing + timedelta(minutes=4))
    door.now = closing + timedelta(days=1)
    await close(door)
    assert await ends(door, client) == {"21:04": "00:00"}
    await door.place(client, closing - timedelta(minutes=2))
    assert await ends(door, client) == {"20:58": "21:00"}


async def test_a_press_costs_few_statements(door: Door, statements: StatementCounter) -> None:
    """A kiosk that was offline for days has hundreds of them."""
    client = await add_client(door.database)
    counts: list[int] = []
    for minute in (100, 101, 0):
        statements.clear()
        await door.place(client, after(minute))
        counts.append(statements.count)
    assert max(counts) <= 14, statements.texts


async def test_whoever_moves_from_today_into_a_day_that_is_over_is_here_no_more(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing at 21:00; nobody closes the day again, so the move itself has to ask."""
    load()
    monkeypatch.setattr(jobs, "settings", lambda: door.settings)
    client = await add_client(door.database)
    closing = datetime(2026, 7, 2, 4, tzinfo=UTC)
    await door.live(client, closing + timedelta(minutes=4))
    number = (await door.place(client, closing - timedelta(minutes=2))).check_in.id
    async with door.database.writing(OPERATOR) as uow:
        (queued,) = await uow.scalars(select(OutboxRow).where(OutboxRow.topic == "check_in.moved"))
        assert queued.payload == {"check_in_id": number}
        for job in handlers(queued.topic):
            await job(uow, queued.payload)
    assert await ends(door, client) == {"20:58": "21:00"}
