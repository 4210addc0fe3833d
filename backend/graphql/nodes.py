"""Relay's two root fields: whatever stands by itself can be asked for again by its id alone.

What belongs to something else (a note, a contact method) is asked for through that. Who may not see a kind of thing gets null for it,
as for what does not exist, so that an id tells nobody anything.
"""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from backend.checkins import queries as visits
from backend.checkins.graphql.types import CheckIn, Station
from backend.clients import queries as people
from backend.clients.graphql import clients_by_id
from backend.clients.graphql.about import Tag
from backend.db import ReadSession
from backend.errors import NotFound
from backend.graphql import ids
from backend.graphql.access import SHOWN_TO
from backend.graphql.context import Batch, Context, Info
from backend.graphql.fields import PUBLIC, query
from backend.graphql.pagination import page_size
from backend.graphql.relay import Node
from backend.kiosks.graphql.device_types import kiosks_by_id
from backend.kiosks.graphql.inbox import items_by_id
from backend.memberships.graphql.holdings import authorizations_by_id, memberships_by_id, tiers_by_id


async def _check_ins(reader: ReadSession, context: Context, numbers: list[int]) -> Mapping[int, CheckIn]:
    found = await visits.check_ins_by_id(reader, numbers)
    return {number: CheckIn.of(visit, context) for number, visit in found.items()}


async def _stations(reader: ReadSession, _context: Context, _numbers: list[int]) -> Mapping[int, Station]:
    # A centre has a handful.
    return {row.id: Station.of(row) for row in await visits.stations(reader, retired=True)}


async def _tags(reader: ReadSession, _context: Context, numbers: list[int]) -> Mapping[int, Tag]:
    return {row[0]: Tag.of(*row) for row in await people.tags_by_id(reader, numbers)}


BY_ID: Mapping[str, Batch] = {
    "Authorization": authorizations_by_id,
    "CheckIn": _check_ins,
    "Client": clients_by_id,
    "Kiosk": kiosks_by_id,
    "KioskInboxItem": items_by_id,
    "Membership": memberships_by_id,
    "MembershipTier": tiers_by_id,
    "Station": _stations,
    "Tag": _tags,
}
"""The kinds that can be asked for by id, each with the batch that loads them."""


async def _node(context: Context, value: str) -> Any:
    kind = ids.kind_of(value)
    if kind not in BY_ID or context.principal is None or context.principal.permissions.isdisjoint(SHOWN_TO[kind]):
        return None
    try:
        return await context.load(BY_ID[kind], ids.decode(value, kind))
    except NotFound:
        return None


@strawberry.type
class NodeQuery:
    """Root fields."""

    @query(
        PUBLIC,
        description=f"Whatever has this id: {', '.join(BY_ID)}. Null for what does not exist, and for what you may not see.",
    )
    async def node(self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")]) -> Node | None:
        """One statement for all of a kind."""
        found: Node | None = await _node(info.context, id)
        return found

    @query(PUBLIC, description="What has these ids, in their order; null for each that `node` gives null for.")
    async def nodes(
        self, info: Info, ids: Annotated[list[strawberry.ID], strawberry.argument(description="At most 100.")]
    ) -> list[Node | None]:
        """One statement for each kind."""
        page_size(len(ids))
        return list(await asyncio.gather(*(_node(info.context, value) for value in ids)))
