"""Visits that a test makes up, how they get into the database, and what plain Python makes of them."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from sqlalchemy import text

from backend.db import Database
from backend.reports import service
from tests.world import OPERATOR

CLIENTS, STATIONS = 6, 3
ZONES = [
    ZoneInfo(name) for name in ("America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago", "UTC")
]
# Ordinary days, month ends, leap days, and the days on which the clocks of these zones change.
DAYS = [
    date(2026, 7, 15), date(2026, 3, 31), date(2026, 3, 30), date(2027, 1, 1), date(2028, 2, 29), date(2028, 3, 1), date(2028, 3, 30),
    date(2026, 3, 8), date(2026, 3, 9), date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 8), date(2026, 3, 29), date(2026, 10, 25),
    date(2026, 10, 26), date(2026, 4, 5), date(2026, 4, 6), date(2026, 10, 4), date(2026, 9, 6), date(2026, 9, 7), date(2026, 12, 31),
]  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """One visit; ``station`` 0 is none."""

    client: int
    at: datetime
    station: int
    voided: bool

    def day(self, zone: ZoneInfo) -> date:
        """The centre's day."""
        return self.at.astimezone(zone).date()

    def wall(self, zone: ZoneInfo) -> time:
        """What the clock at the centre showed."""
        return self.at.astimezone(zone).time()


@dataclass(frozen=True)
class History:
    """What happened up to ``now``."""

    zone: ZoneInfo
    now: datetime
    visits: Sequence[Visit]

    @property
    def counting(self) -> list[Visit]:
        """Those that were not voided."""
        return [visit for visit in self.visits if not visit.voided]

    @property
    def today(self) -> date:
        """The centre's day."""
        return self.now.astimezone(self.zone).date()


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Visits of the last hundred days, many of them around the times that decide: this hour, midnight, the hour that comes twice."""
    zone = draw(st.sampled_from(ZONES))
    wall = draw(st.one_of(st.times(), st.sampled_from([time(0), time(0, 30), time(1, 30), time(2, 15), time(3), time(23, 59, 59)])))
    now = datetime.combine(draw(st.sampled_from(DAYS)), wall.replace(fold=draw(st.sampled_from([0, 1]))), zone).astimezone(UTC)
    back = st.one_of(st.sampled_from([0, 0, 1, 1, 6, 7, 7, 8, 14, 28, 29, 30, 31, 32, 84, 85]), st.integers(0, 100))
    hour_part = st.sampled_from([timedelta(minutes=minutes) for minutes in (-90, -61, -60, -31, -1, 0, 1, 29, 59, 60, 90)])

    @st.composite
    def visit(draw: st.DrawFn) -> Visit:
        day = now.astimezone(zone).date() - timedelta(days=draw(back))
        near = datetime.combine(day, wall, zone).astimezone(UTC) + draw(hour_part)
        anywhere = datetime.combine(day, draw(st.times()).replace(fold=draw(st.sampled_from([0, 1]))), zone).astimezone(UTC)
        at = min(now, draw(st.sampled_from([near, anywhere])))
        return Visit(draw(st.integers(1, CLIENTS)), at, draw(st.integers(0, STATIONS)), draw(st.integers(0, 5)) == 0)

    return History(zone, now, draw(st.lists(visit(), max_size=40)))


_INSERT = text(
    """
    INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, station_id, standing_status, policy,
                           voided_at, void_reason)
    SELECT gen_random_uuid(), c.id, v.at, v.day, 'STAFF', s.id, 'NONE', 'REMIND',
           CASE WHEN v.voided THEN v.at END, CASE WHEN v.voided THEN 'test' END
    FROM unnest(CAST(:clients AS int[]), CAST(:ats AS timestamptz[]), CAST(:days AS date[]), CAST(:stations AS int[]),
                CAST(:voideds AS bool[])) AS v (client, at, day, station, voided)
    JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM clients) c ON c.place = v.client
    LEFT JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM stations) s ON s.place = v.station
    """
)
_SEEN = text(
    """
    UPDATE clients c SET first_check_in_at = v.first, last_check_in_at = v.last
    FROM (SELECT c.id, min(k.happened_at) AS first, max(k.happened_at) AS last
          FROM clients c LEFT JOIN check_ins k ON k.client_id = c.id AND k.voided_at IS NULL GROUP BY c.id) v
    WHERE v.id = c.id
    """
)


async def furnish(database: Database) -> None:
    """The clients and stations that visits are of."""
    async with database.writing(OPERATOR) as uow:
        await uow.execute(
            text(f"INSERT INTO clients (first_name, last_name) SELECT 'Client', n::text FROM generate_series(1, {CLIENTS}) n")
        )
        await uow.execute(text(f"INSERT INTO stations (name) SELECT 'Station ' || n FROM generate_series(1, {STATIONS}) n"))


async def write(database: Database, history: History) -> None:
    """Put this history in the place of the one before, with everything that a check-in keeps."""
    visits = history.visits
    values: dict[str, Any] = {
        "clients": [visit.client for visit in visits],
        "ats": [visit.at for visit in visits],
        "days": [visit.day(history.zone) for visit in visits],
        "stations": [visit.station for visit in visits],
        "voideds": [visit.voided for visit in visits],
    }
    async with database.writing(OPERATOR) as uow:
        await uow.execute(text("DELETE FROM check_ins"))
        await uow.execute(text("DELETE FROM visit_rollup"))
        await uow.execute(_INSERT, values)
        await uow.execute(_SEEN)
        await service.roll_up_everything(uow, history.zone)


def days_so_far(history: History) -> dict[str, tuple[set[date], set[date]]]:
    """Today, this week and this month, each with the days before that they are compared with."""
    today = history.today
    yesterday = today - timedelta(days=1)
    week = {today - timedelta(days=back) for back in range(today.weekday() + 1)}
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    length = calendar.monthrange(year, month)[1]
    return {
        "today": ({today}, {yesterday}),
        "week": (week, {day - timedelta(days=7) for day in week}),
        "month": (
            {today.replace(day=number) for number in range(1, today.day + 1)},
            {date(year, month, number) for number in range(1, min(today.day, length) + 1)},
        ),
    }
