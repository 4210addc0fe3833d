"""What clients agreed to and took back, as the history it is."""

from backend.operations.adoption.expressions import clean, given, instant, is_instant
from backend.operations.adoption.transfer import Transfer, all_rows, new_id, unseen

_KINDS = {"sms": "SMS", "email": "EMAIL", "photo": "PHOTO", "tos": "TERMS", "terms": "TERMS", "waiver": "WAIVER"}
NO_SOURCE = "not recorded"

# A client has one record of a kind at an instant. Records of one instant that say different things follow each other by a microsecond:
# each comes at its own time, or right after the one before it.
_SPREAD = """
SELECT p.*, CASE WHEN client_id IS NOT NULL AND kind IS NOT NULL AND is_possible AND is_first
                 THEN timestamptz 'epoch' + (max(micros - turn) OVER following + turn) * interval '1 microsecond'
                 ELSE happened_at END AS moved_to
FROM (
  SELECT j.*, (extract(epoch FROM happened_at) * 1000000)::bigint AS micros,
         row_number() OVER (PARTITION BY client_id, kind, is_possible, is_first ORDER BY happened_at, created_at, source_id) AS turn
  FROM judged j
) p
WINDOW following AS (PARTITION BY client_id, kind, is_possible, is_first ORDER BY turn)
"""


async def copy_consents(transfer: Transfer) -> None:
    """All of a known kind. Two that say the same at the same instant are one."""
    if not transfer.has("consents"):
        return
    kinds = " ".join(f"WHEN '{word}' THEN '{kind}'" for word, kind in _KINDS.items())
    when = "coalesce(l.granted_at::timestamptz, l.created_at::timestamptz)"
    await transfer.keep(
        "adopt_consents_given",
        f"""
        WITH written AS (
          SELECT l.id AS source_id, p.client_id, CASE lower({clean("l.kind::text")}) {kinds} END AS kind, l.granted,
                 left(coalesce({given("l.source::text")}, '{NO_SOURCE}'), 200) AS source,
                 CASE WHEN {is_instant(when)} THEN {when} END AS happened_at,
                 coalesce({is_instant(when)}, false) AS is_possible, {instant("l.created_at::timestamptz")} AS created_at
          FROM legacy.consents l LEFT JOIN adopt_people p ON p.source_id = l.client_id WHERE {unseen("consents")}
        ), judged AS (
          SELECT w.*, 1 = row_number() OVER (PARTITION BY client_id, kind, happened_at, granted, source
                                             ORDER BY created_at, source_id) AS is_first
          FROM written w
        )
        {_SPREAD}
        """,
    )
    await _step_around_our_own(transfer)
    obstacle = (
        "CASE WHEN client_id IS NULL THEN 'client_gone' WHEN kind IS NULL THEN 'unknown_kind' WHEN NOT is_possible THEN 'bad_time' END"
    )
    await transfer.keep(
        "adopt_consents",
        f"""
        SELECT n.*, coalesce(there, max(new_id) OVER (PARTITION BY client_id, kind, happened_at, granted, source, obstacle)) AS target_id,
               CASE WHEN obstacle IS NOT NULL THEN 'aside' WHEN new_id IS NULL THEN 'joined' ELSE 'copied' END AS outcome,
               CASE WHEN obstacle IS NOT NULL THEN obstacle WHEN new_id IS NULL THEN 'same_consent'
                    WHEN moved_to <> happened_at THEN 'moved' END AS reason
        FROM (
          SELECT o.*, {new_id("consents", "obstacle IS NULL AND is_first AND there IS NULL")} AS new_id
          FROM (SELECT *, {obstacle} AS obstacle FROM adopt_consents_given ORDER BY moved_to, source_id) o
        ) n
        """,
    )
    await transfer.run(
        """INSERT INTO consents (id, client_id, kind, granted, happened_at, source) OVERRIDING SYSTEM VALUE
           SELECT new_id, client_id, kind::consent_kind, granted, moved_to, source FROM adopt_consents WHERE new_id IS NOT NULL
             ORDER BY new_id"""
    )
    await transfer.finish("consents", "adopt_consents", all_rows("consents"))


async def _step_around_our_own(transfer: Transfer) -> None:
    """Join what our history says already, and move the rest to where it has a free instant."""
    await transfer.run("ALTER TABLE adopt_consents_given ADD there bigint")
    await transfer.run("ANALYZE adopt_consents_given")
    same = "c.client_id = g.client_id AND c.kind = g.kind::consent_kind"
    await transfer.run(
        f"""UPDATE adopt_consents_given g SET there = c.id FROM consents c
            WHERE {same} AND c.happened_at = g.happened_at AND c.granted = g.granted AND c.source = g.source"""
    )
    move = (
        "UPDATE adopt_consents_given g SET moved_to = moved_to + interval '1 microsecond' WHERE g.there IS NULL AND g.is_first AND EXISTS"
    )
    taken = f"{move} (SELECT FROM consents c WHERE {same} AND c.happened_at = g.moved_to)"
    pushed = f"""{move} (SELECT FROM adopt_consents_given o WHERE o.client_id = g.client_id AND o.kind = g.kind AND o.moved_to = g.moved_to
                         AND o.there IS NULL AND o.is_first AND o.turn < g.turn)"""
    # In a first run there is nothing of our own, so this ends at once.
    while await transfer.run(taken):
        while await transfer.run(pushed):
            pass
