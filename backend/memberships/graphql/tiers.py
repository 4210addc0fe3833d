"""Root fields of tiers."""

from typing import Annotated

import strawberry

from backend.accounts.permissions import Permission
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import mutation, query
from backend.memberships import queries, service
from backend.memberships.graphql.given import given
from backend.memberships.graphql.holdings import tiers_by_id
from backend.memberships.graphql.inputs import CreateTierInput, TierVersionInput, UpdateTierInput
from backend.memberships.graphql.results import TierResult, TierSaved
from backend.memberships.graphql.types import MembershipTier


async def _saved(info: Info, number: int) -> TierSaved:
    return TierSaved(tier=await info.context.load(tiers_by_id, number))


async def _set_retired(info: Info, tier: TierVersionInput, *, retired: bool) -> TierSaved:
    number = ids.decode(tier.id, "MembershipTier")
    async with info.context.unit_of_work() as uow:
        await service.set_retired(uow, number, version=tier.version, retired=retired)
    return await _saved(info, number)


@strawberry.type
class TierQuery:
    """Root fields."""

    @query(Permission.MEMBERSHIPS_READ, description="What can be bought, by name; the retired ones, where they are asked for, at the end.")
    async def membership_tiers(
        self,
        info: Info,
        include_retired: Annotated[bool, strawberry.argument(description="True: those that are no longer sold, too.")] = False,
    ) -> list[MembershipTier]:
        """One statement."""
        return [MembershipTier.of(row) for row in await queries.tiers(info.context.reader, include_retired=include_retired)]


@strawberry.type
class TierMutation:
    """Root fields."""

    @mutation(Permission.TIERS_WRITE, description="Offer a new tier.")
    async def create_tier(
        self, info: Info, input: Annotated[CreateTierInput, strawberry.argument(description="What can be bought.")]
    ) -> TierResult:
        """One transaction."""
        values = given(input, without=("idempotency_key",))
        async with info.context.unit_of_work() as uow:
            number = await service.create_tier(uow, values, key=input.idempotency_key)
        return await _saved(info, number)

    @mutation(
        Permission.TIERS_WRITE, description="Change a tier. Memberships that exist keep their days; caps, policy and words hold at once."
    )
    async def update_tier(
        self, info: Info, input: Annotated[UpdateTierInput, strawberry.argument(description="Which tier, and what of it.")]
    ) -> TierResult:
        """One transaction."""
        number = ids.decode(input.id, "MembershipTier")
        async with info.context.unit_of_work() as uow:
            await service.update_tier(uow, number, version=input.version, values=given(input, without=("id", "version")))
        return await _saved(info, number)

    @mutation(
        Permission.TIERS_WRITE, description="Sell a tier no longer. Memberships that have it keep it. The default tier can't be retired."
    )
    async def retire_tier(
        self, info: Info, input: Annotated[TierVersionInput, strawberry.argument(description="Which tier.")]
    ) -> TierResult:
        """One transaction."""
        return await _set_retired(info, input, retired=True)

    @mutation(Permission.TIERS_WRITE, description="Sell a retired tier again.")
    async def unretire_tier(
        self, info: Info, input: Annotated[TierVersionInput, strawberry.argument(description="Which tier.")]
    ) -> TierResult:
        """One transaction."""
        return await _set_retired(info, input, retired=False)
