"""A client's page: contacts, consents, tags and notes."""

import re
from collections.abc import Callable

import pytest
from playwright.async_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.client_page import ClientPage, end_session, open_client
from tests.e2e.desk import Desk, sign_in_again_as
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn


@pytest.fixture
def person(somebody: Callable[[str], Person]) -> Person:
    """Somebody whose page no other test has changed."""
    return somebody("PENDING")


@pytest.fixture
async def shown(browsing: Browsing, records: Records, staff: SignIn, person: Person) -> ClientPage:
    return await open_client(browsing, records, staff, person)


async def test_contacts_are_added_chosen_labelled_and_removed(shown: ClientPage, person: Person) -> None:
    page = shown.page
    await expect(shown.contacts.get_by_role("link", name=f"Call {person.phone}")).to_have_attribute("href", re.compile(r"^tel:\+1661"))
    await page.get_by_role("button", name="Add contact").click()
    await page.get_by_label("Phone number").fill("12")
    await page.get_by_role("button", name="Add contact").click()
    await expect(page.get_by_text("No phone has this number.").or_(page.get_by_text("This is not a phone number."))).to_be_visible()
    await page.get_by_label("Phone number").fill("661 555 9876")
    await page.get_by_label("Label").fill("Mother")
    await page.get_by_role("button", name="Add contact").click()
    added = shown.contacts.get_by_role("listitem").filter(has_text="(661) 555-9876")
    await expect(added).to_contain_text("Mother")

    await shown.choose("More for (661) 555-9876", "Use first")
    await expect(added).to_contain_text("primary")
    await expect(shown.contacts.get_by_role("listitem").filter(has_text=person.phone)).not_to_contain_text("primary")
    await shown.choose("More for (661) 555-9876", "Mark as verified")
    await expect(added).to_contain_text("Verified")
    await shown.choose("More for (661) 555-9876", "Send no messages there")
    await expect(added).to_contain_text("No messages since")

    await shown.choose("More for (661) 555-9876", "Remove")
    await expect(added).to_have_count(0)
    await shown.undo()
    # All of it: whoever wanted no messages there still wants none.
    for part in ("Mother", "primary", "Verified", "No messages since"):
        await expect(added).to_contain_text(part)
    await page.reload()
    for part in ("Mother", "primary", "Verified", "No messages since"):
        await expect(added).to_contain_text(part)
    await expect(shown.contacts.get_by_role("listitem").filter(has_text=person.phone)).not_to_contain_text("primary")


async def test_a_contact_that_needs_fixing_is_corrected(browsing: Browsing, records: Records, staff: SignIn, person: Person) -> None:
    await records.let_need_fixing(person, "555-0142")
    shown = await open_client(browsing, records, staff, person)
    broken = shown.contacts.get_by_role("listitem").filter(has_text="needs fixing: no area code")
    await expect(broken).to_be_visible()
    await broken.get_by_role("button", name=re.compile("^Edit Phone: ")).click()
    await broken.get_by_role("textbox", name="Phone").fill("(661) 555-0142")
    await broken.get_by_role("textbox", name="Phone").press("Enter")
    await expect(broken).to_have_count(0)
    await expect(shown.contacts.get_by_role("link", name="Call (661) 555-0142")).to_be_visible()


async def test_consents_are_a_history(shown: ClientPage, staff: SignIn) -> None:
    page = shown.page
    for answer, source in (("Granted", "Paper form"), ("Withdrawn", "By phone")):
        await page.get_by_role("button", name="Record a consent").click()
        await page.get_by_label("What it is about").select_option("Photos")
        await page.get_by_role("button", name=answer).click()
        await page.get_by_role("button", name="Record", exact=True).click()
        await expect(page.get_by_text("Say how it was given.")).to_be_visible()
        await page.get_by_label("How it was given").fill(source)
        await page.get_by_role("button", name="Record", exact=True).click()
        await expect(shown.consents.get_by_role("listitem")).to_contain_text([re.compile(f"Photos.*{answer}.*{source}.*{staff.name}")])
    await page.get_by_role("button", name="Show the whole history").click()
    await expect(shown.consents.get_by_role("listitem")).to_contain_text([re.compile("Withdrawn"), re.compile("Granted.*Paper form")])


