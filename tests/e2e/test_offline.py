"""The network or the server goes away and comes back: the desk says so, and a check-in counts once, whatever becomes of the tab."""

from playwright.async_api import Page, Route, expect

from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk, LoginForm, choose_in_menu
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn, eventually
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


async def test_undo_without_an_answer_says_so(desk: Desk, client: Person, records: Records, browsing: Browsing) -> None:
    browsing.expect_failed_requests()
    page = desk.page
    await desk.check_in(client)
    await desk.field.press("Escape")
    undo = desk.feed.get_by_role("button", name=f"Undo the check-in of {client.name}")
    await expect(undo).to_be_visible()
    await page.context.set_offline(True)
    await undo.click()
    await expect(page.get_by_role("region", name="Notices").get_by_text("The server can’t be reached")).to_be_visible()
    await page.context.set_offline(False)
    assert await records.visits_of(client) == 1
    await undo.click()
    await expect(desk.in_feed(client)).to_contain_text("voided")
    assert await records.visits_of(client) == 0


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


async def test_check_in_without_an_answer_survives_a_reload(
    desk: Desk, client: Person, records: Records, stack: RunningStack, browsing: Browsing
) -> None:
    browsing.expect_failed_requests()
    page = desk.page
    await desk.find(client)
    stack.take_api_down()
    try:
        await desk.field.press("Enter")
        await desk.confirms(client, "Not confirmed yet")
        kept = await page.evaluate("JSON.stringify(localStorage)")
        assert client.first not in kept
        assert client.last not in kept
        await page.reload()
        await expect(page.get_by_text("No connection to the server.")).to_be_visible()
    finally:
        stack.bring_api_back()
    await expect(desk.in_feed(client)).to_have_count(1, timeout=30_000)
    await expect(desk.unsent).to_have_count(0)
    assert await records.visits_of(client) == 1
    assert await _nothing_kept(page)


async def test_check_in_without_an_answer_survives_a_closed_tab(desk: Desk, client: Person, records: Records, browsing: Browsing) -> None:
    browsing.expect_failed_requests()
    context = desk.page.context
    await desk.find(client)
    await context.set_offline(True)
    await desk.field.press("Enter")
    await desk.confirms(client, "Not confirmed yet")
    await desk.page.close()
    await context.set_offline(False)
    later = Desk(await context.new_page())
    # Wherever it opens: nobody has to know that the desk would send it.
    await later.page.goto("/dashboard")
    await eventually(lambda: _nothing_kept(later.page))
    await later.page.goto("/")
    await expect(later.in_feed(client)).to_have_count(1)
    assert await records.visits_of(client) == 1


async def test_refusal_that_comes_late_is_seen_until_somebody_has_looked(
    desk: Desk, client: Person, records: Records, browsing: Browsing
) -> None:
    browsing.expect_failed_requests()
    page = desk.page
    await desk.find(client)
    await page.context.set_offline(True)
    await desk.field.press("Enter")
    await desk.confirms(client, "Not confirmed yet")
    async with records.archived(client):
        await page.context.set_offline(False)
        await desk.confirms(client, "is archived")
    await page.reload()
    unheard = page.get_by_role("list", name="Check-ins that were not made")
    await expect(unheard).to_contain_text(client.name)
    await expect(unheard).to_contain_text("Not checked in")
    await unheard.get_by_role("button", name=f"Look at the check-in of {client.name}").click()
    await desk.confirms(client, "is archived")
    await desk.band.get_by_role("button", name="Close").click()
    await page.reload()
    await desk.is_ready()
    await expect(unheard).to_have_count(0)
    assert await records.visits_of(client) == 0


async def test_signing_out_asks_before_it_drops_a_check_in(
    desk: Desk, client: Person, records: Records, staff: SignIn, stack: RunningStack, browsing: Browsing
) -> None:
    browsing.expect_failed_requests()
    page = desk.page
    await desk.find(client)
    stack.take_api_down()
    try:
        await desk.field.press("Enter")
        await desk.confirms(client, "Not confirmed yet")
        asked = page.get_by_role("dialog", name="Sign out with check-ins unsent?")
        await choose_in_menu(page, staff, "menuitem", "Sign out")
        await expect(asked).to_contain_text("1 check-in has not reached the server.")
        await asked.get_by_role("button", name="Cancel").click()
        await desk.confirms(client, "Not confirmed yet")
        await choose_in_menu(page, staff, "menuitem", "Sign out")
        await asked.get_by_role("button", name="Drop and sign out").click()
        await expect(LoginForm(page).submit).to_be_visible()
        assert await _nothing_kept(page)
    finally:
        stack.bring_api_back()
    assert await records.visits_of(client) == 0


async def test_somebody_else_at_the_desk_sends_nothing_in_the_first_ones_name(
    desk: Desk, client: Person, records: Records, browsing: Browsing
) -> None:
    browsing.expect_failed_requests()
    context = desk.page.context
    await desk.find(client)
    await context.set_offline(True)
    await desk.field.press("Enter")
    await desk.confirms(client, "Not confirmed yet")
    await desk.page.close()
    await context.set_offline(False)
    await browsing.sign_in(context, await records.make_user())
    later = Desk(await context.new_page())
    await later.page.goto("/")
    await later.is_ready()
    await expect(later.page.get_by_text("1 check-in of another account waits on this device.")).to_be_visible()
    await expect(later.unsent).to_have_count(0)
    await expect(later.page.locator("main")).not_to_contain_text(client.name)
    assert await records.visits_of(client) == 0


async def _nothing_kept(page: Page) -> bool:
    """Whether this device waits for no answer."""
    return "krc.checkIn." not in await page.evaluate("JSON.stringify(localStorage)")
