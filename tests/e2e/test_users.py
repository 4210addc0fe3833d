"""An admin runs the accounts in the browser; whoever gets a link comes in with it; everybody sees their own sessions."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect
from sqlalchemy import text

from backend.accounts.models import UserRole
from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk, LoginForm, choose_in_menu, sign_in_again
from tests.e2e.records import Records, SignIn

GOOD = "seven purple lighthouses"


@pytest.fixture
async def users(admin: SignIn, browsing: Browsing) -> Page:
    page = await browsing.signed_in(admin, "/settings/users")
    await expect(page.get_by_role("table", name="Users")).to_be_visible()
    return page


async def add(page: Page, name: str, how: str, check: Callable[[Page, str], Any] | None = None) -> str:
    """Add a user; returns what was shown once."""
    await page.get_by_role("button", name="Add a user").click()
    form = page.get_by_role("dialog", name="Add a user")
    await form.get_by_label("Name", exact=True).fill(name)
    await form.get_by_label("Email").fill(f"{name.lower().replace(' ', '.')}@e2e.example")
    await form.get_by_label("How they get in").select_option(label=how)
    await form.get_by_role("button", name="Add a user").click()
    if check is not None:
        await expect(page.get_by_text("It is shown only now.")).to_be_visible()
        await check(page, "shown once")
    return await shown_once(page, name)


async def shown_once(page: Page, name: str) -> str:
    """Read the secret in its dialog, and close it."""
    dialog = page.get_by_role("dialog", name=f"{name} can come in")
    await expect(dialog.get_by_text("It is shown only now.")).to_be_visible()
    secret = await dialog.get_by_role("code").inner_text()
    # A look elsewhere must not lose it.
    await page.keyboard.press("Escape")
    await dialog.get_by_role("button", name="I have passed it on").click()
    await expect(dialog).to_be_hidden()
    return secret


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))


async def find(page: Page, name: str) -> Locator:
    """The user's row, which may stand on a later page of the list."""
    await page.get_by_label("Find a user").fill(name)
    return row(page, name)


async def open_user(page: Page, name: str) -> None:
    await page.goto("/settings/users")
    await page.get_by_label("Find a user").fill(name)
    await page.get_by_role("link", name=name, exact=True).click()
    await expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


async def confirm(page: Page, action: str, title: str, button: str) -> None:
    await page.get_by_role("button", name=action, exact=True).click()
    await page.get_by_role("dialog", name=title).get_by_role("button", name=button, exact=True).click()


async def test_every_state_is_accessible(
    browsing: Browsing, look: dict[str, Any], check: Callable[[Page, str], Any], admin: SignIn
) -> None:
    page = await browsing.signed_in(admin, "/settings/users", **look)
    await expect(page.get_by_role("table", name="Users")).to_be_visible()
    name = f"Ada Look {look['viewport']['width']}"
    await page.get_by_role("button", name="Add a user").click()
    await check(page, "new user")
    await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    link = await add(page, name, "One-time link", check=check)
    await check(page, "users")
    await open_user(page, name)
    await check(page, "user")
    await page.get_by_role("button", name="Reset the password").click()
    await check(page, "reset")
    theirs = await browsing.page(link, **look)
    await expect(theirs.get_by_role("heading", name=f"Welcome, {name}")).to_be_visible()
    await theirs.get_by_label("New password", exact=True).fill("x")
    await check(theirs, "welcome")


async def test_a_link_lets_a_new_user_in_once(users: Page, browsing: Browsing) -> None:
    link = await add(users, "Lina Link", "One-time link")
    assert re.fullmatch(r"https?://[^/]+/welcome#[\w-]{43}", link)
    lina = await find(users, "Lina Link")
    await expect(lina).to_contain_text("Has a link, until")
    await expect(lina).to_contain_text("Never")
    theirs = await browsing.page(link)
    await expect(theirs.get_by_role("heading", name="Welcome, Lina Link")).to_be_visible()
    new, repeat = theirs.get_by_label("New password", exact=True), theirs.get_by_label("Repeat the new password")
    await expect(new).to_be_focused()
    rules = theirs.get_by_role("listitem")
    await new.fill("lina.link2026!")
    await expect(rules.filter(has_text="is not your name")).to_contain_text("not yet met")
    await new.fill("password123")
    await expect(rules.filter(has_text="others guess first")).to_contain_text("not yet met")
    await new.fill(GOOD)
    await repeat.fill(GOOD)
    await expect(theirs.get_by_text("not yet met")).to_have_count(0)
    await repeat.press("Enter")
    await Desk(theirs).is_ready()
    assert "welcome" not in theirs.url
    again = await browsing.page(link)
    await expect(again.get_by_role("heading", name="This link is no longer valid")).to_be_visible()
    await again.get_by_role("button", name="To the sign-in page").click()
    await LoginForm(again).sign_in("lina.link@e2e.example", GOOD)
    await Desk(again).is_ready()


