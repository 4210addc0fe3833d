"""Reading visits and stations."""

from backend.checkins.queries.codes import CodeState, client_of_code
from backend.checkins.queries.figures import Today, days_of_clients, visits_of_day, years_of_clients
from backend.checkins.queries.lists import CheckInCriteria, count_of_check_ins, page_of_check_ins, pages_of_clients
from backend.checkins.queries.presses import answered, presses_of_client
from backend.checkins.queries.stations import StationRow, recorders, station, stations
from backend.checkins.queries.visits import (
    Visit,
    by_request,
    changed_since,
    check_in_select,
    check_ins_by_id,
    open_visits,
    present_instant,
    standing_of,
)

__all__ = [
    "CheckInCriteria",
    "CodeState",
    "StationRow",
    "Today",
    "Visit",
    "answered",
    "by_request",
    "changed_since",
    "check_in_select",
    "check_ins_by_id",
    "client_of_code",
    "count_of_check_ins",
    "days_of_clients",
    "open_visits",
    "page_of_check_ins",
    "pages_of_clients",
    "present_instant",
    "presses_of_client",
    "recorders",
    "standing_of",
    "station",
    "stations",
    "visits_of_day",
    "years_of_clients",
]
