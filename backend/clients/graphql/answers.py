"""What changing a client answers: the client as it is now, or a problem."""

from typing import Annotated, Any, TypeAlias

import strawberry

from backend.clients.graphql.types import Client, clients_by_id
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, NotAllowed, NotFound, ValidationProblem


@strawberry.type(description="It is saved.")
class ClientSaved:
    """The client, read when it is asked for, and what exactly was changed."""

    number: strawberry.Private[int]
    changed_id: strawberry.ID = strawberry.field(
        description="What was made, changed or removed: the client, or its contact method, note or consent."
    )
    changed_version: int | None = strawberry.field(
        description="The version of that, 1 where it is new, to change it again or take it back; null for what has none."
    )

    @strawberry.field(description="The client as it is now.")
    async def client(self, info: Info) -> Client:
        """One statement, after the commit."""
        found: Client = await info.context.load(clients_by_id, self.number)
        return found

    @classmethod
    def of(cls, client_id: int, version: int | None = None, *, kind: str = "Client", number: int | None = None) -> "ClientSaved":
        """For a client, or for the thing of it that is named."""
        return cls(number=client_id, changed_id=ids.encode(kind, number or client_id), changed_version=version)


Saved: TypeAlias = ClientSaved | ValidationProblem | Conflict | NotFound | NotAllowed


def _answer(name: str) -> Any:
    return strawberry.union(name, description="The client as it is now, or why nothing was changed.")


CreateClientResult = Annotated[Saved, _answer("CreateClientResult")]
UpdateClientResult = Annotated[Saved, _answer("UpdateClientResult")]
ArchiveClientResult = Annotated[Saved, _answer("ArchiveClientResult")]
RestoreClientResult = Annotated[Saved, _answer("RestoreClientResult")]
NewMemberCodeResult = Annotated[Saved, _answer("NewMemberCodeResult")]
AddContactMethodResult = Annotated[Saved, _answer("AddContactMethodResult")]
UpdateContactMethodResult = Annotated[Saved, _answer("UpdateContactMethodResult")]
RemoveContactMethodResult = Annotated[Saved, _answer("RemoveContactMethodResult")]
RestoreContactMethodResult = Annotated[Saved, _answer("RestoreContactMethodResult")]
RecordConsentResult = Annotated[Saved, _answer("RecordConsentResult")]
AddNoteResult = Annotated[Saved, _answer("AddNoteResult")]
UpdateNoteResult = Annotated[Saved, _answer("UpdateNoteResult")]
DeleteNoteResult = Annotated[Saved, _answer("DeleteNoteResult")]
RestoreNoteResult = Annotated[Saved, _answer("RestoreNoteResult")]
ChangeClientTagsResult = Annotated[Saved, _answer("ChangeClientTagsResult")]
