"""The clients' table over GraphQL, a page at a time."""

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from backend.accounts.permissions import Permission
from backend.clients import queries
from backend.clients.graphql.filters import ClientFilter, criteria_of
from backend.clients.graphql.types import Client
from backend.db import ReadSession
from backend.graphql.context import Context, Info
from backend.graphql.fields import query
from backend.graphql.pagination import PageInfo, decode_cursor, encode_cursor, page_info, page_size
from backend.graphql.scalars import Direction

strawberry.enum(
    queries.ClientOrder,
    description="By what a list of clients is sorted; who has no such value comes last. A search is sorted by how well it fits instead.",
)


@strawberry.type(description="A client and the cursor to go on after it.")
class ClientEdge:
    """One place in the list."""

    cursor: str = strawberry.field(description="Give it as `after`.")
    node: Client = strawberry.field(description="The client.")


@strawberry.type(description="A page of clients.")
class ClientConnection:
    """A keyset page."""

    criteria: strawberry.Private[queries.ClientCriteria]
    edges: list[ClientEdge] = strawberry.field(description="The clients of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")

    async def _count(self, info: Info) -> tuple[int, bool]:
        counted: tuple[int, bool] = await info.context.load(_counts, self.criteria)
        return counted

    @strawberry.field(description="How many there are in all. Counting stops at 1,000, in a search at 500.")
    async def total_count(self, info: Info) -> int:
        """Counted only when it is asked for."""
        return (await self._count(info))[0]

    @strawberry.field(description="False when there are more than `totalCount`.")
    async def total_is_exact(self, info: Info) -> bool:
        """Whether the count was not cut short."""
        return (await self._count(info))[1]


async def _counts(reader: ReadSession, context: Context, criteria: list[Any]) -> Mapping[Any, tuple[int, bool]]:
    day = context.today()
    return {item: await queries.count_of_clients(reader, item, day=day) for item in criteria}


@strawberry.type
class ClientTableQuery:
    """Root fields."""

    @query(Permission.CLIENTS_READ, description="Clients, a page at a time.")
    async def clients(
        self,
        info: Info,
        text: Annotated[
            str | None,
            strawberry.argument(name="search", description="Names in any order, last digits of a phone, an email, a UCI number or a code."),
        ] = None,
        filter: Annotated[ClientFilter | None, strawberry.argument(description="Conditions.")] = None,
        order_by: Annotated[
            queries.ClientOrder, strawberry.argument(description="The order, unless there is a search.")
        ] = queries.ClientOrder.NAME,
        direction: Annotated[
            Direction | None,
            strawberry.argument(
                description="Absent: by name from A, the latest visit first, the newest client first, who runs out next first."
            ),
        ] = None,
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 50,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> ClientConnection:
        """One statement for the page, a second one where what is asked for is rare; one or two more for the count."""
        today, zone = info.context.today(), info.context.settings.zone
        criteria = criteria_of(text, filter, today=today, zone=zone)
        sorting = queries.Sorting.by(order_by, descending=None if direction is None else direction is Direction.DESCENDING)
        kind, types = ("SEARCH", queries.RANKED_KEY_TYPES) if criteria.search else (sorting.name, queries.KEY_TYPES[order_by])
        page = await queries.page_of_clients(
            info.context.reader,
            criteria,
            order_by,
            day=today,
            first=page_size(first),
            after=decode_cursor(after, kind, *types) if after else None,
            descending=sorting.descending,
        )
        cursors = [encode_cursor(kind, *key) for key in page.keys]
        edges = [ClientEdge(cursor=cursor, node=Client.of(row)) for cursor, row in zip(cursors, page.rows, strict=True)]
        return ClientConnection(criteria=criteria, edges=edges, page_info=page_info(cursors, more=page.more, after=after))
