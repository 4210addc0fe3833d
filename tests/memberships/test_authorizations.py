"""Authorizations: what a regional centre funds, for which service, and what follows."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from backend.db import Database
from backend.graphql import ids
from backend.memberships.models import Authorization
from tests.client import Api
from tests.memberships.holding import ana, do, entries, saved, wrong
from tests.world import OPERATOR

YEAR: dict[str, Any] = {
    "startsOn": "2026-11-01", "endsOn": "2027-10-31", "uciNumber": " 7100001 ", "authorizationNumber": "26-4711", "vendorNumber": "HX0077",
    "serviceCode": "954", "serviceSubcode": "010", "serviceCoordinator": "Dana  Reyes", "serviceCoordinatorPhone": "(213) 555-0142",
    "unitsPerMonth": 22, "unit": "DAY", "note": "two days a week",
}  # fmt: skip


async def test_everything_is_kept(desk: Api, database: Database) -> None:
    client = await ana(database)
    member = await do(desk, "addAuthorization", clientId=client, **YEAR)
    held = member["authorization"]
    kept = YEAR | {"uciNumber": "7100001", "serviceCoordinator": "Dana Reyes", "serviceCoordinatorPhone": "+12135550142"}
    assert {name: held[name] for name in YEAR} == kept
    assert (held["allowed"], held["used"], held["left"], held["version"]) == (22, 0, 22, 1)
    assert held["renewal"] == {"startsOn": "2027-11-01", "endsOn": "2028-10-31"}
    [entry] = await entries(database, "authorization")
    assert (entry.action, entry.client_id) == ("authorization.added", ids.decode(client, "Client"))
    assert entry.after is not None
    assert (entry.after["uci_number"], entry.after["unit"], entry.after["starts_on"]) == ("7100001", "DAY", "2026-11-01")


async def test_empty_fields_are_none(desk: Api, database: Database) -> None:
    empty = dict.fromkeys(("authorizationNumber", "vendorNumber", "serviceCode", "serviceSubcode", "serviceCoordinator", "note"), "")
    held = await saved(desk, "addAuthorization", clientId=await ana(database), **YEAR | empty | {"unitsPerMonth": None})
    assert {held[name] for name in empty} == {None}
    assert (held["allowed"], held["used"], held["left"]) == (None, None, None)


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"uciNumber": " "}, {"uciNumber": "REQUIRED"}),
        ({"uciNumber": "7" * 51}, {"uciNumber": "TOO_LONG"}),
        ({"uciNumber": "7\x07"}, {"uciNumber": "BAD_CHARACTER"}),
        ({"serviceCoordinatorPhone": "555-0142"}, {"serviceCoordinatorPhone": "NO_AREA_CODE"}),
        ({"serviceCoordinatorPhone": "call me"}, {"serviceCoordinatorPhone": "NOT_A_PHONE"}),
        ({"unitsPerMonth": 0}, {"unitsPerMonth": "OUT_OF_RANGE"}),
        ({"unitsPerMonth": -1}, {"unitsPerMonth": "OUT_OF_RANGE"}),
        ({"unitsPerMonth": 10_001}, {"unitsPerMonth": "OUT_OF_RANGE"}),
        ({"endsOn": "2026-10-31"}, {"endsOn": "ENDS_BEFORE_START"}),
        ({"startsOn": "1950-01-01"}, {"startsOn": "TOO_LONG_AGO"}),
        ({"endsOn": "2260-01-01"}, {"endsOn": "TOO_FAR_AHEAD"}),
        ({"serviceCode": "x" * 21, "serviceSubcode": "x" * 21}, {"serviceCode": "TOO_LONG", "serviceSubcode": "TOO_LONG"}),
        ({"note": "x" * 2001}, {"note": "TOO_LONG"}),
    ],
)
async def test_wrong_values_are_named(desk: Api, database: Database, given: dict[str, Any], problems: dict[str, str]) -> None:
    assert wrong(await do(desk, "addAuthorization", clientId=await ana(database), **YEAR | given)) == problems
    assert await entries(database, "authorization") == []


async def test_another_service_may_be_paid_on_the_same_days(desk: Api, database: Database) -> None:
    client = await ana(database)
    first = await saved(desk, "addAuthorization", clientId=client, **YEAR)
    await saved(desk, "addAuthorization", clientId=client, **YEAR | {"serviceSubcode": "020", "authorizationNumber": "26-4712"})
    refused = await do(desk, "addAuthorization", clientId=client, **YEAR | {"authorizationNumber": "26-4713"})
    assert (refused["__typename"], refused["otherId"], refused["otherName"]) == ("PeriodOverlap", first["id"], "26-4711")
    assert refused["proposed"] == {"startsOn": "2027-11-01", "endsOn": "2028-10-31"}
    allowed = await saved(desk, "addAuthorization", clientId=client, **YEAR | {"authorizationNumber": "26-4713"}, allowOverlap=True)
    assert allowed["authorizationNumber"] == "26-4713"
    # The service becomes that of the first: now they are in each other's way.
    moved = await do(desk, "updateAuthorization", id=allowed["id"], version=1, serviceSubcode="020")
    assert (moved["__typename"], moved["otherName"]) == ("PeriodOverlap", "26-4712")


async def test_the_same_one_twice(desk: Api, database: Database) -> None:
    client = await ana(database)
    held = await saved(desk, "addAuthorization", clientId=client, **YEAR)
    twice = await do(desk, "addAuthorization", clientId=client, **YEAR, allowOverlap=True)
    assert wrong(twice) == {"authorizationNumber": "SAME_AUTHORIZATION"}
    second = await saved(desk, "addAuthorization", clientId=client, **YEAR | {"authorizationNumber": None}, allowOverlap=True)
    same = await do(desk, "updateAuthorization", id=second["id"], version=1, authorizationNumber=held["authorizationNumber"])
    assert wrong(same) == {"authorizationNumber": "SAME_AUTHORIZATION"}
    # Somebody else's may have the same numbers.
    await saved(desk, "addAuthorization", clientId=await ana(database), **YEAR)


async def test_a_correction(desk: Api, database: Database) -> None:
    held = await saved(desk, "addAuthorization", clientId=await ana(database), **YEAR)
    which = {"id": held["id"], "version": 1}
    assert wrong(await do(desk, "updateAuthorization", **which, uciNumber="")) == {"uciNumber": "REQUIRED"}
    changed = await saved(desk, "updateAuthorization", **which, unitsPerMonth=None, serviceCoordinatorPhone="", unit="HOUR")
    assert (changed["unitsPerMonth"], changed["serviceCoordinatorPhone"], changed["unit"], changed["version"]) == (None, None, "HOUR", 2)
    late = await do(desk, "updateAuthorization", **which, note="mine")
    assert {".".join(change["path"]): change["value"] for change in late["changes"]} == {
        "unitsPerMonth": None, "serviceCoordinatorPhone": None, "unit": "HOUR",
    }  # fmt: skip


async def test_renewing_takes_over_all_but_the_number(desk: Api, database: Database) -> None:
    held = await saved(desk, "addAuthorization", clientId=await ana(database), **YEAR)
    key = str(uuid4())
    renewed = await do(desk, "renewAuthorization", id=held["id"], idempotencyKey=key)
    following = renewed["authorization"]
    assert (following["startsOn"], following["endsOn"], following["authorizationNumber"], following["note"]) == (
        "2027-11-01", "2028-10-31", None, None,
    )  # fmt: skip
    same = (
        "uciNumber",
        "vendorNumber",
        "serviceCode",
        "serviceSubcode",
        "serviceCoordinator",
        "serviceCoordinatorPhone",
        "unitsPerMonth",
        "unit",
    )
    assert {name: following[name] for name in same} == {name: held[name] for name in same}
    again = await do(desk, "renewAuthorization", id=held["id"], idempotencyKey=key)
    other = await do(desk, "renewAuthorization", id=held["id"])
    assert {again["authorization"]["id"], other["authorization"]["id"]} == {following["id"]}
    assert (again["alreadyThere"], other["alreadyThere"]) == (True, True)


async def test_renewing_with_what_is_new(desk: Api, database: Database) -> None:
    held = await saved(desk, "addAuthorization", clientId=await ana(database), **YEAR)
    which = {"id": held["id"]}
    assert wrong(await do(desk, "renewAuthorization", **which, unitsPerMonth=0)) == {"unitsPerMonth": "OUT_OF_RANGE"}
    assert wrong(await do(desk, "renewAuthorization", **which, startsOn="9999-12-31")) == {"startsOn": "TOO_FAR_AHEAD"}
    renewed = await saved(desk, "renewAuthorization", **which, authorizationNumber="27-1", unitsPerMonth=12, endsOn="2028-04-30")
    assert (renewed["authorizationNumber"], renewed["unitsPerMonth"], renewed["endsOn"]) == ("27-1", 12, "2028-04-30")


async def test_a_late_renewal_begins_today(desk: Api, database: Database, today: date) -> None:
    days = {"startsOn": str(today - timedelta(100)), "endsOn": str(today - timedelta(1)), "serviceCode": None}
    held = await saved(desk, "addAuthorization", clientId=await ana(database), **YEAR | days)
    renewed = await saved(desk, "renewAuthorization", id=held["id"])
    assert (renewed["startsOn"], renewed["endsOn"]) == (held["renewal"]["startsOn"], held["renewal"]["endsOn"]) != (None, None)
    assert renewed["startsOn"] == str(today)


async def test_one_of_the_predecessor_without_a_uci_number(desk: Api, database: Database) -> None:
    held = await saved(desk, "addAuthorization", clientId=await ana(database), **YEAR)
    async with database.writing(OPERATOR) as uow:
        await uow.execute(update(Authorization).values(uci_number=None))
    assert wrong(await do(desk, "renewAuthorization", id=held["id"])) == {"uciNumber": "REQUIRED"}
    renewed = await saved(desk, "renewAuthorization", id=held["id"], uciNumber="7100001")
    assert renewed["uciNumber"] == "7100001"
    # The old one may be corrected otherwise all the same.
    assert (await saved(desk, "updateAuthorization", id=held["id"], version=1, note="asked for it"))["uciNumber"] is None


async def test_extending_and_ending(desk: Api, database: Database) -> None:
    client = await ana(database)
    held = await saved(desk, "addAuthorization", clientId=client, **YEAR)
    following = await saved(desk, "renewAuthorization", id=held["id"])
    longer = await do(desk, "extendAuthorization", id=held["id"], version=1, endsOn="2027-12-31")
    assert (longer["__typename"], longer["otherId"], longer["otherName"]) == ("PeriodOverlap", following["id"], "954/010")
    ended = await saved(desk, "endAuthorization", id=held["id"], version=1, endsOn="2027-06-30", reason="funding ended")
    assert (ended["endsOn"], ended["endReason"]) == ("2027-06-30", "funding ended")
    longer = await saved(desk, "extendAuthorization", id=held["id"], version=2, endsOn="2027-10-31")
    assert (longer["endsOn"], longer["endReason"]) == ("2027-10-31", None)


async def test_many_renewals_at_once_make_one(desk: Api, database: Database) -> None:
    held = await saved(desk, "addAuthorization", clientId=await ana(database), **YEAR)
    members = await asyncio.gather(*(do(desk, "renewAuthorization", id=held["id"]) for _ in range(12)))
    assert sum(not member["alreadyThere"] for member in members) == 1
    async with database.reading() as reader:
        assert await reader.scalar(select(func.count()).select_from(Authorization)) == 2
