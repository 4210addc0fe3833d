"""Erasing over GraphQL."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, cast

import strawberry
from sqlalchemy import select

from backend.accounts.permissions import Permission
from backend.clients.erasure import JOURNAL, ErasureReason, erase_on_request
from backend.clients.graphql.types import Client, clients_by_id
from backend.clients.models import Erasure as ErasureRow
from backend.db import ReadSession, among
from backend.graphql import ids
from backend.graphql.context import UPWARD, Context, Info
from backend.graphql.errors import Conflict, NotAllowed, NotFound, ValidationProblem
from backend.graphql.fields import mutation

strawberry.enum(ErasureReason, description="Why somebody is erased.")


@strawberry.type(description="A privacy request that was carried out. The certificate is a download of its own.")
class Erasure:
    """When, why, by whom."""

    erased_at: datetime = strawberry.field(description="When.")
    reason: str = strawberry.field(description="An ErasureReason, or a sentence where an operator did it.")
    by_name: str = strawberry.field(description="Who did it.")
    has_certificate: bool = strawberry.field(description="Whether there is a certificate; those carried out by older versions have none.")


@strawberry.input(description="Whom to erase. There is no way back.")
class EraseClientInput:
    """A request."""

    id: strawberry.ID = strawberry.field(description="The client.")
    name: str = strawberry.field(description="First and last name, typed to confirm it. Case, accents and blanks don't count.")
    reason: ErasureReason = strawberry.field(description="Why.")


@strawberry.type(description="The person is erased. Visits, periods and authorizations stay under a pseudonym, as the law wants.")
class ClientErased:
    """Done."""

    number: strawberry.Private[int]

    @strawberry.field(description="What is left: a pseudonym, and in `erasure` when and why.")
    async def client(self, info: Info) -> Client:
        """One statement, after the commit."""
        return cast("Client", await info.context.load(clients_by_id, self.number))


EraseClientResult = Annotated[
    ClientErased | ValidationProblem | Conflict | NotFound | NotAllowed,
    strawberry.union("EraseClientResult", description="Erased, or why not; then nothing was changed."),
]


@strawberry.type
class ErasureMutation:
    """Root fields."""

    @mutation(
        Permission.CLIENTS_ERASE,
        description="Erase a person: their data is gone everywhere, for good. What has been paid for stays, under a pseudonym.",
    )
    async def erase_client(
        self, info: Info, input: Annotated[EraseClientInput, strawberry.argument(description="Whom.")]
    ) -> EraseClientResult:
        """One transaction."""
        client_id = ids.decode(input.id, "Client")
        journal = info.context.settings.config_folder / JOURNAL
        async with info.context.unit_of_work() as uow:
            await erase_on_request(uow, client_id, typed_name=input.name, reason=input.reason, journal=journal)
        return ClientErased(number=client_id)


async def _erasures(reader: ReadSession, _context: Context, client_ids: list[int]) -> Mapping[int, Erasure]:
    columns = (
        ErasureRow.client_id,
        ErasureRow.erased_at,
        ErasureRow.reason,
        ErasureRow.actor_label,
        ErasureRow.certificate.is_not(None).label("certified"),
    )
    return {
        row.client_id: Erasure(erased_at=row.erased_at, reason=row.reason, by_name=row.actor_label, has_certificate=row.certified)
        for row in await reader.rows(select(*columns).where(among(ErasureRow.client_id, client_ids)))
    }


UPWARD["erasure_of_client"] = _erasures
