"""Background work: what a merge would need to be undone is forgotten with the right to undo it."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from sqlalchemy import update

from backend import clock, log
from backend.clients.merge.undo import REVERSIBLE
from backend.clients.models import ClientMerge
from backend.db import UnitOfWork
from backend.jobs.registry import handler

logger = log.get(__name__)


@handler("merges.forget", daily_at=time(4, 20))
async def forget(uow: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """Empty the details of merges that can't be undone any more: they hold personal data."""
    old = (ClientMerge.details.is_not(None), ClientMerge.merged_at < clock.now() - REVERSIBLE)
    emptied = await uow.scalars(update(ClientMerge).where(*old).values(details=None).returning(ClientMerge.id))
    if emptied:
        logger.info("merges.forgotten", merges=len(emptied))
