"""Visits over GraphQL: recorded, voided, ended, listed, and live; and the stations where they happen."""

from backend.checkins.graphql import days
from backend.checkins.graphql.days import VisitDay, VisitYear
from backend.checkins.graphql.keying import KeyingMutation
from backend.checkins.graphql.live import CheckInSubscription
from backend.checkins.graphql.pages import CheckInConnection
from backend.checkins.graphql.results import HANDLERS
from backend.checkins.graphql.roots import CheckInMutation, CheckInQuery
from backend.checkins.graphql.sentences import SentenceMutation, SentenceQuery
from backend.checkins.graphql.stations import StationMutation, StationQuery

__all__ = [
    "HANDLERS",
    "CheckInConnection",
    "CheckInMutation",
    "CheckInQuery",
    "CheckInSubscription",
    "KeyingMutation",
    "SentenceMutation",
    "SentenceQuery",
    "StationMutation",
    "StationQuery",
    "VisitDay",
    "VisitYear",
    "days",
]
