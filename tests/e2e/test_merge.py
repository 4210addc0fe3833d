"""Merging two clients who are one: finding them, comparing, choosing, merging, and the way back."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import text

from tests.e2e.browsing import Browsing
from tests.e2e.records import OPERATOR, Records, SignIn
from tests.e2e.twins import Twins, twins, value


@pytest.fixture
async def pair(records: Records) -> AsyncIterator[Twins]:
    async with twins(records) as made:
        yield made


async def opened(browsing: Browsing, admin: SignIn, pair: Twins, **look: Any) -> Page:
    """The comparison, from the notice on the page of the one who stays."""
    page = await browsing.signed_in(admin, pair.path(pair.one), **look)
    await page.get_by_role("link", name=f"Compare and merge {pair.other_name}").click()
    await expect(page.get_by_role("heading", name="Merge clients", level=1)).to_be_visible()
    await expect(page.get_by_role("group", name="First name")).to_be_visible()
    return page


async def test_the_comparison_shows_what_differs_what_moves_and_what_overlaps(browsing: Browsing, admin: SignIn, pair: Twins) -> None:
    page = await opened(browsing, admin, pair)
    guardian = page.get_by_role("group", name="Guardian", exact=True)
    await expect(guardian.get_by_role("radio", name="Maud Vanterpool")).to_be_checked()
    born = page.get_by_role("group", name="Born")
    await expect(born.get_by_role("radio", name="empty")).not_to_be_checked()
    await expect(born.get_by_role("radio", name="2009")).to_be_checked()
    moves = page.get_by_role("region", name="What moves")
    await expect(moves.get_by_text("Phones, emails and handles")).to_be_visible()
    await expect(moves).to_contain_text("1 moves · 1 is there already")
    await expect(page.get_by_role("region", name="Already there")).to_contain_text("(661) 556-")
    await expect(page.get_by_role("region", name="Periods that share days").get_by_role("listitem")).to_have_count(1)


async def test_what_was_chosen_outlives_a_reload_and_is_merged(browsing: Browsing, admin: SignIn, pair: Twins, records: Records) -> None:
    page = await opened(browsing, admin, pair)
    await page.get_by_role("group", name="Guardian", exact=True).get_by_role("radio", name="Maude V.").check()
    await page.reload()
    await expect(page.get_by_role("group", name="Guardian", exact=True).get_by_role("radio", name="Maude V.")).to_be_checked()
    await page.get_by_role("button", name="Merge 2 clients").click()
    # The preferred name was empty and is filled.
    await expect(page.get_by_role("heading", name="Tilly Vanterpool", level=1)).to_be_visible()
    await expect(page.get_by_text("Maude V.")).to_be_visible()
    await expect(page.get_by_text("Merged into Tilly Vanterpool")).to_be_visible()
    assert await value(records, "SELECT merged_into_id FROM clients WHERE id = :id", id=pair.two) == pair.one
    assert await value(records, "SELECT count(*) FROM check_ins WHERE client_id = :id", id=pair.one) == 1


async def test_the_line_at_the_bottom_takes_it_back(browsing: Browsing, admin: SignIn, pair: Twins, records: Records) -> None:
    page = await opened(browsing, admin, pair)
    await page.get_by_role("button", name="Merge 2 clients").click()
    await page.get_by_role("button", name="Undo merge").first.click()
    await expect(page.get_by_text("The merge is undone")).to_be_visible()
    await expect(page.get_by_role("heading", name=pair.name, level=1)).to_be_visible()
    assert await value(records, "SELECT merged_into_id FROM clients WHERE id = :id", id=pair.two) is None
    assert await value(records, "SELECT count(*) FROM check_ins WHERE client_id = :id", id=pair.two) == 1


async def test_from_the_documents_the_other_one_is_found_kept_and_undone_later(
    browsing: Browsing, admin: SignIn, pair: Twins, records: Records
) -> None:
    page = await browsing.signed_in(admin, f"{pair.path(pair.one)}?tab=documents")
    partner = page.get_by_role("combobox", name="The same person as")
    await partner.press_sequentially("vanterpoole", delay=30)
    await page.get_by_role("option", name=pair.other_name).click()
    await page.get_by_role("button", name="Compare and merge").click()
    await page.get_by_role("radio", name=f"Keep {pair.other_name}").check()
    await expect(page).to_have_url(re.compile(r"ids=\w+"))
    await expect(page.get_by_role("group", name="Guardian", exact=True).get_by_role("radio", name="Maude V.")).to_be_checked()
    await page.get_by_role("button", name="Merge 2 clients").click()
    await expect(page.get_by_role("heading", name=pair.other_name, level=1)).to_be_visible()
    await page.get_by_role("button", name="Documents").click()
    await expect(page.get_by_text("Can be undone until")).to_be_visible()
    await page.get_by_role("button", name=f"Undo the merge of {pair.name}").click()
    await page.get_by_role("dialog").get_by_role("button", name="Undo merge").click()
    await expect(page.get_by_text("Undone by")).to_be_visible()
    assert await value(records, "SELECT merged_into_id FROM clients WHERE id = :id", id=pair.one) is None


async def test_who_was_merged_leads_to_the_one_who_stayed(browsing: Browsing, admin: SignIn, pair: Twins) -> None:
    page = await opened(browsing, admin, pair)
    await page.get_by_role("button", name="Merge 2 clients").click()
    await expect(page.get_by_role("heading", name="Tilly Vanterpool", level=1)).to_be_visible()
    await page.goto(f"{pair.path(pair.two)}?tab=documents")
    await page.get_by_text("This client was merged into").get_by_role("link", name="Tilly Vanterpool").click()
    await expect(page).to_have_url(re.compile(re.escape(pair.path(pair.one)) + "$"))


async def test_a_change_meanwhile_is_seen_before_anything_is_merged(
    browsing: Browsing, admin: SignIn, pair: Twins, records: Records
) -> None:
    page = await opened(browsing, admin, pair)
    async with records.database.writing(OPERATOR) as uow:
        await uow.execute(text("UPDATE clients SET guardian_name = 'Someone New', version = version + 1 WHERE id = :id"), {"id": pair.one})
    await page.get_by_role("button", name="Merge 2 clients").click()
    await expect(page.get_by_role("alert").filter(has_text="Somebody has changed")).to_be_visible()
    await expect(page.get_by_role("radio", name="Someone New")).to_be_checked()
    await page.get_by_role("button", name="Merge 2 clients").click()
    await expect(page.get_by_role("heading", name="Tilly Vanterpool", level=1)).to_be_visible()


async def test_from_the_list_of_duplicates_and_not_for_staff(browsing: Browsing, admin: SignIn, staff: SignIn, pair: Twins) -> None:
    page = await browsing.signed_in(admin, "/settings/duplicates")
    await page.get_by_role("link", name=re.compile("Compare and merge .*Vanterpool")).click()
    await expect(page.get_by_role("button", name="Merge 2 clients")).to_be_visible()
    page = await browsing.signed_in(staff, pair.path(pair.one))
    await expect(page.get_by_role("button", name="Not the same person")).to_be_visible()
    await expect(page.get_by_role("link", name="Compare and merge")).to_have_count(0)


async def test_it_is_accessible(
    browsing: Browsing, admin: SignIn, pair: Twins, look: dict[str, Any], check: Callable[[Page, str], Any]
) -> None:
    page = await opened(browsing, admin, pair, **look)
    await check(page, "merge")
    await page.goto("/clients/merge")
    await expect(page.get_by_text("Nobody to merge")).to_be_visible()
    await check(page, "nobody")


async def test_it_speaks_spanish(browsing: Browsing, admin: SignIn, pair: Twins, records: Records) -> None:
    await records.let_speak("es", admin)
    page = await browsing.signed_in(admin, pair.path(pair.one))
    await page.get_by_role("link", name=f"Comparar y unir {pair.other_name}").click()
    await expect(page.get_by_role("heading", name="Unir clientes", level=1)).to_be_visible()
    await expect(page.get_by_role("group", name="Tutor", exact=True)).to_be_visible()
    await expect(page.get_by_role("button", name="Unir 2 clientes")).to_be_visible()
