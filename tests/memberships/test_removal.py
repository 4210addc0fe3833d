"""Removing what was a mistake, and putting it back."""

from datetime import date

import pytest
from sqlalchemy import delete, func, select, text, update

from backend import clock
from backend.clients.models import Client
from backend.db import Database
from backend.graphql import ids
from backend.memberships.models import Authorization, Membership, MembershipTier
from tests.audit.log import without_rules
from tests.client import Api
from tests.clients.people import add_client
from tests.memberships.holding import add_tier, ana, do, entries, remove, saved
from tests.world import OPERATOR


async def test_it_is_gone_and_comes_back_as_it_was(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier, note="paid twice")
    held = await saved(desk, "endMembership", id=held["id"], version=1, reason="moved")
    gone = await remove(desk, held)
    assert (gone["__typename"], gone["id"], gone["client"]["standing"]["status"]) == ("HoldingRemoved", held["id"], "NONE")
    async with database.reading() as reader:
        assert await reader.scalar(select(func.count()).select_from(Membership)) == 0
    *_, entry = await entries(database, "membership")
    assert entry.action == "membership.removed"
    assert entry.before is not None
    assert {"client_id", "tier_id", "tier", "starts_on", "ends_on", "note", "end_reason", "created_at", "version"} <= entry.before.keys()
    # Even when its tier is no longer sold.
    async with database.writing(OPERATOR) as uow:
        await uow.execute(update(MembershipTier).where(MembershipTier.code == "monthly").values(retired_at=clock.now()))
    back = await do(desk, "putMembershipBack", id=held["id"])
    assert back["membership"] == held | {"version": 3}
    again = await do(desk, "putMembershipBack", id=held["id"])
    assert (again["membership"], again["alreadyThere"]) == (back["membership"], True)
    assert [entry.action for entry in await entries(database, "membership")][-2:] == ["membership.removed", "membership.put_back"]
    # And what is made next has a number of its own.
    assert (await saved(desk, "renewMembership", id=held["id"], tierId=await add_tier(database, "new")))["id"] != held["id"]


async def test_an_authorization_too(desk: Api, database: Database) -> None:
    client = await ana(database)
    given = {
        "clientId": client,
        "uciNumber": "7100001",
        "startsOn": "2026-11-01",
        "endsOn": "2027-10-31",
        "unitsPerMonth": 22,
        "unit": "HOUR",
    }
    held = await saved(desk, "addAuthorization", **given)
    assert (await remove(desk, held, "Authorization"))["__typename"] == "HoldingRemoved"
    back = await saved(desk, "putAuthorizationBack", id=held["id"])
    assert back == held | {"version": 2}
    # In its place there is another one.
    await remove(desk, back, "Authorization")
    await saved(desk, "addAuthorization", **given)
    refused = await do(desk, "putAuthorizationBack", id=held["id"])
    assert [field["code"] for field in refused["fields"]] == ["SAME_AUTHORIZATION"]


async def test_only_as_it_was_read(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier)
    await saved(desk, "updateMembership", id=held["id"], version=1, note="look before you remove")
    refused = await remove(desk, held)
    assert (refused["__typename"], refused["code"], refused["version"]) == ("Conflict", "STALE_VERSION", 2)


async def test_it_follows_a_merged_client(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    kept = await add_client(database, "Ana Maria")
    held = await saved(desk, "addMembership", clientId=client, tierId=tier)
    await remove(desk, held)
    async with database.writing(OPERATOR) as uow:
        merged = update(Client).where(Client.id == ids.decode(client, "Client"))
        await uow.execute(merged.values(archived_at=clock.now(), merged_into_id=kept))
    back = await do(desk, "putMembershipBack", id=held["id"])
    assert back["client"]["id"] == ids.encode("Client", kept)


@pytest.mark.parametrize("kind", ["Membership", "Authorization"])
async def test_what_was_never_removed(desk: Api, database: Database, kind: str) -> None:
    assert (await do(desk, f"put{kind}Back", id=ids.encode(kind, 1)))["__typename"] == "NotFound"


async def test_an_erasure_leaves_nothing_to_put_back(desk: Api, database: Database) -> None:
    client, tier = await ana(database), await add_tier(database)
    held = await saved(desk, "addMembership", clientId=client, tierId=tier)
    await remove(desk, held)
    async with database.writing(OPERATOR) as uow:
        await without_rules(uow)
        await uow.execute(text("UPDATE audit_log SET before = NULL, after = NULL"))
    assert (await do(desk, "putMembershipBack", id=held["id"]))["__typename"] == "NotFound"


async def test_a_row_that_vanished_meanwhile(desk: Api, database: Database) -> None:
    client = await ana(database, authorizations=[(date(2026, 11, 1), date(2027, 10, 31))])
    async with database.writing(OPERATOR) as uow:
        number = await uow.scalar(select(Authorization.id))
        await uow.execute(delete(Authorization))
    assert (await remove(desk, {"id": ids.encode("Authorization", number), "version": 1}, "Authorization"))["__typename"] == "NotFound"
    assert client
