"""Memberships, lists and tiers in Spanish, and in both themes and widths: nothing that axe finds, nothing to scroll to the side."""

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.holdings import Shelf, a_shelf, centre_day, choose, part
from tests.e2e.records import Records, SignIn


@pytest.fixture
def today() -> date:
    return centre_day()


@pytest.fixture
async def shelf(records: Records) -> AsyncIterator[Shelf]:
    async with a_shelf(records) as opened:
        yield opened


async def test_in_spanish(browsing: Browsing, staff: SignIn, records: Records, shelf: Shelf, today: date) -> None:
    tier = await shelf.tier("Week of play", period_days=7)
    address = await shelf.client("Inés", [(tier, today - timedelta(3), today + timedelta(3))])
    await records.let_speak("es", staff)
    page = await browsing.signed_in(staff, address)
    memberships = part(page, "Membresías")
    await memberships.get_by_role("button", name="Añadir membresía").click()
    await choose(memberships.get_by_label("Tipo"), "Week of play")
    await memberships.get_by_label("Primer día").fill(str(today))
    await memberships.get_by_role("button", name="Añadir", exact=True).click()
    await expect(memberships).to_contain_text("Esos días ya están ocupados")
    await page.goto("/memberships")
    await expect(page.get_by_role("button", name="Por vencer")).to_be_visible()
    await expect(page.get_by_role("list", name="Quién debe renovar")).to_contain_text("Inés")


async def test_every_state_is_accessible(
    browsing: Browsing, look: dict[str, Any], check: Callable[[Page, str], Any], admin: SignIn, shelf: Shelf, today: date
) -> None:
    tier = await shelf.tier("Month of play", period_months=1, visit_cap=8)
    running = {
        "uci_number": "7100001", "authorization_number": "26-4711", "service_code": "954", "service_subcode": "010", "units_per_month": 4,
        "service_coordinator": "Dana Reyes", "service_coordinator_phone": "+12135550142", "starts_on": today - timedelta(99),
        "ends_on": today + timedelta(200), "note": "Two days a week",
    }  # fmt: skip
    past = {**running, "starts_on": today - timedelta(500), "ends_on": today - timedelta(100)}
    held = [(tier, today - timedelta(5), today + timedelta(20)), (tier, today - timedelta(90), today - timedelta(60))]
    address = await shelf.client("Axel", held, [running, past])
    page = await browsing.signed_in(admin, address, **look)
    memberships, funded = part(page, "Memberships"), part(page, "Authorizations")
    await expect(funded).to_contain_text("0 of 4 used")
    await check(page, "client page")
    row = memberships.get_by_role("listitem").first
    await row.get_by_role("button", name="More actions").click()
    await check(page, "menu")
    await page.get_by_role("menuitem", name="End early").click()
    await row.get_by_role("button", name="End early").click()
    await expect(row).to_contain_text("This can’t stay empty.")
    await check(page, "ending, refused")
    await memberships.get_by_text("Past ones").click()
    await memberships.get_by_role("button", name="Add membership").click()
    await choose(memberships.get_by_label("Tier"), "Month of play")
    await memberships.get_by_label("First day").fill(str(today))
    await memberships.get_by_role("button", name="Add", exact=True).click()
    await expect(memberships).to_contain_text("These days are taken")
    await check(page, "adding, with an overlap")
    await funded.get_by_role("button", name="Add authorization").click()
    await expect(funded.get_by_label("UCI number")).to_have_value("7100001")
    await check(page, "new authorization")

    await page.goto("/memberships")
    await expect(page.get_by_role("list", name="Who needs to renew")).to_contain_text("Expires in")
    await check(page, "expiring")
    await page.goto("/memberships?coordinator=Nobody+at+all")
    await expect(page.get_by_text("Nothing fits these filters")).to_be_visible()
    await check(page, "filtered to nothing")

    await page.goto("/settings/tiers")
    await expect(page.get_by_role("button", name="Change Month of play")).to_be_visible()
    await check(page, "tiers")
    await page.get_by_role("button", name="New tier").click()
    await page.get_by_role("button", name="Make tier").click()
    await expect(page.get_by_text("This can’t stay empty.").first).to_be_visible()
    await check(page, "new tier, refused")
