"""Pictures of the kiosk and the lobby's screen, and what they leave for the pages of the staff that are taken after them."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from playwright.async_api import Page, expect
from sqlalchemy import text

from tests.e2e.browsing import DESKTOP, PHONE, Browsing
from tests.e2e.kiosk_rows import Clerk
from tests.e2e.records import OPERATOR, Records
from tests.e2e.tablet import TABLET, Tablet

# Who has not been here lately, so that others come with each look.
_MEMBERS = text(
    """
    SELECT c.id, p.value AS phone FROM clients c
    JOIN contact_methods p ON p.client_id = c.id AND p.kind = 'PHONE' AND p.is_primary
    CROSS JOIN LATERAL client_standing(c.id, current_date) s
    WHERE s.status = 'ACTIVE' AND c.archived_at IS NULL AND c.preferred_name IS NULL AND c.language = 'en' AND c.guardian_phone IS NULL
      AND NOT c.large_text AND coalesce(c.last_check_in_at, '-infinity') < now() - interval '1 day'
      AND NOT EXISTS (SELECT FROM possible_duplicates d WHERE c.id IN (d.client_id, d.other_id))
      AND NOT EXISTS (SELECT FROM contact_methods o WHERE o.value = p.value AND o.client_id <> c.id)
      AND NOT EXISTS (SELECT FROM clients o WHERE o.guardian_phone = p.value)
    ORDER BY c.id DESC LIMIT 6
    """
)
_OF_ONE_PHONE = text("UPDATE clients SET guardian_phone = :phone WHERE id = ANY (:children)")
_MARK = text("UPDATE clients SET kiosk_colour = :colour, kiosk_picture = :picture WHERE id = :id")
_MARKS = (("teal", "fox"), ("violet", "rocket"), ("amber", "owl"))
_MUST_ASK = text(
    """
    WITH tier AS (
      INSERT INTO membership_tiers (name, code, policy) VALUES ('Of old', 'OLD-' || gen_random_uuid(), 'ASK_STAFF') RETURNING id
    ), held AS (DELETE FROM authorizations WHERE client_id = :id), had AS (DELETE FROM memberships WHERE client_id = :id)
    INSERT INTO memberships (client_id, tier_id, starts_on, ends_on) SELECT :id, id, current_date - 90, current_date - 30 FROM tier
    """
)


class Member(NamedTuple):
    """Somebody with a phone."""

    id: int
    phone: str

    @property
    def digits(self) -> str:
        """As they type it."""
        return self.phone.removeprefix("+1")


Take = Callable[[Page, str], Awaitable[None]]


async def take_devices(browsing: Browsing, take: Take, clerk: Clerk, records: Records, look: dict[str, Any]) -> None:
    """A kiosk's and a lobby's screens; leaves both paired, and something in the inbox."""
    phone = look["viewport"] is PHONE
    members = await _members(records)
    await clerk.change_settings(walkIn=True)
    kiosk = Tablet(await Tablet.context_page(browsing, **{**look, "viewport": PHONE if phone else TABLET}))
    await _kiosk(kiosk, take, clerk, members)
    await _lobby(await browsing.page("/lobby", **{**look, "viewport": PHONE if phone else DESKTOP}), take, clerk)


async def _members(records: Records) -> Sequence[Member]:
    """One alone, three of one phone, one who has to ask."""
    async with records.database.writing(OPERATOR) as uow:
        found = [Member(*row) for row in await uow.rows(_MEMBERS)]
        alone, *family, asks, late = found
        await uow.execute(_OF_ONE_PHONE, {"phone": family[0].phone, "children": [child.id for child in family[1:]]})
        for member, (colour, picture) in zip((alone, *family), (_MARKS[0], *_MARKS), strict=True):
            await uow.execute(_MARK, {"id": member.id, "colour": colour, "picture": picture})
        await uow.execute(_MUST_ASK, {"id": asks.id})
    return [alone, family[0], asks, late]


async def _kiosk(kiosk: Tablet, take: Take, clerk: Clerk, members: Sequence[Member]) -> None:
    alone, mother, asks, late = members
    page = kiosk.page
    await kiosk.open()
    await kiosk.code()
    await take(page, "kiosk-pairing")
    await kiosk.approve(clerk, "Entrance")
    await expect(page.get_by_text("First time here?")).to_be_visible()
    await take(page, "kiosk")
    await _find(kiosk, alone)
    await expect(kiosk.button("Check in")).to_be_visible()
    await take(page, "kiosk-is-this-you")
    await kiosk.tap("Check in")
    await expect(kiosk.heading).to_have_text("You’re checked in!")
    await take(page, "kiosk-checked-in")
    await kiosk.greets()
    await _find(kiosk, mother)
    await expect(kiosk.heading).to_have_text("Who are you?")
    await take(page, "kiosk-family")
    await kiosk.tap("Not me")
    await _find(kiosk, asks)
    await kiosk.tap("Check in")
    await expect(kiosk.heading).to_have_text("Please go to the desk")
    await take(page, "kiosk-to-the-desk")
    await kiosk.tap("Close")
    await page.get_by_text("First time here?").tap()
    await page.get_by_label("First name").fill("Robin")
    await page.get_by_label("Last name").fill("Newcomer")
    await take(page, "kiosk-first-time")
    await kiosk.tap("Tell the desk")
    await expect(kiosk.heading).to_have_text("Welcome!")
    await kiosk.greets()
    await kiosk.has_roster()
    await page.context.set_offline(True)
    await expect(kiosk.status).to_contain_text("No connection", timeout=20_000)
    await _find(kiosk, late)
    await kiosk.tap("Check in")
    await expect(kiosk.heading).to_have_text("Saved")
    await take(page, "kiosk-saved")
    await page.context.set_offline(False)
    await expect(kiosk.status).not_to_contain_text("saved here", timeout=timedelta(minutes=1).total_seconds() * 1_000)


async def _find(kiosk: Tablet, member: Member) -> None:
    await kiosk.type(member.digits)
    await kiosk.tap("Next")


async def _lobby(page: Page, take: Take, clerk: Clerk) -> None:
    screen = Tablet(page)
    approved = await clerk.ask("ApproveKiosk", input={"code": await screen.code(), "name": "Lobby screen"})
    assert approved["__typename"] == "KioskSaved", approved
    await expect(page.locator(".tag").first).to_be_visible()
    await take(page, "lobby")
