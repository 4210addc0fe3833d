"""Overriding, checking out, who is here, the page of visits, and the settings that they follow."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

from playwright.async_api import Locator, Page, WebSocketRoute, expect

from tests.e2e.accessibility import violations
from tests.e2e.browsing import PHONE, Browsing
from tests.e2e.desk import Desk
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn, eventually
from tests.e2e.running import RunningStack
from tests.e2e.visit_rows import checked_out, use_up, visited


def row_of(page: Page, person: Person) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=person.name, exact=True))


async def choose(page: Page, person: Person, action: str) -> None:
    await row_of(page, person).get_by_role("button", name=f"More about {person.name}").click()
    await page.get_by_role("menuitem", name=action, exact=True).click()


async def test_staff_let_somebody_in_with_a_reason(desk: Desk, somebody: Callable[[str], Person], records: Records) -> None:
    person = somebody("NONE")
    await use_up(records, person)
    await desk.check_in(person)
    await desk.confirms(person, "Not checked in")
    await expect(desk.band).to_contain_text("All visits of this membership are used. Sell another pass.")
    await desk.band.get_by_role("button", name="Check in anyway").click()
    dialog = desk.page.get_by_role("dialog", name=f"Check in {person.name} anyway?")
    reason = dialog.get_by_label("Reason")
    await expect(reason).to_be_focused()
    assert await violations(desk.page) == []
    await dialog.get_by_role("button", name="Check in", exact=True).click()
    await expect(dialog).to_contain_text("This can’t stay empty.")
    await reason.fill("Mum pays at six")
    await dialog.get_by_role("button", name="Check in", exact=True).click()
    await expect(dialog).to_be_hidden()
    await desk.confirms(person, "Checked in because staff decided so.")
    await expect(desk.band).to_contain_text("Let in: Mum pays at six")
    assert await records.visits_of(person) == 2


async def test_the_sentence_of_a_tier_is_in_the_readers_language(
    browsing: Browsing, staff: SignIn, somebody: Callable[[str], Person], records: Records
) -> None:
    person = somebody("NONE")
    await use_up(records, person)
    await records.let_speak("es", staff)
    page = await browsing.signed_in(staff)
    field = page.get_by_role("combobox", name="Buscar")
    await field.fill(person.name)
    await expect(page.get_by_role("grid").get_by_role("row")).to_have_count(1)
    await field.press("Enter")
    band = page.locator("[aria-live=assertive]")
    await expect(band).to_contain_text("Ya se usaron todas las visitas de esta membresía. Venda otro pase.")
    await expect(band.get_by_role("button", name="Registrar de todos modos")).to_be_visible()


async def test_check_out_and_take_it_back_at_the_desk(desk: Desk, client: Person, records: Records) -> None:
    await desk.check_in(client)
    await desk.confirms(client)
    await desk.feed.get_by_role("button", name=re.compile("^Here now")).click()
    await expect(desk.in_feed(client)).to_be_visible()
    await desk.in_feed(client).get_by_role("button", name=f"Check out {client.name}").click()
    await expect(desk.in_feed(client)).to_have_count(0)
    assert await checked_out(records, client)
    toast = desk.page.get_by_text(f"{client.name} checked out")
    await expect(toast).to_be_visible()
    await desk.page.get_by_role("button", name="Undo", exact=True).last.click()
    await expect(desk.in_feed(client)).to_be_visible()
    await eventually(lambda: _not_out(records, client))
    await desk.feed.get_by_role("button", name="Live", exact=True).click()
    await expect(desk.in_feed(client)).to_be_visible()


async def _not_out(records: Records, client: Person) -> bool:
    return not await checked_out(records, client)


async def test_void_with_a_reason_and_undo_on_the_page_of_visits(
    browsing: Browsing, staff: SignIn, client: Person, records: Records
) -> None:
    page = await browsing.signed_in(staff)
    desk = Desk(page)
    await desk.is_ready()
    await desk.check_in(client)
    await desk.confirms(client)
    await page.get_by_role("navigation", name="Main").get_by_role("link", name="Check-ins").click()
    await expect(row_of(page, client)).to_contain_text(f"by {staff.name}")
    await expect(row_of(page, client)).to_contain_text("Here now")
    await choose(page, client, "Void visit")
    dialog = page.get_by_role("dialog", name=f"Void the visit of {client.name}?")
    await dialog.get_by_label("Reason").fill("wrong person")
    await dialog.get_by_role("button", name="Void visit").click()
    await expect(row_of(page, client)).to_contain_text("Voided: wrong person")
    assert (await records.visits_of(client), await records.visits_of(client, voided=True)) == (0, 1)
    await choose(page, client, "Undo void")
    await expect(row_of(page, client)).not_to_contain_text("Voided")
    assert await records.visits_of(client) == 1
    await choose(page, client, "Check out")
    await expect(row_of(page, client)).to_contain_text(re.compile(r"left \d\d:\d\d"))
    await choose(page, client, "Undo check-out")
    await expect(row_of(page, client)).to_contain_text("Here now")


async def test_filters_stand_in_the_address(browsing: Browsing, staff: SignIn, somebody: Callable[[str], Person], records: Records) -> None:
    today_, earlier = somebody("ACTIVE"), somebody("ACTIVE")
    await visited(records, earlier, days_ago=40)
    page = await browsing.signed_in(staff)
    desk = Desk(page)
    await desk.is_ready()
    await desk.check_in(today_)
    await desk.confirms(today_)
    await page.goto("/check-ins")
    await expect(row_of(page, today_)).to_be_visible()
    await expect(row_of(page, earlier)).to_have_count(0)
    await page.get_by_role("button", name="All time").click()
    await expect(page).to_have_url(re.compile(r"\?days=all$"))
    await page.get_by_label("Client", exact=True).fill(earlier.name)
    await page.get_by_role("option", name=earlier.name).click()
    await expect(row_of(page, earlier)).to_be_visible()
    await expect(page.get_by_role("status").filter(has_text=re.compile("^1 visit$"))).to_be_visible()
    await expect(page).to_have_url(re.compile("client="))
    await page.reload()
    await expect(row_of(page, earlier)).to_be_visible()
    await expect(page.get_by_label("Client", exact=True)).to_have_value(earlier.name)
    await page.get_by_label("Visits", exact=True).select_option(label="Voided")
    await expect(page.get_by_text("No visit fits")).to_be_visible()
    await page.get_by_role("button", name="Clear the filters").first.click()
    await expect(row_of(page, today_)).to_be_visible()
    await page.get_by_label("Recorded by").select_option(label=staff.name)
    await expect(page.get_by_role("row")).to_have_count(2)
    await page.get_by_label("From").fill("2030-01-02")
    await page.get_by_label("To", exact=True).fill("2030-01-01")
    await expect(page.get_by_text("The last day must not be before the first.")).to_be_visible()


async def test_feed_shows_what_it_missed_while_the_api_was_away(
    desk: Desk, browsing: Browsing, somebody: Callable[[str], Person], records: Records, stack: RunningStack
) -> None:
    """A visit that was voided meanwhile, by somebody whose change no event told."""
    seen, missed = somebody("ACTIVE"), somebody("ACTIVE")
    browsing.expect_failed_requests()
    await desk.check_in(seen)
    await expect(desk.in_feed(seen)).to_be_visible()
    stack.take_api_down()
    try:
        await expect(desk.feed.get_by_text("Live updates are paused")).to_be_visible()
        await _behind_its_back(records, seen, missed)
    finally:
        stack.bring_api_back()
    # It is said for a few seconds only.
    await expect(desk.feed.get_by_text("2 changes came while the connection was away")).to_be_visible(timeout=40_000)
    await expect(desk.in_feed(missed)).to_be_visible()
    await expect(desk.in_feed(seen)).to_contain_text("voided")
    assert not [line for line in browsing.unexpected() if "502" not in line and "503" not in line]


async def _behind_its_back(records: Records, voided: Person, came: Person) -> None:
    from sqlalchemy import text

    from tests.e2e.records import OPERATOR

    async with records.database.writing(OPERATOR) as uow:
        await uow.execute(
            text(
                "UPDATE check_ins SET voided_at = now(), void_reason = 'meanwhile' "
                "WHERE client_id = (SELECT id FROM clients WHERE first_name = :first AND last_name = :last)"
            ),
            {"first": voided.first, "last": voided.last},
        )
    await visited(records, came, days_ago=0)


async def test_feed_shows_what_came_before_its_first_connection(
    browsing: Browsing, staff: SignIn, desk: Desk, somebody: Callable[[str], Person]
) -> None:
    """The list has been read, the events don't come through yet, and somebody checks in."""
    let_through = asyncio.Event()

    async def late(route: WebSocketRoute) -> None:
        await let_through.wait()
        route.connect_to_server()

    slow = Desk(await browsing.signed_in(staff))
    await slow.is_ready()
    await slow.page.route_web_socket(re.compile("/graphql$"), late)
    await slow.page.reload()
    await slow.is_ready()
    person = somebody("ACTIVE")
    await desk.check_in(person)
    await desk.confirms(person)
    await expect(desk.in_feed(person)).to_have_count(1)
    await expect(slow.in_feed(person)).to_have_count(0)
    let_through.set()
    await expect(slow.in_feed(person)).to_have_count(1)


