"""Reading tiers, memberships and authorizations, what is used of them, and what runs out."""

from backend.memberships.queries.allowances import Use, allowances_of, uses_of
from backend.memberships.queries.holdings import authorizations_by_id, authorizations_of, followers_of, memberships_by_id, memberships_of
from backend.memberships.queries.lists import (
    HoldingCriteria,
    count_of_authorizations,
    count_of_memberships,
    page_of_authorizations,
    page_of_memberships,
)
from backend.memberships.queries.running_out import (
    RunningOutCriteria,
    RunningOutList,
    coordinators,
    count_of_running_out,
    page_of_running_out,
)
from backend.memberships.queries.tiers import running_by_tier, tiers, tiers_by_id

__all__ = [
    "HoldingCriteria", "RunningOutCriteria", "RunningOutList", "Use", "allowances_of", "authorizations_by_id", "authorizations_of",
    "coordinators", "count_of_authorizations", "count_of_memberships", "count_of_running_out", "followers_of", "memberships_by_id",
    "memberships_of", "page_of_authorizations", "page_of_memberships", "page_of_running_out", "running_by_tier", "tiers",
    "tiers_by_id", "uses_of",
]  # fmt: skip
