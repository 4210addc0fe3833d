"""What staff do with tiers, memberships and authorizations over GraphQL, and a look at what it left."""

from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select

from backend import clock
from backend.audit.models import AuditEntry
from backend.checkins.models import CheckIn, CheckInMethod
from backend.clients.standing import StandingStatus
from backend.db import Database
from backend.graphql import ids
from backend.memberships.models import CheckInPolicy, MembershipTier
from tests.client import Api
from tests.clients.people import add_client
from tests.world import OPERATOR

PROBLEMS = """... on Problem { code message } ... on ValidationProblem { fields { path code message } }
  ... on Conflict { version changes { path value byName } }"""
OVERLAP = "... on PeriodOverlap { otherId otherName other { startsOn endsOn } proposed { startsOn endsOn } }"
MEMBERSHIP = "id startsOn endsOn note endReason version allowed used left renewal { startsOn endsOn } tier { id name code }"
AUTHORIZATION = """id startsOn endsOn note endReason version allowed used left renewal { startsOn endsOn } uciNumber authorizationNumber
  vendorNumber serviceCode serviceSubcode serviceCoordinator serviceCoordinatorPhone unitsPerMonth unit"""
_CLIENT = "client { id standing { status endsOn } }"
SAVED = {
    "Membership": f"... on MembershipSaved {{ alreadyThere membership {{ {MEMBERSHIP} }} {_CLIENT} }}",
    "Authorization": f"... on AuthorizationSaved {{ alreadyThere authorization {{ {AUTHORIZATION} }} {_CLIENT} }}",
}
TIER = """id name code periodMonths periodDays visitCap capWindow priceCents price { cents currency } policy colour description sentenceEn
  sentenceEs isDefault retired retiredAt version runningMemberships"""


def document(field: str, kind: str) -> str:
    """The document of a mutation such as ``addMembership`` that answers with a membership or an authorization."""
    name = field[0].upper() + field[1:]
    taken = {"Extend": "ExtendInput", "EndMem": "EndInput", "EndAut": "EndInput", "PutMem": "PutBackInput", "PutAut": "PutBackInput"}.get(
        name[:6], f"{name}Input"
    )
    return f"mutation ($input: {taken}!) {{ {field}(input: $input) {{ __typename {SAVED[kind]} {OVERLAP} {PROBLEMS} }} }}"


async def do(api: Api, field: str, **given: Any) -> dict[str, Any]:
    """Run ``addMembership``, ``endAuthorization`` … and return the union's member."""
    kind = "Membership" if "Membership" in field else "Authorization"
    member: dict[str, Any] = (await api.execute(document(field, kind), {"input": given}))[field]
    return member


async def saved(api: Api, field: str, **given: Any) -> dict[str, Any]:
    """The same where it has to succeed: the membership or authorization."""
    member = await do(api, field, **given)
    assert member["__typename"] in {"MembershipSaved", "AuthorizationSaved"}, member
    holding: dict[str, Any] = member.get("membership") or member["authorization"]
    return holding


async def remove(api: Api, holding: dict[str, Any], kind: str = "Membership") -> dict[str, Any]:
    """Remove it; the union's member."""
    text = f"""mutation ($input: RemoveInput!) {{ remove{kind}(input: $input) {{ __typename
      ... on HoldingRemoved {{ id {_CLIENT} }} ... on Problem {{ code message }} ... on Conflict {{ version }} }} }}"""
    variables = {"input": {"id": holding["id"], "version": holding["version"]}}
    member: dict[str, Any] = (await api.execute(text, variables))[f"remove{kind}"]
    return member


async def tier(api: Api, field: str, **given: Any) -> dict[str, Any]:
    """Run ``createTier``, ``updateTier``, ``retireTier`` or ``unretireTier``; the union's member."""
    taken = {"createTier": "CreateTierInput", "updateTier": "UpdateTierInput"}.get(field, "TierVersionInput")
    text = f"mutation ($input: {taken}!) {{ {field}(input: $input) {{ __typename ... on TierSaved {{ tier {{ {TIER} }} }} {PROBLEMS} }} }}"
    member: dict[str, Any] = (await api.execute(text, {"input": given}))[field]
    return member


async def tiers(api: Api, *, retired: bool = False) -> list[dict[str, Any]]:
    """All tiers."""
    text = f"query ($retired: Boolean!) {{ membershipTiers(includeRetired: $retired) {{ {TIER} }} }}"
    found: list[dict[str, Any]] = (await api.execute(text, {"retired": retired}))["membershipTiers"]
    return found


def wrong(member: dict[str, Any]) -> dict[str, str]:
    """Of a validation problem: the code of each field by its path."""
    assert member["__typename"] == "ValidationProblem", member
    return {".".join(field["path"]): field["code"] for field in member["fields"]}


async def ana(database: Database, **more: Any) -> str:
    """A client; the id. What may be given is as for `add_client`."""
    return ids.encode("Client", await add_client(database, **more))


async def add_tier(database: Database, code: str = "monthly", **columns: Any) -> str:
    """Make a tier behind the API's back; its id. A month long unless said otherwise."""
    values = {"name": code.title(), "code": code, "policy": CheckInPolicy.REMIND, **columns}
    if not {"period_months", "period_days"} & columns.keys():
        values["period_months"] = 1
    async with database.writing(OPERATOR) as uow:
        made = MembershipTier(**values)
        uow.add(made)
        await uow.flush()
    return ids.encode("MembershipTier", made.id)


async def add_visits(database: Database, client: int, *days: date, hours: float | None = None, voided: bool = False) -> None:
    """Visits at noon in UTC of these days; ``hours`` later they are checked out."""
    now = clock.now()
    rows = []
    for day in days:
        at = now.replace(year=day.year, month=day.month, day=day.day, hour=12, minute=0, second=0, microsecond=0)
        rows.append(
            {
                "request_id": uuid4(),
                "client_id": client,
                "happened_at": at,
                "local_day": day,
                "method": CheckInMethod.STAFF,
                "standing_status": StandingStatus.ACTIVE,
                "policy": CheckInPolicy.REMIND,
                "checked_out_at": at.fromtimestamp(at.timestamp() + hours * 3600, at.tzinfo) if hours else None,
                "voided_at": now if voided else None,
                "void_reason": "a mistake" if voided else None,
            }
        )
    async with database.writing(OPERATOR) as uow:
        await uow.execute(insert(CheckIn), rows)


async def entries(database: Database, subject: str) -> list[AuditEntry]:
    """The audit entries about memberships, authorizations or tiers, the oldest first."""
    async with database.reading() as reader:
        found = await reader.scalars(select(AuditEntry).where(AuditEntry.subject_type == subject).order_by(AuditEntry.id))
    return list(found)
