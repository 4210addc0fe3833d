"""What may go wrong at the door: somebody else's QR code, no camera, a reader that types into a form, a full disk, a night asleep."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import expect
from sqlalchemy import text

from tests.e2e.browsing import Browsing
from tests.e2e.camera import CAMERA, REFUSE, drawn
from tests.e2e.kiosk_rows import Clerk, prefer
from tests.e2e.people import Person
from tests.e2e.records import Records, eventually
from tests.e2e.tablet import SURFACES, Tablet, called, digits
from tests.e2e.visit_rows import give_code

# The quota that the browser's tools can set doesn't hold for what is written to a window without a profile.
FILL_DISK = """() => {
  globalThis.diskIsFull = true
  for (const name of ['put', 'add']) {
    const write = IDBObjectStore.prototype[name]
    IDBObjectStore.prototype[name] = function (...all) {
      if (globalThis.diskIsFull) throw new DOMException('', 'QuotaExceededError')
      return write.apply(this, all)
    }
  }
}"""

pytestmark = pytest.mark.usefixtures("cleared")


@pytest.fixture(params=SURFACES.values(), ids=list(SURFACES))
async def tablet(request: pytest.FixtureRequest, browsing: Browsing, clerk: Clerk) -> Tablet:
    return await Tablet.paired(browsing, clerk, "Front door", **request.param)


async def test_a_card_before_the_camera_checks_in_and_a_strangers_code_is_kindly_refused(
    tablet: Tablet, records: Records, somebody: Callable[[str], Person]
) -> None:
    person, code = somebody("ACTIVE"), f"LENS-{tablet.language}"
    await prefer(records, tablet.language, person)
    await give_code(records, person, code)
    await tablet.page.evaluate(CAMERA)
    await tablet.page.evaluate("rows => globalThis.showCode(rows)", drawn("https://pay.example/12345"))
    await tablet.speak()
    await tablet.page.get_by_text(tablet.says("Scan my card")).tap()
    await expect(tablet.heading).to_have_text(tablet.says("That is not one of our cards"))
    assert tablet.page.url.endswith("/kiosk")
    await tablet.page.evaluate("rows => globalThis.showCode(rows)", drawn(code))
    await tablet.tap(tablet.says("Start again"))
    await tablet.greets()
    await tablet.speak()
    await tablet.page.get_by_text(tablet.says("Scan my card")).tap()
    # It is held up for longer than it takes.
    await expect(tablet.heading).to_have_text(tablet.says("You’re checked in!"))
    await tablet.greets()
    assert await records.visits_of(person) == 1


async def test_the_staffs_code_opens_the_lock_before_the_camera(tablet: Tablet, clerk: Clerk) -> None:
    await tablet.page.evaluate(CAMERA)
    await tablet.page.evaluate("rows => globalThis.showCode(rows)", drawn(await clerk.ask("KioskExitCode")))
    await tablet.tap("For staff: open the lock")
    await tablet.tap("Scan with the camera")
    await expect(tablet.heading).to_have_text("Unlocked", timeout=15_000)


async def test_without_a_camera_the_code_is_typed(tablet: Tablet, records: Records, somebody: Callable[[str], Person]) -> None:
    person, code = somebody("ACTIVE"), f"HAND-{tablet.language}-07"
    await prefer(records, tablet.language, person)
    await give_code(records, person, code)
    await tablet.page.evaluate(REFUSE)
    await tablet.speak()
    await tablet.page.get_by_text(tablet.says("Scan my card")).tap()
    await expect(tablet.heading).to_have_text(tablet.says("The camera is not allowed here"))
    await tablet.tap(tablet.says("Type the code"))
    field = tablet.page.get_by_role("textbox", name=tablet.says("Type the code on your card"))
    await expect(field).to_be_focused()
    await field.press_sequentially("https://pay.example", delay=60)
    await tablet.tap(tablet.says("Next"))
    await expect(tablet.page.get_by_role("main")).to_contain_text(tablet.says("That is not one of our codes."))
    await field.fill("")
    # As people write it who don't look closely; by hand, so slowly that it is no reader's.
    await field.press_sequentially(code.lower().replace("-", ""), delay=60)
    await tablet.tap(tablet.says("Next"))
    await expect(tablet.heading).to_have_text(called(person))
    await tablet.tap(tablet.says("Check in"))
    await expect(tablet.heading).to_have_text(tablet.says("You’re checked in!"))
    assert await records.visits_of(person) == 1
    await tablet.greets()
    assert code.lower().replace("-", "") not in (await tablet.kept()).lower()


async def test_a_reader_that_types_into_a_form_leaves_nothing_in_it(tablet: Tablet, clerk: Clerk) -> None:
    await clerk.change_settings(walkIn=True)
    await tablet.page.get_by_text("First time here?").tap(timeout=15_000)
    field = tablet.page.get_by_label("First name")
    await field.fill("Robin ")
    await tablet.scan("KRC-WRONG-PLACE")
    await expect(field).to_have_value("Robin ")
    await expect(tablet.heading).to_have_text("Welcome! Who are you?")


async def test_a_full_disk_is_said_and_nothing_half_written(
    tablet: Tablet, browsing: Browsing, records: Records, somebody: Callable[[str], Person]
) -> None:
    browsing.expect_failed_requests()
    person = somebody("ACTIVE")
    await prefer(records, tablet.language, person)
    await tablet.has_roster()
    await tablet.page.context.set_offline(True)
    await expect(tablet.status).to_contain_text("No connection", timeout=20_000)
    await tablet.page.evaluate(FILL_DISK)
    await tablet.check_in(person)
    await expect(tablet.heading).to_have_text(tablet.says("Please see the desk"))
    await expect(tablet.page.get_by_role("main")).to_contain_text(tablet.says("This could not be saved."))
    await expect(tablet.status).to_contain_text(tablet.says("This device is full."))
    await tablet.page.evaluate("globalThis.diskIsFull = false")
    await tablet.tap(tablet.says("Close"))
    await tablet.greets()
    await tablet.check_in(person)
    await expect(tablet.heading).to_have_text(tablet.says("Saved"))
    await tablet.page.context.set_offline(False)
    await eventually(lambda: records.visits_of(person), seconds=60)
    assert await records.visits_of(person) == 1


async def test_a_night_asleep_with_somebody_on_the_screen(
    browsing: Browsing, clerk: Clerk, records: Records, somebody: Callable[[str], Person]
) -> None:
    """Nine hours pass for the device and none for the server, as for a tablet whose clock has been set wrong besides."""
    browsing.expect_failed_requests()
    late, looked_for = somebody("ACTIVE"), somebody("ACTIVE")
    tablet = Tablet(await Tablet.context_page(browsing))
    await tablet.page.clock.install(time=datetime.now(UTC))
    await tablet.open()
    await tablet.approve(clerk, "Front door")
    await tablet.has_roster()
    await tablet.page.context.set_offline(True)
    await expect(tablet.status).to_contain_text("No connection", timeout=20_000)
    await tablet.check_in(late)
    await expect(tablet.heading).to_have_text("Saved")
    await tablet.greets()
    await tablet.page.context.set_offline(False)
    await expect(tablet.status).not_to_contain_text("No connection", timeout=45_000)
    await tablet.find(looked_for)
    await expect(tablet.heading).to_have_text(called(looked_for))
    await tablet.page.clock.fast_forward(9 * 60 * 60 * 1000)
    await tablet.greets()
    page: str = await tablet.page.inner_text("body")
    assert looked_for.first not in page
    assert digits(looked_for) not in page
    await tablet.check_in(looked_for)
    await expect(tablet.heading).to_have_text("You’re checked in!")
    assert [await records.visits_of(one) for one in (late, looked_for)] == [1, 1]
    async with records.database.reading() as reader:
        theirs = text("SELECT now() - min(happened_at) FROM check_ins WHERE client_id = ANY(:both)")
        recorded: Any = await reader.scalar(theirs, {"both": [await records.id_of(one) for one in (late, looked_for)]})
    assert recorded < timedelta(minutes=10)
