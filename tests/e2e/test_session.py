"""Sessions that end during work, in another tab, or elsewhere: nothing typed is lost, nothing stays on the screen."""

import re

from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk, LoginForm, choose_in_menu, sign_in_again, sign_in_again_as
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn, eventually


async def test_search_survives_the_end_of_the_session(
    desk: Desk, client: Person, records: Records, staff: SignIn, browsing: Browsing
) -> None:
    browsing.expect_failed_requests()
    await desk.find(client)
    await records.end_sessions(staff)
    await sign_in_again_as(desk.page, staff)
    await expect(desk.field).to_have_value(client.name)
    await expect(desk.field).to_be_focused()
    await expect(desk.found).to_contain_text(client.name)
    await desk.field.press("Enter")
    await desk.confirms(client)
    await expect(desk.in_feed(client)).to_be_visible()
    assert await records.visits_of(client) == 1


async def test_check_in_that_met_the_end_of_the_session_completes(
    browsing: Browsing, client: Person, records: Records, staff: SignIn
) -> None:
    browsing.expect_failed_requests()
    page = await browsing.signed_in(staff)
    desk = Desk(page)
    await desk.find(client)
    await desk.field.press("ArrowRight")
    button = page.get_by_role("button", name="Check in", exact=True)
    await expect(button).to_be_visible()
    await _ends_the_session_without_a_sign(page, records, staff)
    await button.click()
    await expect(sign_in_again(page)).to_be_visible()
    assert await records.visits_of(client) == 0
    await sign_in_again_as(page, staff)
    await expect(desk.band).to_contain_text("Checked in")
    assert await records.visits_of(client) == 1


async def test_wrong_password_over_the_page_is_said_there(desk: Desk, records: Records, staff: SignIn, browsing: Browsing) -> None:
    browsing.expect_failed_requests()
    await desk.search("Zamo")
    await records.end_sessions(staff)
    dialog = sign_in_again(desk.page)
    form = LoginForm(dialog)
    await form.password.fill("not the password")
    await form.password.press("Enter")
    await expect(form.problem).to_contain_text("Email, username or password is wrong.")
    await desk.page.keyboard.press("Escape")
    await expect(dialog).to_be_visible()
    await sign_in_again_as(desk.page, staff)
    await expect(desk.field).to_have_value("Zamo")


async def test_leaving_instead_shows_nothing_of_the_page(
    desk: Desk, client: Person, records: Records, staff: SignIn, browsing: Browsing
) -> None:
    browsing.expect_failed_requests()
    await desk.find(client)
    await records.end_sessions(staff)
    await sign_in_again(desk.page).get_by_role("button", name="Leave and sign in as someone else").click()
    await expect(desk.page).to_have_url(re.compile("/login$"))
    await expect(desk.page.get_by_text(client.name)).to_have_count(0)


async def test_signing_out_ends_the_other_tab(desk: Desk, staff: SignIn) -> None:
    other = await desk.page.context.new_page()
    await other.goto("/clients")
    await expect(other.get_by_role("table")).to_be_visible()
    await choose_in_menu(desk.page, staff, "menuitem", "Sign out")
    for page in (desk.page, other):
        await expect(page).to_have_url(re.compile("/login$"))
        await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await expect(other.get_by_role("table")).to_have_count(0)
    await other.goto("/clients")
    await expect(other).to_have_url(re.compile(r"/login\?to=/clients$"))


async def test_reload_and_many_tabs_stay_signed_in(desk: Desk) -> None:
    await desk.page.reload()
    await desk.is_ready()
    tabs = [await desk.page.context.new_page() for _ in range(4)]
    for tab in tabs:
        await tab.goto("/", wait_until="commit")
    for tab in tabs:
        await expect(tab.get_by_role("combobox", name="Find a client")).to_be_visible()
    await desk.page.reload()
    await desk.is_ready()


async def _ends_the_session_without_a_sign(page: Page, records: Records, staff: SignIn) -> None:
    """End it, and wait until the server refuses its token, while the page has not noticed."""
    async with page.expect_request("**/graphql") as asked:
        await page.keyboard.press("Control+k")
        await page.keyboard.type("Zamorano")
    request = await asked.value
    await expect(page.get_by_role("option").first).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    headers = {"Authorization": (await request.all_headers())["authorization"], "X-KRC-Client": "spa"}
    await records.end_sessions(staff)

    async def is_refused() -> bool:
        answer = await page.request.post("/graphql", data=request.post_data_json, headers=headers, fail_on_status_code=False)
        return "UNAUTHENTICATED" in await answer.text()

    await eventually(is_refused)
