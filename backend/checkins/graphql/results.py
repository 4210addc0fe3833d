"""What the mutations of visits and stations take and answer, and how a refusal becomes a member of its union."""

from typing import Annotated
from uuid import UUID

import strawberry
from strawberry.types.field import StrawberryField

from backend import errors
from backend.checkins.graphql.types import CheckIn, Station
from backend.checkins.queries import CodeState
from backend.clients.graphql import Client, Standing
from backend.graphql.errors import Conflict, NotAllowed, NotFound, Problem, ValidationProblem
from backend.memberships.graphql import Allowance

strawberry.enum(
    CodeState,
    description="What is known about a code. AMBIGUOUS: several cards say the same when spaces and hyphens are left out.",
)


@strawberry.type(
    description="The client may not be checked in; nothing was recorded. Codes: CLIENT_ARCHIVED, POLICY_BLOCK (no good standing), "
    "USED_UP (everything that covers today is used)."
)
class CheckInRefused(Problem):
    """A refusal by a rule."""

    sentence: str = strawberry.field(description="The same as `message`: what to tell the person at the desk.")
    standing: Standing = strawberry.field(description="The client's standing today.")
    overridable: bool = strawberry.field(description="Whether staff who may override can let them in with a reason.")


class RefusedHandler(strawberry.ExceptionHandler[errors.CheckInRefused, CheckInRefused]):
    """`errors.CheckInRefused` → `CheckInRefused`."""

    def handle(self, exception: errors.CheckInRefused, *, field: StrawberryField, info: strawberry.Info) -> CheckInRefused:  # noqa: ARG002
        """Say why, and what to do."""
        return CheckInRefused(
            code=exception.reason,
            message=exception.message,
            sentence=exception.message,
            standing=Standing.of(exception.standing),
            overridable=exception.reason != "CLIENT_ARCHIVED",
        )


HANDLERS = (RefusedHandler(),)


@strawberry.type(description="The client is checked in.")
class CheckInRecorded:
    """Recorded, or found: a repeat or a replay makes no second visit."""

    check_in: CheckIn = strawberry.field(description="The visit, new or the one that was there.")
    repeat: bool = strawberry.field(description="True when the client had just been checked in: this is that visit.")
    replayed: bool = strawberry.field(description="True when this request had been received before: this is its first answer.")
    merged: bool = strawberry.field(
        description="True when the client asked for was merged into another one: it is that one's visit, and `sentence` says so."
    )
    sentence: str = strawberry.field(description="What the policy says, in the user's language, with the warning.")
    warning: str | None = strawberry.field(description="What runs out with this visit or the next ones, in the user's language.")
    standing: Standing = strawberry.field(description="The client's standing today.")
    allowances: list[Allowance] = strawberry.field(description="What covers today and what is left of it after this visit.")


@strawberry.input(description="A wish to check somebody in.")
class CheckInInput:
    """What to record."""

    request_id: UUID = strawberry.field(description="Made by the caller; sending it again returns the first answer.")
    client_id: strawberry.ID = strawberry.field(description="Who.")
    station_id: strawberry.ID | None = strawberry.field(default=None, description="Where.")
    override_reason: str | None = strawberry.field(
        default=None, description="Why they may play although the policy blocks them, at most 500 characters. Needs `check-ins:override`."
    )


CheckInResult = Annotated[
    CheckInRecorded | CheckInRefused | ValidationProblem | NotFound | Conflict | NotAllowed,
    strawberry.union("CheckInResult", description="What came of it."),
]


@strawberry.input(description="A wish to void a visit.")
class VoidCheckInInput:
    """What to void."""

    check_in_id: strawberry.ID = strawberry.field(description="The visit.")
    reason: str = strawberry.field(description="Why, at most 500 characters; kept with the visit.")


@strawberry.type(description="The visit is voided. It stays on record and leaves every count.")
class CheckInVoided:
    """Voided."""

    check_in: CheckIn = strawberry.field(description="The visit.")


VoidCheckInResult = Annotated[
    CheckInVoided | NotFound | Conflict | ValidationProblem | NotAllowed,
    strawberry.union("VoidCheckInResult", description="What came of it."),
]


@strawberry.input(description="One visit.")
class CheckInIdInput:
    """Which one."""

    check_in_id: strawberry.ID = strawberry.field(description="The visit.")


@strawberry.type(description="The visit as it is now.")
class CheckInChanged:
    """Changed."""

    check_in: CheckIn = strawberry.field(description="The visit.")


ChangeCheckInResult = Annotated[
    CheckInChanged | NotFound | Conflict | NotAllowed, strawberry.union("ChangeCheckInResult", description="What came of it.")
]


@strawberry.input(description="A new station.")
class CreateStationInput:
    """What to make."""

    name: str = strawberry.field(description="At most 80 characters; no other station has it.")
    idempotency_key: UUID | None = strawberry.field(default=None, description="Made by the caller; sending it again makes no second one.")


@strawberry.input(description="Another name for a station.")
class RenameStationInput:
    """What to rename."""

    id: strawberry.ID = strawberry.field(description="The station.")
    name: str = strawberry.field(description="At most 80 characters; no other station has it.")


@strawberry.input(description="One station.")
class StationIdInput:
    """Which one."""

    id: strawberry.ID = strawberry.field(description="The station.")


@strawberry.type(description="The station as it is now.")
class StationSaved:
    """Saved."""

    station: Station = strawberry.field(description="The station.")


StationResult = Annotated[
    StationSaved | ValidationProblem | Conflict | NotFound | NotAllowed,
    strawberry.union("StationResult", description="What came of it."),
]


@strawberry.type(description="What a code belongs to.")
class CodeLookup:
    """A scanned or typed code."""

    state: CodeState = strawberry.field(description="What is known about it.")
    client: Client | None = strawberry.field(description="Whose it is, where it is one client's; an archived one too.")
