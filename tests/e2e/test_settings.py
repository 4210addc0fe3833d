"""The settings: what admins see of the installation, in both themes and widths; and that staff see nothing of it."""

import re
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect

from backend import clock
from tests.e2e.accessibility import violations
from tests.e2e.browsing import DESKTOP, PHONE, Browsing
from tests.e2e.desk import Desk, choose_in_menu
from tests.e2e.records import Records, SignIn
from tests.e2e.settings_rows import PAUSED_FROM, an_old_installation, messages_paused, run


@pytest.fixture
async def old_installation(records: Records) -> AsyncIterator[None]:
    async with an_old_installation(records.database, odd=True):
        yield


def heading(page: Page, name: str) -> Any:
    return page.get_by_role("heading", name=name, level=1)


async def elsewhere(route: Route) -> None:
    """As an installation with HTTPS answers, whose Redis is down and whose backup is late; this one is not so."""
    answer = await route.fetch()
    body = await answer.json()
    system = (body.get("data") or {}).get("system") or {}
    there = {
        "rootCertificateUrl": "/root.crt",
        "health": {**system.get("health", {}), "redis": "DOWN", "worker": "SILENT"},
        "backupUnderWaySince": (clock.now() - timedelta(minutes=40)).isoformat(),
    }
    system.update({name: value for name, value in there.items() if name in system})
    await route.fulfill(response=answer, json=body)


