"""Reading tiers, memberships and authorizations."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from backend.db import AnyRow, ReadSession, among
from backend.memberships.models import Authorization, Membership, MembershipTier

TIER = (MembershipTier.id, MembershipTier.name, MembershipTier.code, MembershipTier.policy)


async def memberships_of(reader: ReadSession, client_ids: Iterable[int]) -> Sequence[AnyRow]:
    """The memberships of these clients with their tiers, the latest first."""
    return await reader.rows(
        select(
            Membership.client_id,
            Membership.id.label("membership_id"),
            Membership.starts_on,
            Membership.ends_on,
            *TIER,
        )
        .join(MembershipTier, MembershipTier.id == Membership.tier_id)
        .where(among(Membership.client_id, client_ids))
        .order_by(Membership.ends_on.desc(), Membership.id.desc())
    )


async def authorizations_of(reader: ReadSession, client_ids: Iterable[int]) -> Sequence[AnyRow]:
    """The authorizations of these clients, the latest first."""
    return await reader.rows(
        select(Authorization.__table__)
        .where(among(Authorization.client_id, client_ids))
        .order_by(Authorization.ends_on.desc(), Authorization.id.desc())
    )
