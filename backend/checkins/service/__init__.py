"""Writing visits and stations: checking in, late too, and taking it back, checking out, the places."""

from backend.checkins.service.changing import LONGEST_REASON, TOPIC
from backend.checkins.service.keying import key_in
from backend.checkins.service.leaving import check_out, close, undo_check_out
from backend.checkins.service.placing import Placed, place
from backend.checkins.service.recording import Recorded, check_in
from backend.checkins.service.refusing import record_refusal
from backend.checkins.service.stations import create_station, rename_station, restore_station, retire_station
from backend.checkins.service.voiding import undo_void, void

__all__ = [
    "LONGEST_REASON",
    "TOPIC",
    "Placed",
    "Recorded",
    "check_in",
    "check_out",
    "close",
    "create_station",
    "key_in",
    "place",
    "record_refusal",
    "rename_station",
    "restore_station",
    "retire_station",
    "undo_check_out",
    "undo_void",
    "void",
]
