"""Changing the password, by force and by choice."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk, LoginForm, choose_in_menu
from tests.e2e.records import Records, SignIn

GOOD = "seven purple lighthouses"


class ChangeForm:
    """The three fields, the checklist and the button."""

    def __init__(self, page: Page) -> None:
        self.current = page.get_by_label("Current password", exact=True)
        self.new = page.get_by_label("New password", exact=True)
        self.repeat = page.get_by_label("Repeat the new password", exact=True)
        self.rules = page.get_by_role("listitem")
        self.submit = page.get_by_role("button", name="Change password")

    async def fill(self, current: str, new: str, repeat: str | None = None) -> None:
        await self.current.fill(current)
        await self.new.fill(new)
        await self.repeat.fill(new if repeat is None else repeat)


@pytest.fixture
async def newcomer(records: Records) -> SignIn:
    return await records.make_user(must_change_password=True)


async def test_forced_change_comes_first_and_leads_to_the_desk(page: Page, newcomer: SignIn, browsing: Browsing) -> None:
    await LoginForm(page).sign_in(newcomer.username, newcomer.password)
    form = ChangeForm(page)
    await expect(page.get_by_text("Choose a new password before you go on.")).to_be_visible()
    await expect(form.current).to_be_focused()
    await form.fill(newcomer.password, GOOD)
    await form.submit.click()
    await Desk(page).is_ready()
    await page.reload()
    await Desk(page).is_ready()
    anew = await browsing.page("/login")
    await LoginForm(anew).sign_in(newcomer.username, newcomer.password)
    await expect(LoginForm(anew).problem).to_contain_text("is wrong")
    await LoginForm(anew).sign_in(newcomer.username, GOOD)
    await Desk(anew).is_ready()


async def test_no_address_leads_around_it(newcomer: SignIn, browsing: Browsing) -> None:
    page = await browsing.signed_in(newcomer, "/clients")
    await expect(page).to_have_url(re.compile("/change-password$"))
    for path in ("/", "/login", "/clients", "/nowhere"):
        await page.goto(path)
        await expect(page).to_have_url(re.compile("/change-password$"))
        await expect(page.get_by_role("heading", name="Change your password")).to_be_visible()
    await expect(page.get_by_role("navigation")).to_have_count(0)
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_checklist_is_live(newcomer: SignIn, browsing: Browsing) -> None:
    page = await browsing.signed_in(newcomer)
    form = ChangeForm(page)
    length, common, name, different, repeat = (form.rules.nth(index) for index in range(5))
    await form.current.fill(newcomer.password)
    await form.new.fill("short")
    await expect(length).to_contain_text("not yet met")
    await form.new.fill("password123")
    await expect(length).to_contain_text(", met")
    await expect(common).to_contain_text("not yet met")
    await form.new.fill(newcomer.password)
    await expect(common).to_contain_text(", met")
    await expect(different).to_contain_text("not yet met")
    await form.new.fill(newcomer.email)
    await expect(different).to_contain_text(", met")
    await expect(name).to_contain_text("not yet met")
    await form.new.fill(GOOD)
    await expect(name).to_contain_text(", met")
    await expect(repeat).to_contain_text("not yet met")
    await form.repeat.fill(GOOD)
    await expect(repeat).to_contain_text(", met")
    await expect(page.get_by_text("not yet met")).to_have_count(0)


async def test_wrong_current_password_is_said_at_its_field(newcomer: SignIn, browsing: Browsing) -> None:
    page = await browsing.signed_in(newcomer)
    form = ChangeForm(page)
    await form.fill("not the password", GOOD)
    await form.submit.click()
    await expect(page.get_by_text("The current password is wrong.")).to_be_visible()
    await expect(form.current).to_be_focused()
    await expect(form.new).to_have_value(GOOD)
    await form.current.fill(newcomer.password)
    await form.submit.click()
    await Desk(page).is_ready()


async def test_what_the_list_does_not_know_the_server_refuses(newcomer: SignIn, browsing: Browsing) -> None:
    page = await browsing.signed_in(newcomer)
    form = ChangeForm(page)
    # The server folds the ß to ss, which no browser's lower case does.
    await form.fill(newcomer.password, "pa\u00dfword123")
    await form.submit.click()
    await expect(page.get_by_role("alert")).to_contain_text("Please choose another.")
    await expect(form.new).to_be_focused()
    await expect(page).to_have_url(re.compile("/change-password$"))


async def test_what_the_list_refuses_is_not_sent(newcomer: SignIn, browsing: Browsing) -> None:
    page = await browsing.signed_in(newcomer)
    form = ChangeForm(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    await form.fill(newcomer.password, "password123")
    await form.submit.click()
    await expect(form.new).to_be_focused()
    assert not any("password123" in body for body in sent)


async def test_signing_out_instead(newcomer: SignIn, browsing: Browsing) -> None:
    page = await browsing.signed_in(newcomer)
    await page.get_by_role("button", name="Sign out instead").click()
    await expect(page).to_have_url(re.compile("/login$"))


async def test_by_choice_it_ends_the_other_sessions(desk: Desk, staff: SignIn, browsing: Browsing) -> None:
    browsing.expect_failed_requests()
    elsewhere = Desk(await browsing.signed_in(staff))
    await elsewhere.is_ready()
    await choose_in_menu(desk.page, staff, "menuitem", "Change password")
    form = ChangeForm(desk.page)
    await form.fill(staff.password, GOOD)
    await form.submit.click()
    await expect(desk.page.get_by_text("Password changed. Your other sessions have ended.")).to_be_visible()
    await desk.page.get_by_role("button", name="Back to the desk").click()
    await desk.is_ready()
    await expect(elsewhere.page.get_by_role("dialog", name="Sign in again")).to_be_visible()
