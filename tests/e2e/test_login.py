"""Signing in, and what happens when it fails."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.conftest import CENTRE
from tests.e2e.desk import Desk, LoginForm
from tests.e2e.records import Records, SignIn

TRIES_AN_HOUR = 20


@pytest.mark.parametrize("identifier", ["email", "username"])
async def test_signs_in_with(identifier: str, page: Page, staff: SignIn) -> None:
    await LoginForm(page).sign_in(getattr(staff, identifier), staff.password)
    await Desk(page).is_ready()
    await expect(page).to_have_title(f"Desk · {CENTRE}")
    await expect(page.get_by_role("button", name=f"Account menu for {staff.name}")).to_be_visible()


async def test_email_may_be_typed_in_capitals_with_spaces(page: Page, staff: SignIn) -> None:
    await LoginForm(page).sign_in(f"  {staff.email.upper()} ", staff.password)
    await Desk(page).is_ready()


async def test_wrong_password_says_so_and_keeps_what_was_typed(page: Page, staff: SignIn) -> None:
    form = LoginForm(page)
    await form.sign_in(staff.email, "not the password")
    await expect(form.problem).to_contain_text("Email, username or password is wrong.")
    await expect(form.identifier).to_have_value(staff.email)
    await expect(form.password).to_be_focused()
    await expect(page).to_have_url(re.compile(r"/login$"))
    await form.password.fill(staff.password)
    await form.password.press("Enter")
    await Desk(page).is_ready()


async def test_unknown_user_is_told_the_same(page: Page, staff: SignIn) -> None:
    form = LoginForm(page)
    await form.sign_in("nobody@e2e.example", staff.password)
    await expect(form.problem).to_contain_text("Email, username or password is wrong.")


async def test_empty_fields_are_named_and_nothing_is_sent(page: Page, staff: SignIn) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    form = LoginForm(page)
    await form.submit.click()
    await expect(page.get_by_text("Enter your email or username.")).to_be_visible()
    await expect(form.identifier).to_be_focused()
    await form.identifier.fill(staff.email)
    await form.identifier.press("Enter")
    await expect(page.get_by_text("Enter your password.")).to_be_visible()
    await expect(form.password).to_be_focused()
    assert [body for body in sent if '"Login"' in body] == []


async def test_too_many_tries_say_when_the_next_may_come(browsing: Browsing, page: Page, staff: SignIn) -> None:
    guesser = await browsing.context()
    for number in range(TRIES_AN_HOUR):
        await browsing.try_to_sign_in(guesser, staff.username, f"guess {number}")
    form = LoginForm(page)
    await form.sign_in(staff.username, staff.password)
    await expect(form.problem).to_contain_text("Too many tries.")
    waiting = page.get_by_role("button", name=re.compile(r"^Try again in \d"))
    await expect(waiting).to_be_visible()
    await expect(form.identifier).to_have_value(staff.username)


async def test_a_browser_that_signed_in_before_is_not_locked_out_by_guesses_elsewhere(
    browsing: Browsing, page: Page, staff: SignIn
) -> None:
    form = LoginForm(page)
    await form.sign_in(staff.username, staff.password)
    await Desk(page).is_ready()
    guesser = await browsing.context()
    for number in range(TRIES_AN_HOUR + 1):
        answer = await browsing.try_to_sign_in(guesser, staff.username, f"guess {number}")
    assert answer["code"] == "TOO_MANY_TRIES"
    await page.context.clear_cookies(name=re.compile("refresh"))
    await page.goto("/")
    await form.sign_in(staff.username, staff.password)
    await Desk(page).is_ready()


async def test_signed_out_deep_link_comes_back_after_signing_in(browsing: Browsing, records: Records, staff: SignIn) -> None:
    page = await browsing.page("/clients?standing=expired&order=created")
    await expect(page).to_have_url(re.compile(r"/login\?to="))
    await LoginForm(page).sign_in(staff.username, staff.password)
    await expect(page).to_have_url(re.compile(r"/clients\?standing=expired&order=created$"))
    await expect(page.get_by_role("heading", name="Clients")).to_be_visible()


async def test_the_way_back_leads_nowhere_else(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff)
    for elsewhere in ("https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)"):
        await page.goto(f"/login?to={elsewhere}")
        await Desk(page).is_ready()
        await expect(page).to_have_url(f"{browsing.origin}/")
