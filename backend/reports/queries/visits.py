"""How many came: compared with the time before, by weekday and hour, by station. Voided visits never count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ARRAY, Date, DateTime, SmallInteger, bindparam, text

from backend.db import ReadSession
from backend.reports.spans import Days, Moment, Span

WEEKS_OF_HEAT_MAP = 12

# Of the days before the last of a stretch every hour counts, of the last one those before ``hour``. The begun hour is counted from the
# visits: as far as it has gone, or, where that is less to read, it is taken whole and its remainder subtracted (``sign`` is -1).
_COMPARED = text(
    """
    SELECT coalesce((
             SELECT sum(v.visits) FROM visit_rollup v
             WHERE v.local_day BETWEEN s.first_day AND s.last_day AND (v.local_day < s.last_day OR v.hour < s.hour)), 0)::integer
           + s.sign * (SELECT count(*) FROM check_ins c
                       WHERE c.happened_at >= s.from_instant AND c.happened_at <= s.to_instant AND c.voided_at IS NULL
                         AND c.happened_at AT TIME ZONE :zone >= s.from_clock AND c.happened_at AT TIME ZONE :zone < s.to_clock)::integer
           AS visits
    FROM unnest(:first_days, :last_days, :hours, :signs, :from_clocks, :to_clocks, :from_instants, :to_instants)
         WITH ORDINALITY AS s (first_day, last_day, hour, sign, from_clock, to_clock, from_instant, to_instant, place)
    ORDER BY s.place
    """
).bindparams(
    bindparam("first_days", type_=ARRAY(Date)),
    bindparam("last_days", type_=ARRAY(Date)),
    bindparam("hours", type_=ARRAY(SmallInteger)),
    bindparam("signs", type_=ARRAY(SmallInteger)),
    bindparam("from_clocks", type_=ARRAY(DateTime)),
    bindparam("to_clocks", type_=ARRAY(DateTime)),
    bindparam("from_instants", type_=ARRAY(DateTime(timezone=True))),
    bindparam("to_instants", type_=ARRAY(DateTime(timezone=True))),
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


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Parameters of `_COMPARED` for one figure; the clock's times have no zone."""

    days: Days
    hour: int
    sign: int
    from_clock: datetime
    to_clock: datetime


def _whole(days: Days) -> _Stretch:
    nothing = datetime.combine(days.last, time())
    return _Stretch(days, 24, 1, nothing, nothing)


def _up_to(days: Days, wall: time) -> _Stretch:
    now = datetime.combine(days.last, wall)
    begun = now.replace(minute=0, second=0, microsecond=0)
    if wall.minute < 30:
        return _Stretch(days, wall.hour, 1, begun, now)
    return _Stretch(days, wall.hour + 1, -1, now, begun + timedelta(hours=1))


async def compared(reader: ReadSession, spans: Sequence[Span], moment: Moment) -> list[Compared]:
    """A figure for each span, in their order."""
    # Of the present nothing has to be left out: what was counted is all there is.
    stretches = [stretch for span in spans for stretch in (_whole(span.present), _up_to(span.before, moment.wall))]
    around = [moment.instants(stretch.from_clock, stretch.to_clock) for stretch in stretches]
    rows = await reader.scalars(
        _COMPARED,
        {
            "zone": moment.zone.key,
            "first_days": [stretch.days.first for stretch in stretches],
            "last_days": [stretch.days.last for stretch in stretches],
            "hours": [stretch.hour for stretch in stretches],
            "signs": [stretch.sign for stretch in stretches],
            "from_clocks": [stretch.from_clock for stretch in stretches],
            "to_clocks": [stretch.to_clock for stretch in stretches],
            "from_instants": [earliest for earliest, _ in around],
            "to_instants": [latest for _, latest in around],
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
