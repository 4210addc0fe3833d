"""Whom a phone or a code leads to, and what a kiosk may know of them: exact matches alone, never a part, never a name.

Unknown, archived and blocked look alike: the same two statements run for each, and answer with nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ARRAY, BigInteger, Date, bindparam, text

from backend import values
from backend.db import AnyRow, ReadSession

MOST = 6
_LONGEST_CODE = 64
_PHONE = re.compile(r"\+?[\d ().-]{7,24}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed or held up: a phone in E.164 or a code; None where it can be neither."""

    phone: str | None = None
    code: str | None = None

    @property
    def readable(self) -> bool:
        """Whether there is anything to look up."""
        return bool(self.phone or self.code)

    def __str__(self) -> str:
        return self.phone or self.code or ""


def read(phone: str | None, code: str | None) -> Typed:
    """What was typed, as it is looked up."""
    if phone is not None:
        try:
            return Typed(phone=values.phone(phone) if _PHONE.fullmatch(phone.strip()) else None)
        except values.BadValue:
            return Typed()
    plain = (code or "").replace("\0", "").strip()
    return Typed(code=plain if 0 < len(plain) <= _LONGEST_CODE and plain.isprintable() else None)


# A card outlives a merge: its code leads to who was kept. A code that is written exactly so goes before a similar one.
_HOLDERS = text(
    """
    WITH held AS (
      SELECT m.client_id AS id, 1 AS closeness FROM contact_methods m
      WHERE m.kind = 'PHONE' AND m.value = :phone AND NOT m.needs_fixing
      UNION ALL SELECT c.id, 1 FROM clients c WHERE c.guardian_phone = :phone
      UNION ALL SELECT coalesce(c.merged_into_id, c.id), CASE WHEN lower(c.member_code) = lower(:code) THEN 2 ELSE 1 END
      FROM clients c WHERE krc_code(c.member_code) = krc_code(:code) AND c.member_code IS NOT NULL
    ), closest AS (
      SELECT h.id FROM held h WHERE h.closeness = (SELECT max(closeness) FROM held)
    )
    SELECT DISTINCT c.id FROM closest c ORDER BY c.id LIMIT :most
    """
)
# Good standing, or a policy that lets them in or sends them to the desk; BLOCK is not shown.
_PEOPLE = text(
    """
    SELECT c.id, coalesce(nullif(c.preferred_name, ''), c.first_name) AS first_name, left(c.last_name, 1) AS initial,
           c.kiosk_colour, c.kiosk_picture, c.language, c.large_text, c.no_sound, c.no_motion, s.status, s.policy
    FROM clients c CROSS JOIN LATERAL client_standing(c.id, :day) s
    WHERE c.id = ANY (:clients) AND c.archived_at IS NULL AND (s.status IN ('ACTIVE', 'EXPIRING') OR s.policy <> 'BLOCK')
    ORDER BY first_name, initial, c.id
    """
).bindparams(bindparam("clients", type_=ARRAY(BigInteger)), bindparam("day", type_=Date))


async def holders(reader: ReadSession, typed: Typed) -> Sequence[int]:
    """The numbers of those whom it leads to, at most one more than may be shown; a code leads to one or to several that look alike."""
    return list(await reader.scalars(_HOLDERS, {"phone": typed.phone, "code": typed.code, "most": MOST + 1}))


async def look_up(reader: ReadSession, typed: Typed, day: date) -> Sequence[AnyRow]:
    """The people to choose from: none, too many, or not for a kiosk is the same."""
    found = await holders(reader, typed)
    if len(found) > (MOST if typed.phone else 1):
        found = []
    return list(await reader.rows(_PEOPLE, {"clients": list(found), "day": day}))
