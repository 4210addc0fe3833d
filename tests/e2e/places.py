"""Every page of the product, as a table: what must hold for each of them is tested by walking it. A new page is a new line."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Page, expect

from backend.graphql.ids import encode
from tests.e2e.browsing import Browsing
from tests.e2e.people import everybody
from tests.e2e.records import Records, SignIn

# A funded client whose authorization expires soon, with a guardian: their page is the fullest of those imported.
FULLEST = next(person for person in everybody() if person.standing == "EXPIRING" and person.number % 3 == 0)


@dataclass(frozen=True)
class Shown:
    """Whom the pages are about."""

    client_id: str
    first: str
    last: str
    phone: str
    # Two that may be one person, as the address of the merge takes them.
    pair: str = ""

    @property
    def name(self) -> str:
        """As the pages show it."""
        return f"{self.first} {self.last}"


@dataclass(frozen=True)
class Place:
    """A page, or a state of it. ``{client}`` in the path stands for somebody's id, ``{pair}`` for those of two."""

    name: str
    path: str
    admin: bool = False
    # Brings the page into the state, once it stands; in English.
    do: Callable[[Page, Shown], Awaitable[Any]] | None = None


async def _open_forms(page: Page, _: Shown) -> None:
    await page.get_by_role("button", name="Add contact").click()
    await page.get_by_role("button", name="Record a consent").click()
    await page.get_by_role("button", name="Record", exact=True).click()
    await page.get_by_role("button", name="Add a tag").click()


async def _add_user(page: Page, _: Shown) -> None:
    await page.get_by_role("button", name="Add a user").click()


async def _open_somebody(page: Page, _: Shown) -> None:
    await page.get_by_role("table").get_by_role("link").first.click()
    await expect(page.get_by_role("heading", name="Account", level=2)).to_be_visible()


async def _begin_second_factor(page: Page, _: Shown) -> None:
    await page.get_by_role("button", name="Set up a second factor").click()


async def _show_code(page: Page, _: Shown) -> None:
    if not await page.get_by_role("button", name="Show QR code").count():
        await page.get_by_role("button", name="Make a code").click()
    await page.get_by_role("button", name="Show QR code").click()
    await expect(page.get_by_role("dialog").get_by_role("img")).to_be_visible()


async def _type_somebody(page: Page, shown: Shown) -> None:
    await page.get_by_label("First name").fill(shown.first)
    await page.get_by_label("Last name").fill(shown.last)
    await page.get_by_label("Phone", exact=True).fill(shown.phone)
    await expect(page.get_by_role("link", name=f"Open {shown.name}")).to_be_visible()


async def _new_key(page: Page, _: Shown) -> None:
    await page.get_by_role("button", name="New API key").click()
    await expect(page.get_by_role("checkbox", name="clients:read")).to_be_visible()


async def _look_through_a_key(page: Page, shown: Shown) -> None:
    await _new_key(page, shown)
    await page.get_by_label("Name").fill("Wall display")
    await page.get_by_role("checkbox", name="stations:read").check()
    await page.get_by_role("button", name="Make the key").click()
    await page.get_by_role("button", name="I have put it away").click()
    await page.get_by_role("link", name="Wall display", exact=True).first.click()
    await page.get_by_role("button", name="Open the playground").click()
    await page.get_by_role("button", name="Stations", exact=True).click()
    await page.get_by_role("button", name="Run", exact=True).click()
    await expect(page.get_by_text("Status 200")).to_be_visible()


