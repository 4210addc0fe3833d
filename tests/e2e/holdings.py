"""Tiers, and clients of a test's own with what they hold; and how staff use a client's memberships in the browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any

from playwright.async_api import Locator, Page
from sqlalchemy import select

from backend.clients.models import Client
from backend.graphql import ids
from backend.memberships.models import Authorization, Membership, MembershipTier
from tests.e2e.records import OPERATOR, Records
from tests.e2e.running import zone_at_midday

FAMILY = "Holdings-Test"


def centre_day() -> date:
    """The centre's day."""
    return datetime.now(zone_at_midday()).date()


class Shelf:
    """Where they come from."""

    def __init__(self, records: Records) -> None:
        self.records = records

    async def tier(self, name: str, **columns: Any) -> int:
        """A tier; one of this name that is there already is taken."""
        code = name.lower().replace(" ", "-")
        async with self.records.database.writing(OPERATOR) as uow:
            found = await uow.scalar(select(MembershipTier.id).where(MembershipTier.code == code))
            if found is not None:
                return int(found)
            made = MembershipTier(name=name, code=code, **columns)
            uow.add(made)
            await uow.flush()
        return made.id

    async def client(
        self, first: str, memberships: list[tuple[int, date, date]] | None = None, authorizations: list[dict[str, Any]] | None = None
    ) -> str:
        """Somebody who holds these; the address of their page."""
        async with self.records.database.writing(OPERATOR) as uow:
            made = Client(first_name=first, last_name=FAMILY)
            uow.add(made)
            await uow.flush()
            for tier, starts_on, ends_on in memberships or ():
                uow.add(Membership(client_id=made.id, tier_id=tier, starts_on=starts_on, ends_on=ends_on))
            for columns in authorizations or ():
                uow.add(Authorization(client_id=made.id, **columns))
        return f"/clients/{ids.encode('Client', made.id)}"


@asynccontextmanager
async def a_shelf(records: Records) -> AsyncIterator[Shelf]:
    """Its clients are put away at the end, so that the lists of other tests don't show them."""
    yield Shelf(records)
    await records.put_away(FAMILY)


def short(day: date, today: date) -> str:
    """As the pages say a day in English: September has four letters there, and the year is said when it is another one."""
    month = "Sept" if day.month == 9 else f"{day:%b}"
    return f"{day.day} {month}" + ("" if day.year == today.year else f" {day.year}")


def part(page: Page, name: str) -> Locator:
    """The memberships, the authorizations, or all that holds."""
    return page.get_by_role("region", name=name, exact=True)


async def choose(field: Locator, option: str) -> None:
    """Choose from a field in which one types to filter."""
    await field.click()
    await field.page.get_by_role("option", name=option).click()


async def choose_action(row: Locator, name: str) -> None:
    """Open a row's menu and choose from it."""
    await row.get_by_role("button", name="More actions").click()
    await row.page.get_by_role("menuitem", name=name).click()