async def test_a_temporary_password_has_to_be_changed(users: Page, browsing: Browsing) -> None:
    password = await add(users, "Tess Temporary", "Temporary password")
    await expect(await find(users, "Tess Temporary")).to_contain_text("Has to change the password")
    theirs = await browsing.page("/login")
    await LoginForm(theirs).sign_in("tess.temporary@e2e.example", password)
    await expect(theirs.get_by_text("Choose a new password before you go on.")).to_be_visible()


async def test_wrong_fields_are_said_beside_them(users: Page, staff: SignIn) -> None:
    await users.get_by_role("button", name="Add a user").click()
    form = users.get_by_role("dialog", name="Add a user")
    await form.get_by_label("Email").fill(staff.email)
    await form.get_by_role("button", name="Add a user").click()
    await expect(form.get_by_label("Name", exact=True)).to_have_attribute("aria-invalid", "true")
    await form.get_by_label("Name", exact=True).fill("Twice There")
    await form.get_by_role("button", name="Add a user").click()
    await expect(form.get_by_text("Somebody or something else has this already.")).to_be_visible()
    await expect(form.get_by_label("Email")).to_have_attribute("aria-invalid", "true")


async def test_fields_are_edited_where_they_stand(users: Page, staff: SignIn) -> None:
    await open_user(users, staff.name)
    await users.get_by_role("button", name=re.compile("^Edit Name")).click()
    await users.get_by_label("Name", exact=True).fill("Another Name")
    await users.keyboard.press("Enter")
    await expect(users.get_by_role("heading", name="Another Name", level=1)).to_be_visible()
    await users.get_by_role("button", name=re.compile("^Edit Role")).click()
    await users.get_by_label("Role", exact=True).select_option(label="Administrator")
    await expect(users.get_by_role("button", name="Edit Role: Administrator")).to_be_visible()
    await users.get_by_role("button", name=re.compile("^Edit Email")).click()
    await users.get_by_label("Email", exact=True).fill("no address")
    await users.keyboard.press("Enter")
    await expect(users.get_by_role("alert").filter(has_text="An email needs its at sign")).to_be_visible()


async def test_shut_out_within_seconds_and_let_in_again(users: Page, staff: SignIn, browsing: Browsing) -> None:
    browsing.expect_failed_requests()
    theirs = Desk(await browsing.signed_in(staff))
    await theirs.is_ready()
    await open_user(users, staff.name)
    await confirm(users, "Deactivate", f"Deactivate {staff.name}?", "Deactivate")
    await expect(users.get_by_text("Deactivated", exact=True)).to_be_visible()
    # The live feed of the open desk ends, and nothing else has to be clicked there.
    await expect(sign_in_again(theirs.page)).to_be_visible()
    await users.get_by_role("button", name="Activate", exact=True).click()
    await expect(users.get_by_role("button", name="Deactivate", exact=True)).to_be_visible()
    await LoginForm(sign_in_again(theirs.page)).password.fill(staff.password)
    await theirs.page.keyboard.press("Enter")
    await expect(sign_in_again(theirs.page)).to_be_hidden()


async def test_a_reset_and_withdrawing_the_link(users: Page, staff: SignIn, browsing: Browsing) -> None:
    await open_user(users, staff.name)
    await confirm(users, "Reset the password", f"Reset the password of {staff.name}?", "Reset")
    link = await shown_once(users, staff.name)
    await expect(users.get_by_text("Has a link, until")).to_be_visible()
    theirs = await browsing.page("/login")
    await LoginForm(theirs).sign_in(staff.username, staff.password)
    await expect(LoginForm(theirs).problem).to_contain_text("is wrong")
    await users.get_by_role("button", name="Withdraw the link").click()
    await expect(users.get_by_text("Has a link, until")).to_have_count(0)
    await theirs.goto(link)
    await expect(theirs.get_by_role("heading", name="This link is no longer valid")).to_be_visible()


async def test_only_who_left_nothing_is_deleted(users: Page, staff: SignIn, browsing: Browsing) -> None:
    await browsing.signed_in(staff)
    await open_user(users, staff.name)
    await users.get_by_role("button", name="Delete", exact=True).click()
    dialog = users.get_by_role("dialog", name=f"Delete the account of {staff.name}?")
    await dialog.get_by_role("textbox").fill(staff.name)
    await dialog.get_by_role("button", name="Delete").click()
    await expect(dialog.get_by_role("alert").filter(has_text="Refers to them: sign-ins")).to_be_visible()
    await dialog.get_by_role("button", name="Cancel").click()
    await users.goto("/settings/users")
    await add(users, "Gone Soon", "One-time link")
    await open_user(users, "Gone Soon")
    await users.get_by_role("button", name="Delete", exact=True).click()
    dialog = users.get_by_role("dialog", name="Delete the account of Gone Soon?")
    await dialog.get_by_role("textbox").fill("Gone Soon")
    await dialog.get_by_role("button", name="Delete").click()
    await expect(users).to_have_url(re.compile("/settings/users$"))
    gone = await find(users, "Gone Soon")
    await expect(users.get_by_text("Nobody found")).to_be_visible()
    await expect(gone).to_have_count(0)


