"""Adding work to the outbox: it is kept exactly when the transaction that made it necessary is.

After the commit the new rows' ids go to the broker at once (`backend.jobs.handover`), as far as it can be reached.
Whatever does not arrive is found by the sweep, so a request never waits for Redis and never fails with it.
"""

from collections.abc import Iterable
from typing import Any

from backend.db import UnitOfWork
from backend.jobs import handover
from backend.jobs.models import OutboxRow


def add(uow: UnitOfWork, topic: str, payload: dict[str, Any]) -> None:
    """Do ``topic`` once this transaction is committed, exactly once.

    ``payload`` holds ids and other plain JSON values, no personal data: the handler loads what it needs fresh.
    """
    row = OutboxRow(topic=topic, payload=payload)
    uow.add(row)
    # The id exists only after the flush, so it is read when the commit is certain.
    uow.after_commit(lambda: handover.offer((row.id,)))


def announce(uow: UnitOfWork, ids: Iterable[int]) -> None:
    """Hand over rows that a statement of this transaction inserted itself; without this the sweep finds them in seconds."""
    wanted = tuple(ids)
    uow.after_commit(lambda: handover.offer(wanted))
