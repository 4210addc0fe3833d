"""Root fields of one client. The list of them is the table's."""

from typing import Annotated

import strawberry

from backend.accounts.permissions import Permission
from backend.clients.graphql.types import Client, clients_by_id
from backend.errors import NotFound
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import query


@strawberry.type
class ClientQuery:
    """Root fields."""

    @query(Permission.CLIENTS_READ, description="One client, archived or not; null when there is none with this id.")
    async def client(self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The client's id.")]) -> Client | None:
        """By id."""
        try:
            number = ids.decode(id, "Client")
        except NotFound:
            return None
        found: Client | None = await info.context.load(clients_by_id, number)
        return found
