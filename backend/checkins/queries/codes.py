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


# A card outlives a merge: its code leads to the client who was kept. A code that is written exactly so goes before a similar one.
_HOLDERS = text(
    """
    WITH RECURSIVE holder AS (
      SELECT c.id, c.merged_into_id, c.archived_at IS NOT NULL AS archived, lower(c.member_code) = lower(:code) AS exact, 0 AS steps
      FROM clients c WHERE krc_code(c.member_code) = krc_code(:code) AND c.member_code IS NOT NULL
      UNION ALL
      SELECT k.id, k.merged_into_id, k.archived_at IS NOT NULL, h.exact, h.steps + 1
      FROM holder h JOIN clients k ON k.id = h.merged_into_id WHERE h.steps < 20
    )
    SELECT id, archived, bool_or(exact) AS exact FROM holder WHERE merged_into_id IS NULL GROUP BY id, archived ORDER BY id
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
        exact = [row for row in holders if row.exact] or holders
        if len(exact) > 1:
            return CodeState.AMBIGUOUS, None
        if exact:
            return state, exact[0].id
    return CodeState.UNKNOWN, None