async def test_hours_and_stations_are_changed_in_the_settings(browsing: Browsing, admin: SignIn, records: Records) -> None:
    page = await browsing.signed_in(admin, "/settings/hours")
    closes = page.get_by_label("Closing time on Monday")
    await expect(closes).to_have_value("21:00")
    await closes.fill("12:00")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Opening and closing time must differ.")).to_be_visible()
    await closes.fill("01:30")
    await expect(page.get_by_text("next day")).to_be_visible()
    await page.get_by_role("checkbox", name="Open on Sunday").uncheck()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    await page.reload()
    await expect(closes).to_have_value("01:30")
    await expect(page.get_by_text("Closed", exact=True)).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("checkbox", name="Open on Sunday").check()
    await closes.fill("21:00")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved", exact=True).first).to_be_visible()

    await page.goto("/settings/stations")
    name = page.get_by_label("Name", exact=True)
    await name.fill("Lounge")
    await page.get_by_role("button", name="Add station").click()
    lounge = page.get_by_role("listitem").filter(has_text="Lounge")
    await expect(lounge).to_be_visible()
    await name.fill("lounge")
    await page.get_by_role("button", name="Add station").click()
    await expect(page.get_by_text("Another one has this name already")).to_be_visible()
    await lounge.get_by_role("button", name="Rename Lounge").click()
    await page.get_by_role("listitem").get_by_role("textbox").fill("Quiet room")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Retire Quiet room").click()
    await expect(page.get_by_role("button", name="Use again: Quiet room")).to_be_visible()
    assert await violations(page) == []


async def test_visits_are_for_everybody_on_any_screen(
    browsing: Browsing, admin: SignIn, client: Person, records: Records, look: dict[str, Any], check: Callable[[Page, str], Any]
) -> None:
    await visited(records, client, days_ago=0)
    page = await browsing.signed_in(admin, "/check-ins", **look, has_touch=look["viewport"] is PHONE)
    await expect(row_of(page, client)).to_be_visible()
    await check(page, "check-ins")
    await page.goto("/")
    await page.wait_for_load_state("networkidle")
    await check(page, "desk")
