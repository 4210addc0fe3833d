"""Member cards as PDF: of one client, or sheets of many."""

import base64
from typing import Any

from backend import clock
from backend.accounts.permissions import Permission
from backend.clients import queries
from backend.clients.cards import MOST, cards_for
from backend.clients.graphql.filters import criteria_of
from backend.clients.queries import ClientOrder, Sorting
from backend.downloads.access import AuditNote, Caller, Download, File
from backend.downloads.asked import Asked
from backend.downloads.paper.press import print_out
from backend.errors import FieldError, ValidationFailed
from backend.system import logo

PAPERS = ("LETTER", "A4", "CARD")


async def cards_pdf(caller: Caller) -> File:
    """``{clientIds, search, filter, paper}``: who, as in the API's ``clients``; ``paper`` is LETTER, A4 or CARD (a page for each card)."""
    asked = Asked(caller.body)
    asked.only(("clientIds", "search", "filter", "paper"))
    chosen, search, wanted = asked.texts("clientIds"), asked.text("search"), asked.client_filter("filter")
    paper = asked.choice("paper", PAPERS) or PAPERS[0]
    asked.done()
    # Everybody only if that is said, by a filter without a condition.
    if not {"clientIds", "search", "filter"} & caller.body.keys():
        raise ValidationFailed(FieldError(("clientIds",), "REQUIRED", "Choose at least one client."))
    zone = caller.settings.zone
    today = clock.today(zone)
    criteria = criteria_of(search, wanted, today=today, zone=zone, chosen=chosen)
    in_order = queries.ids_in_order(criteria, Sorting.by(ClientOrder.NAME, descending=False), today).limit(MOST + 1)
    async with caller.unit_of_work() as uow:
        numbers = list(await uow.scalars(in_order))
        if len(numbers) > MOST:
            raise ValidationFailed(FieldError(("filter",), "TOO_MANY", f"At most {MOST} cards can be made at once. Narrow it down."))
        cards, made = await cards_for(uow, numbers)
        picture = await logo.read(uow) if caller.chosen.logo else None
    if not cards:
        raise ValidationFailed(FieldError(("clientIds",), "NOBODY", "There is nobody among these who can have a card."))
    content: dict[str, Any] = {
        "kind": "cards",
        "paper": paper,
        "language": "en",
        "title": "Member cards",
        "centre": caller.settings.centre_name,
        "accent": caller.chosen.accent_light,
        "logo": base64.b64encode(picture.content).decode() if picture else None,
        "cards": [{"name": card.name, "code": card.code} for card in cards],
    }
    one = cards[0].client_id if len(cards) == 1 else None
    note = AuditNote("cards.printed", "client" if one else "card", one, one, {"clients": len(cards), "new_codes": made})
    name = f"member-card-{one}.pdf" if one else f"member-cards-{today.isoformat()}.pdf"
    return File(name, "application/pdf", await print_out(content), note)


CARDS_PDF = Download("/api/v1/cards.pdf", Permission.CLIENTS_WRITE, cards_pdf, "POST")
