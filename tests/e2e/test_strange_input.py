"""What people and scanners put into a search field: the page stays whole, and the next search works."""

from playwright.async_api import expect

from tests.e2e.accessibility import is_as_wide_as_the_window
from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn

BLANKS = " \u00a0\u2003\t"
# None of it finds one person alone, whom Enter would check in.
STRANGE = {
    "10,000 letters": "x" * 10_000,
    "10,000 words": "ab " * 3_333,
    "NUL": "Ama\x00xq",
    "only NUL": "\x00",
    "right to left": "مرحبا بك \u202e drawkcab",
    "emoji": "👩‍👩‍👧‍👦 🎮 🏳️‍🌈",
    "half an emoji": "\ud83d",
    "combining marks": "Z" + "\u0301" * 500,
    "wildcards": "%_%\\' OR 1=1; --",
    "markup": "<img src=x onerror=alert(1)>",
    "control characters": "\x01\x02\x1b[31m\x7f",
    "only blanks": " \u00a0\u2003\t ",
}


async def test_search_bears_everything(desk: Desk, client: Person, browsing: Browsing) -> None:
    # Half an emoji is no valid JSON; the server refuses it and the page says so.
    browsing.expect_failed_requests()
    before = await desk.visits_today()
    scrolling = []
    for what, text in STRANGE.items():
        # As a script or a scanner's driver would do it: past the field's own limit.
        await desk.field.evaluate(
            "(field, text) => { field.value = text; field.dispatchEvent(new InputEvent('input', { bubbles: true })) }", text
        )
        if text.strip(BLANKS):
            answer = desk.page.get_by_text("Nobody found").or_(desk.page.get_by_role("alert")).or_(desk.found)
            await expect(answer.first, what).to_be_visible()
        await desk.field.press("Enter")
        if not await is_as_wide_as_the_window(desk.page):
            scrolling.append(what)
        await expect(desk.page.get_by_text("Something went wrong"), what).to_have_count(0)
        await expect(desk.band, what).to_be_empty()
        await desk.find(client)
    assert scrolling == []
    await desk.page.reload()
    await desk.is_ready()
    assert await desk.visits_today() == before


async def test_paste_is_cut_at_the_fields_limit(desk: Desk) -> None:
    await desk.page.keyboard.insert_text("y" * 10_000)
    await expect(desk.field).to_have_value("y" * 200)


async def test_strange_sign_ins_are_refused_in_words(browsing: Browsing) -> None:
    page = await browsing.page("/login")
    for identifier, password in (
        ("x" * 10_000, "y" * 10_000),
        ("nul\x00name", "nul\x00word"),
        ("🎮", "🎮" * 200),
        ("' OR 1=1 --", "' OR 1=1 --"),
    ):
        await page.get_by_label("Email or username").fill(identifier)
        await page.get_by_label("Password", exact=True).fill(password)
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await expect(page.get_by_role("alert")).not_to_be_empty()
        await expect(page.get_by_text("Something went wrong")).to_have_count(0)
        await page.reload()


async def test_strange_addresses_of_the_table(browsing: Browsing, staff: SignIn, records: Records) -> None:
    page = await browsing.signed_in(staff)
    for query in ("q=%00", f"q={'x' * 4_000}", "q=%F0%9F%8E%AE&pages=99999999999", "q=%E2%80%AE&standing[]=1&standing=2"):
        await page.goto(f"/clients?{query}")
        await expect(page.get_by_role("heading", name="Clients")).to_be_visible()
        await expect(page.get_by_text("Nobody matches").or_(page.get_by_role("table"))).to_be_visible()
        await expect(page.get_by_text("Something went wrong")).to_have_count(0)
