"""axe in the page: what it finds wrong, in words."""

from functools import lru_cache
from typing import Any

from playwright.async_api import Page

from backend.operations.stack.given import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
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

    The page's own policy stays in force, which scripts of a debugger pass.
    """
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_source())
    found: list[dict[str, Any]] = await page.evaluate(RUN)
    return found


async def is_as_wide_as_the_window(page: Page) -> bool:
    """Whether there is nothing to scroll to the side."""
    wide: bool = await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return wide