async def test_ones_own_account_has_no_way_to_shut_oneself_out(users: Page, admin: SignIn) -> None:
    await open_user(users, admin.name)
    await expect(users.get_by_text("This is you")).to_be_visible()
    await expect(users.get_by_role("button", name=re.compile("^Edit Email"))).to_be_visible()
    for name in ("Deactivate", "Delete", "Reset the password"):
        await expect(users.get_by_role("button", name=name, exact=True)).to_have_count(0)
    await expect(users.get_by_role("button", name=re.compile("^Edit Role"))).to_have_count(0)


async def test_the_list_is_searched_and_filtered_in_the_address(users: Page, records: Records) -> None:
    somebody = await records.make_user()
    await records.make_user(role=UserRole.ADMIN)
    await users.get_by_label("Find a user").fill(somebody.username)
    await expect(users).to_have_url(re.compile(f"q={somebody.username}"))
    await expect(row(users, somebody.name)).to_be_visible()
    await users.get_by_label("Role").select_option(label="Administrator")
    await expect(users.get_by_text("Nobody found")).to_be_visible()
    await users.get_by_role("button", name="Show everybody").click()
    await expect(users.get_by_label("Find a user")).to_have_value("")
    await expect(row(users, "Administrator")).to_be_visible()


async def test_an_admin_signs_a_device_out(users: Page, staff: SignIn, browsing: Browsing, records: Records) -> None:
    browsing.expect_failed_requests()
    theirs = Desk(await browsing.signed_in(staff))
    await theirs.is_ready()
    await open_user(users, staff.name)
    sessions = users.get_by_role("region", name="Signed in on")
    await expect(sessions.get_by_role("listitem")).to_have_count(1)
    await sessions.get_by_role("button", name=re.compile("^Sign out: Chrome on")).click()
    await expect(sessions.get_by_text("Nowhere")).to_be_visible()
    await expect(sign_in_again(theirs.page)).to_be_visible()
    async with records.database.reading() as reader:
        left = text("SELECT count(*) FROM sessions JOIN users ON users.id = user_id WHERE username = :name AND ended_at IS NULL")
        assert await reader.scalar(left, {"name": staff.username}) == 0


async def test_the_profile_from_the_account_menu(desk: Desk, staff: SignIn, browsing: Browsing) -> None:
    browsing.expect_failed_requests()
    elsewhere = [Desk(await browsing.signed_in(staff)) for _ in range(2)]
    for other in elsewhere:
        await other.is_ready()
    page = desk.page
    await choose_in_menu(page, staff, "menuitem", "Profile")
    await expect(page.get_by_role("heading", name="Profile", level=1)).to_be_visible()
    await expect(page.get_by_text(staff.email)).to_be_visible()
    sessions = page.get_by_role("region", name="Signed in on")
    await expect(sessions.get_by_role("listitem")).to_have_count(3)
    await expect(sessions.get_by_text("This device")).to_have_count(1)
    await sessions.get_by_role("button", name="Sign out everywhere else").click()
    await expect(sessions.get_by_role("listitem")).to_have_count(1)
    for other in elsewhere:
        await expect(sign_in_again(other.page)).to_be_visible()
    await expect(page.get_by_role("region", name="Second factor")).to_be_visible()
    await expect(page.get_by_text("Find a client or a command")).to_be_visible()
    await page.get_by_label("Language", exact=True).select_option(label="Español")
    await expect(page.get_by_role("heading", name="Perfil", level=1)).to_be_visible()
    await page.get_by_role("link", name="Cambiar la contraseña").click()
    await expect(page).to_have_url(re.compile("/change-password$"))


async def test_a_link_opened_where_somebody_else_is_signed_in(users: Page, admin: SignIn, browsing: Browsing) -> None:
    link = await add(users, "Other Person", "One-time link")
    shared = await browsing.signed_in(admin)
    await Desk(shared).is_ready()
    await shared.goto(link)
    await shared.get_by_label("New password", exact=True).fill(GOOD)
    await shared.get_by_label("Repeat the new password").fill(GOOD)
    await shared.keyboard.press("Enter")
    await Desk(shared).is_ready()
    await expect(shared.get_by_role("button", name="Account menu for Other Person")).to_be_visible()


async def test_staff_has_no_page_of_users(desk: Desk) -> None:
    await desk.page.goto("/settings/users")
    await expect(desk.page.get_by_role("heading", name="Settings are for administrators")).to_be_visible()
