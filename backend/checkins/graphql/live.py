"""The live feed: a subscription that outlives the database's absence and brings what was missed."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

import strawberry

from backend import errors
from backend.accounts.permissions import Permission
from backend.broadcast import MISSED
from backend.checkins import queries, service
from backend.checkins.graphql.types import CheckIn
from backend.clients.graphql import Client, clients_by_id
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.fields import subscription

AWAY_SECONDS = 0.5
_Read = TypeVar("_Read")


@strawberry.type
class CheckInSubscription:
    """Root fields."""

    @subscription(
        Permission.CHECK_INS_READ,
        description="Every visit from now on, when it is recorded and again when it is voided. After a gap the missed ones come first.",
    )
    async def check_in_added(
        self, info: Info, station_id: Annotated[strawberry.ID | None, strawberry.argument(description="At this station alone.")] = None
    ) -> AsyncGenerator[CheckIn, None]:
        """Told by the database which visits are new; each is read once for this subscriber."""
        context = info.context
        station = ids.decode(station_id, "Station") if station_id else None
        last_seen: int | None = None
        async for number in context.database.broadcast.events(service.TOPIC):
            if last_seen is None:
                last_seen = await _patiently(_newest, context)
                continue
            visits, clients = await _patiently(_new_visits, context, last_seen, None if number == MISSED else number)
            for visit in visits:
                last_seen = max(last_seen, visit.id)
                if station is None or visit.station_id == station:
                    yield CheckIn.of(visit, context, clients[visit.client_id])


async def _patiently(read: Callable[..., Awaitable[_Read]], *arguments: Any) -> _Read:
    """What ``read`` answers, once the database does: a subscription outlives its absence."""
    while True:
        try:
            return await read(*arguments)
        except errors.Unavailable:
            await asyncio.sleep(AWAY_SECONDS)


async def _newest(context: Context) -> int:
    async with context.database.reading() as reader:
        return await queries.newest_check_in(reader)


async def _new_visits(context: Context, after: int, alone: int | None) -> tuple[Sequence[queries.Visit], Mapping[int, Client]]:
    """One visit, or all after the one seen last; with their clients."""
    async with context.database.reading() as reader:
        if alone is None:
            visits = await queries.check_ins_since(reader, after)
        else:
            visits = list((await queries.check_ins_by_id(reader, [alone])).values())
        return visits, await clients_by_id(reader, context, [visit.client_id for visit in visits]) if visits else {}
