"""Background work on the figures."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from backend import clock
from backend.config import settings
from backend.db import UnitOfWork
from backend.jobs.registry import handler
from backend.reports import service
from backend.system import present


@handler("reports.rollup", daily_at=time(3, 10))
async def roll_up(uow: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """Bring the figures of the last days up to date, every night."""
    now = await present.read(uow, settings())
    zone = now.settings.zone
    await service.roll_up_recent(uow, zone, clock.today(zone), past_zones=now.chosen.past_zones)
