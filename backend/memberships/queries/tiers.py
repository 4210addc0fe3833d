"""Reading tiers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from backend.db import AnyRow, ReadSession, among
from backend.memberships.models import Membership, MembershipTier

TIER = (
    MembershipTier.id.label("tier_id"),
    MembershipTier.name.label("tier_name"),
    MembershipTier.code,
    MembershipTier.period_months,
    MembershipTier.period_days,
    MembershipTier.visit_cap,
    MembershipTier.cap_window,
    MembershipTier.price_cents,
    MembershipTier.policy,
    MembershipTier.colour,
    MembershipTier.description,
    MembershipTier.sentence_en,
    MembershipTier.sentence_es,
    MembershipTier.is_default,
    MembershipTier.retired_at,
    MembershipTier.version.label("tier_version"),
)


async def tiers(reader: ReadSession, *, include_retired: bool) -> Sequence[AnyRow]:
    """The tiers (columns `TIER`): those that are sold, then, if asked for, the retired ones; each by name."""
    statement = select(*TIER)
    if not include_retired:
        statement = statement.where(MembershipTier.retired_at.is_(None))
    retired = MembershipTier.retired_at.is_not(None)
    return await reader.rows(statement.order_by(retired, func.lower(MembershipTier.name), MembershipTier.id))


async def tiers_by_id(reader: ReadSession, numbers: Iterable[int]) -> Mapping[int, AnyRow]:
    """These tiers (columns `TIER`); unknown ones are left out."""
    return {row.tier_id: row for row in await reader.rows(select(*TIER).where(among(MembershipTier.id, numbers)))}


async def running_by_tier(reader: ReadSession, numbers: Iterable[int], day: date) -> Mapping[int, int]:
    """How many memberships of each of these tiers cover the day; tiers without any are left out."""
    statement = (
        select(Membership.tier_id, func.count())
        .where(among(Membership.tier_id, numbers), Membership.starts_on <= day, Membership.ends_on >= day)
        .group_by(Membership.tier_id)
    )
    return {row[0]: row[1] for row in await reader.rows(statement)}
