"""Whose code it is that somebody scanned or typed."""

import enum

from sqlalchemy import text

from backend.db import ReadSession

LONGEST = 200


class CodeState(enum.StrEnum):
    """What is known about a code. AMBIGUOUS: two cards say the same when their spaces and hyphens are left out."""

    FOUND = "FOUND"
    ARCHIVED = "ARCHIVED"
    AMBIGUOUS = "AMBIGUOUS"
    UNKNOWN = "UNKNOWN"


# A card outlives a merge: its code leads to the client who was kept. A code that is written exactly so goes before a similar one,
# and a member's code before a number of the regional centre, which some bring on its papers.
_HOLDERS = text(
    """
    WITH RECURSIVE of_card AS (
      SELECT c.id, CASE WHEN lower(c.member_code) = lower(:code) THEN 3 ELSE 2 END AS closeness
      FROM clients c WHERE krc_code(c.member_code) = krc_code(:code) AND c.member_code IS NOT NULL
      UNION ALL
      SELECT DISTINCT a.client_id, 1 FROM authorizations a WHERE a.uci_number = :code
    ), holder AS (
      SELECT c.id, c.merged_into_id, c.archived_at IS NOT NULL AS archived, o.closeness, 0 AS steps FROM of_card o JOIN clients c USING (id)
      UNION ALL
      SELECT k.id, k.merged_into_id, k.archived_at IS NOT NULL, h.closeness, h.steps + 1
      FROM holder h JOIN clients k ON k.id = h.merged_into_id WHERE h.steps < 20
    )
    SELECT id, archived, max(closeness) AS closeness FROM holder WHERE merged_into_id IS NULL GROUP BY id, archived ORDER BY id
    """
)


async def client_of_code(reader: ReadSession, code: str) -> tuple[CodeState, int | None]:
    """Whose it is, through any merges, and the client's number; those in use go before archived ones."""
    code = code.replace("\0", "").strip()
    if not code or len(code) > LONGEST:
        return CodeState.UNKNOWN, None
    rows = list(await reader.rows(_HOLDERS, {"code": code}))
    for archived, state in ((False, CodeState.FOUND), (True, CodeState.ARCHIVED)):
        holders = [row for row in rows if row.archived is archived]
        closest = [row for row in holders if row.closeness == max(each.closeness for each in holders)]
        if len(closest) > 1:
            return CodeState.AMBIGUOUS, None
        if closest:
            return state, closest[0].id
    return CodeState.UNKNOWN, None