@pytest.mark.usefixtures("old_installation")
async def test_every_page_is_accessible(browsing: Browsing, look: dict[str, Any], check: Callable[[Page, str], Any], admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings", **look)
    await expect(page.get_by_text("2 contacts need fixing")).to_be_visible()
    await check(page, "overview")
    await page.goto("/settings/backups")
    await expect(page.get_by_role("row")).to_have_count(10)
    await check(page, "backups")
    await page.goto("/settings/predecessor")
    await expect(page.get_by_role("row")).to_have_count(8)
    await check(page, "predecessor")
    await page.get_by_role("link", name="It is not a phone number").click()
    await expect(page.get_by_role("button", name="Load more")).to_be_visible()
    await check(page, "rows")
    await page.goto("/settings/duplicates")
    await expect(page.get_by_role("button", name="Not the same person").first).to_be_visible()
    await check(page, "duplicates")
    await page.goto("/settings/certificate")
    await expect(page.get_by_text("HTTPS is not served here")).to_be_visible()
    await check(page, "certificate, without HTTPS")
    await page.route("**/graphql", elsewhere)
    await page.reload()
    await expect(page.get_by_role("link", name="Download the root certificate")).to_be_visible()
    await check(page, "certificate")
    await page.goto("/settings")
    await expect(page.get_by_text("Can’t be reached")).to_be_visible()
    await expect(page.get_by_text("No sign of life")).to_be_visible()
    await check(page, "overview, in trouble")
    await page.goto("/settings/backups")
    await expect(page.get_by_text("and still not there")).to_be_visible()
    await check(page, "backups, in trouble")


async def test_empty_pages_are_accessible(
    browsing: Browsing, look: dict[str, Any], check: Callable[[Page, str], Any], admin: SignIn
) -> None:
    page = await browsing.signed_in(admin, "/settings/predecessor", **look)
    await expect(page.get_by_text("Nothing came over")).to_be_visible()
    await check(page, "predecessor, empty")
    await page.goto("/settings/predecessor/rows?run=x&part=clients&reason=blank")
    await expect(page.get_by_text("No such rows")).to_be_visible()
    await check(page, "rows, empty")
    await page.goto("/settings/duplicates")
    await expect(page.get_by_text("No possible duplicates")).to_be_visible()
    await check(page, "duplicates, empty")


async def test_pause_of_messages(
    browsing: Browsing, look: dict[str, Any], check: Callable[[Page, str], Any], admin: SignIn, staff: SignIn, records: Records
) -> None:
    async with messages_paused(records.database):
        desk = Desk(await browsing.signed_in(staff, **look))
        await expect(desk.field).to_be_focused()
        await expect(desk.page.get_by_text("Messages to clients are paused")).to_have_count(0)
        page = await browsing.signed_in(admin, **look)
        banner = page.get_by_role("region", name="Resume messages")
        await expect(banner).to_contain_text(f"Restored from {PAUSED_FROM}.")
        await check(page, "banner")
        await banner.get_by_role("button", name="Resume messages").click()
        dialog = page.get_by_role("dialog", name="Resume messages?")
        await expect(dialog).to_be_visible()
        assert await violations(page) == []
        await dialog.get_by_role("button", name="Cancel").click()
        await expect(banner).to_be_visible()
        await banner.get_by_role("button", name="Resume messages").click()
        await dialog.get_by_role("button", name="Resume messages").click()
        await expect(banner).to_have_count(0)
        await page.reload()
        await expect(page.get_by_role("combobox", name="Find a client")).to_be_visible()
        await expect(banner).to_have_count(0)


async def test_staff_are_told_that_these_settings_are_not_for_them(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/settings/backups")
    await expect(heading(page, "Settings are for administrators")).to_be_attached()
    assert await violations(page) == []
    await expect(page.get_by_role("table")).to_have_count(0)
    await page.get_by_role("link", name="Back to the desk").click()
    await page.keyboard.press("Control+k")
    await page.keyboard.type("backups")
    await expect(page.get_by_text("Nothing found for")).to_be_visible()


async def test_staff_find_the_settings_that_are_for_them(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff)
    await page.get_by_role("navigation", name="Main").get_by_role("link", name="Settings").click()
    await expect(page).to_have_url(re.compile("/settings/device$"))
    await expect(page.get_by_role("navigation", name="Settings").get_by_role("link")).to_have_text(["This device", "Tags", "Kiosks"])


async def test_ways_into_the_settings(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin)
    await page.get_by_role("navigation", name="Main").get_by_role("link", name="Settings").click()
    await expect(heading(page, "Overview")).to_be_visible()
    await expect(page).to_have_title(re.compile("^Overview · "))
    sections = page.get_by_role("navigation", name="Settings")
    for name in ("Backups", "From the predecessor", "Possible duplicates", "Certificate", "Overview"):
        await sections.get_by_role("link", name=name).click()
        await expect(heading(page, name)).to_be_visible()
        await expect(sections.locator("[aria-current=page]")).to_have_text(name)
    await page.keyboard.press("Control+k")
    await page.keyboard.type("backups")
    await page.keyboard.press("Enter")
    await expect(heading(page, "Backups")).to_be_visible()
    phone = await browsing.signed_in(admin, viewport=PHONE)
    await choose_in_menu(phone, admin, "menuitem", "Settings")
    await expect(heading(phone, "Overview")).to_be_visible()
    # There the list would push each page out of sight.
    sections = phone.get_by_role("navigation", name="Settings")
    await expect(sections.get_by_role("link")).to_have_count(0)
    await sections.get_by_role("button", name="All settings").click()
    await sections.get_by_role("link", name="Certificate").click()
    await expect(heading(phone, "Certificate")).to_be_visible()
    await expect(sections.get_by_role("link")).to_have_count(0)


async def test_overview_tells_how_everything_is(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings")
    health = page.get_by_role("region", name="Health")
    # A worker and a scheduler that have just started may take a moment to give their first sign of life.
    await expect(health.get_by_text("Works")).to_have_count(4, timeout=40_000)
    await expect(page.get_by_role("region", name="This installation")).to_contain_text(re.compile(r"Version\s*\d+\.\d+"))


@pytest.mark.usefixtures("old_installation")
async def test_what_waits_leads_to_where_it_is_done(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings")
    await page.get_by_role("link", name="2 contacts need fixing").click()
    await expect(page.get_by_role("rowheader")).to_have_count(2)
    await page.get_by_role("rowheader").get_by_role("link").first.click()
    await expect(page.get_by_text("needs fixing: no area code")).to_be_visible()
    await page.go_back()
    await page.get_by_role("button", name="Contact needs fixing").click()
    await expect(page.get_by_role("rowheader")).to_have_count(50)
    await page.goto("/settings")
    # Three of these rows, and whoever other tests have taken in twice.
    await page.get_by_role("link", name=re.compile(r"\d+ pairs of clients")).click()
    await expect(heading(page, "Possible duplicates")).to_be_visible()


@pytest.mark.usefixtures("old_installation")
async def test_backups_good_and_bad_and_how_to_restore(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings/backups")
    rows = page.get_by_role("row")
    await expect(rows.nth(1)).to_contain_text(re.compile("e2e-1.tar.*Nightly.*47.8 MB.*213,100.*Proven", re.DOTALL))
    await expect(rows.nth(2)).to_contain_text(re.compile("Could not be made.*The disk of the backups is full", re.DOTALL))
    await expect(rows.nth(2)).not_to_contain_text("e2e-2.tar")
    await expect(rows.nth(3)).to_contain_text("Before an upgrade")
    await expect(rows.nth(5)).to_contain_text(re.compile("Does not count.*A byte of the file", re.DOTALL))
    await expect(page.get_by_text("just restore e2e-1.tar")).to_be_visible()
    await expect(page.get_by_text("Last proven 5 hours ago")).to_be_visible()


async def test_a_backup_is_made_and_proven_while_one_looks_on(browsing: Browsing, admin: SignIn, records: Records) -> None:
    await run(records.database, "DELETE FROM backups")
    page = await browsing.signed_in(admin, "/settings/backups")
    await expect(page.get_by_text("No backup yet")).to_be_visible()
    await expect(page.get_by_text("No proven backup yet")).to_be_visible()
    # The scheduler plans the first one soon after its start.
    await expect(page.get_by_text("Next:")).to_be_visible(timeout=70_000)
    await page.get_by_role("button", name="Back up now").click()
    status = page.get_by_role("status").filter(has_text="You can leave this page")
    await expect(status).to_be_visible()
    # Left and come back to: it went on.
    await page.get_by_role("navigation", name="Settings").get_by_role("link", name="Overview").click()
    await page.get_by_role("navigation", name="Settings").get_by_role("link", name="Backups").click()
    row = page.get_by_role("row").filter(has_text="Nightly")
    await expect(row).to_contain_text(re.compile(r"\.\w+Nightly.*Proven", re.DOTALL), timeout=90_000)
    await expect(status).to_have_count(0)
    await expect(page.get_by_text("Last proven now")).to_be_visible()
    assert await violations(page) == []
    await run(records.database, "DELETE FROM backups")


@pytest.mark.usefixtures("old_installation")
async def test_from_the_report_to_the_rows_to_the_client(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings/predecessor")
    cells = page.get_by_role("row").filter(has_text="Check-ins").get_by_role("cell")
    for place, figure in enumerate(("18,443", "18,432", "0", "0", "11")):
        await expect(cells.nth(place)).to_have_accessible_name(figure)
    # A part and a reason that nobody has words for are shown all the same.
    await expect(page.get_by_role("row").filter(has_text="fax numbers")).to_have_count(1)
    await expect(page.get_by_role("link", name="of another time")).to_be_visible()
    await page.get_by_role("link", name="It is not a phone number").click()
    await expect(heading(page, "Phones of clients: rows")).to_be_visible()
    links = page.get_by_role("main").get_by_role("listitem").get_by_role("link")
    await expect(links).to_have_count(50)
    await page.get_by_role("button", name="Load more").click()
    await expect(links).to_have_count(62)
    name = await links.first.inner_text()
    await links.first.click()
    await expect(heading(page, name)).to_be_visible()
    await page.go_back()
    await page.get_by_role("link", name="Back to the report").click()
    await expect(heading(page, "From the predecessor")).to_be_visible()


@pytest.mark.usefixtures("old_installation")
async def test_a_pair_is_dismissed_in_the_list_and_on_the_clients_page(browsing: Browsing, admin: SignIn, staff: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings/duplicates")
    buttons = page.get_by_role("button", name="Not the same person")
    await expect(buttons.first).to_be_visible()
    pairs = await buttons.count()
    assert pairs >= 3
    await buttons.first.click()
    await expect(buttons).to_have_count(pairs - 1)
    await expect(page.get_by_role("status").filter(has_text="Noted: not the same person")).to_be_attached()
    await page.reload()
    await expect(buttons).to_have_count(pairs - 1)
    side = page.get_by_role("main").get_by_role("listitem").locator("a:not([href*=merge])").first
    href = await side.get_attribute("href")
    at_desk = await browsing.signed_in(staff, href or "")
    notice = at_desk.get_by_role("region", name="Possible duplicates")
    await expect(notice).to_contain_text("May be the same person as")
    assert await violations(at_desk) == []
    await notice.get_by_role("button", name="Not the same person").click()
    await expect(notice).to_have_count(0)
    await page.reload()
    await expect(buttons).to_have_count(pairs - 2)


async def test_settings_speak_spanish(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings", viewport=DESKTOP)
    await expect(heading(page, "Overview")).to_be_visible()
    await choose_in_menu(page, admin, "menuitemradio", "Español")
    await expect(heading(page, "Resumen")).to_be_visible()
    await page.get_by_role("navigation", name="Ajustes").get_by_role("link", name="Copias de seguridad").click()
    await expect(page.get_by_role("button", name="Hacer una copia ahora")).to_be_visible()
    # Straight to the page as well, when the words of both come at once.
    await page.reload()
    await expect(heading(page, "Copias de seguridad")).to_be_visible()
