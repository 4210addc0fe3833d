"""The live feed: a subscription that outlives the database's absence and brings what was missed."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
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
OVERLAP = timedelta(seconds=15)
"""A transaction may be this much older than the moment at which others see what it did. Whoever reads a list and then
subscribes within this time misses nothing."""
_REMEMBERED = 1000
_Read = TypeVar("_Read")


@strawberry.type
class CheckInSubscription:
    """Root fields."""

    @subscription(
        Permission.CHECK_INS_READ,
        description=(
            "Every visit, when it is recorded and again whenever it changes. Those of the last 15 seconds come first, so that"
            " whoever reads the list and then subscribes misses none; after a gap of the server's, those that were missed."
        ),
    )
    async def check_in_added(
        self, info: Info, station_id: Annotated[strawberry.ID | None, strawberry.argument(description="At this station alone.")] = None
    ) -> AsyncGenerator[CheckIn, None]:
        """Told by the database which visits are new; each is read once for this subscriber."""
        context = info.context
        station = ids.decode(station_id, "Station") if station_id else None
        sent = _Sent()
        heard_at: datetime | None = None
        asked = time.monotonic()
        async for number in context.database.broadcast.events(service.TOPIC):
            if heard_at is None:
                heard_at = await _patiently(_present_instant, context) - timedelta(seconds=time.monotonic() - asked)
            visits, clients = await _patiently(_changes, context, heard_at - OVERLAP, None if number == MISSED else number)
            for visit in visits:
                # The ear was open when this came, so that what is older has come before it or is within the overlap.
                heard_at = max(filter(None, (heard_at, visit.happened_at, visit.voided_at, visit.checked_out_at)))
                if sent.is_news(visit) and (station is None or visit.station_id == station):
                    yield CheckIn.of(visit, context, clients[visit.client_id])


class _Sent:
    """What a subscriber has been told of each visit, so that a second look at the same things repeats nothing."""

    def __init__(self) -> None:
        self._states: OrderedDict[int, tuple[object, ...]] = OrderedDict()

    def is_news(self, visit: queries.Visit) -> bool:
        state = (
            visit.happened_at,
            visit.station_id,
            visit.voided_at,
            visit.void_reason,
            visit.checked_out_at,
            visit.checked_out_by_closing,
        )
        if self._states.get(visit.id) == state:
            return False
        self._states[visit.id] = state
        self._states.move_to_end(visit.id)
        if len(self._states) > _REMEMBERED:
            self._states.popitem(last=False)
        return True


async def _patiently(read: Callable[..., Awaitable[_Read]], *arguments: Any) -> _Read:
    """What ``read`` answers, once the database does: a subscription outlives its absence."""
    while True:
        try:
            return await read(*arguments)
        except errors.Unavailable:
            await asyncio.sleep(AWAY_SECONDS)


async def _present_instant(context: Context) -> datetime:
    async with context.database.reading() as reader:
        return await queries.present_instant(reader)


async def _changes(context: Context, since: datetime, alone: int | None) -> tuple[Sequence[queries.Visit], Mapping[int, Client]]:
    """One visit, or all that changed since; with their clients."""
    async with context.database.reading() as reader:
        if alone is None:
            visits = await queries.changed_since(reader, since)
        else:
            visits = list((await queries.check_ins_by_id(reader, [alone])).values())
        return visits, await clients_by_id(reader, context, [visit.client_id for visit in visits]) if visits else {}
