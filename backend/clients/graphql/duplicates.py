"""Clients who may be the same person, over GraphQL: the list, a client's own, and saying that they are not."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, cast

import strawberry

from backend.accounts.permissions import Permission
from backend.clients import duplicates
from backend.clients.graphql.types import Client, clients_by_id
from backend.clients.service.duplicates import dismiss_duplicate
from backend.db import AnyRow, ReadSession
from backend.graphql import ids
from backend.graphql.context import UPWARD, Context, Info
from backend.graphql.errors import NotFound
from backend.graphql.fields import mutation, query
from backend.graphql.pagination import PageInfo, decode_cursor, encode_cursor, page_info, page_size

_KIND = "DUPLICATE"


@strawberry.type(description="Two clients who may be the same person, for somebody to decide.")
class PossibleDuplicate:
    """A pair, seen from one of its sides."""

    client_number: strawberry.Private[int]
    other_number: strawberry.Private[int]
    reason: str = strawberry.field(description="Why, as a stable code such as same_email.")
    found_at: datetime = strawberry.field(description="When it was noticed.")

    @strawberry.field(description="One of the two: on a client's page, that client.")
    async def client(self, info: Info) -> Client:
        """Loaded in one batch for all pairs."""
        return cast("Client", await info.context.load(clients_by_id, self.client_number))

    @strawberry.field(description="The other one.")
    async def other(self, info: Info) -> Client:
        """Loaded in one batch for all pairs."""
        return cast("Client", await info.context.load(clients_by_id, self.other_number))

    @classmethod
    def of(cls, row: AnyRow, seen_from: int | None = None) -> "PossibleDuplicate":
        """From a row with both numbers, the reason and ``found_at``; ``seen_from`` is the number of one of the two."""
        numbers = (row.client_id, row.other_id)
        first, second = reversed(numbers) if seen_from == row.other_id else numbers
        return cls(client_number=first, other_number=second, reason=row.reason, found_at=row.found_at)


@strawberry.type(description="A pair and the cursor to go on after it.")
class PossibleDuplicateEdge:
    """One place in the list."""

    cursor: str = strawberry.field(description="Give it as `after`.")
    node: PossibleDuplicate = strawberry.field(description="The pair.")


@strawberry.type(description="A page of pairs.")
class PossibleDuplicateConnection:
    """A keyset page."""

    edges: list[PossibleDuplicateEdge] = strawberry.field(description="The pairs of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")


@strawberry.input(description="Two clients who are not the same person, in either order.")
class DismissDuplicateInput:
    """A pair."""

    client_id: strawberry.ID = strawberry.field(description="One of the two.")
    other_id: strawberry.ID = strawberry.field(description="The other one.")


@strawberry.type(description="It is noted that the two are not the same person; nobody is asked about them again.")
class DuplicateDismissed:
    """Done."""

    duplicate: PossibleDuplicate = strawberry.field(description="The pair.")


DismissDuplicateResult = Annotated[
    DuplicateDismissed | NotFound, strawberry.union("DismissDuplicateResult", description="Noted, or why not.")
]


@strawberry.type
class DuplicateQuery:
    """Root fields."""

    @query(Permission.CLIENTS_READ, description="Clients who may be the same person, a page at a time, those noticed last first.")
    async def duplicates(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 50,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> PossibleDuplicateConnection:
        """One statement, one more for the clients."""
        size = page_size(first)
        key = decode_cursor(after, _KIND, datetime, int, int) if after else None
        rows = await duplicates.page_of_duplicates(info.context.reader, first=size, after=(key[0], key[1], key[2]) if key else None)
        return _page(rows, size, after)


def _page(rows: Sequence[AnyRow], size: int, after: str | None) -> PossibleDuplicateConnection:
    shown = rows[:size]
    cursors = [encode_cursor(_KIND, row.found_at.isoformat(), row.client_id, row.other_id) for row in shown]
    edges = [PossibleDuplicateEdge(cursor=cursor, node=PossibleDuplicate.of(row)) for cursor, row in zip(cursors, shown, strict=True)]
    return PossibleDuplicateConnection(edges=edges, page_info=page_info(cursors, more=len(rows) > size, after=after))


@strawberry.type
class DuplicateMutation:
    """Root fields."""

    @mutation(Permission.CLIENTS_WRITE, description="Note that two clients are not the same person. A second time changes nothing.")
    async def dismiss_duplicate(
        self, info: Info, input: Annotated[DismissDuplicateInput, strawberry.argument(description="Which two.")]
    ) -> DismissDuplicateResult:
        """One transaction."""
        numbers = [ids.decode(value, "Client") for value in (input.client_id, input.other_id)]
        async with info.context.unit_of_work() as uow:
            row = await dismiss_duplicate(uow, *numbers, user_id=info.context.signed_in.user_id)
        return DuplicateDismissed(duplicate=PossibleDuplicate.of(row, seen_from=numbers[0]))


async def _of_clients(reader: ReadSession, _context: Context, client_ids: list[int]) -> Mapping[int, list[PossibleDuplicate]]:
    found: dict[int, list[PossibleDuplicate]] = defaultdict(list)
    wanted = set(client_ids)
    for row in await duplicates.duplicates_of(reader, wanted):
        for number in wanted & {row.client_id, row.other_id}:
            found[number].append(PossibleDuplicate.of(row, seen_from=number))
    return found


async def _counts(reader: ReadSession, _context: Context, keys: list[None]) -> Mapping[None, tuple[int, int]]:
    return {key: await duplicates.counts_to_look_at(reader) for key in keys}


UPWARD["possible_duplicates_of_client"] = _of_clients
UPWARD["client_by_id"] = clients_by_id
UPWARD["counts_to_look_at"] = _counts
