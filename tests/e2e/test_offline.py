"""The network or the server goes away and comes back: the desk says so, and a check-in counts once."""

from playwright.async_api import Route, expect

from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk, LoginForm
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn
from tests.e2e.running import RunningStack


async def test_network_goes_and_comes_back(desk: Desk, client: Person, records: Records, browsing: Browsing) -> None:
    browsing.expect_failed_requests()
    page = desk.page
    lost = page.get_by_text("No connection to the server.")
    await desk.find(client)
    await page.context.set_offline(True)
    await expect(lost).to_be_visible()
    await desk.field.press("Enter")
    await desk.confirms(client, "Not confirmed yet")
    await expect(desk.band).to_contain_text("counts once")
    await desk.field.press("Escape")
    await expect(desk.unsent).to_contain_text(client.name)
    assert await records.visits_of(client) == 0
    await page.context.set_offline(False)
    await expect(lost).to_have_count(0)
    await expect(desk.unsent).to_have_count(0)
    await expect(desk.in_feed(client)).to_have_count(1)
    assert await records.visits_of(client) == 1


async def test_answer_is_lost_after_the_visit_was_made(desk: Desk, client: Person, records: Records, browsing: Browsing) -> None:
    """The worst moment: the server has it, the desk doesn't know."""
    browsing.expect_failed_requests()
    page = desk.page
    await desk.find(client)
    cut: list[str] = []

    async def swallow(route: Route) -> None:
        if not cut and '"CheckIn"' in (route.request.post_data or ""):
            await route.fetch()
            cut.append(route.request.url)
            await route.abort("connectionreset")
        else:
            await route.fallback()

    await page.route("**/graphql", swallow)
    await desk.field.press("Enter")
    await desk.confirms(client, "Checked in")
    assert cut
    assert await records.visits_of(client) == 1
    await expect(desk.in_feed(client)).to_have_count(1)


async def test_server_goes_and_comes_back(desk: Desk, client: Person, records: Records, stack: RunningStack, browsing: Browsing) -> None:
    browsing.expect_failed_requests()
    page = desk.page
    lost = page.get_by_text("No connection to the server.")
    await desk.find(client)
    stack.take_api_down()
    try:
        await desk.field.press("Enter")
        await desk.confirms(client, "Not confirmed yet")
        await expect(lost).to_be_visible()
        await desk.search("typed meanwhile")
    finally:
        stack.bring_api_back()
    await expect(lost).to_have_count(0, timeout=30_000)
    await expect(desk.in_feed(client)).to_have_count(1)
    await expect(desk.unsent).to_have_count(0)
    await expect(desk.field).to_have_value("typed meanwhile")
    assert await records.visits_of(client) == 1
    # The live feed is back as well.
    other = await browsing.signed_in(await records.make_user(), "/check-ins")
    await other.get_by_role("button", name=f"More about {client.name}").first.click()
    await other.get_by_role("menuitem", name="Void visit", exact=True).click()
    dialog = other.get_by_role("dialog", name=f"Void the visit of {client.name}?")
    await dialog.get_by_label("Reason").fill("a trial")
    await dialog.get_by_role("button", name="Void visit").click()
    await expect(desk.in_feed(client)).to_contain_text("voided", timeout=30_000)


async def test_page_opened_while_the_server_is_away_opens_by_itself(
    browsing: Browsing, staff: SignIn, records: Records, stack: RunningStack
) -> None:
    browsing.expect_failed_requests()
    stack.take_api_down()
    try:
        page = await browsing.page("/")
        await expect(page.get_by_text("No connection to the server.")).to_be_visible()
    finally:
        stack.bring_api_back()
    await LoginForm(page).sign_in(staff.username, staff.password)
    await Desk(page).is_ready()
