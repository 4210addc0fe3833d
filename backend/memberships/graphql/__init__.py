"""Tiers, memberships and authorizations over GraphQL: what there is, what is used of it, what runs out, and all that changes it."""

from backend.memberships.graphql.authorizations import AuthorizationMutation
from backend.memberships.graphql.enums import CheckInPolicy
from backend.memberships.graphql.holdings import allowances_of_clients
from backend.memberships.graphql.lists import HoldingListQuery
from backend.memberships.graphql.memberships import MembershipMutation
from backend.memberships.graphql.results import HANDLERS
from backend.memberships.graphql.running_out import RunningOutQuery
from backend.memberships.graphql.taking_in import TakingInMutation
from backend.memberships.graphql.tiers import TierMutation, TierQuery
from backend.memberships.graphql.types import Allowance, Authorization, Membership, MembershipTier

__all__ = [
    "HANDLERS",
    "Allowance",
    "Authorization",
    "AuthorizationMutation",
    "CheckInPolicy",
    "HoldingListQuery",
    "Membership",
    "MembershipMutation",
    "MembershipTier",
    "RunningOutQuery",
    "TakingInMutation",
    "TierMutation",
    "TierQuery",
    "allowances_of_clients",
]  # fmt: skip
