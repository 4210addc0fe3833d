"""A year of visits, as a centre has them: by school and season, some voided, with the time when people left, some here today."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, text

from backend.checkins.models import CheckInMethod, Station
from backend.db import UnitOfWork
from backend.operations.demo import seasons
from backend.operations.demo.people import Person

DAYS_BACK = 365
TODAY = 19
STATIONS = ("Tournament room", "Quiet room")
VOIDED = 0.012
REASONS = ("Wrong person", "Checked in twice", "Left at once", "Pressed the wrong name")
LETS_IN = ("Guardian renews today", "Student card shown", "Coordinator confirmed by phone")

# Standing and policy are those of the visit's own day, from the function that decides them everywhere. What was bought later is known
# to it already, so before such a start people stay away.
INSERT = text(
    """
    INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, station_id, user_id, standing_status, standing_source,
                           standing_ends_on, policy, recorded_at, override_reason, checked_out_at, checked_out_by,
                           checked_out_by_closing, voided_at, voided_by, void_reason)
    SELECT v.request_id, v.client_id, v.at, v.day, v.method, v.station_id, v.user_id, s.status, s.source, s.ends_on, s.policy, v.at,
           CASE WHEN s.policy IN ('ASK_STAFF', 'BLOCK') AND s.status NOT IN ('ACTIVE', 'EXPIRING') THEN v.let_in END,
           v.out_at, CASE WHEN v.out_at IS NOT NULL AND NOT v.by_closing THEN CAST(:staff_id AS bigint) END, v.by_closing,
           CASE WHEN v.void_reason IS NOT NULL THEN v.at + interval '4 minutes' END,
           CASE WHEN v.void_reason IS NOT NULL THEN CAST(:staff_id AS bigint) END, v.void_reason
    FROM unnest(CAST(:request_ids AS uuid[]), CAST(:client_ids AS bigint[]), CAST(:ats AS timestamptz[]), CAST(:days AS date[]),
                CAST(:methods AS check_in_method[]), CAST(:station_ids AS bigint[]), CAST(:user_ids AS bigint[]), CAST(:let_ins AS text[]),
                CAST(:out_ats AS timestamptz[]), CAST(:by_closings AS boolean[]), CAST(:void_reasons AS text[]))
         AS v (request_id, client_id, at, day, method, station_id, user_id, let_in, out_at, by_closing, void_reason)
    JOIN clients c ON c.id = v.client_id AND (c.archived_at IS NULL OR c.archived_at > v.at)
    CROSS JOIN LATERAL client_standing(v.client_id, v.day) s
    WHERE s.status <> 'PENDING' AND (s.policy NOT IN ('ASK_STAFF', 'BLOCK') OR s.status IN ('ACTIVE', 'EXPIRING') OR v.let_in IS NOT NULL)
    ORDER BY v.at
    """
)
FIRST_AND_LAST = text(
    """
    UPDATE clients c SET first_check_in_at = v.first, last_check_in_at = v.last
    FROM (SELECT client_id, min(happened_at) AS first, max(happened_at) AS last FROM check_ins WHERE voided_at IS NULL GROUP BY 1) v
    WHERE v.client_id = c.id
    """
)


@dataclass(frozen=True, slots=True)
class Visit:
    """Who came when; ``out_at`` is empty for those who are still here."""

    client_id: int
    at: datetime
    day: date
    out_at: datetime | None
    by_closing: bool


async def record_visits(
    uow: UnitOfWork, people: Sequence[Person], ids: Sequence[int], staff_id: int, zone: ZoneInfo, now: datetime, chance: random.Random
) -> None:
    """Add them in this transaction, two more stations, and each client's first and last visit."""
    uow.add(*(Station(name=name) for name in STATIONS))
    await uow.flush()
    desk, kiosk, *rooms = await uow.scalars(select(Station.id).order_by(Station.id))
    visits = _past(people, ids, zone, now, chance) + _today(people, ids, zone, now, chance)
    stations = chance.choices((desk, kiosk, *rooms), (52, 30, *([18 // max(1, len(rooms))] * len(rooms))), k=len(visits))
    await uow.execute(
        INSERT,
        {
            "staff_id": staff_id,
            "request_ids": [UUID(int=chance.getrandbits(128), version=4) for _ in visits],
            "client_ids": [visit.client_id for visit in visits],
            "ats": [visit.at for visit in visits],
            "days": [visit.day for visit in visits],
            "methods": [(CheckInMethod.KIOSK if station == kiosk else CheckInMethod.STAFF).value for station in stations],
            "station_ids": stations,
            "user_ids": [None if station == kiosk else staff_id for station in stations],
            "let_ins": [chance.choice(LETS_IN) if station != kiosk and chance.random() < 0.4 else None for station in stations],
            "out_ats": [visit.out_at for visit in visits],
            "by_closings": [visit.by_closing for visit in visits],
            "void_reasons": [chance.choice(REASONS) if chance.random() < VOIDED else None for _ in visits],
        },
    )
    await uow.execute(FIRST_AND_LAST)


def _past(people: Sequence[Person], ids: Sequence[int], zone: ZoneInfo, now: datetime, chance: random.Random) -> list[Visit]:
    """Nobody twice on a day. Who joined in the year comes on that day."""
    today = now.astimezone(zone).date()
    visits = []
    for back in range(DAYS_BACK, 0, -1):
        day = today - timedelta(days=back)
        busy = seasons.busyness(day) * chance.uniform(0.85, 1.15)
        closing = datetime.combine(day, time(seasons.CLOSES // 60), zone).astimezone(UTC)
        for person, client_id in zip(people, ids, strict=True):
            if person.joined > day or (person.left is not None and person.left < day):
                continue
            if chance.random() < busy * person.a_month / 30 or (person.joined == day and busy):
                minute = seasons.minute_of(day, chance)
                at = datetime.combine(day, time(minute // 60, minute % 60, chance.randrange(60)), zone).astimezone(UTC)
                out_at = at + timedelta(minutes=round(chance.triangular(35, 240, 110)))
                stayed_to_the_end = out_at >= closing or chance.random() < 0.3
                visits.append(Visit(client_id, at, day, closing if stayed_to_the_end else out_at, stayed_to_the_end))
    return visits


def _today(people: Sequence[Person], ids: Sequence[int], zone: ZoneInfo, now: datetime, chance: random.Random) -> list[Visit]:
    """In the hours before now, whatever the clock says, so that the desk has something to show."""
    today = now.astimezone(zone).date()
    first = max(datetime.combine(today, time(), zone).astimezone(UTC), now - timedelta(hours=5))
    coming = [
        (person.a_month, client) for person, client in zip(people, ids, strict=True) if person.left is None and person.joined <= today
    ]
    keen, clients = zip(*coming, strict=True)
    visits = []
    for client_id in sorted(set(chance.choices(clients, keen, k=TODAY))):
        at = first + (now - first) * chance.uniform(0, 0.98)
        gone = now - at > timedelta(hours=2) and chance.random() < 0.6
        visits.append(Visit(client_id, at, today, at + (now - at) * chance.uniform(0.5, 0.95) if gone else None, by_closing=False))
    return visits
