"""POS dates and UCI numbers, which the predecessor kept on the client, as authorizations."""

from backend.operations.adoption.expressions import FIRST_DAY, LAST_DAY, given
from backend.operations.adoption.transfer import Transfer, new_id


async def prepare_authorizations(transfer: Transfer) -> None:
    """One for each new client with both dates; a UCI number alone becomes a note. Nothing is written yet."""
    starts, ends = transfer.column("clients", "pos_start_date", "date"), transfer.column("clients", "pos_end_date", "date")
    await transfer.keep(
        "adopt_authorizations",
        f"""
        SELECT j.*, CASE WHEN reason IS NULL OR reason IN ('uci_without_dates', 'date_limited') THEN 'copied' ELSE 'aside' END AS outcome,
               {new_id("authorizations", "reason IS NULL OR reason = 'date_limited'")} AS new_id
        FROM (
          SELECT p.*, CASE WHEN starts_on IS NULL AND ends_on IS NULL THEN 'uci_without_dates'
                           WHEN starts_on IS NULL OR ends_on IS NULL THEN 'one_date'
                           WHEN ends_on < starts_on THEN 'ends_before_start'
                           WHEN starts_on > {LAST_DAY} OR ends_on < {FIRST_DAY} THEN 'bad_date'
                           WHEN starts_on < {FIRST_DAY} OR ends_on > {LAST_DAY} THEN 'date_limited' END AS reason
          FROM (SELECT c.source_id, c.client_id, c.coordinator, c.created_at, {given(transfer.column("clients", "pos_number"))} AS uci,
                       {starts} AS starts_on, {ends} AS ends_on
                FROM adopt_clients c JOIN legacy.clients l ON l.id = c.source_id) p
          WHERE uci IS NOT NULL OR starts_on IS NOT NULL OR ends_on IS NOT NULL ORDER BY client_id
        ) j
        """,
    )


INSERT = f"""
INSERT INTO authorizations (id, client_id, uci_number, service_coordinator, starts_on, ends_on, created_at) OVERRIDING SYSTEM VALUE
SELECT new_id, client_id, left(uci, 50), left(coordinator, 200), greatest(starts_on, {FIRST_DAY}), least(ends_on, {LAST_DAY}), created_at
FROM adopt_authorizations WHERE new_id IS NOT NULL ORDER BY new_id
"""


async def finish_authorizations(transfer: Transfer) -> None:
    """Count them, once they are written."""
    if not transfer.has("clients", "pos_start_date") and not transfer.has("clients", "pos_number"):
        return
    some = [
        f"{given(transfer.column('clients', 'pos_number'))} IS NOT NULL",
        *(f"{transfer.column('clients', name)} IS NOT NULL" for name in ("pos_start_date", "pos_end_date")),
    ]
    read = f"SELECT count(*) FROM legacy.clients l WHERE {' OR '.join(some)}"
    await transfer.remark("clients.pos", "adopt_authorizations", "changed", "cut", "length(uci) > 50 AND outcome = 'copied'")
    await transfer.finish("clients.pos", "adopt_authorizations", read, target=None)
