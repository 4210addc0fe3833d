"""Reading the figures, a statement for each tile: closed hours from the rollup, a begun one from the visits by index."""

from backend.reports.queries.notes import recent_notes
from backend.reports.queries.people import COUNTED, INACTIVE_DAYS, Counted, NewAndReturning, inactive, new_and_returning
from backend.reports.queries.rollup import HourOfVisits, visited_days, visits_by_hour
from backend.reports.queries.running_out import expired, expiring
from backend.reports.queries.visits import Compared, HeatMap, StationVisits, by_station, compared, heat_map

__all__ = [
    "COUNTED",
    "INACTIVE_DAYS",
    "Compared",
    "Counted",
    "HeatMap",
    "HourOfVisits",
    "NewAndReturning",
    "StationVisits",
    "by_station",
    "compared",
    "expired",
    "expiring",
    "heat_map",
    "inactive",
    "new_and_returning",
    "recent_notes",
    "visited_days",
    "visits_by_hour",
]
