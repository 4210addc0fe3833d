"""Doing the work of one outbox row, exactly once.

The row is claimed, the handlers run and the row is marked done in one transaction. A worker that dies takes all three back;
a second worker with the same id finds the row locked or done and leaves it alone.
"""

import asyncio
import enum
import random
import traceback
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from backend import log
from backend.db import Actor, ActorKind, Database
from backend.errors import Unavailable
from backend.jobs import registry
from backend.jobs.models import OutboxRow

logger = log.get(__name__)

CLAIM = (
    select(OutboxRow.topic, OutboxRow.payload, OutboxRow.attempts)
    .where(OutboxRow.done_at.is_(None), OutboxRow.dead_at.is_(None), OutboxRow.available_at <= func.now())
    .with_for_update(skip_locked=True)
)

DONE = text("UPDATE outbox SET done_at = clock_timestamp(), last_error = NULL WHERE id = :id")

# A duplicate may have done the work, or failed as well, between our rollback and this: then it is not counted again.
FAILED = text(
    """
    UPDATE outbox
    SET attempts = attempts + 1, last_error = :error, handed_at = NULL, available_at = clock_timestamp() + :delay,
        dead_at = CASE WHEN attempts + 1 >= :limit THEN clock_timestamp() END
    WHERE id = :id AND attempts = :seen AND done_at IS NULL AND dead_at IS NULL
    RETURNING dead_at IS NOT NULL
    """
)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """``attempts`` tries with pauses that double from ``first`` to at most ``longest`` seconds; by default about six hours in all."""

    attempts: int = 12
    first: float = 5.0
    longest: float = 3 * 3600.0

    def delay(self, failures: int) -> timedelta:
        """The pause after the given number of failures, up to a quarter shorter so that rows which failed together part."""
        pause = min(self.first * 2.0 ** (failures - 1), self.longest)
        return timedelta(seconds=pause * random.uniform(0.75, 1.0))  # noqa: S311 (no secret)


DEFAULT_POLICY = RetryPolicy()


class Outcome(enum.Enum):
    """What became of a row."""

    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"
    DEAD = "dead"
    UNCLEAR = "unclear"


class Runner:
    """Runs rows against one database. ``time_limit`` is in seconds and holds for one row."""

    def __init__(self, database: Database, *, policy: RetryPolicy | None = None, time_limit: float = 300.0) -> None:
        self._database = database
        self._policy = policy or DEFAULT_POLICY
        self._time_limit = time_limit

    async def run(self, row_id: int) -> Outcome:
        """Do the row's work; never raises. Rows that are done, dead, not yet due or in other hands are skipped."""
        seen: tuple[str, int] | None = None
        try:
            async with (
                asyncio.timeout(self._time_limit),
                self._database.writing(Actor(ActorKind.JOB, request_id=f"job-{row_id}")) as uow,
            ):
                row = await uow.row(CLAIM.where(OutboxRow.id == row_id))
                if row is None:
                    return Outcome.SKIPPED
                seen = (row.topic, row.attempts)
                uow.actor = Actor(ActorKind.JOB, label=row.topic, request_id=f"job-{row_id}")
                for job in registry.handlers(row.topic):
                    await job(uow, row.payload)
                await uow.flush()
                await uow.execute(DONE, {"id": row_id})
        except Exception as error:  # noqa: BLE001 (whatever a job raises is counted, kept and tried again)
            return await self._failed(row_id, seen, error)
        return Outcome.DONE

    async def _failed(self, row_id: int, seen: tuple[str, int] | None, error: Exception) -> Outcome:
        if seen is None:
            # It could not even be claimed: the database is away, and the sweep brings the row again.
            logger.warning("job.not_claimed", row=row_id, error=kind_of(error))
            return Outcome.UNCLEAR
        topic, attempts = seen
        values = {
            "id": row_id,
            "seen": attempts,
            "error": kind_of(error),
            "delay": self._policy.delay(attempts + 1),
            "limit": self._policy.attempts,
        }
        try:
            async with self._database.writing(Actor(ActorKind.JOB, label=topic)) as uow:
                dead = await uow.scalar(FAILED, values)
        except (Unavailable, DBAPIError, OSError, TimeoutError) as second:
            logger.warning("job.failure_not_kept", row=row_id, topic=topic, error=kind_of(error), because=kind_of(second))
            return Outcome.UNCLEAR
        if dead is None:
            return Outcome.SKIPPED
        details = {"row": row_id, "topic": topic, "attempt": attempts + 1, "error": kind_of(error), "at": place_of(error)}
        if dead:
            logger.error("job.dead", **details)
            return Outcome.DEAD
        logger.warning("job.failed", **details)
        return Outcome.FAILED


def kind_of(error: BaseException) -> str:
    """The error's type, with the SQLSTATE where there is one. Never its text, which may quote a client's data."""
    if isinstance(error, Unavailable) and error.__cause__ is not None:
        return f"{type(error).__name__} ({kind_of(error.__cause__)})"
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return f"{type(error).__name__} {state}" if state else type(error).__name__


def place_of(error: BaseException) -> str:
    """The innermost line of our own code that the error passed, as ``backend/…/file.py:12``."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "/backend/" in frame.filename]
    return f"backend/{ours[-1].filename.rpartition('/backend/')[2]}:{ours[-1].lineno}" if ours else "?"
