"""axe in the page: what it finds wrong, in words."""

from functools import lru_cache
from typing import Any

from playwright.async_api import Page, ViewportSize, expect

from backend.operations.stack.given import ROOT
from tests.e2e.browsing import DESKTOP, PHONE

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# The sizes of window in which a page is looked at.
SIZES = {"desktop": DESKTOP, "phone": PHONE}
# The narrowest screen that has to do.
NARROW = ViewportSize(width=360, height=740)
RUN = """async () => {
  await document.fonts.ready
  const rules = { 'target-size': { enabled: true } }
  const { violations } = await axe.run(document, { resultTypes: ['violations'], rules })
  const told = ({ html, failureSummary }) => `${html} ${failureSummary}`
  return violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(told) }))
}"""


@lru_cache(maxsize=1)
def _source() -> str:
    if not AXE.exists():
        raise AssertionError("axe-core is not installed: run `just web-build` first.")
    return AXE.read_text(encoding="utf-8")


async def violations(page: Page) -> list[dict[str, Any]]:
    """All rules that axe knows, best practices and the size of targets included.

    The page's own policy stays in force, which scripts of a debugger pass. On a busy machine something may still be on its
    way in or out; what stays for a second is counted.
    """
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_source())
    if not await page.get_by_role("menu").count():
        # What the page's head covers would count as too small to press.
        await page.evaluate("scrollTo(0, 0)")
    found: list[dict[str, Any]] = await page.evaluate(RUN)
    if found:
        await page.wait_for_timeout(1000)
        found = await page.evaluate(RUN)
    return found


async def is_as_wide_as_the_window(page: Page) -> bool:
    """Whether there is nothing to scroll to the side."""
    wide: bool = await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return wide


class Findings(dict[str, Any]):
    """What is wrong, by the state of a page; told together at the end of a test."""

    async def look_at(self, page: Page, state: str) -> None:
        """In both themes; and on a phone, whether the narrowest has room for it."""
        await expect(page.locator("h1")).to_have_count(1)
        for theme in ("dark", "light"):
            await page.emulate_media(color_scheme=theme)
            await expect(page.locator("html")).to_have_attribute("data-theme", theme)
            self[f"{state}, {theme}"] = await violations(page)
        if page.viewport_size == PHONE:
            await self.has_room(page, state, NARROW)

    async def has_room(self, page: Page, state: str, size: ViewportSize) -> None:
        """In a smaller window there is nothing to scroll to the side."""
        before = page.viewport_size
        await page.set_viewport_size(size)
        # The page may have to be laid out anew first, which a busy machine does in its own time.
        for _ in range(20):
            if fits := await is_as_wide_as_the_window(page):
                break
            await page.wait_for_timeout(100)
        self[f"{state}, {size['width']} wide"] = not fits
        if before:
            await page.set_viewport_size(before)

    def are_none(self) -> None:
        """Fails with all of them."""
        wrong = {state: found for state, found in self.items() if found}
        assert not wrong, wrong
