"""The command palette offers first what can be done on the page that is open."""

import re
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.camera import CAMERA
from tests.e2e.client_page import open_client
from tests.e2e.desk import Desk
from tests.e2e.holdings import Shelf, a_shelf, centre_day
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn


@pytest.fixture
async def shelf(records: Records) -> AsyncIterator[Shelf]:
    async with a_shelf(records) as opened:
        yield opened


async def offered(page: Page) -> Locator:
    """What the open palette has of this page."""
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("combobox", name="Find a client or a command")).to_be_focused()
    return page.get_by_role("group", name="On this page").get_by_role("option")


async def run(page: Page, command: str) -> None:
    await offered(page)
    await page.keyboard.insert_text(command)
    await expect(page.get_by_role("option", name=command)).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Command palette")).to_have_count(0)


async def test_all_that_is_done_with_a_client(
    browsing: Browsing, staff: SignIn, records: Records, somebody: Callable[[str], Person]
) -> None:
    person = somebody("ACTIVE")
    page = (await open_client(browsing, records, staff, person)).page
    own = await offered(page)
    await expect(own).to_have_text(["Check in", "Print the card", "Add a note", "Edit the name", re.compile("^Renew ")])
    await page.keyboard.press("Escape")

    await run(page, "Edit the name")
    await expect(page.get_by_role("textbox", name="First name")).to_be_focused()
    await page.keyboard.press("Escape")
    await run(page, "Add a note")
    await expect(page).to_have_url(re.compile(r"\?tab=notes$"))
    await expect(page.get_by_role("textbox", name="Write a note")).to_be_focused()
    async with page.expect_download() as download:
        await run(page, "Print the card")
    assert (await download.value).suggested_filename.endswith(".pdf")
    await run(page, "Check in")
    await expect(page.get_by_text("Checked in").first).to_be_visible()
    assert await records.visits_of(person) == 1


async def test_renewing_what_has_ended(browsing: Browsing, staff: SignIn, shelf: Shelf) -> None:
    today = centre_day()
    tier = await shelf.tier("Palette tier", period_months=1)
    path = await shelf.client("Paletta", [(tier, today - timedelta(40), today - timedelta(3))])
    page = await browsing.signed_in(staff, path)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Paletta")
    await run(page, "Renew Palette tier")
    await expect(page.get_by_role("region", name="Notices")).to_contain_text("Renewed")


async def test_nothing_that_cannot_be_done(browsing: Browsing, staff: SignIn, records: Records, somebody: Callable[[str], Person]) -> None:
    person = somebody("NONE")
    async with records.archived(person):
        page = (await open_client(browsing, records, staff, person)).page
        await expect(await offered(page)).to_have_text(["Print the card", "Add a note", "Edit the name"])


async def test_the_camera_at_the_desk(desk: Desk) -> None:
    await desk.page.evaluate(CAMERA)
    await run(desk.page, "Scan with the camera")
    await expect(desk.page.get_by_role("dialog", name="Scan a card").get_by_label("What the camera sees")).to_be_visible()


async def test_filters_and_export_of_the_table(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/clients")
    await expect(page.get_by_role("heading", name="Clients", level=1)).to_be_visible()
    await expect(await offered(page)).to_have_text(["Filter clients", "Export as CSV"])
    await page.keyboard.press("Escape")
    await run(page, "Filter clients")
    await expect(page.get_by_role("button", name=re.compile("^Filters"))).to_have_attribute("aria-expanded", "true")
    await run(page, "Export as CSV")
    await expect(page.get_by_role("dialog", name="Export as CSV")).to_be_visible()
    await page.keyboard.press("Escape")
    # What a page offered goes with it.
    await page.get_by_role("link", name="Dashboard", exact=True).click()
    await expect(page).to_have_url(re.compile("/dashboard$"))
    await expect(await offered(page)).to_have_count(0)
