"""Root fields that change clients: translate, authorise, delegate. Putting one on file is in `memberships`, for what may come along."""

from typing import Annotated

import strawberry

from backend.accounts.permissions import Permission
from backend.clients.graphql.answers import (
    ArchiveClientResult,
    ClientSaved,
    NewMemberCodeResult,
    RestoreClientResult,
    UpdateClientResult,
)
from backend.clients.graphql.inputs import ClientVersionInput, UpdateClientInput, given
from backend.clients.service import people
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import mutation

_WHICH = "Which client, at which version."
_ClientVersion = Annotated[ClientVersionInput, strawberry.argument(description=_WHICH)]


@strawberry.type
class ClientMutation:
    """Root fields."""

    @mutation(Permission.CLIENTS_WRITE, description="Change what is known about a client; the fields that are given and no others.")
    async def update_client(
        self, info: Info, input: Annotated[UpdateClientInput, strawberry.argument(description="What to change.")]
    ) -> UpdateClientResult:
        """One transaction."""
        client_id = ids.decode(input.id, "Client")
        today = info.context.today()
        async with info.context.unit_of_work() as uow:
            return ClientSaved.of(client_id, await people.change(uow, client_id, input.version, given(input), today=today))

    @mutation(Permission.CLIENTS_ARCHIVE, description="Hide a client from lists and from checking in. Nothing is lost.")
    async def archive_client(self, info: Info, input: _ClientVersion) -> ArchiveClientResult:
        """One transaction."""
        client_id = ids.decode(input.id, "Client")
        async with info.context.unit_of_work() as uow:
            return ClientSaved.of(client_id, await people.archive(uow, client_id, input.version))

    @mutation(Permission.CLIENTS_ARCHIVE, description="Take a client out of the archive.")
    async def restore_client(self, info: Info, input: _ClientVersion) -> RestoreClientResult:
        """One transaction."""
        client_id = ids.decode(input.id, "Client")
        async with info.context.unit_of_work() as uow:
            return ClientSaved.of(client_id, await people.restore(uow, client_id, input.version))

    @mutation(Permission.CLIENTS_WRITE, description="Give a client a new member code, for a lost card. The old one finds nobody any more.")
    async def new_member_code(self, info: Info, input: _ClientVersion) -> NewMemberCodeResult:
        """One transaction."""
        client_id = ids.decode(input.id, "Client")
        async with info.context.unit_of_work() as uow:
            return ClientSaved.of(client_id, await people.new_member_code(uow, client_id, input.version))
