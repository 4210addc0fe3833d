"""The service coordinators that a list can be narrowed to: all who are named, found without reading everybody."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import text, update

from backend import clock
from backend.db import Database
from backend.memberships import queries
from backend.memberships.models import Authorization
from backend.memberships.queries import running_out
from tests.client import Api
from tests.clients.people import add_client, around
from tests.world import OPERATOR

ASKED = "{ serviceCoordinators }"
PEOPLE = (("Dana Reyes", False), ("Dana Reyes", True), ("Gone Away", True), ("áine ward", False), (None, False))
FILL = text(
    """
    INSERT INTO clients (first_name, last_name, service_coordinator)
    SELECT 'P' || n, 'Many', 'Coordinator ' || n / 1000 FROM generate_series(0, 6999) n
    """
)


async def test_all_who_are_named(desk: Api, database: Database, today: date) -> None:
    for n, (coordinator, archived) in enumerate(PEOPLE):
        columns: dict[str, Any] = {"service_coordinator": coordinator, "archived_at": clock.now() if archived else None}
        await add_client(database, f"c{n}", "Test", authorizations=[around(today, 3, n + 1)], **columns)
    third = today + timedelta(2)
    async with database.writing(OPERATOR) as uow:
        await uow.execute(update(Authorization).where(Authorization.ends_on > third).values(service_coordinator="Lee Park"))
        await uow.execute(update(Authorization).where(Authorization.ends_on == third).values(service_coordinator="Dana Reyes"))
    assert (await desk.execute(ASKED))["serviceCoordinators"] == ["Dana Reyes", "Lee Park", "áine ward"]


async def test_nobody_is_named(desk: Api) -> None:
    assert (await desk.execute(ASKED))["serviceCoordinators"] == []


async def test_the_first_two_hundred_by_name(desk: Api, database: Database) -> None:
    async with database.writing(OPERATOR) as uow:
        await uow.execute(text(FILL.text.replace("n / 1000", "1000 + n % 300")))
    found = (await desk.execute(ASKED))["serviceCoordinators"]
    assert found == [f"Coordinator {1000 + n}" for n in range(200)]


async def test_many_rows_that_name_few_people_are_not_read(seeded: Database) -> None:
    async with seeded.writing(OPERATOR) as uow:
        await uow.execute(FILL)
        await uow.execute(text("ANALYZE clients"))
        assert await queries.coordinators(uow) == [f"Coordinator {n}" for n in range(7)]
        statement = str(running_out._COORDINATORS).replace(":walked", "2000").replace(":most", "200")
        (explained,) = await uow.scalar(text(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"))
    assert 0 < rows_read(explained["Plan"]) < 40


def rows_read(plan: dict[str, Any]) -> int:
    """How many rows of clients a plan touches."""
    mine = 0
    if plan.get("Relation Name") == "clients":
        mine = round((plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"])
    return mine + sum(rows_read(part) for part in plan.get("Plans", []))
