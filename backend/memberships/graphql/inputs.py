"""What mutations of tiers, memberships and authorizations take."""

from datetime import date
from uuid import UUID

import strawberry

from backend.memberships.graphql.enums import AuthorizationUnit, CapWindow, CheckInPolicy

_KEY = "A new UUID for each intention; give the same one when you try again, and it is done once."
_VERSION = "The version that was read."
_OVERLAP = "True: it may share days with another one of this client."
_CLEARS = "Absent: stays as it is. Null or empty: cleared."
_STAYS = "Absent: stays as it is."


@strawberry.input(description="A new tier.")
class CreateTierInput:
    """What can be bought from now on."""

    name: str = strawberry.field(description="Its name; at most 120 characters.")
    code: str = strawberry.field(description="Short and unique in any case: letters, digits and hyphens, at most 40.")
    period_months: int | None = strawberry.field(default=None, description="How many months a membership lasts, 1 to 120.")
    period_days: int | None = strawberry.field(
        default=None, description="Or how many days, 1 to 3,660. With neither, the end is given by hand."
    )
    visit_cap: int | None = strawberry.field(default=None, description="How many visits it covers, 1 to 10,000; null for any number.")
    cap_window: CapWindow = strawberry.field(default=CapWindow.MEMBERSHIP, description="What the cap counts.")
    price_cents: int | None = strawberry.field(default=None, description="Its price in hundredths of the centre's currency, for display.")
    policy: CheckInPolicy = strawberry.field(default=CheckInPolicy.REMIND, description="What happens at check-in when it has run out.")
    colour: str = strawberry.field(default="slate", description="slate, red, orange, amber, green, teal, blue, violet or pink.")
    description: str | None = strawberry.field(default=None, description="What it is, for staff; at most 500 characters.")
    sentence_en: str | None = strawberry.field(
        default=None, description="What is said in English where the policy applies; at most 200 characters. Null: the built-in words."
    )
    sentence_es: str | None = strawberry.field(default=None, description="The same in Spanish.")
    is_default: bool = strawberry.field(default=False, description="True: its policy holds for clients without a membership, from now on.")
    idempotency_key: UUID | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="What to change of a tier. What is absent stays as it is.")
class UpdateTierInput:
    """Changes. Memberships that exist keep their days."""

    id: strawberry.ID = strawberry.field(description="The tier.")
    version: int = strawberry.field(description=_VERSION)
    name: strawberry.Maybe[str] = strawberry.field(description=_STAYS)
    code: strawberry.Maybe[str] = strawberry.field(description=_STAYS)
    period_months: strawberry.Maybe[int | None] = strawberry.field(description=_CLEARS)
    period_days: strawberry.Maybe[int | None] = strawberry.field(description=_CLEARS)
    visit_cap: strawberry.Maybe[int | None] = strawberry.field(description=_CLEARS)
    cap_window: strawberry.Maybe[CapWindow] = strawberry.field(description=_STAYS)
    price_cents: strawberry.Maybe[int | None] = strawberry.field(description=_CLEARS)
    policy: strawberry.Maybe[CheckInPolicy] = strawberry.field(description=_STAYS)
    colour: strawberry.Maybe[str] = strawberry.field(description=_STAYS)
    description: strawberry.Maybe[str | None] = strawberry.field(description=_CLEARS)
    sentence_en: strawberry.Maybe[str | None] = strawberry.field(description=_CLEARS)
    sentence_es: strawberry.Maybe[str | None] = strawberry.field(description=_CLEARS)
    is_default: strawberry.Maybe[bool] = strawberry.field(
        description="True: this becomes the default tier, and the present one is it no more."
    )


@strawberry.input(description="A tier as it was read.")
class TierVersionInput:
    """Which, and as of when."""

    id: strawberry.ID = strawberry.field(description="The tier.")
    version: int = strawberry.field(description=_VERSION)


@strawberry.input(description="A new membership.")
class AddMembershipInput:
    """Who, what, from when."""

    client_id: strawberry.ID = strawberry.field(description="Whose.")
    tier_id: strawberry.ID = strawberry.field(description="The tier.")
    starts_on: date | None = strawberry.field(
        default=None, description="First day. Absent: the day after the client's last membership ends, or today where that has passed."
    )
    ends_on: date | None = strawberry.field(default=None, description="Last day. Absent: as the tier's period says.")
    note: str | None = strawberry.field(default=None, description="A remark for staff; at most 2,000 characters.")
    allow_overlap: bool = strawberry.field(default=False, description=_OVERLAP)
    idempotency_key: UUID | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="What to change of a membership. What is absent stays as it is.")
class UpdateMembershipInput:
    """A correction."""

    id: strawberry.ID = strawberry.field(description="The membership.")
    version: int = strawberry.field(description=_VERSION)
    tier_id: strawberry.Maybe[strawberry.ID] = strawberry.field(description=_STAYS)
    starts_on: strawberry.Maybe[date] = strawberry.field(description=_STAYS)
    ends_on: strawberry.Maybe[date] = strawberry.field(description=_STAYS)
    note: strawberry.Maybe[str | None] = strawberry.field(description=_CLEARS)
    end_reason: strawberry.Maybe[str | None] = strawberry.field(description=_CLEARS)
    allow_overlap: bool = strawberry.field(default=False, description=_OVERLAP)


