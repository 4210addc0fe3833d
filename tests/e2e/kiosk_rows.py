"""Kiosks as devices without a screen: they pair, press and tell of themselves over the product's own API, as the real ones do."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import text

from backend.graphql.documents import COMMITTED, LOGIN, OF_KIOSKS, document_id
from tests.e2e.people import Person
from tests.e2e.records import OPERATOR, Records, SignIn
from tests.e2e.visit_rows import NAMED, run

VERSION = "0.0.1"
_CLEAR = (
    "UPDATE kiosk_events SET decision = 'DISMISSED', decided_at = now() WHERE doubt IS NOT NULL AND decision IS NULL",
    "UPDATE kiosks SET revoked_at = now() WHERE revoked_at IS NULL",
    "UPDATE kiosk_paces SET hurried_at = NULL",
    "DELETE FROM centre_settings WHERE key LIKE 'kiosk%'",
)


def _document(path: Path, operation: str) -> str:
    documents: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    (found,) = [name for name, source in documents.items() if re.search(rf"\b(query|mutation) {operation}\b", source)]
    return found


async def _call(origin: str, data: dict[str, Any], token: str | None) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {"X-KRC-Client": "spa"}
    async with httpx.AsyncClient(base_url=origin, headers=headers, timeout=20) as client:
        answer: dict[str, Any] = (await client.post("/graphql", json=data)).json()
    return answer


def _first(answer: dict[str, Any]) -> Any:
    assert "errors" not in answer, answer
    return next(value for name, value in answer["data"].items() if name != "__typename")


@dataclass
class Clerk:
    """A user whose browser nobody sees: decides and changes while others look at the pages."""

    origin: str
    token: str

    @classmethod
    async def of(cls, origin: str, user: SignIn) -> "Clerk":
        """Signed in."""
        variables = {"input": {"identifier": user.username, "password": user.password}}
        answer = await _call(origin, {"documentId": document_id(LOGIN), "variables": variables}, None)
        return cls(origin, answer["data"]["login"]["accessToken"])

    async def ask(self, operation: str, **variables: Any) -> Any:
        """What the server answers to one of the pages' documents; where it asks for several things, the first of them."""
        return _first(await _call(self.origin, {"documentId": _document(COMMITTED, operation), "variables": variables}, self.token))

    async def change_settings(self, **chosen: Any) -> None:
        """Of all kiosks."""
        version = (await self.ask("KioskSettings"))["version"]
        saved = await self.ask("ChangeKioskSettings", input={"version": version, **chosen})
        assert saved["__typename"] == "CentreSettingsSaved", saved


@dataclass
class Device:
    """A tablet. Its clock is right."""

    origin: str
    token: str
    code: str
    session: str = field(default_factory=lambda: str(uuid4()))
    presses: int = 0

    async def raw(self, operation: str, **given: Any) -> dict[str, Any]:
        """The whole answer to one of a kiosk's documents."""
        data = {"documentId": _document(OF_KIOSKS, operation), "variables": {"input": given}}
        return await _call(self.origin, data, self.token)

    async def ask(self, operation: str, **given: Any) -> Any:
        """What is in it, if nothing went wrong."""
        return _first(await self.raw(operation, **given))

    async def report(self, *, queued: int = 0, persisted: bool = True, version: str = VERSION) -> Any:
        """A sign of life."""
        return await self.ask("ReportKiosk", appVersion=version, queued=queued, persisted=persisted)

    async def is_cut_off(self) -> bool:
        """Whether it is told that it was revoked."""
        answer = await self.raw("ReportKiosk", appVersion=VERSION, queued=0, persisted=True)
        return bool("errors" in answer and answer["errors"][0]["extensions"]["code"] == "KIOSK_REVOKED")

    async def press(self, *, ago: timedelta = timedelta(), offline: bool = False, **who: str) -> str:
        """Somebody presses, by phone or code; what came of it. ``offline``: the device had no network then."""
        self.presses += 1
        now = datetime.now(UTC)
        press = {"requestId": str(uuid4()), "sequence": self.presses, "occurredAt": (now - ago).isoformat(), "monotonicMs": 0.0}
        press |= {"session": str(uuid4()), "clockOffsetMs": 0.0, "offline": offline, **who}
        sending = {"sentAt": now.isoformat(), "session": self.session, "monotonicMs": 1.0}
        answered = await self.ask("CheckInBatch", presses=[press], **sending)
        outcome: str = answered["answers"][0]["outcome"]
        return outcome

    async def walk_in(self, first: str, last: str, **more: str) -> None:
        """A first-time visitor tells who they are."""
        given = {"requestId": str(uuid4()), "firstName": first, "lastName": last, "language": "EN", **more}
        taken = await self.ask("WalkIn", **given)
        assert taken["__typename"] == "WalkInTaken", taken

    async def look_up(self, code: str) -> list[dict[str, Any]]:
        """Whom a card leads to."""
        found: list[dict[str, Any]] = (await self.ask("LookUp", code=code))["people"]
        return found


async def ask_to_pair(origin: str, kind: str = "CHECK_IN") -> Device:
    """A device that shows a code."""
    data = {"documentId": _document(OF_KIOSKS, "AskToPair"), "variables": {"input": {"kind": kind}}}
    asked = (await _call(origin, data, None))["data"]["askToPair"]
    return Device(origin, asked["token"], asked["code"])


async def pair(clerk: Clerk, name: str) -> Device:
    """A device that an admin has approved and that has told of itself."""
    device = await ask_to_pair(clerk.origin)
    approved = await clerk.ask("ApproveKiosk", input={"code": device.code, "name": name})
    assert approved["__typename"] == "KioskSaved", approved
    await device.report()
    return device


async def give_policy(records: Records, person: Person, policy: str) -> None:
    """A membership that has run out, of a tier with this policy for such a case, in the place of what they had."""
    await run(
        records,
        """
        WITH tier AS (
          INSERT INTO membership_tiers (name, code, policy) VALUES ('Of old', 'OLD-' || gen_random_uuid(), CAST(:policy AS check_in_policy))
          RETURNING id
        ), old AS (DELETE FROM authorizations a USING clients c WHERE c.id = a.client_id AND c.first_name = :first AND c.last_name = :last)
        INSERT INTO memberships (client_id, tier_id, starts_on, ends_on)
        SELECT c.id, t.id, current_date - 90, current_date - 30 FROM clients c, tier t WHERE first_name = :first AND last_name = :last
        """,
        person,
        policy=policy,
    )


async def prefer(records: Records, language: str, *people: Person) -> None:
    """The language in which they are spoken to."""
    for person in people:
        await run(records, f"UPDATE clients SET language = :language WHERE {NAMED}", person, language=language)


@asynccontextmanager
async def no_kiosks(records: Records) -> AsyncIterator[None]:
    """No kiosk, nothing that waits, every choice as it was; before and after. Nobody who listens hears of it."""
    await _clear(records)
    try:
        yield
    finally:
        await _clear(records)


async def _clear(records: Records) -> None:
    async with records.database.writing(OPERATOR) as uow:
        for statement in _CLEAR:
            await uow.execute(text(statement))
