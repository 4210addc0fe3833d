"""Clients who may be the same person: reading the pairs that nobody has dismissed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select, tuple_

from backend.clients.models import ContactMethod, PossibleDuplicate
from backend.db import AnyRow, AnySelect, ReadSession, among

_OPEN = PossibleDuplicate.dismissed_at.is_(None)


def _pairs() -> AnySelect:
    return select(PossibleDuplicate.client_id, PossibleDuplicate.other_id, PossibleDuplicate.reason, PossibleDuplicate.found_at).where(
        _OPEN
    )


async def page_of_duplicates(reader: ReadSession, *, first: int, after: tuple[datetime, int, int] | None) -> Sequence[AnyRow]:
    """A page of pairs, those found last first; one more than asked for when more follow.

    ``after`` holds ``found_at``, ``client_id`` and ``other_id`` of the pair before it.
    """
    key = (PossibleDuplicate.found_at, PossibleDuplicate.client_id, PossibleDuplicate.other_id)
    statement = _pairs()
    if after is not None:
        statement = statement.where(tuple_(*key) < tuple_(*after))
    return await reader.rows(statement.order_by(*(column.desc() for column in key)).limit(first + 1))


async def duplicates_of(reader: ReadSession, client_ids: Iterable[int]) -> Sequence[AnyRow]:
    """The pairs in which these clients are, on either side; those found last first."""
    wanted = list(client_ids)
    either = or_(among(PossibleDuplicate.client_id, wanted), among(PossibleDuplicate.other_id, wanted))
    return await reader.rows(_pairs().where(either).order_by(PossibleDuplicate.found_at.desc(), PossibleDuplicate.other_id.desc()))


async def counts_to_look_at(reader: ReadSession) -> tuple[int, int]:
    """How many pairs, and how many contact methods that need fixing, wait for somebody."""
    pairs = select(func.count()).select_from(PossibleDuplicate).where(_OPEN).scalar_subquery()
    to_fix = select(func.count()).select_from(ContactMethod).where(ContactMethod.needs_fixing).scalar_subquery()
    row = await reader.row(select(pairs.label("pairs"), to_fix.label("to_fix")))
    return (row.pairs, row.to_fix) if row is not None else (0, 0)
