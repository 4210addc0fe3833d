"""What waits for staff: types, inputs and what mutations answer."""

from datetime import datetime
from typing import Annotated, cast

import strawberry

from backend.checkins.graphql.results import CheckInRefused
from backend.clients.graphql import Client, clients_by_id
from backend.db import AnyRow
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, NotAllowed, NotFound, ValidationProblem
from backend.graphql.pagination import PageInfo
from backend.graphql.relay import Node
from backend.graphql.scalars import Language
from backend.kiosks import queries
from backend.kiosks.graphql.device_types import Kiosk, kiosks_by_id
from backend.kiosks.models import KioskDecision, KioskDoubt

strawberry.enum(KioskDoubt, description="Why a person has to decide.")
strawberry.enum(KioskDecision, description="What was decided.")


@strawberry.type(description="What a first-time visitor told at a kiosk.")
class KioskVisitor:
    """A visitor."""

    first_name: str = strawberry.field(description="Their first name.")
    last_name: str = strawberry.field(description="Their last name.")
    phone: str | None = strawberry.field(description="A phone in E.164.")
    email: str | None = strawberry.field(description="An email address.")
    language: Language = strawberry.field(description="The language that they chose.")


@strawberry.type(description="A press at a kiosk that a person has to decide, or decided.")
class KioskInboxItem(Node):
    """An item."""

    client_number: strawberry.Private[int | None]
    kiosk_number: strawberry.Private[int]
    reason: KioskDoubt = strawberry.field(description="Why.")
    typed: str | None = strawberry.field(description="What led to nobody: a code, or a phone of which the last four digits are shown.")
    walk_in: KioskVisitor | None = strawberry.field(description="What a first-time visitor told.")
    occurred_at: datetime = strawberry.field(description="When it was pressed.")
    arrived_at: datetime = strawberry.field(description="When the server heard of it.")
    offline: bool = strawberry.field(description="Whether the kiosk had no network.")
    decision: KioskDecision | None = strawberry.field(description="What was decided; null: nothing yet.")
    decided_at: datetime | None = strawberry.field(description="When.")
    decided_by: str | None = strawberry.field(description="By whom; null: by itself, or that user is gone.")

    @strawberry.field(description="Whose press it is, where that is known.")
    async def client(self, info: Info) -> Client | None:
        """Loaded in one batch for all items."""
        return cast("Client | None", await info.context.load(clients_by_id, self.client_number)) if self.client_number else None

    @strawberry.field(description="Where it was pressed.")
    async def kiosk(self, info: Info) -> Kiosk:
        """Loaded in one batch for all items."""
        return cast("Kiosk", await info.context.load(kiosks_by_id, self.kiosk_number))

    @classmethod
    def of(cls, row: AnyRow) -> "KioskInboxItem":
        """From a row of `queries`."""
        return cls(
            id=ids.encode("KioskInboxItem", row.id),
            client_number=row.client_id,
            kiosk_number=row.kiosk_id,
            reason=KioskDoubt(row.doubt),
            typed=_masked(row.typed),
            walk_in=KioskVisitor(**{**row.visitor, "language": Language(row.visitor["language"])}) if row.visitor else None,
            occurred_at=row.occurred_at,
            arrived_at=row.arrived_at,
            offline=row.offline,
            decision=KioskDecision(row.decision) if row.decision else None,
            decided_at=row.decided_at,
            decided_by=row.decided_by_name,
        )


def _masked(typed: str | None) -> str | None:
    return f"…{typed[-4:]}" if typed and typed.startswith("+") else typed


@strawberry.type(description="An item and the cursor to go on after it.")
class KioskInboxEdge:
    """One place in the list."""

    cursor: str = strawberry.field(description="Give it as `after`.")
    node: KioskInboxItem = strawberry.field(description="The item.")


@strawberry.type(description="A page of what waits, the oldest first, or of what was decided, the latest first.")
class KioskInboxConnection:
    """A keyset page."""

    decided: strawberry.Private[bool]
    edges: list[KioskInboxEdge] = strawberry.field(description="The items of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")

    @strawberry.field(description="How many there are in all.")
    async def total_count(self, info: Info) -> int:
        """Counted only when it is asked for."""
        return await queries.count_of_inbox(info.context.reader, decided=self.decided)


@strawberry.type(description="What the desk is told of the kiosks.")
class KiosksWaiting:
    """At one look."""

    count: int = strawberry.field(description="How many presses wait for a decision.")
    asking: list[KioskInboxItem] = strawberry.field(description="Who was sent to the desk in the last 30 minutes and waits; at most 20.")
    hurried: list[Kiosk] = strawberry.field(description="Kiosks with too many look-ups within the last 15 minutes.")
    queued: int = strawberry.field(description="How many presses wait on kiosks, as they told last.")


@strawberry.input(description="Record a visit for what waits.")
class AcceptKioskEventInput:
    """Which, and whose."""

    id: strawberry.ID = strawberry.field(description="Which item.")
    client_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whose visit it is, where the kiosk couldn't tell; a visitor without it becomes a new client."
    )


@strawberry.input(description="Record nothing for what waits.")
class DismissKioskEventInput:
    """Which, and why."""

    id: strawberry.ID = strawberry.field(description="Which item.")
    reason: str | None = strawberry.field(default=None, description="Why, at most 200 characters.")


@strawberry.type(description="It is decided.")
class KioskEventDecided:
    """Decided."""

    item: KioskInboxItem = strawberry.field(description="The item as it is now.")


AcceptKioskEventResult = Annotated[
    KioskEventDecided | CheckInRefused | ValidationProblem | NotFound | Conflict | NotAllowed,
    strawberry.union("AcceptKioskEventResult", description="The decided item, or why it can't be."),
]
DismissKioskEventResult = Annotated[
    KioskEventDecided | ValidationProblem | NotFound | Conflict | NotAllowed,
    strawberry.union("DismissKioskEventResult", description="The decided item, or why it can't be."),
]
