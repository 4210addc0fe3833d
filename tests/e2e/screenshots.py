"""Pictures of every page for docs/screenshots, from a demo centre of their own: `python -m tests.e2e.screenshots [FOLDER]`."""

import asyncio
import json
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright, expect

from backend.accounts.models import UserRole
from backend.config import Settings
from backend.db import Database
from backend.operations.stack.given import ROOT
from tests.e2e.browsing import DESKTOP, PHONE, Browsing
from tests.e2e.chromium import FLAGS, chromium
from tests.e2e.desk import Desk, LoginForm, sign_in_again
from tests.e2e.kiosk_pictures import take_devices
from tests.e2e.kiosk_rows import Clerk, no_kiosks
from tests.e2e.picture_states import STATES, as_in_a_centre, find_shown, use_up
from tests.e2e.places import PLACES, Walk
from tests.e2e.records import Records, SignIn
from tests.e2e.running import RunningStack, zone_at
from tests.e2e.settings_rows import an_old_installation, messages_paused
from tests.e2e.small_png import with_palette

FOLDER = ROOT / "docs" / "screenshots"
CENTRE = "Harbour Arcade"
# Late on an afternoon, when a day has its visits.
HOUR = 17
MOST_BYTES = 150_000
PATIENCE_MS = 15_000
SEARCH = "ma"
THEMES = ("light", "dark")
DEVICES: dict[str, dict[str, Any]] = {"": {"viewport": DESKTOP}, "-phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True}}
# Below what stays in view.
TO_THE_TOP = "(tabs) => scrollTo(0, tabs.getBoundingClientRect().top + scrollY - 190)"
CONTENTS = """# Every page, in both themes, on a desk and on a phone

Taken of the demo centre with invented people by `just screenshots`, which writes this list too.

| page | desk | phone |
|---|---|---|
"""


@dataclass
class Camera:
    """Takes pictures in one theme and one width."""

    folder: Path
    theme: str
    device: str
    darkroom: Page
    taken: list[Path]

    async def take(self, page: Page, name: str) -> None:
        """Write NAME-THEME.png, or NAME-phone-THEME.png, once the fonts are there and nothing moves."""
        await page.evaluate("document.fonts.ready")
        file = self.folder / f"{name}{self.device}-{self.theme}.png"
        file.write_bytes(await with_palette(self.darkroom, await page.screenshot(animations="disabled", caret="hide")))
        self.taken.append(file)
        size = file.stat().st_size
        assert size <= MOST_BYTES, f"{file.name} has {size} bytes"
        sys.stdout.write(f"{file.name}  {size // 1000} kB\n")


@dataclass
class Cast:
    """Who is on the pictures."""

    staff: SignIn
    admin: SignIn
    # Their visits are all used up, and what they hold keeps them out then.
    spent: str


async def take_all(folder: Path) -> None:
    """All pages, in both themes and widths. Pictures that are no longer taken go."""
    folder.mkdir(parents=True, exist_ok=True)
    before = {file for theme in THEMES for file in folder.glob(f"*-{theme}.png")}
    taken: list[Path] = []
    expect.set_options(timeout=PATIENCE_MS)
    given = {"CENTRE_NAME": CENTRE, "CENTRE_TIMEZONE": zone_at(HOUR).key}
    with tempfile.TemporaryDirectory(prefix="krc-pictures-") as place, RunningStack(Path(place), "demo", **given) as stack:
        async with _records(stack) as records, async_playwright() as playwright, an_old_installation(records.database):
            await as_in_a_centre(records.database)
            cast = Cast(_demo_staff(stack), await records.make_user(role=UserRole.ADMIN), await use_up(records.database))
            browser = await playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
            darkroom = await browser.new_page()
            for theme, device in ((theme, device) for theme in THEMES for device in DEVICES):
                browsing = Browsing(browser, stack.origin)
                look = {**DEVICES[device], "color_scheme": theme, "reduced_motion": "reduce"}
                async with no_kiosks(records):
                    await _one_look(browsing, Camera(folder, theme, device, darkroom, taken), records, cast, look)
                await browsing.close()
            await browser.close()
    for old in before - set(taken):
        old.unlink()
    (folder / "README.md").write_text(_contents(taken), encoding="utf-8")
    sys.stdout.write(f"{len(taken)} pictures, {sum(file.stat().st_size for file in taken) / 1e6:.1f} MB\n")


async def _one_look(browsing: Browsing, camera: Camera, records: Records, cast: Cast, look: dict[str, Any]) -> None:
    # Another client each time, since a second check-in would be a repeat.
    shown = await find_shown(records)
    await _signed_out(browsing, camera, await records.make_user(must_change_password=True), look)
    await _desk(browsing, camera, cast, shown.name, look)
    await _session_over(browsing, camera, records, look)
    await take_devices(browsing, camera.take, await Clerk.of(browsing.origin, cast.admin), records, look)
    staff, admin = [await browsing.signed_in(user, **look) for user in (cast.staff, cast.admin)]
    for page in (staff, admin):
        await _choose_station(page)
    # The worker and the scheduler of a stack that has just started first have to give a sign of life.
    await admin.goto("/settings")
    await expect(admin.get_by_text("Works")).to_have_count(4, timeout=40_000)
    walk = Walk(staff, admin, shown)
    for place in (*PLACES[1:], *STATES):
        page = await walk(place)
        if "tab=" in place.path and place.do is None:
            # What was chosen stands far down, and comes a little later.
            if place.path.endswith("documents"):
                await expect(page.get_by_role("heading", name="Member card")).to_be_visible()
            await page.get_by_role("group", name=re.compile("^More about ")).evaluate(TO_THE_TOP)
        await camera.take(page, slug(place.name))
    async with messages_paused(records.database):
        await admin.goto("/")
        await expect(admin.get_by_role("region", name="Resume messages")).to_be_visible()
        await admin.wait_for_load_state("networkidle")
        await camera.take(admin, "messages-paused")


async def _signed_out(browsing: Browsing, camera: Camera, newcomer: SignIn, look: dict[str, Any]) -> None:
    page = await browsing.page("/login", **look)
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await expect(page.get_by_text(CENTRE)).to_be_visible()
    await camera.take(page, "login")
    form = LoginForm(page)
    await form.sign_in(newcomer.username, "not the password")
    await expect(form.problem).to_contain_text("is wrong")
    await camera.take(page, "login-wrong")
    page = await browsing.signed_in(newcomer, **look)
    await page.get_by_label("Current password", exact=True).fill(newcomer.password)
    await page.get_by_label("New password", exact=True).fill("seven purple lighthouses")
    await expect(page.get_by_text("is the same both times")).to_be_visible()
    await camera.take(page, "forced-change")


async def _desk(browsing: Browsing, camera: Camera, cast: Cast, name: str, look: dict[str, Any]) -> None:
    page = await browsing.signed_in(cast.staff, **look)
    desk = Desk(page)
    await expect(desk.field).to_be_focused()
    await _choose_station(page)
    await desk.field.focus()
    await page.wait_for_load_state("networkidle")
    await camera.take(page, "desk")
    await desk.search(SEARCH)
    await expect(desk.found.nth(3)).to_be_visible()
    await desk.field.press("ArrowDown")
    await desk.field.press("ArrowDown")
    await camera.take(page, "desk-results")
    await desk.search("nobody of that name")
    await expect(page.get_by_text("Nobody found")).to_be_visible()
    await camera.take(page, "desk-nobody")
    await _press_enter_on(desk, name, "Checked in")
    await camera.take(page, "desk-confirmation")
    await _press_enter_on(desk, cast.spent, "Not checked in")
    await camera.take(page, "desk-refused")
    await desk.band.get_by_role("button", name="Check in anyway").click()
    await page.get_by_role("dialog").get_by_label("Reason").fill("Their guardian buys a month today.")
    await camera.take(page, "desk-override")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.press("Escape")
    await desk.search(SEARCH)
    await expect(desk.found.nth(3)).to_be_visible()
    if look["viewport"] is PHONE:
        tabs = page.get_by_role("group", name="Desk")
        await tabs.get_by_role("button", name=re.compile("Today")).click()
        await camera.take(page, "desk-feed")
        await tabs.get_by_role("button", name="Find").click()
    await page.context.set_offline(True)
    await expect(page.get_by_text("No connection to the server.")).to_be_visible()
    await camera.take(page, "offline")


async def _session_over(browsing: Browsing, camera: Camera, records: Records, look: dict[str, Any]) -> None:
    ending = await records.make_user()
    page = await browsing.signed_in(ending, **look)
    desk = Desk(page)
    await expect(desk.field).to_be_focused()
    await page.wait_for_load_state("networkidle")
    await records.end_sessions(ending)
    await desk.search(SEARCH)
    await expect(sign_in_again(page)).to_be_visible()
    await camera.take(page, "sign-in-again")


async def _press_enter_on(desk: Desk, name: str, said: str) -> None:
    await desk.search(name)
    await expect(desk.found).to_have_count(1)
    await expect(desk.found).to_contain_text(name)
    await desk.field.press("Enter")
    await expect(desk.band).to_contain_text(said)
    # A band that is pointed at stays.
    await desk.band.hover()
    await desk.page.wait_for_load_state("networkidle")


async def _choose_station(page: Page) -> None:
    """This browser stands at the front desk."""
    await page.get_by_role("button", name="Station:").click()
    await page.get_by_role("menuitemradio", name="Front Desk").click()
    await expect(page.get_by_role("menu")).to_have_count(0)


def slug(name: str) -> str:
    """A place's name as a file has it."""
    return re.sub(r"[^a-z]+", "-", name.lower())


def _contents(taken: list[Path]) -> str:
    """A list of all pictures with links, in the order in which they were taken."""
    names = dict.fromkeys(re.sub(r"(-phone)?-(light|dark)\.png$", "", file.name) for file in taken)
    there = {file.name for file in taken}

    def links(name: str, device: str) -> str:
        return " ".join(f"[{theme}]({file})" for theme in THEMES if (file := f"{name}{device}-{theme}.png") in there)

    return CONTENTS + "".join(f"| {name.replace('-', ' ')} | {links(name, '')} | {links(name, '-phone')} |\n" for name in names)


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
