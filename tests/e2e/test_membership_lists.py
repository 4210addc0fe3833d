"""What runs out soon or ran out lately, renewed from the list; and the tiers in the settings."""

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from playwright.async_api import expect
from sqlalchemy import select

from backend.memberships.models import MembershipTier
from tests.e2e.browsing import Browsing
from tests.e2e.holdings import Shelf, a_shelf, centre_day, choose_action, short
from tests.e2e.records import Records, SignIn


@pytest.fixture
def today() -> date:
    return centre_day()


@pytest.fixture
async def shelf(records: Records) -> AsyncIterator[Shelf]:
    async with a_shelf(records) as opened:
        yield opened


async def test_the_lists_and_their_address(browsing: Browsing, staff: SignIn, shelf: Shelf, today: date) -> None:
    tier = await shelf.tier("List tier", period_months=1)
    other = await shelf.tier("Other tier", period_months=1)
    await shelf.client("Sooner", [(tier, today - timedelta(20), today + timedelta(2))])
    await shelf.client("Later", [(other, today - timedelta(20), today + timedelta(25))])
    await shelf.client("Gone", [(tier, today - timedelta(40), today - timedelta(2))])
    page = await browsing.signed_in(staff, "/memberships")
    rows = page.get_by_role("list", name="Who needs to renew").get_by_role("listitem")
    await expect(rows.filter(has_text="Sooner")).to_contain_text("Expires in 2 days")
    await expect(rows.filter(has_text="Gone")).to_have_count(0)
    await page.get_by_label("Tier", exact=True).select_option("List tier")
    await expect(rows).to_have_count(1)
    await expect(page).to_have_url(re.compile(r"\?tier="))
    await page.get_by_role("button", name="Expired").click()
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Gone")
    await expect(page).to_have_url(re.compile("list=expired"))
    await page.reload()
    await expect(rows).to_contain_text("Gone")

    await rows.get_by_role("button", name="Renew").click()
    await expect(rows).to_contain_text("Renewed to")
    await page.get_by_role("button", name="Undo").click()
    await expect(rows.get_by_role("button", name="Renew")).to_be_visible()
    await rows.get_by_role("button", name="Renew").click()
    await expect(rows).to_contain_text("Renewed to")
    await page.reload()
    await expect(page.get_by_text("Nothing fits these filters")).to_be_visible()
    await page.get_by_role("button", name="Clear filters").click()
    await expect(page).to_have_url(re.compile(r"/memberships\?list=expired$"))


async def test_what_follows_after_a_gap_is_said_and_not_renewed(browsing: Browsing, staff: SignIn, shelf: Shelf, today: date) -> None:
    tier = await shelf.tier("Gap tier", period_months=1)
    spans = [(tier, today - timedelta(20), today + timedelta(3)), (tier, today + timedelta(6), today + timedelta(30))]
    path = await shelf.client("Gappy", spans)
    page = await browsing.signed_in(staff, "/memberships")
    row = page.get_by_role("list", name="Who needs to renew").get_by_role("listitem").filter(has_text="Gappy")
    await expect(row).to_contain_text(f"Next one from {short(today + timedelta(6), today)}, after a gap")
    await expect(row.get_by_role("button", name="Renew")).to_have_count(0)
    await row.get_by_role("link", name="Next one from").click()
    await expect(page).to_have_url(re.compile(f"{re.escape(path)}$"))


async def test_nonsense_in_the_address_counts_as_not_said(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/memberships?list=%00&days=9999&coordinator=")
    await expect(page.get_by_role("button", name="Expiring")).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_role("list", name="Who needs to renew").get_by_role("listitem").first).to_be_visible()


async def test_tiers_are_made_changed_and_retired(browsing: Browsing, admin: SignIn, records: Records) -> None:
    page = await browsing.signed_in(admin, "/settings/tiers")
    await page.get_by_role("button", name="New tier").click()
    await page.get_by_label("Name", exact=True).fill("Ten good visits")
    await expect(page.get_by_label("Code")).to_have_value("ten-good-visits")
    await page.get_by_label("Code").fill("standard")
    await page.get_by_label("How many").fill("3")
    await page.get_by_label("Visit cap").fill("10")
    await page.get_by_label("Price (USD)").fill("120.50")
    await page.get_by_role("radio", name="Staff decide").check(force=True)
    await page.get_by_role("button", name="Make tier").click()
    await expect(page.get_by_text("Another tier has this code.")).to_be_visible()
    await page.get_by_label("Code").fill("ten-good")
    await page.get_by_role("button", name="Make tier").click()
    row = page.get_by_role("listitem").filter(has_text="Ten good visits")
    await expect(row).to_contain_text("3 months · 10 visits · $120.50 · Staff decide")
    await expect(row).to_contain_text("ten-good · none running")

    await row.get_by_role("button", name="Change Ten good visits").click()
    await row.get_by_label("Visit cap").fill("")
    await row.get_by_role("button", name="Save").click()
    await expect(row).to_contain_text("any number of visits")

    undo = page.get_by_role("button", name="Undo")
    await choose_action(row, "Make it the default")
    await expect(row).to_contain_text("Default")
    await row.get_by_role("button", name="More actions").click()
    await expect(page.get_by_role("menuitem", name="Retire")).to_have_attribute("aria-disabled", "true")
    await page.keyboard.press("Escape")
    await undo.last.click()
    await expect(row).not_to_contain_text("Default")
    await choose_action(row, "Retire")
    await expect(row).to_contain_text("Retired")
    async with records.database.reading() as reader:
        assert await reader.scalar(select(MembershipTier.retired_at).where(MembershipTier.code == "ten-good")) is not None


async def test_staff_do_not_reach_the_tiers(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/memberships")
    await expect(page.get_by_role("heading", level=1, name="Memberships")).to_be_visible()
    await expect(page.get_by_role("link", name="Membership tiers")).to_have_count(0)
    await page.goto("/settings/tiers")
    await expect(page.get_by_role("button", name="New tier")).to_have_count(0)
