"""Memberships and authorizations on a client's page: added, renewed, changed, removed, and everything undone."""

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from playwright.async_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.holdings import Shelf, a_shelf, centre_day, choose, choose_action, part, short
from tests.e2e.records import Records, SignIn


@pytest.fixture
def today() -> date:
    return centre_day()


@pytest.fixture
async def shelf(records: Records) -> AsyncIterator[Shelf]:
    async with a_shelf(records) as opened:
        yield opened


async def test_adding_and_undoing(browsing: Browsing, staff: SignIn, shelf: Shelf, today: date) -> None:
    await shelf.tier("Month of play", period_months=1, visit_cap=8)
    page = await browsing.signed_in(staff, await shelf.client("Adda"))
    memberships = part(page, "Memberships")
    await expect(memberships).to_contain_text("No membership on file.")
    await memberships.get_by_role("button", name="Add membership").click()
    await memberships.get_by_role("button", name="Add", exact=True).click()
    await expect(memberships.get_by_text("This can’t stay empty.")).to_be_visible()
    await choose(memberships.get_by_label("Tier"), "Month of play")
    await expect(memberships.get_by_label("First day")).to_have_value(str(today))
    await expect(memberships.get_by_text("As the tier says: a month")).to_be_visible()
    await memberships.get_by_label("Note").fill("paid in cash")
    # What is typed survives a reload.
    await page.reload()
    await expect(memberships.get_by_label("Note")).to_have_value("paid in cash")
    await memberships.get_by_role("button", name="Add", exact=True).click()
    row = memberships.get_by_role("listitem")
    await expect(row).to_contain_text("Month of play")
    await expect(row).to_contain_text("0 of 8 used · 8 left")
    await expect(row).to_contain_text("paid in cash")
    await expect(part(page, "What holds")).to_contain_text(re.compile("^.*Covered (without a gap )?until "))
    await page.get_by_role("button", name="Undo").click()
    await expect(memberships).to_contain_text("No membership on file.")


async def test_renewing_with_one_click(browsing: Browsing, staff: SignIn, shelf: Shelf, today: date) -> None:
    tier = await shelf.tier("Week of play", period_days=7)
    page = await browsing.signed_in(staff, await shelf.client("Renate", [(tier, today - timedelta(3), today + timedelta(3))]))
    memberships = part(page, "Memberships")
    await memberships.get_by_role("button", name="Renew Week of play").click()
    first, last = today + timedelta(4), today + timedelta(10)
    span = f"{short(first, today)} – {short(last, today)}"
    await expect(page.get_by_text(f"Renewed: {span}")).to_be_visible()
    await expect(memberships.get_by_role("listitem")).to_have_count(2)
    await expect(memberships.get_by_role("listitem").nth(1)).to_contain_text(span)
    # Only the last one can be renewed now.
    await expect(memberships.get_by_role("button", name="Renew Week of play")).to_have_count(1)
    await page.get_by_role("button", name="Undo").click()
    await expect(memberships.get_by_role("listitem")).to_have_count(1)


async def test_taken_days_are_explained(browsing: Browsing, staff: SignIn, shelf: Shelf, today: date) -> None:
    tier = await shelf.tier("Week of play", period_days=7)
    page = await browsing.signed_in(staff, await shelf.client("Ovidio", [(tier, today, today + timedelta(6))]))
    memberships = part(page, "Memberships")
    await memberships.get_by_role("button", name="Add membership").click()
    await choose(memberships.get_by_label("Tier"), "Week of play")
    await memberships.get_by_label("First day").fill(str(today + timedelta(2)))
    await memberships.get_by_role("button", name="Add", exact=True).click()
    notice = memberships.get_by_role("alert").filter(has_text="These days are taken")
    await expect(notice).to_contain_text(f"Week of play runs from {short(today, today)} to {short(today + timedelta(6), today)}.")
    proposed = f"Use {short(today + timedelta(7), today)} – {short(today + timedelta(13), today)}"
    await notice.get_by_role("button", name=proposed).click()
    await expect(memberships.get_by_role("listitem")).to_have_count(2)
    await memberships.get_by_role("button", name="Add membership").click()
    await choose(memberships.get_by_label("Tier"), "Week of play")
    await memberships.get_by_label("First day").fill(str(today + timedelta(3)))
    await memberships.get_by_role("button", name="Add", exact=True).click()
    await notice.get_by_role("button", name="Allow the overlap").click()
    await expect(memberships.get_by_role("listitem")).to_have_count(3)


