"""Types of visits and stations, their unions, pages, and how a refusal becomes a member of its union."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry.types.field import StrawberryField

from backend import errors
from backend.checkins import queries
from backend.checkins.models import CheckInMethod
from backend.clients.graphql import Client, Standing, clients_by_id
from backend.clients.standing import StandingStatus
from backend.db import ReadSession
from backend.graphql import ids
from backend.graphql.context import UPWARD, Context, Info
from backend.graphql.errors import Conflict, NotAllowed, NotFound, Problem, ValidationProblem
from backend.graphql.pagination import PageInfo, decode_cursor, encode_cursor, page_info
from backend.graphql.relay import Node
from backend.memberships.graphql import CheckInPolicy

strawberry.enum(CheckInMethod, description="How a visit came in.")


@strawberry.type(description="A named place where check-ins happen.")
class Station(Node):
    """A station."""

    name: str = strawberry.field(description="Its name.")


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
    voided: bool = strawberry.field(description="Voided visits leave every count.")
    void_reason: str | None = strawberry.field(description="Why it was voided.")
    undoable_until: datetime = strawberry.field(description="Until when the desk offers Undo.")

    @classmethod
    def of(cls, visit: queries.Visit, context: Context, client: Client | None = None) -> "CheckIn":
        """From a row; ``client`` where it is at hand already."""
        station = Station(id=ids.encode("Station", visit.station_id), name=visit.station_name or "") if visit.station_id else None
        return cls(
            id=ids.encode("CheckIn", visit.id),
            client_number=visit.client_id,
            known_client=client,
            happened_at=visit.happened_at,
            method=visit.method,
            station=station,
            by_name=visit.by_name,
            standing_status=visit.standing_status,
            policy=visit.policy,
            voided=visit.voided,
            void_reason=visit.void_reason,
            undoable_until=visit.happened_at + timedelta(minutes=context.settings.undo_window_minutes),
        )

    @strawberry.field(description="Whose visit it is.")
    async def client(self, info: Info) -> Client:
        """Loaded in one batch for all visits asked for."""
        found: Client = self.known_client or await info.context.load(clients_by_id, self.client_number)
        return found


@strawberry.type(description="A visit and the cursor to go on after it.")
class CheckInEdge:
    """One place in the list."""

    cursor: str = strawberry.field(description="Give it as `after`.")
    node: CheckIn = strawberry.field(description="The visit.")


@strawberry.type(description="A page of visits, the newest first.")
class CheckInConnection:
    """A keyset page."""

    edges: list[CheckInEdge] = strawberry.field(description="The visits of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")


@strawberry.type(description="How many came today. Voided visits don't count.")
class VisitsToday:
    """The centre's present day."""

    count: int = strawberry.field(description="Since midnight at the centre.")
    last_hour: int = strawberry.field(description="In the last 60 minutes, as far as they are today's.")


@strawberry.input(description="Which visits; all conditions hold together.")
class CheckInFilter:
    """Conditions."""

    client_id: strawberry.ID | None = strawberry.field(default=None, description="Of this client.")
    station_id: strawberry.ID | None = strawberry.field(default=None, description="At this station.")
    today: bool = strawberry.field(default=False, description="On the centre's present day alone.")
    include_voided: bool = strawberry.field(default=True, description="False leaves voided ones out.")


async def page(
    reader: ReadSession, context: Context, criteria: queries.CheckInCriteria, first: int, after: str | None
) -> CheckInConnection:
    """A page of visits after a cursor; raises `ValidationFailed` for a cursor of something else."""
    visits, more = await queries.page_of_check_ins(reader, criteria, first=first, after=_position(after))
    return _connection(context, visits, more, after)


def _position(after: str | None) -> tuple[datetime, int] | None:
    if not after:
        return None
    moment, number = decode_cursor(after, "CHECK_INS", datetime, int)
    return moment, number


def _connection(context: Context, visits: Sequence[queries.Visit], more: bool, after: str | None) -> CheckInConnection:
    cursors = [encode_cursor("CHECK_INS", visit.happened_at.isoformat(), visit.id) for visit in visits]
    edges = [CheckInEdge(cursor=cursor, node=CheckIn.of(visit, context)) for cursor, visit in zip(cursors, visits, strict=True)]
    return CheckInConnection(edges=edges, page_info=page_info(cursors, more=more, after=after))


async def _pages_of_clients(
    reader: ReadSession, context: Context, keys: list[tuple[int, int, str | None]]
) -> Mapping[Any, CheckInConnection]:
    pages: dict[tuple[int, int, str | None], CheckInConnection] = {}
    # All clients of a list ask for the same page, unless the document has aliases.
    for first, after in {key[1:]: None for key in keys}:
        numbers = [key[0] for key in keys if key[1:] == (first, after)]
        found = await queries.pages_of_clients(reader, numbers, first=first, after=_position(after))
        pages |= {(number, first, after): _connection(context, visits, more, after) for number, (visits, more) in found.items()}
    return pages


UPWARD["check_ins_of_client"] = _pages_of_clients


@strawberry.type(description="The client may not be checked in; nothing was recorded. Codes: CLIENT_ARCHIVED, POLICY_BLOCK.")
class CheckInRefused(Problem):
    """A refusal by a rule."""

    sentence: str = strawberry.field(description="The same as `message`: what to tell the person at the desk.")
    standing: Standing = strawberry.field(description="The client's standing today.")


class CheckInRefusedHandler(strawberry.ExceptionHandler[errors.CheckInRefused, CheckInRefused]):
    """`errors.CheckInRefused` → `CheckInRefused`."""

    def handle(self, exception: errors.CheckInRefused, *, field: StrawberryField, info: strawberry.Info) -> CheckInRefused:  # noqa: ARG002
        """Say why."""
        said = exception.message
        return CheckInRefused(code=exception.reason, message=said, sentence=said, standing=Standing.of(exception.standing))


HANDLERS = (CheckInRefusedHandler(),)


@strawberry.input(description="A check-in.")
class CheckInInput:
    """Who, where, and the caller's own id of this request."""

    request_id: UUID = strawberry.field(description="A new UUID for each intention; give the same one when you try again.")
    client_id: strawberry.ID = strawberry.field(description="Who.")
    station_id: strawberry.ID | None = strawberry.field(default=None, description="Where.")


@strawberry.type(description="The visit is on record.")
class CheckInRecorded:
    """Recorded now or before."""

    check_in: CheckIn = strawberry.field(description="The visit.")
    repeat: bool = strawberry.field(description="True: the client had checked in within the repeat window, and this is that visit.")
    replayed: bool = strawberry.field(description="True: this request id was seen before, and this is its result.")
    sentence: str = strawberry.field(description="What to tell the person at the desk.")
    standing: Standing = strawberry.field(description="The client's standing today.")


CheckInResult = Annotated[
    CheckInRecorded | CheckInRefused | NotFound | Conflict | ValidationProblem | NotAllowed,
    strawberry.union("CheckInResult", description="What came of it."),
]


@strawberry.input(description="A visit to void.")
class VoidCheckInInput:
    """Which, and why."""

    check_in_id: strawberry.ID = strawberry.field(description="The visit.")
    reason: str = strawberry.field(description="Why; at most 500 characters.")


@strawberry.type(description="The visit is voided. It stays on record and leaves every count.")
class CheckInVoided:
    """Voided."""

    check_in: CheckIn = strawberry.field(description="The visit.")


VoidCheckInResult = Annotated[
    CheckInVoided | NotFound | Conflict | ValidationProblem | NotAllowed,
    strawberry.union("VoidCheckInResult", description="What came of it."),
]
