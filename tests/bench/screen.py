"""From key to screen: what somebody at the desk waits for, in a real browser, by its own clock."""

import asyncio
import random
import re
import time
import urllib.error
import urllib.request
from collections.abc import Sequence

from playwright.async_api import Page, async_playwright, expect

from backend.operations.stack.programs import SPA
from tests.bench.databases import USER
from tests.bench.errors import BenchError
from tests.bench.load import Loader
from tests.bench.place import SECONDS_TO_START, Place
from tests.bench.report import Line, per_cent
from tests.bench.searching import people_of, texts
from tests.bench.sizes import Size
from tests.e2e.browsing import Browsing
from tests.e2e.chromium import FLAGS, NoBrowserError, chromium
from tests.e2e.desk import Desk
from tests.e2e.records import SignIn

MOST_MS = 100
KEYS_SHARE = 4
PATIENCE_MS = 10_000

# From the key's own time stamp until the frame is drawn in which the page says how many it found for what stands in the field: it says
# nothing while it looks.
WATCH = """
() => {
  const said = document.querySelector('main p[role=status]');
  let pressed = null;
  document.addEventListener('keydown', (event) => { pressed = event.timeStamp; performance.clearResourceTimings(); }, true);
  new MutationObserver(() => {
    if (pressed === null || !said.textContent.trim()) return;
    const start = pressed;
    pressed = null;
    requestAnimationFrame(() => {
      const drawn = new MessageChannel();
      drawn.port1.onmessage = () => {
        const { duration } = performance.measure('key to screen', { start });
        const asked = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/graphql')).at(-1);
        window.tellShown([duration, asked ? asked.responseEnd - asked.startTime : 0]);
      };
      drawn.port2.postMessage(null);
    });
  }).observe(said, { childList: true, characterData: true, subtree: true });
}
"""


def screen(place: Place, _loader: Loader, size: Size) -> list[Line]:
    """The last key of what is typed at the desk until the result is drawn; beside it the part of it that the request took."""
    what = f"key to screen among {place.filled.clients:,} clients"
    try:
        path = chromium()
    except NoBrowserError as error:
        return [Line(what, f"not measured: {error}")]
    if not (SPA / "index.html").exists():
        return [Line(what, "not measured: run `just web-build` first")]
    chance = random.Random(2027)
    # A space at the end asks for nothing new, so nothing new would be shown; a letter that has no key of its own comes without one.
    typed = [text.strip() for _, text in texts(people_of(place, size.searches // KEYS_SHARE), chance)]
    typed = [text for text in typed if text[-1].isascii()]
    place.start_program("caddy")
    try:
        wait_for(place.origin)
        found = asyncio.run(_waits(path, place, typed))
    finally:
        place.stop_program("caddy")
    keys, requests = [key for key, _ in found], [request for _, request in found]
    lines = []
    for share in (50, 95):
        key, request = per_cent(keys, share), per_cent(requests, share)
        goal, reached = (f"≤ {MOST_MS} ms", key <= MOST_MS) if share == 95 else ("", None)
        samples = {"ms": keys, "ms of the request": requests}
        lines.append(Line(f"{what}, p{share} (baseline: its request)", f"{key:.1f} ms", f"{request:.1f} ms", "", goal, reached, samples))
    return lines


async def _waits(path: str, place: Place, typed: Sequence[str]) -> list[tuple[float, float]]:
    """In milliseconds, for each text: until it stood there, and the request alone."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            browsing = Browsing(browser, place.origin)
            user = SignIn(f"{USER}1@example.test", f"{USER}1", f"{USER}1".title(), place.password)
            page = await browsing.signed_in(user)
            desk = Desk(page)
            await expect(desk.field).to_be_focused(timeout=PATIENCE_MS)
            await page.evaluate(WATCH)
            # The first ones warm up what a desk has open all day.
            found = [await _wait(page, desk, text) for text in (*typed[:3], *typed)][min(3, len(typed)) :]
            await browsing.close()
        finally:
            await browser.close()
    return found


async def _wait(page: Page, desk: Desk, text: str) -> tuple[float, float]:
    await desk.field.fill("")
    await desk.field.fill(text[:-1])
    await expect(page.locator("main p[role=status]").first).to_have_text(re.compile(r"\S"), timeout=PATIENCE_MS)
    # The last key finds a page at rest.
    await page.wait_for_timeout(100)
    await page.evaluate("() => { window.shown = new Promise((tell) => { window.tellShown = tell }) }")
    await page.keyboard.type(text[-1])
    try:
        async with asyncio.timeout(PATIENCE_MS / 1000):
            key, request = await page.evaluate("() => window.shown")
    except TimeoutError:
        raise BenchError(f"Nothing was shown for “{text}”, which is a made-up person's.") from None
    return float(key), float(request)


def wait_for(origin: str) -> None:
    """Until the front door opens."""
    began = time.perf_counter()
    while True:
        try:
            with urllib.request.urlopen(origin, timeout=2):
                return
        except urllib.error.URLError as error:
            if time.perf_counter() - began > SECONDS_TO_START:
                raise BenchError(f"The front door did not open: {error}") from error
            time.sleep(0.05)
