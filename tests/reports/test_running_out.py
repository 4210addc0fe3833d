"""Who expires and who has expired: the dashboard, the table of clients and the plain rule agree."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from backend.clients.models import Client
from backend.clients.queries import ClientCriteria, count_of_clients
from backend.clients.standing import StandingStatus
from backend.db import Database
from backend.memberships.models import Authorization, Membership, MembershipTier
from backend.reports import queries
from tests.clients.people import add_client, around
from tests.clients.test_standing import expected
from tests.world import OPERATOR

TODAY = date(2026, 11, 22)
Period = tuple[date, date]
Person = tuple[list[Period], list[Period], bool]

period = st.tuples(st.integers(-80, 50), st.integers(0, 60)).map(lambda p: (TODAY + timedelta(p[0]), TODAY + timedelta(p[0] + p[1])))
person = st.tuples(st.lists(period, max_size=3), st.lists(period, max_size=2, unique_by=lambda p: p[0]), st.booleans())


async def write(database: Database, people: Sequence[Person]) -> list[int]:
    async with database.writing(OPERATOR) as uow:
        await uow.execute(text("DELETE FROM clients"))
        tier_id = await uow.scalar(select(MembershipTier.id).where(MembershipTier.is_default))
        numbers = []
        for memberships, authorizations, archived in people:
            client = Client(first_name="A", last_name="B", archived_at=text("now()") if archived else None)
            uow.add(client)
            await uow.flush()
            numbers.append(client.id)
            for table, periods, more in (
                (Membership, memberships, {"tier_id": tier_id}),
                (Authorization, authorizations, {"uci_number": "7100001"}),
            ):
                rows: list[dict[str, Any]] = [
                    {"client_id": client.id, "starts_on": first, "ends_on": last, **more} for first, last in periods
                ]
                if rows:
                    await uow.execute(insert(table), rows)
    return numbers


@example(people=[([], [(TODAY, TODAY), (TODAY + timedelta(2), TODAY + timedelta(2))], False)])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(person, max_size=8))
async def test_any_periods(seeded: Database, people: list[Person]) -> None:
    numbers = await write(seeded, people)
    standings = {
        number: expected([*memberships, *authorizations], TODAY)
        for number, (memberships, authorizations, archived) in zip(numbers, people, strict=True)
        if not archived
    }
    async with seeded.reading() as reader:
        for status, read, direction in ((StandingStatus.EXPIRING, queries.expiring, 1), (StandingStatus.EXPIRED, queries.expired, -1)):
            found = await read(reader, TODAY, first=20)
            mine = {number: left or 0 for number, (named, left) in standings.items() if named == status}
            assert (found.total, found.exact) == (len(mine), True)
            assert list(found.first_ones) == sorted(mine, key=lambda number: (direction * mine[number], number))
            # The table behind the link says the same.
            assert await count_of_clients(reader, ClientCriteria(standing=[status]), day=TODAY) == (len(mine), True)


async def test_only_the_first_few_are_listed(seeded: Database) -> None:
    soon = [await add_client(seeded, memberships=[around(TODAY, 300, left)]) for left in (9, 3, 30, 0)]
    await add_client(seeded, memberships=[around(TODAY, 300, 31)])
    async with seeded.reading() as reader:
        found = await queries.expiring(reader, TODAY, first=2)
    assert (found.total, list(found.first_ones)) == (4, [soon[3], soon[1]])


@pytest.mark.parametrize(("how_many", "total", "exact"), [(500, 500, True), (501, 500, False), (503, 500, False)])
async def test_a_count_stops_and_says_so(seeded: Database, how_many: int, total: int, exact: bool) -> None:
    async with seeded.writing(OPERATOR) as uow:
        await uow.execute(text(f"INSERT INTO clients (first_name, last_name) SELECT 'C', n::text FROM generate_series(1, {how_many}) n"))
        periods = "INSERT INTO authorizations (client_id, uci_number, starts_on, ends_on) SELECT id, id, :first, :last FROM clients"
        await uow.execute(text(periods), {"first": date(2026, 1, 1), "last": date(2026, 11, 1)})
        await uow.execute(text("UPDATE clients SET first_check_in_at = '2026-01-01', last_check_in_at = '2026-03-01'"))
    async with seeded.reading() as reader:
        for found in (
            await queries.expired(reader, TODAY, first=3),
            await queries.inactive(reader, datetime(2026, 10, 1, tzinfo=UTC), first=3),
        ):
            assert (found.total, found.exact, len(found.first_ones)) == (total, exact, 3)
        (people,) = await queries.new_and_returning(reader, [datetime(2026, 2, 1, tzinfo=UTC)])
        assert (people.new, people.returning) == (0, min(how_many, 501))
