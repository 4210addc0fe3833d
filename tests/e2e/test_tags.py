"""Tags on their own page: made, renamed, recoloured, joined and deleted, with how many clients have them."""

import re
from collections.abc import Callable

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.client_page import open_client
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn


@pytest.fixture
async def page(browsing: Browsing, staff: SignIn) -> Page:
    opened = await browsing.signed_in(staff, "/settings/tags")
    await expect(opened.get_by_role("heading", name="Tags", level=1)).to_be_visible()
    return opened


async def test_a_tag_is_made_renamed_recoloured_and_deleted(page: Page) -> None:
    await make(page, "Robotics")
    row = line(page, "Robotics")
    await expect(row).to_contain_text("0 clients")
    await row.get_by_role("button", name="Edit Name: Robotics").click()
    await page.get_by_role("textbox", name="Name").fill("Robot club")
    await page.keyboard.press("Enter")
    row = line(page, "Robot club")
    await expect(row).to_be_visible()

    await choose(page, "Robot club", "Change the colour")
    await page.get_by_role("radio", name="Teal").check(force=True)
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    await expect(page.get_by_role("region", name="Notices")).to_contain_text("Robot club is teal now")

    await row.get_by_role("button", name=re.compile("^Edit Description: ")).click()
    await page.get_by_role("textbox", name="Description").fill("Meets on Tuesdays")
    await page.keyboard.press("Enter")
    await expect(line(page, "Robot club")).to_contain_text("Meets on Tuesdays")
    await page.reload()
    await expect(line(page, "Robot club")).to_contain_text("Meets on Tuesdays")

    await choose(page, "Robot club", "Delete")
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(line(page, "Robot club")).to_have_count(0)


async def test_two_tags_cannot_have_one_name(page: Page) -> None:
    await make(page, "Night owls")
    await page.get_by_role("button", name="New tag").first.click()
    await page.get_by_label("Name", exact=True).fill("night OWLS")
    await page.get_by_role("button", name="New tag").last.click()
    await expect(page.get_by_label("Name", exact=True)).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_label("Name", exact=True)).to_have_value("night OWLS")
    await page.reload()
    await expect(page.get_by_label("Name", exact=True)).to_have_value("night OWLS")


async def test_joining_moves_the_clients(
    page: Page, browsing: Browsing, records: Records, staff: SignIn, somebody: Callable[[str], Person]
) -> None:
    person = somebody("PENDING")
    shown = await open_client(browsing, records, staff, person)
    await shown.tags.get_by_role("button", name="Add a tag").click()
    await shown.page.get_by_role("combobox", name=re.compile("^Add a tag")).fill("Tuesdaygroup")
    await shown.page.get_by_role("option", name="Make “Tuesdaygroup”").click()
    await expect(shown.tags.get_by_role("button", name="Remove Tuesdaygroup")).to_be_visible()

    await make(page, "Tuesday group")
    await expect(line(page, "Tuesdaygroup")).to_contain_text("1 client")
    await choose(page, "Tuesdaygroup", "Join with another")
    dialog = page.get_by_role("dialog", name="Join “Tuesdaygroup” with another tag")
    await expect(dialog).to_contain_text("1 client gets the other tag instead")
    await dialog.get_by_role("combobox", name="Keep").fill("tuesday")
    await dialog.get_by_role("option", name="Tuesday group").click()
    await dialog.get_by_role("button", name="Join", exact=True).click()
    await expect(line(page, "Tuesdaygroup")).to_have_count(0)
    await expect(line(page, "Tuesday group")).to_contain_text("1 client")
    await shown.page.reload()
    await expect(shown.tags).to_contain_text("Tuesday group")


def line(page: Page, name: str) -> Locator:
    """The row of a tag."""
    actions = page.get_by_role("button", name=f"Actions for {name}", exact=True)
    return page.get_by_role("list", name="Tags").get_by_role("listitem").filter(has=actions)


async def make(page: Page, name: str) -> None:
    """Make a tag."""
    await page.get_by_role("button", name="New tag").first.click()
    await page.get_by_label("Name", exact=True).fill(name)
    await page.keyboard.press("Enter")
    await expect(line(page, name)).to_be_visible()


async def choose(page: Page, name: str, item: str) -> None:
    """Choose from a tag's menu."""
    await page.get_by_role("button", name=f"Actions for {name}", exact=True).click()
    await page.get_by_role("menuitem", name=item).click()
