"""Merging: one transaction, in which everything moves or nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, bindparam, text, update
from sqlalchemy.dialects.postgresql import ARRAY

from backend import clock
from backend.audit import idempotency
from backend.audit import service as audit
from backend.clients.merge import people
from backend.clients.merge.fields import Field, differing
from backend.clients.merge.parts import BY_TABLE, Item, move, plan
from backend.clients.models import Client, ClientMerge
from backend.clients.service.versions import as_json, author, refuse_stale
from backend.db import AnyRow, ReadSession, UnitOfWork

# Of the ones that move, none stays primary where the kept client has a primary one of that kind already.
_STEP_DOWN = """, is_primary = t.is_primary AND NOT EXISTS (
  SELECT FROM contact_methods k WHERE k.client_id = :taker AND k.kind = t.kind AND k.is_primary)"""
_PRIMARY = text("SELECT id FROM contact_methods WHERE client_id = :client AND is_primary ORDER BY id")
_FORMER = text("UPDATE clients SET merged_into_id = :kept WHERE merged_into_id = :gone RETURNING id")
# Visits were moved: the first and the last one of each of these clients, none where none is left.
VISITS = text(
    """
    UPDATE clients c SET (first_check_in_at, last_check_in_at) = (
      SELECT min(v.happened_at), max(v.happened_at) FROM check_ins v WHERE v.client_id = c.id AND v.voided_at IS NULL)
    WHERE c.id = ANY (:clients)
    """
).bindparams(bindparam("clients", type_=ARRAY(BigInteger)))
_OF_PAIR = ("other", "reason", "found_at", "dismissed_at", "dismissed_by")
_PAIRS = text(
    """
    DELETE FROM possible_duplicates WHERE :gone IN (client_id, other_id)
    RETURNING CASE client_id WHEN :gone THEN other_id ELSE client_id END AS other, reason, found_at::text, dismissed_at::text, dismissed_by
    """
)
PAIR = text(
    """
    INSERT INTO possible_duplicates (client_id, other_id, reason, found_at, dismissed_at, dismissed_by)
    SELECT least(:one, :other), greatest(:one, :other), :reason, CAST(CAST(:found_at AS text) AS timestamptz),
           CAST(CAST(:dismissed_at AS text) AS timestamptz), (SELECT id FROM users WHERE id = :dismissed_by)
    WHERE EXISTS (SELECT FROM clients WHERE id = :other)
    ON CONFLICT DO NOTHING RETURNING client_id
    """
).bindparams(*(bindparam(name, type_=BigInteger) for name in ("one", "other", "dismissed_by")))


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is to be merged, each with the version that was read, and whose value wins: client number by column."""

    kept: tuple[int, int]
    merged: tuple[tuple[int, int], ...]
    choices: Mapping[str, int] = field(default_factory=dict)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The kept client first."""
        return (self.kept[0], *(number for number, _ in self.merged))


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: the clients as they are, the kept one first; the columns that differ; every row that belongs to them."""

    rows: Sequence[AnyRow]
    fields: Sequence[Field]
    items: Mapping[str, Sequence[Item]]


async def preview(reader: ReadSession, numbers: Sequence[int], choices: Mapping[str, int]) -> Preview:
    """What `merge` would do; the kept client's number comes first. Two statements; nothing changes. Raises as `merge` does."""
    people.check_numbers(numbers)
    rows = await people.read(reader, numbers)
    return Preview(rows, differing(rows, choices), await plan(reader, numbers[0], numbers[1:]))


async def merge(uow: UnitOfWork, asked: Asked, *, key: UUID | None = None) -> int:
    """Merge and return the number of the client who is kept. With a ``key`` that was used for the same before, nothing is done again.

    Raises `ValidationFailed`, `NotFound` and `Conflict`: ``STALE_VERSION``, ``MERGED``, ``ERASED``, ``ARCHIVED`` (the kept one is).
    """
    numbers = asked.numbers
    people.check_numbers(numbers)
    made = await idempotency.made_before(uow, key, "mergeClients", asdict(asked))
    if made is not None:
        return made
    await people.lock(uow, numbers)
    rows = await people.read(uow, numbers)
    for row, (number, version) in zip(rows, (asked.kept, *asked.merged), strict=True):
        if row.version != version:
            shown = {name: getattr(row, name) for name in ("first_name", "last_name", "archived_at", "version")}
            await refuse_stale(uow, "client", number, given=version, present=shown)
    merging = _Merging(uow, rows[0], differing(rows, asked.choices), await plan(uow, numbers[0], numbers[1:]))
    for row in rows[1:]:
        await merging.take(row)
    await merging.finish(numbers)
    await idempotency.remember(uow, key, numbers[0])
    return numbers[0]


