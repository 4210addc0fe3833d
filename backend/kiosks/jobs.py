"""Background work on what kiosks sent."""

from collections.abc import Mapping
from typing import Any

from backend.db import UnitOfWork
from backend.jobs.registry import handler
from backend.kiosks import deciding


@handler("check_in.recorded")
@handler("check_in.moved")
async def settle(uow: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """Take whoever was sent to the desk off the list once they are checked in there."""
    await deciding.settle(uow, int(payload["check_in_id"]))
