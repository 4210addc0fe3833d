"""Keying visits in from paper, over GraphQL."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from backend.accounts.permissions import Permission
from backend.checkins import service
from backend.checkins.graphql.results import CheckInRefused
from backend.checkins.graphql.types import CheckIn, method_of
from backend.clients.graphql import Standing
from backend.errors import CheckInRefused as Refused
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, NotAllowed, NotFound, ValidationProblem
from backend.graphql.fields import mutation


@strawberry.input(description="A visit as it was written down while the program could not be used.")
class KeyInVisitInput:
    """What stands on the paper."""

    request_id: UUID = strawberry.field(description="Made by the caller; sending it again returns the first answer.")
    client_id: strawberry.ID = strawberry.field(description="Who.")
    station_id: strawberry.ID | None = strawberry.field(default=None, description="Where.")
    happened_at: datetime = strawberry.field(description="When they came: with the zone, not in the future, at most 60 days ago.")
    left_at: datetime | None = strawberry.field(
        default=None,
        description="When they left, if that is known: after they came and within a day. A visit that staff ended keeps its end.",
    )


@strawberry.type(description="The visit is recorded at its own time.")
class VisitKeyedIn:
    """Recorded, or found: a repeat or a replay makes no second visit."""

    check_in: CheckIn = strawberry.field(description="The visit, new or the one that was there.")
    repeat: bool = strawberry.field(description="True when a visit of about that time was there already: this is that visit.")
    replayed: bool = strawberry.field(description="True when this request had been received before: this is its first answer.")
    standing: Standing = strawberry.field(description="The client's standing on the day of the visit.")


KeyInVisitResult = Annotated[
    VisitKeyedIn | CheckInRefused | ValidationProblem | NotFound | Conflict | NotAllowed,
    strawberry.union("KeyInVisitResult", description="What came of it."),
]


@strawberry.type
class KeyingMutation:
    """Root field."""

    @mutation(
        Permission.CHECK_INS_WRITE,
        description="Record a visit of an earlier time from paper. No policy refuses it, since they were there; an archived client "
        "is refused. Safe to send again with the same request id.",
    )
    async def key_in_visit(
        self, info: Info, input: Annotated[KeyInVisitInput, strawberry.argument(description="Who, where and when.")]
    ) -> KeyInVisitResult:
        """One transaction; a refusal is recorded in one of its own."""
        context, principal = info.context, info.context.signed_in
        client_id = ids.decode(input.client_id, "Client")
        station_id = ids.decode(input.station_id, "Station") if input.station_id else None
        try:
            async with context.unit_of_work() as uow:
                placed = await service.key_in(
                    uow,
                    context.settings,
                    request_id=input.request_id,
                    client_id=client_id,
                    station_id=station_id,
                    user_id=principal.user_id,
                    method=method_of(principal),
                    happened_at=input.happened_at,
                    left_at=input.left_at,
                    language=principal.language,
                    past_zones=context.chosen.past_zones,
                )
        except Refused as refusal:
            async with context.unit_of_work() as uow:
                await service.record_refusal(uow, refusal, station_id=station_id)
            raise
        return VisitKeyedIn(
            check_in=CheckIn.of(placed.check_in, context),
            repeat=placed.repeat,
            replayed=placed.replayed,
            standing=Standing.of(placed.standing),
        )
