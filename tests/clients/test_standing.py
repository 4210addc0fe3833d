"""Standing: one rule, held against a second one written in plain Python."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from backend.checkins.queries import standing_of
from backend.clients.models import Client
from backend.db import AnyRow, Database
from backend.memberships.models import CheckInPolicy, Membership, MembershipTier
from tests.clients.people import add_client, around
from tests.world import OPERATOR

TODAY = date(2026, 11, 22)
Period = tuple[date, date]


async def standing(
    database: Database, memberships: Sequence[Period] = (), authorizations: Sequence[Period] = (), day: date = TODAY
) -> AnyRow:
    client_id = await add_client(database, memberships=memberships, authorizations=authorizations)
    async with database.reading() as reader:
        return await standing_of(reader, client_id, day)


@pytest.mark.parametrize(
    ("memberships", "authorizations", "status", "days_left"),
    [
        ([], [], "NONE", None),
        ([around(TODAY, 10, 31)], [], "ACTIVE", 31),
        ([around(TODAY, 10, 30)], [], "EXPIRING", 30),
        ([around(TODAY, 10, 0)], [], "EXPIRING", 0),
        ([around(TODAY, 0, 40)], [], "ACTIVE", 40),
        ([around(TODAY, 10, -1)], [], "EXPIRED", -1),
        ([around(TODAY, -1, 40)], [], "PENDING", 1),
        ([], [around(TODAY, 10, 100)], "ACTIVE", 100),
        # A renewal in advance, without a gap, is one span; with a gap of a day it is not.
        ([around(TODAY, 300, 5), around(TODAY, -6, 370)], [], "ACTIVE", 370),
        ([around(TODAY, 300, 5), around(TODAY, -7, 370)], [], "EXPIRING", 5),
        # An authorization may follow a membership, or lie inside one.
        ([around(TODAY, 300, 5)], [around(TODAY, -6, 100)], "ACTIVE", 100),
        ([around(TODAY, 300, 90)], [around(TODAY, 20, 3)], "ACTIVE", 90),
        # Expired, and something is to come: that is what counts.
        ([around(TODAY, 300, -20), around(TODAY, -3, 30)], [], "PENDING", 3),
        ([around(TODAY, 300, -200)], [around(TODAY, 300, -20)], "EXPIRED", -20),
    ],
)
async def test_the_table(
    seeded: Database, memberships: list[Period], authorizations: list[Period], status: str, days_left: int | None
) -> None:
    row = await standing(seeded, memberships, authorizations)
    assert (row.status, row.days_left) == (status, days_left)


async def test_the_source_is_named(seeded: Database) -> None:
    assert (await standing(seeded, authorizations=[around(TODAY, 1, 50)])).source == "AUTHORIZATION"
    row = await standing(seeded, memberships=[around(TODAY, 1, 50)])
    assert (row.source, row.tier_name, row.policy) == ("MEMBERSHIP", "Standard", "REMIND")
    nothing = await standing(seeded)
    assert (nothing.source, nothing.policy) == (None, "REMIND")


async def test_the_policy_is_the_tiers(seeded: Database) -> None:
    async with seeded.writing(OPERATOR) as uow:
        client = Client(first_name="Kai", last_name="Lopez")
        tier = MembershipTier(name="Strict", code="strict", policy=CheckInPolicy.BLOCK)
        uow.add(client, tier)
        await uow.flush()
        uow.add(Membership(client_id=client.id, tier_id=tier.id, starts_on=TODAY - timedelta(9), ends_on=TODAY - timedelta(2)))
    async with seeded.reading() as reader:
        assert (await standing_of(reader, client.id, TODAY)).policy == "BLOCK"


def expected(periods: Sequence[Period], day: date) -> tuple[str, int | None]:
    """The rule once more, day by day instead of by spans."""
    if not periods:
        return "NONE", None
    covered = {first + timedelta(n) for first, last in periods for n in range((last - first).days + 1)}
    if day in covered:
        last = day
        while last + timedelta(1) in covered:
            last += timedelta(1)
        left = (last - day).days
        return ("EXPIRING" if left <= 30 else "ACTIVE"), left
    if to_come := [first for first, _ in periods if first > day]:
        return "PENDING", (min(to_come) - day).days
    return "EXPIRED", (max(last for _, last in periods) - day).days


period = st.tuples(st.integers(-80, 80), st.integers(0, 70)).map(lambda p: (TODAY + timedelta(p[0]), TODAY + timedelta(p[0] + p[1])))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(st.tuples(st.lists(period, max_size=4), st.lists(period, max_size=2, unique=True)), min_size=1, max_size=12),
    day=st.integers(-60, 60),
)
async def test_any_periods_agree_with_the_plain_rule(seeded: Database, people: list[tuple[list[Period], list[Period]]], day: int) -> None:
    on = TODAY + timedelta(day)
    async with seeded.writing(OPERATOR) as uow:
        tier_id = await uow.scalar(select(MembershipTier.id).where(MembershipTier.is_default))
        ids = (
            (
                await uow.execute(
                    insert(Client).returning(Client.id, sort_by_parameter_order=True),
                    [{"first_name": "A", "last_name": "B"} for _ in people],
                )
            )
            .scalars()
            .all()
        )
        rows = [
            {"client_id": number, "tier_id": tier_id, "starts_on": first, "ends_on": last}
            for number, (memberships, more) in zip(ids, people, strict=True)
            for first, last in [*memberships, *more]
        ]
        if rows:
            await uow.execute(insert(Membership), rows)
    async with seeded.reading() as reader:
        for number, (memberships, more) in zip(ids, people, strict=True):
            row = await standing_of(reader, number, on)
            assert (row.status, row.days_left) == expected([*memberships, *more], on)
