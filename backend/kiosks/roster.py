"""What a kiosk needs to decide without a network: for each phone and code a keyed hash, and what holds for whom it leads to.

No names and no numbers: the hashes are keyed for each kiosk, so a list that got out tells who has the key whether a number is on it,
and nobody else anything. The key goes with the list, since who holds one holds the other; a browser keeps it where no page can read it.
"""

import base64
import hmac
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, Date, bindparam, text

from backend.accounts.tokens import derive_key
from backend.config import Settings
from backend.db import AnyRow, ReadSession
from backend.kiosks import handles

PAGE = 1000
"""Clients of a page."""

_PAGE = text(
    """
    WITH page AS (
      SELECT c.id, c.guardian_phone, c.member_code, c.language, c.large_text, c.no_sound, c.no_motion, c.kiosk_colour, c.kiosk_picture
      FROM clients c WHERE c.id > :after AND c.archived_at IS NULL ORDER BY c.id LIMIT :most
    )
    SELECT p.id, p.language, p.large_text, p.no_sound, p.no_motion, p.kiosk_colour, p.kiosk_picture,
           s.starts_on, s.ends_on, s.status, s.policy,
           ARRAY(SELECT m.value FROM contact_methods m WHERE m.client_id = p.id AND m.kind = 'PHONE' AND NOT m.needs_fixing
                 UNION SELECT p.guardian_phone WHERE p.guardian_phone IS NOT NULL) AS phones,
           ARRAY(SELECT krc_code(c.member_code) FROM clients c WHERE c.id = p.id AND c.member_code IS NOT NULL
                 UNION SELECT krc_code(c.member_code) FROM clients c WHERE c.merged_into_id = p.id AND c.member_code IS NOT NULL) AS codes
    FROM page p CROSS JOIN LATERAL client_standing(p.id, :day) s ORDER BY p.id
    """
).bindparams(bindparam("after", type_=BigInteger), bindparam("most", type_=BigInteger), bindparam("day", type_=Date))


@dataclass(frozen=True, slots=True)
class RosterPage:
    """Lines, and after which client to go on."""

    entries: list[str]
    next: int | None


def key_of(settings: Settings, kiosk_id: int) -> bytes:
    """The key of a kiosk's hashes."""
    return hmac.digest(derive_key(settings, "kiosk-roster"), b"%d" % kiosk_id, "sha256")


def hash_of(key: bytes, credential: str) -> str:
    """The hash of ``phone:`` with a phone in E.164, or ``code:`` with a code as `krc_code` folds it: 16 bytes in base64url."""
    return base64.urlsafe_b64encode(hmac.digest(key, credential.encode(), "sha256")[:16]).rstrip(b"=").decode()


async def page(reader: ReadSession, settings: Settings, kiosk_id: int, *, day: date, after: int) -> RosterPage:
    """The clients after this one. One statement."""
    rows = await reader.rows(_PAGE, {"after": after, "most": PAGE, "day": day})
    key = key_of(settings, kiosk_id)
    entries = [line for row in rows for line in _lines(settings, kiosk_id, key, row)]
    return RosterPage(entries, rows[-1].id if len(rows) == PAGE else None)


def _lines(settings: Settings, kiosk_id: int, key: bytes, row: AnyRow) -> list[str]:
    good = row.status in ("ACTIVE", "EXPIRING", "PENDING")
    flags = row.language + "".join(sign for sign, on in zip("lsm", (row.large_text, row.no_sound, row.no_motion), strict=True) if on)
    rest = " ".join(
        (
            handles.make(settings, kiosk_id, row.id),
            row.starts_on.isoformat() if good else "-",
            row.ends_on.isoformat() if good else "-",
            row.policy,
            row.kiosk_colour or "-",
            row.kiosk_picture or "-",
            flags,
        )
    )
    credentials = [f"phone:{phone}" for phone in row.phones] + [f"code:{code}" for code in row.codes]
    return [f"{hash_of(key, credential)} {rest}" for credential in credentials]
