"""Types of tiers, memberships, authorizations and what may still be used of them."""

from datetime import date, datetime
from typing import cast

import strawberry

from backend.clients.graphql import Client, clients_by_id
from backend.clients.standing import StandingSource
from backend.db import AnyRow
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.relay import Node
from backend.memberships import periods
from backend.memberships.graphql import batches
from backend.memberships.graphql.enums import AuthorizationUnit, CapWindow, CheckInPolicy
from backend.memberships.queries import Use


@strawberry.type(description="An amount of money, for display.")
class Price:
    """In the smallest unit of the centre's currency."""

    cents: int = strawberry.field(description="In hundredths of the currency.")
    currency: str = strawberry.field(description="The centre's currency, such as USD.")


@strawberry.type(description="What can be bought.")
class MembershipTier(Node):
    """A tier."""

    number: strawberry.Private[int]
    name: str = strawberry.field(description="Its name.")
    code: str = strawberry.field(description="Short and unique.")
    period_months: int | None = strawberry.field(description="How many months a membership lasts; null where it is counted in days.")
    period_days: int | None = strawberry.field(
        description="How many days a membership lasts. With neither months nor days its end is given by hand."
    )
    visit_cap: int | None = strawberry.field(description="How many visits it covers; null for any number.")
    cap_window: CapWindow = strawberry.field(description="What the cap counts.")
    price_cents: int | None = strawberry.field(description="Its price in hundredths of the centre's currency; see `price`.")
    policy: CheckInPolicy = strawberry.field(description="What happens at check-in when it has run out.")
    colour: str = strawberry.field(description="slate, red, orange, amber, green, teal, blue, violet or pink.")
    description: str | None = strawberry.field(description="What it is, for staff.")
    sentence_en: str | None = strawberry.field(
        description="What is said in English where the policy applies, instead of the built-in words."
    )
    sentence_es: str | None = strawberry.field(description="The same in Spanish.")
    is_default: bool = strawberry.field(description="Whether its policy holds for clients without a membership. Exactly one tier is it.")
    retired: bool = strawberry.field(description="Whether it is no longer sold. Memberships that have it keep it.")
    retired_at: datetime | None = strawberry.field(description="When it was retired.")
    version: int = strawberry.field(description="Grows with every change; updates give the one they read.")

    @classmethod
    def of(cls, row: AnyRow) -> "MembershipTier":
        """From a row with the columns `queries.TIER`."""
        return cls(
            id=ids.encode("MembershipTier", row.tier_id),
            number=row.tier_id,
            name=row.tier_name,
            code=row.code,
            period_months=row.period_months,
            period_days=row.period_days,
            visit_cap=row.visit_cap,
            cap_window=row.cap_window,
            price_cents=row.price_cents,
            policy=row.policy,
            colour=row.colour,
            description=row.description,
            sentence_en=row.sentence_en,
            sentence_es=row.sentence_es,
            is_default=row.is_default,
            retired=row.retired_at is not None,
            retired_at=row.retired_at,
            version=row.tier_version,
        )

    @strawberry.field(description="Its price with the currency; null where none is shown.")
    async def price(self, info: Info) -> Price | None:
        """One statement for any number of tiers."""
        if self.price_cents is None:
            return None
        return Price(cents=self.price_cents, currency=await info.context.load(batches.currency, None))

    @strawberry.field(description="How many memberships of it cover today.")
    async def running_memberships(self, info: Info) -> int:
        """Loaded in one batch for all tiers."""
        return await info.context.load(batches.running_by_tier, self.number) or 0


@strawberry.type(description="From the first to the last day, both included.")
class Period:
    """Days."""

    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="Last day, included.")

    @classmethod
    def of(cls, period: periods.Period) -> "Period":
        """From the plain one."""
        return cls(starts_on=period.starts_on, ends_on=period.ends_on)


