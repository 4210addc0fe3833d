"""Every page of the table of places, as all sorts of people have it on their screens: walked once for each width."""

from collections.abc import Sequence
from typing import Any

from playwright.async_api import Page, ViewportSize, expect

from tests.e2e.accessibility import Findings, is_as_wide_as_the_window
from tests.e2e.browsing import DESKTOP, PHONE, Browsing
from tests.e2e.places import Place, in_parts, walking
from tests.e2e.records import Records, SignIn

# Zoomed to 200 %, a window of 1,280 by 800 has room for half of it.
ZOOMED = ViewportSize(width=640, height=400)
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


@in_parts
async def test_every_place_on_a_wide_screen(
    places: Sequence[Place], browsing: Browsing, records: Records, staff: SignIn, admin: SignIn
) -> None:
    """It stands still while it loads, has words for all it says, prints as ink on paper, and has room for letters twice as large."""
    found = Findings()
    async with walking(browsing, records, staff, admin, color_scheme="dark", viewport=DESKTOP) as walk:
        for place in places:
            page = await walk(place)
            if place.do is None:
                # What somebody asked for may move the rest, however long it takes to come.
                found[f"{place.name}, moves"] = await _shifts(page)
            found[f"{place.name}, has no words for"] = await page.evaluate(BARE_KEYS)
            await _without_motion(found, page, place)
            await page.emulate_media(media="print")
            found[f"{place.name}, printed"] = await page.evaluate(ON_PAPER)
            await page.emulate_media(media="screen")
            await _larger_letters(page, 2)
            found[f"{place.name}, larger"] = not await is_as_wide_as_the_window(page)
            await _larger_letters(page, 1)
            await found.has_room(page, place.name, ZOOMED)
    found.are_none()


@in_parts
async def test_every_place_on_a_phone(places: Sequence[Place], browsing: Browsing, records: Records, staff: SignIn, admin: SignIn) -> None:
    """It stands still while it loads, and has room on the narrowest that is sold."""
    found = Findings()
    async with walking(browsing, records, staff, admin, color_scheme="dark", viewport=PHONE) as walk:
        for place in places:
            page = await walk(place)
            if place.do is None:
                # What somebody asked for may move the rest, however long it takes to come.
                found[f"{place.name}, moves"] = await _shifts(page)
            await _without_motion(found, page, place)
    found.are_none()


@in_parts
async def test_every_place_speaks_spanish(
    places: Sequence[Place], browsing: Browsing, records: Records, staff: SignIn, admin: SignIn
) -> None:
    found = Findings()
    await records.let_speak("es", staff, admin)
    async with walking(browsing, records, staff, admin, locale="es-MX") as walk:
        for place in (place for place in places if place.do is None):
            page = await walk(place)
            await expect(page.locator("html")).to_have_attribute("lang", "es")
            found[place.name] = await page.evaluate(BARE_KEYS)
    found.are_none()


async def _shifts(page: Page) -> list[Any]:
    """What moved without being asked to; 0.1 is what browsers call good."""
    shifts: list[Any] = await page.evaluate(LAYOUT_SHIFTS)
    return shifts if sum(shift["value"] for shift in shifts) > MOST_SHIFT else []


async def _without_motion(found: Findings, page: Page, place: Place) -> None:
    """Look at it, with nothing half-way to another colour when its contrast is measured."""
    await page.emulate_media(reduced_motion="reduce")
    await found.look_at(page, place.name)
    await page.emulate_media(color_scheme="dark", reduced_motion="no-preference")


async def _larger_letters(page: Page, times: float) -> None:
    """Do what the browser's settings do for whoever needs larger letters."""
    session = await page.context.new_cdp_session(page)
    await session.send("Page.setFontSizes", {"fontSizes": {"standard": round(16 * times)}})
    await session.detach()
