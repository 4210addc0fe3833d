"""The kiosk with the network really cut, and with Caddy, the API and PostgreSQL taken away in turn: it goes on, and nothing is lost."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.async_api import expect
from sqlalchemy import text

from tests.e2e.browsing import Browsing
from tests.e2e.kiosk_rows import Clerk, give_policy, prefer
from tests.e2e.people import Person
from tests.e2e.records import Records
from tests.e2e.running import RunningStack
from tests.e2e.tablet import GREETING, PHONE, SURFACES, Tablet, called, digits
from tests.e2e.visit_rows import give_code, run

# It stays in its offline mode for ten seconds at least, and looks for the server each five.
BACK_MS = 45_000
# In the language of whoever stands there.
OFFLINE = re.compile("No connection|Sin conexión")
QUEUED = re.compile("saved here|guardadas? aquí")

pytestmark = pytest.mark.usefixtures("cleared")


@pytest.fixture
async def tablet(browsing: Browsing, clerk: Clerk) -> Tablet:
    """One that has fetched its list."""
    browsing.expect_failed_requests()
    found = await Tablet.paired(browsing, clerk, "Front door")
    await found.has_roster()
    return found


async def _is_offline(tablet: Tablet) -> None:
    await expect(tablet.status).to_contain_text(OFFLINE, timeout=20_000)


async def _is_back(tablet: Tablet) -> None:
    await expect(tablet.status).not_to_contain_text(OFFLINE, timeout=BACK_MS)
    await expect(tablet.status).not_to_contain_text(QUEUED, timeout=15_000)


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
async def test_a_weekend_without_a_network(
    browsing: Browsing, clerk: Clerk, records: Records, somebody: Callable[[str], Person], surface: dict[str, Any]
) -> None:
    browsing.expect_failed_requests()
    one, card, stranger = somebody("ACTIVE"), somebody("ACTIVE"), somebody("EXPIRED")
    tablet = await Tablet.paired(browsing, clerk, "Front door", **surface)
    await prefer(records, tablet.language, one, card, stranger)
    await tablet.has_roster()
    card_code = f"OFFLINE-{tablet.language}"
    # A card that came after the list was fetched: the device doesn't know it, and the server will.
    await give_code(records, card, card_code)
    await tablet.page.context.set_offline(True)
    await _is_offline(tablet)
    await tablet.find(one)
    await expect(tablet.heading).not_to_contain_text(one.first)
    await tablet.tap(tablet.says("Check in"))
    await expect(tablet.heading).to_have_text(tablet.says("Saved"))
    await expect(tablet.page.get_by_role("main")).to_contain_text(tablet.says("It will be confirmed."))
    await expect(tablet.page.get_by_role("main")).not_to_contain_text(tablet.says("checked in"))
    await expect(tablet.status).to_contain_text(tablet.says("1 saved here"))
    assert await records.visits_of(one) == 0
    await tablet.greets()
    await tablet.page.reload()
    await tablet.greets()
    await _is_offline(tablet)
    await tablet.speak()
    await tablet.scan(card_code)
    await expect(tablet.heading).to_have_text(tablet.says("Saved"))
    await tablet.greets()
    await tablet.check_in(stranger)
    await expect(tablet.heading).to_have_text(tablet.says("Saved"))
    await expect(tablet.status).to_contain_text(tablet.says("3 saved here"))
    kept = await tablet.kept()
    for secret in (one.first, digits(one), card_code, "krc_"):
        assert secret not in kept
    await tablet.page.context.set_offline(False)
    await _is_back(tablet)
    for person in (one, card, stranger):
        assert await records.visits_of(person) == 1


async def test_a_family_without_names_is_told_apart_by_pictures(
    browsing: Browsing, clerk: Clerk, records: Records, somebody: Callable[[str], Person]
) -> None:
    browsing.expect_failed_requests()
    mother, child = somebody("ACTIVE"), somebody("ACTIVE")
    look = "UPDATE clients SET {} WHERE first_name = :first AND last_name = :last"
    await run(records, look.format("kiosk_colour = 'teal', kiosk_picture = 'owl'"), mother)
    await run(
        records, look.format("kiosk_colour = 'red', kiosk_picture = 'fox', guardian_phone = :phone"), child, phone=f"+1{digits(mother)}"
    )
    tablet = await Tablet.paired(browsing, clerk, "Front door", viewport=PHONE)
    await tablet.has_roster()
    await tablet.page.context.set_offline(True)
    await _is_offline(tablet)
    await tablet.find(mother)
    await expect(tablet.heading).to_have_text("Which one are you?")
    assert called(child) not in await tablet.page.inner_text("main")
    await tablet.page.get_by_role("button").filter(has_text="Fox").tap()
    await expect(tablet.heading).to_have_text("Saved")
    await tablet.page.context.set_offline(False)
    await _is_back(tablet)
    assert [await records.visits_of(one) for one in (mother, child)] == [0, 1]


async def test_who_must_ask_is_sent_to_the_desk_and_waits_there_afterwards(
    browsing: Browsing, clerk: Clerk, records: Records, somebody: Callable[[str], Person]
) -> None:
    browsing.expect_failed_requests()
    person, blocked = somebody("NONE"), somebody("NONE")
    await give_policy(records, person, "ASK_STAFF")
    await give_policy(records, blocked, "BLOCK")
    tablet = await Tablet.paired(browsing, clerk, "Front door")
    await tablet.has_roster()
    await tablet.page.context.set_offline(True)
    await _is_offline(tablet)
    await tablet.check_in(person)
    await expect(tablet.heading).to_have_text("Please go to the desk")
    await tablet.tap("Close")
    # Blocked and unknown look alike: both may leave their number for staff.
    looks = []
    for number in (digits(blocked), "2135559997"):
        await tablet.type(number)
        await tablet.tap("Next")
        await expect(tablet.heading).to_have_text("Is this your number?")
        looks.append(re.sub(r"\d", "", await tablet.page.locator("main").inner_text()))
        await tablet.tap("Check in")
        await expect(tablet.heading).to_have_text("Saved")
        await tablet.greets()
    assert looks[0] == looks[1]
    await tablet.page.context.set_offline(False)
    await _is_back(tablet)
    waiting = await clerk.ask("KiosksWaiting")
    assert waiting["count"] == 3
    assert [await records.visits_of(one) for one in (person, blocked)] == [0, 0]


async def test_the_api_dies_while_somebody_presses(
    tablet: Tablet, stack: RunningStack, records: Records, somebody: Callable[[str], Person]
) -> None:
    person = somebody("ACTIVE")
    await tablet.find(person)
    await expect(tablet.heading).to_have_text(called(person))
    stack.take_api_down()
    try:
        await tablet.tap("Check in")
        await expect(tablet.heading).to_have_text("Saved")
        await _is_offline(tablet)
    finally:
        stack.bring_api_back()
    await _is_back(tablet)
    assert await records.visits_of(person) == 1


@pytest.mark.parametrize("program", ["caddy", "postgres"])
async def test_a_server_that_hangs_keeps_nobody_waiting(
    tablet: Tablet, stack: RunningStack, records: Records, somebody: Callable[[str], Person], program: str
) -> None:
    first, second = somebody("ACTIVE"), somebody("ACTIVE")
    await tablet.find(first)
    await expect(tablet.heading).to_have_text(called(first))
    with stopped(stack, program):
        await tablet.tap("Check in")
        await expect(tablet.heading).to_have_text("Saved", timeout=4_000)
        await _is_offline(tablet)
        await tablet.greets()
        await tablet.check_in(second)
        await expect(tablet.heading).to_have_text("Saved", timeout=2_000)
    await _is_back(tablet)
    await stack.is_answering()
    assert [await records.visits_of(one) for one in (first, second)] == [1, 1]


async def test_two_tabs_of_one_device_send_each_press_once(tablet: Tablet, records: Records, somebody: Callable[[str], Person]) -> None:
    people = [somebody("ACTIVE") for _ in range(3)]
    await tablet.page.context.set_offline(True)
    await _is_offline(tablet)
    for person in people:
        await tablet.check_in(person)
        await expect(tablet.heading).to_have_text("Saved")
        await tablet.greets()
    other = Tablet(await tablet.page.context.new_page())
    await other.open()
    await other.greets()
    await expect(other.status).to_contain_text("3 saved here")
    await tablet.page.context.set_offline(False)
    await _is_back(tablet)
    await _is_back(other)
    assert [await records.visits_of(person) for person in people] == [1, 1, 1]
    async with records.database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM kiosk_events GROUP BY request_id HAVING count(*) > 1 LIMIT 1")) is None


async def test_cleared_storage_leads_back_to_pairing_and_the_kiosk_can_be_paired_again(tablet: Tablet, clerk: Clerk) -> None:
    await tablet.page.evaluate(
        """async () => {
          for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name)
          for (const name of await caches.keys()) await caches.delete(name)
        }"""
    )
    # What the page knows it keeps again, so nobody is kept from checking in; a page that is loaded anew has nothing.
    await tablet.greets()
    await tablet.page.goto("about:blank")
    await tablet.page.context.clear_cookies()
    other = Tablet(tablet.page)
    await other.open()
    await expect(other.heading).to_have_text(re.compile(f"{GREETING['en']}|Pair this kiosk"))
    if await other.page.locator(".code").count():
        await other.approve(clerk, "Front door again")
    await other.greets()


@contextmanager
def stopped(stack: RunningStack, program: str) -> Iterator[None]:
    """The program's processes stand still, connections open; the supervisor doesn't see to it meanwhile."""
    assert stack.process is not None
    numbers = stack.processes_of(program)
    assert numbers
    stack.process.send_signal(signal.SIGSTOP)
    for number in numbers:
        os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in numbers:
            os.kill(number, signal.SIGCONT)
        stack.process.send_signal(signal.SIGCONT)
