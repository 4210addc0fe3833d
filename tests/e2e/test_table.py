"""The clients' table: filters, columns, sorting, views, check-in from a row, export; on a desk and on a phone."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.people import Person, everybody
from tests.e2e.records import Records, SignIn


async def has_only(page: Page, words: str, **patience: float) -> None:
    """There are rows, and each has these words. How many, other tests change."""
    rows = page.get_by_role("row").filter(has=page.get_by_role("rowheader"))
    await expect(rows.filter(has_not_text=words)).to_have_count(0, **patience)
    await expect(rows.first).to_be_visible()


async def test_filters_are_chips_that_can_be_taken_off(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/clients")
    names = page.get_by_role("rowheader")
    await page.get_by_role("button", name="Filters").click()
    panel = page.get_by_role("region", name="Filter clients")
    await panel.get_by_label("Last visit").select_option("Never came")
    await expect(page).to_have_url(re.compile(r"\?visited=never$"))
    await panel.get_by_label("Service coordinator").fill("okafor")
    await panel.get_by_role("option", name="P. Okafor").click()
    await panel.get_by_role("combobox", name="Standing").fill("expi")
    await panel.get_by_role("option", name="Expiring").click()
    chips = page.get_by_role("list", name="Filters that are on").get_by_role("button")
    await expect(chips).to_have_count(3)
    expiring = page.get_by_role("row").filter(has=names).filter(has_text=re.compile("Expires in|Last day"))
    # Other tests take people in and add some, so the rows are compared with each other.
    await expect(page.get_by_role("row").filter(has=names).filter(has_text="Active")).to_have_count(0)
    shown = await names.count()
    assert shown > 0
    await expect(expiring).to_have_count(shown)
    await page.reload()
    await expect(chips).to_have_count(3)
    await expect(names).to_have_count(shown)
    await page.get_by_role("button", name="Remove the filter Coordinator: P. Okafor").click()
    await expect(chips).to_have_count(2)
    await page.get_by_role("button", name="Clear all").click()
    await expect(page).to_have_url(re.compile("/clients$"))
    await expect(page.get_by_role("row").filter(has_text="Active").first).to_be_visible()


async def test_headings_sort_and_the_address_remembers(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/clients")
    first = page.get_by_role("rowheader").first
    heading = page.get_by_role("columnheader", name="Name")
    await expect(heading).to_have_attribute("aria-sort", "ascending")
    ordered = sorted((person.name for person in everybody()), key=lambda name: name.split()[-1])
    await expect(first).to_contain_text(ordered[0].split()[-1])
    await heading.get_by_role("button").click()
    await expect(heading).to_have_attribute("aria-sort", "descending")
    await expect(first).to_contain_text(ordered[-1].split()[-1])
    await expect(page).to_have_url(re.compile(r"\?dir=desc$"))
    await page.get_by_role("columnheader", name="Standing").get_by_role("button").click()
    await expect(page).to_have_url(re.compile(r"\?order=standing_end$"))
    # How long ago depends on whom other tests have given a membership.
    await expect(page.get_by_role("row").nth(1)).to_contain_text(re.compile(r"Expired \d+ days ago"))


async def test_columns_are_chosen_and_stay(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/clients")
    await page.get_by_role("button", name="Columns").click()
    await page.get_by_role("menuitemcheckbox", name="Email").click()
    await page.get_by_role("menuitemcheckbox", name="Phone").click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("columnheader", name="Email")).to_be_visible()
    await expect(page.get_by_role("columnheader", name="Phone")).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("columnheader", name="Email")).to_be_visible()
    await expect(page.get_by_text("visitor0@example.test")).to_be_visible()


async def test_a_view_is_saved_shared_taken_and_removed(browsing: Browsing, staff: SignIn, admin: SignIn) -> None:
    page = await browsing.signed_in(staff, "/clients?standing=expiring&order=standing_end")
    await page.get_by_role("button", name="Views").click()
    await page.get_by_role("menuitem", name="Save this view…").click()
    dialog = page.get_by_role("dialog", name="Save this view")
    await dialog.get_by_role("button", name="Save view").click()
    await expect(dialog.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
    await dialog.get_by_label("Name").fill("Who runs out")
    await dialog.get_by_label("Everybody may use it").check()
    await dialog.get_by_role("button", name="Save view").click()
    await expect(page.get_by_role("button", name="View: Who runs out")).to_be_visible()

    other = await browsing.signed_in(admin, "/clients")
    await other.get_by_role("button", name="Views").click()
    await other.get_by_role("menuitem", name=f"Who runs out · by {staff.name}").click()
    await expect(other).to_have_url(re.compile(r"\?(order=standing_end&standing=expiring|standing=expiring&order=standing_end)$"))
    await has_only(other, "Expires in")

    await page.get_by_role("button", name="View: Who runs out").click()
    await page.get_by_role("menuitem", name="Change “Who runs out”…").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove view").click()
    await expect(page.get_by_text("View removed.")).to_be_visible()
    await expect(page.get_by_role("button", name="Views")).to_be_visible()


async def test_check_in_from_a_row_and_undo(browsing: Browsing, staff: SignIn, somebody: Callable[[str], Person], records: Records) -> None:
    person = somebody("ACTIVE")
    page = await browsing.signed_in(staff, f"/clients?q={person.email}")
    await page.get_by_role("button", name=f"Check in {person.name}").click()
    band = page.locator("[aria-live=assertive]")
    await expect(band).to_contain_text("Checked in")
    await expect(page.get_by_role("row").filter(has_text=person.name)).to_contain_text("today")
    assert await records.visits_of(person) == 1
    await band.get_by_role("button", name="Undo").click()
    await expect(band).to_contain_text("Check-in undone")
    await expect(page.get_by_role("row").filter(has_text=person.name)).to_contain_text("Never")
    assert await records.visits_of(person) == 0


async def test_back_finds_the_place_again(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/clients?order=created")
    names = page.get_by_role("rowheader")
    await expect(names).to_have_count(50)
    await page.get_by_role("button", name="Load more").click()
    await expect(names).to_have_count(100)
    link = names.nth(80).get_by_role("link")
    await link.scroll_into_view_if_needed()
    name, where = await link.inner_text(), await page.evaluate("window.scrollY")
    assert where > 1000
    await link.click()
    await expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    await page.go_back()
    await expect(names).to_have_count(100)
    await page.wait_for_function("(y) => Math.abs(window.scrollY - y) < 60", arg=where)


async def test_typing_asks_once_a_pause_and_shows_the_last_answer(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/clients")
    await expect(page.get_by_role("rowheader")).to_have_count(50)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or "") if "/graphql" in request.url else None)
    person = everybody()[33]
    # No pause between the keys: what is typed on the way is never asked for.
    await page.get_by_label("Search clients").press_sequentially(f"{person.last} {person.first}", delay=5)
    await expect(page.get_by_role("rowheader")).to_have_count(1)
    await expect(page.get_by_role("rowheader")).to_contain_text(person.name)
    searches = [each for each in asked if '"search":"' in each]
    assert 1 <= len(searches) <= 4, searches
    assert person.first in searches[-1]


async def test_the_export_has_what_is_shown(browsing: Browsing, admin: SignIn, staff: SignIn, tmp_path: Path) -> None:
    page = await browsing.signed_in(admin, "/clients?standing=pending&columns=email,standing&dir=desc")
    await has_only(page, "Starts")
    await page.get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog", name="Export as CSV")
    async with page.expect_download() as download:
        await dialog.get_by_role("button", name="Save file").click()
    path = tmp_path / "clients.csv"
    await (await download.value).save_as(path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert lines[0] == ["Name", "Standing", "Email"]
    assert [line[0] for line in lines[1:]] == await page.get_by_role("rowheader").get_by_role("link").all_inner_texts()
    await expect(page.get_by_text("The file is saved.")).to_be_visible()
    other = await browsing.signed_in(staff, "/clients")
    await expect(other.get_by_role("rowheader")).to_have_count(50)
    await expect(other.get_by_role("button", name="Export")).to_have_count(0)


async def test_a_failure_says_so_and_the_list_comes_back(browsing: Browsing, staff: SignIn) -> None:
    browsing.expect_failed_requests()
    page = await browsing.signed_in(staff, "/clients")
    await expect(page.get_by_role("rowheader")).to_have_count(50)
    await page.context.set_offline(True)
    await page.get_by_label("Standing").select_option("Pending")
    await expect(page.get_by_role("alert").filter(has_text="can’t be reached").first).to_be_visible()
    await expect(page.get_by_role("rowheader")).to_have_count(50)
    await page.context.set_offline(False)
    await has_only(page, "Starts", timeout=20_000)


@pytest.mark.parametrize("language", ["en-US", "es-MX"])
async def test_every_state_reads_well(
    browsing: Browsing, admin: SignIn, records: Records, look: dict[str, Any], check: Callable[[Page, str], Any], language: str
) -> None:
    spanish = language.startswith("es")
    await records.let_speak("es" if spanish else "en", admin)
    page = await browsing.signed_in(admin, "/clients?standing=expiring,active&visited=never&consent=-sms", **look, locale=language)
    chips = page.get_by_role("list", name="Filtros activos" if spanish else "Filters that are on")
    await expect(chips.get_by_role("button")).to_have_count(3)
    boxes = page.get_by_role("checkbox", name=re.compile("^(Choose|Elegir a) [A-ZÁÉÍÓÚ]"))
    await expect(boxes.first).to_be_visible()
    await check(page, "filtered")
    await page.get_by_role("button", name="Filtros" if spanish else "Filters").first.click()
    await expect(page.get_by_role("region", name="Filtrar clientes" if spanish else "Filter clients")).to_be_visible()
    await check(page, "panel")
    await boxes.first.check()
    await expect(page.get_by_role("region", name="Cambiar los clientes" if spanish else "Change the chosen")).to_be_visible()
    await check(page, "chosen")
    await page.get_by_role("button", name="Archivar" if spanish else "Archive", exact=True).click()
    await expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("1")
    await check(page, "dialog")
