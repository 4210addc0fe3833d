"""Caps and authorised units: counted with the visit, warned of before they are gone, decided by the policy after."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from backend import clock
from backend.db import Database
from backend.memberships.models import Authorization, AuthorizationUnit, CapWindow, CheckInPolicy, Membership, MembershipTier
from tests.checkins.desk import check_in, set_policy, visits, void
from tests.client import Api
from tests.clients.people import add_client, around
from tests.world import OPERATOR

VISIT = AuthorizationUnit.VISIT


async def authorized(database: Database, client: int, units: int | None, today: date, unit: AuthorizationUnit = VISIT) -> None:
    first, last = around(today, 40, 60)
    async with database.writing(OPERATOR) as uow:
        uow.add(Authorization(client_id=client, uci_number="7100001", starts_on=first, ends_on=last, units_per_month=units, unit=unit))


async def capped(database: Database, client: int, cap: int, today: date, window: CapWindow = CapWindow.MEMBERSHIP) -> None:
    async with database.writing(OPERATOR) as uow:
        tier = MembershipTier(name="Ten pass", code="TEN", visit_cap=cap, cap_window=window, policy=CheckInPolicy.BLOCK)
        tier.sentence_en, tier.sentence_es = "Sell another pass.", "Venda otro pase."
        uow.add(tier)
        await uow.flush()
        uow.add(Membership(client_id=client, tier_id=tier.id, starts_on=today, ends_on=today + timedelta(days=90)))


class Later:
    """The clock, moved on past the repeat window before each visit."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        # Far from midnight and from a month's end, whatever today is.
        self.now = clock.now().replace(day=10, hour=20, minute=0)
        patch.setattr(clock, "now", lambda: self.now)
        patch.setattr(clock, "today", lambda zone: self.now.astimezone(zone).date())

    async def visit(self, api: Api, client: int, **more: Any) -> dict[str, Any]:
        self.now += timedelta(minutes=11)
        await api.login("staff")
        return await check_in(api, client, **more)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    return Later(monkeypatch)


async def test_the_desk_is_warned_before_the_last_authorised_visit(api: Api, later: Later) -> None:
    await set_policy(api.database, CheckInPolicy.REMIND)
    client = await add_client(api.database)
    await authorized(api.database, client, 4, clock.today(api.settings.zone))
    said = [await later.visit(api, client) for _ in range(5)]
    assert [answer["warning"] for answer in said] == [
        None,
        "2 visits left this month.",
        "1 visit left this month.",
        "This is the last authorised visit this month.",
        None,
    ]
    assert said[3]["sentence"].endswith("This is the last authorised visit this month.")
    assert said[4]["sentence"] == "All authorised visits of this month are used. They may play. Remind them to renew."
    covers = [answer["allowances"][0] for answer in said]
    assert [(each["used"], each["left"]) for each in covers] == [(1, 3), (2, 2), (3, 1), (4, 0), (5, 0)]
    assert said[0]["allowances"][0]["allowed"] == 4


async def test_a_used_up_pass_is_decided_by_its_tiers_policy_with_its_own_sentence(api: Api, later: Later) -> None:
    client = await add_client(api.database)
    await capped(api.database, client, 2, clock.today(api.settings.zone))
    first, second = await later.visit(api, client), await later.visit(api, client)
    assert (first["warning"], second["warning"]) == ("1 visit left in this membership.", "This is the last visit of this membership.")
    # Pressed again within the window: that visit, and no refusal because it was the last.
    repeat = await check_in(api, client)
    assert (repeat["__typename"], repeat["repeat"], repeat["checkIn"]["id"]) == ("CheckInRecorded", True, second["checkIn"]["id"])
    third = await later.visit(api, client)
    assert (third["__typename"], third["code"], third["overridable"]) == ("CheckInRefused", "USED_UP", True)
    assert third["sentence"] == "All visits of this membership are used. Sell another pass."
    await api.execute("mutation { updateProfile(input: {language: ES}) { __typename } }")
    assert (await later.visit(api, client))["sentence"] == "Ya se usaron todas las visitas de esta membresía. Venda otro pase."
    assert len(await visits(api.database)) == 2
    await void(api, second["checkIn"]["id"])
    assert (await later.visit(api, client))["__typename"] == "CheckInRecorded"


