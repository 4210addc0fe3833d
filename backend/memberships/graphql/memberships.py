"""Root fields of memberships."""

from typing import Annotated

import strawberry

from backend.accounts.permissions import Permission
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import mutation
from backend.memberships import service
from backend.memberships.graphql.given import given
from backend.memberships.graphql.inputs import (
    AddMembershipInput,
    EndInput,
    ExtendInput,
    PutBackInput,
    RemoveInput,
    RenewMembershipInput,
    UpdateMembershipInput,
)
from backend.memberships.graphql.results import HoldingRemoved, MembershipResult, MembershipSaved, RemoveHoldingResult
from backend.memberships.service import MEMBERSHIP

_WHICH = "Which, and what."


@strawberry.type
class MembershipMutation:
    """Root fields: one transaction each."""

    @mutation(Permission.MEMBERSHIPS_WRITE, description="Give a client a membership.")
    async def add_membership(
        self, info: Info, input: Annotated[AddMembershipInput, strawberry.argument(description="What.")]
    ) -> MembershipResult:
        """Its end comes from the tier unless it is given."""
        async with info.context.unit_of_work() as uow:
            saved = await service.add_membership(
                uow,
                client_id=ids.decode(input.client_id, "Client"),
                tier_id=ids.decode(input.tier_id, "MembershipTier"),
                starts_on=input.starts_on,
                ends_on=input.ends_on,
                note=input.note,
                allow_overlap=input.allow_overlap,
                today=info.context.today(),
                key=input.idempotency_key,
            )
        return MembershipSaved.of(saved)

    @mutation(Permission.MEMBERSHIPS_WRITE, description="Correct a membership.")
    async def update_membership(
        self, info: Info, input: Annotated[UpdateMembershipInput, strawberry.argument(description=_WHICH)]
    ) -> MembershipResult:
        """What is absent stays."""
        values = given(input, without=("id", "version", "allow_overlap"))
        if "tier_id" in values:
            values["tier_id"] = ids.decode(values["tier_id"], "MembershipTier")
        number = ids.decode(input.id, "Membership")
        today = info.context.today()
        async with info.context.unit_of_work() as uow:
            saved = await service.update_membership(
                uow, number, version=input.version, values=values, allow_overlap=input.allow_overlap, today=today
            )
        return MembershipSaved.of(saved)

    @mutation(
        Permission.MEMBERSHIPS_WRITE,
        description="Renew a membership: the new one begins the day after it ends, or today where that has passed.",
    )
    async def renew_membership(
        self, info: Info, input: Annotated[RenewMembershipInput, strawberry.argument(description=_WHICH)]
    ) -> MembershipResult:
        """Two at once make one."""
        async with info.context.unit_of_work() as uow:
            saved = await service.renew_membership(
                uow,
                ids.decode(input.id, "Membership"),
                tier_id=ids.decode(input.tier_id, "MembershipTier") if input.tier_id else None,
                starts_on=input.starts_on,
                ends_on=input.ends_on,
                note=input.note,
                allow_overlap=input.allow_overlap,
                today=info.context.today(),
                key=input.idempotency_key,
            )
        return MembershipSaved.of(saved)

    @mutation(Permission.MEMBERSHIPS_WRITE, description="Let a membership last longer.")
    async def extend_membership(
        self, info: Info, input: Annotated[ExtendInput, strawberry.argument(description=_WHICH)]
    ) -> MembershipResult:
        """A reason for its early end is taken off."""
        number = ids.decode(input.id, "Membership")
        today = info.context.today()
        async with info.context.unit_of_work() as uow:
            saved = await service.extend(
                uow, MEMBERSHIP, number, version=input.version, ends_on=input.ends_on, allow_overlap=input.allow_overlap, today=today
            )
        return MembershipSaved.of(saved)

    @mutation(Permission.MEMBERSHIPS_WRITE, description="End a membership before its time, with a reason.")
    async def end_membership(self, info: Info, input: Annotated[EndInput, strawberry.argument(description=_WHICH)]) -> MembershipResult:
        """Today is the last day unless another one is given."""
        number = ids.decode(input.id, "Membership")
        day = input.ends_on or info.context.today()
        async with info.context.unit_of_work() as uow:
            saved = await service.end(uow, MEMBERSHIP, number, version=input.version, ends_on=day, reason=input.reason)
        return MembershipSaved.of(saved)

    @mutation(Permission.MEMBERSHIPS_WRITE, description="Remove a membership that was a mistake. The audit log keeps all of it.")
    async def remove_membership(
        self, info: Info, input: Annotated[RemoveInput, strawberry.argument(description=_WHICH)]
    ) -> RemoveHoldingResult:
        """A hard delete."""
        number = ids.decode(input.id, "Membership")
        async with info.context.unit_of_work() as uow:
            client_id = await service.remove(uow, MEMBERSHIP, number, version=input.version)
        return HoldingRemoved(id=input.id, client_number=client_id)

    @mutation(Permission.MEMBERSHIPS_WRITE, description="Put a removed membership back, as it was. A second time changes nothing.")
    async def put_membership_back(
        self, info: Info, input: Annotated[PutBackInput, strawberry.argument(description=_WHICH)]
    ) -> MembershipResult:
        """From the audit log."""
        number = ids.decode(input.id, "Membership")
        async with info.context.unit_of_work() as uow:
            saved = await service.put_back(uow, MEMBERSHIP, number)
        return MembershipSaved.of(saved)
