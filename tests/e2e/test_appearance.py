"""Themes and languages: the system's by default, one's own by choice, kept with the user."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Literal

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.e2e.accessibility import is_as_wide_as_the_window
from tests.e2e.browsing import PHONE, Browsing
from tests.e2e.desk import Desk, LoginForm, choose_in_menu
from tests.e2e.people import Person
from tests.e2e.places import Place, in_parts, walking
from tests.e2e.records import Records, SignIn

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
MOST_SHIFT = 0.02
LAYOUT_SHIFTS = """() => new Promise((resolve) => {
  const shifts = []
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries())
      if (!hadRecentInput) shifts.push({ value, what: sources.map(({ node }) => (node?.outerHTML ?? node?.data ?? '').slice(0, 200)) })
  }).observe({ type: 'layout-shift', buffered: true })
  setTimeout(() => resolve(shifts), 100)
})"""
# A text that looks like the key of a message, such as clients.title.
BARE_KEYS = """() => {
  const texts = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) texts.push(walker.currentNode.data.trim())
  for (const each of document.querySelectorAll('[aria-label], [title], [placeholder]'))
    texts.push(each.ariaLabel ?? '', each.title, each.placeholder ?? '')
  return [...new Set(texts)].filter((text) => /^[a-z][a-zA-Z]*([.][a-zA-Z_]+)+$/.test(text))
}"""
ON_PAPER = """() => {
  const wrong = [...document.querySelectorAll('header, nav, button:not([data-value])')]
    .filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 200))
  const { color } = getComputedStyle(document.body)
  return color === 'rgb(22, 24, 29)' ? wrong : [...wrong, color]
}"""


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


@in_parts
async def test_every_place_on_a_wide_screen(
    places: Sequence[Place], browsing: Browsing, records: Records, staff: SignIn, admin: SignIn
) -> None:
    """It stands still while it loads, prints as ink on paper, has words for all it says, and room for letters twice as large."""
    found: dict[str, Any] = {}
    async with walking(browsing, records, staff, admin, color_scheme="dark") as walk:
        for place in places:
            page = await walk(place)
            found[f"{place.name}, moves"] = await _shifts(page)
            found[f"{place.name}, has no words for"] = await page.evaluate(BARE_KEYS)
            await page.emulate_media(media="print")
            found[f"{place.name}, printed"] = await page.evaluate(ON_PAPER)
            await page.emulate_media(media="screen")
            await _larger_letters(page, 2)
            found[f"{place.name}, larger"] = not await is_as_wide_as_the_window(page)
            await _larger_letters(page, 1)
    assert {what: wrong for what, wrong in found.items() if wrong} == {}


@in_parts
async def test_every_place_on_a_phone_stands_still(
    places: Sequence[Place], browsing: Browsing, records: Records, staff: SignIn, admin: SignIn
) -> None:
    found: dict[str, Any] = {}
    async with walking(browsing, records, staff, admin, viewport=PHONE) as walk:
        for place in places:
            found[place.name] = await _shifts(await walk(place))
    assert {what: wrong for what, wrong in found.items() if wrong} == {}


@in_parts
async def test_every_place_can_be_zoomed(
    places: Sequence[Place], browsing: Browsing, records: Records, staff: SignIn, admin: SignIn
) -> None:
    """Zoomed to 200 %, a window of 1,280 by 800 has room for half of it."""
    half = ViewportSize(width=640, height=400)
    async with walking(browsing, records, staff, admin, viewport=half) as walk:
        assert [place.name for place in places if not await is_as_wide_as_the_window(await walk(place))] == []


@in_parts
async def test_every_place_speaks_spanish(
    places: Sequence[Place], browsing: Browsing, records: Records, staff: SignIn, admin: SignIn
) -> None:
    found: dict[str, Any] = {}
    await records.let_speak("es", staff, admin)
    async with walking(browsing, records, staff, admin, locale="es-MX") as walk:
        for place in (place for place in places if place.do is None):
            page = await walk(place)
            await expect(page.locator("html")).to_have_attribute("lang", "es")
            found[place.name] = await page.evaluate(BARE_KEYS)
    assert {what: wrong for what, wrong in found.items() if wrong} == {}


async def _shifts(page: Page) -> list[Any]:
    """What moved without being asked to; 0.1 is what browsers call good."""
    shifts: list[Any] = await page.evaluate(LAYOUT_SHIFTS)
    return shifts if sum(shift["value"] for shift in shifts) > MOST_SHIFT else []


async def _larger_letters(page: Page, times: float) -> None:
    """Do what the browser's settings do for whoever needs larger letters."""
    session = await page.context.new_cdp_session(page)
    await session.send("Page.setFontSizes", {"fontSizes": {"standard": round(16 * times)}})
    await session.detach()


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