async def test_staff_override_with_a_reason_that_is_kept(api: Api, later: Later) -> None:
    client = await add_client(api.database)
    await capped(api.database, client, 1, clock.today(api.settings.zone))
    await later.visit(api, client, overrideReason="not needed")
    over = await later.visit(api, client, overrideReason="  Mum pays\n at six ")
    assert over["__typename"] == "CheckInRecorded"
    assert over["sentence"] == "All visits of this membership are used. Checked in because staff decided so."
    assert [row.override_reason for row in await visits(api.database)] == [None, "Mum pays at six"]
    assert over["checkIn"]["overrideReason"] == "Mum pays at six"
    # The second press finds the visit that was let in.
    assert (await check_in(api, client))["repeat"] is True


async def test_an_expired_client_is_let_in_by_override_and_replayed_so(api: Api) -> None:
    await api.login("staff")
    await set_policy(api.database, CheckInPolicy.BLOCK)
    client = await add_client(api.database)
    assert (await check_in(api, client))["code"] == "POLICY_BLOCK"
    request_id = "6f8dd1a5-6a0d-4fd5-8a6c-3c1f3a8e9d11"
    first = await check_in(api, client, request_id, overrideReason="Birthday guest")
    again = await check_in(api, client, request_id, overrideReason="Birthday guest")
    assert first["sentence"] == again["sentence"] == "No membership on file. Checked in because staff decided so."
    assert (again["replayed"], again["checkIn"]["id"]) == (True, first["checkIn"]["id"])


@pytest.mark.parametrize(("reason", "code"), [(" \n", "REQUIRED"), ("x" * 501, "TOO_LONG")])
async def test_an_override_needs_a_reason(api: Api, reason: str, code: str) -> None:
    await api.login("staff")
    member = await check_in(api, await add_client(api.database), overrideReason=reason)
    assert member["fields"] == [{"path": ["overrideReason"], "code": code}]
    assert await visits(api.database) == []


async def test_nobody_overrides_an_archive(api: Api) -> None:
    await api.login("staff")
    client = await add_client(api.database, archived_at=clock.now())
    member = await check_in(api, client, overrideReason="They are here")
    assert (member["code"], member["overridable"]) == ("CLIENT_ARCHIVED", False)


async def test_something_without_a_cap_covers_what_another_has_used_up(api: Api, later: Later) -> None:
    client = await add_client(api.database)
    today = clock.today(api.settings.zone)
    await capped(api.database, client, 1, today)
    await authorized(api.database, client, None, today)
    said = [await later.visit(api, client) for _ in range(3)]
    assert [answer["__typename"] for answer in said] == ["CheckInRecorded"] * 3
    assert [answer["warning"] for answer in said] == [None] * 3


async def test_a_day_counts_once_however_often_they_come(api: Api, later: Later) -> None:
    await set_policy(api.database, CheckInPolicy.BLOCK)
    client = await add_client(api.database)
    await authorized(api.database, client, 1, clock.today(api.settings.zone), AuthorizationUnit.DAY)
    said = [await later.visit(api, client) for _ in range(3)]
    assert [(answer["allowances"][0]["used"], answer["warning"]) for answer in said] == [
        (1, "This is the last authorised day this month.")
    ] * 3
    later.now += timedelta(days=1)
    assert (await later.visit(api, client))["code"] == "USED_UP"


async def test_a_monthly_cap_begins_anew_with_the_month(api: Api, later: Later) -> None:
    client = await add_client(api.database)
    await capped(api.database, client, 1, clock.today(api.settings.zone), CapWindow.MONTH)
    assert (await later.visit(api, client))["warning"] == "This is the last visit this month."
    assert (await later.visit(api, client))["code"] == "USED_UP"
    later.now += timedelta(days=30)
    assert (await later.visit(api, client))["__typename"] == "CheckInRecorded"


async def test_ask_staff_goes_ahead_at_the_desk(api: Api, later: Later) -> None:
    client = await add_client(api.database)
    await capped(api.database, client, 1, clock.today(api.settings.zone))
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(update(MembershipTier).values(policy=CheckInPolicy.ASK_STAFF, sentence_en=None))
        assert await uow.scalar(select(MembershipTier.id).limit(1))
    await later.visit(api, client)
    assert (await later.visit(api, client))["sentence"].startswith("All visits of this membership are used. Staff decided")
