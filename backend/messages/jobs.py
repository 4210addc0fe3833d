"""Background work on messages."""

from collections.abc import Mapping
from typing import Any

from backend.db import UnitOfWork
from backend.jobs.registry import handler
from backend.messages import service


@handler("client.created")
async def welcome(uow: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """Welcome ``payload["client_id"]``."""
    await service.welcome(uow, int(payload["client_id"]))
