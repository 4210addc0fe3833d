"""The clients of a merge: read, checked, and locked in one order, so that two merges wait for each other and never deadlock."""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select

from backend.clients.models import Client, Erasure
from backend.db import AnyRow, AnySelect, ReadSession, UnitOfWork, among
from backend.errors import Conflict, FieldError, NotFound, ValidationFailed

MOST_MERGED = 9
_COLUMNS = [column for column in Client.__table__.columns if column.name not in {"sort_name", "sort_given"}]


def check_numbers(numbers: Sequence[int]) -> None:
    """Raise `ValidationFailed` unless there are two to ten different clients; the kept one comes first."""
    if len(numbers) < 2:
        raise ValidationFailed(FieldError(("merged",), "REQUIRED", "Choose at least one client to merge into this one."))
    if len(set(numbers)) < len(numbers):
        raise ValidationFailed(FieldError(("merged",), "SAME_CLIENT", "Nobody can be merged with themselves. Choose different clients."))
    if len(numbers) > MOST_MERGED + 1:
        raise ValidationFailed(FieldError(("merged",), "TOO_MANY", f"Merge at most {MOST_MERGED + 1} clients at once."))


def _statement(numbers: Sequence[int]) -> AnySelect:
    erased = exists().where(Erasure.client_id == Client.id).label("erased")
    return select(*_COLUMNS, erased).where(among(Client.id, numbers)).order_by(Client.id)


async def read(reader: ReadSession, numbers: Sequence[int]) -> list[AnyRow]:
    """Their columns and whether they were erased, in the order of the numbers, if they can be merged.

    Raises `NotFound`, and `Conflict` (``MERGED``, ``ERASED``, or ``ARCHIVED`` for the first, who is kept).
    """
    rows = {row.id: row for row in await reader.rows(_statement(numbers))}
    if set(numbers) - rows.keys():
        raise NotFound("There is no such client.")
    ordered = [rows[number] for number in numbers]
    for row in ordered:
        if row.merged_into_id is not None:
            raise Conflict("One of these clients was merged into another one meanwhile. Look again who is left.", code="MERGED")
        if row.erased:
            raise Conflict("One of these clients was erased. Nothing can be merged with them.", code="ERASED")
    if ordered[0].archived_at is not None:
        raise Conflict("The client who is kept is archived. Restore them first, or keep another one.", code="ARCHIVED")
    return ordered


async def lock(uow: UnitOfWork, numbers: Sequence[int]) -> None:
    """Lock them and those who were merged into them. A visit that is just being written is waited for, and the next one waits."""
    them = or_(among(Client.id, numbers), Client.merged_into_id.in_(numbers))
    await uow.execute(select(Client.id).where(them).order_by(Client.id).with_for_update())
