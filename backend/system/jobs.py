"""Background work of the installation itself."""

from collections.abc import Mapping
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from backend.config import settings
from backend.db import ReadSession, UnitOfWork
from backend.jobs.registry import handler, reads_zone
from backend.system import present, retention

PING = "doctor.ping"


@reads_zone
async def zone(reader: ReadSession) -> ZoneInfo:
    """The zone of the centre's clock, for what recurs by it."""
    return await present.zone_now(reader, settings())


@handler(PING)
async def answer(_uow: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """Do nothing: that the row is marked as done is the answer to whoever asks whether a worker works."""


@handler("centre.tidy", daily_at=time(4, 30))
async def tidy(uow: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """Forget what the centre no longer keeps, every night."""
    await retention.tidy(uow)
