"""Renewing memberships: one click, in time or late, once however often and by however many at once."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select, update

from backend import clock
from backend.db import Database
from backend.graphql import ids
from backend.memberships.models import Membership, MembershipTier
from tests.client import Api
from tests.memberships.holding import add_tier, ana, do, entries, remove, saved, wrong
from tests.world import OPERATOR


async def test_it_begins_the_day_after(desk: Api, database: Database, today: date) -> None:
    client, tier = await ana(database), await add_tier(database, "week", period_days=7)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier)
    renewed = await do(desk, "renewMembership", id=held["id"])
    following = renewed["membership"]
    assert (following["startsOn"], following["endsOn"]) == (str(today + timedelta(7)), str(today + timedelta(13)))
    assert held["renewal"] == {"startsOn": following["startsOn"], "endsOn": following["endsOn"]}
    assert renewed["client"]["standing"]["endsOn"] == following["endsOn"]
    *_, entry = await entries(database, "membership")
    assert (entry.action, entry.after and entry.after["renews"]) == ("membership.renewed", ids.decode(held["id"], "Membership"))


async def test_it_begins_today_when_the_last_one_has_passed(desk: Api, database: Database, today: date) -> None:
    client, tier = await ana(database), await add_tier(database, "week", period_days=7)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn=str(today - timedelta(60)))
    assert held["renewal"] == {"startsOn": str(today), "endsOn": str(today + timedelta(6))}
    renewed = await saved(desk, "renewMembership", id=held["id"])
    assert {"startsOn": renewed["startsOn"], "endsOn": renewed["endsOn"]} == held["renewal"]


async def test_a_tier_without_a_period_lasts_as_long_as_before(desk: Api, database: Database) -> None:
    client = await ana(database, memberships=[(date(2026, 11, 1), date(2027, 1, 31))])
    async with database.reading() as reader:
        number = await reader.scalar(select(Membership.id))
    renewed = await saved(desk, "renewMembership", id=ids.encode("Membership", number))
    assert (renewed["tier"]["code"], renewed["startsOn"], renewed["endsOn"]) == ("standard", "2027-02-01", "2027-04-30")
    assert client


async def test_another_tier_and_other_days_may_be_given(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    yearly = await add_tier(database, "yearly", period_months=12)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn="2027-01-31")
    renewed = await saved(desk, "renewMembership", id=held["id"], tierId=yearly, startsOn="2027-03-05", note="upgraded")
    assert (renewed["tier"]["code"], renewed["startsOn"], renewed["endsOn"], renewed["note"]) == (
        "yearly", "2027-03-05", "2028-03-04", "upgraded",
    )  # fmt: skip


async def test_wrong_days_are_named(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn="2027-01-31")
    which: dict[str, Any] = {"id": held["id"]}
    assert wrong(await do(desk, "renewMembership", **which, startsOn="9999-01-01")) == {"startsOn": "TOO_FAR_AHEAD"}
    assert wrong(await do(desk, "renewMembership", **which, endsOn="2027-02-01")) == {"endsOn": "ENDS_BEFORE_START"}
    assert wrong(await do(desk, "renewMembership", **which, note="x" * 2001)) == {"note": "TOO_LONG"}
    inside = await do(desk, "renewMembership", **which, startsOn="2027-02-01")
    assert (inside["__typename"], inside["otherId"], inside["proposed"]["startsOn"]) == ("PeriodOverlap", held["id"], "2027-02-28")


async def test_a_retired_tier_is_not_renewed(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier)
    async with database.writing(OPERATOR) as uow:
        await uow.execute(update(MembershipTier).where(MembershipTier.code == "monthly").values(retired_at=clock.now()))
    assert wrong(await do(desk, "renewMembership", id=held["id"])) == {"tierId": "TIER_RETIRED"}


async def test_a_second_membership_in_parallel_is_in_the_way(desk: Api, database: Database, today: date) -> None:
    client, tier = await ana(database), await add_tier(database, "week", period_days=7)
    yearly = await add_tier(database, "yearly", period_months=12)
    await saved(desk, "addMembership", clientId=client, tierId=yearly)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn=str(today), allowOverlap=True)
    refused = await do(desk, "renewMembership", id=held["id"])
    assert (refused["__typename"], refused["otherName"]) == ("PeriodOverlap", "Yearly")
    allowed = await saved(desk, "renewMembership", id=held["id"], allowOverlap=True)
    assert allowed["startsOn"] == str(today + timedelta(7))


async def test_what_follows_already_is_the_answer(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier)
    first, second = await do(desk, "renewMembership", id=held["id"]), await do(desk, "renewMembership", id=held["id"])
    assert (first["alreadyThere"], second["alreadyThere"]) == (False, True)
    assert first["membership"]["id"] == second["membership"]["id"]
    third = await saved(desk, "renewMembership", id=first["membership"]["id"])
    # The earliest of those that follow, and not the last.
    assert (await saved(desk, "renewMembership", id=held["id"]))["id"] == first["membership"]["id"] != third["id"]


async def test_undoing_and_renewing_again(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier)
    key = str(uuid4())
    renewed = await saved(desk, "renewMembership", id=held["id"], idempotencyKey=key)
    assert (await remove(desk, renewed))["__typename"] == "HoldingRemoved"
    # The same request again doesn't bring back what somebody took away; a new one does.
    assert (await do(desk, "renewMembership", id=held["id"], idempotencyKey=key))["__typename"] == "NotFound"
    again = await saved(desk, "renewMembership", id=held["id"], idempotencyKey=str(uuid4()))
    assert (again["startsOn"], again["id"] != renewed["id"]) == (renewed["startsOn"], True)


async def test_many_renewals_at_once_make_one(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier)
    keys = [str(uuid4()), str(uuid4()), None]
    members = await asyncio.gather(*(do(desk, "renewMembership", id=held["id"], idempotencyKey=keys[n % 3]) for n in range(18)))
    assert {member["__typename"] for member in members} == {"MembershipSaved"}
    assert len({member["membership"]["id"] for member in members}) == 1
    assert sum(not member["alreadyThere"] for member in members) == 1
    async with database.reading() as reader:
        assert await reader.scalar(select(func.count()).select_from(Membership)) == 2


async def test_adding_at_once_overlaps_once(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    given = {"clientId": client, "tierId": tier, "startsOn": "2026-12-01"}
    members = await asyncio.gather(*(do(desk, "addMembership", **given) for _ in range(10)))
    names = sorted(member["__typename"] for member in members)
    assert names == ["MembershipSaved", *["PeriodOverlap"] * 9]


async def test_the_same_key_at_once_adds_once(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    given = {"clientId": client, "tierId": tier, "idempotencyKey": str(uuid4())}
    members = await asyncio.gather(*(do(desk, "addMembership", **given) for _ in range(10)))
    assert len({member["membership"]["id"] for member in members}) == 1
    assert len(await entries(database, "membership")) == 1
