"""Two months of visits, as a centre has them: fuller at weekends and after school, a few voided, some today."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, text

from backend.checkins.models import CheckInMethod, Station
from backend.db import UnitOfWork

DAYS_BACK = 60
VISITS_BY_WEEKDAY = (14, 16, 17, 19, 30, 38, 27)
TODAY = 17
HOURS = tuple(range(11, 22))
WEIGHT_OF_HOUR = (2, 3, 3, 4, 7, 10, 11, 9, 7, 5, 2)
VOIDED = 0.015

# Standing and policy are those of the visit's own day, from the function that decides them everywhere.
INSERT = text(
    """
    INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, station_id, user_id, standing_status, standing_source,
                           standing_ends_on, policy, recorded_at, voided_at, voided_by, void_reason)
    SELECT v.request_id, v.client_id, v.at, v.day, v.method, v.station_id, v.user_id, s.status, s.source, s.ends_on, s.policy, v.at,
           CASE WHEN v.voided THEN v.at + interval '4 minutes' END, CASE WHEN v.voided THEN CAST(:staff_id AS bigint) END,
           CASE WHEN v.voided THEN 'Wrong person' END
    FROM unnest(CAST(:request_ids AS uuid[]), CAST(:client_ids AS bigint[]), CAST(:ats AS timestamptz[]), CAST(:days AS date[]),
                CAST(:methods AS check_in_method[]), CAST(:station_ids AS bigint[]), CAST(:user_ids AS bigint[]),
                CAST(:voideds AS boolean[]))
         AS v (request_id, client_id, at, day, method, station_id, user_id, voided)
    JOIN clients c ON c.id = v.client_id AND (c.archived_at IS NULL OR c.archived_at > v.at)
    CROSS JOIN LATERAL client_standing(v.client_id, v.day) s
    WHERE s.policy <> 'BLOCK' OR s.status IN ('ACTIVE', 'EXPIRING')
    ORDER BY v.at
    """
)
LAST_VISIT = text(
    """
    UPDATE clients c SET last_check_in_at = v.at
    FROM (SELECT client_id, max(happened_at) AS at FROM check_ins WHERE voided_at IS NULL GROUP BY client_id) v WHERE v.client_id = c.id
    """
)


async def record_visits(
    uow: UnitOfWork, client_ids: list[int], staff_id: int, zone: ZoneInfo, now: datetime, chance: random.Random
) -> None:
    """Add them in this transaction, and each client's last visit."""
    stations = {row.name: row.id for row in await uow.rows(select(Station.name, Station.id).order_by(Station.id))}
    desk, kiosk = (*stations.values(), *stations.values())[:2]
    visits = _visits(client_ids, zone, now, chance)
    by_kiosk = [chance.random() < 0.3 for _ in visits]
    await uow.execute(
        INSERT,
        {
            "staff_id": staff_id,
            "request_ids": [UUID(int=chance.getrandbits(128), version=4) for _ in visits],
            "client_ids": [client for client, _, _ in visits],
            "ats": [at for _, at, _ in visits],
            "days": [day for _, _, day in visits],
            "methods": [(CheckInMethod.KIOSK if alone else CheckInMethod.STAFF).value for alone in by_kiosk],
            "station_ids": [kiosk if alone else desk for alone in by_kiosk],
            "user_ids": [None if alone else staff_id for alone in by_kiosk],
            "voideds": [chance.random() < VOIDED for _ in visits],
        },
    )
    await uow.execute(LAST_VISIT)


def _visits(client_ids: list[int], zone: ZoneInfo, now: datetime, chance: random.Random) -> list[tuple[int, datetime, date]]:
    """(client, instant, the centre's day); nobody twice on a day, some come often and some hardly ever."""
    today = now.astimezone(zone).date()
    keen = [chance.paretovariate(1.2) for _ in client_ids]
    visits = []
    for back in range(DAYS_BACK, 0, -1):
        day = today - timedelta(days=back)
        count = round(VISITS_BY_WEEKDAY[day.weekday()] * chance.uniform(0.75, 1.25))
        for client in sorted(set(chance.choices(client_ids, keen, k=count))):
            hour = chance.choices(HOURS, WEIGHT_OF_HOUR)[0]
            local = datetime(day.year, day.month, day.day, hour, chance.randrange(60), chance.randrange(60), tzinfo=zone)
            visits.append((client, local.astimezone(UTC), day))
    # Today's are in the hours before now, whatever the clock says, so that the desk has something to show.
    morning = datetime(today.year, today.month, today.day, tzinfo=zone).astimezone(UTC)
    first = max(morning, now - timedelta(hours=5))
    here = sorted(set(chance.choices(client_ids, keen, k=TODAY)))
    return visits + [(client, first + (now - first) * chance.uniform(0, 0.98), today) for client in here]
