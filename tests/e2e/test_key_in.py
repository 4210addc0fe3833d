"""Keying in from paper: fast, at the true time, once; and what can't be right is said where it stands."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, Page, Route, expect
from sqlalchemy import text

from tests.e2e.accessibility import violations
from tests.e2e.browsing import PHONE, Browsing
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn, eventually
from tests.e2e.running import zone_at_midday
from tests.e2e.test_scanning import scan
from tests.e2e.visit_rows import give_code, run

# Milliseconds from key to key: faster is a scanner.
BY_HAND = 70
VISITS = text(
    "SELECT v.happened_at, v.checked_out_at, v.station_id FROM check_ins v JOIN clients c ON c.id = v.client_id "
    "WHERE c.first_name = :first AND c.last_name = :last AND v.voided_at IS NULL ORDER BY v.happened_at"
)


class Paper:
    """The page, as somebody uses it who has a pile of paper."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.client = page.get_by_role("combobox", name="Client")
        self.came = page.get_by_label("Time in")
        self.left = page.get_by_label("Time out")
        self.day = page.get_by_label("Day", exact=True)

    def row(self, person: Person) -> Locator:
        return self.page.get_by_role("row").filter(has=self.page.get_by_role("link", name=person.name, exact=True))

    async def key_in(self, person: Person, came: str, left: str = "") -> None:
        await self.client.fill(person.name)
        await self.client.press("Enter")
        await expect(self.came).to_be_focused()
        await self.page.keyboard.type(came, delay=BY_HAND)
        if left:
            await self.page.keyboard.press("Tab")
            await self.page.keyboard.type(left, delay=BY_HAND)
        await self.page.keyboard.press("Enter")


@pytest.fixture
async def paper(browsing: Browsing, staff: SignIn) -> Paper:
    opened = Paper(await browsing.signed_in(staff, "/key-in"))
    await expect(opened.client).to_be_focused()
    return opened


async def visits(records: Records, person: Person) -> list[Any]:
    async with records.database.reading() as reader:
        return list(await reader.rows(VISITS, {"first": person.first, "last": person.last}))


def yesterday(hour: int, minute: int) -> datetime:
    here = datetime.now(zone_at_midday()) - timedelta(days=1)
    return here.replace(hour=hour, minute=minute, second=0, microsecond=0)


async def test_a_pile_of_paper_without_touching_the_mouse(paper: Paper, somebody: Callable[[str], Person], records: Records) -> None:
    first, second = somebody("ACTIVE"), somebody("EXPIRED")
    await give_code(records, first, "KRC-PA01")
    # The centre is open every day, so it begins with yesterday.
    await expect(paper.day).to_have_value(f"{yesterday(0, 0):%Y-%m-%d}")
    await scan(paper.page, "KRC-PA01")
    await expect(paper.client).to_have_value(first.name)
    await expect(paper.came).to_be_focused()
    await paper.page.keyboard.type("1832", delay=BY_HAND)
    await expect(paper.page.get_by_text("Read as 18:32")).to_be_visible()
    await paper.page.keyboard.press("Enter")
    await expect(paper.row(first)).to_contain_text("Recorded")
    # The next line begins at once, on the same day.
    await expect(paper.client).to_be_focused()
    await expect(paper.client).to_have_value("")
    await paper.key_in(second, "6:05 pm", "20:40")
    await expect(paper.row(second)).to_contain_text("Recorded")
    await expect(paper.row(second)).to_contain_text("18:05 to 20:40")
    assert await violations(paper.page) == []
    recorded = await visits(records, first)
    assert [visit.happened_at for visit in recorded] == [yesterday(18, 32)]
    assert recorded[0].station_id is not None, "the device's own station"
    recorded = await visits(records, second)
    assert [(visit.happened_at, visit.checked_out_at) for visit in recorded] == [(yesterday(18, 5), yesterday(20, 40))]

    # The same sheet a second time counts nothing twice; a mistake is taken back.
    await paper.key_in(first, "18:35")
    await expect(paper.row(first).first).to_contain_text("Counted already at 18:32")
    await expect(paper.row(first).first.get_by_role("button")).to_have_count(0)
    await paper.row(second).get_by_role("button", name=f"Undo the visit of {second.name} at 18:05").click()
    await expect(paper.row(second)).to_contain_text("Undone")
    assert (await records.visits_of(first), await records.visits_of(second)) == (1, 0)


