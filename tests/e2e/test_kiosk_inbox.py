"""What kiosks leave to staff: the inbox, and the line at the desk, both live."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.accessibility import violations
from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk
from tests.e2e.kiosk_rows import Clerk, Device, give_policy
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn, eventually
from tests.e2e.visit_rows import give_code

INBOX = "/kiosk-inbox"

pytestmark = pytest.mark.usefixtures("cleared")


@pytest.fixture
async def cards(records: Records, somebody: Callable[[str], Person]) -> Callable[[str, str], Any]:
    """Gives somebody whom nothing covers, a policy and a card."""

    async def give(policy: str, code: str) -> Person:
        person = somebody("NONE")
        await give_policy(records, person, policy)
        await give_code(records, person, code)
        return person

    return give


def notices(page: Page) -> Locator:
    return page.get_by_role("region", name="Notices")


def items(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("listitem").filter(has=page.locator("time"))


async def choose_client(page: Page, person: Person) -> None:
    await page.get_by_role("combobox", name="Client").fill(person.name)
    await page.get_by_role("option").filter(has_text=person.name).click()
    await page.get_by_role("button", name="Check in", exact=True).click()


async def test_what_waits_is_accepted_or_dismissed(
    browsing: Browsing, staff: SignIn, device: Device, cards: Any, records: Records, client: Person
) -> None:
    page = await browsing.signed_in(staff, INBOX)
    await expect(page.get_by_text("Nothing waits")).to_be_visible()
    blocked: Person = await cards("BLOCK", "KRC-KA01")
    await give_code(records, client, "KRC-KA02")
    assert await device.press(code="KRC-KA01", ago=timedelta(hours=3), offline=True) == "FOR_STAFF"
    assert await device.press(code="KRC-KA02", ago=timedelta(days=20), offline=True) == "FOR_STAFF"

    # Both came while the page was open.
    await expect(items(page)).to_have_count(2)
    mine = items(page).filter(has_text=blocked.name)
    await expect(mine).to_contain_text("Their membership does not allow a visit now.")
    await expect(mine).to_contain_text("The kiosk was offline")
    await expect(mine).to_contain_text("at Entrance")
    assert await violations(page) == []
    await mine.get_by_role("button", name=f"Accept the visit of {blocked.name}").click()
    await expect(notices(page)).to_contain_text(f"{blocked.name} is checked in")
    await expect(items(page)).to_have_count(1)
    assert await records.visits_of(blocked) == 1

    await page.get_by_role("button", name=f"Dismiss the visit of {client.name}").click()
    dialog = page.get_by_role("dialog", name=f"Dismiss the visit of {client.name}?")
    await dialog.get_by_label("Reason").fill("tried out")
    assert await violations(page) == []
    await dialog.get_by_role("button", name="Dismiss").click()
    await expect(page.get_by_text("Nothing waits")).to_be_visible()
    assert await records.visits_of(client) == 0
    await page.get_by_role("button", name="Decided").click()
    await expect(items(page).filter(has_text=client.name)).to_contain_text(f"Dismissed by {staff.name}")
    await expect(items(page).filter(has_text=blocked.name)).to_contain_text(f"Accepted by {staff.name}")


async def test_staff_say_who_it_was(browsing: Browsing, staff: SignIn, device: Device, records: Records, client: Person) -> None:
    await device.press(phone="(661) 949-0123", ago=timedelta(hours=1), offline=True)
    page = await browsing.signed_in(staff, INBOX)
    await expect(items(page)).to_contain_text("Nobody on file has what was entered.")
    await expect(items(page)).to_contain_text("Entered: …0123")
    await page.get_by_role("button", name=re.compile("^Choose the client")).click()
    await page.get_by_role("button", name="Check in", exact=True).click()
    await expect(page.get_by_text("Choose who it was.")).to_be_visible()
    await choose_client(page, client)
    await expect(page.get_by_text("Nothing waits")).to_be_visible()
    assert await records.visits_of(client) == 1


async def test_first_time_visitors_become_clients_or_are_found(
    browsing: Browsing, staff: SignIn, clerk: Clerk, device: Device, records: Records, client: Person
) -> None:
    await clerk.change_settings(walkIn=True)

    async def asks_visitors() -> bool:
        return bool((await device.report())["walkIn"])

    await eventually(asks_visitors)
    await device.walk_in("Zelda", "Quickwater", email="zelda@e2e.example")
    await device.walk_in("Somebody", "Known")
    page = await browsing.signed_in(staff, INBOX)
    await expect(items(page).filter(has_text="Zelda")).to_contain_text("zelda@e2e.example")
    await page.get_by_role("button", name="Add Zelda Quickwater as client and check in").click()
    await expect(notices(page)).to_contain_text("Zelda Quickwater is checked in")
    assert await records.called("Quickwater") == 1
    await page.get_by_role("button", name="Somebody Known is on file: choose the client").click()
    await choose_client(page, client)
    await expect(page.get_by_text("Nothing waits")).to_be_visible()
    assert await records.visits_of(client) == 1
    assert await records.called("Known") == 0
    await records.put_away("Quickwater")


async def test_whoever_is_at_it_is_told_that_somebody_else_has_decided(
    browsing: Browsing, staff: SignIn, clerk: Clerk, device: Device
) -> None:
    await device.press(phone="(661) 949-0124", ago=timedelta(hours=1), offline=True)
    page = await browsing.signed_in(staff, INBOX)
    await page.get_by_role("button", name=re.compile("^Choose the client")).click()
    (edge,) = (await clerk.ask("KioskInbox", decided=False, first=50))["edges"]
    await clerk.ask("DismissKioskEvent", input={"id": edge["node"]["id"]})
    await expect(notices(page)).to_contain_text("Somebody else decided about Somebody meanwhile.")
    await expect(page.get_by_text("Nothing waits")).to_be_visible()


async def test_the_desk_is_called_and_let_alone_again(
    browsing: Browsing, staff: SignIn, device: Device, cards: Any, records: Records
) -> None:
    desk = Desk(await browsing.signed_in(staff))
    await desk.is_ready()
    line = desk.page.get_by_role("region", name="Kiosks")
    await expect(line).to_have_count(0)
    first: Person = await cards("ASK_STAFF", "KRC-KB01")
    second: Person = await cards("ASK_STAFF", "KRC-KB02")
    assert await device.press(code="KRC-KB01") == "ASK_STAFF"
    await expect(line).to_contain_text("1 person waits for staff")
    await expect(line.get_by_role("link", name=first.name)).to_be_visible()
    # Whoever types at the desk goes on typing.
    await expect(desk.field).to_be_focused()
    assert await device.press(code="KRC-KB02") == "ASK_STAFF"
    await expect(line).to_contain_text("2 people wait for staff")
    await device.report(queued=3)
    await expect(line).to_contain_text("3 visits are saved on kiosks")
    await device.report(queued=0)
    await expect(line).not_to_contain_text("saved on kiosks")

    await line.get_by_role("button", name=f"Check in {first.name}, whom the kiosk sent").click()
    await expect(line).to_contain_text("1 person waits for staff")
    assert await records.visits_of(first) == 1
    await expect(desk.in_feed(first).first).to_be_visible()
    # Or as everybody is checked in at the desk, which settles it.
    await desk.check_in(second)
    await expect(line).to_have_count(0)
    assert await records.visits_of(second) == 1


async def test_whoever_is_on_another_page_is_told_too(browsing: Browsing, staff: SignIn, device: Device, cards: Any) -> None:
    page = await browsing.signed_in(staff, "/clients")
    inbox = page.get_by_role("navigation", name="Main").get_by_role("link", name="Inbox")
    first: Person = await cards("ASK_STAFF", "KRC-KD01")
    second: Person = await cards("ASK_STAFF", "KRC-KD02")
    await device.press(code="KRC-KD01")
    await expect(inbox).to_have_accessible_name("Inbox 1 waits")
    await device.press(code="KRC-KD02")
    await expect(notices(page)).to_contain_text(f"The kiosk Entrance has sent {second.name} to the desk.")
    await expect(inbox).to_have_accessible_name("Inbox 2 wait")
    await notices(page).get_by_role("button", name="Desk").click()
    line = page.get_by_role("region", name="Kiosks")
    for person in (first, second):
        await line.get_by_role("button", name=f"Check in {person.name}, whom the kiosk sent").click()
    await expect(line).to_have_count(0)
    await expect(inbox).to_have_accessible_name("Inbox")


async def test_the_desk_is_told_of_hurry_and_leads_to_the_inbox(browsing: Browsing, staff: SignIn, device: Device, cards: Any) -> None:
    # All at once, since the minute that is free fills up again meanwhile.
    await asyncio.gather(*(device.look_up("KRC-NOBODY") for _ in range(40)))
    await cards("ASK_STAFF", "KRC-KC01")
    await device.press(code="KRC-KC01")
    page = await browsing.signed_in(staff)
    line = page.get_by_role("region", name="Kiosks")
    await expect(line.get_by_role("link", name="Entrance: unusually many look-ups")).to_be_visible()
    await line.get_by_role("button", name="Don’t ring when a kiosk sends somebody").click()
    await page.reload()
    await expect(line.get_by_role("button", name="Ring when a kiosk sends somebody", exact=True)).to_be_visible()
    await line.get_by_role("link", name="1 visit waits for a decision").click()
    await expect(page.get_by_role("heading", name="Kiosk inbox", level=1)).to_be_visible()
    await expect(items(page)).to_have_count(1)


async def test_the_pages_are_accessible(
    browsing: Browsing, look: dict[str, Any], check: Callable[[Page, str], Any], admin: SignIn, device: Device, cards: Any
) -> None:
    page = await browsing.signed_in(admin, INBOX, **look)
    await expect(page.get_by_text("Nothing waits")).to_be_visible()
    await check(page, "inbox, empty")
    suffix = "P" if look["viewport"]["width"] < 500 else "D"
    person: Person = await cards("ASK_STAFF", f"KRC-KE{suffix}")
    await device.press(code=f"KRC-KE{suffix}")
    await device.press(phone="(661) 949-0125", ago=timedelta(hours=1), offline=True)
    await device.report(queued=2)
    await expect(items(page)).to_have_count(2)
    await page.get_by_role("button", name=re.compile("^Choose the client")).click()
    await check(page, "inbox, choosing")
    await page.get_by_role("button", name="Decided").click()
    await expect(page.get_by_role("button", name="Decided")).to_have_attribute("aria-pressed", "true")
    await check(page, "inbox, decided")
    await page.goto("/")
    await expect(page.get_by_role("region", name="Kiosks")).to_contain_text(person.name)
    await check(page, "desk, called")
