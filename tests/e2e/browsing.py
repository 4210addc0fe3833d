"""Browser contexts that remember what went wrong in them."""

import re
from collections.abc import Sequence
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, WebError, expect

from backend.graphql.documents import LOGIN, document_id
from tests.e2e.records import SignIn

DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)
REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', (event) =>
  console.error('policy violated: ' + event.violatedDirective + ' ' + event.blockedURI))
"""
# What Chromium itself writes when a request is answered with an error, or not at all.
FAILED_REQUEST = re.compile(r"Failed to load resource|WebSocket connection to .* failed")

VIOLATION = re.compile(r"policy violated|violates the following Content Security Policy")

# A kiosk's worker takes over a page while it loads, and one of its files is fetched once more.
TAKEN_OVER = re.compile(r"A preload for .* cross-world service worker resource mismatch")


class Browsing:
    """Opens contexts in one browser, and knows every console error, uncaught error and policy violation in them."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self.browser = browser
        self.origin = origin
        self.troubles: list[str] = []
        self.contexts: list[BrowserContext] = []
        self._expected = [TAKEN_OVER]

    async def context(self, **options: Any) -> BrowserContext:
        """A new one, like a browser that was never here before."""
        context = await self.browser.new_context(
            **{"base_url": self.origin, "locale": "en-US", "viewport": DESKTOP, "color_scheme": "light", **options}
        )
        await context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        self.contexts.append(context)
        return context

    async def page(self, path: str = "/", **options: Any) -> Page:
        """A page in a new context, on its way."""
        page = await (await self.context(**options)).new_page()
        await page.goto(path)
        return page

    async def signed_in(self, user: SignIn, path: str = "/", **options: Any) -> Page:
        """A page of somebody who signed in before, without going through the form."""
        context = await self.context(**options)
        await self.sign_in(context, user)
        page = await context.new_page()
        await page.goto(path)
        return page

    async def sign_in(self, context: BrowserContext, user: SignIn) -> None:
        """Give the context the cookies of a new session."""
        answer = await self.try_to_sign_in(context, user.username, user.password)
        assert answer["__typename"] == "SessionStarted", answer

    async def try_to_sign_in(self, context: BrowserContext, identifier: str, password: str) -> dict[str, Any]:
        """What the login of the API says."""
        variables = {"input": {"identifier": identifier, "password": password}}
        response = await context.request.post(
            "/graphql", data={"documentId": document_id(LOGIN), "variables": variables}, headers={"X-KRC-Client": "spa"}
        )
        answer: dict[str, Any] = (await response.json())["data"]["login"]
        return answer

    def expect_failed_requests(self) -> None:
        """This test takes the server or the session away, and Chromium will complain about the requests."""
        self._expected.append(FAILED_REQUEST)

    def expect_policy_violations(self) -> None:
        """This test tries what the content security policy forbids."""
        self._expected.append(VIOLATION)

    async def close(self) -> None:
        """Close everything."""
        for context in self.contexts:
            await context.close()

    def unexpected(self) -> Sequence[str]:
        """What went wrong, without what the test announced."""
        return [line for line in self.troubles if not any(pattern.search(line) for pattern in self._expected)]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _on_error(self, error: WebError) -> None:
        self.troubles.append(f"uncaught: {error.error}")


async def settled(page: Page) -> None:
    """Wait until the page of a signed-in user, or the login page, stands."""
    await expect(page.locator("main")).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_have_count(1)
