"""What is on pictures beside the places: states that other tests look through, and rows of which the demo centre has none."""

import re

from playwright.async_api import Page, expect
from sqlalchemy import text

from backend.db import Database
from backend.graphql.ids import encode
from tests.e2e.holdings import choose
from tests.e2e.places import Place, Shown
from tests.e2e.records import OPERATOR, Records

# Somebody with a running membership, an authorization, a note and many visits makes the fullest page.
_FULLEST = text(
    """
    SELECT c.id, c.first_name, c.last_name, p.value AS phone FROM clients c
    JOIN contact_methods p ON p.client_id = c.id AND p.kind = 'PHONE' AND p.is_primary
    CROSS JOIN LATERAL client_standing(c.id, current_date) s
    WHERE s.status IN ('ACTIVE', 'EXPIRING') AND c.archived_at IS NULL AND c.preferred_name IS NULL
      AND NOT EXISTS (SELECT FROM check_ins v WHERE v.client_id = c.id AND v.happened_at > now() - interval '1 day')
      AND NOT EXISTS (SELECT FROM possible_duplicates d WHERE c.id IN (d.client_id, d.other_id))
    ORDER BY 3 * (EXISTS (SELECT FROM memberships m WHERE m.client_id = c.id AND m.ends_on >= current_date)
                  AND EXISTS (SELECT FROM authorizations a WHERE a.client_id = c.id AND a.ends_on >= current_date))::int
           + (EXISTS (SELECT FROM contact_methods e WHERE e.client_id = c.id AND e.kind = 'EMAIL'))::int
           + (EXISTS (SELECT FROM client_tags g WHERE g.client_id = c.id))::int
           + (EXISTS (SELECT FROM client_notes n WHERE n.client_id = c.id AND n.pinned))::int DESC,
             (SELECT count(*) FROM check_ins v WHERE v.client_id = c.id) DESC, c.id
    LIMIT 1
    """
)
_PAIR = text("SELECT client_id, other_id FROM possible_duplicates ORDER BY client_id LIMIT 1")
# Three visits of three in a trial week, whose policy keeps out whoever has none left.
_USED_UP = (
    """
    CREATE TEMPORARY TABLE spent ON COMMIT DROP AS
    SELECT c.id, t.id AS tier_id FROM clients c, membership_tiers t
    WHERE t.code = 'trial' AND c.archived_at IS NULL AND c.preferred_name IS NULL
      AND NOT EXISTS (SELECT FROM memberships m WHERE m.client_id = c.id)
      AND NOT EXISTS (SELECT FROM authorizations a WHERE a.client_id = c.id)
      AND NOT EXISTS (SELECT FROM check_ins v WHERE v.client_id = c.id AND v.happened_at > now() - interval '8 days')
      AND NOT EXISTS (SELECT FROM possible_duplicates d WHERE c.id IN (d.client_id, d.other_id))
    ORDER BY c.id LIMIT 1
    """,
    """
    INSERT INTO memberships (client_id, tier_id, starts_on, ends_on) SELECT id, tier_id, current_date - 4, current_date + 2 FROM spent
    """,
    """
    INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy, checked_out_at)
    SELECT gen_random_uuid(), id, at, CAST(at AS date), 'STAFF', 'ACTIVE', 'BLOCK', at + interval '95 minutes'
    FROM spent, (SELECT now() - n * interval '1 day' AS at FROM generate_series(1, 3) n) v
    """,
    """
    UPDATE clients SET last_check_in_at = now() - interval '1 day' WHERE id IN (SELECT id FROM spent)
    """,
)
_SPENT = text(
    """
    SELECT c.first_name || ' ' || c.last_name FROM clients c
    JOIN memberships m ON m.client_id = c.id JOIN membership_tiers t ON t.id = m.tier_id
    WHERE t.code = 'trial' AND m.starts_on = current_date - 4 AND m.ends_on = current_date + 2 ORDER BY m.id DESC LIMIT 1
    """
)
# The names of files and servers as a centre has them; the pairs are the demo's own.
_AS_IN_A_CENTRE = (
    """
    UPDATE backups SET file_name = 'krc-' || to_char(made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24MISS"Z"') || '-' || why || '.tar'
    """,
    """
    UPDATE adoptions SET origin = 'nas.example.com:5432/crm'
    """,
    """
    UPDATE clients SET preferred_name = left(first_name, 3), guardian_name = 'Rosa ' || last_name, service_coordinator = 'S. Chandra',
                       language = 'es'
    WHERE id = (SELECT other_id FROM possible_duplicates d JOIN clients o ON o.id = d.other_id JOIN clients c ON c.id = d.client_id
                WHERE o.last_name = c.last_name ORDER BY client_id LIMIT 1)
    """,
    """
    DELETE FROM possible_duplicates d USING clients one, clients other
    WHERE one.id = d.client_id AND other.id = d.other_id AND one.last_name <> other.last_name
    """,
)


