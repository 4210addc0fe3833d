"""What the predecessor did to its users, one test for each: the shortest real check through the browser, the API or a command."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from backend import clock
from backend.accounts.models import UserRole
from backend.db import Database
from backend.graphql import ids
from backend.imports.service import import_clients
from tests.client import Api
from tests.clients.people import add_client, around
from tests.clients.writing import new_client, save, seen
from tests.e2e.browsing import Browsing
from tests.e2e.conftest import ADMIN
from tests.e2e.desk import Desk, LoginForm, sign_in_again, sign_in_again_as
from tests.e2e.kiosk_rows import Device
from tests.e2e.people import Person, everybody
from tests.e2e.records import OPERATOR, Records, SignIn, eventually
from tests.e2e.running import RunningStack
from tests.imports.files import write

FULL = {
    "firstName": "Ana",
    "lastName": "Alvarez",
    "preferredName": "Anita",
    "dateOfBirth": "2012-02-29",
    "language": "ES",
    "guardianName": "Rosa",
    "guardianRelation": "mother",
    "guardianPhone": "+16615550123",
    "serviceCoordinator": "P. Okafor",
    "serviceCoordinatorPhone": "+16615550124",
    "serviceCoordinatorEmail": "okafor@example.test",
}
CHECK_IN = """mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename
  ... on CheckInRecorded { standing { status } sentence } ... on Problem { code message } } }"""
LIST = """query ($search: String, $filter: ClientFilter) { clients(search: $search, filter: $filter) { totalCount
  edges { node { id displayName standing { status } } } } }"""
VISITS = "{ dashboard { visits { today { visits } } } }"


def today() -> date:
    """The centre's day in these tests."""
    return clock.now().date()


async def checked_in(api: Api, client_id: str) -> dict[str, Any]:
    member: dict[str, Any] = (await api.execute(CHECK_IN, {"input": {"requestId": str(uuid4()), "clientId": client_id}}))["checkIn"]
    return member


@pytest.mark.usefixtures("cleared")
async def test_the_kiosk_is_there_and_tells_of_nobody_but_by_the_whole_number(browsing: Browsing, device: Device, client: Person) -> None:
    """Its endpoints answered 404; its lookup matched substrings and showed name, email and phone to anyone."""
    page = await browsing.page("/kiosk")
    await expect(page.get_by_role("heading", name="Pair this kiosk")).to_be_visible()
    for part in (client.phone[-4:], client.phone[-8:], "(661) 555", client.first, client.last, client.name, client.email, "%"):
        for field in ("phone", "code"):
            assert not (await device.ask("LookUp", **{field: part})).get("people"), (field, part)
    (found,) = (await device.ask("LookUp", phone=client.phone))["people"]
    assert (found["firstName"], found["initial"]) == (client.first, client.last[0])
    assert set(found) == {"__typename", "handle", "firstName", "initial", "colour", "picture", "comfort"}


async def test_second_membership_is_a_matter_of_course(api: Api, database: Database) -> None:
    """It made the list, the client's page and the check-in answer 500."""
    await api.login("admin")
    first = around(today(), 300, 10)
    number = await add_client(database, memberships=[first, (first[1] + timedelta(days=1), first[1] + timedelta(days=365))])
    client_id = ids.encode("Client", number)
    (listed,) = (await api.execute(LIST))["clients"]["edges"]
    assert listed["node"]["standing"]["status"] == "ACTIVE"
    held = await api.execute("query ($id: ID!) { client(id: $id) { memberships { startsOn } } }", {"id": client_id})
    assert len(held["client"]["memberships"]) == 2
    assert (await checked_in(api, client_id))["standing"]["status"] == "ACTIVE"


async def test_authorization_alone_is_as_good_as_a_membership(browsing: Browsing, staff: SignIn, client: Person) -> None:
    """Such clients counted as "no membership" nearly everywhere."""
    page = await browsing.signed_in(staff)
    desk = Desk(page)
    await desk.find(client)
    await expect(desk.found).to_contain_text("Active")
    await desk.field.press("Enter")
    await desk.confirms(client)
    await expect(desk.band).to_contain_text("Active")
    await page.goto(f"/clients?standing=active&q={client.email}")
    await expect(page.get_by_role("row").filter(has_text=client.name)).to_contain_text("Active")
    await page.get_by_role("link", name=client.name).click()
    await expect(page.get_by_role("heading", level=1, name=client.name)).to_be_visible()
    await expect(page.locator("main").get_by_text("Active", exact=False).first).to_be_visible()
    await expect(page.get_by_text("No membership", exact=True)).to_have_count(0)


