"""One client's page as staff see and use it: found by roles and names alone."""

import json
import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from backend.graphql import ids
from backend.graphql.documents import COMMITTED
from tests.e2e.browsing import Browsing
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn, eventually


class ClientPage:
    """The page in a browser, with somebody signed in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.notices = page.get_by_role("region", name="Notices")
        self.tags = page.get_by_role("region", name=re.compile("^Tags of "))
        self.notes = page.get_by_role("list", name="Notes")
        self.contacts = page.get_by_role("list", name="Contact")
        self.consents = page.get_by_role("list", name="Consents")
        self.timeline = page.get_by_role("list", name="Timeline")

    def field(self, label: str) -> Locator:
        """The value of a field, which a press opens."""
        return self.page.get_by_role("button", name=re.compile(rf"^(Edit|Editar) {label}: "))

    def input(self, label: str) -> Locator:
        """The same while it is edited."""
        return self.page.get_by_role("textbox", name=label, exact=True)

    async def type_into(self, label: str, text: str) -> None:
        """Open a field and type, without saving."""
        await self.field(label).click()
        await self.input(label).fill(text)

    async def change(self, label: str, text: str) -> None:
        """Open a field, type and press Enter; it is saved."""
        await self.type_into(label, text)
        await self.input(label).press("Enter")
        await expect(self.input(label)).to_have_count(0)

    async def undo(self) -> None:
        """Press the newest Undo."""
        await self.notices.get_by_role("button", name="Undo").last.click()

    async def open_tab(self, name: str) -> None:
        """Show another part of the page."""
        await self.page.get_by_role("group", name=re.compile("^More about ")).get_by_role("button", name=name).click()

    async def choose(self, menu: str, item: str) -> None:
        """Open a menu and choose from it."""
        await self.page.get_by_role("button", name=menu, exact=True).click()
        await self.page.get_by_role("menuitem", name=item, exact=True).click()


def path_of(number: int) -> str:
    """Where a client's page is."""
    return f"/clients/{ids.encode('Client', number)}"


async def open_client(browsing: Browsing, records: Records, user: SignIn, person: Person, query: str = "", **options: Any) -> ClientPage:
    """Somebody's page, opened by its address by a user who signed in before."""
    page = await browsing.signed_in(user, path_of(await records.id_of(person)) + query, **options)
    await expect(page.get_by_role("heading", name=person.name, level=1)).to_be_visible()
    return ClientPage(page)


async def end_session(page: Page, records: Records, user: SignIn) -> None:
    """End it, and wait until the server refuses its token, while the page has not noticed."""
    views, name = trusted("PaletteViews"), "Zamorano"
    # An answer that is still to come would tell the page.
    await page.wait_for_load_state("networkidle")
    async with page.expect_response(lambda each: name in (each.request.post_data or "")) as search:
        async with page.expect_response(lambda each: views in (each.request.post_data or "")):
            await page.keyboard.press("Control+k")
        await page.keyboard.insert_text(name)
    request = (await search.value).request
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    headers = {"Authorization": (await request.all_headers())["authorization"], "X-KRC-Client": "spa"}
    await records.end_sessions(user)

    async def is_refused() -> bool:
        answer = await page.request.post("/graphql", data=request.post_data_json, headers=headers, fail_on_status_code=False)
        return "UNAUTHENTICATED" in await answer.text()

    await eventually(is_refused)


def trusted(operation: str) -> str:
    """The id under which the server knows a document of the pages."""
    documents: dict[str, str] = json.loads(COMMITTED.read_text(encoding="utf-8"))
    (found,) = [name for name, text in documents.items() if re.search(rf"\b(query|mutation) {operation}\b", text)]
    return found


async def ask(page: Page, operation: str, variables: dict[str, Any]) -> dict[str, Any]:
    """What the server answers to one of the pages' documents, asked for with the session of this page."""
    async with page.expect_request(lambda each: "authorization" in each.headers) as asked:
        await page.reload()
    headers = await (await asked.value).all_headers()
    response = await page.request.post(
        "/graphql",
        data={"documentId": trusted(operation), "variables": variables},
        headers={"Authorization": headers["authorization"], "X-KRC-Client": "spa"},
        fail_on_status_code=False,
    )
    answer: dict[str, Any] = await response.json()
    return answer
