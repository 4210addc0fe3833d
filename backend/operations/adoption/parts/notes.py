"""Remarks about clients: those with an author, and the one text that the predecessor kept on the client."""

from backend.operations.adoption.expressions import instant, is_blank
from backend.operations.adoption.transfer import Transfer, all_rows, unseen

# The database takes 10,000 characters; each part begins with its number.
LONGEST, PART = 10_000, 9_900


async def copy_notes(transfer: Transfer) -> None:
    """All of them; a long one becomes numbered notes in a row. Needs clients, users and authorizations to be there."""
    queries = [_of_clients(transfer), _of_authorizations()]
    if transfer.has("client_notes"):
        queries.append(_with_authors())
    await transfer.keep(
        "adopt_notes_given",
        f"""
        SELECT *, CASE WHEN client_id IS NULL OR {is_blank("body")} THEN 'aside' ELSE 'copied' END AS outcome,
               CASE WHEN client_id IS NULL THEN 'client_gone' WHEN {is_blank("body")} THEN 'blank'
                    WHEN length(body) > {LONGEST} THEN 'in_parts'
               END AS reason
        FROM ({" UNION ALL ".join(queries)}) n
        """,
    )
    parts = f"CASE WHEN length(body) > {LONGEST} THEN (length(body) + {PART - 1}) / {PART} ELSE 1 END"
    await transfer.keep(
        "adopt_notes_pieces",
        f"""
        SELECT p.*, nextval(pg_get_serial_sequence('client_notes', 'id')) AS new_id
        FROM (
          SELECT n.part, n.source_id, n.client_id, n.author_id, n.created_at,
                 CASE n.parts WHEN 1 THEN body ELSE '(' || piece || '/' || n.parts || ') ' || substr(body, (piece - 1) * {PART} + 1,
                   {PART}) END AS body
          FROM (SELECT *, {parts} AS parts FROM adopt_notes_given WHERE outcome = 'copied') n, generate_series(1, n.parts) piece
          ORDER BY n.created_at, n.part, n.source_id, piece
        ) p
        """,
    )
    await transfer.run(
        """INSERT INTO client_notes (id, client_id, body, author_id, created_at) OVERRIDING SYSTEM VALUE
           SELECT new_id, client_id, body, author_id, created_at FROM adopt_notes_pieces ORDER BY new_id"""
    )
    await transfer.keep(
        "adopt_notes",
        """SELECT g.part, g.source_id, g.client_id, g.outcome, g.reason, f.target_id
           FROM adopt_notes_given g
           LEFT JOIN (SELECT part, source_id, min(new_id) AS target_id FROM adopt_notes_pieces GROUP BY 1, 2) f USING (part, source_id)""",
    )
    read = f"SELECT count(*) FROM legacy.clients l WHERE NOT {is_blank('l.notes')}"
    await transfer.finish("clients.notes", "adopt_notes", read, condition="part = 'clients.notes'", target=None)
    if transfer.has("client_notes"):
        await transfer.finish("client_notes", "adopt_notes", all_rows("client_notes"), condition="part = 'client_notes'")


def _of_clients(transfer: Transfer) -> str:
    notes = transfer.column("clients", "notes")
    return f"""SELECT 'clients.notes' AS part, c.source_id, c.client_id, NULL::bigint AS author_id, {notes} AS body, c.created_at
               FROM adopt_clients c JOIN legacy.clients l ON l.id = c.source_id WHERE NOT {is_blank(notes)}"""


def _of_authorizations() -> str:
    return """SELECT 'clients.pos', source_id, client_id, NULL, 'UCI ' || uci || ' (no dates)', created_at
              FROM adopt_authorizations WHERE reason = 'uci_without_dates'"""


def _with_authors() -> str:
    return f"""
    SELECT 'client_notes', l.id, p.client_id, u.id, l.note::text, {instant("l.created_at::timestamptz")}
    FROM legacy.client_notes l LEFT JOIN adopt_people p ON p.source_id = l.client_id
    LEFT JOIN adopted_rows a ON a.part = 'users' AND a.source_id = l.user_id LEFT JOIN users u ON u.id = a.target_id
    WHERE {unseen("client_notes")}
    """
