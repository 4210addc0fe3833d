"""Changing what is known about clients."""

from sqlalchemy import select, update

from backend import clock
from backend.audit import service as audit
from backend.clients.models import PossibleDuplicate
from backend.db import AnyRow, UnitOfWork
from backend.errors import NotFound


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
