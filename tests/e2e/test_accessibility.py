"""The states of signing in and of the desk, in both themes and two widths: nothing that axe finds, nothing to scroll to the side."""

import re
from collections.abc import Callable
from typing import Any

from playwright.async_api import Page, expect

from tests.e2e.browsing import PHONE, Browsing
from tests.e2e.desk import Desk, LoginForm, sign_in_again
from tests.e2e.people import FAMILY, Person
from tests.e2e.records import Records, SignIn


async def test_before_signing_in(browsing: Browsing, look: dict[str, Any], check: Callable[[Page, str], Any], records: Records) -> None:
    newcomer = await records.make_user(must_change_password=True)
    page = await browsing.page("/login", **look)
    form = LoginForm(page)
    await expect(form.submit).to_be_visible()
    await check(page, "login")
    await form.submit.click()
    await expect(page.get_by_text("Enter your email or username.")).to_be_visible()
    await check(page, "login, empty")
    await form.sign_in(newcomer.username, "not the password")
    await expect(form.problem).to_contain_text("is wrong")
    await check(page, "login, wrong password")
    await form.sign_in(newcomer.username, newcomer.password)
    await expect(page.get_by_role("heading", name="Change your password")).to_be_visible()
    await check(page, "forced change")
    await page.get_by_label("Current password", exact=True).fill("wrong")
    for label in ("New password", "Repeat the new password"):
        await page.get_by_label(label, exact=True).fill("seven purple lighthouses")
    await page.get_by_role("button", name="Change password").click()
    await expect(page.get_by_text("The current password is wrong.")).to_be_visible()
    await check(page, "forced change, wrong password")


async def test_desk(
    browsing: Browsing, look: dict[str, Any], check: Callable[[Page, str], Any], staff: SignIn, client: Person, records: Records
) -> None:
    browsing.expect_failed_requests()
    await records.pin_note(client, "Please call the guardian before a visit of more than two hours.")
    page = await browsing.signed_in(staff, **look)
    desk = Desk(page)
    await expect(desk.field).to_be_focused()
    await check(page, "desk, idle")
    await desk.search(FAMILY[0])
    await expect(desk.found.nth(1)).to_be_visible()
    await desk.field.press("ArrowDown")
    await check(page, "desk, results")
    await desk.search("nobody of that name")
    await expect(page.get_by_text("Nobody found")).to_be_visible()
    await check(page, "desk, nobody")
    await desk.check_in(client)
    await desk.confirms(client)
    await desk.band.hover()
    await check(page, "desk, confirmation and alert")
    await desk.band.get_by_role("button", name="Undo").click()
    await desk.confirms(client, "Check-in undone")
    await check(page, "desk, undone")
    if look["viewport"] is PHONE:
        await page.get_by_role("group", name="Desk").get_by_role("button", name=re.compile("Today")).click()
        await expect(desk.in_feed(client).first).to_be_visible()
        await check(page, "desk, feed")
        await page.get_by_role("group", name="Desk").get_by_role("button", name="Find").click()
    await page.context.set_offline(True)
    await expect(page.get_by_text("No connection to the server.")).to_be_visible()
    await check(page, "offline")
    await page.context.set_offline(False)
    await expect(page.get_by_text("No connection to the server.")).to_have_count(0)
    await records.end_sessions(staff)
    await desk.search("again")
    await expect(sign_in_again(page)).to_be_visible()
    await check(page, "sign in again")


async def test_around_the_desk(browsing: Browsing, look: dict[str, Any], check: Callable[[Page, str], Any], staff: SignIn) -> None:
    page = await browsing.signed_in(staff, **look)
    await expect(page.get_by_role("combobox", name="Find a client")).to_be_focused()
    await page.keyboard.press("Control+k")
    await page.keyboard.type("amara")
    await expect(page.get_by_role("option").nth(1)).to_be_visible()
    await check(page, "palette")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    await check(page, "keys")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.get_by_role("button", name=f"Account menu for {staff.name}").click()
    await expect(page.get_by_role("menu")).to_be_visible()
    await check(page, "account menu")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name=re.compile("^Station:")).click()
    await expect(page.get_by_role("menu")).to_be_visible()
    await check(page, "station menu")
