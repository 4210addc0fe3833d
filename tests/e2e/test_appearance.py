"""Themes and languages: the system's by default, one's own by choice, kept with the user."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk, LoginForm, choose_in_menu
from tests.e2e.people import Person
from tests.e2e.records import SignIn

WATCH_THEME = """
new MutationObserver(() => {
  if (document.documentElement?.dataset.theme) window.themeKnownAt ??= performance.now()
}).observe(document, { attributes: true, childList: true, subtree: true })
"""
FIRST_PAINT = """() => new Promise((resolve) => new PerformanceObserver((list, observer) => {
  observer.disconnect()
  resolve(list.getEntries()[0].startTime)
}).observe({ type: 'paint', buffered: true }))"""

COUNT_MOTION = """
window.motion = 0
for (const kind of ['animationstart', 'transitionrun']) addEventListener(kind, () => window.motion++, true)
"""


async def is_theme(page: Page, theme: str) -> None:
    await expect(page.locator("html")).to_have_attribute("data-theme", theme)


async def is_painted(page: Page, theme: str) -> None:
    """The paper itself is light or dark."""
    paper = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in re.findall(r"\d+", paper)[:3]) / 3
    assert (brightness > 200) == (theme == "light"), paper


@pytest.mark.parametrize("system", ["light", "dark"])
async def test_system_decides_before_the_first_paint(system: Literal["light", "dark"], browsing: Browsing) -> None:
    context = await browsing.context(color_scheme=system)
    await context.add_init_script(WATCH_THEME)
    page = await context.new_page()
    await page.goto("/login")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await is_theme(page, system)
    await is_painted(page, system)
    assert await page.evaluate("window.themeKnownAt") <= await page.evaluate(FIRST_PAINT)
    other: Literal["light", "dark"] = "light" if system == "dark" else "dark"
    await page.emulate_media(color_scheme=other)
    await is_theme(page, other)


async def test_own_choice_outlives_reload_and_goes_along_to_another_browser(page: Page, staff: SignIn, browsing: Browsing) -> None:
    await page.get_by_role("button", name="Use the dark theme").click()
    await is_theme(page, "dark")
    await page.reload()
    await is_theme(page, "dark")
    await page.get_by_role("button", name="Use the light theme").click()
    async with page.expect_response("**/graphql"):
        await page.get_by_role("button", name="Use the dark theme").click()
        await LoginForm(page).sign_in(staff.username, staff.password)
    await Desk(page).is_ready()
    await is_theme(page, "dark")
    await is_painted(page, "dark")
    await page.wait_for_load_state("networkidle")
    elsewhere = await browsing.signed_in(staff)
    await Desk(elsewhere).is_ready()
    await is_theme(elsewhere, "dark")


async def test_toggle_in_the_header_and_back_to_the_systems(desk: Desk, staff: SignIn) -> None:
    page = desk.page
    async with page.expect_response("**/graphql"):
        await page.get_by_role("button", name="Use the dark theme").click()
    await is_theme(page, "dark")
    await page.reload()
    await desk.is_ready()
    await is_theme(page, "dark")
    await choose_in_menu(page, staff, "menuitemradio", "System")
    await is_theme(page, "light")
    await page.emulate_media(color_scheme="dark")
    await is_theme(page, "dark")


async def test_spanish_and_back_on_the_login_page(page: Page) -> None:
    await page.get_by_role("button", name="Español").click()
    await expect(page.get_by_role("heading", name="Entrar")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "es")
    await page.reload()
    await expect(page.get_by_label("Correo o nombre de usuario")).to_be_visible()
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_browsers_language_decides_at_first(browsing: Browsing) -> None:
    page = await browsing.page("/login", locale="es-MX")
    await expect(page.get_by_role("heading", name="Entrar")).to_be_visible()


async def test_spanish_goes_along_and_is_spoken_to_the_end(
    desk: Desk, staff: SignIn, somebody: Callable[[str], Person], browsing: Browsing
) -> None:
    async with desk.page.expect_response("**/graphql"):
        await choose_in_menu(desk.page, staff, "menuitemradio", "Español")
    await expect(desk.page.locator("html")).to_have_attribute("lang", "es")
    person = somebody("EXPIRED")
    await speaks_spanish(desk.page, person)
    # In another browser as well, which the same person has never used.
    elsewhere = await browsing.signed_in(staff)
    await expect(elsewhere.get_by_role("combobox", name="Buscar un cliente")).to_be_visible()
    await elsewhere.get_by_role("button", name=f"Menú de la cuenta de {staff.name}").click()
    await elsewhere.get_by_role("menuitemradio", name="English").click()
    await expect(elsewhere.locator("html")).to_have_attribute("lang", "en")


async def speaks_spanish(page: Page, person: Person) -> None:
    """From the search to the undo, the server's sentence included."""
    field, found = page.get_by_role("combobox", name="Buscar un cliente"), page.get_by_role("row")
    await field.fill(person.name)
    await expect(found).to_have_count(1)
    await expect(found).to_contain_text("Venció hace 3 días")
    await field.press("Enter")
    await expect(page.get_by_text("Puede jugar. Recuérdele que renueve.")).to_be_visible()
    await page.get_by_role("button", name="Deshacer", exact=True).click()
    await expect(page.get_by_text("La visita ya no cuenta.")).to_be_visible()


async def test_nothing_moves_for_whoever_asked_for_it(browsing: Browsing, staff: SignIn) -> None:
    for choice, moves in (("no-preference", True), ("reduce", False)):
        context = await browsing.context(reduced_motion=choice)
        await context.add_init_script(COUNT_MOTION)
        await browsing.sign_in(context, staff)
        page = await context.new_page()
        await page.goto("/")
        await Desk(page).is_ready()
        await page.keyboard.press("?")
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.wait_for_timeout(200)
        assert (await page.evaluate("window.motion") > 0) == moves
