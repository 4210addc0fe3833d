"""Merging over GraphQL: the dry run, the merge, its way back, and what was merged before."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, cast
from uuid import UUID

import strawberry

from backend import clock
from backend.accounts.permissions import Permission
from backend.clients.graphql.inputs import ClientVersionInput
from backend.clients.graphql.merge_preview import MergeField, MergePreview
from backend.clients.graphql.types import Client, clients_by_id
from backend.clients.merge import queries, service, undo
from backend.db import AnyRow, ReadSession
from backend.graphql import ids
from backend.graphql.context import UPWARD, Context, Info
from backend.graphql.errors import Conflict, NotAllowed, NotFound, ValidationProblem
from backend.graphql.fields import mutation, query
from backend.graphql.relay import Node


@strawberry.input(description="Whose value is kept in one field.")
class MergeChoiceInput:
    """A choice."""

    field: MergeField = strawberry.field(description="The field.")
    client_id: strawberry.ID = strawberry.field(description="Whose value wins: one of the clients of this merge.")


@strawberry.input(description="Who would be merged.")
class MergePreviewInput:
    """A question."""

    kept_id: strawberry.ID = strawberry.field(description="The client who is kept.")
    merged_ids: list[strawberry.ID] = strawberry.field(description="Those who are merged into that one, at most nine.")
    choices: list[MergeChoiceInput] = strawberry.field(default_factory=list, description="Whose values win; the rest as suggested.")


@strawberry.input(description="Who is merged, each with the version that was read.")
class MergeClientsInput:
    """A merge."""

    kept: ClientVersionInput = strawberry.field(description="The client who is kept.")
    merged: list[ClientVersionInput] = strawberry.field(description="Those who are merged into that one, at most nine.")
    choices: list[MergeChoiceInput] = strawberry.field(default_factory=list, description="Whose values win; the rest as suggested.")
    idempotency_key: UUID | None = strawberry.field(default=None, description="A UUID of this intention: sent again, nothing more is done.")


@strawberry.input(description="Which merge to take back.")
class UndoMergeInput:
    """A merge, by one of those who were merged in it."""

    merge_id: strawberry.ID = strawberry.field(description="Its id, or that of any other client merged in the same step.")


@strawberry.type(description="A client who was merged into another one. Those of one step share `mergedAt` and are undone together.")
class ClientMerge(Node):
    """History."""

    merged_number: strawberry.Private[int]
    kept_number: strawberry.Private[int]
    merged_at: datetime = strawberry.field(description="When.")
    by_name: str = strawberry.field(description="Who did it.")
    undoable_until: datetime | None = strawberry.field(description="Until when it can be undone; null when it can't.")
    undone_at: datetime | None = strawberry.field(description="When it was undone.")
    undone_by_name: str | None = strawberry.field(description="Who undid it.")

    @strawberry.field(description="The former client: archived, with the name that they had.")
    async def merged(self, info: Info) -> Client:
        """Loaded in one batch."""
        return cast("Client", await info.context.load(clients_by_id, self.merged_number))

    @classmethod
    def of(cls, row: AnyRow) -> "ClientMerge":
        """From a row of `queries.merges_of`."""
        until = row.merged_at + undo.REVERSIBLE
        possible = row.undone_at is None and row.reversible and until > clock.now()
        return cls(
            id=ids.encode("ClientMerge", row.id),
            merged_number=row.merged_id,
            kept_number=row.kept_id,
            merged_at=row.merged_at,
            by_name=row.actor_label,
            undoable_until=until if possible else None,
            undone_at=row.undone_at,
            undone_by_name=row.undone_by,
        )


@strawberry.type(description="They are one client now.")
class ClientsMerged:
    """Done."""

    number: strawberry.Private[int]

    @strawberry.field(description="The client who was kept. The last of its `merges` is this one.")
    async def client(self, info: Info) -> Client:
        """One statement, after the commit."""
        return cast("Client", await info.context.load(clients_by_id, self.number))


@strawberry.type(description="They are clients of their own again.")
class MergeUndone:
    """Done."""

    number: strawberry.Private[int]

    @strawberry.field(description="The client who had been kept.")
    async def client(self, info: Info) -> Client:
        """One statement, after the commit."""
        return cast("Client", await info.context.load(clients_by_id, self.number))


MergePreviewResult = Annotated[
    MergePreview | ValidationProblem | Conflict | NotFound,
    strawberry.union("MergePreviewResult", description="What a merge would do, or why it is not possible."),
]
MergeClientsResult = Annotated[
    ClientsMerged | ValidationProblem | Conflict | NotFound | NotAllowed,
    strawberry.union("MergeClientsResult", description="Merged, or why not; then nothing was changed."),
]
UndoMergeResult = Annotated[
    MergeUndone | Conflict | NotFound | NotAllowed, strawberry.union("UndoMergeResult", description="Undone, or why not.")
]


def _choices(given: list[MergeChoiceInput]) -> dict[str, int]:
    return {choice.field.value: ids.decode(choice.client_id, "Client") for choice in given}


@strawberry.type
class MergeQuery:
    """Root fields."""

    @query(Permission.CLIENTS_MERGE, description="What merging these clients would do. Nothing is changed.")
    async def merge_preview(
        self, info: Info, input: Annotated[MergePreviewInput, strawberry.argument(description="Who.")]
    ) -> MergePreviewResult:
        """Two statements, one more for the clients."""
        numbers = [ids.decode(value, "Client") for value in (input.kept_id, *input.merged_ids)]
        return MergePreview.of(await service.preview(info.context.reader, numbers, _choices(input.choices)))


@strawberry.type
class MergeMutation:
    """Root fields."""

    @mutation(
        Permission.CLIENTS_MERGE,
        description="Make one client of two or more who are the same person, all at once. It can be undone for 30 days.",
    )
    async def merge_clients(
        self, info: Info, input: Annotated[MergeClientsInput, strawberry.argument(description="Who, and whose values win.")]
    ) -> MergeClientsResult:
        """One transaction."""
        kept, *merged = ((ids.decode(one.id, "Client"), one.version) for one in (input.kept, *input.merged))
        asked = service.Asked(kept, tuple(merged), _choices(input.choices))
        async with info.context.unit_of_work() as uow:
            return ClientsMerged(number=await service.merge(uow, asked, key=input.idempotency_key))

    @mutation(
        Permission.CLIENTS_MERGE,
        description="Take a merge back: everybody gets their own again. What the kept client got since stays with that one.",
    )
    async def undo_merge(
        self, info: Info, input: Annotated[UndoMergeInput, strawberry.argument(description="Which one.")]
    ) -> UndoMergeResult:
        """One transaction."""
        merge_id = ids.decode(input.merge_id, "ClientMerge")
        async with info.context.unit_of_work() as uow:
            return MergeUndone(number=await undo.undo(uow, merge_id))


async def _merges(reader: ReadSession, _context: Context, client_ids: list[int]) -> Mapping[int, list[ClientMerge]]:
    found: dict[int, list[ClientMerge]] = defaultdict(list)
    for row in await queries.merges_of(reader, client_ids):
        found[row.kept_id].append(ClientMerge.of(row))
    return found


async def _merged_into(reader: ReadSession, _context: Context, client_ids: list[int]) -> Mapping[int, int]:
    return await queries.merged_into(reader, client_ids)


UPWARD["merges_of_client"] = _merges
UPWARD["merged_into_of_client"] = _merged_into
