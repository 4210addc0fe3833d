"""Who on file may be the person that is being typed in: quick enough to ask with every key.

One statement, every part of it through an index: equal phones, emails and UCI numbers; equal names, in either order, with and without
the birthday; names that resemble: one of both the same word and the other one alike or the beginning of it. Those who were merged into
somebody or erased are left out, archived ones are not: they may come back.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, Date, String, bindparam, text

from backend.db import AnyRow, ReadSession
from backend.values import NAME_LENGTH, UCI_LENGTH, BadValue, email, phone

MOST = 10


class SimilarReason(enum.StrEnum):
    """Why somebody may be the same person, the surest first."""

    SAME_UCI = "SAME_UCI"
    SAME_EMAIL = "SAME_EMAIL"
    SAME_NAME_AND_BIRTHDAY = "SAME_NAME_AND_BIRTHDAY"
    SAME_PHONE = "SAME_PHONE"
    SIMILAR_NAME = "SIMILAR_NAME"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed so far; anything may be missing, half written or wrong. ``except_id``: a client who is not to be named."""

    first_name: str = ""
    last_name: str = ""
    date_of_birth: date | None = None
    phone: str = ""
    email: str = ""
    uci_number: str = ""
    except_id: int | None = None


_STATEMENT = text(
    r"""
WITH typed AS MATERIALIZED (
  SELECT krc_fold(:last_name || ' ' || :first_name) AS name, krc_fold(:first_name || ' ' || :last_name) AS given,
         krc_fold(:first_name) AS first, krc_fold(:last_name) AS last,
         regexp_replace(krc_fold(:first_name), '([\\%_])', '\\\1', 'g') AS first_word,
         regexp_replace(krc_fold(:last_name), '([\\%_])', '\\\1', 'g') AS last_word,
         regexp_replace(left(krc_fold(:first_name), 2), '([\\%_])', '\\\1', 'g') AS first_start,
         regexp_replace(left(krc_fold(:last_name), 2), '([\\%_])', '\\\1', 'g') AS last_start
), alike AS MATERIALIZED (
  (SELECT client_id FROM client_search
   WHERE :by_name AND document LIKE (SELECT '% ' || last_word || ' %' FROM typed) ESCAPE '\'
     AND document LIKE (SELECT '% ' || first_start || '%' FROM typed) ESCAPE '\' LIMIT 200)
  UNION
  (SELECT client_id FROM client_search
   WHERE :by_name AND document LIKE (SELECT '% ' || first_word || ' %' FROM typed) ESCAPE '\'
     AND document LIKE (SELECT '% ' || last_start || '%' FROM typed) ESCAPE '\' LIMIT 200)
), hits AS (
  (SELECT client_id, 1 AS rank FROM authorizations WHERE uci_number = :uci_number LIMIT 50)
  UNION ALL
  (SELECT client_id, 2 FROM contact_methods WHERE value = :email AND kind = 'EMAIL' AND NOT needs_fixing LIMIT 50)
  UNION ALL
  (SELECT id, CASE WHEN date_of_birth = :date_of_birth THEN 3 ELSE 5 END FROM clients
   WHERE :any_name AND sort_name IN ((SELECT name FROM typed), (SELECT given FROM typed))
     AND (:by_name OR date_of_birth = :date_of_birth) LIMIT 50)
  UNION ALL
  (SELECT client_id, 4 FROM contact_methods WHERE value = :phone AND kind = 'PHONE' AND NOT needs_fixing LIMIT 50)
  UNION ALL
  SELECT c.id, 5 FROM alike a JOIN clients c ON c.id = a.client_id CROSS JOIN typed t
  WHERE EXISTS (
    SELECT FROM (VALUES (krc_fold(c.first_name)), (krc_fold(coalesce(c.preferred_name, c.first_name)))) f (first),
                (VALUES (krc_fold(c.last_name))) l (last)
    WHERE (l.last = t.last AND (similarity(f.first, t.first) >= 0.4 OR starts_with(f.first, t.first) OR starts_with(t.first, f.first)))
       OR (f.first = t.first AND (similarity(l.last, t.last) >= 0.4 OR starts_with(l.last, t.last)))
  )
)
SELECT c.id, array_agg(DISTINCT h.rank ORDER BY h.rank) AS ranks
FROM hits h JOIN clients c ON c.id = h.client_id
WHERE c.merged_into_id IS NULL AND c.id IS DISTINCT FROM :except_id AND NOT EXISTS (SELECT FROM erasures e WHERE e.client_id = c.id)
GROUP BY c.id
ORDER BY min(h.rank), count(DISTINCT h.rank) DESC, similarity(c.sort_name, (SELECT name FROM typed)) DESC, c.id
LIMIT :most
"""
).bindparams(
    *(bindparam(name, type_=String()) for name in ("first_name", "last_name", "phone", "email", "uci_number")),
    bindparam("date_of_birth", type_=Date()),
    bindparam("except_id", type_=BigInteger()),
)
_REASONS = tuple(SimilarReason)


def _clean(words: str, longest: int) -> str:
    printable = "".join(character if character.isprintable() else " " for character in words[: 2 * longest])
    return " ".join(printable.split())[:longest]


def _phone(given: str) -> str | None:
    try:
        return phone(given)
    except BadValue:
        return None


def _email(given: str) -> str | None:
    try:
        return email(given)
    except BadValue:
        return None


async def similar_clients(reader: ReadSession, typed: Typed) -> Sequence[tuple[int, list[SimilarReason]]]:
    """At most ten clients who may be this person, the likeliest first, each with its reasons, the surest first.

    What was typed may be anything: it never fails.
    """
    first, last = _clean(typed.first_name, NAME_LENGTH), _clean(typed.last_name, NAME_LENGTH)
    asked = {
        "first_name": first,
        "last_name": last,
        "any_name": bool(first or last),
        # A letter alone resembles half of all people.
        "by_name": len(first) >= 2 and len(last) >= 2,
        "date_of_birth": typed.date_of_birth,
        "phone": _phone(typed.phone),
        "email": _email(typed.email),
        "uci_number": _clean(typed.uci_number, UCI_LENGTH) or None,
        "except_id": typed.except_id,
        "most": MOST,
    }
    if not any(asked[name] for name in ("any_name", "phone", "email", "uci_number")):
        return []
    return [_found(row) for row in await reader.rows(_STATEMENT, asked)]


def _found(row: AnyRow) -> tuple[int, list[SimilarReason]]:
    ranks = [rank for rank in row.ranks if rank != 5 or 3 not in row.ranks]
    return row.id, [_REASONS[rank - 1] for rank in ranks]
