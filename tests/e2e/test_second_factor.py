"""The second factor as people meet it: setting it up, signing in with it, losing it, being asked for it."""

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any

from playwright.async_api import Locator, Page, expect
from sqlalchemy import text

from backend.accounts import totp
from tests.accounts.authenticator import Authenticator
from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk, LoginForm, sign_in_again
from tests.e2e.records import OPERATOR, Records, SignIn

CODE_FORM = re.compile(r"[a-km-z2-9]{5}-[a-km-z2-9]{5}")


class SetUp:
    """The three steps, wherever they stand."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.password = page.get_by_label("Current password", exact=True)
        self.code = page.get_by_label("Code from the app", exact=True)
        self.picture = page.get_by_role("img", name="QR code for the authenticator app")
        self.codes = page.get_by_role("list", name="Your recovery codes").get_by_role("listitem")
        self.kept = page.get_by_role("button", name="I have kept them")

    async def scan(self, password: str) -> Authenticator:
        """Give the password, and the key to an app."""
        await expect(self.password).to_be_focused()
        await self.password.fill(password)
        await self.password.press("Enter")
        await expect(self.picture).to_be_visible()
        key = self.page.get_by_text(re.compile(r"^([A-Z2-7]{4} ?){8}$"))
        return Authenticator((await key.inner_text()).replace(" ", ""))

    async def all_of_it(self, password: str) -> tuple[Authenticator, list[str]]:
        """Up to the recovery codes. The code of the step before leaves the present one for signing in."""
        app = await self.scan(password)
        await expect(self.code).to_be_focused()
        await early_in_a_step()
        await self.code.fill(app.code(-1))
        await self.code.press("Enter")
        await expect(self.codes).to_have_count(10)
        codes = await self.codes.all_inner_texts()
        await self.kept.click()
        return app, codes


class CodeStep:
    """What asks for the code at sign-in."""

    def __init__(self, within: Page | Locator) -> None:
        self.code = within.get_by_label("Code from the app", exact=True)
        self.recovery = within.get_by_label("Recovery code", exact=True)
        self.problem = within.get_by_role("alert")
        self.swap = within.get_by_role("button", name="Use a recovery code instead")


async def early_in_a_step() -> None:
    """What is typed now shall arrive before the next code."""
    left = totp.SECONDS - time.time() % totp.SECONDS
    if left < 4:
        await asyncio.sleep(left)


async def having_one(browsing: Browsing, user: SignIn) -> tuple[Page, Authenticator, list[str]]:
    page = await browsing.signed_in(user, "/second-factor")
    await page.get_by_role("button", name="Set up a second factor").click()
    app, codes = await SetUp(page).all_of_it(user.password)
    await expect(page.get_by_text("On since")).to_be_visible()
    return page, app, codes


async def ask_for_it(records: Records, *roles: str) -> None:
    """What an admin chooses on the settings page."""
    async with records.database.writing(OPERATOR) as uow:
        await uow.execute(
            text(
                "INSERT INTO centre_settings (key, value) VALUES ('second_factor_roles', to_jsonb(cast(:roles AS text[]))) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
            ),
            {"roles": list(roles)},
        )


async def test_setting_it_up_and_signing_in_with_it(browsing: Browsing, staff: SignIn, page: Page) -> None:
    own, app, codes = await having_one(browsing, staff)
    assert all(CODE_FORM.fullmatch(code) for code in codes)
    await expect(own.get_by_text("10 recovery codes are left.")).to_be_visible()
    await LoginForm(page).sign_in(staff.username, staff.password)
    step = CodeStep(page)
    await expect(step.code).to_be_focused()
    await expect(step.code).to_have_attribute("autocomplete", "one-time-code")
    await step.code.fill(app.wrong())
    await step.code.press("Enter")
    await expect(step.problem).to_contain_text("This code is wrong, or was used before.")
    await expect(step.code).to_be_focused()
    await step.code.fill(app.code())
    await step.code.press("Enter")
    await Desk(page).is_ready()


async def test_signing_in_with_a_recovery_code_once(browsing: Browsing, staff: SignIn, page: Page) -> None:
    own, _, codes = await having_one(browsing, staff)
    for expected in ("in", "refused"):
        anew = await browsing.page("/login")
        await LoginForm(anew).sign_in(staff.username, staff.password)
        step = CodeStep(anew)
        await step.swap.click()
        await expect(step.recovery).to_be_focused()
        await step.recovery.fill(codes[0].upper())
        await step.recovery.press("Enter")
        if expected == "in":
            await Desk(anew).is_ready()
        else:
            await expect(step.problem).to_contain_text("This recovery code is wrong, or was used before.")
    await own.reload()
    await expect(own.get_by_text("9 recovery codes are left.")).to_be_visible()


async def test_back_to_the_password(browsing: Browsing, staff: SignIn, page: Page) -> None:
    await having_one(browsing, staff)
    form = LoginForm(page)
    await form.sign_in(staff.username, staff.password)
    await page.get_by_role("button", name="Back to the password").click()
    await expect(form.password).to_be_focused()
    await expect(form.password).to_have_value("")
    await expect(form.identifier).to_have_value(staff.username)


async def test_a_way_back_leads_on_after_the_second_step(browsing: Browsing, staff: SignIn, records: Records) -> None:
    browsing.expect_failed_requests()
    own, app, _ = await having_one(browsing, staff)
    await records.end_sessions(staff)
    await own.reload()
    form = LoginForm(own)
    await form.sign_in(staff.username, staff.password)
    await CodeStep(own).code.fill(app.code())
    await CodeStep(own).code.press("Enter")
    await expect(own.get_by_text("On since")).to_be_visible()


async def test_the_dialog_over_a_page_asks_for_the_code_too(browsing: Browsing, staff: SignIn, records: Records) -> None:
    browsing.expect_failed_requests()
    own, app, _ = await having_one(browsing, staff)
    await own.get_by_role("button", name="Back to the desk").click()
    desk = Desk(own)
    await desk.is_ready()
    await records.end_sessions(staff)
    await desk.search("Abernathy")
    dialog = sign_in_again(own)
    await expect(dialog).to_be_visible()
    form = LoginForm(dialog)
    await form.password.fill(staff.password)
    await form.password.press("Enter")
    step = CodeStep(dialog)
    await expect(step.code).to_be_focused()
    await step.code.fill(app.code())
    await step.code.press("Enter")
    await expect(dialog).to_be_hidden()
    await expect(desk.field).to_have_value("Abernathy")


async def test_new_codes_and_removing_it(browsing: Browsing, staff: SignIn) -> None:
    own, app, codes = await having_one(browsing, staff)
    setup = SetUp(own)
    await own.get_by_role("button", name="New recovery codes").click()
    dialog = own.get_by_role("dialog", name="New recovery codes")
    await CodeStep(dialog).code.fill(app.wrong())
    await CodeStep(dialog).code.press("Enter")
    await expect(dialog).to_contain_text("This code is wrong")
    await CodeStep(dialog).swap.click()
    await CodeStep(dialog).recovery.fill(codes[0])
    await CodeStep(dialog).recovery.press("Enter")
    await expect(dialog).to_be_hidden()
    await expect(setup.codes).to_have_count(10)
    assert not set(await setup.codes.all_inner_texts()) & set(codes)
    await setup.kept.click()
    await own.get_by_role("button", name="Remove", exact=True).click()
    dialog = own.get_by_role("dialog", name="Remove the second factor?")
    await CodeStep(dialog).code.fill(app.code())
    await CodeStep(dialog).code.press("Enter")
    await expect(own.get_by_role("button", name="Set up a second factor")).to_be_visible()
    anew = await browsing.page("/login")
    await LoginForm(anew).sign_in(staff.username, staff.password)
    await Desk(anew).is_ready()


async def test_the_codes_can_be_saved(browsing: Browsing, staff: SignIn) -> None:
    own = await browsing.signed_in(staff, "/second-factor", accept_downloads=True)
    await own.get_by_role("button", name="Set up a second factor").click()
    setup = SetUp(own)
    app = await setup.scan(staff.password)
    await setup.code.fill(app.code())
    await setup.code.press("Enter")
    await expect(setup.codes).to_have_count(10)
    async with own.expect_download() as saving:
        await own.get_by_role("button", name="Save as a file").click()
    saved = await saving.value
    assert saved.suggested_filename == "recovery-codes.txt"
    content = (await saved.path()).read_text(encoding="utf-8")
    assert staff.email in content
    assert all(code in content for code in await setup.codes.all_inner_texts())


async def test_wrong_passwords_and_codes_are_said_at_their_fields(browsing: Browsing, staff: SignIn) -> None:
    own = await browsing.signed_in(staff, "/second-factor")
    await own.get_by_role("button", name="Set up a second factor").click()
    setup = SetUp(own)
    await setup.password.fill("not the password")
    await setup.password.press("Enter")
    await expect(own.get_by_text("The current password is wrong.")).to_be_visible()
    app = await setup.scan(staff.password)
    await setup.code.fill("12345")
    await setup.code.press("Enter")
    await expect(own.get_by_text("The code has six digits.")).to_be_visible()
    await setup.code.fill(app.wrong())
    await setup.code.press("Enter")
    await expect(own.get_by_text("This code is wrong, or was used before.")).to_be_visible()


async def test_a_role_that_is_asked_for_one_is_led_there(browsing: Browsing, staff: SignIn, records: Records, page: Page) -> None:
    browsing.expect_failed_requests()
    await ask_for_it(records, "STAFF")
    try:
        await LoginForm(page).sign_in(staff.username, staff.password)
        await expect(page).to_have_url(re.compile("/second-factor$"))
        await expect(page.get_by_text("This centre asks for a second factor.")).to_be_visible()
        for path in ("/", "/clients", "/login", "/settings"):
            await page.goto(path)
            await expect(page).to_have_url(re.compile("/second-factor$"))
        await expect(page.get_by_role("navigation")).to_have_count(0)
        await SetUp(page).all_of_it(staff.password)
        await Desk(page).is_ready()
        await page.reload()
        await Desk(page).is_ready()
    finally:
        await ask_for_it(records)


async def test_whoever_is_at_work_is_led_there_too(browsing: Browsing, staff: SignIn, records: Records) -> None:
    browsing.expect_failed_requests()
    desk = Desk(await browsing.signed_in(staff))
    await desk.is_ready()
    await ask_for_it(records, "STAFF")
    try:
        await desk.page.wait_for_timeout(5_500)
        await desk.search("Abernathy")
        await expect(desk.page).to_have_url(re.compile("/second-factor$"))
        await desk.page.get_by_role("button", name="Sign out instead").click()
        await expect(desk.page).to_have_url(re.compile("/login$"))
    finally:
        await ask_for_it(records)


async def test_every_state_can_be_used_by_everybody(
    browsing: Browsing, staff: SignIn, look: dict[str, Any], check: Callable[[Page, str], Any]
) -> None:
    page = await browsing.signed_in(staff, "/second-factor", **look)
    await page.get_by_role("button", name="Set up a second factor").click()
    setup = SetUp(page)
    app = await setup.scan(staff.password)
    await check(page, "the picture to scan")
    await setup.code.fill(app.code())
    await setup.code.press("Enter")
    await expect(setup.codes).to_have_count(10)
    await check(page, "the recovery codes")
    await setup.kept.click()
    await page.get_by_role("button", name="Remove", exact=True).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await check(page, "asking for a code")
    anew = await browsing.page("/login", **look)
    await LoginForm(anew).sign_in(staff.username, staff.password)
    await expect(CodeStep(anew).code).to_be_focused()
    await check(anew, "the second step")
