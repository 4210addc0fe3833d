"""Lists of visits: conditions, pages, a client's visits and the days on which they came."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import strawberry

from backend import clock
from backend.checkins import queries
from backend.checkins.graphql.types import CheckIn
from backend.checkins.models import CheckInMethod
from backend.clients.standing import StandingStatus
from backend.db import ReadSession
from backend.errors import FieldError, ValidationFailed
from backend.graphql import ids
from backend.graphql.context import UPWARD, Context, Info
from backend.graphql.pagination import PageInfo, decode_cursor, encode_cursor, page_info
from backend.system import centre, hours


@strawberry.type(description="A visit and the cursor to go on after it.")
class CheckInEdge:
    """One place in the list."""

    cursor: str = strawberry.field(description="Give it as `after`.")
    node: CheckIn = strawberry.field(description="The visit.")


@strawberry.type(description="A page of visits, the newest first.")
class CheckInConnection:
    """A keyset page."""

    criteria: strawberry.Private[queries.CheckInCriteria]
    edges: list[CheckInEdge] = strawberry.field(description="The visits of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")

    @strawberry.field(description="How many there are in all. Counting stops at 1,000.")
    async def total_count(self, info: Info) -> int:
        """Counted only when it is asked for."""
        counted: tuple[int, bool] = await info.context.load(_counts, self.criteria)
        return counted[0]

    @strawberry.field(description="False when there are more than `totalCount`.")
    async def total_is_exact(self, info: Info) -> bool:
        """Whether the count was not cut short."""
        counted: tuple[int, bool] = await info.context.load(_counts, self.criteria)
        return counted[1]


@strawberry.input(description="Which visits; all conditions hold together. Days are the centre's.")
class CheckInFilter:
    """Conditions."""

    client_id: strawberry.ID | None = strawberry.field(default=None, description="Of this client.")
    station_id: strawberry.ID | None = strawberry.field(default=None, description="At this station.")
    user_id: strawberry.ID | None = strawberry.field(default=None, description="Recorded by this user.")
    methods: list[CheckInMethod] | None = strawberry.field(default=None, description="Come in by one of these.")
    standing: list[StandingStatus] | None = strawberry.field(default=None, description="With one of these standings at that moment.")
    from_: date | None = strawberry.field(default=None, name="from", description="The first day.")
    to: date | None = strawberry.field(default=None, description="The last day, included.")
    today: bool = strawberry.field(default=False, description="On the centre's present day alone.")
    present: bool = strawberry.field(default=False, description="True: of those alone who are here now.")
    voided: bool | None = strawberry.field(default=None, description="True: voided ones alone. False: without them. Left out: both.")


async def criteria_of(wanted: CheckInFilter, context: Context) -> queries.CheckInCriteria:
    """The conditions with days turned into instants; raises `ValidationFailed`, `NotFound`."""
    zone = context.settings.zone
    first, last = wanted.from_, wanted.to
    if wanted.today:
        first = last = clock.today(zone)
    if first is not None and last is not None and last < first:
        raise ValidationFailed(FieldError(("filter", "to"), "BEFORE_FROM", "The last day must not be before the first."))
    beyond = last + timedelta(days=1) if last is not None and last < date.max else None
    return queries.CheckInCriteria(
        client_id=ids.decode(wanted.client_id, "Client") if wanted.client_id else None,
        station_id=ids.decode(wanted.station_id, "Station") if wanted.station_id else None,
        user_id=ids.decode(wanted.user_id, "User") if wanted.user_id else None,
        methods=tuple(wanted.methods or ()),
        standing=tuple(wanted.standing or ()),
        since=_midnight(first, context) if first else None,
        before=_midnight(beyond, context) if beyond else None,
        present_since=await present_since(context) if wanted.present else None,
        voided=wanted.voided,
    )


def _midnight(day: date, context: Context) -> datetime:
    # The first and the last days of all have no midnight in every zone; nobody came then.
    near = min(max(day, date(1900, 1, 1)), date(9000, 1, 1))
    return datetime.combine(near, time(0), context.settings.zone).astimezone(UTC)


async def present_since(context: Context) -> datetime:
    """Since when whoever came may still be here."""
    found: datetime = await context.load(_present_since, None)
    return found


async def _present_since(reader: ReadSession, context: Context, keys: list[None]) -> Mapping[None, datetime]:
    chosen = await centre.read(reader)
    return dict.fromkeys(keys, hours.last_end(clock.now(), chosen.opening_hours, context.settings.zone))


async def page(
    reader: ReadSession, context: Context, criteria: queries.CheckInCriteria, first: int, after: str | None
) -> CheckInConnection:
    """A page of visits after a cursor; raises `ValidationFailed` for a cursor of something else."""
    visits, more = await queries.page_of_check_ins(reader, criteria, first=first, after=_position(after))
    return _connection(context, criteria, visits, more, after)


def _position(after: str | None) -> tuple[datetime, int] | None:
    if not after:
        return None
    moment, number = decode_cursor(after, "CHECK_INS", datetime, int)
    return moment, number


def _connection(
    context: Context, criteria: queries.CheckInCriteria, visits: Sequence[queries.Visit], more: bool, after: str | None
) -> CheckInConnection:
    cursors = [encode_cursor("CHECK_INS", visit.happened_at.isoformat(), visit.id) for visit in visits]
    edges = [CheckInEdge(cursor=cursor, node=CheckIn.of(visit, context)) for cursor, visit in zip(cursors, visits, strict=True)]
    return CheckInConnection(criteria=criteria, edges=edges, page_info=page_info(cursors, more=more, after=after))


async def _counts(reader: ReadSession, _context: Context, criteria: list[Any]) -> Mapping[Any, tuple[int, bool]]:
    return {item: await queries.count_of_check_ins(reader, item) for item in criteria}


async def _pages_of_clients(
    reader: ReadSession, context: Context, keys: list[tuple[int, int, str | None]]
) -> Mapping[Any, CheckInConnection]:
    pages: dict[tuple[int, int, str | None], CheckInConnection] = {}
    # All clients of a list ask for the same page, unless the document has aliases.
    for first, after in {key[1:]: None for key in keys}:
        numbers = [key[0] for key in keys if key[1:] == (first, after)]
        found = await queries.pages_of_clients(reader, numbers, first=first, after=_position(after))
        for number, (visits, more) in found.items():
            criteria = queries.CheckInCriteria(client_id=number)
            pages[number, first, after] = _connection(context, criteria, visits, more, after)
    return pages


UPWARD["check_ins_of_client"] = _pages_of_clients
