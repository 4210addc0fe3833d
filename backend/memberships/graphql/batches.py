"""Batches that the types ask: what is used of holdings, how many hold a tier, the centre's currency."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from backend.clients.standing import StandingSource
from backend.db import ReadSession
from backend.graphql.context import Context
from backend.memberships import queries
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


async def running_by_tier(reader: ReadSession, context: Context, numbers: list[int]) -> Mapping[int, int]:
    """How many memberships of these tiers cover today."""
    return await queries.running_by_tier(reader, numbers, context.today())


async def currency(reader: ReadSession, _context: Context, keys: list[None]) -> Mapping[None, str]:
    """The centre's currency."""
    chosen = (await centre.read(reader)).currency
    return dict.fromkeys(keys, chosen)
