"""The dashboard: figures that follow the door, lists that lead to the table, in both languages, themes and widths."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Locator, Page, Route, expect
from sqlalchemy import text

from backend.reports import service
from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk
from tests.e2e.people import Person
from tests.e2e.records import OPERATOR, Records, SignIn
from tests.e2e.running import RunningStack

PAST_VISITS = text(
    """
    INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, station_id, standing_status, policy)
    SELECT gen_random_uuid(), :client, at, CAST(at AT TIME ZONE :zone AS date), 'STAFF', (SELECT min(id) FROM stations), 'ACTIVE', 'REMIND'
    FROM generate_series(now() - interval '70 days', now() - interval '35 days', interval '29 hours') at
    """
)
SEEN = text(
    """
    UPDATE clients c SET first_check_in_at = v.first, last_check_in_at = v.last
    FROM (SELECT min(happened_at) AS first, max(happened_at) AS last FROM check_ins WHERE client_id = :client) v WHERE c.id = :client
    """
)


@pytest.fixture
async def long_gone(records: Records, stack: RunningStack, somebody: Callable[[str], Person]) -> AsyncIterator[Person]:
    """Somebody who came every other day until five weeks ago."""
    person = somebody("ACTIVE")
    zone = ZoneInfo(stack.environment["CENTRE_TIMEZONE"])
    values = {"client": await records.id_of(person), "zone": zone.key}
    async with records.database.writing(OPERATOR) as uow:
        await uow.execute(PAST_VISITS, values)
        await uow.execute(SEEN, values)
        await service.roll_up_everything(uow, zone)
    yield person
    async with records.database.writing(OPERATOR) as uow:
        await uow.execute(text("DELETE FROM check_ins WHERE client_id = :client"), values)
        await uow.execute(text("DELETE FROM visit_rollup"))
        await uow.execute(SEEN, values)
        await service.roll_up_everything(uow, zone)


def part(page: Page, name: str) -> Locator:
    """A section of the dashboard by its heading."""
    return page.get_by_role("region", name=name, exact=True)


def visits(page: Page, span: str = "today") -> Locator:
    return page.get_by_test_id(f"visits-{span}")


async def opened(browsing: Browsing, staff: SignIn, **options: Any) -> Page:
    page = await browsing.signed_in(staff, "/dashboard", **options)
    await expect(visits(page)).to_have_text(re.compile(r"^[\d,.]+$"))
    return page


async def test_the_figures_follow_the_door_without_reloading(browsing: Browsing, desk: Desk, staff: SignIn, client: Person) -> None:
    page = await opened(browsing, staff)
    before = {span: int(await visits(page, span).inner_text()) for span in ("today", "week", "month")}
    box = await visits(page).bounding_box()
    await desk.check_in(client)
    await desk.confirms(client)
    for span, count in before.items():
        await expect(visits(page, span)).to_have_text(str(count + 1))
    assert await visits(page).bounding_box() == box
    await expect(part(page, "By station").get_by_role("row").nth(1)).to_contain_text(re.compile(r"\d"))
    await desk.band.get_by_role("button", name="Undo").click()
    await expect(visits(page)).to_have_text(str(before["today"]))


@pytest.mark.usefixtures("long_gone")
async def test_figures_are_compared_in_words(browsing: Browsing, staff: SignIn) -> None:
    page = await opened(browsing, staff)
    await expect(part(page, "Today")).to_contain_text(re.compile(r"(more than|fewer than|As many as) yesterday by now \(\d+\)"))
    await expect(part(page, "This month")).to_contain_text(re.compile(r"last month by now \([\d,]+\)"))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Expiring soon", r"/clients\?standing=expiring\b"),
        ("Expired", r"/clients\?standing=expired\b"),
        ("Inactive for 30 days", r"/clients\?visited=not30\b"),
    ],
)
async def test_a_list_leads_to_the_table_with_as_many_clients(
    browsing: Browsing, staff: SignIn, long_gone: Person, name: str, address: str
) -> None:
    page = await opened(browsing, staff)
    total = await part(page, name).get_by_test_id("total").inner_text()
    listed = await part(page, name).get_by_role("listitem").get_by_role("link").all_inner_texts()
    assert 1 <= len(listed) <= 5
    assert (long_gone.name in listed) == (name == "Inactive for 30 days")
    await part(page, name).get_by_role("link", name=re.compile(f"^{name}: Show {total}$")).click()
    await expect(page).to_have_url(re.compile(address))
    await expect(page.get_by_role("status").filter(has_text=re.compile(rf"^\s*{total} client"))).to_be_visible()
    for each in listed:
        await expect(page.get_by_role("link", name=each, exact=True)).to_be_visible()


@pytest.mark.usefixtures("long_gone")
async def test_the_heat_map_is_a_table_for_who_listens(browsing: Browsing, staff: SignIn) -> None:
    page = await opened(browsing, staff)
    table = part(page, "When people come").get_by_role("table", name="Visits by weekday and hour")
    await expect(table.get_by_role("rowheader")).to_have_count(7)
    await expect(table.get_by_role("rowheader").first).to_contain_text("Monday")
    await expect(table.get_by_role("columnheader").first).to_contain_text(":00")
    numbers = await table.get_by_role("cell").all_inner_texts()
    assert sum(int(number) for number in numbers if number.strip().isdigit()) >= 20


async def test_in_spanish(browsing: Browsing, records: Records, staff: SignIn) -> None:
    await records.let_speak("es", staff)
    page = await opened(browsing, staff)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Panel")
    await expect(part(page, "Hoy")).to_contain_text("ayer a esta hora")
    await expect(part(page, "Vencen pronto").get_by_role("link").last).to_contain_text("Ver")


async def test_with_the_keyboard_alone(browsing: Browsing, staff: SignIn) -> None:
    page = await opened(browsing, staff)
    link = part(page, "Expired").get_by_role("link").last
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await link.evaluate("element => element === document.activeElement"):
            break
    await expect(link).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(r"/clients\?standing=expired"))


async def test_what_could_not_be_read_is_said_and_tried_again(browsing: Browsing, staff: SignIn) -> None:
    browsing.expect_failed_requests()
    page = await browsing.page("/login")
    await browsing.sign_in(page.context, staff)
    broken = True

    async def answer(route: Route) -> None:
        if broken and "Dashboard" in (route.request.post_data or ""):
            # No outage: after one the page would read again by itself, before the button is pressed.
            await route.fulfill(status=500, json={"errors": [{"message": "", "extensions": {"code": "INTERNAL"}}]})
        else:
            await route.continue_()

    await page.route("**/graphql", answer)
    await page.goto("/dashboard")
    await expect(page.get_by_role("alert")).to_contain_text("That did not load")
    broken = False
    await page.get_by_role("alert").get_by_role("button", name="Try again").click()
    await expect(visits(page)).to_have_text(re.compile(r"^\d+$"))
    await expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.usefixtures("long_gone")
async def test_axe_finds_nothing(browsing: Browsing, staff: SignIn, look: dict[str, Any], check: Callable[[Page, str], Any]) -> None:
    await check(await opened(browsing, staff, **look), "dashboard")
