"""Root fields of what waits for staff: translate, delegate."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from datetime import datetime
from typing import Annotated

import strawberry

from backend import errors
from backend.accounts.permissions import Permission
from backend.db import ReadSession
from backend.errors import NotAllowed
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.fields import mutation, query, subscription
from backend.graphql.pagination import decode_cursor, encode_cursor, page_info, page_size
from backend.kiosks import deciding, queries
from backend.kiosks.graphql.device_types import Kiosk
from backend.kiosks.graphql.inbox_types import (
    AcceptKioskEventInput,
    AcceptKioskEventResult,
    DismissKioskEventInput,
    DismissKioskEventResult,
    KioskEventDecided,
    KioskInboxConnection,
    KioskInboxEdge,
    KioskInboxItem,
    KiosksWaiting,
)

AWAY_SECONDS = 0.5
_DECIDED = "KIOSK_INBOX_DECIDED"
_WAITING = "KIOSK_INBOX"


async def items_by_id(reader: ReadSession, _context: Context, numbers: list[int]) -> Mapping[int, KioskInboxItem]:
    """A batch of items."""
    return {row.id: KioskInboxItem.of(row) for row in await queries.items(reader, numbers)}


async def _waiting(reader: ReadSession, context: Context) -> KiosksWaiting:
    """Four statements."""
    hurried = await queries.kiosks(reader, since=queries.midnight(context.settings.zone), revoked=False, hurried=True)
    return KiosksWaiting(
        count=await queries.count_of_inbox(reader),
        asking=[KioskInboxItem.of(row) for row in await queries.asking(reader)],
        hurried=[Kiosk.of(row) for row in hurried],
        queued=await queries.queued(reader),
    )


async def _decided(info: Info, number: int) -> KioskEventDecided:
    row = await queries.item(info.context.reader, number)
    if row is None:
        raise errors.NotFound("There is nothing with this id that waits.")
    return KioskEventDecided(item=KioskInboxItem.of(row))


@strawberry.type
class InboxQuery:
    """Root fields."""

    @query(Permission.CHECK_INS_READ, description="Presses at kiosks that a person has to decide, a page at a time.")
    async def kiosk_inbox(
        self,
        info: Info,
        decided: Annotated[bool, strawberry.argument(description="True: those that were decided, the latest first.")] = False,
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 50,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> KioskInboxConnection:
        """One statement."""
        size, kind = page_size(first), _DECIDED if decided else _WAITING
        position = decode_cursor(after, kind, datetime, int) if after else None
        last = (position[0], position[1]) if position else None
        rows, more = await queries.inbox(info.context.reader, decided=decided, first=size, after=last)
        cursors = [encode_cursor(kind, (row.decided_at if decided else row.occurred_at).isoformat(), row.id) for row in rows]
        edges = [KioskInboxEdge(cursor=cursor, node=KioskInboxItem.of(row)) for cursor, row in zip(cursors, rows, strict=True)]
        return KioskInboxConnection(decided=decided, edges=edges, page_info=page_info(cursors, more=more, after=after))

    @query(Permission.CHECK_INS_READ, description="What the desk is told of the kiosks.")
    async def kiosks_waiting(self, info: Info) -> KiosksWaiting:
        """Four statements."""
        return await _waiting(info.context.reader, info.context)


@strawberry.type
class InboxMutation:
    """Root fields."""

    @mutation(Permission.CHECK_INS_WRITE, description="Record the visit of a press that waits, at the time at which it was pressed.")
    async def accept_kiosk_event(
        self, info: Info, input: Annotated[AcceptKioskEventInput, strawberry.argument(description="Which, and whose.")]
    ) -> AcceptKioskEventResult:
        """One transaction."""
        context = info.context
        number = ids.decode(input.id, "KioskInboxItem")
        client_id = ids.decode(input.client_id, "Client") if input.client_id else None
        async with context.unit_of_work() as uow:
            row = await queries.item(uow, number)
            if row is not None and row.visitor and client_id is None and not context.signed_in.may(Permission.CLIENTS_WRITE):
                raise NotAllowed
            await deciding.accept(
                uow,
                context.settings,
                context.chosen,
                number=number,
                client_id=client_id,
                user_id=context.signed_in.user_id,
                today=context.today(),
                language=context.signed_in.language,
            )
        return await _decided(info, number)

    @mutation(Permission.CHECK_INS_WRITE, description="Record nothing for a press that waits.")
    async def dismiss_kiosk_event(
        self, info: Info, input: Annotated[DismissKioskEventInput, strawberry.argument(description="Which, and why.")]
    ) -> DismissKioskEventResult:
        """One transaction."""
        number = ids.decode(input.id, "KioskInboxItem")
        async with info.context.unit_of_work() as uow:
            await deciding.dismiss(uow, number=number, reason=input.reason, user_id=info.context.signed_in.user_id)
        return await _decided(info, number)


@strawberry.type
class InboxSubscription:
    """Root field."""

    @subscription(
        Permission.CHECK_INS_READ, description="What the desk is told of the kiosks: at once, and again whenever it may have changed."
    )
    async def kiosk_inbox_changed(self, info: Info) -> AsyncGenerator[KiosksWaiting, None]:
        """Told by the database when to look; several changes at once are one look."""
        context = info.context
        async for _ in context.database.broadcast.events(queries.TOPIC):
            yield await _patiently(context)


async def _patiently(context: Context) -> KiosksWaiting:
    """What waits, once the database answers: a subscription outlives its absence."""
    while True:
        try:
            async with context.database.reading() as reader:
                return await _waiting(reader, context)
        except errors.Unavailable:
            await asyncio.sleep(AWAY_SECONDS)
