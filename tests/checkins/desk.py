"""What a desk does, over GraphQL, and a look at what it left."""

from typing import Any
from uuid import uuid4

from sqlalchemy import select, update

from backend.checkins.models import CheckIn
from backend.db import Database
from backend.graphql import ids
from backend.memberships.models import CheckInPolicy, MembershipTier
from tests.client import Api
from tests.world import OPERATOR

CHECK_IN = """mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename
  ... on CheckInRecorded { repeat replayed sentence standing { status daysLeft }
    checkIn { id happenedAt method byName station { name } standingStatus policy voided undoableUntil
      client { displayName lastCheckInAt } } }
  ... on CheckInRefused { code message sentence standing { status } } ... on Problem { code message } } }"""
VOID = """mutation ($input: VoidCheckInInput!) { voidCheckIn(input: $input) { __typename
  ... on CheckInVoided { checkIn { id voided voidReason client { lastCheckInAt } } } ... on Problem { code message }
  ... on ValidationProblem { fields { path code } } } }"""


async def check_in(api: Api, client: int, request_id: str | None = None, **more: Any) -> dict[str, Any]:
    variables = {"input": {"requestId": request_id or str(uuid4()), "clientId": ids.encode("Client", client), **more}}
    member: dict[str, Any] = (await api.execute(CHECK_IN, variables))["checkIn"]
    return member


async def void(api: Api, check_in_id: str, reason: str = "wrong person") -> dict[str, Any]:
    member: dict[str, Any] = (await api.execute(VOID, {"input": {"checkInId": check_in_id, "reason": reason}}))["voidCheckIn"]
    return member


async def visits(database: Database, **conditions: Any) -> list[Any]:
    async with database.reading() as reader:
        return list(await reader.scalars(select(CheckIn).filter_by(**conditions).order_by(CheckIn.id)))


async def set_policy(database: Database, policy: CheckInPolicy) -> None:
    async with database.writing(OPERATOR) as uow:
        await uow.execute(update(MembershipTier).values(policy=policy))
