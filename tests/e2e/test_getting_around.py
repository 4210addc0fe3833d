"""Header, palette, keys, addresses that lead nowhere, and a whole visit without a mouse."""

import re

from playwright.async_api import Locator, Page, expect

from tests.e2e.browsing import PHONE, Browsing
from tests.e2e.desk import Desk
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn

# The pages of the header in its order, as admins see them, and where they lead.
HEADER = (
    ("Desk", "/"),
    ("Clients", "/clients"),
    ("Memberships", "/memberships"),
    ("Check-ins", "/check-ins"),
    ("Inbox", "/kiosk-inbox"),
    ("Dashboard", "/dashboard"),
    ("Settings", "/settings"),
)


async def test_header_leads_to_every_page_and_says_where_one_is(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin)
    header = page.get_by_role("navigation", name="Main")
    await expect(header.get_by_role("link")).to_have_text([name for name, _ in HEADER])
    for name, path in reversed(HEADER):
        await header.get_by_role("link", name=name).click()
        await expect(page).to_have_url(re.compile(f"{path}$"))
        await expect(header.locator("[aria-current=page]")).to_have_text(name)
        await expect(page.get_by_text("There is nothing here")).to_have_count(0)


async def test_menu_of_a_phone_leads_to_every_page(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, viewport=PHONE)
    for name, path in reversed(HEADER):
        await page.get_by_role("button", name="All pages").click()
        await page.get_by_role("menuitem", name=name).click()
        await expect(page).to_have_url(re.compile(f"{path}$"))
        await expect(page.locator("main h1")).to_have_count(1)


async def test_alt_and_a_digit_lead_to_the_pages_of_the_header(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin)
    await Desk(page).is_ready()
    for number, (_, path) in reversed(list(enumerate(HEADER, 1))):
        await page.keyboard.press(f"Alt+Digit{number}")
        await expect(page).to_have_url(re.compile(f"{path}$"))
    await page.keyboard.press("Alt+KeyN")
    await expect(page).to_have_url(re.compile("/clients/new$"))


async def test_palette_goes_to_pages_and_clients(desk: Desk, client: Person) -> None:
    page = desk.page
    palette = page.get_by_role("dialog", name="Command palette")
    await open_palette(page)
    await page.keyboard.type("go clients")
    await expect(palette.get_by_role("option")).to_have_text(["Go to Clients"])
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/clients$"))
    await expect(palette).to_have_count(0)

    await open_palette(page)
    await page.keyboard.type(client.name)
    found = palette.get_by_role("option", name=client.name)
    await expect(found).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name=client.name)).to_be_visible()

    await open_palette(page)
    await page.keyboard.type("light and dark")
    await page.keyboard.press("Enter")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    await open_palette(page)
    await page.keyboard.press("ArrowUp")
    await expect(palette.get_by_role("option", name="Sign out")).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Escape")
    await expect(palette).to_have_count(0)


async def test_palette_says_when_nothing_is_found_and_gives_the_focus_back(desk: Desk) -> None:
    await open_palette(desk.page)
    await desk.page.keyboard.type("xyzzy")
    await expect(desk.page.get_by_text("Nothing found for “xyzzy”.")).to_be_visible()
    await desk.page.keyboard.press("Enter")
    await desk.page.keyboard.press("Escape")
    await expect(desk.field).to_be_focused()


async def test_question_mark_lists_the_keys_but_may_be_typed(desk: Desk) -> None:
    page = desk.page
    keys = page.get_by_role("dialog", name="Keyboard shortcuts")
    await page.keyboard.press("?")
    await expect(keys).to_be_visible()
    await expect(keys).to_contain_text("Check in the chosen client")
    await page.keyboard.press("Escape")
    await expect(keys).to_have_count(0)
    await expect(desk.field).to_be_focused()
    await page.keyboard.type("who?")
    await expect(desk.field).to_have_value("who?")
    await expect(keys).to_have_count(0)


async def test_nothing_here(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff)
    for path in ("/nowhere", "/clients/x/y", "/%F0%9F%8E%AE"):
        await page.goto(path)
        await expect(page.get_by_text("There is nothing here").last).to_be_visible()
    await page.get_by_role("link", name="Back to the desk").click()
    await Desk(page).is_ready()


async def test_whole_visit_without_a_mouse(page: Page, client: Person, staff: SignIn, records: Records) -> None:
    keys = page.keyboard
    await expect(page.get_by_label("Email or username")).to_be_focused()
    await keys.type(staff.email)
    await keys.press("Tab")
    await keys.type(staff.password)
    await keys.press("Enter")
    desk = Desk(page)
    await desk.is_ready()
    await keys.type(client.name)
    await expect(desk.found).to_have_count(1)
    await keys.press("Enter")
    await desk.confirms(client)
    undo = desk.band.get_by_role("button", name="Undo")
    await tab_to(page, undo)
    await keys.press("Enter")
    await desk.confirms(client, "Check-in undone")
    assert await records.visits_of(client, voided=True) == 1
    menu = page.get_by_role("button", name=f"Account menu for {staff.name}")
    await tab_to(page, menu, backwards=True)
    await keys.press("Enter")
    await expect(page.get_by_role("menu")).to_be_visible()
    await keys.press("End")
    await keys.press("Enter")
    await expect(page).to_have_url(re.compile("/login$"))


async def test_skip_link_jumps_over_the_header(desk: Desk) -> None:
    skip = desk.page.get_by_role("link", name="Skip to content")
    await tab_to(desk.page, skip, backwards=True)
    await desk.page.keyboard.press("Enter")
    await expect(desk.page.locator("main")).to_be_focused()


async def open_palette(page: Page) -> None:
    """Wait until the palette is closed; press its keys; wait until it takes what is typed."""
    palette = page.get_by_role("dialog", name="Command palette")
    await expect(palette).to_have_count(0)
    await page.keyboard.press("Control+k")
    await expect(palette.get_by_role("combobox")).to_be_focused()


async def tab_to(page: Page, target: Locator, *, backwards: bool = False) -> None:
    """Press Tab until the element has the focus, which must be seen, within twenty times."""
    for _ in range(20):
        await page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if await target.evaluate("(element) => element === document.activeElement"):
            outline = await target.evaluate("(element) => getComputedStyle(element).outlineStyle")
            assert outline != "none", "the focus can't be seen"
            return
    raise AssertionError(f"the Tab key never reached {target}")


async def test_leaving_a_form_that_no_draft_keeps_asks_first(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings/hours")
    asked = page.get_by_role("dialog", name="Leave without saving?")
    desk = page.get_by_role("navigation", name="Main").get_by_role("link", name="Desk")
    automatic = page.locator("main").get_by_role("checkbox").last
    before = await automatic.is_checked()
    await automatic.click()
    await desk.click()
    await asked.get_by_role("button", name="Stay here").click()
    await expect(page).to_have_url(re.compile("/settings/hours$"))
    await expect(automatic).to_be_checked(checked=not before)
    await desk.click()
    await asked.get_by_role("button", name="Leave", exact=True).click()
    await expect(page).to_have_url(re.compile(":[0-9]+/$"))