async def test_extending_ending_correcting_removing(browsing: Browsing, staff: SignIn, shelf: Shelf, today: date) -> None:
    tier = await shelf.tier("Month of play", period_months=1, visit_cap=8)
    address = await shelf.client("Enid", [(tier, today - timedelta(5), today + timedelta(20))])
    page = await browsing.signed_in(staff, address)
    row = part(page, "Memberships").get_by_role("listitem")
    undo = page.get_by_role("button", name="Undo")

    await choose_action(row, "Extend")
    await row.get_by_label("New last day").fill(str(today + timedelta(20)))
    await row.get_by_role("button", name="Extend").click()
    await expect(row.get_by_text("Choose a day after the present last day.")).to_be_visible()
    await row.get_by_label("New last day").fill(str(today + timedelta(40)))
    await row.get_by_role("button", name="Extend").click()
    await expect(row).to_contain_text("40 days left")
    await undo.click()
    await expect(row).to_contain_text("20 days left")

    await choose_action(row, "End early")
    await row.get_by_role("button", name="End early").click()
    await expect(row.get_by_text("This can’t stay empty.")).to_be_visible()
    await row.get_by_label("Why").fill("moved away")
    await row.get_by_role("button", name="End early").click()
    await expect(row).to_contain_text("Ended early: moved away")
    await expect(row).to_contain_text("last day today")
    await undo.last.click()
    await expect(row).to_contain_text("20 days left")
    await expect(row).not_to_contain_text("moved away")

    await choose_action(row, "Correct")
    await row.get_by_label("Note").fill("half price")
    await row.get_by_role("button", name="Save").click()
    await expect(row).to_contain_text("half price")

    await choose_action(row, "Remove")
    await expect(row).to_have_count(0)
    await undo.last.click()
    await expect(row).to_contain_text("half price")


async def test_two_people_correct_one_membership(browsing: Browsing, staff: SignIn, admin: SignIn, shelf: Shelf, today: date) -> None:
    tier = await shelf.tier("Month of play", period_months=1, visit_cap=8)
    address = await shelf.client("Duo", [(tier, today, today + timedelta(20))])
    mine, theirs = await browsing.signed_in(staff, address), await browsing.signed_in(admin, address)
    # The first of them: what somebody else changed is a list as well.
    rows = [part(page, "Memberships").get_by_role("listitem").first for page in (mine, theirs)]
    await choose_action(rows[0], "Correct")
    await rows[0].get_by_label("Note").fill("mine")
    await choose_action(rows[1], "Correct")
    await rows[1].get_by_label("Note").fill("theirs")
    await rows[1].get_by_role("button", name="Save").click()
    await expect(rows[1]).to_contain_text("theirs")
    await rows[0].get_by_role("button", name="Save").click()
    await expect(rows[0]).to_contain_text(f"{admin.name} changed this meanwhile")
    await expect(rows[0]).to_contain_text("Note: theirs")
    await expect(rows[0].get_by_label("Note")).to_have_value("mine")
    await rows[0].get_by_role("button", name="Save mine all the same").click()
    await expect(rows[0].get_by_label("Note")).to_have_count(0)
    await expect(rows[0]).to_contain_text("mine")


async def test_correction_typed_before_a_reload_overwrites_nobody(
    browsing: Browsing, staff: SignIn, admin: SignIn, shelf: Shelf, today: date
) -> None:
    tier = await shelf.tier("Month of play", period_months=1, visit_cap=8)
    address = await shelf.client("Trio", [(tier, today, today + timedelta(20))])
    mine, theirs = await browsing.signed_in(staff, address), await browsing.signed_in(admin, address)
    rows = [part(page, "Memberships").get_by_role("listitem").first for page in (mine, theirs)]
    await choose_action(rows[0], "Correct")
    await rows[0].get_by_label("Note").fill("mine")
    await choose_action(rows[1], "Correct")
    await rows[1].get_by_label("Note").fill("theirs")
    await rows[1].get_by_role("button", name="Save").click()
    await expect(rows[1]).to_contain_text("theirs")
    await mine.reload()
    await choose_action(rows[0], "Correct")
    await expect(rows[0].get_by_label("Note")).to_have_value("mine")
    await rows[0].get_by_role("button", name="Save").click()
    await expect(rows[0]).to_contain_text(f"{admin.name} changed this meanwhile")
    await expect(rows[0]).to_contain_text("Note: theirs")


async def test_an_authorization(browsing: Browsing, staff: SignIn, shelf: Shelf, today: date) -> None:
    page = await browsing.signed_in(staff, await shelf.client("Aurelia"))
    funded = part(page, "Authorizations")
    await funded.get_by_role("button", name="Add authorization").click()
    await funded.get_by_role("button", name="Add", exact=True).click()
    await expect(funded.get_by_text("This can’t stay empty.")).to_be_visible()
    await funded.get_by_label("UCI number").fill("7109999")
    await funded.get_by_label("Authorization number").fill("26-0815")
    await funded.get_by_label("Service code").fill("954")
    await funded.get_by_label("Units a month").fill("12")
    await funded.get_by_role("radio", name="a day").check(force=True)
    await funded.get_by_label("Service coordinator").fill("Dana Reyes")
    await funded.get_by_label("Their phone").fill("555-0142")
    await funded.get_by_role("button", name="Add", exact=True).click()
    await expect(funded.get_by_text("This phone number lacks the area code.")).to_be_visible()
    await funded.get_by_label("Their phone").fill("213 555 0142")
    await funded.get_by_role("button", name="Add", exact=True).click()
    row = funded.get_by_role("listitem")
    await expect(row).to_contain_text("No. 26-0815")
    await expect(row).to_contain_text("UCI 7109999 · Service 954")
    await expect(row.get_by_role("meter", name="Days this month")).to_have_attribute("aria-valuetext", "0 of 12 used · 12 left")
    await expect(row.get_by_role("link", name="Call Dana Reyes")).to_have_attribute("href", "tel:+12135550142")
    await row.get_by_role("button", name="Renew No. 26-0815").click()
    await expect(funded.get_by_role("listitem")).to_have_count(2)
    await expect(funded.get_by_role("listitem").nth(1)).to_contain_text("Service 954")
