"""A hand scanner types codes, a camera sees them; a wrong code never holds up the next one."""

import re
from collections.abc import Callable

from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.camera import CAMERA, drawn
from tests.e2e.desk import Desk
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn
from tests.e2e.visit_rows import give_code

# As a scanner does it: all keys within a few milliseconds. Keys sent one by one from outside take longer on a busy machine.
# Between two of them the page has its turn, as it has between two events.
BURST = """async ([text, end]) => {
  let at = performance.now()
  for (const key of [...text, end]) {
    const on = document.activeElement ?? document.body
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    // When the key was pressed, however long the page was busy with the one before.
    Object.defineProperty(event, 'timeStamp', { value: (at += 8) })
    if (on.dispatchEvent(event) && key.length === 1 && 'value' in on) {
      on.value += key
      on.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }
    await new Promise((resolve) => queueMicrotask(() => queueMicrotask(resolve)))
  }
}"""


async def scan(page: Page, code: str, end: str = "Enter") -> None:
    await page.evaluate(BURST, [code, end])


async def test_a_card_checks_in_wherever_the_focus_is(desk: Desk, somebody: Callable[[str], Person], records: Records) -> None:
    first, second = somebody("ACTIVE"), somebody("ACTIVE")
    await give_code(records, first, "KRC-AA01")
    await give_code(records, second, "KRC-AA02")
    await scan(desk.page, "KRC-AA01")
    await desk.confirms(first)
    await expect(desk.field).to_have_value("")
    await desk.page.get_by_role("link", name="Desk", exact=True).focus()
    await scan(desk.page, "krc aa02".replace(" ", "-"))
    await desk.confirms(second)
    assert (await records.visits_of(first), await records.visits_of(second)) == (1, 1)


async def test_a_wrong_code_says_so_and_does_not_block_the_next(desk: Desk, client: Person, records: Records) -> None:
    await give_code(records, client, "KRC-BB01")
    await scan(desk.page, "NO-SUCH-CARD")
    await expect(desk.band).to_contain_text("Nobody has this code")
    await expect(desk.band).to_contain_text("NO-SUCH-CARD")
    await scan(desk.page, "NEITHER-THIS")
    await scan(desk.page, "KRC-BB01")
    await desk.confirms(client)
    await expect(desk.band).not_to_contain_text("Nobody has this code")
    assert await records.visits_of(client) == 1


async def test_a_wrong_code_can_be_searched_for_or_put_away(desk: Desk) -> None:
    await scan(desk.page, "NO-SUCH-CARD")
    await desk.band.get_by_role("button", name="Search for it").click()
    await expect(desk.field).to_have_value("NO-SUCH-CARD")
    await desk.field.fill("")
    await scan(desk.page, "NO-SUCH-CARD")
    await expect(desk.band).to_contain_text("Nobody has this code")
    await desk.field.press("Escape")
    await expect(desk.band).to_be_empty()


async def test_a_card_of_an_archived_client_says_whose_it_is(desk: Desk, somebody: Callable[[str], Person], records: Records) -> None:
    person = somebody("EXPIRED")
    await give_code(records, person, "KRC-CC01")
    async with records.archived(person):
        await scan(desk.page, "KRC-CC01")
        await expect(desk.band).to_contain_text("This client is archived")
        await expect(desk.band).to_contain_text(person.name)
    assert await records.visits_of(person) == 0


async def test_prefix_and_suffix_are_set_up_on_the_device(browsing: Browsing, staff: SignIn, client: Person, records: Records) -> None:
    await give_code(records, client, "KRC-DD01")
    page = await browsing.signed_in(staff, "/settings/device")
    await page.get_by_label("Characters before the code").fill("~#")
    await page.get_by_label("Key after the code").select_option(label="Tab")
    trial = page.get_by_label("Scan a card to try it")
    await trial.focus()
    await scan(page, "~#KRC-DD01", "Tab")
    await expect(page.get_by_text("Read: KRC-DD01")).to_be_visible()
    await page.get_by_role("link", name="Desk", exact=True).click()
    desk = Desk(page)
    await desk.is_ready()
    await scan(page, "~#KRC-DD01", "Tab")
    await desk.confirms(client)
    await expect(desk.field).to_have_value("")
    # Kept on the device, and only there.
    await page.reload()
    assert "~#" in str(await page.evaluate("localStorage.getItem('krc.scanner')"))


async def test_the_camera_reads_a_card(desk: Desk, somebody: Callable[[str], Person], records: Records) -> None:
    first, second = somebody("ACTIVE"), somebody("ACTIVE")
    await give_code(records, first, "KRC-EE01")
    await give_code(records, second, "KRC-EE02")
    await desk.page.evaluate(CAMERA)
    await desk.page.get_by_role("button", name="Scan with the camera").click()
    dialog = desk.page.get_by_role("dialog", name="Scan a card")
    await expect(dialog.get_by_label("What the camera sees")).to_be_visible()
    for person, code in ((first, "KRC-EE01"), (second, "KRC-EE02")):
        await desk.page.evaluate("rows => globalThis.showCode(rows)", drawn("UNKNOWN-1"))
        await expect(dialog.get_by_role("status")).to_contain_text("Nobody has this code")
        await desk.page.evaluate("rows => globalThis.showCode(rows)", drawn(code))
        await expect(dialog.get_by_role("status")).to_contain_text(re.compile(f"{re.escape(person.name)}: "))
    await dialog.get_by_role("button", name="Close").click()
    await expect(desk.field).to_be_focused()
    assert (await records.visits_of(first), await records.visits_of(second)) == (1, 1)
