"""Adding, correcting, extending and ending memberships: what comes of it, and what is refused with which words."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from backend import clock
from backend.clients.models import Client
from backend.db import Database
from backend.graphql import ids
from backend.memberships.models import Membership, MembershipTier
from tests.client import Api
from tests.memberships.holding import add_tier, ana, do, entries, saved, wrong
from tests.world import OPERATOR


async def test_the_end_comes_from_the_tier(desk: Api, database: Database, today: date) -> None:
    client, tier = await ana(database), await add_tier(database, "quarter", period_months=3, visit_cap=10)
    member = await do(desk, "addMembership", clientId=client, tierId=tier, startsOn="2026-01-31", note="  paid in cash \n twice ")
    held = member["membership"]
    assert (held["startsOn"], held["endsOn"], held["note"]) == ("2026-01-31", "2026-04-29", "paid in cash\n twice")
    assert (held["tier"]["id"], held["version"], held["allowed"], held["used"], held["left"]) == (tier, 1, 10, 0, 10)
    assert (member["client"]["id"], member["alreadyThere"]) == (client, False)
    [entry] = await entries(database, "membership")
    assert (entry.action, entry.client_id, entry.actor_label) == ("membership.added", ids.decode(client, "Client"), "Staff")
    assert entry.after == {
        "tier_id": ids.decode(tier, "MembershipTier"), "tier": "Quarter", "starts_on": "2026-01-31", "ends_on": "2026-04-29",
        "note": "paid in cash\n twice",
    }  # fmt: skip


async def test_it_begins_after_the_last_one_or_today(desk: Api, database: Database, today: date) -> None:
    week = await add_tier(database, "week", period_days=7)
    newcomer = await saved(desk, "addMembership", clientId=await ana(database), tierId=week)
    assert (newcomer["startsOn"], newcomer["endsOn"]) == (str(today), str(today + timedelta(6)))
    running = await ana(database, memberships=[(today - timedelta(9), today + timedelta(4))])
    following = await saved(desk, "addMembership", clientId=running, tierId=week)
    assert following["startsOn"] == str(today + timedelta(5))
    lapsed = await ana(database, memberships=[(today - timedelta(90), today - timedelta(2))])
    assert (await saved(desk, "addMembership", clientId=lapsed, tierId=week))["startsOn"] == str(today)


async def test_a_tier_without_a_period_needs_the_last_day(desk: Api, database: Database) -> None:
    async with database.reading() as reader:
        standard = ids.encode("MembershipTier", await reader.scalar(select(MembershipTier.id).where(MembershipTier.is_default)))
    client = await ana(database)
    assert wrong(await do(desk, "addMembership", clientId=client, tierId=standard)) == {"endsOn": "NO_PERIOD"}
    held = await saved(desk, "addMembership", clientId=client, tierId=standard, startsOn="2026-12-01", endsOn="2026-12-24")
    assert (held["startsOn"], held["endsOn"]) == ("2026-12-01", "2026-12-24")


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"startsOn": "2026-12-01", "endsOn": "2026-11-30"}, {"endsOn": "ENDS_BEFORE_START"}),
        ({"startsOn": "1989-12-31"}, {"startsOn": "TOO_LONG_AGO"}),
        ({"startsOn": "9999-12-31"}, {"startsOn": "TOO_FAR_AHEAD"}),
        ({"startsOn": "0001-01-01"}, {"startsOn": "TOO_LONG_AGO"}),
        ({"startsOn": "2026-12-01", "endsOn": "2206-12-01"}, {"endsOn": "TOO_FAR_AHEAD"}),
        ({"note": "x" * 2001}, {"note": "TOO_LONG"}),
        ({"note": "a\0b"}, {"note": "BAD_CHARACTER"}),
        ({"startsOn": "9999-12-31", "note": "x" * 2001}, {"startsOn": "TOO_FAR_AHEAD", "note": "TOO_LONG"}),
    ],
)
async def test_wrong_values_are_named(desk: Api, database: Database, given: dict[str, Any], problems: dict[str, str]) -> None:
    client, tier = await ana(database), await add_tier(database)
    assert wrong(await do(desk, "addMembership", clientId=client, tierId=tier, **given)) == problems
    assert await entries(database, "membership") == []


async def test_tiers_that_are_not_sold(desk: Api, database: Database) -> None:
    client = await ana(database)
    gone = await add_tier(database, "gone", retired_at=clock.now())
    assert wrong(await do(desk, "addMembership", clientId=client, tierId=gone)) == {"tierId": "TIER_RETIRED"}
    unknown = ids.encode("MembershipTier", 999_999)
    assert wrong(await do(desk, "addMembership", clientId=client, tierId=unknown)) == {"tierId": "NO_SUCH_TIER"}
    assert (await do(desk, "addMembership", clientId=client, tierId=client))["__typename"] == "NotFound"


async def test_nobody_and_the_archived(desk: Api, database: Database) -> None:
    tier = await add_tier(database)
    nobody = await do(desk, "addMembership", clientId=ids.encode("Client", 999_999), tierId=tier)
    assert nobody["__typename"] == "NotFound"
    archived = await ana(database, archived_at=clock.now())
    refused = await do(desk, "addMembership", clientId=archived, tierId=tier)
    assert (refused["__typename"], refused["code"]) == ("Conflict", "CLIENT_ARCHIVED")


async def test_an_overlap_names_the_other_and_proposes_days(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    first = await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn="2026-11-03")
    given = {"clientId": client, "tierId": tier, "startsOn": "2026-12-02"}
    refused = await do(desk, "addMembership", **given)
    assert (refused["__typename"], refused["code"]) == ("PeriodOverlap", "OVERLAPS")
    assert (refused["otherId"], refused["otherName"], refused["other"]) == (
        first["id"], "Monthly", {"startsOn": "2026-11-03", "endsOn": "2026-12-02"},
    )  # fmt: skip
    assert refused["proposed"] == {"startsOn": "2026-12-03", "endsOn": "2027-01-02"}
    assert refused["message"] == (
        "This client has another membership (Monthly) from 3 Nov 2026 to 2 Dec 2026. The next free day is 3 Dec 2026."
    )
    proposed = await saved(desk, "addMembership", **given | refused["proposed"])
    assert proposed["startsOn"] == "2026-12-03"
    # Both are in the way now, and a given length is kept.
    again = await do(desk, "addMembership", **given, endsOn="2026-12-11")
    assert again["proposed"] == {"startsOn": "2027-01-03", "endsOn": "2027-01-12"}
    allowed = await saved(desk, "addMembership", **given, allowOverlap=True)
    assert allowed["startsOn"] == "2026-12-02"


async def test_the_same_key_adds_once(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    given = {"clientId": client, "tierId": tier, "startsOn": "2026-11-03", "idempotencyKey": str(uuid4())}
    first, second = await do(desk, "addMembership", **given), await do(desk, "addMembership", **given)
    assert first["membership"]["id"] == second["membership"]["id"]
    assert (first["alreadyThere"], second["alreadyThere"]) == (False, True)
    other = await do(desk, "addMembership", **given | {"startsOn": "2027-11-03"})
    assert (other["__typename"], other["code"]) == ("Conflict", "KEY_REUSED")
    assert len(await entries(database, "membership")) == 1


async def test_a_correction_changes_what_is_given_and_clears_what_is_empty(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    yearly = await add_tier(database, "yearly", period_months=12)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn="2026-11-03", note="paid")
    which = {"id": held["id"], "version": held["version"]}
    nothing = await saved(desk, "updateMembership", **which, note="paid")
    assert nothing["version"] == 1
    changed = await saved(desk, "updateMembership", **which, tierId=yearly, endsOn="2027-11-02", note="")
    assert (changed["tier"]["code"], changed["startsOn"], changed["endsOn"], changed["note"], changed["version"]) == (
        "yearly", "2026-11-03", "2027-11-02", None, 2,
    )  # fmt: skip
    *_, entry = await entries(database, "membership")
    assert entry.before == {"tier_id": ids.decode(tier, "MembershipTier"), "ends_on": "2026-12-02", "note": "paid"}
    assert entry.after == {
        "tier_id": ids.decode(yearly, "MembershipTier"), "tier": "Yearly", "ends_on": "2027-11-02", "note": None,
    }  # fmt: skip


async def test_a_correction_that_makes_no_sense(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    gone = await add_tier(database, "gone", retired_at=clock.now())
    held = await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn="2026-11-03")
    which = {"id": held["id"], "version": 1}
    assert wrong(await do(desk, "updateMembership", **which, endsOn="2026-11-02")) == {"endsOn": "ENDS_BEFORE_START"}
    assert wrong(await do(desk, "updateMembership", **which, tierId=gone)) == {"tierId": "TIER_RETIRED"}
    assert wrong(await do(desk, "updateMembership", **which, endReason="x" * 201)) == {"endReason": "TOO_LONG"}
    await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn="2027-01-01")
    moved = await do(desk, "updateMembership", **which, startsOn="2026-12-20", endsOn="2027-01-10")
    assert (moved["__typename"], moved["proposed"]) == ("PeriodOverlap", {"startsOn": "2027-02-01", "endsOn": "2027-02-22"})


async def test_a_tier_that_was_retired_may_be_kept(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier)
    async with database.writing(OPERATOR) as uow:
        await uow.execute(update(MembershipTier).where(MembershipTier.code == "monthly").values(retired_at=clock.now()))
    changed = await saved(desk, "updateMembership", id=held["id"], version=1, tierId=tier, note="still theirs")
    assert changed["note"] == "still theirs"


async def test_the_second_of_two_learns_what_changed(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    yearly = await add_tier(database, "yearly", period_months=12)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn="2026-11-03")
    await saved(desk, "updateMembership", id=held["id"], version=1, tierId=yearly)
    await saved(desk, "extendMembership", id=held["id"], version=2, endsOn="2027-11-02")
    late = await do(desk, "updateMembership", id=held["id"], version=1, note="mine")
    assert (late["__typename"], late["code"], late["version"]) == ("Conflict", "STALE_VERSION", 3)
    found = {".".join(change["path"]): (change["value"], change["byName"]) for change in late["changes"]}
    assert found == {"tierId": ("Yearly", "Staff"), "endsOn": ("2027-11-02", "Staff")}
    for field in ("extendMembership", "endMembership"):
        more = {"endsOn": "2027-12-01"} if field == "extendMembership" else {"endsOn": "2026-11-05", "reason": "moved"}
        assert (await do(desk, field, id=held["id"], version=2, **more))["code"] == "STALE_VERSION"


async def test_extending(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn="2026-11-03")
    which = {"id": held["id"], "version": 1}
    assert wrong(await do(desk, "extendMembership", **which, endsOn="2026-12-02")) == {"endsOn": "NOT_LATER"}
    assert wrong(await do(desk, "extendMembership", **which, endsOn="2226-12-02")) == {"endsOn": "TOO_FAR_AHEAD"}
    await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn="2026-12-10")
    refused = await do(desk, "extendMembership", **which, endsOn="2026-12-31")
    assert refused["proposed"] == {"startsOn": "2026-11-03", "endsOn": "2026-12-09"}
    assert refused["message"].endswith("from 10 Dec 2026 to 9 Jan 2027. The last free day is 9 Dec 2026.")
    longer = await saved(desk, "extendMembership", **which, endsOn="2026-12-09")
    assert (longer["endsOn"], longer["version"]) == ("2026-12-09", 2)
    *_, entry = await entries(database, "membership")
    assert (entry.action, entry.before, entry.after) == ("membership.extended", {"ends_on": "2026-12-02"}, {"ends_on": "2026-12-09"})


async def test_an_overlap_that_was_allowed_need_not_be_allowed_again(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn="2026-11-20")
    held = await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn="2026-11-03", allowOverlap=True)
    longer = await saved(desk, "extendMembership", id=held["id"], version=1, endsOn="2026-12-10")
    assert longer["endsOn"] == "2026-12-10"


async def test_ending_needs_a_reason_and_an_earlier_day(desk: Api, database: Database, today: date) -> None:
    client, tier = await ana(database), await add_tier(database, "year", period_months=12)
    first = today - timedelta(20)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn=str(first))
    which = {"id": held["id"], "version": 1}
    assert wrong(await do(desk, "endMembership", **which, reason=" ")) == {"reason": "REQUIRED"}
    assert wrong(await do(desk, "endMembership", **which, reason="x" * 201)) == {"reason": "TOO_LONG"}
    assert wrong(await do(desk, "endMembership", **which, reason="moved", endsOn=str(first - timedelta(1)))) == {"endsOn": "BEFORE_START"}
    assert wrong(await do(desk, "endMembership", **which, reason="moved", endsOn=held["endsOn"])) == {"endsOn": "NOT_EARLIER"}
    ended = await do(desk, "endMembership", **which, reason="moved away")
    assert (ended["membership"]["endsOn"], ended["membership"]["endReason"]) == (str(today), "moved away")
    assert ended["client"]["standing"] == {"status": "EXPIRING", "endsOn": str(today)}
    # Its undo: the former day again, and the reason is gone.
    again = await saved(desk, "extendMembership", id=held["id"], version=2, endsOn=held["endsOn"])
    assert (again["endsOn"], again["endReason"], again["version"]) == (held["endsOn"], None, 3)


async def test_one_that_has_not_begun_is_removed_and_not_ended(desk: Api, database: Database, today: date) -> None:
    client, tier = await ana(database), await add_tier(database)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier, startsOn=str(today + timedelta(5)))
    assert wrong(await do(desk, "endMembership", id=held["id"], version=1, reason="mistake")) == {"endsOn": "BEFORE_START"}


async def test_an_archived_clients_membership_may_end_but_not_grow(desk: Api, database: Database, today: date) -> None:
    client, tier = await ana(database), await add_tier(database)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier)
    async with database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).values(archived_at=clock.now()))
    for field, more in (("extendMembership", {"version": 1, "endsOn": str(today + timedelta(99))}), ("renewMembership", {})):
        assert (await do(desk, field, id=held["id"], **more))["code"] == "CLIENT_ARCHIVED"
    assert (await saved(desk, "endMembership", id=held["id"], version=1, reason="moved"))["endsOn"] == str(today)


@pytest.mark.parametrize("field", ["updateMembership", "renewMembership", "extendMembership", "endMembership", "putMembershipBack"])
async def test_unknown_ids(desk: Api, database: Database, field: str) -> None:
    more: dict[str, Any] = {"extendMembership": {"version": 1, "endsOn": "2027-01-01"}, "endMembership": {"version": 1, "reason": "x"}}.get(
        field, {"version": 1} if field == "updateMembership" else {}
    )
    for unknown in (ids.encode("Membership", 999_999), ids.encode("Client", 1), "nonsense", ""):
        assert (await do(desk, field, id=unknown, **more))["__typename"] == "NotFound"


async def test_the_rows_of_others_stay(desk: Api, database: Database, today: date) -> None:
    """A second membership of one client, and one of another client, are none of its business."""
    other = await ana(database, memberships=[(today, today + timedelta(9))])
    client, tier = await ana(database), await add_tier(database)
    await saved(desk, "addMembership", clientId=client, tierId=tier)
    async with database.reading() as reader:
        rows = await reader.rows(select(Membership.client_id, Membership.ends_on).order_by(Membership.id))
    assert rows[0] == (ids.decode(other, "Client"), today + timedelta(9))
