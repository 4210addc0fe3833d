"""API keys: made, shown once, used, looked through, rotated and revoked by an admin."""

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.async_api import Page, expect

from backend.accounts import keys
from backend.accounts.permissions import Permission
from tests.accounts.integrations import make_key
from tests.e2e.accessibility import violations
from tests.e2e.browsing import Browsing
from tests.e2e.records import OPERATOR, Records, SignIn

STATIONS = "{ stations { name } }"


async def ask(page: Page, key: str, query: str) -> dict[str, Any]:
    """What the server answers to the holder of a key."""
    response = await page.request.post("/graphql", data={"query": query}, headers={"Authorization": f"Bearer {key}"})
    answer: dict[str, Any] = await response.json()
    return answer


async def shown(page: Page) -> dict[str, Any]:
    """The answer in the playground."""
    answer: dict[str, Any] = json.loads(await page.get_by_test_id("answer").inner_text())
    return answer


async def open_key(browsing: Browsing, admin: SignIn, name: str, **look: Any) -> Page:
    page = await browsing.signed_in(admin, "/settings/api-keys", **look)
    await page.get_by_role("link", name=name, exact=True).click()
    await expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    return page


async def test_a_key_is_made_shown_once_and_works(browsing: Browsing, admin: SignIn) -> None:
    page = await browsing.signed_in(admin, "/settings/api-keys")
    await page.get_by_role("button", name="New API key").click()
    make = page.get_by_role("button", name="Make the key")
    await make.click()
    await expect(page.get_by_role("group", name="What it may do").locator(".text-expired")).to_be_visible()
    await page.get_by_label("Name").fill("Door display")
    await page.get_by_role("checkbox", name="stations:read").check()
    # What is typed outlives a reload.
    await page.reload()
    await expect(page.get_by_label("Name")).to_have_value("Door display")
    await expect(page.get_by_role("checkbox", name="stations:read")).to_be_checked()
    await make.click()
    dialog = page.get_by_role("dialog", name="The key of “Door display”")
    await expect(dialog).to_be_visible()
    assert await violations(page) == []
    key = await dialog.get_by_test_id("secret").inner_text()
    assert re.fullmatch(r"krc_\w{8}_\w{30}_\w{6}", key)
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_visible()
    await dialog.get_by_role("button", name="I have put it away").click()
    await expect(dialog).to_have_count(0)
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Door display"))
    await expect(row).to_contain_text("never used")
    assert key.split("_")[2] not in await page.content()

    assert (await ask(page, key, STATIONS))["data"]["stations"]
    assert "errors" in await ask(page, key, "{ clients { totalCount } }")
    await page.reload()
    await expect(row).to_contain_text("4,998 of 5,000 calls left this hour")
    assert key.split("_")[2] not in await page.content()


async def test_the_playground_shows_what_the_key_sees(browsing: Browsing, admin: SignIn, records: Records) -> None:
    await make_key(records.database, Permission.STATIONS_READ, name="Looking glass")
    page = await open_key(browsing, admin, "Looking glass")
    await page.get_by_role("button", name="Open the playground").click()
    await page.get_by_role("button", name="Stations", exact=True).click()
    await page.get_by_role("button", name="Run", exact=True).click()
    await expect(page.get_by_text(re.compile(r"^Status 200, \d+ ms · cost 3 of 20,000$"))).to_be_visible()
    assert (await shown(page))["data"]["stations"]

    browsing.expect_failed_requests()
    await page.get_by_role("button", name="Clients", exact=True).click()
    await page.keyboard.press("Tab")
    query = page.get_by_role("textbox", name="Query")
    await query.press("Control+Enter")
    await expect(page.get_by_text(re.compile("^NOT_ALLOWED: You are not allowed to "))).to_be_visible()

    await query.fill("{ stations { nothing } }")
    await expect(page.get_by_text('Line 1: Cannot query field "nothing" on type "Station".')).to_be_visible()
    await query.fill("{ stations {")
    await expect(page.get_by_text(re.compile(r"^Line 1: Syntax Error"))).to_be_visible()
    await query.fill("mutation { logout { ok } }")
    await query.press("Control+Enter")
    await expect(page.get_by_text("NOT_ALLOWED: Only queries run while you look through an API key.")).to_be_visible()
    await page.get_by_label("Variables, as JSON").fill("[1]")
    await expect(page.get_by_text("This is not a JSON object.")).to_be_visible()

    await page.get_by_text("The schema", exact=True).click()
    docs = page.get_by_role("region", name="The schema")
    await docs.get_by_label("Find a type or a field").fill("callsLeft")
    await docs.get_by_role("button", name="ApiKeyInUse.callsLeft").click()
    await expect(docs.get_by_text("How many of them are left in this hour, after this one.")).to_be_visible()
    await docs.get_by_role("button", name="Back").click()
    await expect(docs.get_by_role("heading", name="Query")).to_be_visible()
    assert await violations(page) == []


