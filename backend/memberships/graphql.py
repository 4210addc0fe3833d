"""Tiers, memberships and authorizations over GraphQL."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import strawberry

from backend.db import AnyRow, ReadSession
from backend.graphql import ids
from backend.graphql.context import UPWARD, Context
from backend.graphql.relay import Node
from backend.memberships import queries
from backend.memberships.models import AuthorizationUnit, CheckInPolicy

__all__ = ["Authorization", "CheckInPolicy", "Membership", "MembershipTier"]

strawberry.enum(
    CheckInPolicy,
    description="What happens when somebody without a good standing checks in. REMIND: say what to do. ASK_STAFF: staff decide.",
)
strawberry.enum(AuthorizationUnit, description="What the regional centre pays for.")


@strawberry.type(description="What can be bought.")
class MembershipTier(Node):
    """A tier."""

    name: str = strawberry.field(description="Its name.")
    code: str = strawberry.field(description="Short and unique.")
    policy: CheckInPolicy = strawberry.field(description="What happens at check-in when it has run out.")

    @classmethod
    def of(cls, row: AnyRow) -> "MembershipTier":
        """From a row with the columns `queries.TIER`."""
        return cls(id=ids.encode("MembershipTier", row.id), name=row.name, code=row.code, policy=row.policy)


@strawberry.type(description="A client on a tier, from the first to the last day, both included.")
class Membership(Node):
    """A membership."""

    tier: MembershipTier = strawberry.field(description="The tier.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="Last day, included.")


@strawberry.type(description="A funded purchase of service (POS), from the first to the last day, both included.")
class Authorization(Node):
    """An authorization."""

    uci_number: str | None = strawberry.field(description="The client's number at the regional centre; null where it is not known.")
    authorization_number: str | None = strawberry.field(description="The number of the authorization.")
    service_coordinator: str | None = strawberry.field(description="Whom to call.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="Last day, included.")
    units_per_month: int | None = strawberry.field(description="Authorised units a month, where that is known.")
    unit: AuthorizationUnit = strawberry.field(description="What a unit is.")


async def _memberships(reader: ReadSession, _context: Context, client_ids: list[int]) -> Mapping[int, list[Membership]]:
    found: dict[int, list[Membership]] = defaultdict(list)
    for row in await queries.memberships_of(reader, client_ids):
        number = ids.encode("Membership", row.membership_id)
        found[row.client_id].append(Membership(id=number, tier=MembershipTier.of(row), starts_on=row.starts_on, ends_on=row.ends_on))
    return found


async def _authorizations(reader: ReadSession, _context: Context, client_ids: list[int]) -> Mapping[int, list[Authorization]]:
    found: dict[int, list[Authorization]] = defaultdict(list)
    for row in await queries.authorizations_of(reader, client_ids):
        found[row.client_id].append(
            Authorization(
                id=ids.encode("Authorization", row.id),
                uci_number=row.uci_number,
                authorization_number=row.authorization_number,
                service_coordinator=row.service_coordinator,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                units_per_month=row.units_per_month,
                unit=row.unit,
            )
        )
    return found


UPWARD["memberships_of_client"] = _memberships
UPWARD["authorizations_of_client"] = _authorizations
