"""Changing tiers, memberships and authorizations.

Every function takes a `UnitOfWork`, locks the client whose holdings it is about (so that changes to them come one after the other),
checks all rules before it changes anything, and records one audit entry for each row that it changed.
"""

from backend.memberships.service.authorizations import add_authorization, renew_authorization, update_authorization
from backend.memberships.service.ends import end, extend
from backend.memberships.service.first import FirstAuthorization
from backend.memberships.service.holdings import AUTHORIZATION, MEMBERSHIP, Kind, Saved
from backend.memberships.service.memberships import add_membership, renew_membership, update_membership
from backend.memberships.service.removal import put_back, remove
from backend.memberships.service.tiers import create_tier, set_retired, update_tier

__all__ = [
    "AUTHORIZATION",
    "MEMBERSHIP",
    "FirstAuthorization",
    "Kind",
    "Saved",
    "add_authorization",
    "add_membership",
    "create_tier",
    "end",
    "extend",
    "put_back",
    "remove",
    "renew_authorization",
    "renew_membership",
    "set_retired",
    "update_authorization",
    "update_membership",
    "update_tier",
]  # fmt: skip