async def test_editing_leaves_alone_what_was_not_sent(api: Api) -> None:
    """Fields that the form had not loaded were erased."""
    await api.login("staff")
    before = await new_client(api, **FULL, email="ana@example.test", phone="661-555-0101", note="Quiet, please.")
    after = await save(api, "updateClient", id=before["id"], version=before["version"], firstName="Anna")
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {"version", "firstName", "displayName"} - (
        {"displayName"} if before["displayName"] == after["displayName"] else set()
    )


async def test_fields_can_be_cleared_and_empty_ones_are_no_error(api: Api) -> None:
    """Empty strings of a form were refused, and nothing could be cleared."""
    await api.login("staff")
    client = await new_client(api, **FULL, email="", phone="  ")
    assert client["contactMethods"] == []
    cleared = {"preferredName": "", "dateOfBirth": None, "guardianName": " ", "guardianPhone": "", "serviceCoordinatorEmail": None}
    await save(api, "updateClient", id=client["id"], version=client["version"], **cleared)
    after = await seen(api, client["id"])
    assert {field: after[field] for field in cleared} == dict.fromkeys(cleared)


async def test_search_and_filter_see_everybody_in_any_order_of_words(browsing: Browsing, staff: SignIn, records: Records) -> None:
    """They saw the newest 50, and "First Last" found nobody."""
    page = await browsing.signed_in(staff)
    desk = Desk(page)
    for person in (everybody()[0], everybody()[124], everybody()[-1]):
        for typed in (f"{person.first} {person.last}", f"{person.last} {person.first}"):
            await desk.search(typed)
            await expect(desk.found).to_have_count(1)
            await expect(desk.found).to_contain_text(person.name)
    expired = await records.run_out()
    assert expired > 0
    await page.goto("/clients?standing=expired&q=visitor")
    await expect(page.get_by_text(f"{expired} clients")).to_be_visible()


async def test_days_and_times_are_right_west_of_greenwich(browsing: Browsing, staff: SignIn, client: Person, stack: RunningStack) -> None:
    """Dates were one day early there, and a user's creation time was eight hours off."""
    shown: list[str] = []
    for zone in ("America/Los_Angeles", "Pacific/Kiritimati"):
        page = await browsing.signed_in(staff, f"/clients?q={client.email}", timezone_id=zone)
        await page.get_by_role("link", name=client.name).click()
        await expect(page.get_by_text(re.compile(rf"\b15 \w+ {1980 + client.number % 36}\b")).first).to_be_visible()
        await page.goto("/")
        desk = Desk(page)
        await desk.is_ready()
        if not shown:
            await desk.check_in(client)
            await desk.confirms(client)
        await expect(desk.in_feed(client)).to_be_visible()
        shown.append(re.findall(r"\d\d:\d\d", await desk.in_feed(client).inner_text())[0])
    assert shown[0] == shown[1]
    # The centre of these tests lies where it is about noon.
    assert 11 <= int(shown[0][:2]) <= 13


async def test_figures_of_the_dashboard_are_counted(api: Api, database: Database) -> None:
    """Percentages were written into the page."""
    await api.login("staff")
    before = (await api.execute(VISITS))["dashboard"]["visits"]["today"]["visits"]
    for _ in range(3):
        assert (await checked_in(api, ids.encode("Client", await add_client(database))))["__typename"] == "CheckInRecorded"
    assert (await api.execute(VISITS))["dashboard"]["visits"]["today"]["visits"] == before + 3


async def test_wrong_password_is_said_without_a_reload(page: Page, staff: SignIn) -> None:
    """The page reloaded without a word."""
    await page.evaluate("window.same = true")
    form = LoginForm(page)
    await form.sign_in(staff.email, "not the password")
    await expect(form.problem).to_contain_text("Email, username or password is wrong.")
    await expect(form.identifier).to_have_value(staff.email)
    assert await page.evaluate("window.same")


async def test_work_outlives_the_session_and_a_reload(browsing: Browsing, staff: SignIn, records: Records) -> None:
    """A logout after 30 minutes took it away."""
    browsing.expect_failed_requests()
    page = await browsing.signed_in(staff, "/clients/new")
    first_name = page.get_by_label("First name")
    await first_name.fill("Zuleika")
    await records.end_sessions(staff)

    async def is_asked_to_sign_in() -> bool:
        # Each letter asks whether somebody of that name is on file, until the server has noticed.
        await page.get_by_label("Last name").press_sequentially("x")
        await page.wait_for_timeout(500)
        return await sign_in_again(page).is_visible()

    await eventually(is_asked_to_sign_in)
    await sign_in_again_as(page, staff)
    await expect(first_name).to_have_value("Zuleika")
    await records.end_sessions(staff)
    await page.reload()
    await LoginForm(page).sign_in(staff.username, staff.password)
    await expect(first_name).to_have_value("Zuleika")