@strawberry.input(description="A membership to renew.")
class RenewMembershipInput:
    """One click: everything but the id may be absent."""

    id: strawberry.ID = strawberry.field(description="The membership that ends or has ended.")
    tier_id: strawberry.ID | None = strawberry.field(default=None, description="Another tier for what follows. Absent: the same.")
    starts_on: date | None = strawberry.field(default=None, description="First day. Absent: as `renewal` says.")
    ends_on: date | None = strawberry.field(
        default=None, description="Last day. Absent: as the tier's period says; where it has none, as long as the membership lasted."
    )
    note: str | None = strawberry.field(default=None, description="A remark for staff; at most 2,000 characters.")
    allow_overlap: bool = strawberry.field(default=False, description=_OVERLAP)
    idempotency_key: UUID | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="A membership or an authorization that is to last longer.")
class ExtendInput:
    """Until when."""

    id: strawberry.ID = strawberry.field(description="Which.")
    version: int = strawberry.field(description=_VERSION)
    ends_on: date = strawberry.field(description="The new last day, later than the present one.")
    allow_overlap: bool = strawberry.field(default=False, description=_OVERLAP)


@strawberry.input(description="A membership or an authorization that ends before its time.")
class EndInput:
    """When, and why."""

    id: strawberry.ID = strawberry.field(description="Which.")
    version: int = strawberry.field(description=_VERSION)
    ends_on: date | None = strawberry.field(default=None, description="The new last day, earlier than the present one. Absent: today.")
    reason: str = strawberry.field(description="Why; at most 200 characters.")


@strawberry.input(description="A membership or an authorization that was a mistake.")
class RemoveInput:
    """Which."""

    id: strawberry.ID = strawberry.field(description="Which.")
    version: int = strawberry.field(description=_VERSION)


@strawberry.input(description="A membership or an authorization that was removed and is to be there again, as it was.")
class PutBackInput:
    """Which."""

    id: strawberry.ID = strawberry.field(description="The id that it had.")


@strawberry.input(description="A new authorization. Empty text counts as absent.")
class AddAuthorizationInput:
    """A funded purchase of service."""

    client_id: strawberry.ID = strawberry.field(description="Whose.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="Last day, included.")
    uci_number: str = strawberry.field(description="The client's number at the regional centre; at most 50 characters.")
    authorization_number: str | None = strawberry.field(default=None, description="The number of the authorization; at most 50 characters.")
    vendor_number: str | None = strawberry.field(default=None, description="The centre's number as a vendor; at most 50 characters.")
    service_code: str | None = strawberry.field(default=None, description="At most 20 characters.")
    service_subcode: str | None = strawberry.field(default=None, description="At most 20 characters.")
    service_coordinator: str | None = strawberry.field(default=None, description="Whom to call; at most 200 characters.")
    service_coordinator_phone: str | None = strawberry.field(default=None, description="As people write it; kept in E.164.")
    units_per_month: int | None = strawberry.field(default=None, description="Authorised units a month, 1 to 10,000.")
    unit: AuthorizationUnit = strawberry.field(default=AuthorizationUnit.VISIT, description="What a unit is.")
    note: str | None = strawberry.field(default=None, description="A remark for staff; at most 2,000 characters.")
    allow_overlap: bool = strawberry.field(default=False, description=_OVERLAP)
    idempotency_key: UUID | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="What to change of an authorization. What is absent stays as it is.")
class UpdateAuthorizationInput:
    """A correction."""

    id: strawberry.ID = strawberry.field(description="The authorization.")
    version: int = strawberry.field(description=_VERSION)
    starts_on: strawberry.Maybe[date] = strawberry.field(description=_STAYS)
    ends_on: strawberry.Maybe[date] = strawberry.field(description=_STAYS)
    uci_number: strawberry.Maybe[str] = strawberry.field(description=_STAYS)
    authorization_number: strawberry.Maybe[str | None] = strawberry.field(description=_CLEARS)
    vendor_number: strawberry.Maybe[str | None] = strawberry.field(description=_CLEARS)
    service_code: strawberry.Maybe[str | None] = strawberry.field(description=_CLEARS)
    service_subcode: strawberry.Maybe[str | None] = strawberry.field(description=_CLEARS)
    service_coordinator: strawberry.Maybe[str | None] = strawberry.field(description=_CLEARS)
    service_coordinator_phone: strawberry.Maybe[str | None] = strawberry.field(description=_CLEARS)
    units_per_month: strawberry.Maybe[int | None] = strawberry.field(description=_CLEARS)
    unit: strawberry.Maybe[AuthorizationUnit] = strawberry.field(description=_STAYS)
    note: strawberry.Maybe[str | None] = strawberry.field(description=_CLEARS)
    end_reason: strawberry.Maybe[str | None] = strawberry.field(description=_CLEARS)
    allow_overlap: bool = strawberry.field(default=False, description=_OVERLAP)


@strawberry.input(description="An authorization to renew. What is absent is as in the one before, but for the number of the authorization.")
class RenewAuthorizationInput:
    """One click: everything but the id may be absent."""

    id: strawberry.ID = strawberry.field(description="The authorization that ends or has ended.")
    starts_on: date | None = strawberry.field(default=None, description="First day. Absent: as `renewal` says.")
    ends_on: date | None = strawberry.field(default=None, description="Last day. Absent: as long as the authorization lasted.")
    uci_number: str | None = strawberry.field(
        default=None, description="The client's number at the regional centre, where it was not known."
    )
    authorization_number: str | None = strawberry.field(default=None, description="The new number, where there is one already.")
    units_per_month: int | None = strawberry.field(default=None, description="Authorised units a month. Absent: as before.")
    note: str | None = strawberry.field(default=None, description="A remark for staff; at most 2,000 characters.")
    allow_overlap: bool = strawberry.field(default=False, description=_OVERLAP)
    idempotency_key: UUID | None = strawberry.field(default=None, description=_KEY)
