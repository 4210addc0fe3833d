"""The staff's side of the kiosks: devices approved and revoked, what all of them do, the inbox, and the line at the desk."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect
from sqlalchemy import text

from tests.e2e.accessibility import violations
from tests.e2e.browsing import Browsing
from tests.e2e.client_page import open_client
from tests.e2e.desk import Desk
from tests.e2e.kiosk_rows import CLEAR, Clerk, Device, ask_to_pair, give_policy, pair
from tests.e2e.people import Person
from tests.e2e.records import OPERATOR, Records, SignIn, eventually
from tests.e2e.running import RunningStack
from tests.e2e.visit_rows import give_code

PAIRING = "/settings/kiosks"
INBOX = "/kiosk-inbox"


@pytest.fixture(autouse=True)
async def cleared(records: Records) -> AsyncIterator[None]:
    """No kiosk, nothing that waits, every choice as it was; before and after."""
    await _clear(records)
    yield
    await _clear(records)


async def _clear(records: Records) -> None:
    async with records.database.writing(OPERATOR) as uow:
        for statement in CLEAR:
            await uow.execute(text(statement))


@pytest.fixture
async def clerk(stack: RunningStack, admin: SignIn) -> Clerk:
    return await Clerk.of(stack.origin, admin)


@pytest.fixture
async def device(clerk: Clerk) -> Device:
    """A kiosk at the entrance."""
    return await pair(clerk, "Entrance")


@pytest.fixture
async def cards(records: Records, somebody: Callable[[str], Person]) -> Callable[[str, str], Any]:
    """Gives somebody whom nothing covers, a policy and a card."""

    async def give(policy: str, code: str) -> Person:
        person = somebody("NONE")
        await give_policy(records, person, policy)
        await give_code(records, person, code)
        return person

    return give


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=name, exact=True)


def notices(page: Page) -> Locator:
    return page.get_by_role("region", name="Notices")


def items(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("listitem").filter(has=page.locator("time"))


async def choose_client(page: Page, person: Person) -> None:
    await page.get_by_role("combobox", name="Client").fill(person.name)
    await page.get_by_role("option").filter(has_text=person.name).click()
    await page.get_by_role("button", name="Check in", exact=True).click()


async def test_a_device_is_approved_named_moved_and_revoked(browsing: Browsing, stack: RunningStack, admin: SignIn) -> None:
    device = await ask_to_pair(stack.origin)
    page = await browsing.signed_in(admin, PAIRING)
    await expect(page.get_by_text("No kiosk yet")).to_be_visible()
    await expect(page.get_by_text(f"{stack.origin}/kiosk", exact=True)).to_be_visible()
    code, name = page.get_by_role("textbox", name="Code", exact=True), page.get_by_role("textbox", name="Name", exact=True)
    await code.fill("ABCD")
    await name.fill("Front door")
    approve = page.get_by_role("button", name="Approve")
    await approve.click()
    await expect(page.get_by_text("A code has eight letters and digits.")).to_be_visible()
    await code.fill("zzzz-zzzz")
    await approve.click()
    await expect(page.get_by_text("No device shows this code now.")).to_be_visible()
    await expect(name).to_have_value("Front door")
    # As it is read from the screen: in any case, with the hyphen.
    await code.fill(f"{device.code[:4]}-{device.code[4:]}".lower())
    await approve.click()
    await expect(notices(page)).to_contain_text("Front door is approved")
    await expect(card(page, "Front door")).to_contain_text("Not seen yet")

    await device.report(queued=2, persisted=False)
    await page.reload()
    shown = card(page, "Front door")
    for words in ("Online", "2 visits wait there", "may delete", "0.0.1", "out of date"):
        await expect(shown).to_contain_text(words)
    await shown.get_by_role("button", name="Edit Name: Front door").click()
    await page.get_by_role("textbox", name="Name").last.fill("Back door")
    await page.keyboard.press("Enter")
    moved = card(page, "Back door")
    await moved.get_by_role("button", name="Edit Station: No station").click()
    await moved.get_by_role("combobox", name="Station").select_option(index=1)
    await expect(moved.get_by_role("button", name=re.compile("^Edit Station: (?!No station)"))).to_be_visible()
    assert (await device.report(queued=2))["name"] == "Back door"

    await moved.get_by_role("button", name="Revoke Back door").click()
    asked = page.get_by_role("dialog", name="Revoke Back door?")
    await expect(asked).to_contain_text("cut off within seconds")
    await expect(asked).to_contain_text("2 visits that wait there are lost.")
    assert await violations(page) == []
    await asked.get_by_role("button", name="Revoke", exact=True).click()
    await expect(page.get_by_text("No kiosk yet")).to_be_visible()
    await eventually(device.is_cut_off)
    await page.get_by_role("checkbox", name="Show revoked ones too").check()
    await expect(card(page, "Back door").last).to_contain_text("Revoked")
    await expect(card(page, "Back door").last.get_by_role("button")).to_have_count(0)


async def test_a_code_may_come_with_the_address_and_a_name_counts_once(browsing: Browsing, admin: SignIn, device: Device) -> None:
    other = await ask_to_pair(device.origin)
    page = await browsing.signed_in(admin, f"{PAIRING}?code={other.code.lower()}")
    await expect(page.get_by_role("textbox", name="Code", exact=True)).to_have_value(f"{other.code[:4]}-{other.code[4:]}")
    await page.get_by_role("textbox", name="Name", exact=True).fill("ENTRANCE")
    await page.get_by_role("button", name="Approve").click()
    await expect(page.get_by_text("Another one has this name already")).to_be_visible()
    await page.get_by_role("textbox", name="Name", exact=True).fill("Side door")
    await page.get_by_role("button", name="Approve").click()
    await expect(card(page, "Side door")).to_be_visible()
    await expect(page).to_have_url(re.compile(f"{PAIRING}$"))


async def test_a_name_that_somebody_else_changed_is_not_overwritten_unseen(
    browsing: Browsing, admin: SignIn, clerk: Clerk, device: Device
) -> None:
    page = await browsing.signed_in(admin, PAIRING)
    await page.get_by_role("button", name="Edit Name: Entrance").click()
    await page.get_by_role("textbox", name="Name").last.fill("Mine")
    (kiosk,) = await clerk.ask("KiosksPage", revoked=False)
    await clerk.ask("UpdateKiosk", input={"id": kiosk["id"], "version": kiosk["version"], "name": "Theirs"})
    await page.keyboard.press("Enter")
    told = page.get_by_role("alert").filter(has_text=admin.name)
    await expect(told).to_contain_text("Theirs")
    await told.get_by_role("button", name="Keep mine").click()
    await expect(card(page, "Mine")).to_be_visible()
    assert (await device.report())["name"] == "Mine"


async def test_what_all_kiosks_do_is_switched(browsing: Browsing, admin: SignIn, device: Device) -> None:
    page = await browsing.signed_in(admin, PAIRING)
    await page.get_by_role("checkbox", name="Play a sound after a check-in").uncheck()
    await page.get_by_role("checkbox", name="Let first-time visitors tell who they are").check()

    async def has_heard() -> bool:
        state = await device.report()
        return state["walkIn"] and not state["sound"]

    await eventually(has_heard)
    await page.get_by_role("button", name="Set a PIN").click()
    pin = page.get_by_label("New PIN")
    await pin.fill("12")
    await pin.press("Enter")
    await expect(page.get_by_text("Type four to eight digits.")).to_be_visible()
    await pin.fill("471147")
    await pin.press("Enter")
    await expect(page.get_by_text("A PIN is set.")).to_be_visible()
    assert "471147" not in await page.content()

    async def has_a_pin() -> bool:
        return (await device.report())["exitPin"] is not None

    await eventually(has_a_pin)
    await page.reload()
    await expect(page.get_by_text("A PIN is set.")).to_be_visible()
    await expect(page.get_by_role("checkbox", name="Play a sound after a check-in")).not_to_be_checked()
    await page.get_by_role("button", name="Remove the PIN").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove the PIN").click()
    await expect(page.get_by_text("No PIN is set.")).to_be_visible()


async def test_the_way_out_is_shown_on_demand_and_printed_alone(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, PAIRING)
    picture = page.get_by_role("img", name="QR code that ends full screen on a kiosk")
    await expect(page.get_by_role("button", name="Show the QR code")).to_be_visible()
    await expect(picture).to_have_count(0)
    await page.get_by_role("button", name="Show the QR code").click()
    await expect(picture).to_be_visible()
    before = await picture.locator("path").get_attribute("d")
    await page.emulate_media(media="print")
    await expect(picture).to_be_visible()
    await expect(page.get_by_role("heading", name="Kiosks", level=1)).to_be_hidden()
    await page.emulate_media(media="screen")
    # Another PIN makes another code, so the old picture must not stay.
    await page.get_by_role("button", name="Set a PIN").click()
    await page.get_by_label("New PIN").fill("4711")
    await page.get_by_label("New PIN").press("Enter")
    await expect(picture).to_have_count(0)
    await page.get_by_role("button", name="Show the QR code").click()
    await expect(picture).to_be_visible()
    assert await picture.locator("path").get_attribute("d") != before
    await page.get_by_role("button", name="Hide", exact=True).click()
    await expect(picture).to_have_count(0)


async def test_staff_see_how_kiosks_are_and_change_nothing(browsing: Browsing, staff: SignIn, device: Device) -> None:
    page = await browsing.signed_in(staff, PAIRING)
    await expect(card(page, "Entrance")).to_contain_text("Online")
    await expect(card(page, "Entrance").get_by_role("button")).to_have_count(0)
    for name in ("Approve", "Set a PIN", "Show the QR code"):
        await expect(page.get_by_role("button", name=name)).to_have_count(0)
    await expect(page.get_by_role("checkbox", name="Play a sound after a check-in")).to_be_disabled()


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


async def test_a_client_goes_by_a_colour_and_a_picture(
    browsing: Browsing, staff: SignIn, device: Device, records: Records, client: Person
) -> None:
    await give_code(records, client, "KRC-KD01")
    page = await open_client(browsing, records, staff, client)
    await page.page.get_by_text("Colour and picture").click()
    await page.page.get_by_role("button", name="Teal", exact=True).click()
    await expect(page.notices).to_contain_text("Colour at the kiosk changed")
    await page.page.get_by_role("button", name="Fox", exact=True).click()
    await expect(page.notices).to_contain_text("Picture at the kiosk changed")
    (found,) = await device.look_up("KRC-KD01")
    assert (found["colour"], found["picture"]) == ("teal", "fox")
    assert await violations(page.page) == []


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
    await device.report(queued=2, persisted=False)
    await expect(items(page)).to_have_count(2)
    await page.get_by_role("button", name=re.compile("^Choose the client")).click()
    await check(page, "inbox, choosing")
    await page.get_by_role("button", name="Decided").click()
    await expect(page.get_by_role("button", name="Decided")).to_have_attribute("aria-pressed", "true")
    await check(page, "inbox, decided")
    await page.goto("/")
    await expect(page.get_by_role("region", name="Kiosks")).to_contain_text(person.name)
    await check(page, "desk, called")
    await page.goto(PAIRING)
    await expect(card(page, "Entrance")).to_contain_text("2 visits wait there")
    await page.get_by_role("button", name="Show the QR code").click()
    await page.get_by_role("button", name="Set a PIN").click()
    await page.get_by_role("button", name="Approve").click()
    await check(page, "kiosks")
