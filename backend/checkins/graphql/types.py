"""Types of visits and stations."""

from datetime import datetime, timedelta

import strawberry

from backend.accounts.principal import Principal
from backend.checkins import queries
from backend.checkins.models import CheckInMethod
from backend.clients.graphql import Client, clients_by_id
from backend.clients.standing import StandingStatus
from backend.db import ActorKind
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.relay import Node
from backend.memberships.graphql import CheckInPolicy

strawberry.enum(CheckInMethod, description="How a visit came in.")


def method_of(principal: Principal) -> CheckInMethod:
    """How a visit comes in that this one asks for."""
    return CheckInMethod.API if principal.kind is ActorKind.API_KEY else CheckInMethod.STAFF


@strawberry.type(description="A named place where check-ins happen.")
class Station(Node):
    """A station."""

    name: str = strawberry.field(description="Its name.")
    retired: bool = strawberry.field(description="A retired one can't be chosen any more; its visits keep it.")

    @classmethod
    def of(cls, row: queries.StationRow) -> "Station":
        """From a row."""
        return cls(id=ids.encode("Station", row.id), name=row.name, retired=row.retired)


@strawberry.type(description="One visit.")
class CheckIn(Node):
    """A visit; a wrong one is voided and stays."""

    client_number: strawberry.Private[int]
    known_client: strawberry.Private[Client | None]
    happened_at: datetime = strawberry.field(description="When.")
    method: CheckInMethod = strawberry.field(description="How it came in.")
    station: Station | None = strawberry.field(description="Where.")
    by_name: str | None = strawberry.field(description="The user who did it.")
    standing_status: StandingStatus = strawberry.field(description="The client's standing at that moment.")
    policy: CheckInPolicy = strawberry.field(description="The policy that applied at that moment.")
    override_reason: str | None = strawberry.field(description="Why staff let them in although the policy says otherwise.")
    voided: bool = strawberry.field(description="Voided visits leave every count.")
    voided_at: datetime | None = strawberry.field(description="When it was voided.")
    void_reason: str | None = strawberry.field(description="Why it was voided.")
    undoable_until: datetime = strawberry.field(description="Until when the desk offers Undo.")
    void_undoable_until: datetime | None = strawberry.field(description="Until when the void can be undone.")
    checked_out_at: datetime | None = strawberry.field(description="When they left, where that is known.")
    checked_out_by_closing: bool = strawberry.field(description="Whether that was closing time, because nobody checked them out.")
    checked_out_by_name: str | None = strawberry.field(description="The user who checked them out.")
    check_out_undoable_until: datetime | None = strawberry.field(description="Until when the check-out can be undone.")

    @classmethod
    def of(cls, visit: queries.Visit, context: Context, client: Client | None = None) -> "CheckIn":
        """From a row; ``client`` where it is at hand already."""
        station = queries.StationRow(visit.station_id, visit.station_name or "", visit.station_retired) if visit.station_id else None
        window = timedelta(minutes=context.settings.undo_window_minutes)
        may_return = visit.checked_out_at is not None and not visit.checked_out_by_closing
        return cls(
            id=ids.encode("CheckIn", visit.id),
            client_number=visit.client_id,
            known_client=client,
            happened_at=visit.happened_at,
            method=visit.method,
            station=Station.of(station) if station else None,
            by_name=visit.by_name,
            standing_status=visit.standing_status,
            policy=visit.policy,
            override_reason=visit.override_reason,
            voided=visit.voided,
            voided_at=visit.voided_at,
            void_reason=visit.void_reason,
            undoable_until=visit.happened_at + window,
            void_undoable_until=visit.voided_at + window if visit.voided_at else None,
            checked_out_at=visit.checked_out_at,
            checked_out_by_closing=visit.checked_out_by_closing,
            checked_out_by_name=visit.checked_out_by_name,
            check_out_undoable_until=visit.checked_out_at + window if may_return and visit.checked_out_at else None,
        )

    @strawberry.field(description="Whose visit it is.")
    async def client(self, info: Info) -> Client:
        """Loaded in one batch for all visits asked for."""
        found: Client = self.known_client or await info.context.load(clients_by_id, self.client_number)
        return found


@strawberry.type(description="How many came today. Voided visits don't count.")
class VisitsToday:
    """The centre's present day."""

    count: int = strawberry.field(description="Since midnight at the centre.")
    last_hour: int = strawberry.field(description="In the last 60 minutes, as far as they are today's.")
    present: int = strawberry.field(description="How many people are here: who came since the centre last closed and has not left.")
    present_since: datetime = strawberry.field(description="Since when whoever came may still be here: the last closing time or midnight.")


@strawberry.type(description="A user who may have recorded visits.")
class CheckInAuthor(Node):
    """For the filter."""

    name: str = strawberry.field(description="The name that others see.")
