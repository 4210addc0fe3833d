"""Search, check-in and undo with the keyboard, as the desk does all day."""

import asyncio
import re
from collections.abc import Callable

from playwright.async_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk
from tests.e2e.people import FAMILY, Person, everybody
from tests.e2e.records import Records, SignIn


async def test_search_check_in_undo(desk: Desk, client: Person, records: Records, staff: SignIn) -> None:
    before = await desk.visits_today()
    await desk.check_in(client)
    await desk.confirms(client)
    await expect(desk.band).to_contain_text("Covered until")
    await expect(desk.field).to_have_value("")
    await expect(desk.field).to_be_focused()
    await expect(desk.in_feed(client)).to_contain_text(f"by {staff.name}")
    await expect(desk.today).to_have_text(str(before + 1))
    assert await records.visits_of(client) == 1

    await desk.band.get_by_role("button", name="Undo").click()
    await desk.confirms(client, "Check-in undone")
    await expect(desk.in_feed(client)).to_contain_text("voided")
    await expect(desk.today).to_have_text(str(before))
    assert await records.visits_of(client) == 0
    assert await records.visits_of(client, voided=True) == 1


async def test_undone_visit_may_be_made_again(desk: Desk, client: Person, records: Records) -> None:
    await desk.check_in(client)
    await desk.band.get_by_role("button", name="Undo").click()
    await desk.confirms(client, "Check-in undone")
    await desk.check_in(client)
    await desk.confirms(client, "Checked in")
    assert await records.visits_of(client) == 1


async def test_standing_and_sentence_say_what_to_do(desk: Desk, somebody: Callable[[str], Person]) -> None:
    for standing, (word, sentence) in {
        "EXPIRING": ("Expires in 9 days", "9 days left. Offer to renew."),
        "EXPIRED": ("Expired 3 days ago", "They may play. Remind them to renew."),
        "PENDING": ("Starts", "Starts on"),
        "NONE": ("No membership", "No membership on file. They may play."),
    }.items():
        person = somebody(standing)
        await desk.find(person)
        await expect(desk.found).to_contain_text(word)
        await expect(desk.found).to_contain_text("Never")
        await desk.field.press("Enter")
        await desk.confirms(person, sentence)
        await expect(desk.band).to_contain_text(word)


async def test_repeat_says_already_and_counts_once(desk: Desk, client: Person, records: Records) -> None:
    counted = await desk.visits_today() + 1
    await desk.check_in(client)
    await desk.confirms(client)
    await expect(desk.today).to_have_text(str(counted))
    await desk.check_in(client)
    await desk.confirms(client, re.compile(r"Already checked in at \d\d:\d\d"))
    await expect(desk.today).to_have_text(str(counted))
    await expect(desk.band.get_by_role("button", name="Undo")).to_have_count(0)
    assert await records.visits_of(client) == 1


async def test_two_desks_at_once_make_one_visit(desk: Desk, client: Person, browsing: Browsing, records: Records) -> None:
    other = Desk(await browsing.signed_in(await records.make_user()))
    await other.is_ready()
    await asyncio.gather(desk.find(client), other.find(client))
    await asyncio.gather(desk.field.press("Enter"), other.field.press("Enter"))
    await asyncio.gather(desk.confirms(client, re.compile("hecked in")), other.confirms(client, re.compile("hecked in")))
    said = [await each.band.inner_text() for each in (desk, other)]
    assert sorted("Already checked in" in words for words in said) == [False, True]
    assert await records.visits_of(client) == 1


async def test_feed_is_live_at_another_desk(desk: Desk, client: Person, browsing: Browsing, records: Records, staff: SignIn) -> None:
    other = Desk(await browsing.signed_in(await records.make_user()))
    await other.is_ready()
    before = await other.visits_today()
    await desk.check_in(client)
    await expect(other.in_feed(client)).to_contain_text(f"by {staff.name}")
    await expect(other.today).to_have_text(str(before + 1))
    await desk.in_feed(client).get_by_role("button", name=f"Undo the check-in of {client.name}").click()
    await expect(desk.in_feed(client)).to_contain_text("voided")
    await expect(other.in_feed(client)).to_contain_text("voided")
    await expect(other.today).to_have_text(str(before))


async def test_arrows_choose_and_enter_checks_in_the_chosen(desk: Desk, somebody: Callable[[str], Person], records: Records) -> None:
    client = await _one_of_several(desk, somebody)
    await desk.field.press("ArrowDown")
    await expect(desk.found.first).to_have_attribute("aria-selected", "true")
    await desk.field.press("ArrowDown")
    await expect(desk.found.nth(1)).to_have_attribute("aria-selected", "true")
    await desk.field.press("ArrowUp")
    await desk.field.press("ArrowUp")
    await expect(desk.found.first).to_have_attribute("aria-selected", "true")
    await expect(desk.field).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    for place in range(await desk.found.count()):
        await expect(desk.found.nth(place)).to_have_attribute("aria-selected", "true")
        if client.name in await desk.found.nth(place).inner_text():
            break
        await desk.field.press("ArrowDown")
    await expect(desk.chosen).to_contain_text(client.name)
    await desk.field.press("Enter")
    await desk.confirms(client)
    assert await records.visits_of(client) == 1


