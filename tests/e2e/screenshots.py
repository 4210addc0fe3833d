"""Pictures of every page for docs/screenshots, from a demo centre of their own: `python -m tests.e2e.screenshots [FOLDER]`."""

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright, expect
from sqlalchemy import text

from backend.accounts.models import UserRole
from backend.config import Settings
from backend.db import Database
from backend.operations.stack.given import ROOT
from tests.e2e.browsing import DESKTOP, PHONE, Browsing
from tests.e2e.chromium import FLAGS, chromium
from tests.e2e.desk import Desk
from tests.e2e.records import Records, SignIn
from tests.e2e.running import RunningStack
from tests.e2e.settings_rows import an_old_installation, messages_paused
from tests.e2e.small_png import with_palette

FOLDER = ROOT / "docs" / "screenshots"
CENTRE = "Harbour Arcade"
MOST_BYTES = 150_000
SEARCH = "ma"
SETTINGS = {"tiers": "Membership tiers", "backups": "Backups", "predecessor": "From the predecessor", "duplicates": "Possible duplicates"}
DEVICES = {"": DESKTOP, "-phone": PHONE}
# Somebody with a running membership, an authorization, a note and many visits makes the fullest page.
FULLEST = text(
    """
    SELECT c.id, c.first_name || ' ' || c.last_name AS name FROM clients c
    CROSS JOIN LATERAL client_standing(c.id, current_date) s
    WHERE s.status IN ('ACTIVE', 'EXPIRING') AND c.archived_at IS NULL AND c.preferred_name IS NULL
      AND NOT EXISTS (SELECT FROM check_ins v WHERE v.client_id = c.id AND v.happened_at > now() - interval '1 day')
    ORDER BY (EXISTS (SELECT FROM contact_methods e WHERE e.client_id = c.id AND e.kind = 'EMAIL'))::int
           + (EXISTS (SELECT FROM authorizations a WHERE a.client_id = c.id))::int
           + (EXISTS (SELECT FROM memberships m WHERE m.client_id = c.id))::int
           + (EXISTS (SELECT FROM client_notes n WHERE n.client_id = c.id AND n.pinned))::int DESC,
             (SELECT count(*) FROM check_ins v WHERE v.client_id = c.id) DESC, c.id
    LIMIT 1 OFFSET :place
    """
)


@dataclass
class Camera:
    """Takes pictures in one theme and one width."""

    folder: Path
    theme: str
    device: str
    darkroom: Page

    async def take(self, page: Page, name: str) -> None:
        """Write NAME-THEME.png, or NAME-phone-THEME.png, once the fonts are there and nothing moves."""
        await page.evaluate("document.fonts.ready")
        file = self.folder / f"{name}{self.device}-{self.theme}.png"
        file.write_bytes(await with_palette(self.darkroom, await page.screenshot(animations="disabled", caret="hide")))
        size = file.stat().st_size
        assert size <= MOST_BYTES, f"{file.name} has {size} bytes"
        sys.stdout.write(f"{file.name}  {size // 1000} kB\n")


