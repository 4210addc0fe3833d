"""What runs out soon and what ran out lately, a page at a time."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, cast

import strawberry

from backend.accounts.permissions import Permission
from backend.clients.graphql import Client, clients_by_id
from backend.clients.standing import StandingSource
from backend.db import ReadSession
from backend.errors import FieldError, ValidationFailed
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.fields import query
from backend.graphql.pagination import PageInfo, decode_cursor, encode_cursor, page_info, page_size
from backend.memberships import queries
from backend.memberships.graphql import holdings
from backend.memberships.graphql.enums import RunningOutList
from backend.memberships.graphql.types import Holding

MOST_DAYS = 365
MOST_TIERS = 20


@strawberry.input(description="Which list, and what of it; all conditions hold together.")
class RunningOutFilter:
    """Conditions."""

    which: RunningOutList = strawberry.field(description="Which of the two lists.")
    days: int = strawberry.field(default=30, description="Within how many days from today, or since how many days, 1 to 365.")
    tier_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Memberships of one of these tiers alone.")
    coordinator: str | None = strawberry.field(
        default=None, description="Of this service coordinator: the authorization's, else the client's."
    )


@strawberry.type(description="A client's membership or authorization with which what covers them ends.")
class RunningOut:
    """One line of the list."""

    client_number: strawberry.Private[int]
    source: strawberry.Private[StandingSource]
    number: strawberry.Private[int]
    ends_on: date = strawberry.field(description="The last day that is covered.")

    @strawberry.field(description="Whose it is.")
    async def client(self, info: Info) -> Client:
        """Loaded in one batch for the page."""
        return cast("Client", await info.context.load(clients_by_id, self.client_number))

    @strawberry.field(description="The membership or the authorization that ends on that day.")
    async def holding(self, info: Info) -> Holding:
        """Loaded in one batch for all memberships, and one for all authorizations."""
        of_kind = holdings.memberships_by_id if self.source is StandingSource.MEMBERSHIP else holdings.authorizations_by_id
        return cast("Holding", await info.context.load(of_kind, self.number))


@strawberry.type(description="A line and the cursor to go on after it.")
class RunningOutEdge:
    """One place in the list."""

    cursor: str = strawberry.field(description="Give it as `after`.")
    node: RunningOut = strawberry.field(description="The line.")


@strawberry.type(description="A page of what runs out or ran out, what is nearest to today first.")
class RunningOutConnection:
    """A keyset page."""

    criteria: strawberry.Private[queries.RunningOutCriteria]
    edges: list[RunningOutEdge] = strawberry.field(description="The lines of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")

    async def _count(self, info: Info) -> tuple[int, bool]:
        counted: tuple[int, bool] = await info.context.load(_counts, self.criteria)
        return counted

    @strawberry.field(description="How many there are in all. Counting stops at 1,000.")
    async def total_count(self, info: Info) -> int:
        """Counted only when it is asked for."""
        return (await self._count(info))[0]

    @strawberry.field(description="False when there are more than `totalCount`.")
    async def total_is_exact(self, info: Info) -> bool:
        """Whether the count was not cut short."""
        return (await self._count(info))[1]


async def _counts(reader: ReadSession, context: Context, criteria: list[Any]) -> Mapping[Any, tuple[int, bool]]:
    today = context.today()
    return {item: await queries.count_of_running_out(reader, item, today) for item in criteria}


def _criteria(filter: RunningOutFilter) -> queries.RunningOutCriteria:
    if not 1 <= filter.days <= MOST_DAYS:
        raise ValidationFailed(FieldError(("filter", "days"), "OUT_OF_RANGE", f"Ask for 1 to {MOST_DAYS} days."))
    if len(filter.tier_ids or ()) > MOST_TIERS:
        raise ValidationFailed(FieldError(("filter", "tierIds"), "TOO_MANY", f"Ask for at most {MOST_TIERS} tiers at once."))
    return queries.RunningOutCriteria(
        which=filter.which,
        days=filter.days,
        tier_ids=tuple(ids.decode(tier_id, "MembershipTier") for tier_id in filter.tier_ids or ()),
        coordinator=filter.coordinator or None,
    )


def _after(cursor: str | None, kind: str) -> tuple[date, int, str, int] | None:
    if not cursor:
        return None
    day, client, source, number = decode_cursor(cursor, kind, str, int, str, int)
    try:
        return date.fromisoformat(day), client, StandingSource(source), number
    except ValueError:
        raise ValidationFailed(FieldError(("after",), "BAD_CURSOR", "This cursor does not belong to this list in this order.")) from None


@strawberry.type
class RunningOutQuery:
    """Root fields."""

    @query(Permission.MEMBERSHIPS_READ, description="What runs out soon, or ran out lately. Who renewed in advance is on neither list.")
    async def running_out(
        self,
        info: Info,
        filter: Annotated[RunningOutFilter, strawberry.argument(description="Conditions.")],
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 50,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> RunningOutConnection:
        """One statement for the page, one for its clients, one for each kind of holding."""
        criteria = _criteria(filter)
        kind = filter.which.value
        today = info.context.today()
        rows, more = await queries.page_of_running_out(
            info.context.reader, criteria, today, first=page_size(first), after=_after(after, kind)
        )
        cursors = [encode_cursor(kind, row.ends_on.isoformat(), row.client_id, row.source, row.holding_id) for row in rows]
        lines = [RunningOut(client_number=row.client_id, source=row.source, number=row.holding_id, ends_on=row.ends_on) for row in rows]
        edges = [RunningOutEdge(cursor=cursor, node=line) for cursor, line in zip(cursors, lines, strict=True)]
        return RunningOutConnection(criteria=criteria, edges=edges, page_info=page_info(cursors, more=more, after=after))

    @query(Permission.MEMBERSHIPS_READ, description="The service coordinators on file, by name; the first 200.")
    async def service_coordinators(self, info: Info) -> list[str]:
        """One statement."""
        return list(await queries.coordinators(info.context.reader))
