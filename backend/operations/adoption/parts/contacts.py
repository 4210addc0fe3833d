"""How clients can be reached: their own phone and email, and the table of contact methods, in one form and without doubles."""

from backend import values
from backend.operations.adoption.expressions import given, instant, is_email, north_american
from backend.operations.adoption.looking_up import look_up
from backend.operations.adoption.transfer import Transfer, all_rows, new_id, unseen

_KINDS = {
    "sms": "PHONE",
    "phone": "PHONE",
    "mobile": "PHONE",
    "cell": "PHONE",
    "text": "PHONE",
    "email": "EMAIL",
    "e-mail": "EMAIL",
    "discord": "DISCORD",
}
_LONGEST = 254
_OWN = {"clients.phone": "phone", "clients.email": "email"}


async def prepare_contacts(transfer: Transfer) -> None:
    """Bring every phone, email and handle that is new here into our form, and decide who is whose first. Nothing is written yet."""
    await transfer.keep("adopt_contacts_given", _given(transfer))
    await _phones(transfer)
    # The client's own column comes first; then what was there the longest.
    order = "own DESC, created_at, source_id"
    await transfer.keep(
        "adopt_contacts",
        f"""
        WITH formed AS (
          SELECT g.*, CASE kind WHEN 'PHONE' THEN coalesce(p.e164, btrim(written))
                                WHEN 'EMAIL' THEN CASE WHEN {is_email("cleaned")} THEN cleaned ELSE btrim(written) END
                                ELSE cleaned END AS value,
                 CASE kind WHEN 'PHONE' THEN p.e164 IS NULL WHEN 'EMAIL' THEN NOT {is_email("cleaned")} ELSE false END AS needs_fixing
          FROM adopt_contacts_given g
          LEFT JOIN (SELECT written AS spelled, e164 FROM adopt_phones) p ON g.kind = 'PHONE' AND p.spelled = g.written
        ), judged AS (
          SELECT f.*, CASE WHEN client_id IS NULL THEN 'client_gone' WHEN cleaned IS NULL THEN 'blank' WHEN kind IS NULL THEN 'unknown_kind'
                           WHEN length(value) > {_LONGEST} THEN 'too_long' END AS obstacle
          FROM formed f
        ), placed AS (
          SELECT j.*, m.existing, row_number() OVER (PARTITION BY client_id, kind, value, obstacle ORDER BY {order}) AS place,
                 min(verified_at) OVER (PARTITION BY client_id, kind, value, obstacle) AS proved
          FROM judged j LEFT JOIN (SELECT id AS existing, client_id AS whose, kind AS what, value AS there FROM contact_methods) m
          ON m.whose = j.client_id AND m.what = j.kind::contact_kind AND m.there = j.value
        ), numbered AS (
          SELECT p.*, {new_id("contact_methods", "obstacle IS NULL AND existing IS NULL AND place = 1")} AS new_id
          FROM (SELECT * FROM placed ORDER BY created_at, source_id, kind DESC) p
        )
        SELECT n.*, coalesce(existing, max(new_id) OVER (PARTITION BY client_id, kind, value, obstacle)) AS target_id,
               CASE WHEN obstacle IS NOT NULL THEN 'aside' WHEN new_id IS NULL THEN 'joined' ELSE 'copied' END AS outcome,
               CASE WHEN obstacle IS NOT NULL THEN obstacle WHEN new_id IS NULL THEN 'same_value'
                    WHEN needs_fixing THEN 'needs_fixing' END AS reason,
               new_id IS NOT NULL AND row_number() OVER (PARTITION BY client_id, kind, new_id IS NULL ORDER BY {order}) = 1
               AND NOT EXISTS (SELECT FROM contact_methods m WHERE m.client_id = n.client_id AND m.kind = n.kind::contact_kind
                 AND m.is_primary) AS is_first
        FROM numbered n
        """,
    )


INSERT = """
INSERT INTO contact_methods (id, client_id, kind, value, is_primary, needs_fixing, verified_at, created_at) OVERRIDING SYSTEM VALUE
SELECT new_id, client_id, kind::contact_kind, value, is_first, needs_fixing, proved, created_at FROM adopt_contacts
WHERE new_id IS NOT NULL ORDER BY new_id
"""


async def finish_contacts(transfer: Transfer) -> None:
    """Count them, once they are written."""
    for part, column in _OWN.items():
        read = f"SELECT count(*) FROM legacy.clients l WHERE {given(transfer.column('clients', column))} IS NOT NULL"
        await transfer.finish(part, "adopt_contacts", read, condition=f"part = '{part}'", target=None)
    if transfer.has("contact_methods"):
        await transfer.finish("contact_methods", "adopt_contacts", all_rows("contact_methods"), condition="part = 'contact_methods'")


def _given(transfer: Transfer) -> str:
    queries = []
    for part, column in _OWN.items():
        written = transfer.column("clients", column)
        cleaned = given(written) if column == "phone" else f"lower({given(written)})"
        queries.append(
            f"""SELECT '{part}' AS part, c.source_id, c.client_id, '{column.upper()}' AS kind, {written} AS written, {cleaned} AS cleaned,
                  true AS own,
                       NULL::timestamptz AS verified_at, c.created_at
                FROM adopt_clients c JOIN legacy.clients l ON l.id = c.source_id WHERE {given(written)} IS NOT NULL"""
        )
    if transfer.has("contact_methods"):
        kinds = " ".join(f"WHEN '{word}' THEN '{kind}'" for word, kind in _KINDS.items())
        kind, value = f"CASE lower(btrim(l.type::text)) {kinds} END", transfer.column("contact_methods", "value")
        made = instant("l.created_at::timestamptz")
        queries.append(
            f"""SELECT 'contact_methods', l.id, p.client_id, {kind}, {value},
            CASE {kind} WHEN 'EMAIL' THEN lower({given(value)}) ELSE {given(value)} END,
                       false, CASE WHEN l.verified THEN {made} END, {made}
                FROM legacy.contact_methods l LEFT JOIN adopt_people p ON p.source_id = l.client_id WHERE {unseen("contact_methods")}"""
        )
    return " UNION ALL ".join(queries)


async def _phones(transfer: Transfer) -> None:
    """Every spelling of a phone with its E.164 form: nearly all by a pattern, the rest by the library that knows all countries."""
    form = north_american("written")
    await transfer.keep(
        "adopt_phones", f"SELECT written, {form} AS e164 FROM (SELECT DISTINCT written FROM adopt_contacts_given WHERE kind = 'PHONE') p"
    )
    await look_up(transfer, "SELECT written FROM adopt_phones WHERE e164 IS NULL", "adopt_odd_phones", _phone)
    await transfer.run(
        "UPDATE adopt_phones p SET e164 = o.found FROM adopt_odd_phones o WHERE o.written = p.written AND o.found IS NOT NULL"
    )


def _phone(written: str) -> str | None:
    try:
        return values.phone(written)
    except values.BadValue:
        return None
