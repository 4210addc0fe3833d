"""Visits over GraphQL: recorded, voided, listed, and live."""

from backend.checkins.graphql.live import CheckInSubscription
from backend.checkins.graphql.roots import CheckInMutation, CheckInQuery
from backend.checkins.graphql.types import HANDLERS, CheckInConnection

__all__ = ["HANDLERS", "CheckInConnection", "CheckInMutation", "CheckInQuery", "CheckInSubscription"]
