"""From key to tick: what a member at the kiosk waits for, in a real browser with a touch screen, by its own clock."""

import asyncio

from playwright.async_api import Page, async_playwright, expect

from backend.operations.stack.programs import SPA
from tests.bench.load import Loader
from tests.bench.place import Place
from tests.bench.report import Line, per_cent
from tests.bench.screen import wait_for
from tests.bench.sizes import Size
from tests.e2e.browsing import Browsing
from tests.e2e.chromium import FLAGS, NoBrowserError, chromium
from tests.e2e.tablet import GREETING, Tablet

MOST_MS = 300
SHARE = 16
PATIENCE_MS = 20_000
APPROVE = """
WITH asked AS (DELETE FROM kiosk_pairings RETURNING token_hash, kind)
INSERT INTO kiosks (name, kind, token_hash) SELECT 'Bench', kind, token_hash FROM asked
"""
# The last ones, for `throughput.check_ins` counts on the first not having been here today.
PHONES = """
SELECT substr(m.value, 3) FROM contact_methods m JOIN clients c ON c.id = m.client_id
CROSS JOIN LATERAL client_standing(c.id, current_date) s
WHERE m.kind = 'PHONE' AND m.value ~ '^\\+1[2-9][0-9]{2}[2-9][0-9]{6}$' AND c.archived_at IS NULL AND c.language = 'en'
  AND s.status IN ('ACTIVE', 'EXPIRING')
  AND NOT EXISTS (SELECT FROM contact_methods o WHERE o.value = m.value AND o.client_id <> m.client_id)
  AND NOT EXISTS (SELECT FROM clients g WHERE g.guardian_phone = m.value)
  AND (c.last_check_in_at IS NULL OR c.last_check_in_at < now() - interval '1 day')
ORDER BY c.id DESC LIMIT $1
"""
# From the touch's own time stamp until the frame is drawn in which the page says what came of it.
WATCH = """
() => {
  let pressed = null;
  window.shown = [];
  addEventListener('pointerup', (event) => { pressed = event.timeStamp; performance.clearResourceTimings(); }, true);
  new MutationObserver(() => {
    if (pressed === null || !document.querySelector('main [data-outcome]')) return;
    const start = pressed;
    pressed = null;
    requestAnimationFrame(() => {
      const drawn = new MessageChannel();
      drawn.port1.onmessage = () => {
        const { duration } = performance.measure('key to tick', { start });
        const asked = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/graphql'))[0];
        window.shown.push([duration, asked ? asked.responseEnd - asked.startTime : 0]);
      };
      drawn.port2.postMessage(null);
    });
  }).observe(document.body, { childList: true, subtree: true });
}
"""


def kiosk(place: Place, _loader: Loader, size: Size) -> list[Line]:
    """From the tap on "Check in" until the tick is drawn; beside it the part of it that the request took."""
    what = f"kiosk, key to tick among {place.filled.clients:,} clients"
    try:
        path = chromium()
    except NoBrowserError as error:
        return [Line(what, f"not measured: {error}")]
    if not (SPA / "kiosk.html").exists():
        return [Line(what, "not measured: run `just web-build` first")]
    phones = place.ask(lambda connection: connection.fetch(PHONES, max(2, size.searches // SHARE)))
    place.start_program("caddy")
    try:
        wait_for(place.origin)
        found = asyncio.run(_waits(path, place, [row[0] for row in phones]))
    finally:
        place.stop_program("caddy")
    ticks, requests = [tick for tick, _ in found], [request for _, request in found]
    lines = []
    for share in (50, 95):
        tick, request = per_cent(ticks, share), per_cent(requests, share)
        goal, reached = (f"≤ {MOST_MS} ms", tick <= MOST_MS) if share == 95 else ("", None)
        samples = {"ms": ticks, "ms of the request": requests}
        lines.append(Line(f"{what}, p{share} (baseline: its request)", f"{tick:.1f} ms", f"{request:.1f} ms", "", goal, reached, samples))
    return lines


async def _waits(path: str, place: Place, phones: list[str]) -> list[tuple[float, float]]:
    """In milliseconds, for each person: until the tick stood there, and the request alone."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            browsing = Browsing(browser, place.origin)
            tablet = Tablet(await Tablet.context_page(browsing))
            await tablet.open()
            await tablet.code()
            await place.on_database(lambda connection: connection.execute(APPROVE))
            await tablet.greets(timeout=PATIENCE_MS)
            await tablet.page.evaluate(WATCH)
            for phone in phones:
                await _check_in(tablet, tablet.page, phone)
            found: list[list[float]] = await tablet.page.evaluate("() => window.shown")
            await browsing.close()
        finally:
            await browser.close()
    # The first one warms up what a kiosk has open all day.
    return [(tick, request) for tick, request in found[1:]]


async def _check_in(tablet: Tablet, page: Page, phone: str) -> None:
    await tablet.type(phone)
    await tablet.tap("Next")
    await tablet.tap("Check in")
    await expect(page.locator("[data-outcome=checkedIn]")).to_be_visible(timeout=PATIENCE_MS)
    await tablet.tap("Close")
    await expect(tablet.heading).to_have_text(GREETING["en"])
