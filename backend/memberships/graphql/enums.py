"""Enums of tiers, memberships and authorizations, registered before any type or input speaks of them."""

import strawberry

from backend.memberships.models import AuthorizationUnit, CapWindow, CheckInPolicy
from backend.memberships.queries import RunningOutList

__all__ = ["AuthorizationUnit", "CapWindow", "CheckInPolicy", "RunningOutList"]

strawberry.enum(
    CheckInPolicy,
    description="What happens when somebody without a good standing checks in. REMIND: say what to do. ASK_STAFF: staff decide.",
)
strawberry.enum(AuthorizationUnit, description="What the regional centre pays for.")
strawberry.enum(CapWindow, description="What a tier's visit cap counts: the visits of a whole membership, or of each calendar month of it.")
strawberry.enum(RunningOutList, description="EXPIRING: the last covered day is to come. EXPIRED: it has passed.")
