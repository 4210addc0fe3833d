"""Keeping the table of work small."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from sqlalchemy import text

from backend.db import UnitOfWork
from backend.jobs.registry import handler

# Done work is of use only to somebody who looks into last week's trouble. What is dead waits for a person, however long.
# The limit keeps the transaction short after a large import; the rest goes the next night.
PRUNE = text(
    """
    DELETE FROM outbox
    WHERE id IN (SELECT id FROM outbox WHERE done_at < now() - interval '30 days' ORDER BY id LIMIT 100000)
    """
)


@handler("outbox.prune", daily_at=time(4, 40))
async def prune(uow: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """Forget work that was done a month ago, every night."""
    await uow.execute(PRUNE)
