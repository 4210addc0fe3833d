"""What mutations of tiers, memberships and authorizations answer."""

from typing import Annotated, cast

import strawberry
from strawberry.types.field import StrawberryField

from backend import errors
from backend.clients.graphql import Client, clients_by_id
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, NotAllowed, NotFound, Problem, ValidationProblem
from backend.memberships.graphql import holdings
from backend.memberships.graphql.types import Authorization, Membership, MembershipTier, Period
from backend.memberships.service import Saved


@strawberry.type(description="The tier as it is now.")
class TierSaved:
    """Saved."""

    tier: MembershipTier = strawberry.field(description="The tier.")


TierResult = Annotated[
    TierSaved | ValidationProblem | Conflict | NotFound | NotAllowed,
    strawberry.union("TierResult", description="The tier as it is now, or why it is not."),
]


@strawberry.type(description="Something was done for a client.")
class _ForClient:
    client_number: strawberry.Private[int]

    @strawberry.field(description="Whose it is, with the standing as it is now.")
    async def client(self, info: Info) -> Client:
        """Read after the change."""
        return cast("Client", await info.context.load(clients_by_id, self.client_number))


@strawberry.type(description="The membership as it is now.")
class MembershipSaved(_ForClient):
    """Saved."""

    number: strawberry.Private[int]
    already_there: bool = strawberry.field(
        description="True: nothing was made, because this request was sent before or what was to follow is there already."
    )

    @strawberry.field(description="The membership.")
    async def membership(self, info: Info) -> Membership:
        """Read after the change."""
        return cast("Membership", await info.context.load(holdings.memberships_by_id, self.number))

    @classmethod
    def of(cls, saved: Saved) -> "MembershipSaved":
        """From what the service did."""
        return cls(client_number=saved.client_id, number=saved.number, already_there=saved.already_there)


@strawberry.type(description="The authorization as it is now.")
class AuthorizationSaved(_ForClient):
    """Saved."""

    number: strawberry.Private[int]
    already_there: bool = strawberry.field(
        description="True: nothing was made, because this request was sent before or what was to follow is there already."
    )

    @strawberry.field(description="The authorization.")
    async def authorization(self, info: Info) -> Authorization:
        """Read after the change."""
        return cast("Authorization", await info.context.load(holdings.authorizations_by_id, self.number))

    @classmethod
    def of(cls, saved: Saved) -> "AuthorizationSaved":
        """From what the service did."""
        return cls(client_number=saved.client_id, number=saved.number, already_there=saved.already_there)


@strawberry.type(
    description="It is gone, as if it had never been there. The audit log keeps it; putMembershipBack or putAuthorizationBack undoes it."
)
class HoldingRemoved(_ForClient):
    """Removed."""

    id: strawberry.ID = strawberry.field(description="The id that it had.")


@strawberry.type(description="It would share days with another one of this client. Code OVERLAPS.")
class PeriodOverlap(Problem):
    """Names the other one, and proposes days that are free."""

    other_id: strawberry.ID = strawberry.field(description="The membership or the authorization that is in the way.")
    other_name: str = strawberry.field(description="Its tier, or its authorization number or service; empty where it has none of them.")
    other: Period = strawberry.field(description="Its days.")
    proposed: Period = strawberry.field(description="Days that are free, as near as possible to what was asked for.")


class PeriodOverlapHandler(strawberry.ExceptionHandler[errors.PeriodOverlaps, PeriodOverlap]):
    """`errors.PeriodOverlaps` → `PeriodOverlap`."""

    def handle(self, exception: errors.PeriodOverlaps, *, field: StrawberryField, info: strawberry.Info) -> PeriodOverlap:  # noqa: ARG002
        """Name the other one."""
        return PeriodOverlap(
            code=exception.reason,
            message=exception.message,
            other_id=ids.encode(exception.kind, exception.number),
            other_name=exception.name,
            other=Period.of(exception.other),
            proposed=Period.of(exception.proposed),
        )


HANDLERS = (PeriodOverlapHandler(),)

MembershipResult = Annotated[
    MembershipSaved | PeriodOverlap | ValidationProblem | Conflict | NotFound | NotAllowed,
    strawberry.union("MembershipResult", description="The membership as it is now, or why it is not."),
]
AuthorizationResult = Annotated[
    AuthorizationSaved | PeriodOverlap | ValidationProblem | Conflict | NotFound | NotAllowed,
    strawberry.union("AuthorizationResult", description="The authorization as it is now, or why it is not."),
]
RemoveHoldingResult = Annotated[
    HoldingRemoved | Conflict | NotFound | NotAllowed,
    strawberry.union("RemoveHoldingResult", description="It is gone, or why it is not."),
]
