"""Everything that happened to a client, by whom: the audit log, read by client, newest first.

What happened to somebody who was merged into the client belongs to it too. What a deleted note said is not shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, BigInteger, bindparam, text

from backend.clients.reading import as_read, path_of
from backend.db import AnyRow, ReadSession

_STATEMENT = text(
    """
SELECT w.id AS about, e.id, e.happened_at, e.actor_kind, e.actor_label, e.action, e.subject_type, e.before, e.after,
       n.deleted_at IS NOT NULL AS out_of_sight
FROM unnest(:client_ids) AS w (id)
CROSS JOIN LATERAL (
  SELECT a.* FROM audit_log a
  WHERE a.client_id = ANY (ARRAY(SELECT w.id UNION ALL SELECT m.id FROM clients m WHERE m.merged_into_id = w.id)) AND a.id < :before
  ORDER BY a.id DESC LIMIT :most
) e
LEFT JOIN client_notes n ON e.subject_type = 'note' AND n.id = e.subject_id
ORDER BY w.id, e.id DESC
"""
).bindparams(bindparam("client_ids", type_=ARRAY(BigInteger)), bindparam("before", type_=BigInteger()))
_NEWEST = 2**63 - 1
_NOT_FOR_PEOPLE = frozenset({"merged", "into", "out_of", "id", "version", "created_at"})
"""Keys whose values are numbers of rows, or what an entry keeps so that a removal can be taken back."""


@dataclass(frozen=True, slots=True)
class FieldHistory:
    """One field of what changed: its path as in the API's inputs, and both values as people read them (None: empty)."""

    path: tuple[str, ...]
    before: str | None
    after: str | None


async def entries_of(reader: ReadSession, client_ids: Iterable[int], *, first: int, after: int | None) -> Sequence[AnyRow]:
    """Of each client the newest ``first`` entries, and one more where there are others; ``after`` is the number of the last one seen.

    Columns: ``about`` (the client asked for), ``id``, ``happened_at``, ``actor_kind``, ``actor_label``, ``action``, ``subject_type``,
    ``before``, ``after``, ``out_of_sight`` (it is about a note that was deleted). One statement for all clients.
    """
    asked = {"client_ids": list(client_ids), "before": after if after is not None else _NEWEST, "most": first + 1}
    return await reader.rows(_STATEMENT, asked)


def changes_in(row: AnyRow) -> list[FieldHistory]:
    """What an entry says that changed. Numbers of other rows mean nothing to people and are left out."""
    before: Mapping[str, Any] = row.before or {}
    after: Mapping[str, Any] = row.after or {}
    found = []
    for name in dict.fromkeys([*before, *after]):
        if name in _NOT_FOR_PEOPLE or name.endswith(("_id", "_ids")) or (row.out_of_sight and name == "body"):
            continue
        was, now = as_read(before.get(name), name), as_read(after.get(name), name)
        if was != now:
            found.append(FieldHistory(path_of(name), was if name in before else None, now if name in after else None))
    return found
