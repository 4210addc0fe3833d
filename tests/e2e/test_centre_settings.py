"""What an admin chooses for the centre in a browser: its name and clock, its looks, what is said at the desk, and what two at once meet."""

import io
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Page, expect
from sqlalchemy import text

from backend.accounts.models import UserRole
from backend.system import centre
from backend.system.models import CentreSetting
from tests.e2e.accessibility import violations
from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk
from tests.e2e.people import Person
from tests.e2e.records import OPERATOR, Records, SignIn, eventually

pytestmark = pytest.mark.usefixtures("put_back")


@pytest.fixture
async def put_back(records: Records, browsing: Browsing) -> AsyncIterator[None]:
    """The settings as they were, for the tests after this one; the API hears of it within five seconds."""
    async with records.database.reading() as reader:
        rows = await reader.rows(text("SELECT key, value FROM centre_settings"))
    context = await browsing.context()
    page = await context.new_page()

    async def facts() -> tuple[str, str, int]:
        """What anybody sees of it."""
        await page.goto("/login")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        return await page.title(), await accent_of(page), await page.locator("main img").count()

    before = await facts()
    yield
    async with records.database.writing(OPERATOR) as uow:
        await uow.execute(text("DELETE FROM centre_settings"))
        await uow.execute(text("DELETE FROM centre_files"))
        for row in rows:
            uow.add(CentreSetting(key=row.key, value=row.value))

    async def is_back() -> bool:
        return bool(await facts() == before)

    await eventually(is_back)


async def meanwhile(records: Records, **chosen: Any) -> None:
    """Somebody else changes settings."""
    async with records.database.writing(OPERATOR) as uow:
        await centre.change(uow, version=None, **chosen)


async def save(page: Page) -> None:
    await page.get_by_role("button", name="Save", exact=True).click()


async def saved(page: Page) -> None:
    await expect(page.get_by_text("Saved", exact=True).last).to_be_visible()


