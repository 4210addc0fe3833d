"""Consents: lines are added, with source and author, and never changed."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend import clock
from tests.client import Api
from tests.clients.writing import ask, audited, new_client, problems, save


async def record(api: Api, client: dict[str, Any], **given: Any) -> dict[str, Any]:
    return await save(api, "recordConsent", **{"clientId": client["id"], "kind": "SMS", "granted": True, "source": "desk", **given})


async def test_given_and_taken_back_are_two_lines(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    await record(api, client, source="  paper form ", happenedAt="2025-03-09T10:00:00-08:00")
    await api.login("admin")
    now = await record(api, client, granted=False, source="call")
    assert [(line["kind"], line["granted"], line["source"], line["byName"]) for line in now["consents"]] == [
        ("SMS", False, "call", "Admin"),
        ("SMS", True, "paper form", "Staff"),
    ]
    assert datetime.fromisoformat(now["consents"][1]["at"]) == datetime(2025, 3, 9, 18, tzinfo=UTC)
    assert len({line["id"] for line in now["consents"]}) == 2
    assert (await audited(api.database, subject="consent"))[0] == (
        "consent.recorded",
        None,
        {"kind": "SMS", "granted": True, "source": "paper form", "happened_at": "2025-03-09T10:00:00-08:00"},
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"source": None}, ("source", "REQUIRED")),
        ({"source": " "}, ("source", "REQUIRED")),
        ({"source": "a\0"}, ("source", "BAD_CHARACTER")),
        ({"source": "x" * 201}, ("source", "TOO_LONG")),
        ({"happenedAt": "2025-01-01T00:00:00"}, ("happenedAt", "NO_TIME_ZONE")),
        ({"happenedAt": "1850-01-01T00:00:00Z"}, ("happenedAt", "TOO_LONG_AGO")),
        ({"happenedAt": "0001-01-01T00:00:00+14:00"}, ("happenedAt", "TOO_LONG_AGO")),
        ({"happenedAt": "9999-12-31T23:59:59-12:00"}, ("happenedAt", "IN_FUTURE")),
    ],
)
async def test_what_is_wrong(api: Api, given: dict[str, Any], expected: tuple[str, str]) -> None:
    await api.login("staff")
    client = await new_client(api)
    whole = {"clientId": client["id"], "kind": "PHOTO", "granted": True, "source": "desk", **given}
    assert await problems(api, "recordConsent", **whole) == [expected]
    assert await audited(api.database, subject="consent") == []


async def test_a_device_whose_clock_is_a_little_ahead(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    at = clock.now() + timedelta(minutes=3)
    assert len((await record(api, client, happenedAt=at.isoformat()))["consents"]) == 1
    later = (at + timedelta(minutes=10)).isoformat()
    answer = await problems(api, "recordConsent", clientId=client["id"], kind="SMS", granted=True, source="desk", happenedAt=later)
    assert answer == [("happenedAt", "IN_FUTURE")]


async def test_one_moment_one_line_one_key_one_line(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    at = "2025-03-09T10:00:00Z"
    await record(api, client, happenedAt=at)
    whole = {"clientId": client["id"], "kind": "SMS", "granted": False, "source": "desk", "happenedAt": at}
    assert await problems(api, "recordConsent", **whole) == [("happenedAt", "ALREADY_THERE")]
    key = str(uuid4())
    answers = await asyncio.gather(
        *(
            ask(api, "recordConsent", clientId=client["id"], kind="TERMS", granted=True, source="desk", idempotencyKey=key)
            for _ in range(10)
        )
    )
    assert {answer["__typename"] for answer in answers} == {"ClientSaved"}
    assert len({answer["changedId"] for answer in answers}) == 1
