"""A running stack with imported clients, a real browser, and pages in it."""

import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from backend.accounts.models import UserRole
from backend.config import Settings
from backend.db import Database
from tests.e2e.accessibility import SIZES, Findings
from tests.e2e.browsing import Browsing
from tests.e2e.chromium import FLAGS, NoBrowserError, chromium
from tests.e2e.desk import Desk
from tests.e2e.kiosk_rows import Clerk, Device, no_kiosks, pair
from tests.e2e.people import Person, everybody, write_csv
from tests.e2e.records import Records, SignIn
from tests.e2e.running import RunningStack, zone_at_midday

CENTRE = "Harbour Arcade"
PATIENCE_MS = 10_000
ADMIN = {"ADMIN_EMAIL": "owner@e2e.example", "ADMIN_USERNAME": "owner"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them drive a browser. `tests.scheduling` keeps those of a file on one worker."""
    for item in items:
        if item.path.parent.name == "e2e":
            item.add_marker("browser")


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """An empty centre with an admin, into which the clients of a file are imported."""
    folder = tmp_path_factory.mktemp("e2e")
    password = folder / "admin-password"
    password.write_text(secrets.token_urlsafe(16), encoding="utf-8")
    zone = zone_at_midday()
    settings = {**ADMIN, "ADMIN_PASSWORD_FILE": str(password), "CENTRE_NAME": CENTRE, "CENTRE_TIMEZONE": zone.key}
    with RunningStack(folder, "up", **settings) as running:
        running.run("import", write_csv(folder / "clients.csv", datetime.now(zone).date()))
        yield running


@pytest.fixture(scope="session")
async def records(stack: RunningStack) -> AsyncIterator[Records]:
    """The database behind the stack."""
    settings = Settings.load(
        database_url=stack.database_url, redis_url="redis://127.0.0.1:1/0", secret_key="never signs anything " * 2, data_dir=stack.data_dir
    )
    database = Database.of(settings, name="krc-e2e", pool_size=2)
    yield Records(database)
    await database.close()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests; each gets contexts of its own."""
    try:
        path = chromium()
    except NoBrowserError as error:
        pytest.fail(str(error), pytrace=False)
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        await started.close()


@pytest.fixture
async def browsing(browser: Browser, stack: RunningStack) -> AsyncIterator[Browsing]:
    """Contexts for this test. At its end nothing may have gone wrong in any of them that it did not announce."""
    await stack.is_answering()
    opened = Browsing(browser, stack.origin)
    yield opened
    await opened.close()
    assert opened.unexpected() == []


@pytest.fixture
async def staff(records: Records) -> SignIn:
    """A staff user of this test's own."""
    return await records.make_user()


@pytest.fixture
async def admin(records: Records) -> SignIn:
    """An administrator of this test's own."""
    return await records.make_user(role=UserRole.ADMIN)


@pytest.fixture
async def page(browsing: Browsing) -> Page:
    """The login page."""
    return await browsing.page("/login")


@pytest.fixture
async def desk(browsing: Browsing, staff: SignIn) -> Desk:
    """The desk, with `staff` signed in."""
    opened = Desk(await browsing.signed_in(staff))
    await opened.is_ready()
    return opened


@pytest.fixture(scope="session")
def _not_met_yet(stack: RunningStack) -> dict[str, list[Person]]:
    """The imported people that no test has used."""
    people: dict[str, list[Person]] = {}
    for person in reversed(everybody()):
        people.setdefault(person.standing, []).append(person)
    return people


@pytest.fixture
def somebody(_not_met_yet: dict[str, list[Person]]) -> Callable[[str], Person]:
    """Gives a client of a standing who was never checked in before."""
    return lambda standing: _not_met_yet[standing].pop()


@pytest.fixture
def client(somebody: Callable[[str], Person]) -> Person:
    """An active client who was never checked in before."""
    return somebody("ACTIVE")


@pytest.fixture
async def cleared(records: Records) -> AsyncIterator[None]:
    """No kiosk, and nothing that waits at one."""
    async with no_kiosks(records):
        yield


@pytest.fixture
async def clerk(stack: RunningStack, admin: SignIn) -> Clerk:
    """Does with the kiosks what others look at."""
    return await Clerk.of(stack.origin, admin)


@pytest.fixture
async def device(clerk: Clerk) -> Device:
    """A kiosk at the entrance."""
    return await pair(clerk, "Entrance")


@pytest.fixture(params=SIZES)
def look(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A size of window, for `Browsing.signed_in`; without motion, so that nothing is half-way through fading in."""
    return {"viewport": SIZES[request.param], "reduced_motion": "reduce"}


@pytest.fixture
def check() -> Iterator[Callable[[Page, str], Any]]:
    """`await check(page, state)`: all findings of a test are told together."""
    found = Findings()
    yield found.look_at
    found.are_none()
