"""How many came: compared with the time before, by weekday and hour, by station. Voided visits never count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ARRAY, Date, DateTime, SmallInteger, Time, bindparam, text

from backend.db import ReadSession
from backend.reports.spans import Days, Moment, Span

WEEKS_OF_HEAT_MAP = 12

# Of the days before the last of a stretch every hour counts; of the last one those before ``hour`` and of that hour what was there when
# the clock showed ``wall``. The rollup has whole hours, so that remainder is read from the visits: an hour of them at most.
_COMPARED = text(
    """
    SELECT coalesce((
             SELECT sum(v.visits) FROM visit_rollup v
             WHERE v.local_day BETWEEN s.first_day AND s.last_day AND (v.local_day < s.last_day OR v.hour < s.hour)), 0)::integer
           + (SELECT count(*) FROM check_ins c
              WHERE c.happened_at >= s.from_instant AND c.happened_at <= s.to_instant AND c.local_day = s.last_day AND c.voided_at IS NULL
                AND (c.happened_at AT TIME ZONE :zone)::time >= :hour_begins AND (c.happened_at AT TIME ZONE :zone)::time < :wall)::integer
           AS visits
    FROM unnest(:first_days, :last_days, :hours, :from_instants, :to_instants)
         WITH ORDINALITY AS s (first_day, last_day, hour, from_instant, to_instant, place)
    ORDER BY s.place
    """
).bindparams(
    bindparam("first_days", type_=ARRAY(Date)),
    bindparam("last_days", type_=ARRAY(Date)),
    bindparam("hours", type_=ARRAY(SmallInteger)),
    bindparam("from_instants", type_=ARRAY(DateTime(timezone=True))),
    bindparam("to_instants", type_=ARRAY(DateTime(timezone=True))),
    bindparam("hour_begins", type_=Time),
    bindparam("wall", type_=Time),
)

_HEAT_MAP = text(
    """
    SELECT extract(isodow FROM v.local_day)::integer AS weekday, v.hour, sum(v.visits)::integer AS visits,
           min(min(v.local_day)) OVER () AS began
    FROM visit_rollup v WHERE v.local_day BETWEEN :first_day AND :last_day
    GROUP BY 1, 2 ORDER BY 1, 2
    """
)

_BY_STATION = text(
    """
    WITH counted AS (
      SELECT v.station_id,
             coalesce(sum(v.visits) FILTER (WHERE v.local_day = :today), 0)::integer AS today,
             coalesce(sum(v.visits) FILTER (WHERE v.local_day >= :week), 0)::integer AS week,
             coalesce(sum(v.visits) FILTER (WHERE v.local_day >= :month), 0)::integer AS month
      FROM visit_rollup v WHERE v.local_day BETWEEN least(CAST(:week AS date), CAST(:month AS date)) AND :today
      GROUP BY v.station_id
    )
    SELECT s.id, s.name, coalesce(c.today, 0) AS today, coalesce(c.week, 0) AS week, coalesce(c.month, 0) AS month
    FROM stations s FULL JOIN counted c ON c.station_id = s.id
    WHERE c.week + c.month > 0 OR s.retired_at IS NULL AND s.id IS NOT NULL
    ORDER BY s.id NULLS LAST
    """
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Visits of a span up to now, and of the one before up to the same time."""

    visits: int
    before: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Visits of the closed days in ``days`` by (weekday from 1 for Monday, hour); hours without any are left out.

    ``days`` has the same number of each weekday, unless the first visit is younger: then it begins on that day.
    """

    days: Days
    visits: Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class StationVisits:
    """Visits at a station; without one where ``station_id`` and ``name`` are empty."""

    station_id: int | None
    name: str | None
    today: int
    week: int
    month: int


async def compared(reader: ReadSession, spans: Sequence[Span], moment: Moment) -> list[Compared]:
    """A figure for each span, in their order."""
    wall = moment.wall
    stretches: list[tuple[Days, int]] = []
    for span in spans:
        stretches += [(span.present, 24), (span.before, wall.hour)]
    now = moment.now
    # Of a present stretch nothing is left to add: what was counted today is all there is.
    around = [moment.around_hour(days.last) if hour < 24 else (now, now - timedelta(days=1)) for days, hour in stretches]
    rows = await reader.scalars(
        _COMPARED,
        {
            "zone": moment.zone.key,
            "first_days": [days.first for days, _ in stretches],
            "last_days": [days.last for days, _ in stretches],
            "hours": [hour for _, hour in stretches],
            "from_instants": [earliest for earliest, _ in around],
            "to_instants": [latest for _, latest in around],
            "hour_begins": wall.replace(minute=0, second=0, microsecond=0),
            "wall": wall,
        },
    )
    return [Compared(present, before) for present, before in zip(rows[::2], rows[1::2], strict=True)]


async def heat_map(reader: ReadSession, today: date) -> HeatMap:
    """The twelve weeks up to yesterday."""
    days = Days(today - timedelta(weeks=WEEKS_OF_HEAT_MAP), today - timedelta(days=1))
    rows = await reader.rows(_HEAT_MAP, {"first_day": days.first, "last_day": days.last})
    return HeatMap(Days(rows[0].began if rows else days.first, days.last), {(row.weekday, row.hour): row.visits for row in rows})


async def by_station(reader: ReadSession, week: Days, month: Days) -> list[StationVisits]:
    """Each station in use, others that had visits in the week or the month, and last the visits without a station."""
    rows = await reader.rows(_BY_STATION, {"today": month.last, "week": week.first, "month": month.first})
    return [StationVisits(*row) for row in rows]
