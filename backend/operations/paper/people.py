"""Who is on the roster, and what stands there about them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, true

from backend import clock
from backend.clients.models import Client
from backend.clients.standing import StandingStatus, standing_on
from backend.config import Settings
from backend.db import AnyRow, ReadSession
from backend.operations.paper.words import standing_of, texts
from backend.system import present

LATELY = timedelta(days=90)
_GOOD = (StandingStatus.ACTIVE, StandingStatus.EXPIRING)
_OTHER_LETTER = "#"
# Where letters are written on Letter; everywhere else it is A4.
_LETTER_ZONES = ("America/", "US/", "Canada/", "Pacific/Honolulu")


async def content_of(reader: ReadSession, settings: Settings, instant: datetime | None = None) -> dict[str, Any]:
    """Everything that is drawn, without the passphrase: whoever came within 90 days or is in good standing today, by name."""
    now = instant or clock.now()
    centre = await present.read(reader, settings)
    zone, language = centre.settings.zone, centre.chosen.default_language
    here = now.astimezone(zone)
    standing = standing_on(Client.id, here.date())
    who = (
        select(
            Client.first_name, Client.last_name, Client.preferred_name, Client.sort_name, Client.member_code,
            standing.c.status, standing.c.starts_on, standing.c.ends_on,
        )
        .join(standing, true())
        .where(Client.archived_at.is_(None), or_(Client.last_check_in_at >= now - LATELY, standing.c.status.in_(_GOOD)))
        .order_by(Client.sort_name, Client.id)
    )  # fmt: skip
    return {
        "kind": "roster",
        "paper": "LETTER" if zone.key.startswith(_LETTER_ZONES) else "A4",
        "language": language,
        "words": texts(language, centre.settings.centre_name, here, zone.key),
        "groups": _by_letter(await reader.rows(who), language),
    }


def _by_letter(rows: Sequence[AnyRow], language: str) -> list[Mapping[str, Any]]:
    """The people below the first letters of their last names; names that begin otherwise are the last."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        first = row.sort_name.strip()[:1].upper()
        letter = first if "A" <= first <= "Z" else _OTHER_LETTER
        groups.setdefault(letter, []).append(_person(row, language))
    return [{"letter": letter, "people": groups[letter]} for letter in sorted(groups, key=lambda each: (each == _OTHER_LETTER, each))]


def _person(row: AnyRow, language: str) -> Mapping[str, Any]:
    name = ", ".join(filter(None, (row.last_name.strip(), row.first_name.strip())))
    called = (row.preferred_name or "").strip()
    word, day = standing_of(row.status, row.starts_on, row.ends_on, language)
    return {"name": f"{name} ({called})" if called else name, "standing": word, "day": day, "code": row.member_code}
