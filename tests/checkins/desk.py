"""What a desk does, over GraphQL, and a look at what it left."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select, text, update

from backend.checkins import service
from backend.checkins.models import CheckIn, CheckInMethod
from backend.config import Settings
from backend.db import Database
from backend.graphql import ids
from backend.memberships.models import CheckInPolicy, MembershipTier
from tests.client import Api
from tests.world import OPERATOR

CHECK_IN = """mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename
  ... on CheckInRecorded { repeat replayed merged sentence warning standing { status daysLeft }
    allowances { source unit allowed used left tierName startsOn endsOn }
    checkIn { id happenedAt method byName station { name } standingStatus policy overrideReason voided undoableUntil
      client { displayName lastCheckInAt } } }
  ... on CheckInRefused { code message sentence overridable standing { status } } ... on Problem { code message }
  ... on ValidationProblem { fields { path code } } } }"""
VOID = """mutation ($input: VoidCheckInInput!) { voidCheckIn(input: $input) { __typename
  ... on CheckInVoided { checkIn { id voided voidReason client { lastCheckInAt } } } ... on Problem { code message }
  ... on ValidationProblem { fields { path code } } } }"""
CHANGE = """mutation ($input: CheckInIdInput!) { %s(input: $input) { __typename
  ... on CheckInChanged { checkIn { id voided voidReason checkedOutAt checkedOutByName checkedOutByClosing checkOutUndoableUntil } }
  ... on Problem { code message } } }"""
CELLS = text("SELECT local_day, hour, station_id, visits FROM visit_rollup ORDER BY local_day, hour, station_id NULLS FIRST")
COUNTED = text(
    """
    SELECT local_day, CAST(extract(hour FROM happened_at AT TIME ZONE CAST(:zone AS text)) AS smallint) AS hour, station_id, count(*)
    FROM check_ins WHERE voided_at IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 NULLS FIRST
    """
)


async def check_in(api: Api, client: int, request_id: str | None = None, **more: Any) -> dict[str, Any]:
    variables = {"input": {"requestId": request_id or str(uuid4()), "clientId": ids.encode("Client", client), **more}}
    member: dict[str, Any] = (await api.execute(CHECK_IN, variables))["checkIn"]
    return member


async def void(api: Api, check_in_id: str, reason: str = "wrong person") -> dict[str, Any]:
    member: dict[str, Any] = (await api.execute(VOID, {"input": {"checkInId": check_in_id, "reason": reason}}))["voidCheckIn"]
    return member


async def change(api: Api, field: str, check_in_id: str) -> dict[str, Any]:
    """`undoVoid`, `checkOut` or `undoCheckOut`."""
    member: dict[str, Any] = (await api.execute(CHANGE % field, {"input": {"checkInId": check_in_id}}))[field]
    return member


async def visits(database: Database, **conditions: Any) -> list[Any]:
    async with database.reading() as reader:
        return list(await reader.scalars(select(CheckIn).filter_by(**conditions).order_by(CheckIn.id)))


async def set_policy(database: Database, policy: CheckInPolicy) -> None:
    async with database.writing(OPERATOR) as uow:
        await uow.execute(update(MembershipTier).values(policy=policy))


async def figures_agree(database: Database, settings: Settings) -> bool:
    """Whether the rollup holds exactly the visits that count."""
    async with database.reading() as reader:
        kept = [tuple(row) for row in await reader.rows(CELLS)]
        return kept == [tuple(row) for row in await reader.rows(COUNTED, {"zone": settings.zone.key})]


async def came(database: Database, settings: Settings, client: int, **more: Any) -> int:
    """A visit at the moment that `clock.now` shows, recorded by the service itself; returns its number."""
    given: dict[str, Any] = {"station_id": None, "user_id": None, "method": CheckInMethod.STAFF, "language": "en"} | more
    async with database.writing(OPERATOR, one_statement=True) as uow:
        return (await service.check_in(uow, settings, request_id=uuid4(), client_id=client, **given)).check_in.id


def at(moment: str) -> datetime:
    """An aware instant from its ISO form."""
    return datetime.fromisoformat(moment)
