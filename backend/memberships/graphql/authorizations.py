"""Root fields of authorizations."""

from typing import Annotated

import strawberry

from backend.accounts.permissions import Permission
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import mutation
from backend.memberships import service
from backend.memberships.graphql.given import given
from backend.memberships.graphql.inputs import (
    AddAuthorizationInput,
    EndInput,
    ExtendInput,
    PutBackInput,
    RemoveInput,
    RenewAuthorizationInput,
    UpdateAuthorizationInput,
)
from backend.memberships.graphql.results import AuthorizationResult, AuthorizationSaved, HoldingRemoved, RemoveHoldingResult
from backend.memberships.service import AUTHORIZATION

_WHICH = "Which, and what."


@strawberry.type
class AuthorizationMutation:
    """Root fields: one transaction each."""

    @mutation(Permission.MEMBERSHIPS_WRITE, description="Put a client's authorization on file.")
    async def add_authorization(
        self, info: Info, input: Annotated[AddAuthorizationInput, strawberry.argument(description="What.")]
    ) -> AuthorizationResult:
        """One of the same service may not share days with it, unless that is allowed."""
        values = given(input, without=("client_id", "allow_overlap", "idempotency_key"))
        async with info.context.unit_of_work() as uow:
            saved = await service.add_authorization(
                uow,
                client_id=ids.decode(input.client_id, "Client"),
                values=values,
                allow_overlap=input.allow_overlap,
                today=info.context.today(),
                key=input.idempotency_key,
            )
        return AuthorizationSaved.of(saved)

    @mutation(Permission.MEMBERSHIPS_WRITE, description="Correct an authorization.")
    async def update_authorization(
        self, info: Info, input: Annotated[UpdateAuthorizationInput, strawberry.argument(description=_WHICH)]
    ) -> AuthorizationResult:
        """What is absent stays."""
        values = given(input, without=("id", "version", "allow_overlap"))
        number = ids.decode(input.id, "Authorization")
        today = info.context.today()
        async with info.context.unit_of_work() as uow:
            saved = await service.update_authorization(
                uow, number, version=input.version, values=values, allow_overlap=input.allow_overlap, today=today
            )
        return AuthorizationSaved.of(saved)

    @mutation(
        Permission.MEMBERSHIPS_WRITE,
        description="Renew an authorization: the new one begins the day after it ends, or today where that has passed, and lasts as long.",
    )
    async def renew_authorization(
        self, info: Info, input: Annotated[RenewAuthorizationInput, strawberry.argument(description=_WHICH)]
    ) -> AuthorizationResult:
        """Two at once make one."""
        values = given(input, without=("id", "allow_overlap", "idempotency_key"))
        async with info.context.unit_of_work() as uow:
            saved = await service.renew_authorization(
                uow,
                ids.decode(input.id, "Authorization"),
                values=values,
                allow_overlap=input.allow_overlap,
                today=info.context.today(),
                key=input.idempotency_key,
            )
        return AuthorizationSaved.of(saved)

    @mutation(Permission.MEMBERSHIPS_WRITE, description="Let an authorization last longer.")
    async def extend_authorization(
        self, info: Info, input: Annotated[ExtendInput, strawberry.argument(description=_WHICH)]
    ) -> AuthorizationResult:
        """A reason for its early end is taken off."""
        number = ids.decode(input.id, "Authorization")
        today = info.context.today()
        async with info.context.unit_of_work() as uow:
            saved = await service.extend(
                uow, AUTHORIZATION, number, version=input.version, ends_on=input.ends_on, allow_overlap=input.allow_overlap, today=today
            )
        return AuthorizationSaved.of(saved)

    @mutation(Permission.MEMBERSHIPS_WRITE, description="End an authorization before its time, with a reason.")
    async def end_authorization(
        self, info: Info, input: Annotated[EndInput, strawberry.argument(description=_WHICH)]
    ) -> AuthorizationResult:
        """Today is the last day unless another one is given."""
        number = ids.decode(input.id, "Authorization")
        day = input.ends_on or info.context.today()
        async with info.context.unit_of_work() as uow:
            saved = await service.end(uow, AUTHORIZATION, number, version=input.version, ends_on=day, reason=input.reason)
        return AuthorizationSaved.of(saved)

    @mutation(Permission.MEMBERSHIPS_WRITE, description="Remove an authorization that was a mistake. The audit log keeps all of it.")
    async def remove_authorization(
        self, info: Info, input: Annotated[RemoveInput, strawberry.argument(description=_WHICH)]
    ) -> RemoveHoldingResult:
        """A hard delete."""
        number = ids.decode(input.id, "Authorization")
        async with info.context.unit_of_work() as uow:
            client_id = await service.remove(uow, AUTHORIZATION, number, version=input.version)
        return HoldingRemoved(id=input.id, client_number=client_id)

    @mutation(Permission.MEMBERSHIPS_WRITE, description="Put a removed authorization back, as it was. A second time changes nothing.")
    async def put_authorization_back(
        self, info: Info, input: Annotated[PutBackInput, strawberry.argument(description=_WHICH)]
    ) -> AuthorizationResult:
        """From the audit log."""
        number = ids.decode(input.id, "Authorization")
        async with info.context.unit_of_work() as uow:
            saved = await service.put_back(uow, AUTHORIZATION, number)
        return AuthorizationSaved.of(saved)
