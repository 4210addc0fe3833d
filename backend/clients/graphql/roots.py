"""Root fields of clients: the list, a page at a time, and one client."""

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from backend import clock
from backend.accounts.permissions import Permission
from backend.clients import queries, search
from backend.clients.graphql.types import Client, clients_by_id
from backend.clients.standing import StandingStatus
from backend.db import ReadSession
from backend.errors import FieldError, NotFound, ValidationFailed
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.fields import query
from backend.graphql.pagination import PageInfo, decode_cursor, encode_cursor, page_info, page_size

MOST_TAGS = 20

strawberry.enum(queries.ClientOrder, description="How a list of clients is sorted. A search is sorted by how well it fits instead.")


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
    day = clock.today(context.settings.zone)
    return {item: await queries.count_of_clients(reader, item, day=day) for item in criteria}


@strawberry.input(description="Which clients; all conditions hold together.")
class ClientFilter:
    """Conditions."""

    standing: list[StandingStatus] | None = strawberry.field(default=None, description="One of these standings today.")
    tag_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="All of these tags.")
    archived: bool = strawberry.field(default=False, description="True: archived ones alone. False: without them.")
    contact_to_fix: bool = strawberry.field(default=False, description="True: only those with a contact method that needs fixing.")


@strawberry.type
class ClientQuery:
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
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 50,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> ClientConnection:
        """One statement for the page, one more when the count is asked for."""
        wanted = filter or ClientFilter()
        if len(wanted.tag_ids or ()) > MOST_TAGS:
            raise ValidationFailed(FieldError(("filter", "tagIds"), "TOO_MANY", f"Ask for at most {MOST_TAGS} tags at once."))
        criteria = queries.ClientCriteria(
            search=search.parse(text) if text else None,
            standing=tuple(wanted.standing or ()),
            tag_ids=tuple(ids.decode(tag_id, "Tag") for tag_id in wanted.tag_ids or ()),
            archived=wanted.archived,
            contact_to_fix=wanted.contact_to_fix,
        )
        kind, types = ("SEARCH", queries.RANKED_KEY_TYPES) if criteria.search else (order_by.value, queries.KEY_TYPES[order_by])
        page = await queries.page_of_clients(
            info.context.reader,
            criteria,
            order_by,
            day=clock.today(info.context.settings.zone),
            first=page_size(first),
            after=decode_cursor(after, kind, *types) if after else None,
        )
        cursors = [encode_cursor(kind, *key) for key in page.keys]
        edges = [ClientEdge(cursor=cursor, node=Client.of(row)) for cursor, row in zip(cursors, page.rows, strict=True)]
        return ClientConnection(criteria=criteria, edges=edges, page_info=page_info(cursors, more=page.more, after=after))

    @query(Permission.CLIENTS_READ, description="One client, archived or not; null when there is none with this id.")
    async def client(self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The client's id.")]) -> Client | None:
        """By id."""
        try:
            number = ids.decode(id, "Client")
        except NotFound:
            return None
        found: Client | None = await info.context.load(clients_by_id, number)
        return found
