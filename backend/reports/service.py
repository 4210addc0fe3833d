"""Keeping the rollup equal to the visits, whatever wrote them."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from backend.db import UnitOfWork
from backend.reports import queries
from backend.system.zones import PastZone

CLOSED_DAYS = 3

# The clock by which a visit was counted: the first of the former zones that held until after it, or the present one.
_ZONE = "CAST(:zone AS text)"
_ZONE_THEN = """coalesce((
            SELECT former.zone FROM unnest(CAST(:untils AS timestamptz[]), CAST(:zones AS text[])) AS former (until, zone)
            WHERE happened_at < former.until ORDER BY former.until LIMIT 1), CAST(:zone AS text))"""
# One statement sees one moment: the visits and the figures that were written together with them.
_AGREE = """
    SELECT NOT EXISTS (
      SELECT FROM (
        SELECT local_day, CAST(extract(hour FROM happened_at AT TIME ZONE CLOCK) AS smallint) AS hour,
               coalesce(station_id, 0) AS station_id, count(*) AS visits
        FROM check_ins WHERE local_day BETWEEN :first_day AND :last_day AND voided_at IS NULL GROUP BY 1, 2, 3
      ) fresh
      FULL JOIN (
        SELECT local_day, hour, coalesce(station_id, 0) AS station_id, visits
        FROM visit_rollup WHERE local_day BETWEEN :first_day AND :last_day
      ) kept USING (local_day, hour, station_id)
      WHERE fresh.visits IS DISTINCT FROM kept.visits
    )
    """
AGREE, AGREE_THEN = (text(_AGREE.replace("CLOCK", zone)) for zone in (_ZONE, _ZONE_THEN))

# Nobody else may write figures meanwhile: a visit counted between our look at the check-ins and our write would be lost.
# The wait is short, because whoever writes after us waits behind us.
SHORT_WAIT = text("SET LOCAL lock_timeout = '2s'")
ALONE = text("LOCK TABLE visit_rollup IN SHARE ROW EXCLUSIVE MODE")

_ROLL_UP = """
    WITH fresh AS (
        SELECT local_day, CAST(extract(hour FROM happened_at AT TIME ZONE CLOCK) AS smallint) AS hour,
               station_id, count(*) AS visits
        FROM check_ins
        WHERE local_day BETWEEN :first_day AND :last_day AND voided_at IS NULL
        GROUP BY 1, 2, 3
    ), gone AS (
        DELETE FROM visit_rollup AS kept
        WHERE kept.local_day BETWEEN :first_day AND :last_day AND NOT EXISTS (
            SELECT FROM fresh
            WHERE fresh.local_day = kept.local_day AND fresh.hour = kept.hour AND fresh.station_id IS NOT DISTINCT FROM kept.station_id
        )
        RETURNING 1
    ), written AS (
        INSERT INTO visit_rollup (local_day, hour, station_id, visits)
        SELECT local_day, hour, station_id, visits FROM fresh
        ON CONFLICT (local_day, hour, station_id) DO UPDATE SET visits = excluded.visits WHERE visit_rollup.visits <> excluded.visits
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written)
    """
ROLL_UP, ROLL_UP_THEN = (text(_ROLL_UP.replace("CLOCK", zone)) for zone in (_ZONE, _ZONE_THEN))


async def roll_up(uow: UnitOfWork, zone: ZoneInfo, first_day: date, last_day: date, *, past_zones: Sequence[PastZone] = ()) -> int:
    """Make the figures of these days, both included, equal to the check-ins that count. Returns how many figures changed.

    A visit is counted in the hour of the clock by which it was recorded: ``past_zones`` held before ``zone``.

    A check-in and a void keep them equal by themselves, so nearly always there is nothing to do, and then nobody is made to wait.
    """
    values: dict[str, object] = {"zone": zone.key, "first_day": first_day, "last_day": last_day}
    agree, write = AGREE, ROLL_UP
    if past_zones:
        values |= {"untils": [former.until for former in past_zones], "zones": [former.zone for former in past_zones]}
        agree, write = AGREE_THEN, ROLL_UP_THEN
    if await uow.scalar(agree, values):
        return 0
    await uow.execute(SHORT_WAIT)
    await uow.execute(ALONE)
    return int(await uow.scalar(write, values))


async def roll_up_recent(uow: UnitOfWork, zone: ZoneInfo, today: date, *, past_zones: Sequence[PastZone] = ()) -> int:
    """`roll_up` the last three closed days and today so far: late and voided visits of these days find their way in."""
    return await roll_up(uow, zone, today - timedelta(days=CLOSED_DAYS), today, past_zones=past_zones)


async def roll_up_everything(uow: UnitOfWork, zone: ZoneInfo) -> int:
    """`roll_up` every day with a check-in, after a bulk load."""
    days = await queries.visited_days(uow)
    return await roll_up(uow, zone, *days) if days else 0
