"""Background work on the chain over the audit log."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from backend import log
from backend.audit import sealing
from backend.audit import service as audit
from backend.audit.verification import verify
from backend.db import ReadSession, UnitOfWork
from backend.jobs.registry import handler
from backend.trail.queries import BROKEN, VERIFIED

SEAL, VERIFY = "audit.seal", "audit.verify"
# A job that is not done in five minutes is given up; what is left of the oldest entries is then `just doctor`'s.
VERIFYING_SECONDS = 200.0
# It comes every minute, and nobody asks for last week's runs.
FORGET = text("DELETE FROM outbox WHERE topic = :topic AND done_at < now() - interval '10 minutes'")
WAITS = text(
    """
    SELECT EXISTS (SELECT FROM outbox
                   WHERE topic = :topic AND done_at IS NULL AND dead_at IS NULL AND created_at < now() - interval '5 minutes')
    """
)

logger = log.get(__name__)


async def in_a_minute(reader: ReadSession, instant: datetime, _zone: ZoneInfo) -> datetime:
    """A minute later; an hour while some have not been done for minutes, so that a worker that was away finds no heap of them."""
    return instant + (timedelta(hours=1) if await reader.scalar(WAITS, {"topic": SEAL}) else timedelta(minutes=1))


@handler(SEAL, next_at=in_a_minute)
async def seal(uow: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """Seal what was added a minute ago or earlier."""
    await sealing.seal(uow)
    await uow.execute(FORGET, {"topic": SEAL})


@handler(VERIFY, daily_at=time(3, 40))
async def verify_all(uow: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """Hash the whole log again, every night, and note in it what was found."""
    verdict = await verify(uow, seconds=VERIFYING_SECONDS)
    newest = verdict.newest
    after: dict[str, Any] = {"entries": verdict.entries, "checked": verdict.checked, "seals": verdict.seals}
    if newest is not None:
        after["newest_seal"] = newest.hash
    if verdict.finding is None:
        audit.record(uow, VERIFIED, "audit_log", None, after=after)
        return
    finding = verdict.finding
    audit.record(uow, BROKEN, "audit_log", None, after={**after, "wrong": finding.wrong.value, "number": finding.number})
    logger.error(BROKEN, wrong=finding.wrong.value, number=finding.number)