async def _one_of_several(desk: Desk, somebody: Callable[[str], Person]) -> Person:
    """Somebody who is shown when their last name is searched for: of some names there are more than the list shows."""
    while True:
        client = somebody("ACTIVE")
        await desk.search(client.last)
        await expect(desk.found.nth(1)).to_contain_text(client.last)
        if await desk.found.filter(has_text=client.name).count():
            return client


async def test_enter_never_guesses_among_several(desk: Desk, records: Records) -> None:
    await desk.search(FAMILY[0])
    await expect(desk.found.nth(1)).to_be_visible()
    await desk.field.press("Enter")
    await expect(desk.found.first).to_have_attribute("aria-selected", "true")
    await expect(desk.band).to_be_empty()
    await expect(desk.field).to_have_value(FAMILY[0])


async def test_escape_closes_the_confirmation_then_clears(desk: Desk, client: Person) -> None:
    await desk.check_in(client)
    await desk.confirms(client)
    await desk.field.press("Escape")
    await expect(desk.band).to_be_empty()
    await desk.search(client.last)
    await expect(desk.found.first).to_be_visible()
    await desk.field.press("Escape")
    await expect(desk.field).to_have_value("")
    await expect(desk.found).to_have_count(0)


async def test_right_arrow_opens_the_page(desk: Desk, client: Person) -> None:
    await desk.find(client)
    await desk.field.press("ArrowRight")
    await expect(desk.page.get_by_role("heading", name=client.name)).to_be_visible()
    await expect(desk.page).to_have_url(re.compile("/clients/.+"))


async def test_scanner_sends_enter_before_the_answer(desk: Desk, client: Person, records: Records) -> None:
    await desk.page.keyboard.type(client.uci, delay=0)
    await desk.page.keyboard.press("Enter")
    await desk.confirms(client)
    assert await records.visits_of(client) == 1


async def test_finds_by_whatever_people_say(desk: Desk) -> None:
    people = {person.name: person for person in everybody()}
    bruno = people["Bruno Hakimi"]
    for asked in (bruno.phone[-4:], bruno.phone, bruno.email, bruno.uci, f"{bruno.last} {bruno.first}", "  bruno   HAKIMI "):
        await desk.search("")
        await expect(desk.found).to_have_count(0)
        await desk.search(asked)
        await expect(desk.found, asked).to_have_count(1)
        await expect(desk.found, asked).to_contain_text(bruno.name)
    await desk.search("")
    for asked, name in (("joaquin barragan", "Joaquín Barragán"), ("soren o'connell", "Søren O'Connell")):
        await desk.search(asked)
        await expect(desk.found, asked).to_have_count(1)
        await expect(desk.found, asked).to_contain_text(name)


async def test_typing_anywhere_is_searching(desk: Desk) -> None:
    await desk.page.get_by_role("link", name="Desk", exact=True).focus()
    await desk.page.keyboard.type("Zam")
    await expect(desk.field).to_be_focused()
    await expect(desk.field).to_have_value("Zam")


async def test_nobody_found(desk: Desk) -> None:
    await desk.search("Nobody Of That Name")
    await expect(desk.page.get_by_text("Nobody found for “Nobody Of That Name”")).to_be_visible()


async def test_alert_stays_until_it_is_dismissed(desk: Desk, client: Person, records: Records) -> None:
    await records.pin_note(client, "Has a nut allergy; no snacks.")
    await desk.check_in(client)
    await desk.confirms(client)
    alert = desk.page.get_by_role("listitem").filter(has_text="nut allergy")
    await expect(alert).to_be_visible()
    await desk.field.press("Escape")
    await expect(desk.band).to_be_empty()
    await expect(alert).to_be_visible()
    await alert.get_by_role("button", name="Dismiss the alert").click()
    await expect(alert).to_have_count(0)


async def test_archived_meanwhile_is_refused_with_the_reason(desk: Desk, somebody: Callable[[str], Person], records: Records) -> None:
    person = somebody("EXPIRED")
    await desk.find(person)
    async with records.archived(person):
        await desk.field.press("Enter")
        await desk.confirms(person, "Not checked in")
        await expect(desk.band).to_contain_text("archived")
    assert await records.visits_of(person) == 0


async def test_station_is_kept_on_the_device_and_goes_with_the_visit(desk: Desk, client: Person) -> None:
    await desk.page.get_by_role("button", name=re.compile("^Station:")).click()
    await desk.page.get_by_role("menuitemradio", name="Kiosk").click()
    await desk.page.reload()
    await desk.is_ready()
    await expect(desk.page.get_by_role("button", name="Station: Kiosk")).to_be_visible()
    await desk.check_in(client)
    await expect(desk.in_feed(client)).to_contain_text("Kiosk · by")
