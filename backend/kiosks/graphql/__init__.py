"""Kiosks over GraphQL: what devices ask, how they are paired, and what staff decide."""

from backend.kiosks.graphql.devices import KioskMutation, KioskQuery
from backend.kiosks.graphql.door import DoorMutation, DoorQuery
from backend.kiosks.graphql.inbox import InboxMutation, InboxQuery, InboxSubscription

__all__ = ["DoorMutation", "DoorQuery", "InboxMutation", "InboxQuery", "InboxSubscription", "KioskMutation", "KioskQuery"]
