"""Who may be the person that is being typed in, over GraphQL."""

from datetime import date
from typing import Annotated, cast

import strawberry

from backend.accounts.permissions import Permission
from backend.clients import similar
from backend.clients.graphql.types import Client, clients_by_id
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import query

strawberry.enum(similar.SimilarReason, description="Why somebody may be the same person, the surest first.")


@strawberry.input(description="What was typed so far. Anything may be absent, half written or wrong: it then finds nobody.")
class SimilarClientsInput:
    """A form."""

    first_name: str | None = strawberry.field(description="Given name.", default=None)
    last_name: str | None = strawberry.field(description="Family name.", default=None)
    date_of_birth: date | None = strawberry.field(description="Date of birth.", default=None)
    phone: str | None = strawberry.field(description="A phone, as it was typed.", default=None)
    email: str | None = strawberry.field(description="An email address, as it was typed.", default=None)
    uci_number: str | None = strawberry.field(description="The number at the regional centre.", default=None)
    except_id: strawberry.ID | None = strawberry.field(description="A client who is not to be named: the one that is edited.", default=None)


@strawberry.type(description="Somebody on file who may be the person that is being typed in.")
class SimilarClient:
    """A client and why."""

    number: strawberry.Private[int]
    reasons: list[similar.SimilarReason] = strawberry.field(description="Why, the surest first.")

    @strawberry.field(description="The client, archived or not.")
    async def client(self, info: Info) -> Client:
        """Loaded in one batch."""
        return cast("Client", await info.context.load(clients_by_id, self.number))


@strawberry.type
class SimilarQuery:
    """Root fields."""

    @query(Permission.CLIENTS_READ, description="At most ten clients who may be the person that is being typed in, the likeliest first.")
    async def similar_clients(
        self, info: Info, input: Annotated[SimilarClientsInput, strawberry.argument(description="What was typed so far.")]
    ) -> list[SimilarClient]:
        """One statement, one more for the clients."""
        typed = similar.Typed(
            first_name=input.first_name or "",
            last_name=input.last_name or "",
            date_of_birth=input.date_of_birth,
            phone=input.phone or "",
            email=input.email or "",
            uci_number=input.uci_number or "",
            except_id=ids.decode(input.except_id, "Client") if input.except_id else None,
        )
        found = await similar.similar_clients(info.context.reader, typed)
        return [SimilarClient(number=number, reasons=reasons) for number, reasons in found]