@strawberry.type(description="What may be used of a membership or an authorization in the window in which its cap counts, and what was.")
class Allowance:
    """One window of one holding."""

    source: StandingSource = strawberry.field(description="Whether it is a membership's or an authorization's.")
    holding_id: strawberry.ID = strawberry.field(description="The membership's or the authorization's id.")
    tier_name: str | None = strawberry.field(description="The membership's tier.")
    unit: AuthorizationUnit = strawberry.field(description="What is counted. Hours count once they are checked out.")
    allowed: int | None = strawberry.field(description="How many; null where there is no cap.")
    used: float | None = strawberry.field(
        description="How many were used, voided visits left out; null where there is no cap. May exceed `allowed`."
    )
    left: float | None = strawberry.field(description="How many are left, never below 0; null where there is no cap.")
    starts_on: date = strawberry.field(description="First day of the window.")
    ends_on: date = strawberry.field(description="Last day of the window, included.")

    @classmethod
    def of(cls, use: Use) -> "Allowance":
        """From what was counted."""
        kind = "Membership" if use.source is StandingSource.MEMBERSHIP else "Authorization"
        return cls(
            source=use.source,
            holding_id=ids.encode(kind, use.holding_id),
            tier_name=use.tier_name,
            unit=use.unit,
            allowed=use.allowed,
            used=use.used,
            left=use.left,
            starts_on=use.starts_on,
            ends_on=use.ends_on,
        )


@strawberry.interface(description="What a client holds for a time: a membership or an authorization, with its days and what is used of it.")
class Holding(Node):
    """The parts that both kinds have."""

    key: strawberry.Private[batches.HoldingKey]
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="Last day, included.")
    note: str | None = strawberry.field(description="A remark for staff.")
    end_reason: str | None = strawberry.field(description="Why it was ended before its time, where it was.")
    created_at: datetime = strawberry.field(description="When it was put on file.")
    version: int = strawberry.field(description="Grows with every change; updates give the one they read.")
    renewal: Period = strawberry.field(
        description="The days that a renewal would have: from the day after the last day, or from today where that has passed."
    )

    @strawberry.field(description="Whose it is.")
    async def client(self, info: Info) -> Client:
        """Loaded in one batch for all holdings."""
        return cast("Client", await info.context.load(clients_by_id, self.key.client_number))

    @strawberry.field(
        description="What follows it already, perhaps after a gap: renewing it makes nothing then. For an authorization, for its service."
    )
    async def followed_by(self, info: Info) -> Period | None:
        """Loaded in one batch for all holdings."""
        found: periods.Period | None = await info.context.load(batches.followers, self.key)
        return Period.of(found) if found else None

    async def _use(self, info: Info) -> Use:
        return cast("Use", await info.context.load(batches.uses, self.key))

    @strawberry.field(
        description="How many visits or units it allows in the window that counts today, or nearest to today; null without a cap."
    )
    async def allowed(self, info: Info) -> int | None:
        """Loaded in one batch for all holdings."""
        return (await self._use(info)).allowed

    @strawberry.field(description="How many of them were used; null without a cap.")
    async def used(self, info: Info) -> float | None:
        """Loaded in one batch for all holdings."""
        return (await self._use(info)).used

    @strawberry.field(description="How many of them are left, never below 0; null without a cap.")
    async def left(self, info: Info) -> float | None:
        """Loaded in one batch for all holdings."""
        return (await self._use(info)).left


@strawberry.type(description="A client on a tier, from the first to the last day, both included.")
class Membership(Holding):
    """A membership."""

    tier: MembershipTier = strawberry.field(description="The tier.")


@strawberry.type(description="A funded purchase of service (POS), from the first to the last day, both included.")
class Authorization(Holding):
    """An authorization."""

    uci_number: str | None = strawberry.field(description="The client's number at the regional centre; null where it is not known.")
    authorization_number: str | None = strawberry.field(description="The number of the authorization.")
    vendor_number: str | None = strawberry.field(description="The centre's number as a vendor.")
    service_code: str | None = strawberry.field(description="The code of the service that is paid.")
    service_subcode: str | None = strawberry.field(description="Its subcode.")
    service_coordinator: str | None = strawberry.field(description="Whom to call.")
    service_coordinator_phone: str | None = strawberry.field(description="Their phone number, in E.164.")
    units_per_month: int | None = strawberry.field(description="Authorised units a month, where that is known.")
    unit: AuthorizationUnit = strawberry.field(description="What a unit is.")
