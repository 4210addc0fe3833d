"""A client's documents: a card that scanners read, everything on file, and erasing a person for good."""

import json
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.downloads.papers import codes_in, text_of
from tests.e2e.browsing import Browsing
from tests.e2e.records import Records, SignIn
from tests.e2e.twins import Twins, twins, value


@pytest.fixture
async def pair(records: Records) -> AsyncIterator[Twins]:
    async with twins(records) as made:
        yield made


async def documents(browsing: Browsing, user: SignIn, pair: Twins, number: int, **look: Any) -> Page:
    page = await browsing.signed_in(user, f"{pair.path(number)}?tab=documents", **look)
    await expect(page.get_by_role("heading", name="Member card")).to_be_visible()
    return page


async def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    """The name and the content of what a button brings."""
    async with page.expect_download() as coming:
        await page.get_by_role("button", name=button).click()
    file = await coming.value
    return file.suggested_filename, Path(await file.path()).read_bytes()


async def test_a_card_is_printed_and_who_has_no_code_gets_one(browsing: Browsing, staff: SignIn, pair: Twins, records: Records) -> None:
    page = await documents(browsing, staff, pair, pair.one)
    assert await value(records, "SELECT member_code FROM clients WHERE id = :id", id=pair.one) is None
    name, card = await downloaded(page, "Download card")
    assert name == f"member-card-{pair.one}.pdf"
    code = await value(records, "SELECT member_code FROM clients WHERE id = :id", id=pair.one)
    assert codes_in(card) == [code]
    said = text_of(card)
    assert pair.name in said
    assert "Harbour Arcade" in said
    # The page says the new code without being loaded again.
    await expect(page.get_by_text(str(code)).first).to_be_visible()


async def test_the_paper_is_remembered_on_this_device(browsing: Browsing, staff: SignIn, pair: Twins) -> None:
    page = await documents(browsing, staff, pair, pair.two)
    await page.get_by_label("Paper").select_option("Card printer")
    await downloaded(page, "Download card")
    await page.reload()
    await expect(page.get_by_label("Paper")).to_have_value("CARD")


async def test_staff_make_cards_and_nothing_else_here(browsing: Browsing, staff: SignIn, pair: Twins) -> None:
    page = await documents(browsing, staff, pair, pair.one)
    for button in ("PDF to read", "JSON for programs", "Compare and merge", "Erase this person"):
        await expect(page.get_by_role("button", name=button)).to_have_count(0)


async def test_everything_on_file_comes_as_json_and_as_pdf(browsing: Browsing, admin: SignIn, pair: Twins) -> None:
    page = await documents(browsing, admin, pair, pair.two)
    name, content = await downloaded(page, "JSON for programs")
    assert name == f"client-{pair.two}-data.json"
    found = json.loads(content)
    assert found["person"]["preferredName"] == "Tilly"
    assert [note["body"] for note in found["notes"]] == ["Note of the second"]
    assert len(found["visits"]) == 1
    name, content = await downloaded(page, "PDF to read")
    assert name == f"client-{pair.two}-data.pdf"
    said = text_of(content)
    assert f"What we have on file: {pair.full_other_name}" in said
    assert "Note of the second" in said


async def test_in_spanish_the_pdf_is_spanish_too(browsing: Browsing, admin: SignIn, pair: Twins, records: Records) -> None:
    await records.let_speak("es", admin)
    page = await browsing.signed_in(admin, f"{pair.path(pair.two)}?tab=documents")
    await expect(page.get_by_role("heading", name="Tarjeta de miembro")).to_be_visible()
    _, content = await downloaded(page, "PDF para leer")
    assert "Lo que tenemos registrado" in text_of(content)


async def test_a_person_is_erased_and_the_certificate_says_what_went(
    browsing: Browsing, admin: SignIn, pair: Twins, records: Records
) -> None:
    page = await documents(browsing, admin, pair, pair.two)
    await page.get_by_role("button", name="Erase this person").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Why").select_option("A guardian asked for it")
    await dialog.get_by_role("textbox").fill("Tilly")
    await dialog.get_by_role("button", name="Erase for good").click()
    await expect(dialog.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    assert await value(records, "SELECT count(*) FROM erasures WHERE client_id = :id", id=pair.two) == 0
    await dialog.get_by_role("textbox").fill(f"  {pair.full_other_name.lower()} ")
    await dialog.get_by_role("button", name="Erase for good").click()
    await expect(page.get_by_role("heading", name=f"Erased client {pair.two}", level=1)).to_be_visible()
    await expect(page.get_by_text("A guardian asked for it")).to_be_visible()
    await expect(page.get_by_role("button", name="Erase this person")).to_have_count(0)
    name, content = await downloaded(page, "Certificate as PDF")
    assert name == f"erasure-{pair.two}.pdf"
    said = text_of(content)
    assert "Certificate of erasure" in said
    assert "A guardian asked for it" in said
    assert not re.search("tilly|vanterpool|note of the second", said, re.IGNORECASE)
    name, content = await downloaded(page, "Certificate as JSON")
    assert json.loads(content)["erased"]["notes"] == 1
    assert await value(records, "SELECT last_name FROM clients WHERE id = :id", id=pair.two) == f"client {pair.two}"
    assert await value(records, "SELECT count(*) FROM check_ins WHERE client_id = :id", id=pair.two) == 1


async def test_who_thinks_again_erases_nobody(browsing: Browsing, admin: SignIn, pair: Twins, records: Records) -> None:
    page = await documents(browsing, admin, pair, pair.two)
    await page.get_by_role("button", name="Erase this person").click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert await value(records, "SELECT first_name FROM clients WHERE id = :id", id=pair.two) == "Ottilia"


async def test_a_file_that_cannot_be_made_is_said_and_nothing_is_saved(browsing: Browsing, admin: SignIn, pair: Twins) -> None:
    browsing.expect_failed_requests()
    page = await documents(browsing, admin, pair, pair.two)
    await page.route("**/data.json", lambda route: route.fulfill(status=503, json={"code": "UNAVAILABLE", "detail": "away"}))
    await page.get_by_role("button", name="JSON for programs").click()
    await expect(page.get_by_role("alert").filter(has_text=re.compile(r"\w"))).to_be_visible()


async def test_it_is_accessible(
    browsing: Browsing, admin: SignIn, pair: Twins, look: dict[str, Any], check: Callable[[Page, str], Any]
) -> None:
    page = await documents(browsing, admin, pair, pair.two, **look)
    await check(page, "documents")
    await page.get_by_role("button", name="Erase this person").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await check(page, "erasing")