async def test_a_key_is_changed_rotated_and_revoked(browsing: Browsing, admin: SignIn, records: Records) -> None:
    _, old = await make_key(records.database, Permission.STATIONS_READ, name="Turnstile")
    page = await open_key(browsing, admin, "Turnstile")
    await page.get_by_role("button", name="Change", exact=True).click()
    await page.get_by_label("Name").fill("Turnstile, north")
    await page.get_by_label("Calls an hour").fill("250")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("heading", name="Turnstile, north", level=1)).to_be_visible()
    await expect(page.get_by_text("250 of 250 calls left this hour")).to_be_visible()

    await page.get_by_role("button", name="Rotate", exact=True).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("The old secret works on for").select_option("1")
    await dialog.get_by_role("button", name="Rotate").click()
    new = await page.get_by_test_id("secret").inner_text()
    await page.get_by_role("button", name="I have put it away").click()
    await expect(page.get_by_text(f"krc_{new.split('_')[1]}_…")).to_be_visible()
    for key in (old, new):
        assert (await ask(page, key, STATIONS))["data"]["stations"]

    await page.get_by_role("button", name="Revoke", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    await expect(page.get_by_text("Revoked", exact=True).first).to_be_visible()
    await expect(page.get_by_role("button", name="Rotate", exact=True)).to_have_count(0)
    browsing.expect_failed_requests()
    assert (await ask(page, new, STATIONS))["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert (await ask(page, old, STATIONS))["data"]["stations"]


async def test_somebody_elses_change_is_not_overwritten_unseen(browsing: Browsing, admin: SignIn, records: Records) -> None:
    number, _ = await make_key(records.database, Permission.STATIONS_READ, name="Contested")
    page = await open_key(browsing, admin, "Contested")
    await page.get_by_role("button", name="Change", exact=True).click()
    await page.get_by_label("Name").fill("Mine")
    async with records.database.writing(OPERATOR) as uow:
        await keys.update(uow, number, version=1, values={"name": "Theirs"})
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("browser tests changed name; now it is: Theirs")).to_be_visible()
    await page.get_by_role("button", name="Show the key as it is now").click()
    await expect(page.get_by_role("heading", name="Theirs", level=1)).to_be_visible()
    await expect(page.get_by_label("Name")).to_have_value("Theirs")


async def test_the_pages_are_accessible(
    browsing: Browsing, look: dict[str, Any], check: Callable[[Page, str], Any], admin: SignIn, records: Records
) -> None:
    name = f"Plain to see for {admin.username}"
    await make_key(records.database, Permission.STATIONS_READ, name=name)
    page = await open_key(browsing, admin, name, **look)
    await page.get_by_role("button", name="Change", exact=True).click()
    await page.get_by_role("button", name="Open the playground").click()
    await page.get_by_role("button", name="Run", exact=True).click()
    await expect(page.get_by_test_id("answer")).to_be_visible()
    await page.get_by_text("The schema", exact=True).click()
    await check(page, "api-key")
    await page.get_by_role("button", name="Rotate", exact=True).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await violations(page) == []
    await page.goto("/settings/api-keys/unknown")
    await expect(page.get_by_text("There is no such key")).to_be_visible()
    await check(page, "api-key, unknown")


async def test_keys_are_for_admins(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/settings/api-keys")
    await expect(page.get_by_role("heading", name="Settings are for administrators")).to_be_attached()
    await expect(page.get_by_role("button", name="New API key")).to_have_count(0)
