"""Putting somebody on file: who is there already is shown while one types, and nothing that was typed is lost."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, Route, expect

from tests.e2e.browsing import Browsing
from tests.e2e.client_page import end_session
from tests.e2e.desk import sign_in_again_as
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn

LAST = "Quillfeather"


@pytest.fixture
async def form(browsing: Browsing, staff: SignIn, records: Records) -> AsyncIterator[Page]:
    """The empty form; whoever is put on file goes away afterwards."""
    page = await browsing.signed_in(staff, "/clients/new")
    await expect(page.get_by_role("heading", name="New client")).to_be_visible()
    yield page
    await records.put_away(LAST)


async def test_whoever_is_on_file_is_shown_beside_what_is_typed(form: Page, client: Person) -> None:
    await form.get_by_label("First name").fill(client.first)
    await form.get_by_label("Phone", exact=True).fill(client.phone)
    found = form.get_by_role("article").filter(has=form.get_by_role("heading", name=client.name))
    await expect(found).to_contain_text("same phone")
    row = found.get_by_role("row", name=re.compile("^Phone"))
    await expect(row.get_by_role("cell")).to_have_text([client.phone, client.phone])
    await expect(found.get_by_role("row", name=re.compile("^Email"))).to_contain_text(client.email)
    await expect(form.get_by_role("button", name="Make a new one anyway")).to_be_visible()
    await found.get_by_role("link", name=f"Open {client.name}").click()
    await expect(form.get_by_role("heading", name=client.name, level=1)).to_be_visible()
    await form.go_back()
    await expect(form.get_by_label("Phone", exact=True)).to_have_value(client.phone)


@pytest.mark.parametrize(("label", "value", "reason"), [("Email", "email", "same email"), ("UCI number", "uci", "same UCI number")])
async def test_email_and_uci_tell_as_well(label: str, value: str, reason: str, form: Page, client: Person) -> None:
    await form.get_by_label(label, exact=True).fill(str(getattr(client, value)))
    await expect(form.get_by_role("article").filter(has_text=client.name)).to_contain_text(reason)


async def test_a_new_one_is_made_anyway(form: Page, client: Person, records: Records) -> None:
    await form.get_by_label("First name").fill("Balthazar")
    await form.get_by_label("Last name").fill(LAST)
    await form.get_by_label("Email", exact=True).fill(client.email)
    await expect(form.get_by_role("link", name=f"Open {client.name}")).to_be_visible()
    await form.get_by_role("button", name="Make a new one anyway").click()
    await expect(form.get_by_role("heading", name=f"Balthazar {LAST}", level=1)).to_be_visible()
    await expect(form.get_by_text("May be the same person as").first).to_be_visible()


async def test_a_uci_number_is_kept_with_its_authorization(form: Page, client: Person) -> None:
    await form.get_by_label("First name").fill("Leopold")
    await form.get_by_label("Last name").fill(LAST)
    await expect(form.get_by_label("First day")).to_have_count(0)
    await form.get_by_label("UCI number").fill(client.uci)
    twin = form.get_by_role("article").filter(has_text=client.name)
    await expect(twin.get_by_role("row", name=re.compile("^UCI"))).to_contain_text(client.uci)
    await form.get_by_label("UCI number").fill("9988776")
    await expect(twin).to_have_count(0)
    await form.get_by_role("button", name="Add client").click()
    await expect(form.get_by_label("First day")).to_be_focused()
    await expect(form.get_by_label("First day")).to_have_attribute("aria-invalid", "true")
    await expect(form.get_by_label("Last day")).to_have_attribute("aria-invalid", "true")
    await form.get_by_label("Authorization number").fill("AUTH-77")
    await form.get_by_label("First day").fill("2026-01-01")
    await form.get_by_label("Last day").fill("2031-12-31")
    await form.get_by_label("Visits a month").fill("12")
    await form.reload()
    await expect(form.get_by_label("Last day")).to_have_value("2031-12-31")
    await form.get_by_role("button", name="Add client").click()
    await expect(form.get_by_role("heading", name=f"Leopold {LAST}", level=1)).to_be_visible()
    held = form.get_by_role("region", name="Authorizations", exact=True)
    for shown in ("AUTH-77", "9988776", "31 Dec 2031", "12"):
        await expect(held).to_contain_text(shown)
    # From now on the number tells.
    await form.goto("/clients/new")
    await form.get_by_label("UCI number").fill("9988776")
    await expect(form.get_by_role("article").filter(has_text=f"Leopold {LAST}")).to_contain_text("same UCI number")


async def test_whoever_types_quickly_is_stopped_once(form: Page, client: Person) -> None:
    await form.get_by_label("Last name").fill(LAST)
    await form.get_by_label("Email", exact=True).fill(client.email)
    await form.get_by_label("Email", exact=True).press("Enter")
    await expect(form.get_by_text("They may be on file already.")).to_be_visible()
    await expect(form).to_have_url(re.compile("/clients/new$"))
    await form.get_by_role("button", name="Make a new one anyway").click()
    await expect(form.get_by_role("heading", name=LAST, level=1)).to_be_visible()


async def test_everything_that_was_typed_is_on_the_page(form: Page, staff: SignIn) -> None:
    for label, value in {
        "First name": "Wilhelmina", "Last name": LAST, "Goes by": "Mina", "Born": "2009-03-08", "Phone": "661 555 7001",
        "Email": "Mina.Q@Example.test", "Note": "Brings her own headphones",
    }.items():  # fmt: skip
        await form.get_by_label(label, exact=True).fill(value)
    await form.get_by_label("Language").select_option("Español")
    await form.get_by_text("Guardian and coordinator").click()
    await form.get_by_label("Guardian", exact=True).fill("Theodora Quillfeather")
    await form.get_by_label("Coordinator’s email").fill("coordinator@centre.test")
    await form.get_by_role("button", name="Add client").click()
    main = form.get_by_role("main")
    await expect(form.get_by_role("heading", name=f"Mina {LAST}", level=1)).to_be_visible()
    for shown in ("8 Mar 2009", "(661) 555-7001", "mina.q@example.test", "Español", "Theodora Quillfeather", "coordinator@centre.test"):
        await expect(main).to_contain_text(shown)
    await expect(form.get_by_role("button", name=re.compile(r"^Edit Member code: \w{4}-\w{4}$"))).to_be_visible()
    await form.get_by_role("button", name=re.compile("^Notes")).click()
    await expect(form.get_by_role("list", name="Notes")).to_contain_text("Brings her own headphones")
    await form.goto("/clients/new")
    await expect(form.get_by_label("First name")).to_have_value("")


async def test_what_was_typed_survives_a_reload_and_the_end_of_the_session(
    form: Page, browsing: Browsing, records: Records, staff: SignIn
) -> None:
    browsing.expect_failed_requests()
    await form.get_by_label("First name").fill("Percival")
    await form.get_by_label("Last name").fill(LAST)
    await form.get_by_label("Note", exact=True).fill("A remark that took a while")
    await form.reload()
    await expect(form.get_by_text("What you typed before is back.")).to_be_visible()
    await expect(form.get_by_label("Note", exact=True)).to_have_value("A remark that took a while")
    await end_session(form, records, staff)
    await form.get_by_role("button", name="Add client").click()
    await sign_in_again_as(form, staff)
    await expect(form.get_by_role("heading", name=f"Percival {LAST}", level=1)).to_be_visible()


async def test_clearing_the_form(form: Page) -> None:
    await form.get_by_label("First name").fill("Wilhelmina")
    await form.get_by_role("button", name="Clear the form").click()
    await expect(form.get_by_label("First name")).to_have_value("")
    await form.reload()
    await expect(form.get_by_label("First name")).to_have_value("")


@pytest.mark.parametrize("language", ["en", "es"])
async def test_what_is_wrong_is_said_beside_each_field(language: str, browsing: Browsing, records: Records, staff: SignIn) -> None:
    await records.let_speak(language, staff)
    page = await browsing.signed_in(staff, "/clients/new")
    first, phone, email, add, name, area, mail = {
        "en": ("First name", "Phone", "Email", "Add client", "Enter a first or a last name.", "lacks the area code", "not an email"),
        "es": ("Nombre", "Teléfono", "Correo", "Añadir cliente", "Escriba un nombre", "le falta el código de área", "No es una dirección"),
    }[language]
    await page.get_by_role("button", name=add).click()
    await expect(page.get_by_text(name)).to_be_visible()
    await expect(page.get_by_label(first, exact=True)).to_be_focused()
    await page.get_by_label(first, exact=True).fill("Wilhelmina")
    await page.get_by_label(phone, exact=True).fill("555-0199")
    await page.get_by_label(email, exact=True).fill("nobody at home")
    await page.get_by_role("button", name=add).click()
    await expect(page.get_by_text(area)).to_be_visible()
    await expect(page.get_by_text(mail)).to_be_visible()
    await expect(page.get_by_label(phone, exact=True)).to_be_focused()
    await expect(page.get_by_label(email, exact=True)).to_have_value("nobody at home")


async def test_a_lost_answer_makes_nobody_twice(form: Page, browsing: Browsing, records: Records) -> None:
    browsing.expect_failed_requests()
    cut: list[str] = []

    async def swallow(route: Route) -> None:
        if not cut and '"CreateClient"' in (route.request.post_data or ""):
            await route.fetch()
            cut.append(route.request.url)
            await route.abort("connectionreset")
        else:
            await route.fallback()

    await form.route("**/graphql", swallow)
    await form.get_by_label("First name").fill("Ottoline")
    await form.get_by_label("Last name").fill(LAST)
    await form.get_by_role("button", name="Add client").click()
    await expect(form.get_by_text("nothing you typed is lost")).to_be_visible()
    assert cut
    await form.get_by_role("button", name=re.compile("^(Add client|Make a new one anyway)$")).click()
    await expect(form.get_by_role("heading", name=f"Ottoline {LAST}", level=1)).to_be_visible()
    assert await records.called(LAST) == 1
