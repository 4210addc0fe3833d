"""Background work on visits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend.checkins import service
from backend.config import settings
from backend.db import ReadSession, UnitOfWork
from backend.jobs.registry import handler
from backend.system import centre, hours


async def next_end(reader: ReadSession, instant: datetime, zone: ZoneInfo) -> datetime:
    """The next end of the day, by the centre's opening hours as they are now."""
    return hours.end_after(instant, (await centre.read(reader)).opening_hours, zone)


@handler(hours.CLOSED, next_at=next_end)
async def check_out_everybody(uow: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """Check out whoever is still here at the end of the day."""
    await service.close(uow, settings())


# A visit may come, come back, or move to a day that has ended: from a kiosk that was offline, or when a void is undone at night.
@handler("check_in.recorded")
@handler("check_in.moved")
@handler("check_in.voided")
@handler("check_in.restored")
@handler("check_in.checked_out")
@handler("check_in.check_out_undone")
async def check_out_late(uow: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """Check out ``payload["check_in_id"]`` if it is open although its day is over."""
    await service.close(uow, settings(), only=[int(payload["check_in_id"])])
