"""Reading memberships and authorizations."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, literal, select, union_all
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from backend.clients.standing import StandingSource
from backend.db import AnyRow, AnySelect, ReadSession, among, choice
from backend.memberships.models import Authorization, Membership, MembershipTier
from backend.memberships.queries.tiers import TIER


def memberships(condition: ColumnElement[bool]) -> AnySelect:
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


def authorizations(condition: ColumnElement[bool]) -> AnySelect:
    """Authorizations with all their columns, the latest first."""
    table = Authorization.__table__
    return select(table).where(condition).order_by(Authorization.ends_on.desc(), Authorization.id.desc())


async def memberships_of(reader: ReadSession, client_ids: Iterable[int]) -> Sequence[AnyRow]:
    """The memberships of these clients with their tiers, the latest first."""
    return await reader.rows(memberships(among(Membership.client_id, client_ids)))


async def memberships_by_id(reader: ReadSession, numbers: Iterable[int]) -> Sequence[AnyRow]:
    """These memberships with their tiers; unknown ones are left out."""
    return await reader.rows(memberships(among(Membership.id, numbers)))


async def authorizations_of(reader: ReadSession, client_ids: Iterable[int]) -> Sequence[AnyRow]:
    """The authorizations of these clients, the latest first."""
    return await reader.rows(authorizations(among(Authorization.client_id, client_ids)))


async def authorizations_by_id(reader: ReadSession, numbers: Iterable[int]) -> Sequence[AnyRow]:
    """These authorizations; unknown ones are left out."""
    return await reader.rows(authorizations(among(Authorization.id, numbers)))


def _follower(table: Any, source: StandingSource, numbers: Iterable[int], same: tuple[str, ...]) -> AnySelect:
    own, other = aliased(table), aliased(table)
    follows = [other.client_id == own.client_id, other.starts_on > own.ends_on]
    follows += [getattr(other, name).is_not_distinct_from(getattr(own, name)) for name in same]
    return (
        select(literal(source, choice(StandingSource, "standing_source")).label("source"), own.id, other.starts_on, other.ends_on)
        .join(other, and_(*follows))
        .where(among(own.id, numbers))
        .ext(distinct_on(own.id))
        .order_by(own.id, other.starts_on, other.ends_on, other.id)
    )


async def followers_of(reader: ReadSession, memberships: Iterable[int], authorizations: Iterable[int]) -> Sequence[AnyRow]:
    """What follows these already, so that renewing them makes nothing: ``source, id`` of each, ``starts_on, ends_on`` of what follows.

    That is the client's first other membership, or authorization for the same service, that begins after it ends.
    """
    of_memberships = _follower(Membership, StandingSource.MEMBERSHIP, memberships, ()).subquery()
    service = ("service_code", "service_subcode")
    of_authorizations = _follower(Authorization, StandingSource.AUTHORIZATION, authorizations, service).subquery()
    return await reader.rows(union_all(select(of_memberships), select(of_authorizations)))
