"""The screen in the lobby: who is here by tags that they agreed to, the hours, and what becomes of it without the server."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from backend.graphql import ids
from tests.e2e.browsing import Browsing
from tests.e2e.conftest import CENTRE
from tests.e2e.desk import Desk
from tests.e2e.kiosk_rows import Clerk
from tests.e2e.people import Person
from tests.e2e.records import Records
from tests.e2e.running import zone_at
from tests.e2e.tablet import PHONE, STORED, TABLET, Tablet
from tests.e2e.visit_rows import run

TELEVISION = ViewportSize(width=1920, height=1080)
# It asks each ten seconds.
ASKS_MS = 11_000
NAME = "Lobby screen"

pytestmark = pytest.mark.usefixtures("cleared")


async def opened(browsing: Browsing, **options: Any) -> Page:
    """The page on a device that stands in another zone than the centre. Its clock goes, and may be moved on."""
    context = await browsing.context(**{"viewport": TELEVISION, "timezone_id": zone_at(20).key, **options})
    page = await context.new_page()
    await page.clock.install()
    await page.goto("/lobby")
    return page


async def approve(page: Page, clerk: Clerk) -> None:
    """An admin types the code that it shows."""
    shown = page.locator(".code")
    await expect(shown).to_be_visible()
    approved = await clerk.ask("ApproveKiosk", input={"code": (await shown.inner_text()).strip(), "name": NAME})
    assert approved["__typename"] == "KioskSaved", approved
    assert approved["kiosk"]["kind"] == "LOBBY"
    await expect(page.locator("h1")).to_have_text(CENTRE)


@pytest.fixture
async def screen(browsing: Browsing, clerk: Clerk) -> Page:
    page = await opened(browsing)
    await approve(page, clerk)
    return page


async def revoke(browsing: Browsing, clerk: Clerk) -> None:
    """What somebody does in the settings. The browser complains about the refusal."""
    browsing.expect_failed_requests()
    (found,) = [kiosk for kiosk in await clerk.ask("KiosksPage", revoked=False) if kiosk["name"] == NAME]
    await clerk.ask("RevokeKiosk", input={"id": found["id"]})


async def agrees(clerk: Clerk, records: Records, person: Person, *, granted: bool = True) -> None:
    """To be shown, or no more."""
    given = {"clientId": ids.encode("Client", await records.id_of(person)), "kind": "LOBBY", "granted": granted, "source": "paper"}
    saved = await clerk.ask("RecordConsent", input=given)
    assert saved["__typename"] == "ClientSaved", saved


async def is_called(records: Records, person: Person, tag: str) -> None:
    await run(records, "UPDATE clients SET gamer_tag = :tag WHERE first_name = :first AND last_name = :last", person, tag=tag)


async def comes(desk: Desk, person: Person) -> None:
    await desk.check_in(person)
    await desk.confirms(person)


async def count(page: Page) -> int:
    """How many are here; tests of other files leave some."""
    figure = page.locator(".figure")
    return int(await figure.inner_text()) if await figure.count() else 0


def tag(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").get_by_text(name, exact=True)


async def test_whoever_comes_is_counted_and_named_as_long_as_they_agree(
    screen: Page, desk: Desk, clerk: Clerk, records: Records, somebody: Callable[[str], Person]
) -> None:
    owl, nobody = somebody("ACTIVE"), somebody("ACTIVE")
    written = "<img src=x onerror=alert(1)>"
    await is_called(records, owl, written)
    await is_called(records, nobody, "NeverAsked")
    await agrees(clerk, records, owl)
    before = await count(screen)
    await comes(desk, owl)
    await screen.clock.run_for(ASKS_MS)
    await expect(tag(screen, written)).to_be_visible()
    await expect(screen.locator(".figure")).to_have_text(str(before + 1))
    await comes(desk, nobody)
    await screen.clock.run_for(ASKS_MS)
    await expect(screen.locator(".figure")).to_have_text(str(before + 2))
    await expect(tag(screen, written)).to_be_visible()
    for word in ("NeverAsked", owl.first, owl.last, nobody.first, nobody.last):
        assert word not in await screen.inner_text("body")
    await agrees(clerk, records, owl, granted=False)
    await screen.clock.run_for(ASKS_MS)
    await expect(tag(screen, written)).to_have_count(0)
    await expect(screen.locator(".figure")).to_have_text(str(before + 2))
    assert written not in await screen.evaluate(STORED)


async def test_hours_and_time_are_the_centres(screen: Page) -> None:
    # The centre is in a zone where it is about noon, its hours are from noon to nine.
    await expect(screen.locator(".clock")).to_have_text(re.compile(r"^1?[12]:\d\d pm$"))
    await expect(screen.locator(".hours")).to_contain_text(re.compile(r"Open until 9:00\spm"))
    await expect(screen.locator(".hours [lang=es]")).to_have_text(re.compile(r"Abierto hasta las 9:00\sp"))
    await expect(screen.get_by_role("button")).to_have_count(0)


async def test_it_stays_paired_and_a_kiosk_beside_it_too(browsing: Browsing, screen: Page, clerk: Clerk) -> None:
    door = Tablet(await screen.context.new_page())
    await door.open()
    await door.approve(clerk, "Front door")
    await screen.reload()
    await expect(screen.locator("h1")).to_have_text(CENTRE)
    await revoke(browsing, clerk)
    await screen.clock.run_for(ASKS_MS)
    await expect(screen.locator("h1")).to_have_text("This screen was switched off")
    await door.page.reload()
    await door.greets()


async def test_revoked_it_says_so_and_keeps_nothing(browsing: Browsing, screen: Page, clerk: Clerk) -> None:
    assert "krk_" in await screen.evaluate(STORED)
    await revoke(browsing, clerk)
    await screen.clock.run_for(ASKS_MS)
    await expect(screen.locator("h1")).to_have_text("This screen was switched off")
    assert CENTRE not in await screen.inner_text("body")
    assert "krk_" not in await screen.evaluate(STORED)
    await screen.get_by_role("button", name="Pair again").click()
    await approve(screen, clerk)


async def test_without_the_server_it_says_how_old_it_is_and_then_names_nobody(
    browsing: Browsing, desk: Desk, clerk: Clerk, records: Records, client: Person
) -> None:
    browsing.expect_failed_requests()
    await is_called(records, client, "NightOwl")
    await agrees(clerk, records, client)
    await comes(desk, client)
    page = await opened(browsing)
    await approve(page, clerk)
    await expect(tag(page, "NightOwl")).to_be_visible()
    await page.context.set_offline(True)
    await page.clock.run_for(75_000)
    await expect(page.get_by_role("status")).to_contain_text("Last seen at")
    await expect(tag(page, "NightOwl")).to_be_visible()
    # As after a sleep: no timer has gone by meanwhile.
    await page.clock.fast_forward(10 * 60_000)
    await expect(tag(page, "NightOwl")).to_have_count(0)
    await expect(page.locator(".figure")).to_have_count(0)
    await expect(page.locator("h1")).to_have_text(CENTRE)
    await expect(page.locator(".hours")).to_be_visible()
    await page.context.set_offline(False)
    await page.clock.run_for(20_000)
    await expect(tag(page, "NightOwl")).to_be_visible()
    await expect(page.get_by_role("status")).to_have_count(0)


async def test_its_page_comes_with_the_policies(browsing: Browsing) -> None:
    request = (await browsing.context()).request
    for address in ("/lobby", "/lobby/"):
        answer = await request.get(address)
        assert "src/lobby" not in (text := await answer.text())
        assert re.search(r'<script type="module"[^>]* src="/assets/lobby-', text)
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("size", [TELEVISION, TABLET, PHONE], ids=["television", "tablet", "phone"])
async def test_it_is_accessible(
    browsing: Browsing, clerk: Clerk, desk: Desk, records: Records, client: Person, size: ViewportSize, check: Callable[[Page, str], Any]
) -> None:
    page = await opened(browsing, viewport=size, reduced_motion="reduce")
    await expect(page.locator(".code")).to_be_visible()
    await check(page, "pairing")
    await approve(page, clerk)
    widest = f"{size['width']:W>40}"
    await is_called(records, client, widest)
    await agrees(clerk, records, client)
    await comes(desk, client)
    await page.clock.run_for(ASKS_MS)
    await expect(tag(page, widest)).to_be_visible()
    await check(page, "board")
    await revoke(browsing, clerk)
    await page.clock.run_for(ASKS_MS)
    await expect(page.locator("h1")).to_have_text("This screen was switched off")
    await check(page, "revoked")
