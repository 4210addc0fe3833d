"""Notes: what changes them over GraphQL."""

from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import Maybe

from backend.accounts.permissions import Permission
from backend.clients.graphql.answers import AddNoteResult, ClientSaved, DeleteNoteResult, RestoreNoteResult, UpdateNoteResult
from backend.clients.graphql.inputs import KEY, VERSION, given
from backend.clients.service import notes
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import mutation

_KIND = "Note"


@strawberry.input(description="A remark about a client.")
class AddNoteInput:
    """A new note."""

    client_id: strawberry.ID = strawberry.field(description="About whom.")
    body: str | None = strawberry.field(description="Plain text, at most 10,000 characters.")
    pinned: bool = strawberry.field(description="Whether it shows as an alert at check-in.", default=False)
    idempotency_key: UUID | None = strawberry.field(description=KEY, default=None)


@strawberry.input(description="What to change about a note: an absent field stays.")
class UpdateNoteInput:
    """A change."""

    id: strawberry.ID = strawberry.field(description="Which note.")
    version: int = strawberry.field(description=VERSION)
    body: Maybe[str | None] = strawberry.field(description="Another text. It can't be cleared: delete the note instead.")
    pinned: Maybe[bool | None] = strawberry.field(description="Whether it shows as an alert at check-in.")


@strawberry.input(description="A note at the version that you read.")
class NoteVersionInput:
    """Which note."""

    id: strawberry.ID = strawberry.field(description="Which note.")
    version: int = strawberry.field(description=VERSION)


_NoteVersion = Annotated[NoteVersionInput, strawberry.argument(description="Which note, at which version.")]


@strawberry.type
class NoteMutation:
    """Root fields."""

    @mutation(Permission.CLIENTS_WRITE, description="Write a note about a client.")
    async def add_note(
        self, info: Info, input: Annotated[AddNoteInput, strawberry.argument(description="What to write.")]
    ) -> AddNoteResult:
        """One transaction."""
        client_id = ids.decode(input.client_id, "Client")
        async with info.context.unit_of_work() as uow:
            number = await notes.add(uow, client_id, input.body, pinned=input.pinned, key=input.idempotency_key)
        return ClientSaved.of(client_id, 1, kind=_KIND, number=number)

    @mutation(Permission.CLIENTS_WRITE, description="Change a note's text, or pin it. Who changed the text is shown with it.")
    async def update_note(
        self, info: Info, input: Annotated[UpdateNoteInput, strawberry.argument(description="What to change.")]
    ) -> UpdateNoteResult:
        """One transaction."""
        number = ids.decode(input.id, _KIND)
        async with info.context.unit_of_work() as uow:
            client_id, version = await notes.change(uow, number, input.version, given(input))
        return ClientSaved.of(client_id, version, kind=_KIND, number=number)

    @mutation(Permission.CLIENTS_WRITE, description="Put a note out of sight. `changedId` and `changedVersion` bring it back.")
    async def delete_note(self, info: Info, input: _NoteVersion) -> DeleteNoteResult:
        """One transaction."""
        number = ids.decode(input.id, _KIND)
        async with info.context.unit_of_work() as uow:
            client_id, version = await notes.delete(uow, number, input.version)
        return ClientSaved.of(client_id, version, kind=_KIND, number=number)

    @mutation(Permission.CLIENTS_WRITE, description="Bring a deleted note back.")
    async def restore_note(self, info: Info, input: _NoteVersion) -> RestoreNoteResult:
        """One transaction."""
        number = ids.decode(input.id, _KIND)
        async with info.context.unit_of_work() as uow:
            client_id, version = await notes.restore(uow, number, input.version)
        return ClientSaved.of(client_id, version, kind=_KIND, number=number)
