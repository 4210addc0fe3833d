"""Tiers: what can be bought, one of them the default, changed by admins alone."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from backend import clock
from backend.db import Database
from backend.graphql import ids
from backend.memberships.models import MembershipTier
from backend.system.models import CentreSetting
from tests.client import Api
from tests.memberships.holding import add_tier, ana, entries, saved, tier, tiers, wrong
from tests.world import OPERATOR

TEN: dict[str, Any] = {
    "name": "  Ten   visits ", "code": "ten-visits", "periodMonths": 3, "visitCap": 10, "capWindow": "MONTH", "priceCents": 12_000,
    "policy": "ASK_STAFF", "colour": "teal", "description": "For those who come now and then", "sentenceEn": "Please see the desk.",
    "sentenceEs": "Pase por recepción.",
}  # fmt: skip


async def default(api: Api) -> dict[str, Any]:
    [found] = [each for each in await tiers(api) if each["isDefault"]]
    return found


async def test_a_tier_with_everything(office: Api, database: Database) -> None:
    made = (await tier(office, "createTier", **TEN))["tier"]
    assert {name: made[name] for name in TEN} == TEN | {"name": "Ten visits"}
    assert (made["price"], made["version"], made["isDefault"], made["retired"], made["runningMemberships"]) == (
        {"cents": 12_000, "currency": "USD"}, 1, False, False, 0,
    )  # fmt: skip
    *_, entry = await entries(database, "membership_tier")
    assert (entry.action, entry.actor_label, entry.after and entry.after["code"]) == ("membership_tier.created", "Admin", "ten-visits")
    async with database.writing(OPERATOR) as uow:
        await uow.execute(insert(CentreSetting).values(key="currency", value="EUR"))
    assert {each["price"]["currency"] for each in await tiers(office) if each["price"]} == {"EUR"}


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"name": " "}, {"name": "REQUIRED"}),
        ({"name": "x" * 121}, {"name": "TOO_LONG"}),
        ({"code": ""}, {"code": "REQUIRED"}),
        ({"code": "ten visits"}, {"code": "BAD_TIER_CODE"}),
        ({"code": "-ten"}, {"code": "BAD_TIER_CODE"}),
        ({"code": "zehn-bés"}, {"code": "BAD_TIER_CODE"}),
        ({"code": "STANDARD"}, {"code": "CODE_TAKEN"}),
        ({"code": "x" * 41}, {"code": "TOO_LONG"}),
        ({"periodDays": 7}, {"periodDays": "ONE_PERIOD"}),
        ({"periodMonths": 0}, {"periodMonths": "OUT_OF_RANGE"}),
        ({"periodMonths": 121}, {"periodMonths": "OUT_OF_RANGE"}),
        ({"periodMonths": None, "periodDays": 3661}, {"periodDays": "OUT_OF_RANGE"}),
        ({"visitCap": 0}, {"visitCap": "OUT_OF_RANGE"}),
        ({"priceCents": -1}, {"priceCents": "OUT_OF_RANGE"}),
        ({"colour": "mauve"}, {"colour": "UNKNOWN"}),
        ({"sentenceEn": "x" * 201, "description": "x" * 501}, {"sentenceEn": "TOO_LONG", "description": "TOO_LONG"}),
        ({"name": "", "code": "?", "visitCap": -3}, {"name": "REQUIRED", "code": "BAD_TIER_CODE", "visitCap": "OUT_OF_RANGE"}),
    ],
)
async def test_wrong_values_are_named(office: Api, database: Database, given: dict[str, Any], problems: dict[str, str]) -> None:
    before = len(await tiers(office))
    assert wrong(await tier(office, "createTier", **TEN | given)) == problems
    assert len(await tiers(office)) == before


async def test_a_change_leaves_what_is_absent(office: Api, database: Database) -> None:
    made = (await tier(office, "createTier", **TEN))["tier"]
    which = {"id": made["id"], "version": 1}
    changed = (await tier(office, "updateTier", **which, periodMonths=None, periodDays=30, visitCap=None, description="", priceCents=None))[
        "tier"
    ]
    gone = {"periodMonths": None, "periodDays": 30, "visitCap": None, "description": None, "priceCents": None, "price": None, "version": 2}
    assert changed == made | gone
    *_, entry = await entries(database, "membership_tier")
    assert entry.before == {
        "period_months": 3, "period_days": None, "visit_cap": 10, "description": "For those who come now and then", "price_cents": 12_000,
    }  # fmt: skip
    late = await tier(office, "updateTier", **which, name="Mine")
    assert (late["code"], late["version"], sorted(".".join(change["path"]) for change in late["changes"])) == (
        "STALE_VERSION", 2, ["description", "periodDays", "periodMonths", "priceCents", "visitCap"],
    )  # fmt: skip
    assert wrong(await tier(office, "updateTier", id=made["id"], version=2, periodMonths=1)) == {"periodDays": "ONE_PERIOD"}
    assert wrong(await tier(office, "updateTier", id=made["id"], version=2, code="Standard")) == {"code": "CODE_TAKEN"}
    own = await tier(office, "updateTier", id=made["id"], version=2, code="TEN-visits")
    assert own["tier"]["code"] == "TEN-visits"


async def test_exactly_one_is_the_default(office: Api, database: Database) -> None:
    standard = await default(office)
    assert wrong(await tier(office, "updateTier", id=standard["id"], version=1, isDefault=False)) == {"isDefault": "NEEDS_DEFAULT"}
    refused = await tier(office, "retireTier", id=standard["id"], version=1)
    assert (refused["__typename"], refused["code"]) == ("Conflict", "TIER_IS_DEFAULT")
    made = (await tier(office, "createTier", **TEN, isDefault=True))["tier"]
    assert (await default(office))["id"] == made["id"]
    # Whoever read the former default as such learns that it is it no more.
    assert (await tier(office, "updateTier", id=standard["id"], version=1, name="Basic"))["code"] == "STALE_VERSION"
    again = await tier(office, "updateTier", id=standard["id"], version=2, isDefault=True)
    assert (again["tier"]["isDefault"], (await default(office))["id"]) == (True, standard["id"])


async def test_many_new_defaults_at_once_leave_one(office: Api, database: Database) -> None:
    members = await asyncio.gather(*(tier(office, "createTier", **TEN | {"code": f"t-{n}"}, isDefault=True) for n in range(8)))
    assert {member["__typename"] for member in members} == {"TierSaved"}
    assert await default(office)


async def test_one_code_at_once_is_one_tier(office: Api, database: Database) -> None:
    members = await asyncio.gather(*(tier(office, "createTier", **TEN) for _ in range(6)))
    assert sorted(member["__typename"] for member in members) == ["TierSaved", *["ValidationProblem"] * 5]


async def test_the_same_key_makes_one(office: Api, database: Database) -> None:
    key = str(uuid4())
    first, second = [await tier(office, "createTier", **TEN, idempotencyKey=key) for _ in range(2)]
    assert first["tier"]["id"] == second["tier"]["id"]
    assert (await tier(office, "createTier", **TEN | {"code": "other"}, idempotencyKey=key))["code"] == "KEY_REUSED"


async def test_retiring_and_selling_again(office: Api, database: Database) -> None:
    client, monthly = await ana(database), await add_tier(database)
    held = await saved(office, "addMembership", clientId=client, tierId=monthly)
    retired = (await tier(office, "retireTier", id=monthly, version=1))["tier"]
    assert (retired["retired"], retired["version"], retired["runningMemberships"]) == (True, 2, 1)
    assert monthly not in [each["id"] for each in await tiers(office)]
    assert [each["id"] for each in await tiers(office, retired=True)][-1] == monthly
    assert (await tier(office, "retireTier", id=monthly, version=1))["code"] == "STALE_VERSION"
    assert (await tier(office, "retireTier", id=monthly, version=2))["tier"]["version"] == 2
    assert wrong(await tier(office, "updateTier", id=monthly, version=2, isDefault=True)) == {"isDefault": "TIER_RETIRED"}
    again = (await tier(office, "unretireTier", id=monthly, version=2))["tier"]
    assert (again["retired"], again["retiredAt"]) == (False, None)
    assert [entry.action for entry in await entries(database, "membership_tier")][-2:] == [
        "membership_tier.retired", "membership_tier.unretired",
    ]  # fmt: skip
    assert held["tier"]["id"] == monthly


async def test_staff_read_and_may_not_change(desk: Api, database: Database) -> None:
    assert [each["code"] for each in await tiers(desk)] == ["standard"]
    number = (await tiers(desk))[0]["id"]
    for field, given in (
        ("createTier", TEN),
        ("updateTier", {"id": number, "version": 1, "name": "Mine"}),
        ("retireTier", {"id": number, "version": 1}),
        ("unretireTier", {"id": number, "version": 1}),
    ):
        assert (await tier(desk, field, **given))["__typename"] == "NotAllowed"
    async with database.reading() as reader:
        assert await reader.scalars(select(MembershipTier.name)) == ["Standard"]


async def test_unknown_tiers(office: Api, database: Database) -> None:
    for unknown in (ids.encode("MembershipTier", 999_999), ids.encode("Tag", 1), "x"):
        for field in ("updateTier", "retireTier", "unretireTier"):
            assert (await tier(office, field, id=unknown, version=1))["__typename"] == "NotFound"


async def test_what_is_sold_is_in_the_order_of_names(office: Api, database: Database) -> None:
    for code in ("zeta", "alpha"):
        await add_tier(database, code)
    await add_tier(database, "beta", retired_at=clock.now())
    assert [each["code"] for each in await tiers(office, retired=True)] == ["alpha", "standard", "zeta", "beta"]
