"""A client's page: every field is edited where it stands, and nothing that was typed is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.async_api import Route, expect

from backend.accounts.models import UserRole
from backend.graphql import ids
from tests.e2e.browsing import PHONE, Browsing
from tests.e2e.client_page import ClientPage, ask, end_session, open_client
from tests.e2e.desk import sign_in_again_as
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn


@pytest.fixture
def person(somebody: Callable[[str], Person]) -> Person:
    """Somebody whose page no other test has changed."""
    return somebody("PENDING")


@pytest.fixture
async def shown(browsing: Browsing, records: Records, staff: SignIn, person: Person) -> ClientPage:
    return await open_client(browsing, records, staff, person)


async def test_a_field_is_changed_undone_and_cleared(shown: ClientPage, person: Person) -> None:
    heading = shown.page.get_by_role("heading", level=1)
    await shown.change("Goes by", "Zazie")
    await expect(heading).to_have_text(f"Zazie {person.last}")
    await expect(shown.notices).to_contain_text("Goes by changed")
    await expect(shown.field("Goes by")).to_be_focused()
    await shown.undo()
    await expect(heading).to_have_text(person.name)
    await expect(shown.field("Goes by")).to_contain_text("Not given")

    await shown.change("Relation", "Aunt")
    await shown.page.reload()
    await expect(shown.field("Relation")).to_contain_text("Aunt")
    await shown.change("Relation", "")
    await expect(shown.notices).to_contain_text("Relation cleared")
    await shown.page.reload()
    await expect(shown.field("Relation")).to_contain_text("Not given")


async def test_leaving_a_field_saves_and_escape_restores(shown: ClientPage) -> None:
    await shown.type_into("Relation", "Uncle")
    await shown.page.get_by_role("heading", level=1).click()
    await expect(shown.field("Relation")).to_contain_text("Uncle")
    await expect(shown.notices).to_contain_text("Relation changed")
    await shown.type_into("Relation", "Nobody")
    await shown.input("Relation").press("Escape")
    await expect(shown.field("Relation")).to_contain_text("Uncle")


async def test_days_languages_and_ticks(shown: ClientPage) -> None:
    page = shown.page
    await shown.field("Born").click()
    await page.get_by_label("Born", exact=True).fill("2001-02-03")
    await page.keyboard.press("Enter")
    await expect(shown.field("Born")).to_contain_text("3 Feb 2001")
    await shown.field("Language").click()
    await page.get_by_role("combobox", name="Language").select_option("Español")
    await expect(shown.field("Language")).to_contain_text("Español")
    await page.get_by_role("checkbox", name="Large text").check()
    await expect(shown.notices).to_contain_text("Large text changed")
    await page.reload()
    await expect(shown.field("Born")).to_contain_text("3 Feb 2001")
    await expect(shown.field("Language")).to_contain_text("Español")
    await expect(page.get_by_role("checkbox", name="Large text")).to_be_checked()
    await expect(page.get_by_role("checkbox", name="No sound")).not_to_be_checked()


@pytest.mark.parametrize(
    ("language", "label", "said"),
    [("en", "Guardian’s phone", "lacks the area code"), ("es", "Teléfono del tutor", "le falta el código de área")],
)
async def test_what_is_wrong_is_said_beside_the_field(
    language: str, label: str, said: str, browsing: Browsing, records: Records, staff: SignIn, person: Person
) -> None:
    await records.let_speak(language, staff)
    shown = await open_client(browsing, records, staff, person)
    await shown.type_into(label, "555-0199")
    await shown.input(label).press("Enter")
    await expect(shown.page.get_by_role("alert").filter(has_text=said)).to_be_visible()
    await expect(shown.input(label)).to_have_value("555-0199")
    await expect(shown.input(label)).to_have_attribute("aria-invalid", "true")
    await shown.input(label).fill("661 555 0199")
    await shown.input(label).press("Enter")
    await expect(shown.field(label)).to_contain_text("(661) 555-0199")


async def test_two_people_change_different_fields(
    browsing: Browsing, records: Records, staff: SignIn, person: Person, shown: ClientPage
) -> None:
    ana = await records.make_user()
    other = await open_client(browsing, records, ana, person)
    await other.change("Relation", "Stepfather")
    await shown.change("Guardian", "Robin Reyes")
    await expect(shown.notices).to_contain_text(ana.name)
    for page in (shown, other):
        await page.page.reload()
        await expect(page.field("Relation")).to_contain_text("Stepfather")
        await expect(page.field("Guardian")).to_contain_text("Robin Reyes")


async def test_two_people_change_one_field(browsing: Browsing, records: Records, staff: SignIn, person: Person, shown: ClientPage) -> None:
    ana = await records.make_user()
    other = await open_client(browsing, records, ana, person)
    conflict = shown.page.get_by_role("alert").filter(has_text=f"{ana.name} changed this today")
    await other.change("Relation", "Stepmother")
    await shown.type_into("Relation", "Godmother")
    await shown.input("Relation").press("Enter")
    await expect(conflict).to_contain_text("Stepmother")
    await expect(shown.input("Relation")).to_have_value("Godmother")
    await conflict.get_by_role("button", name="Take theirs").click()
    await expect(shown.field("Relation")).to_contain_text("Stepmother")

    await other.change("Relation", "Cousin")
    await shown.type_into("Relation", "Godmother")
    await shown.input("Relation").press("Enter")
    await expect(conflict).to_contain_text("Cousin")
    await conflict.get_by_role("button", name="Keep mine").click()
    await expect(shown.field("Relation")).to_contain_text("Godmother")
    await other.page.reload()
    await expect(other.field("Relation")).to_contain_text("Godmother")


async def test_what_the_server_did_not_get_is_sent_by_itself(browsing: Browsing, shown: ClientPage) -> None:
    browsing.expect_failed_requests()
    await shown.type_into("Relation", "Grandmother")
    await shown.page.context.set_offline(True)
    await shown.input("Relation").press("Enter")
    await expect(shown.page.get_by_role("alert").filter(has_text="is sent as soon as it answers")).to_be_visible()
    await expect(shown.input("Relation")).to_have_value("Grandmother")
    await shown.page.context.set_offline(False)
    await expect(shown.field("Relation")).to_contain_text("Grandmother")
    await expect(shown.notices).to_contain_text("Relation changed")
    await shown.page.reload()
    await expect(shown.field("Relation")).to_contain_text("Grandmother")


async def test_a_page_that_can_t_be_read_again_stays_with_what_was_typed(browsing: Browsing, shown: ClientPage) -> None:
    browsing.expect_failed_requests()
    page = shown.page

    async def refuse(route: Route) -> None:
        if "ClientPage" in (route.request.post_data or ""):
            await route.fulfill(status=500, json={"errors": [{"message": "", "extensions": {"code": "INTERNAL"}}]})
        else:
            await route.continue_()

    await shown.type_into("Relation", "Aunt")
    await page.route("**/graphql", refuse)
    await page.context.set_offline(True)
    await expect(page.get_by_text("No connection to the server.")).to_be_visible()
    await page.context.set_offline(False)
    await expect(page.get_by_role("alert").filter(has_text="That did not load").first).to_be_visible(timeout=20_000)
    await expect(shown.input("Relation")).to_have_value("Aunt")


async def test_what_is_sent_by_itself_overwrites_nobody(browsing: Browsing, records: Records, person: Person, shown: ClientPage) -> None:
    browsing.expect_failed_requests()
    ana = await records.make_user()
    other = await open_client(browsing, records, ana, person)
    await shown.type_into("Relation", "Godfather")
    await shown.page.context.set_offline(True)
    await shown.input("Relation").press("Enter")
    await expect(shown.page.get_by_role("alert").filter(has_text="is sent as soon as it answers")).to_be_visible()
    await other.change("Relation", "Stepbrother")
    await shown.page.context.set_offline(False)
    conflict = shown.page.get_by_role("alert").filter(has_text=f"{ana.name} changed this today")
    await expect(conflict).to_contain_text("Stepbrother")
    await expect(shown.input("Relation")).to_have_value("Godfather")


async def test_nothing_typed_is_lost_when_the_session_ends(browsing: Browsing, records: Records, staff: SignIn, shown: ClientPage) -> None:
    browsing.expect_failed_requests()
    await end_session(shown.page, records, staff)
    await shown.type_into("Relation", "Grandfather")
    await shown.input("Relation").press("Enter")
    await sign_in_again_as(shown.page, staff)
    await expect(shown.field("Relation")).to_contain_text("Grandfather")
    await shown.page.reload()
    await expect(shown.field("Relation")).to_contain_text("Grandfather")


async def test_what_was_typed_is_there_after_a_reload(shown: ClientPage) -> None:
    await shown.type_into("Relation", "Neighbour")
    await shown.page.reload()
    await expect(shown.input("Relation")).to_have_value("Neighbour")
    await shown.input("Relation").press("Enter")
    await expect(shown.field("Relation")).to_contain_text("Neighbour")
    await shown.page.reload()
    await expect(shown.field("Relation")).to_contain_text("Neighbour")


async def test_what_was_typed_before_a_reload_overwrites_nobody(
    browsing: Browsing, records: Records, person: Person, shown: ClientPage
) -> None:
    ana = await records.make_user()
    other = await open_client(browsing, records, ana, person)
    await shown.type_into("Relation", "Neighbour")
    await other.change("Relation", "Landlord")
    await shown.page.reload()
    await expect(shown.input("Relation")).to_have_value("Neighbour")
    await shown.input("Relation").press("Enter")
    conflict = shown.page.get_by_role("alert").filter(has_text=f"{ana.name} changed this today")
    await expect(conflict).to_contain_text("Landlord")
    await other.page.reload()
    await expect(other.field("Relation")).to_contain_text("Landlord")
    await conflict.get_by_role("button", name="Keep mine").click()
    await expect(shown.field("Relation")).to_contain_text("Neighbour")


async def test_admins_archive_and_restore(browsing: Browsing, records: Records, person: Person) -> None:
    admin = await records.make_user(role=UserRole.ADMIN)
    shown = await open_client(browsing, records, admin, person)
    page = shown.page
    await shown.choose("More actions", "Archive")
    dialog = page.get_by_role("dialog", name=f"Archive {person.name}?")
    await dialog.get_by_role("button", name="Archive", exact=True).click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text("Archived: can’t be checked in.")).to_be_visible()
    await expect(page.get_by_role("button", name="Check in", exact=True)).to_have_count(0)
    await page.get_by_role("button", name="Restore").click()
    await expect(page.get_by_role("button", name="Check in", exact=True)).to_be_visible()


async def test_staff_may_not_archive(records: Records, person: Person, shown: ClientPage) -> None:
    await expect(shown.page.get_by_role("button", name="More actions", exact=True)).to_have_count(0)
    number = await records.id_of(person)
    answer = await ask(shown.page, "ArchiveClient", {"input": {"id": ids.encode("Client", number), "version": 1}})
    assert "NOT_ALLOWED" in str(answer), answer


async def test_member_code_as_a_picture_and_a_new_one(shown: ClientPage) -> None:
    page = shown.page
    await page.get_by_role("button", name="Make a code").click()
    await expect(shown.field("Member code")).to_contain_text(re.compile("[0-9A-Z]{4}-[0-9A-Z]{4}"))
    first = await shown.field("Member code").inner_text()
    await page.get_by_role("button", name="Make a new code").click()
    await expect(page.get_by_role("dialog")).to_contain_text(f"Cards with the code {first} stop working")
    await page.get_by_role("dialog").get_by_role("button", name="Make a new code").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(shown.field("Member code")).not_to_contain_text(first)
    await page.get_by_role("button", name="Show QR code").click()
    picture = page.get_by_role("dialog").get_by_role("img", name=re.compile("^QR code of [0-9A-Z]{4}-[0-9A-Z]{4}$"))
    await expect(picture).to_be_visible()


async def test_timeline_says_what_changed_from_what_to_what_and_who_did_it(shown: ClientPage, staff: SignIn) -> None:
    await shown.change("Relation", "Mother")
    await shown.change("Relation", "Father")
    await shown.open_tab("Timeline")
    await expect(shown.page).to_have_url(re.compile(r"\?tab=timeline$"))
    newest = shown.timeline.get_by_role("listitem").first
    await expect(newest).to_contain_text(re.compile("Relation:.*Mother.*Father"))
    await expect(newest).to_contain_text(staff.name)
    await expect(shown.timeline.get_by_role("listitem").nth(1)).to_contain_text("Mother")
    await shown.change("Relation", "Sister")
    await expect(shown.timeline.get_by_role("listitem").first).to_contain_text(re.compile("Father.*Sister"))


async def test_check_in_stays_in_view(browsing: Browsing, records: Records, staff: SignIn, person: Person) -> None:
    shown = await open_client(browsing, records, staff, person, viewport=PHONE)
    await shown.page.get_by_role("checkbox", name="No motion").scroll_into_view_if_needed()
    await shown.page.mouse.wheel(0, 4000)
    await expect(shown.page.get_by_role("button", name="Check in", exact=True)).to_be_in_viewport()
