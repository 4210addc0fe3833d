"""Memberships and authorizations from their rows, and the batches by which clients and results ask for them."""

from collections import defaultdict
from collections.abc import Mapping

from backend.clients.standing import StandingSource
from backend.db import AnyRow, ReadSession
from backend.graphql import ids
from backend.graphql.context import UPWARD, Context
from backend.memberships import periods, queries
from backend.memberships.graphql.batches import HoldingKey
from backend.memberships.graphql.types import Allowance, Authorization, Membership, MembershipTier, Period


def membership_of(row: AnyRow, context: Context) -> Membership:
    """From a row of `queries.memberships_of`."""
    own = periods.Period(row.starts_on, row.ends_on)
    length = periods.length_sold(row.period_months, row.period_days) or periods.length_of(own)
    return Membership(
        id=ids.encode("Membership", row.id),
        key=HoldingKey(StandingSource.MEMBERSHIP, row.id, row.client_id, row.starts_on, row.ends_on),
        tier=MembershipTier.of(row),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        note=row.note,
        end_reason=row.end_reason,
        created_at=row.created_at,
        version=row.version,
        renewal=Period.of(periods.renewal(own, length, context.today())),
    )


def authorization_of(row: AnyRow, context: Context) -> Authorization:
    """From a row of `queries.authorizations_of`."""
    own = periods.Period(row.starts_on, row.ends_on)
    return Authorization(
        id=ids.encode("Authorization", row.id),
        key=HoldingKey(StandingSource.AUTHORIZATION, row.id, row.client_id, row.starts_on, row.ends_on),
        uci_number=row.uci_number,
        authorization_number=row.authorization_number,
        vendor_number=row.vendor_number,
        service_code=row.service_code,
        service_subcode=row.service_subcode,
        service_coordinator=row.service_coordinator,
        service_coordinator_phone=row.service_coordinator_phone,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        units_per_month=row.units_per_month,
        unit=row.unit,
        note=row.note,
        end_reason=row.end_reason,
        created_at=row.created_at,
        version=row.version,
        renewal=Period.of(periods.renewal(own, periods.length_of(own), context.today())),
    )


async def memberships_by_id(reader: ReadSession, context: Context, numbers: list[int]) -> Mapping[int, Membership]:
    """Batch: memberships by their number."""
    return {row.id: membership_of(row, context) for row in await queries.memberships_by_id(reader, numbers)}


async def authorizations_by_id(reader: ReadSession, context: Context, numbers: list[int]) -> Mapping[int, Authorization]:
    """Batch: authorizations by their number."""
    return {row.id: authorization_of(row, context) for row in await queries.authorizations_by_id(reader, numbers)}


async def tiers_by_id(reader: ReadSession, _context: Context, numbers: list[int]) -> Mapping[int, MembershipTier]:
    """Batch: tiers by their number."""
    return {number: MembershipTier.of(row) for number, row in (await queries.tiers_by_id(reader, numbers)).items()}


async def _memberships(reader: ReadSession, context: Context, client_ids: list[int]) -> Mapping[int, list[Membership]]:
    found: dict[int, list[Membership]] = defaultdict(list)
    for row in await queries.memberships_of(reader, client_ids):
        found[row.client_id].append(membership_of(row, context))
    return found


async def _authorizations(reader: ReadSession, context: Context, client_ids: list[int]) -> Mapping[int, list[Authorization]]:
    found: dict[int, list[Authorization]] = defaultdict(list)
    for row in await queries.authorizations_of(reader, client_ids):
        found[row.client_id].append(authorization_of(row, context))
    return found


async def allowances_of_clients(reader: ReadSession, context: Context, client_ids: list[int]) -> Mapping[int, list[Allowance]]:
    """Batch: what clients may use today, by their number."""
    found = await queries.allowances_of(reader, client_ids, context.today())
    return {number: [Allowance.of(use) for use in uses] for number, uses in found.items()}


UPWARD["memberships_of_client"] = _memberships
UPWARD["authorizations_of_client"] = _authorizations
UPWARD["allowances_of_client"] = allowances_of_clients