async def take_all(folder: Path) -> None:
    """All pages, in both themes and widths."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="krc-pictures-") as place, RunningStack(Path(place), "demo", CENTRE_NAME=CENTRE) as stack:
        async with _records(stack) as records, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
            darkroom = await browser.new_page()
            looks = [(theme, device, viewport) for theme in ("light", "dark") for device, viewport in DEVICES.items()]
            for number, (theme, device, viewport) in enumerate(looks):
                # Another client each time, since a second check-in would be a repeat.
                async with records.database.reading() as reader:
                    (client,) = await reader.rows(FULLEST, {"place": number})
                camera = Camera(folder, theme, device, darkroom)
                browsing = Browsing(browser, stack.origin)
                options: dict[str, Any] = {"color_scheme": theme, "viewport": viewport, "reduced_motion": "reduce"}
                await _signed_out(browsing, camera, await records.make_user(must_change_password=True), options)
                await _desk(browsing, camera, _demo_staff(stack), options, client.name)
                await _pages(browsing, camera, _demo_staff(stack), options, client.name)
                await _settings(browsing, camera, records, options)
                await browsing.close()
            await browser.close()


async def _signed_out(browsing: Browsing, camera: Camera, newcomer: SignIn, options: dict[str, Any]) -> None:
    page = await browsing.page("/login", **options)
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await expect(page.get_by_text(CENTRE)).to_be_visible()
    await camera.take(page, "login")
    page = await browsing.signed_in(newcomer, **options)
    await page.get_by_label("Current password", exact=True).fill(newcomer.password)
    await page.get_by_label("New password", exact=True).fill("seven purple lighthouses")
    await expect(page.get_by_text("is the same both times")).to_be_visible()
    await camera.take(page, "forced-change")


async def _desk(browsing: Browsing, camera: Camera, staff: SignIn, options: dict[str, Any], name: str) -> None:
    page = await browsing.signed_in(staff, **options)
    desk = Desk(page)
    await expect(desk.field).to_be_focused()
    await page.get_by_role("button", name="Station:").click()
    await page.get_by_role("menuitemradio", name="Front Desk").click()
    await expect(page.get_by_role("menu")).to_have_count(0)
    await desk.field.focus()
    await page.wait_for_load_state("networkidle")
    await camera.take(page, "desk")
    await desk.search(SEARCH)
    await expect(desk.found.nth(3)).to_be_visible()
    await desk.field.press("ArrowDown")
    await desk.field.press("ArrowDown")
    await camera.take(page, "desk-results")
    await desk.search(name)
    await expect(desk.found).to_have_count(1)
    await desk.field.press("Enter")
    await expect(desk.band).to_contain_text("Checked in")
    # A band that is pointed at stays.
    await desk.band.hover()
    await page.wait_for_load_state("networkidle")
    await camera.take(page, "desk-confirmation")
    await desk.field.press("Escape")
    await desk.search(SEARCH)
    await expect(desk.found.nth(3)).to_be_visible()
    await page.context.set_offline(True)
    await expect(page.get_by_text("No connection to the server.")).to_be_visible()
    await camera.take(page, "offline")


async def _pages(browsing: Browsing, camera: Camera, staff: SignIn, options: dict[str, Any], name: str) -> None:
    page = await browsing.signed_in(staff, f"/clients?q={name}", **options)
    await page.get_by_role("link", name=name, exact=True).click()
    await expect(page.get_by_role("heading", name="Visits")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    await camera.take(page, "client")
    await page.goto("/clients")
    await expect(page.get_by_role("rowheader")).to_have_count(50)
    await page.wait_for_load_state("networkidle")
    await camera.take(page, "clients")
    await page.goto("/memberships")
    await expect(page.get_by_role("list", name="Who needs to renew")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    await camera.take(page, "memberships")
    await page.goto("/dashboard")
    await expect(page.get_by_test_id("visits-today")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    await camera.take(page, "dashboard")
    await page.goto("/nowhere")
    await expect(page.get_by_text("There is nothing here").last).to_be_visible()
    await camera.take(page, "not-found")


async def _settings(browsing: Browsing, camera: Camera, records: Records, options: dict[str, Any]) -> None:
    admin = await records.make_user(role=UserRole.ADMIN)
    async with an_old_installation(records.database):
        page = await browsing.signed_in(admin, "/settings", **options)
        # The worker and the scheduler of a stack that has just started first have to give a sign of life.
        await expect(page.get_by_text("Works")).to_have_count(4, timeout=40_000)
        await expect(page.get_by_text("pairs of clients")).to_be_visible()
        await camera.take(page, "settings")
        for path, name in SETTINGS.items():
            await page.goto(f"/settings/{path}")
            await expect(page.get_by_role("heading", level=1)).to_have_text(name)
            await page.wait_for_load_state("networkidle")
            await camera.take(page, f"settings-{path}")
    async with messages_paused(records.database):
        page = await browsing.signed_in(admin, **options)
        await expect(page.get_by_role("region", name="Resume messages")).to_be_visible()
        await page.wait_for_load_state("networkidle")
        await camera.take(page, "messages-paused")


@asynccontextmanager
async def _records(stack: RunningStack) -> AsyncIterator[Records]:
    settings = Settings.load(database_url=stack.database_url, redis_url="redis://127.0.0.1:1/0", secret_key="never signs anything " * 2)
    database = Database.of(settings, name="krc-pictures", pool_size=1)
    yield Records(database)
    await database.close()


def _demo_staff(stack: RunningStack) -> SignIn:
    known = json.loads((stack.data_dir / "demo-sign-ins.json").read_text(encoding="utf-8"))
    staff = next(entry for entry in known if entry["role"] == "STAFF")
    return SignIn(staff["email"], staff["username"], "Robin Desk", staff["password"])


if __name__ == "__main__":
    asyncio.run(take_all(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
