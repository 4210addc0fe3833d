"""The table of clients, whose state is its address, and a client's page."""

import re
from collections.abc import Callable

from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk
from tests.e2e.people import Person, everybody
from tests.e2e.records import Records, SignIn

PAGE = 50
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept?", "Oct", "Nov", "Dec")


async def total(page: Page) -> int:
    """How many clients the table says there are: other tests take people in."""
    said = page.get_by_role("status").filter(has_text=re.compile(r"^\d+ clients$"))
    return int((await said.inner_text()).split()[0])


async def test_everybody_is_there_page_by_page(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/clients?order=created")
    names, more = page.get_by_role("rowheader"), page.get_by_role("button", name="Load more")
    everyone = await total(page)
    assert everyone >= len(everybody())
    await expect(names).to_have_count(PAGE)
    await more.click()
    await expect(names).to_have_count(2 * PAGE)
    await expect(page).to_have_url(re.compile("pages=2"))
    await page.reload()
    await expect(names).to_have_count(2 * PAGE)
    for shown in range(3 * PAGE, everyone + PAGE, PAGE):
        await more.click()
        await expect(names).to_have_count(min(shown, everyone))
    await expect(more).to_have_count(0)
    links = await names.get_by_role("link").evaluate_all("links => links.map((link) => link.href)")
    assert len(set(links)) == everyone


async def test_filter_and_search_live_in_the_address(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/clients")
    names = page.get_by_role("rowheader")
    await page.get_by_label("Standing").select_option("Pending")
    await expect(page).to_have_url(re.compile(r"\?standing=pending$"))
    rows = page.get_by_role("row").filter(has=names)
    await expect(rows.filter(has_not_text="Starts")).to_have_count(0)
    await expect(names).to_have_count(min(await total(page), PAGE))

    person = next(each for each in everybody() if each.standing == "PENDING")
    await page.get_by_label("Search clients").fill(person.first)
    await expect(page).to_have_url(re.compile(f"q={person.first}&standing=pending$"))
    await expect(rows.filter(has_not_text=person.first)).to_have_count(0)
    found = await names.count()

    await names.get_by_role("link", name=person.name).click()
    await expect(page.get_by_role("heading", name=person.name)).to_be_visible()
    await page.go_back()
    await expect(page.get_by_label("Search clients")).to_have_value(person.first)
    await expect(names).to_have_count(found)

    await page.get_by_label("Search clients").fill("nobody of that name")
    await page.get_by_role("button", name="Clear search and filter").click()
    await expect(names).to_have_count(PAGE)
    await expect(page).to_have_url(re.compile("/clients$"))


async def test_nonsense_in_the_address_counts_as_not_said(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/clients?standing=%00&order=drop+table&pages=-7&q=")
    assert await total(page) >= len(everybody())
    await expect(page.get_by_role("rowheader")).to_have_count(PAGE)


async def test_page_shows_what_was_imported(browsing: Browsing, staff: SignIn) -> None:
    person = next(each for each in everybody() if each.standing == "EXPIRING" and each.number % 3 == 0)
    page = await open_page(browsing, staff, person)
    main = page.get_by_role("main")
    await expect(main).to_contain_text("Expires in 9 days")
    await expect(main).to_contain_text("through authorization")
    await expect(main).to_contain_text(f"UCI {person.uci}")
    await expect(main).to_contain_text("P. Okafor")
    await expect(main).to_contain_text(f"Guardian {person.last}")
    await expect(main).to_contain_text(person.email)
    await expect(main).to_contain_text(person.phone)
    # A day stays the day that it was, west and east of Greenwich.
    await expect(main).to_contain_text(re.compile(f"15 {MONTHS[person.number % 12]} {1980 + person.number % 36}"))
    await expect(page).to_have_title(re.compile(f"^{person.name} · "))


async def test_check_in_and_undo_on_the_page(
    browsing: Browsing, staff: SignIn, somebody: Callable[[str], Person], records: Records
) -> None:
    person = somebody("NONE")
    page = await open_page(browsing, staff, person)
    await expect(page.get_by_text("No visits yet")).to_be_visible()
    await page.get_by_role("button", name="Check in", exact=True).click()
    visits = page.get_by_role("main").get_by_role("row").filter(has_text=f"by {staff.name}")
    await expect(page.get_by_text("No membership on file. They may play.")).to_be_visible()
    await expect(visits).to_have_count(1)
    assert await records.visits_of(person) == 1
    await page.locator("[aria-live=assertive]").get_by_role("button", name="Undo").click()
    await expect(visits).to_contain_text("Voided: undone at the desk")
    assert await records.visits_of(person) == 0


async def test_archived_client_offers_no_check_in(
    browsing: Browsing, staff: SignIn, somebody: Callable[[str], Person], records: Records
) -> None:
    person = somebody("EXPIRED")
    page = await open_page(browsing, staff, person)
    async with records.archived(person):
        await page.reload()
        await expect(page.get_by_text("Archived: can’t be checked in.")).to_be_visible()
        await expect(page.get_by_role("button", name="Check in", exact=True)).to_have_count(0)


async def test_unknown_client(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff)
    await Desk(page).is_ready()
    for unknown in ("Q2xpZW50Ojk5OTk5OTk5", "nonsense", "%F0%9F%8E%AE", "Q2xpZW50Ojk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"):
        await page.goto(f"/clients/{unknown}")
        await expect(page.get_by_text("No such client")).to_be_visible()
    await page.get_by_role("link", name="All clients").click()
    assert await total(page) >= len(everybody())


async def open_page(browsing: Browsing, staff: SignIn, person: Person) -> Page:
    """A client's page, reached by a search in the table."""
    page = await browsing.signed_in(staff, f"/clients?q={person.email}")
    await page.get_by_role("link", name=person.name).click()
    await expect(page.get_by_role("heading", name=person.name, level=1)).to_be_visible()
    return page
