"""A kiosk's page on a touch screen, and what members and staff do with it."""

from typing import Any

from playwright.async_api import BrowserContext, Locator, Page, ViewportSize, expect

from tests.e2e.browsing import Browsing
from tests.e2e.kiosk_rows import Clerk
from tests.e2e.people import Person
from tests.e2e.records import eventually

TABLET = ViewportSize(width=768, height=1024)
PHONE = ViewportSize(width=390, height=844)
GREETING = {"en": "Hi! Type your phone number", "es": "¡Hola! Escriba su número de teléfono"}
SPANISH = {
    "Next": "Seguir",
    "Check in": "Registrarme",
    "Scan my card": "Escanear mi tarjeta",
    "You’re checked in!": "¡Listo! Ya se registró",
    "The camera is not allowed here": "Aquí no se permite la cámara",
    "Type the code": "Escribir el código",
    "Type the code on your card": "Escriba el código de su tarjeta",
    "That is not one of our codes.": "Ese no es uno de nuestros códigos.",
    "Start again": "Empezar de nuevo",
    "Close": "Cerrar",
    "Have fun!": "¡Que se divierta!",
    "Saved": "Guardado",
    "It will be confirmed.": "Se confirmará.",
    "checked in": "registró",
    "That is not one of our cards": "Esa no es una de nuestras tarjetas",
    "Please see the desk": "Pase por el mostrador, por favor",
    "This could not be saved.": "No se pudo guardar.",
    "This device is full.": "Este dispositivo está lleno.",
    "1 saved here": "1 guardada aquí",
    "3 saved here": "3 guardadas aquí",
}
SURFACES = {"a tablet in English": {"viewport": TABLET, "language": "en"}, "a phone in Spanish": {"viewport": PHONE, "language": "es"}}
STORED = """async () => {
  const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), location.href, JSON.stringify(history.state)]
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done, failed) => {
      const asked = indexedDB.open(name)
      asked.onsuccess = () => done(asked.result)
      asked.onerror = () => failed(asked.error)
    })
    for (const store of database.objectStoreNames) {
      const rows = await new Promise((done, failed) => {
        const asked = database.transaction(store).objectStore(store).getAll()
        asked.onsuccess = () => done(asked.result)
        asked.onerror = () => failed(asked.error)
      })
      const plain = (_, value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value
      texts.push(JSON.stringify(rows, plain))
    }
    database.close()
  }
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) texts.push(request.url)
  }
  return texts.join('\\n')
}"""
ROSTER_LINES = """async () => {
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result) })
    const has = database.objectStoreNames.contains('roster')
    const lines = has && await new Promise((done) => {
      const asked = database.transaction('roster').objectStore('roster').count()
      asked.onsuccess = () => done(asked.result)
    })
    database.close()
    if (lines) return lines
  }
  return 0
}"""


class Tablet:
    """One device at the door."""

    def __init__(self, page: Page, language: str = "en") -> None:
        self.page = page
        self.language = language

    @classmethod
    async def paired(cls, browsing: Browsing, clerk: Clerk, name: str, language: str = "en", **options: Any) -> "Tablet":
        """A tablet that an admin has approved by the code on its screen, for people of one language."""
        found = cls(await cls.context_page(browsing, **options), language)
        await found.open()
        await found.approve(clerk, name)
        return found

    @staticmethod
    async def context_page(browsing: Browsing, **options: Any) -> Page:
        """A page with a touch screen."""
        context: BrowserContext = await browsing.context(**{"viewport": TABLET, "has_touch": True, **options})
        return await context.new_page()

    async def open(self) -> None:
        await self.page.goto("/kiosk")

    async def code(self) -> str:
        """What its screen shows."""
        shown = self.page.locator(".code")
        await expect(shown).to_be_visible()
        return (await shown.inner_text()).strip()

    async def approve(self, clerk: Clerk, name: str) -> None:
        """An admin types the code."""
        approved = await clerk.ask("ApproveKiosk", input={"code": await self.code(), "name": name})
        assert approved["__typename"] == "KioskSaved", approved
        await self.greets()

    async def greets(self, language: str = "en", timeout: int = 10_000) -> None:
        await expect(self.heading).to_have_text(GREETING[language], timeout=timeout)

    @property
    def heading(self) -> Locator:
        return self.page.locator("h1")

    @property
    def status(self) -> Locator:
        """Its corner for staff."""
        return self.page.locator(".status")

    def says(self, english: str) -> str:
        """The same in the language of who uses it."""
        return english if self.language == "en" else SPANISH[english]

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True).first

    async def tap(self, name: str) -> None:
        await self.button(name).tap()

    async def type(self, number: str) -> None:
        for digit in number:
            await self.page.get_by_role("group").get_by_role("button", name=digit, exact=True).tap()

    async def speak(self) -> None:
        """Somebody who comes to the first screen chooses their language."""
        if self.language == "es":
            await self.tap("Español")

    async def find(self, person: Person) -> None:
        """Somebody types their number, in their language."""
        await self.speak()
        await self.type(digits(person))
        await self.tap(self.says("Next"))

    async def check_in(self, person: Person) -> None:
        """Two taps."""
        await self.find(person)
        await self.tap(self.says("Check in"))

    async def scan(self, code: str) -> None:
        """A reader that types, without pauses."""
        await self.page.keyboard.type(code, delay=2)
        await self.page.keyboard.press("Enter")

    async def kept(self) -> str:
        """Everything that the page has kept anywhere, and what it shows."""
        stored: str = await self.page.evaluate(STORED)
        shown: str = await self.page.content()
        return stored + shown

    async def has_roster(self) -> None:
        """Wait until it can decide without the server."""
        await eventually(lambda: self.page.evaluate(ROSTER_LINES))


def digits(person: Person) -> str:
    """Their number as it is typed on a pad."""
    return "".join(sign for sign in person.phone if sign.isdigit())


def called(person: Person) -> str:
    """What a kiosk calls them."""
    return f"{person.first} {person.last[0]}."