async def test_nobody_is_guessed_and_no_time_is(paper: Paper, somebody: Callable[[str], Person], records: Records) -> None:
    person, twin = somebody("ACTIVE"), somebody("ACTIVE")
    await paper.client.fill("a")
    await expect(paper.page.get_by_role("listbox").get_by_role("option").nth(1)).to_be_visible()
    await paper.client.press("Enter")
    await expect(paper.page.get_by_text("Several people fit. Type more, or choose with the arrow keys and Enter.")).to_be_visible()
    assert await violations(paper.page) == []

    await paper.client.fill("NO-SUCH-CODE-77")
    await paper.client.press("Enter")
    await expect(paper.page.get_by_text("Nobody has the name or code “NO-SUCH-CODE-77”.")).to_be_visible()
    await give_code(records, person, "KRC-PB01")
    await give_code(records, twin, "KRCPB01")
    await scan(paper.page, "krc-pb-01")
    await expect(paper.page.get_by_text("Several clients have the code “krc-pb-01”.")).to_be_visible()
    await run(records, "UPDATE clients SET member_code = NULL WHERE first_name = :first AND last_name = :last", twin)

    # Typed without a hyphen it is the same code.
    await paper.client.fill("krcpb01")
    await paper.client.press("Enter")
    await expect(paper.client).to_have_value(person.name)
    for typed, said in (
        ("", "Type the time that stands on the paper."),
        ("late", "This is not a time."),
        ("6:32", "The centre was closed at 06:32. Type 18:32 if the evening is meant"),
    ):
        await paper.came.fill(typed)
        await paper.came.press("Enter")
        await expect(paper.page.get_by_text(said)).to_be_visible()
    await paper.came.fill("18:32")
    await paper.left.fill("17:00")
    await paper.left.press("Enter")
    await expect(paper.page.get_by_text("Nobody leaves before they came.")).to_be_visible()
    await paper.day.fill(f"{datetime.now(zone_at_midday()):%Y-%m-%d}")
    await paper.left.fill("")
    await paper.came.fill("23:59")
    await paper.came.press("Enter")
    await expect(paper.page.get_by_text("This time is still to come.")).to_be_visible()
    assert await violations(paper.page) == []
    assert await records.visits_of(person) == 0


async def test_a_line_outlives_the_network_and_counts_once(
    browsing: Browsing, staff: SignIn, somebody: Callable[[str], Person], records: Records
) -> None:
    browsing.expect_failed_requests()
    paper = Paper(await browsing.signed_in(staff, "/check-ins"))
    await paper.page.get_by_role("link", name="Key in from paper").click()
    # The page that is left has a field for a client too.
    await expect(paper.client).to_be_focused()
    person = somebody("ACTIVE")
    cut: list[str] = []

    async def swallow(route: Route) -> None:
        if not cut and '"KeyInVisit"' in (route.request.post_data or ""):
            # The worst moment: the server has it, the page doesn't know.
            await route.fetch()
            cut.append(route.request.url)
            await paper.page.context.set_offline(True)
            await route.abort("connectionreset")
        else:
            await route.fallback()

    await paper.page.route("**/graphql", swallow)
    await paper.key_in(person, "19:15")
    await expect(paper.row(person)).to_contain_text("Not sent yet. It is sent when the connection is back.")
    await expect(paper.page.get_by_text("1 line is not sent yet")).to_be_visible()
    assert await violations(paper.page) == []
    assert cut
    # Another page, and back: the line is still there.
    await paper.page.get_by_role("link", name="Check-ins", exact=True).click()
    await paper.page.context.set_offline(False)
    await paper.page.get_by_role("link", name="Key in from paper").click()
    await expect(paper.row(person)).to_contain_text("Recorded")
    await expect(paper.page.get_by_text("1 line is not sent yet")).to_have_count(0)
    assert await records.visits_of(person) == 1


async def test_who_was_archived_is_refused_in_a_sentence_and_the_line_can_be_corrected(
    paper: Paper, somebody: Callable[[str], Person], records: Records
) -> None:
    person, right = somebody("ACTIVE"), somebody("ACTIVE")
    await paper.client.fill(person.name)
    await paper.client.press("Enter")
    await expect(paper.came).to_be_focused()
    async with records.archived(person):
        await paper.page.keyboard.type("1900", delay=BY_HAND)
        await paper.page.keyboard.press("Enter")
        await expect(paper.row(person)).to_contain_text("this client is archived")
    await paper.row(person).get_by_role("button", name=f"Correct the line of {person.name} at 19:00").click()
    await expect(paper.row(person)).to_have_count(0)
    await expect(paper.client).to_have_value(person.name)
    await expect(paper.came).to_have_value("19:00")
    await paper.client.fill(right.name)
    await paper.client.press("Enter")
    await expect(paper.came).to_be_focused()
    await paper.page.keyboard.press("Enter")
    await expect(paper.row(right)).to_contain_text("Recorded")
    assert (await records.visits_of(person), await records.visits_of(right)) == (0, 1)


async def test_it_is_found_from_the_check_ins_and_the_palette_and_fits_a_phone(browsing: Browsing, staff: SignIn, records: Records) -> None:
    await records.let_speak("es", staff)
    page = await browsing.signed_in(staff, "/check-ins", viewport=PHONE)
    await page.get_by_role("link", name="Pasar del papel").click()
    await expect(page.get_by_role("heading", name="Pasar del papel", level=1)).to_be_visible()
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.goto("/")
    await expect(page.get_by_role("heading", name="Recepción", level=1)).to_be_visible()
    await page.keyboard.press("Control+K")
    await page.get_by_role("combobox", name="Busque un cliente o un comando").fill("papel")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Pasar del papel", level=1)).to_be_visible()


async def test_nothing_is_lost_when_the_tab_closes_with_a_line_that_waits(paper: Paper, client: Person, browsing: Browsing) -> None:
    browsing.expect_failed_requests()
    await paper.client.fill(client.name)
    await paper.client.press("Enter")
    await expect(paper.came).to_be_focused()
    await paper.page.context.set_offline(True)
    await paper.page.keyboard.type("1832", delay=BY_HAND)
    await paper.page.keyboard.press("Enter")
    await expect(paper.row(client)).to_contain_text("Not sent yet")
    asked: list[str] = []

    async def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        await dialog.dismiss()

    paper.page.on("dialog", stay)
    await paper.page.close(run_before_unload=True)

    async def was_asked() -> bool:
        return asked == ["beforeunload"]

    await eventually(was_asked)
    await expect(paper.row(client)).to_contain_text("Not sent yet")
