"""Clients who may be the same person: noting pairs, and saying that two are not."""

from sqlalchemy import BigInteger, bindparam, select, text, update

from backend import clock
from backend.audit import service as audit
from backend.clients.models import PossibleDuplicate
from backend.db import AnyRow, UnitOfWork
from backend.errors import NotFound

# A phone alone is no sign: a family shares one. The surest reason names the pair.
_NOTE_PAIRS = text(
    """
INSERT INTO possible_duplicates (client_id, other_id, reason)
SELECT DISTINCT ON (o.id) least(o.id, :client_id), greatest(o.id, :client_id), s.reason
FROM (
  SELECT other.client_id, 0 AS rank, 'same_uci' AS reason
  FROM authorizations mine JOIN authorizations other ON other.uci_number = mine.uci_number WHERE mine.client_id = :client_id
  UNION ALL
  SELECT other.client_id, 1, 'same_email'
  FROM contact_methods mine JOIN contact_methods other ON other.value = mine.value AND other.kind = mine.kind
  WHERE mine.client_id = :client_id AND mine.kind = 'EMAIL' AND NOT mine.needs_fixing AND NOT other.needs_fixing
  UNION ALL
  SELECT other.id, 2, 'same_name_and_birthday'
  FROM clients mine JOIN clients other ON other.sort_name IN (mine.sort_name, mine.sort_given) AND other.date_of_birth = mine.date_of_birth
  WHERE mine.id = :client_id
  UNION ALL
  SELECT other.id, 3, 'same_phone_and_name'
  FROM clients me JOIN contact_methods mine ON mine.client_id = me.id AND mine.kind = 'PHONE' AND NOT mine.needs_fixing
  JOIN contact_methods theirs ON theirs.value = mine.value AND theirs.kind = 'PHONE' AND NOT theirs.needs_fixing
  JOIN clients other ON other.id = theirs.client_id AND other.sort_name IN (me.sort_name, me.sort_given)
  WHERE me.id = :client_id
) s JOIN clients o ON o.id = s.client_id
WHERE o.id <> :client_id AND o.merged_into_id IS NULL AND NOT EXISTS (SELECT FROM erasures e WHERE e.client_id = o.id)
ORDER BY o.id, s.rank
LIMIT 20
ON CONFLICT DO NOTHING
"""
).bindparams(bindparam("client_id", type_=BigInteger()))


async def note_pairs(uow: UnitOfWork, client_id: int) -> None:
    """Pair a client who is new, or known by something new, with those who may be the same person; a dismissed pair stays dismissed."""
    await uow.execute(_NOTE_PAIRS, {"client_id": client_id})


async def dismiss_duplicate(uow: UnitOfWork, client_id: int, other_id: int, *, user_id: int | None) -> AnyRow:
    """Note that two clients, given in either order, are not the same person. A second time changes nothing.

    Returns the pair: ``client_id``, ``other_id``, ``reason``, ``found_at``. Raises `NotFound` for a pair that nobody suspected.
    """
    first, second = sorted((client_id, other_id))
    pair = (PossibleDuplicate.client_id == first, PossibleDuplicate.other_id == second)
    found = await uow.row(
        select(
            PossibleDuplicate.client_id,
            PossibleDuplicate.other_id,
            PossibleDuplicate.reason,
            PossibleDuplicate.found_at,
            PossibleDuplicate.dismissed_at,
        )
        .where(*pair)
        .with_for_update()
    )
    if found is None:
        raise NotFound("These two are not noted as possibly the same person.")
    if found.dismissed_at is None:
        await uow.execute(update(PossibleDuplicate).where(*pair).values(dismissed_at=clock.now(), dismissed_by=user_id))
        for one, other in ((first, second), (second, first)):
            audit.record(uow, "client.duplicate_dismissed", "client", one, client_id=one, after={"other_id": other, "reason": found.reason})
    return found
