"""The page of the audit log: its filters in the address, before and after side by side, the export, how the chain stands."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, expect
from sqlalchemy import text

from backend.audit import service as audit
from backend.db import Actor, ActorKind
from backend.graphql.ids import encode
from tests.e2e.accessibility import violations
from tests.e2e.browsing import Browsing
from tests.e2e.people import Person
from tests.e2e.records import Records, SignIn


async def record(records: Records, person: Person, request: str, action: str = "client.updated", **values: Any) -> None:
    """An entry as the product makes it."""
    number = await records.id_of(person)
    async with records.database.writing(Actor(ActorKind.API_KEY, id=9, label="Nightly sync", request_id=request)) as uow:
        audit.record(uow, action, "client", number, client_id=number, **values)


def entry(page: Page, *said: str) -> Locator:
    found = page.get_by_role("list", name="Audit log").get_by_role("listitem")
    for words in said:
        found = found.filter(has_text=words)
    return found


async def test_what_was_there_before_and_after_stands_side_by_side(
    browsing: Browsing, admin: SignIn, client: Person, records: Records
) -> None:
    request = f"side-{client.number}"
    await record(records, client, request, before={"guardian_name": "Rosa", "tags": ["a"]}, after={"guardian_name": "Luz", "tags": None})
    await record(records, client, request, "client.tags_changed")
    page = await browsing.signed_in(admin, f"/settings/audit?request={request}")
    await expect(page.get_by_role("status").filter(has_text=re.compile("^2 entries$"))).to_be_visible()
    changed = entry(page, "Client · changed", client.name, "API key Nightly sync")
    await expect(changed).to_have_count(1)
    await changed.locator("summary").click()
    rows = changed.get_by_role("row")
    await expect(rows.nth(0)).to_have_text(re.compile("Field.*Before.*After"))
    await expect(rows.nth(1).get_by_role("rowheader")).to_have_text("guardian name")
    await expect(rows.nth(1).get_by_role("cell")).to_have_text(["Rosa", "Luz"])
    await expect(rows.nth(2).get_by_role("cell")).to_have_text(['["a"]', "–"])
    assert await violations(page) == []
    other = entry(page, "tags changed")
    await other.locator("summary").click()
    await expect(other).to_contain_text("No values belong to it.")
    await changed.get_by_role("link", name=f"Open {client.name}").click()
    await expect(page.get_by_role("heading", name=client.name, level=1)).to_be_visible()


async def test_filters_stand_in_the_address(browsing: Browsing, admin: SignIn, somebody: Callable[[str], Person], records: Records) -> None:
    one, other = somebody("ACTIVE"), somebody("ACTIVE")
    request = f"filters-{one.number}"
    await record(records, one, request)
    await record(records, other, f"{request}-other", "client.archived")
    page = await browsing.signed_in(admin, "/settings")
    await page.get_by_role("link", name="Audit log").click()
    await page.get_by_role("combobox", name="Client").fill(one.name)
    await page.get_by_role("option", name=one.name).click()
    await expect(page).to_have_url(re.compile("client="))
    await expect(entry(page, "Client · changed", one.name)).to_have_count(1)
    await expect(entry(page, other.name)).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("combobox", name="Client")).to_have_value(one.name)
    await page.get_by_label("What", exact=True).select_option(label="Exports and downloads")
    await expect(page.get_by_text("No entry fits")).to_be_visible()
    await page.get_by_role("button", name="Clear the filters").first.click()
    await expect(page).to_have_url(re.compile(r"/settings/audit$"))
    await page.get_by_label("Request").fill(f"{request}-other")
    await page.get_by_label("Request").press("Enter")
    await expect(entry(page, "Client · archived", other.name)).to_have_count(1)
    await expect(page.get_by_role("list", name="Audit log").get_by_role("listitem")).to_have_count(1)
    await page.get_by_role("button", name="Clear the filters").click()
    await page.get_by_label("Who", exact=True).select_option(label=admin.name)
    await expect(entry(page, "Sign-in · started", admin.name).first).to_be_visible()
    await expect(entry(page, "Nightly sync")).to_have_count(0)
    await page.get_by_label("From").fill("2030-01-02")
    await page.get_by_label("To", exact=True).fill("2030-01-01")
    await expect(page.get_by_text("The last day must not be before the first.")).to_be_visible()


async def test_all_of_one_request(browsing: Browsing, admin: SignIn, client: Person, records: Records) -> None:
    request = f"whole-{client.number}"
    await record(records, client, request)
    await record(records, client, request, "client.tags_changed")
    page = await browsing.signed_in(admin, f"/settings/audit?client={encode('Client', await records.id_of(client))}")
    changed = entry(page, "Client · changed")
    await changed.locator("summary").click()
    await changed.get_by_role("button", name="All of this request").click()
    await expect(page).to_have_url(re.compile(rf"\?request={request}$"))
    await expect(page.get_by_role("list", name="Audit log").get_by_role("listitem")).to_have_count(2)


async def test_the_export_has_what_is_shown(browsing: Browsing, admin: SignIn, client: Person, records: Records, tmp_path: Path) -> None:
    request = f"export-{client.number}"
    await record(records, client, request, after={"note": "=1+1"})
    page = await browsing.signed_in(admin, f"/settings/audit?request={request}")
    await expect(entry(page, client.name)).to_have_count(1)
    async with page.expect_download() as started:
        await page.get_by_role("button", name="Export").click()
    saved = await started.value
    assert re.fullmatch(r"audit-log-\d{4}-\d\d-\d\d\.csv", saved.suggested_filename)
    await saved.save_as(tmp_path / "log.csv")
    content = (tmp_path / "log.csv").read_text(encoding="utf-8-sig")
    found = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [(row["Who"], row["Action"], row["Request"]) for row in found] == [("Nightly sync", "client.updated", request)]
    await expect(page.get_by_text("The file is saved. The log says so.")).to_be_visible()
    await page.goto("/settings/audit?what=exports")
    await expect(entry(page, "Audit log · exported", admin.name).first).to_be_visible()


async def test_the_log_is_sealed_while_the_stack_runs(browsing: Browsing, admin: SignIn, records: Records) -> None:
    page = await browsing.signed_in(admin, "/settings/audit")
    chain = page.get_by_role("region", name="Whether the log is as it was written")
    await expect(chain).to_contain_text(re.compile("Last sealed|Nothing is sealed yet"))
    async with records.database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM schedules WHERE topic IN ('audit.seal', 'audit.verify')")) == 2


async def test_staff_see_nothing_of_it(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff, "/settings/audit")
    await expect(page.get_by_role("heading", name="Settings are for administrators")).to_have_count(1)
    await expect(page.get_by_role("link", name="Audit log")).to_have_count(0)
