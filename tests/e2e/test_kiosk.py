"""The kiosk on a touch screen, with a network: two taps, no questions, and nothing of the last person left."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import ViewportSize, expect

from tests.e2e.accessibility import violations
from tests.e2e.browsing import Browsing
from tests.e2e.camera import REFUSE
from tests.e2e.kiosk_rows import Clerk, give_policy, prefer
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn, eventually
from tests.e2e.tablet import GREETING, PHONE, SURFACES, TABLET, Tablet, called, digits
from tests.e2e.visit_rows import give_code, run

SMALLEST = 64

pytestmark = pytest.mark.usefixtures("cleared")


@pytest.fixture
async def tablet(browsing: Browsing, clerk: Clerk) -> Tablet:
    return await Tablet.paired(browsing, clerk, "Front door")


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
async def test_a_number_and_one_tap_check_somebody_in(
    browsing: Browsing, clerk: Clerk, records: Records, somebody: Callable[[str], Person], surface: dict[str, Any]
) -> None:
    tablet = await Tablet.paired(browsing, clerk, "Front door", **surface)
    person = somebody("ACTIVE")
    await prefer(records, tablet.language, person)
    await tablet.find(person)
    await expect(tablet.heading).to_have_text(called(person))
    for secret in (person.last, person.email, digits(person)):
        assert secret not in await tablet.page.inner_text("body")
    await tablet.tap(tablet.says("Check in"))
    await expect(tablet.heading).to_have_text(tablet.says("You’re checked in!"))
    await expect(tablet.page.get_by_role("main").get_by_text(tablet.says("Have fun!"))).to_be_visible()
    assert await records.visits_of(person) == 1
    await tablet.greets()


async def test_it_speaks_spanish_to_whoever_does(tablet: Tablet, records: Records, somebody: Callable[[str], Person]) -> None:
    person = somebody("EXPIRED")
    await prefer(records, "es", person)
    await tablet.find(person)
    await tablet.button("Registrarme").tap()
    await expect(tablet.page.get_by_role("main").get_by_text("Hable con nosotros en recepción para renovar.")).to_be_visible()
    await expect(tablet.page.locator("html")).to_have_attribute("lang", "es")
    await tablet.greets("en")
    await tablet.tap("Español")
    await tablet.greets("es")
    assert await records.visits_of(person) == 1


async def test_a_family_is_told_apart_and_not_me_leads_back(tablet: Tablet, records: Records, somebody: Callable[[str], Person]) -> None:
    mother, child, other = somebody("ACTIVE"), somebody("ACTIVE"), somebody("EXPIRING")
    for one in (child, other):
        await run(
            records,
            "UPDATE clients SET guardian_phone = :phone, kiosk_colour = 'teal', kiosk_picture = 'owl'"
            " WHERE first_name = :first AND last_name = :last",
            one,
            phone=f"+1{digits(mother)}",
        )
    await tablet.find(mother)
    await expect(tablet.heading).to_have_text("Who are you?")
    people = tablet.page.get_by_role("list", name="People with this number").get_by_role("button")
    assert sorted(await people.locator(".name").all_inner_texts()) == sorted(called(one) for one in (mother, child, other))
    await tablet.tap("Not me")
    await tablet.greets()
    await tablet.find(mother)
    await people.filter(has_text=called(child)).tap()
    await expect(tablet.heading).to_have_text("You’re checked in!")
    assert [await records.visits_of(one) for one in (mother, child, other)] == [0, 1, 0]


async def test_a_card_checks_in_without_a_question_wherever_it_is_held_up(
    tablet: Tablet, records: Records, somebody: Callable[[str], Person]
) -> None:
    first, second = somebody("ACTIVE"), somebody("ACTIVE")
    await give_code(records, first, "TEST-CARD-1")
    await give_code(records, second, "TEST-CARD-2")
    await tablet.scan("test-card-1")
    await expect(tablet.heading).to_have_text("You’re checked in!")
    await tablet.scan("TEST-CARD-2")
    await eventually(lambda: records.visits_of(second))
    await tablet.greets()
    assert [await records.visits_of(one) for one in (first, second)] == [1, 1]


@pytest.mark.parametrize("code", ["https://evil.example/pay", "WIFI:S:guests;T:WPA;P:secret;;", "mailto:somebody@example.test"])
async def test_what_is_no_card_is_said_kindly(tablet: Tablet, code: str) -> None:
    await tablet.scan(code)
    await expect(tablet.heading).to_have_text("That is not one of our cards")
    assert tablet.page.url.endswith("/kiosk")
    await tablet.button("Back").or_(tablet.button("Start again")).first.tap()
    await tablet.greets()


async def test_half_a_number_and_a_strangers_are_a_kind_sentence(tablet: Tablet) -> None:
    await tablet.type("66155")
    await tablet.tap("Next")
    await expect(tablet.heading).to_have_text("That number is not complete")
    await tablet.button("Start again").tap()
    await tablet.type("2135559999")
    await tablet.tap("Next")
    await expect(tablet.heading).to_have_text("Please see the desk")
    await tablet.tap("Close")
    await tablet.greets()


async def test_unknown_blocked_and_archived_look_alike(tablet: Tablet, records: Records, somebody: Callable[[str], Person]) -> None:
    blocked, archived = somebody("NONE"), somebody("ACTIVE")
    await give_policy(records, blocked, "BLOCK")
    looks = []
    async with records.archived(archived):
        for number in (digits(blocked), digits(archived), "2135559998"):
            await tablet.type(number)
            await tablet.tap("Next")
            await expect(tablet.heading).to_have_text("Please see the desk")
            looks.append(await tablet.page.locator("main").inner_text())
            await tablet.tap("Close")
            await tablet.greets()
    assert looks[0] == looks[1] == looks[2]


async def test_who_has_to_ask_is_sent_to_a_desk_that_knows(
    tablet: Tablet, browsing: Browsing, staff: SignIn, records: Records, somebody: Callable[[str], Person]
) -> None:
    person = somebody("NONE")
    await give_policy(records, person, "ASK_STAFF")
    desk = await browsing.signed_in(staff)
    await tablet.check_in(person)
    await expect(tablet.heading).to_have_text("Please go to the desk")
    await expect(desk.get_by_text(person.name).first).to_be_visible()
    assert await records.visits_of(person) == 0


async def test_ten_taps_are_one_visit(tablet: Tablet, records: Records, somebody: Callable[[str], Person]) -> None:
    person = somebody("ACTIVE")
    await tablet.find(person)
    button = tablet.button("Check in")
    await expect(button).to_be_visible()
    await tablet.page.wait_for_timeout(400)
    box = await button.bounding_box()
    assert box is not None
    for _ in range(10):
        await tablet.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await expect(tablet.heading).to_have_text("You’re checked in!")
    await tablet.greets()
    assert await records.visits_of(person) == 1


async def test_nothing_of_the_last_person_is_left(tablet: Tablet, records: Records, somebody: Callable[[str], Person]) -> None:
    person = somebody("ACTIVE")
    await give_code(records, person, "LEFT-BEHIND-9")
    await tablet.check_in(person)
    await expect(tablet.heading).to_have_text("You’re checked in!")
    await tablet.greets()
    await tablet.find(person)
    await expect(tablet.heading).to_have_text(called(person))
    # Nobody touches it any more.
    await tablet.greets(timeout=30_000)
    await tablet.scan("LEFT-BEHIND-9")
    await expect(tablet.heading).to_have_text("You’re already checked in")
    await tablet.greets()
    kept = await tablet.kept()
    for secret in (person.first, person.last, digits(person), "LEFT-BEHIND", person.email):
        assert secret not in kept
    assert await tablet.page.evaluate("history.length") <= 2


async def test_comfort_is_kept_with_the_client(tablet: Tablet, records: Records, somebody: Callable[[str], Person]) -> None:
    person = somebody("ACTIVE")
    await run(records, "UPDATE clients SET large_text = true, no_motion = true WHERE first_name = :first AND last_name = :last", person)
    await tablet.find(person)
    root = tablet.page.locator("html")
    await expect(root).to_have_attribute("data-large", "")
    await expect(root).to_have_attribute("data-still", "")
    await tablet.tap("Not me")
    await expect(root).not_to_have_attribute("data-large", "")


async def test_a_first_time_visitor_tells_the_desk_where_it_is_allowed(
    tablet: Tablet, clerk: Clerk, browsing: Browsing, staff: SignIn
) -> None:
    await expect(tablet.page.get_by_text("First time here?")).to_have_count(0)
    await clerk.change_settings(walkIn=True)
    await tablet.page.get_by_text("First time here?").tap(timeout=15_000)
    page = tablet.page
    await page.get_by_label("First name").fill("Robin")
    await page.get_by_label("Last name").fill("Newcomer")
    await tablet.tap("Tell the desk")
    await expect(tablet.heading).to_have_text("Welcome!")
    inbox = await browsing.signed_in(staff, "/kiosk-inbox")
    await expect(inbox.get_by_text("Robin Newcomer").first).to_be_visible()
    await tablet.greets()
    assert "Newcomer" not in await tablet.kept()


async def test_leaving_takes_the_pin_or_the_code_of_the_staff(tablet: Tablet, clerk: Clerk) -> None:
    await clerk.change_settings(exitPin="4711")
    await tablet.page.wait_for_timeout(4_500)
    await tablet.tap("For staff: open the lock")
    await tablet.type("1234")
    await tablet.tap("Unlock")
    await expect(tablet.page.get_by_text("That was not right.")).to_be_visible()
    await tablet.type("4711")
    await tablet.tap("Unlock")
    await expect(tablet.heading).to_have_text("Unlocked", timeout=15_000)
    await tablet.tap("Back to the kiosk")
    await tablet.greets()
    await tablet.scan(await clerk.ask("KioskExitCode"))
    await expect(tablet.heading).to_have_text("Unlocked", timeout=15_000)


async def test_a_revoked_kiosk_is_told_within_five_seconds_and_forgets(
    tablet: Tablet, clerk: Clerk, browsing: Browsing, somebody: Callable[[str], Person]
) -> None:
    browsing.expect_failed_requests()
    await tablet.has_roster()
    (kiosk,) = [one for one in await clerk.ask("KiosksPage", revoked=False) if one["name"] == "Front door"]
    await clerk.ask("RevokeKiosk", input={"id": kiosk["id"]})
    await expect(tablet.heading).to_have_text("This kiosk was switched off", timeout=5_000)
    await asyncio.sleep(0.5)
    kept = await tablet.kept()
    assert "krk_" not in kept
    assert "Front door" not in kept
    assert not await tablet.page.evaluate("async () => (await indexedDB.databases()).length > 1")
    await tablet.tap("Pair again")
    assert len((await tablet.code()).replace("-", "")) == 8


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
async def test_every_screen_is_accessible_and_large_enough_to_press(
    browsing: Browsing, clerk: Clerk, somebody: Callable[[str], Person], size: ViewportSize
) -> None:
    tablet = Tablet(await Tablet.context_page(browsing, viewport=size))
    page = tablet.page
    await tablet.open()
    await tablet.code()
    found: dict[str, object] = {}

    async def look(name: str) -> None:
        for theme in ("dark", "light"):
            await page.emulate_media(color_scheme=theme)
            found[f"{name}, {theme}"] = await violations(page)
        for button in await page.get_by_role("button").all():
            box = await button.bounding_box()
            if box is not None and await button.is_visible() and min(box["width"], box["height"]) < SMALLEST:
                found[f"{name}: {await button.inner_text()}"] = box
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    await look("pairing")
    await tablet.approve(clerk, "Front door")
    await look("greeting")
    person = somebody("ACTIVE")
    await tablet.find(person)
    await expect(tablet.heading).to_have_text(called(person))
    await look("one person")
    await tablet.tap("Check in")
    await expect(tablet.heading).to_have_text("You’re checked in!")
    await tablet.greets()
    await tablet.tap("Español")
    await expect(tablet.heading).to_have_text(GREETING["es"])
    await look("in Spanish")
    await tablet.tap("English")
    await tablet.tap("For staff: open the lock")
    await look("leaving")
    await tablet.tap("Start again")
    await page.evaluate(REFUSE)
    await page.get_by_text("Scan my card").tap()
    await expect(tablet.heading).to_have_text("The camera is not allowed here")
    await look("no camera")
    await tablet.tap("Type the code")
    await tablet.tap("Next")
    await expect(page.get_by_text("That is not one of our codes.")).to_be_visible()
    await look("typing a code")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