async def accent_of(page: Page) -> str:
    return str(await page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()"))


async def accent_becomes(page: Page, colour: str) -> None:
    async def is_it() -> bool:
        return await accent_of(page) == colour

    await eventually(is_it)


async def test_the_centre_gets_another_name(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings/centre")
    name = page.get_by_label("Name", exact=True)
    await name.fill("   ")
    await save(page)
    await expect(page.get_by_text("This can’t stay empty.")).to_be_visible()
    await name.fill("Pixel Palace")
    await save(page)
    await saved(page)
    await expect(page).to_have_title("Centre · Pixel Palace")
    stranger = await browsing.page("/login")
    await expect(stranger.get_by_text("Pixel Palace", exact=True)).to_be_visible()


async def test_another_time_zone_is_explained_before_it_holds(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings/centre")
    zone = page.get_by_role("combobox", name="Time zone")
    before = await zone.input_value()
    # Browsers differ in how they spell it.
    await zone.fill("mandu")
    await page.get_by_role("option").filter(has_text=re.compile("Asia.Kath?mandu")).click()
    chosen = await zone.input_value()
    await expect(page.get_by_text("The clocks show")).to_be_visible()
    await save(page)
    asked = page.get_by_role("dialog", name=f"Move the centre to {chosen}?")
    await expect(asked.get_by_text("Visits keep the day on which they were recorded")).to_be_visible()
    assert await violations(page) == []
    await asked.get_by_role("button", name="Cancel").click()
    await expect(zone).to_have_value(chosen)
    await save(page)
    await asked.get_by_role("button", name="Change the time zone").click()
    await expect(asked).to_be_hidden()
    await saved(page)
    await page.reload()
    await expect(zone).to_have_value(chosen)
    assert chosen != before


async def test_languages_that_are_not_offered_can_not_be_chosen(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings/centre")
    await page.get_by_role("checkbox", name="English").uncheck()
    await expect(page.get_by_role("checkbox", name="Español")).to_be_disabled()
    await expect(page.get_by_label("Language of new clients")).to_have_value("ES")
    await save(page)
    # The page itself goes on in the language that is left.
    await expect(page.get_by_role("heading", name="Centro", level=1)).to_be_visible()
    stranger = await browsing.page("/login")
    await expect(stranger.get_by_role("heading", name="Entrar")).to_be_visible()
    await expect(stranger.get_by_role("button", name="English")).to_have_count(0)
    await page.goto("/clients/new")
    await expect(page.get_by_label("Idioma")).to_have_value("ES")


async def test_an_accent_colour_is_checked_while_one_types(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings/branding")
    light = page.get_by_role("group", name="Light theme")
    field = light.get_by_label("Colour", exact=True)
    await field.fill("#ffcc00")
    await expect(light.get_by_text("is too weak. Text needs 4.5:1.")).to_be_visible()
    # The server holds it to the same.
    await save(page)
    await expect(page.get_by_text("This colour can’t be read well enough.")).to_be_visible()
    await light.get_by_role("button", name="Darken until it can be read").click()
    await expect(light.get_by_text("enough to be read.")).to_be_visible()
    assert await violations(page) == []
    darker = await field.input_value()
    await save(page)
    await saved(page)
    await accent_becomes(page, darker)
    await field.fill("nonsense")
    await expect(light.get_by_text("Write # and six digits.")).to_be_visible()
    await light.get_by_role("button", name="Use the product’s own").click()
    await save(page)
    await accent_becomes(page, "#ec194d")
    stranger = await browsing.page("/login", color_scheme="dark")
    assert await accent_of(stranger) == "#f0335f"


async def test_a_logo_stands_in_the_header_and_where_people_sign_in(browsing: Browsing, admin: SignIn) -> None:
    browsing.expect_failed_requests()
    page = await browsing.signed_in(admin, "/settings/branding")
    content = io.BytesIO()
    Image.new("RGB", (300, 100), (12, 90, 200)).save(content, "JPEG")
    chooser = page.get_by_label("Picture of the logo")
    await chooser.set_input_files({"name": "logo.txt", "mimeType": "text/plain", "buffer": b"no picture"})
    await expect(page.get_by_text("This is no PNG, WebP or JPEG picture")).to_be_visible()
    await chooser.set_input_files({"name": "logo.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()})
    await expect(page.get_by_text("Logo saved")).to_be_visible()
    await expect(page.get_by_alt_text("The present logo")).to_be_visible()
    for shown in (page.locator("header img"), (await browsing.page("/login")).locator("main img").first):
        await expect(shown).to_be_visible()
        assert await shown.evaluate("(image) => [image.naturalWidth, image.naturalHeight]") == [300, 100]
    await page.get_by_role("button", name="Remove the logo").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove the logo").click()
    await expect(page.get_by_text("Logo removed")).to_be_visible()
    await expect(page.locator("header img")).to_have_count(0)


async def test_what_is_said_at_the_desk(browsing: Browsing, admin: SignIn, somebody: Callable[[str], Person]) -> None:
    page = await browsing.signed_in(admin, "/settings/policies")
    reminder = page.get_by_role("group", name="Let them play and remind them").get_by_label("English")
    await expect(reminder).to_have_attribute("placeholder", re.compile("."))
    await reminder.fill("Send them to Kim.")
    await page.get_by_role("button", name="Save sentences").click()
    await saved(page)
    await page.reload()
    await expect(reminder).to_have_value("Send them to Kim.")
    assert await violations(page) == []
    desk = Desk(await browsing.signed_in(admin))
    person = somebody("EXPIRED")
    await desk.check_in(person)
    await desk.confirms(person, "Send them to Kim.")


async def test_who_else_changed_other_settings_meanwhile_is_no_trouble(browsing: Browsing, admin: SignIn, records: Records) -> None:
    page = await browsing.signed_in(admin, "/settings/hours")
    closes = page.get_by_label("Closing time on Monday")
    await closes.fill("20:15")
    await meanwhile(records, currency="EUR")
    await save(page)
    await saved(page)
    await expect(closes).to_have_value("20:15")
    await expect(page.get_by_label("Currency of prices")).to_have_value("EUR")


@pytest.mark.parametrize("mine", [True, False])
async def test_two_who_change_the_same_lose_nothing_they_typed(browsing: Browsing, admin: SignIn, records: Records, mine: bool) -> None:
    page = await browsing.signed_in(admin, "/settings/hours")
    closes = page.get_by_label("Closing time on Monday")
    await closes.fill("20:15")
    async with records.database.reading() as reader:
        week = (await centre.read(reader)).opening_hours
    await meanwhile(records, opening_hours=(None, *week[1:]))
    await save(page)
    told = page.get_by_role("alert").filter(has_text="What you typed is still here")
    await expect(told).to_be_visible()
    await expect(closes).to_have_value("20:15")
    assert await violations(page) == []
    if mine:
        await told.get_by_role("button", name="Save mine instead").click()
        await saved(page)
        await page.reload()
        await expect(closes).to_have_value("20:15")
    else:
        await told.get_by_role("button", name="Take what they saved").click()
        await expect(page.get_by_role("checkbox", name="Open on Monday")).not_to_be_checked()
    await expect(told).to_have_count(0)


async def test_a_number_that_makes_no_sense_stays_to_be_mended(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings/retention")
    days = page.get_by_label("Known devices, in days")
    await days.fill("7")
    await save(page)
    await expect(page.get_by_text("This number is too small or too large.")).to_be_visible()
    await days.fill("")
    await save(page)
    await expect(page.get_by_text("This can’t stay empty.")).to_be_visible()
    await days.fill("90")
    await save(page)
    await saved(page)
    await page.reload()
    await expect(days).to_have_value("90")


async def test_the_roles_that_need_a_second_factor(browsing: Browsing, admin: SignIn, records: Records) -> None:
    page = await browsing.signed_in(admin, "/settings/security")
    staff = page.get_by_role("checkbox", name="Staff")
    await staff.check()
    await save(page)
    await saved(page)
    async with records.database.reading() as reader:
        assert (await centre.read(reader)).second_factor_roles == (UserRole.STAFF,)
    await page.reload()
    await expect(staff).to_be_checked()
