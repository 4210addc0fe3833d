"""The kiosks in the settings: devices approved, changed and revoked, what all of them do, and how staff get out of one."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.accessibility import violations
from tests.e2e.browsing import Browsing
from tests.e2e.client_page import open_client
from tests.e2e.kiosk_rows import Clerk, Device, ask_to_pair
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn, eventually
from tests.e2e.running import RunningStack
from tests.e2e.visit_rows import give_code

PAIRING = "/settings/kiosks"

pytestmark = pytest.mark.usefixtures("cleared")


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=name, exact=True)


def notices(page: Page) -> Locator:
    return page.get_by_role("region", name="Notices")


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


async def test_a_client_goes_by_a_colour_and_a_picture(
    browsing: Browsing, staff: SignIn, device: Device, records: Records, client: Person
) -> None:
    await give_code(records, client, "KRC-KG01")
    page = await open_client(browsing, records, staff, client)
    await page.page.get_by_text("Colour and picture").click()
    await page.page.get_by_role("button", name="Teal", exact=True).click()
    await expect(page.notices).to_contain_text("Colour at the kiosk changed")
    await page.page.get_by_role("button", name="Fox", exact=True).click()
    await expect(page.notices).to_contain_text("Picture at the kiosk changed")
    (found,) = await device.look_up("KRC-KG01")
    assert (found["colour"], found["picture"]) == ("teal", "fox")
    assert await violations(page.page) == []


async def test_the_page_is_accessible(
    browsing: Browsing, look: dict[str, Any], check: Callable[[Page, str], Any], admin: SignIn, device: Device
) -> None:
    await device.report(queued=2, persisted=False)
    page = await browsing.signed_in(admin, PAIRING, **look)
    await expect(card(page, "Entrance")).to_contain_text("2 visits wait there")
    await page.get_by_role("button", name="Show the QR code").click()
    await page.get_by_role("button", name="Set a PIN").click()
    await page.get_by_role("button", name="Approve").click()
    await check(page, "kiosks")
