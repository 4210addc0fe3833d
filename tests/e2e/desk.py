"""The pages as a person at the desk sees and uses them: found by roles and names alone."""

import re

from playwright.async_api import Locator, Page, expect

from tests.e2e.people import Person
from tests.e2e.records import SignIn


class Desk:
    """The desk in one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.field = page.get_by_role("combobox", name="Find a client")
        self.found = page.get_by_role("grid", name="Clients found").get_by_role("row")
        self.chosen = page.get_by_role("grid", name="Clients found").locator("[role=row][aria-selected=true]")
        self.feed = page.get_by_role("region", name="Live feed")
        self.band = page.locator("[aria-live=assertive]")
        self.unsent = page.get_by_role("status").filter(has_text="Not confirmed yet:")
        self.today = self.feed.locator("dd").first

    async def is_ready(self) -> None:
        """The field has the focus and the feed is there."""
        await expect(self.field).to_be_focused()
        await expect(self.today).to_have_text(re.compile(r"^\d+$"))

    async def search(self, text: str) -> None:
        """Type into the search field what was not there."""
        await self.field.fill(text)

    async def find(self, person: Person) -> None:
        """Search for somebody until exactly they are found."""
        await self.search(person.name)
        await expect(self.found).to_have_count(1)
        await expect(self.found).to_contain_text(person.name)

    async def check_in(self, person: Person) -> None:
        """Find somebody and press Enter."""
        await self.find(person)
        await self.field.press("Enter")

    async def confirms(self, person: Person, words: str | re.Pattern[str] = "Checked in") -> None:
        """The confirmation is about them and says this."""
        await expect(self.band).to_contain_text(person.name)
        await expect(self.band).to_contain_text(words)

    def in_feed(self, person: Person) -> Locator:
        """Their line in the live feed."""
        return self.feed.get_by_role("listitem").filter(has=self.page.get_by_role("link", name=person.name, exact=True))

    async def visits_today(self) -> int:
        """The figure over the feed."""
        return int(await self.today.inner_text())


class LoginForm:
    """The form of the login page, and of the dialog that asks to sign in again."""

    def __init__(self, within: Page | Locator) -> None:
        self.identifier = within.get_by_label("Email or username")
        self.password = within.get_by_label("Password", exact=True)
        self.submit = within.get_by_role("button", name="Sign in", exact=True)
        self.problem = within.get_by_role("alert")

    async def sign_in(self, identifier: str, password: str) -> None:
        """Fill both fields and press Enter."""
        await self.identifier.fill(identifier)
        await self.password.fill(password)
        await self.password.press("Enter")


def sign_in_again(page: Page) -> Locator:
    """The dialog over a page whose session has ended."""
    return page.get_by_role("dialog", name="Sign in again")


async def sign_in_again_as(page: Page, user: SignIn) -> None:
    """Give the password in that dialog, which knows the name, and see it go."""
    dialog = sign_in_again(page)
    await expect(dialog).to_be_visible()
    form = LoginForm(dialog)
    await expect(form.identifier).to_have_value(user.username)
    await form.password.fill(user.password)
    await form.password.press("Enter")
    await expect(dialog).to_be_hidden()


async def choose_in_menu(page: Page, user: SignIn, role: str, name: str) -> None:
    """Open the account menu and choose an item of it."""
    await page.get_by_role("button", name=f"Account menu for {user.name}").click()
    await page.get_by_role("menu").locator(f"[role={role}]").filter(has_text=re.compile(f"^\\s*{name}\\s*$")).click()
