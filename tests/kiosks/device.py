"""A kiosk as the API sees it: paired by an admin, with clocks of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import select, text

from backend import clock
from backend.db import Database
from backend.graphql import ids
from backend.kiosks.models import KioskEvent
from tests.client import Api
from tests.world import OPERATOR

ASK = """mutation ($input: AskToPairInput!) { askToPair(input: $input) { __typename
  ... on PairingAsked { code token expiresInSeconds } ... on Problem { code message } } }"""
APPROVE = """mutation ($input: ApproveKioskInput!) { approveKiosk(input: $input) { __typename
  ... on KioskSaved { kiosk { id name kind station { name } online pairedBy version } }
  ... on Problem { code message } ... on ValidationProblem { fields { path code } } } }"""
REVOKE = """mutation ($input: RevokeKioskInput!) { revokeKiosk(input: $input) { __typename
  ... on KioskSaved { kiosk { id online revokedAt } } ... on Problem { code } } }"""
REPORT = """mutation ($input: ReportKioskInput!) { reportKiosk(input: $input) { __typename
  ... on KioskState { name station centreName languages defaultLanguage sound walkIn waiting now appVersion exitCodeHash
    exitPin { salt iterations hash } }
  ... on ValidationProblem { fields { path code } } } }"""
LOOK_UP = """mutation ($input: LookUpInput!) { lookUp(input: $input) { __typename
  ... on LookedUp { waitSeconds people { handle firstName initial colour picture standing
    comfort { language largeText noSound noMotion } } }
  ... on ValidationProblem { fields { path code } } } }"""
BATCH = """mutation ($input: CheckInBatchInput!) { checkInBatch(input: $input) { __typename
  ... on CheckInBatchAnswered { now answers { requestId outcome sentence } }
  ... on ValidationProblem { fields { path code } } } }"""
ROSTER = "query ($after: String) { kioskRoster(after: $after) { key entries next madeAt } }"
WALK_IN = """mutation ($input: WalkInInput!) { walkIn(input: $input) { __typename ... on WalkInTaken { sentence }
  ... on Problem { code } ... on ValidationProblem { fields { path code } } } }"""


@dataclass
class Device:
    """A device with a token. ``ahead``: how far its clock is ahead of the server's."""

    api: Api
    token: str
    code: str
    id: str = ""
    ahead: timedelta = timedelta()
    run: str = field(default_factory=lambda: str(uuid4()))
    sequence: int = 0

    @property
    def number(self) -> int:
        return ids.decode(self.id, "Kiosk")

    async def raw(self, query: str, variables: dict[str, Any] | None = None) -> httpx.Response:
        return await self.api.post({"query": query, "variables": variables or {}}, Authorization=f"Bearer {self.token}")

    async def execute(self, query: str, given: dict[str, Any] | None = None) -> Any:
        answer = (await self.raw(query, {"input": given} if given is not None else {})).json()
        assert "errors" not in answer, answer["errors"]
        (member,) = answer["data"].values()
        return member

    async def refusal(self, query: str = REPORT, given: dict[str, Any] | None = None) -> str:
        answer = (await self.raw(query, {"input": given or REPORTED})).json()
        code: str = answer["errors"][0]["extensions"]["code"]
        return code

    async def report(self, **more: Any) -> Any:
        return await self.execute(REPORT, REPORTED | more)

    async def look_up(self, **typed: str) -> Any:
        return await self.execute(LOOK_UP, typed)

    async def handle(self, **typed: str) -> str:
        (person,) = (await self.look_up(**typed))["people"]
        handle: str = person["handle"]
        return handle

    def press(self, at: datetime | None = None, **target: Any) -> dict[str, Any]:
        """A press at an instant by the server's clock, as the device writes it down."""
        self.sequence += 1
        moment = (at or clock.now()) + self.ahead
        given = {"requestId": str(uuid4()), "sequence": self.sequence, "occurredAt": moment.isoformat(), "monotonicMs": 0.0}
        return given | {"session": str(uuid4()), "clockOffsetMs": None, "offline": at is not None} | target

    async def send(self, *presses: dict[str, Any]) -> Any:
        now = (clock.now() + self.ahead).isoformat()
        return await self.execute(BATCH, {"presses": list(presses), "sentAt": now, "session": self.run, "monotonicMs": 1.0})

    async def outcomes(self, *presses: dict[str, Any]) -> list[str]:
        return [answer["outcome"] for answer in (await self.send(*presses))["answers"]]


REPORTED = {"appVersion": "1", "queued": 0, "persisted": True}


async def ask(api: Api, kind: str = "CHECK_IN") -> Device:
    """A device that shows a code."""
    nobody = api.another()
    asked = (await nobody.execute(ASK, {"input": {"kind": kind}}))["askToPair"]
    assert asked["__typename"] == "PairingAsked", asked
    return Device(nobody, asked["token"], asked["code"])


async def approve(api: Api, code: str, name: str = "Front door", **more: Any) -> Any:
    return (await api.execute(APPROVE, {"input": {"code": code, "name": name, **more}}))["approveKiosk"]


async def pair(api: Api, name: str = "Front door", kind: str = "CHECK_IN", **more: Any) -> Device:
    """A paired one; ``api`` is an admin's afterwards."""
    device = await ask(api, kind)
    if api.token is None:
        await api.login("admin")
    device.id = (await approve(api, device.code, name, **more))["kiosk"]["id"]
    return device


async def events(database: Database, **conditions: Any) -> Sequence[Any]:
    """What kiosks left."""
    async with database.reading() as reader:
        return list(await reader.scalars(select(KioskEvent).filter_by(**conditions).order_by(KioskEvent.id)))


async def run(database: Database, statement: str, **parameters: Any) -> None:
    """A change behind the product's back."""
    async with database.writing(OPERATOR) as uow:
        await uow.execute(text(statement), parameters)