PLACES = (
    Place("desk", "/"),
    Place("clients", "/clients"),
    Place("clients, filtered to nothing", "/clients?q=nobody+of+that+name"),
    Place("client", "/clients/{client}"),
    Place("client, notes", "/clients/{client}?tab=notes"),
    Place("client, timeline", "/clients/{client}?tab=timeline"),
    Place("client, documents", "/clients/{client}?tab=documents", admin=True),
    Place("client, forms open", "/clients/{client}", do=_open_forms),
    Place("client, card on screen", "/clients/{client}", do=_show_code),
    Place("new client", "/clients/new"),
    Place("new client, similar ones", "/clients/new", do=_type_somebody),
    Place("no such client", "/clients/unknown"),
    Place("merge, nobody chosen", "/clients/merge", admin=True),
    Place("merge, one chosen", "/clients/merge?ids={client}", admin=True),
    Place("memberships", "/memberships"),
    Place("check-ins", "/check-ins"),
    Place("key in from paper", "/key-in"),
    Place("dashboard", "/dashboard"),
    Place("change of password", "/change-password"),
    Place("second factor", "/second-factor"),
    Place("second factor, being set up", "/second-factor", do=_begin_second_factor),
    Place("profile", "/profile"),
    Place("link that is over", "/welcome#over"),
    Place("nothing here", "/nowhere"),
    Place("settings", "/settings", admin=True),
    Place("this device", "/settings/device"),
    Place("settings for administrators", "/settings/backups"),
    Place("users", "/settings/users", admin=True),
    Place("new user", "/settings/users", admin=True, do=_add_user),
    Place("user", "/settings/users", admin=True, do=_open_somebody),
    Place("centre", "/settings/centre", admin=True),
    Place("branding", "/settings/branding", admin=True),
    Place("policies", "/settings/policies", admin=True),
    Place("retention", "/settings/retention", admin=True),
    Place("security", "/settings/security", admin=True),
    Place("opening hours", "/settings/hours", admin=True),
    Place("stations", "/settings/stations", admin=True),
    Place("tiers", "/settings/tiers", admin=True),
    Place("API keys", "/settings/api-keys", admin=True),
    Place("API keys, a new one", "/settings/api-keys", admin=True, do=_new_key),
    Place("API key, its playground", "/settings/api-keys", admin=True, do=_look_through_a_key),
    Place("audit log", "/settings/audit", admin=True),
    Place("backups", "/settings/backups", admin=True),
    Place("tags", "/settings/tags"),
    Place("kiosks", "/settings/kiosks", admin=True),
    Place("kiosks for staff", "/settings/kiosks"),
    Place("kiosk inbox", "/kiosk-inbox"),
    Place("predecessor", "/settings/predecessor", admin=True),
    Place("duplicates", "/settings/duplicates", admin=True),
    Place("certificate", "/settings/certificate", admin=True),
)

# A few at a time, so that a slow machine has time for each.
PARTS = [PLACES[first : first + 5] for first in range(0, len(PLACES), 5)]
in_parts = pytest.mark.parametrize("places", PARTS, ids=[part[0].name for part in PARTS])


class Walk:
    """Walks the places in the browsers of a staff user and of an admin, each of one look."""

    def __init__(self, staff: Page, admin: Page, shown: Shown) -> None:
        self._staff, self._admin, self._shown = staff, admin, shown

    async def __call__(self, place: Place) -> Page:
        """The page, once all of it is there."""
        page = self._admin if place.admin else self._staff
        await page.goto(place.path.format(client=self._shown.client_id, pair=self._shown.pair))
        await is_there(page)
        if place.do is not None:
            await place.do(page, self._shown)
            await is_there(page)
        return page


async def is_there(page: Page) -> None:
    """Wait until a page has all it asked for."""
    await expect(page.locator("main h1")).to_have_count(1)
    await page.wait_for_load_state("networkidle")
    await expect(page.get_by_test_id("skeleton")).to_have_count(0)
    await expect(page.get_by_test_id("failure")).to_have_count(0)


@asynccontextmanager
async def walking(browsing: Browsing, records: Records, staff: SignIn, admin: SignIn, **look: Any) -> AsyncIterator[Walk]:
    """A walk with this look: size, theme, language."""
    pages = [await browsing.signed_in(user, **look) for user in (staff, admin)]
    shown = Shown(encode("Client", await records.id_of(FULLEST)), FULLEST.first, FULLEST.last, FULLEST.phone)
    yield Walk(pages[0], pages[1], shown)