async def test_tags_are_made_by_typing_taken_off_and_put_back(shown: ClientPage) -> None:
    page = shown.page
    await shown.tags.get_by_role("button", name="Add a tag").click()
    field = page.get_by_role("combobox", name=re.compile("^Add a tag to "))
    await expect(field).to_be_focused()
    await field.fill("Chess club")
    await page.get_by_role("option", name="Make “Chess club”").click()
    await expect(shown.tags.get_by_role("button", name="Remove Chess club")).to_be_visible()
    await page.get_by_role("button", name="Done").click()
    await shown.tags.get_by_role("button", name="Remove Chess club").click()
    await expect(shown.tags).not_to_contain_text("Chess club")
    await shown.undo()
    await expect(shown.tags).to_contain_text("Chess club")
    await page.reload()
    await expect(shown.tags).to_contain_text("Chess club")


async def test_notes_are_written_edited_pinned_and_deleted(browsing: Browsing, staff: SignIn, person: Person, shown: ClientPage) -> None:
    page = shown.page
    await shown.open_tab("Notes")
    field = page.get_by_role("textbox", name="Write a note")
    await field.fill("Likes the corner seat")
    await field.press("Control+Enter")
    note = shown.notes.get_by_role("listitem").filter(has_text="corner seat")
    await expect(note).to_contain_text(staff.name)
    await expect(field).to_have_value("")

    await note.get_by_role("button", name=re.compile("^Edit ")).click()
    await page.get_by_role("textbox", name=re.compile("^Edit the note")).fill("Likes the corner seat by the window")
    await page.keyboard.press("Control+Enter")
    await expect(note).to_contain_text("by the window")
    await expect(note).to_contain_text("edited")

    await note.get_by_role("button", name=re.compile("^Show ")).click()
    await expect(page.get_by_role("region", name="Alerts")).to_contain_text("by the window")
    desk = Desk(await browsing.signed_in(staff))
    await desk.check_in(person)
    await desk.confirms(person)
    await expect(desk.page.get_by_text("Likes the corner seat by the window").first).to_be_visible()

    await note.get_by_role("button", name=re.compile("^Delete ")).click()
    await expect(note).to_have_count(0)
    await expect(page.get_by_role("region", name="Alerts")).to_have_count(0)
    await shown.undo()
    await expect(note).to_be_visible()


async def test_a_note_survives_the_end_of_the_session_and_a_reload(
    browsing: Browsing, records: Records, staff: SignIn, shown: ClientPage
) -> None:
    browsing.expect_failed_requests()
    page = shown.page
    await shown.open_tab("Notes")
    field = page.get_by_role("textbox", name="Write a note")
    await field.fill("A long remark that took a while to write")
    await page.reload()
    await expect(field).to_have_value("A long remark that took a while to write")
    await end_session(page, records, staff)
    await field.press("Control+Enter")
    await sign_in_again_as(page, staff)
    await expect(shown.notes.get_by_role("listitem").filter(has_text="took a while")).to_have_count(1)
    await expect(field).to_have_value("")


async def test_two_people_edit_one_note(browsing: Browsing, records: Records, person: Person, shown: ClientPage) -> None:
    await records.pin_note(person, "Old words")
    ana = await records.make_user()
    other = await open_client(browsing, records, ana, person, "?tab=notes")
    await shown.page.reload()
    await shown.open_tab("Notes")
    for page, words in ((other.page, "Words of the other"), (shown.page, "My words")):
        await page.get_by_role("list", name="Notes").get_by_role("button", name=re.compile("^Edit ")).click()
        await page.get_by_role("textbox", name=re.compile("^Edit the note")).fill(words)
    await other.page.keyboard.press("Control+Enter")
    await expect(other.notes).to_contain_text("Words of the other")
    await shown.page.get_by_role("button", name="Save", exact=True).click()
    conflict = shown.page.get_by_role("alert").filter(has_text=f"{ana.name} changed this")
    await expect(conflict).to_contain_text("Words of the other")
    await conflict.get_by_role("button", name="Keep mine").click()
    await expect(shown.notes).to_contain_text("My words")
