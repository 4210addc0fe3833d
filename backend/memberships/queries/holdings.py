"""Reading memberships and authorizations."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, select

from backend.db import AnyRow, AnySelect, ReadSession, among
from backend.memberships.models import Authorization, Membership, MembershipTier
from backend.memberships.queries.tiers import TIER


def _memberships(condition: ColumnElement[bool]) -> AnySelect:
    """Memberships with the columns of their tiers (`TIER`), the latest first."""
    columns = (
        Membership.id,
        Membership.client_id,
        Membership.starts_on,
        Membership.ends_on,
        Membership.note,
        Membership.end_reason,
        Membership.created_at,
        Membership.version,
    )
    joined = select(*columns, *TIER).join(MembershipTier, MembershipTier.id == Membership.tier_id)
    return joined.where(condition).order_by(Membership.ends_on.desc(), Membership.id.desc())


def _authorizations(condition: ColumnElement[bool]) -> AnySelect:
    """Authorizations with all their columns, the latest first."""
    table = Authorization.__table__
    return select(table).where(condition).order_by(Authorization.ends_on.desc(), Authorization.id.desc())


async def memberships_of(reader: ReadSession, client_ids: Iterable[int]) -> Sequence[AnyRow]:
    """The memberships of these clients with their tiers, the latest first."""
    return await reader.rows(_memberships(among(Membership.client_id, client_ids)))


async def memberships_by_id(reader: ReadSession, numbers: Iterable[int]) -> Sequence[AnyRow]:
    """These memberships with their tiers; unknown ones are left out."""
    return await reader.rows(_memberships(among(Membership.id, numbers)))


async def authorizations_of(reader: ReadSession, client_ids: Iterable[int]) -> Sequence[AnyRow]:
    """The authorizations of these clients, the latest first."""
    return await reader.rows(_authorizations(among(Authorization.client_id, client_ids)))


async def authorizations_by_id(reader: ReadSession, numbers: Iterable[int]) -> Sequence[AnyRow]:
    """These authorizations; unknown ones are left out."""
    return await reader.rows(_authorizations(among(Authorization.id, numbers)))