async def test_admin_of_the_installation_signs_in_by_email_and_by_username(browsing: Browsing, stack: RunningStack) -> None:
    """Login by email did not work, and admins that the script made had no username."""
    password = (stack.folder / "admin-password").read_text(encoding="utf-8")
    for identifier in ADMIN.values():
        answer = await browsing.try_to_sign_in(await browsing.context(), identifier, password)
        assert answer["__typename"] == "SessionStarted", answer


async def test_forced_password_change_is_not_forgotten(browsing: Browsing, records: Records) -> None:
    newcomer = await records.make_user(must_change_password=True)
    page = await browsing.signed_in(newcomer)
    for path in ("/", "/clients", "/settings"):
        await page.goto(path)
        await expect(page.get_by_role("heading", name="Change your password")).to_be_visible()
    again = await browsing.signed_in(newcomer, "/clients")
    await expect(again).to_have_url(re.compile("/change-password$"))


async def test_password_is_reset_without_email(browsing: Browsing, staff: SignIn, stack: RunningStack) -> None:
    """There was no working way, and two kinds of hashes locked staff out."""
    said = stack.run("user", "reset-password", staff.username)
    found = [word.strip(".:,") for word in said.split()]
    answers = [await browsing.try_to_sign_in(await browsing.context(), staff.email, word) for word in found if len(word) >= 12]
    assert [answer["viewer"]["mustChangePassword"] for answer in answers if answer["__typename"] == "SessionStarted"] == [True]


async def test_a_csv_file_is_read_as_it_comes(stack: RunningStack, tmp_path: Path, browsing: Browsing, staff: SignIn) -> None:
    """A byte-order mark failed every row, blank rows made nameless clients, and duplicates were accepted."""
    row = ["Wilhelmina", "Vandersloot", "wv@example.test", "(661) 555-8123", "2001-02-03", "", "", "", "", ""]
    path = write(tmp_path / "marked.csv", [row, [""] * 10, [" "] * 10], encoding="utf-8-sig")
    assert "1 added" in stack.run("import", path)
    assert "0 added" in stack.run("import", path)
    page = await browsing.signed_in(staff, "/clients?q=vandersloot")
    await expect(page.get_by_role("rowheader")).to_have_count(1)


async def test_a_long_value_is_named_and_nothing_is_half_done(database: Database, tmp_path: Path) -> None:
    """One aborted the file with SQL in the message, and "success" was said with nothing imported."""
    row = ["W" * 5_000, "Vandersloot", "", "", "", "", "", "", "", ""]
    async with database.writing(OPERATOR) as uow:
        result = await import_clients(uow, write(tmp_path / "long.csv", [row]), today=today())
    assert (result.added, len(result.problems)) == (0, 1)
    assert "first_name" in str(result.problems[0])
    assert not re.search(r"INSERT|UPDATE|SELECT|asyncpg", str(result.problems[0]))


async def test_background_work_is_done(browsing: Browsing, records: Records) -> None:
    """No job ever ran."""
    page = await browsing.signed_in(await records.make_user(role=UserRole.ADMIN), "/settings")
    health = page.get_by_role("region", name="Health")
    await expect(health.get_by_text("Works")).to_have_count(4, timeout=40_000)


async def test_a_backup_counts_only_once_it_was_restored(stack: RunningStack) -> None:
    """They were never proven; `verify` looked at the compression only."""
    assert re.search("proven", stack.run("backup"), re.IGNORECASE)


async def test_guessing_passwords_is_limited(browsing: Browsing, records: Records) -> None:
    """The limit was configured and never on."""
    target = await records.make_user()
    context = await browsing.context()
    codes = [(await browsing.try_to_sign_in(context, target.username, f"guess {number}")).get("code") for number in range(22)]
    assert codes[0] == "WRONG_CREDENTIALS"
    assert codes[-1] == "TOO_MANY_TRIES"
    answer = await browsing.try_to_sign_in(context, target.username, target.password)
    assert answer.get("code") == "TOO_MANY_TRIES"
