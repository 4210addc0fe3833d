"""Changing many clients at once, as staff do it: count, agree, watch, leave, take back."""

import re

from playwright.async_api import Locator, Page, expect
from sqlalchemy import text

from tests.e2e.browsing import Browsing
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn, eventually


async def make_tag(records: Records, name: str) -> None:
    """A tag of the test's own. A row names only the first of several, in the order of their names."""
    await records._change("INSERT INTO tags (name, colour) VALUES (:name, 'violet')", name=name)


async def carriers(records: Records, name: str) -> int:
    """How many clients carry a tag."""
    async with records.database.reading() as reader:
        on = text("SELECT count(*) FROM client_tags c JOIN tags t ON t.id = c.tag_id WHERE t.name = :name")
        return int(await reader.scalar(on, {"name": name}) or 0)


def says_how_many(page: Page) -> Locator:
    """The table's line that tells how many clients there are."""
    return page.get_by_role("status").filter(has_text=re.compile(r"^\d+ clients$"))


async def shown(page: Page) -> int:
    """How many clients the table says there are. Other tests may have taken somebody in, or given a membership."""
    return int((await says_how_many(page).inner_text()).split()[0])


async def choose_everybody(page: Page) -> None:
    """Choose all rows."""
    await page.get_by_role("checkbox", name="Choose all that are shown").check()


async def pick_tag(page: Page, title: str, tag: str) -> None:
    """Choose a tag in the dialog and see the count."""
    dialog = page.get_by_role("dialog", name=title)
    await dialog.get_by_label("Which tag").fill(tag)
    await dialog.get_by_role("option", name=tag).click()


async def test_tag_everybody_of_a_filter_watch_and_undo(browsing: Browsing, staff: SignIn, records: Records) -> None:
    await make_tag(records, "All-night camp")
    page = await browsing.signed_in(staff, "/clients?standing=none,pending")
    matching = await shown(page)
    assert matching > 50
    await choose_everybody(page)
    bar = page.get_by_role("region", name="Change the chosen clients")
    await expect(bar).to_contain_text("50 chosen")
    await bar.get_by_role("button", name=f"Choose all {matching} that match").click()
    await expect(bar).to_contain_text(f"All {matching} chosen")
    await bar.get_by_role("button", name="Add tag").click()
    await pick_tag(page, "Add a tag to many", "All-night camp")
    dialog = page.get_by_role("dialog", name="Add a tag to many")
    await expect(dialog).to_contain_text(f"This is about {matching} clients.")
    await dialog.get_by_role("button", name=f"Add to {matching} clients").click()
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_text(f"{matching} clients got the tag All-night camp")).to_be_visible(timeout=30_000)
    assert await carriers(records, "All-night camp") == matching
    await expect(page.get_by_role("row").nth(1)).to_contain_text("All-night camp")

    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_text(f"Undone: {matching} clients lost the tag All-night camp")).to_be_visible(timeout=30_000)
    assert await carriers(records, "All-night camp") == 0


async def test_it_goes_on_when_one_leaves_and_is_found_again(browsing: Browsing, staff: SignIn, records: Records, client: Person) -> None:
    await make_tag(records, "Left alone")
    page = await browsing.signed_in(staff, f"/clients?q={client.email}")
    await page.get_by_role("checkbox", name=f"Choose {client.name}", exact=True).check()
    await page.get_by_role("button", name="Add tag").click()
    await pick_tag(page, "Add a tag to many", "Left alone")
    await page.get_by_role("button", name="Add to 1 client", exact=True).click()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await page.goto("/")

    async def is_done() -> bool:
        return await carriers(records, "Left alone") == 1

    await eventually(is_done)
    await page.goto("/clients")
    await expect(page.get_by_text("1 client got the tag Left alone")).to_be_visible()


async def test_archive_and_undo_is_for_those_who_may(browsing: Browsing, admin: SignIn, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/clients?standing=expired")
    await choose_everybody(page)
    await expect(page.get_by_role("button", name="Add tag")).to_be_visible()
    await expect(page.get_by_role("button", name="Archive", exact=True)).to_have_count(0)

    page = await browsing.signed_in(admin, "/clients?standing=expired")
    boxes = page.get_by_role("checkbox", name=re.compile(r"^Choose [A-Z]"))
    expired = await shown(page)
    names = [await page.get_by_role("rowheader").nth(place).inner_text() for place in (1, 2)]
    await boxes.nth(1).check()
    await boxes.nth(2).check()
    await page.get_by_role("button", name="Archive", exact=True).click()
    await page.get_by_role("button", name="Archive 2 clients").click()
    await expect(page.get_by_text("2 clients archived")).to_be_visible(timeout=30_000)
    await expect(says_how_many(page)).to_have_text(f"{expired - 2} clients")
    for name in names:
        await expect(page.get_by_role("checkbox", name=f"Choose {name}", exact=True)).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_text("Undone: 2 clients restored")).to_be_visible(timeout=30_000)
    await expect(says_how_many(page)).to_have_text(f"{expired} clients")
    for name in names:
        await expect(page.get_by_role("checkbox", name=f"Choose {name}", exact=True)).to_be_visible()
