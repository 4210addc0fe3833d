"""Clients who may be the same person. Nobody is joined here: somebody decides, pair by pair."""

from backend.operations.adoption.transfer import Transfer

# The surest reason first: a pair is offered once. A phone alone is no sign: a family shares one.
_SIGNS = {
    "same_uci": "SELECT client_id, lower(btrim(uci_number)) AS sign FROM authorizations WHERE uci_number IS NOT NULL",
    "same_email": "SELECT client_id, value AS sign FROM contact_methods WHERE kind = 'EMAIL' AND NOT needs_fixing",
    "same_name_and_birthday": """
        SELECT id AS client_id, sort_name || ' ' || date_of_birth AS sign FROM clients
        WHERE date_of_birth IS NOT NULL AND last_name <> '?'""",
    "same_phone_and_name": """
        SELECT c.id AS client_id, m.value || ' ' || c.sort_name AS sign FROM contact_methods m JOIN clients c ON c.id = m.client_id
        WHERE m.kind = 'PHONE' AND NOT m.needs_fixing AND c.last_name <> '?'""",
}


async def offer_duplicates(transfer: Transfer) -> int:
    """Pair each client who came over just now with the first one who has the same sign; returns how many pairs are new.

    In a group of a hundred each is paired with its first, so that there are a hundred pairs and not five thousand.
    """
    offered = 0
    for reason, signs in _SIGNS.items():
        offered += await transfer.run(
            f"""
            INSERT INTO possible_duplicates (client_id, other_id, reason)
            SELECT DISTINCT first, client_id, '{reason}'
            FROM (SELECT client_id, min(client_id) OVER (PARTITION BY sign) AS first FROM ({signs}) s) pairs
            WHERE first < client_id AND EXISTS (SELECT FROM adopt_clients a WHERE a.client_id IN (pairs.client_id, pairs.first))
            ON CONFLICT DO NOTHING
            """
        )
    return offered
