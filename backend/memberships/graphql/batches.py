"""Batches that the types ask: what is used of holdings, how many hold a tier, the centre's currency."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from backend.clients.standing import StandingSource
from backend.db import ReadSession
from backend.graphql.context import Context
from backend.memberships import periods, queries
from backend.system import centre


class HoldingKey(NamedTuple):
    """What it takes to ask for a holding's use."""

    source: StandingSource
    number: int
    client_number: int
    starts_on: date
    ends_on: date


async def uses(reader: ReadSession, context: Context, keys: list[HoldingKey]) -> Mapping[HoldingKey, queries.Use]:
    """What is used of holdings: today, or on the day nearest to today that they cover."""
    today = context.today()
    asked = [(key.source, key.number, key.client_number, min(max(today, key.starts_on), key.ends_on)) for key in keys]
    found = await queries.uses_of(reader, asked)
    return {key: found[key.source, key.number] for key in keys}


async def followers(reader: ReadSession, _context: Context, keys: list[HoldingKey]) -> Mapping[HoldingKey, periods.Period]:
    """The days of what follows holdings already; those that nothing follows are left out."""
    of_kind = {source: [key.number for key in keys if key.source is source] for source in StandingSource}
    rows = await queries.followers_of(reader, of_kind[StandingSource.MEMBERSHIP], of_kind[StandingSource.AUTHORIZATION])
    found = {(row.source, row.id): periods.Period(row.starts_on, row.ends_on) for row in rows}
    return {key: found[key.source, key.number] for key in keys if (key.source, key.number) in found}


async def running_by_tier(reader: ReadSession, context: Context, numbers: list[int]) -> Mapping[int, int]:
    """How many memberships of these tiers cover today."""
    return await queries.running_by_tier(reader, numbers, context.today())


async def currency(reader: ReadSession, _context: Context, keys: list[None]) -> Mapping[None, str]:
    """The centre's currency."""
    chosen = (await centre.read(reader)).currency
    return dict.fromkeys(keys, chosen)