async def use_up(database: Database) -> str:
    """Let somebody have a trial week of which no visit is left; their name."""
    await _run(database, *_USED_UP)
    async with database.reading() as reader:
        return str(await reader.scalar(_SPENT))


async def as_in_a_centre(database: Database) -> None:
    """After `settings_rows.an_old_installation`: what it left with names that no test but any centre could have."""
    await _run(database, *_AS_IN_A_CENTRE)


async def find_shown(records: Records) -> Shown:
    """The client with the fullest page of those who were not here today, and two that may be one person."""
    async with records.database.reading() as reader:
        (client,) = await reader.rows(_FULLEST)
        (pair,) = await reader.rows(_PAIR)
    both = ",".join(encode("Client", each) for each in (pair.client_id, pair.other_id))
    return Shown(encode("Client", client.id), client.first_name, client.last_name, client.phone, both)


async def _run(database: Database, *statements: str) -> None:
    async with database.writing(OPERATOR) as uow:
        for statement in statements:
            await uow.execute(text(statement))


async def _open_filters(page: Page, _: Shown) -> None:
    await page.get_by_role("button", name="Filters").first.click()
    await expect(page.get_by_role("region", name="Filter clients")).to_be_visible()


async def _choose_some(page: Page, _: Shown) -> None:
    boxes = page.get_by_role("checkbox", name=re.compile("^Choose [A-ZÁÉÍÓÚ]"))
    for row in range(3):
        await boxes.nth(row).check()
    await expect(page.get_by_role("region", name="Change the chosen clients")).to_be_visible()


async def _tag_some(page: Page, shown: Shown) -> None:
    await _choose_some(page, shown)
    await page.get_by_role("button", name="Add tag").click()
    tag = page.get_by_role("dialog").get_by_label("Which tag")
    await tag.click()
    await page.get_by_role("option").first.click()
    await expect(page.get_by_role("dialog")).to_contain_text("This is about 3 clients.")


async def _make_cards(page: Page, shown: Shown) -> None:
    await _choose_some(page, shown)
    await page.get_by_role("button", name="Cards", exact=True).click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def _export(page: Page, _: Shown) -> None:
    await page.get_by_role("button", name="Export").click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def _erase(page: Page, _: Shown) -> None:
    await page.get_by_role("button", name="Erase this person").click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def _add_membership(page: Page, _: Shown) -> None:
    held = page.get_by_role("region", name="Memberships", exact=True)
    await held.get_by_role("button", name="Add membership").click()
    await choose(held.get_by_label("Tier"), "Monthly unlimited")
    await held.scroll_into_view_if_needed()


async def _expired(page: Page, _: Shown) -> None:
    await page.get_by_role("button", name="Expired").click()
    await expect(page.get_by_role("list", name="Who needs to renew").get_by_text(re.compile("^Expired")).first).to_be_visible()


async def _void(page: Page, _: Shown) -> None:
    await page.get_by_role("button", name=re.compile("^More about ")).first.click()
    await page.get_by_role("menuitem", name="Void visit").click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def _set_aside(page: Page, _: Shown) -> None:
    await page.get_by_role("link", name=re.compile("not a phone number or email")).click()
    await expect(page.get_by_text("in the schema legacy").first).to_be_visible()


async def _new_tier(page: Page, _: Shown) -> None:
    await page.get_by_role("button", name="New tier").click()


async def _new_tag(page: Page, _: Shown) -> None:
    await page.get_by_role("button", name="New tag").click()


async def _palette(page: Page, shown: Shown) -> None:
    await page.keyboard.press("Control+k")
    await page.keyboard.insert_text(shown.first[:3].lower())
    await expect(page.get_by_role("option").nth(1)).to_be_visible()


async def _keys(page: Page, _: Shown) -> None:
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


async def _account(page: Page, _: Shown) -> None:
    await page.get_by_role("button", name=re.compile("^Account menu for ")).click()
    await expect(page.get_by_role("menu")).to_be_visible()


STATES = (
    Place("clients, filters", "/clients?standing=expiring,expired&visited=not14", do=_open_filters),
    Place("clients, chosen", "/clients", do=_choose_some),
    Place("clients, tagging", "/clients", do=_tag_some),
    Place("clients, cards", "/clients", do=_make_cards),
    Place("clients, export", "/clients", admin=True, do=_export),
    Place("client, new membership", "/clients/{client}", do=_add_membership),
    Place("client, erasing", "/clients/{client}?tab=documents", admin=True, do=_erase),
    Place("merge", "/clients/merge?ids={pair}", admin=True),
    Place("memberships, expired", "/memberships", do=_expired),
    Place("check-ins, voided", "/check-ins?days=all&show=voided"),
    Place("check-ins, voiding", "/check-ins", do=_void),
    Place("tier, new", "/settings/tiers", admin=True, do=_new_tier),
    Place("tag, new", "/settings/tags", do=_new_tag),
    Place("predecessor, rows", "/settings/predecessor", admin=True, do=_set_aside),
    Place("palette", "/", do=_palette),
    Place("shortcuts", "/", do=_keys),
    Place("account menu", "/", do=_account),
)