class _Merging:
    """The steps of one merge. What is needed to go back is gathered for each former client on its own."""

    def __init__(self, uow: UnitOfWork, kept: AnyRow, fields: Sequence[Field], items: Mapping[str, Sequence[Item]]) -> None:
        self.uow, self.kept, self.fields, self.items = uow, kept, fields, items
        self.at = clock.now()
        self.moved: Counter[str] = Counter()

    async def take(self, row: AnyRow) -> None:
        """Give everything of this client to the kept one, and let the client say so."""
        details: dict[str, Any] = {
            "archived_at": as_json(row.archived_at),
            "primary": list(await self.uow.scalars(_PRIMARY, {"client": row.id})),
            "kept_primary": list(await self.uow.scalars(_PRIMARY, {"client": self.kept.id})),
            "moved": {table: gone for table in self.items if (gone := await self._move(table, row.id))},
            "fields": {
                field.column: [as_json(field.values[self.kept.id]), as_json(field.values[row.id])]
                for field in self.fields
                if field.winner == row.id
            },
            "codes": [self.kept.member_code, row.member_code] if self._takes_code_of(row) else None,
            "pairs": await self._pairs(row.id),
            "former": list(await self.uow.scalars(_FORMER, {"kept": self.kept.id, "gone": row.id})),
        }
        values: dict[str, Any] = {
            "merged_into_id": self.kept.id,
            "archived_at": row.archived_at or self.at,
            "version": row.version + 1,
        }
        if self._takes_code_of(row):
            # A code is one client's: both swap theirs, through none, and either card still finds the right person.
            values["member_code"] = None
        await self.uow.execute(update(Client).where(Client.id == row.id).values(**values))
        merge = ClientMerge(
            kept_id=self.kept.id,
            merged_id=row.id,
            merged_at=self.at,
            user_id=author(self.uow),
            actor_label=self.uow.actor.label,
            details=details,
        )
        self.uow.add(merge)
        audit.record(self.uow, "client.merged_away", "client", row.id, client_id=row.id, after={"into": self.kept.id})

    async def _move(self, table: str, giver: int) -> list[str]:
        gone = [item.identity for item in self.items[table] if item.client_id == giver and item.moves]
        if gone:
            statement = move(BY_TABLE[table], _STEP_DOWN if table == "contact_methods" else "")
            await self.uow.execute(statement, {"giver": giver, "taker": self.kept.id, "identities": gone})
            self.moved[table] += len(gone)
        return gone

    async def _pairs(self, gone: int) -> list[dict[str, Any]]:
        """The pairs that suspected this client of being somebody; those with others now suspect the kept one."""
        pairs = []
        for row in await self.uow.rows(_PAIRS, {"gone": gone}):
            pair = {name: getattr(row, name) for name in _OF_PAIR}
            pair["moved"] = row.other != self.kept.id and await self.uow.scalar(PAIR, {**pair, "one": self.kept.id}) is not None
            pairs.append(pair)
        return pairs

    def _takes_code_of(self, row: AnyRow) -> bool:
        return any(field.column == "member_code" and field.winner == row.id for field in self.fields)

    async def finish(self, numbers: Sequence[int]) -> None:
        """Write the kept client: the values that won, first and last visit."""
        changed = {field.column: field.values[field.winner] for field in self.fields if field.winner != self.kept.id}
        await self.uow.execute(update(Client).where(Client.id == self.kept.id).values(**changed, version=self.kept.version + 1))
        if "member_code" in changed:
            giver = next(field.winner for field in self.fields if field.column == "member_code")
            await self.uow.execute(update(Client).where(Client.id == giver).values(member_code=self.kept.member_code))
        await self.uow.execute(VISITS, {"clients": list(numbers)})
        # Whose value it is, not the value: it is another client's, and goes with that one when that one is erased.
        taken = {field.column: {"of": field.winner} for field in self.fields if field.winner != self.kept.id}
        audit.record(
            self.uow,
            "client.merged",
            "client",
            self.kept.id,
            client_id=self.kept.id,
            before={column: as_json(getattr(self.kept, column)) for column in changed} or None,
            after=taken | {"merged": list(numbers[1:]), "moved": dict(self.moved)},
        )
