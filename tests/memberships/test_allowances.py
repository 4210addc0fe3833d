"""What is used and left of memberships and authorizations: windows, units, caps that count down."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from backend.checkins.models import CheckIn
from backend.clients.standing import StandingSource
from backend.db import Database
from backend.graphql import ids
from backend.memberships import queries
from backend.memberships.models import Authorization, AuthorizationUnit, CapWindow, Membership, MembershipTier
from tests.client import Api
from tests.clients.people import add_client, around
from tests.memberships.holding import add_tier, add_visits
from tests.statements import StatementCounter
from tests.world import OPERATOR

ALLOWANCES = """query ($id: ID!) { client(id: $id) {
  allowances { source holdingId tierName unit allowed used left startsOn endsOn }
  memberships { id allowed used left } authorizations { id allowed used left } } }"""


async def asked(api: Api, client: int) -> dict[str, Any]:
    found: dict[str, Any] = (await api.execute(ALLOWANCES, {"id": ids.encode("Client", client)}))["client"]
    return found


async def hold(database: Database, client: int, tier: str, first: date, last: date) -> int:
    async with database.writing(OPERATOR) as uow:
        held = Membership(client_id=client, tier_id=ids.decode(tier, "MembershipTier"), starts_on=first, ends_on=last)
        uow.add(held)
        await uow.flush()
    return held.id


async def test_a_cap_over_the_whole_membership_counts_down(desk: Api, database: Database, today: date) -> None:
    client, tier = await add_client(database), await add_tier(database, "ten", visit_cap=3)
    first, last = around(today, 10, 20)
    held = await hold(database, client, tier, first, last)
    await add_visits(database, client, first - timedelta(1), last + timedelta(1))
    expected = {"source": "MEMBERSHIP", "holdingId": ids.encode("Membership", held), "tierName": "Ten", "unit": "VISIT", "allowed": 3}
    for used, left in ((0, 3), (1, 2), (2, 1), (3, 0), (4, 0)):
        found = await asked(desk, client)
        assert found["allowances"] == [expected | {"used": used, "left": left, "startsOn": str(first), "endsOn": str(last)}]
        assert found["memberships"] == [{"id": expected["holdingId"], "allowed": 3, "used": used, "left": left}]
        await add_visits(database, client, today)
        await add_visits(database, client, today, voided=True)


async def test_a_cap_of_each_month_begins_anew(desk: Api, database: Database, today: date) -> None:
    client, tier = await add_client(database), await add_tier(database, "four", visit_cap=4, cap_window=CapWindow.MONTH)
    month = today.replace(day=1)
    next_month = (month + timedelta(32)).replace(day=1)
    await hold(database, client, tier, month - timedelta(40), next_month + timedelta(40))
    await add_visits(database, client, month - timedelta(1), month, next_month)
    [found] = (await asked(desk, client))["allowances"]
    assert (found["used"], found["left"], found["startsOn"], found["endsOn"]) == (1, 3, str(month), str(next_month - timedelta(1)))


async def test_units_of_authorizations(desk: Api, database: Database, today: date) -> None:
    client = await add_client(database, authorizations=[around(today, 400, 400)])
    other = today.replace(day=1) if today.day > 1 else today + timedelta(1)
    await add_visits(database, client, today, today, hours=1.5)
    await add_visits(database, client, other)
    for unit, used in ((AuthorizationUnit.VISIT, 3), (AuthorizationUnit.DAY, 2), (AuthorizationUnit.HOUR, 3.0)):
        async with database.writing(OPERATOR) as uow:
            await uow.execute(update(Authorization).values(unit=unit, units_per_month=10))
        [found] = (await asked(desk, client))["allowances"]
        assert (found["unit"], found["allowed"], found["used"], found["left"]) == (unit, 10, used, 10 - used)


async def test_without_a_cap_nothing_is_counted(desk: Api, database: Database, today: date) -> None:
    client = await add_client(database, memberships=[around(today, 3, 3)], authorizations=[around(today, 3, 3)])
    await add_visits(database, client, today)
    found = await asked(desk, client)
    assert [(each["source"], each["allowed"], each["used"], each["left"]) for each in found["allowances"]] == [
        ("MEMBERSHIP", None, None, None), ("AUTHORIZATION", None, None, None),
    ]  # fmt: skip
    assert {each["used"] for each in [*found["memberships"], *found["authorizations"]]} == {None}


async def test_past_and_future_ones_have_the_nearest_window(desk: Api, database: Database, today: date) -> None:
    client, tier = await add_client(database), await add_tier(database, "ten", visit_cap=10)
    await hold(database, client, tier, *around(today, 60, -30))
    await hold(database, client, tier, *around(today, -30, 60))
    await add_visits(database, client, today - timedelta(40), today - timedelta(50))
    found = await asked(desk, client)
    assert found["allowances"] == []
    assert [(each["used"], each["left"]) for each in found["memberships"]] == [(0, 10), (2, 8)]


async def test_the_number_of_statements_does_not_grow(desk: Api, database: Database, today: date, statements: StatementCounter) -> None:
    text = "{ clients(first: 50) { edges { node { allowances { left } memberships { left } authorizations { left } } } } }"
    for _ in range(2):
        await add_client(database, memberships=[around(today, 3, 3)], authorizations=[around(today, 3, 3)])
    await desk.execute(text)
    statements.clear()
    await desk.execute(text)
    before = statements.count
    for _ in range(8):
        await add_client(database, memberships=[around(today, 3, 3), around(today, -4, 9)], authorizations=[around(today, 3, 3)])
    statements.clear()
    await desk.execute(text)
    assert statements.count == before <= 8


FIRST = date(2027, 12, 1)
offsets = st.integers(0, 150)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    window=st.sampled_from(CapWindow),
    cap=st.integers(1, 6),
    first=offsets,
    length=st.integers(0, 90),
    visits=st.lists(offsets, max_size=12),
    voided=st.lists(offsets, max_size=4),
    on=st.integers(0, 90),
)
async def test_any_visits_agree_with_a_plain_count(
    seeded: Database, window: CapWindow, cap: int, first: int, length: int, visits: list[int], voided: list[int], on: int
) -> None:
    """From December 2027 to April 2028, over 29 February: what the window holds, counted in Python."""
    starts_on = FIRST + timedelta(first)
    ends_on = starts_on + timedelta(length)
    day = starts_on + timedelta(min(on, length))
    client = await add_client(seeded)
    async with seeded.writing(OPERATOR) as uow:
        await uow.execute(delete(CheckIn))
        await uow.execute(delete(Membership))
        await uow.execute(delete(MembershipTier).where(MembershipTier.code == "capped"))
    tier = await add_tier(seeded, "capped", visit_cap=cap, cap_window=window)
    held = await hold(seeded, client, tier, starts_on, ends_on)
    came = [FIRST + timedelta(n) for n in visits]
    if came:
        await add_visits(seeded, client, *came)
    if voided:
        await add_visits(seeded, client, *(FIRST + timedelta(n) for n in voided), voided=True)

    def counts(visit: date) -> bool:
        in_month = window is CapWindow.MEMBERSHIP or (visit.year, visit.month) == (day.year, day.month)
        return starts_on <= visit <= ends_on and in_month

    used = sum(counts(visit) for visit in came)
    async with seeded.reading() as reader:
        [use] = (await queries.allowances_of(reader, [client], day))[client]
        alone = await queries.uses_of(reader, [(StandingSource.MEMBERSHIP, held, client, day)])
    assert (use.used, use.left, use.allowed) == (used, max(cap - used, 0), cap)
    assert alone == {(StandingSource.MEMBERSHIP, held): use}
    assert use.left is not None
    assert use.left + used >= cap
    assert starts_on <= use.starts_on <= day <= use.ends_on <= ends_on


@pytest.mark.parametrize("clients", [[], [999_999]])
async def test_nobody_has_nothing(seeded: Database, clients: list[int]) -> None:
    async with seeded.reading() as reader:
        assert await queries.allowances_of(reader, clients, FIRST) == {}
        assert await queries.uses_of(reader, []) == {}
        assert await reader.scalars(select(CheckIn.id)) == []
