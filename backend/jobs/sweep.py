"""The sweep: finds rows that no broker message stands for and hands them over.

It makes the broker expendable: what a crash, a flush or an outage of Redis swallowed comes back here within half a minute.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from backend import log
from backend.db import Actor, ActorKind, Database
from backend.jobs.broker import Sender
from backend.jobs.outage import Outage

logger = log.get(__name__)

# Rows on which a worker is busy are locked, so they are skipped however long they take. A row's first seconds belong to the
# hand-over after its commit. Two sweeps at once take different rows. MATERIALIZED: a plain subquery may be run again for each row
# it is joined to, finding other rows each time, and then the limit holds for none of them.
TAKE = text(
    """
    WITH due AS MATERIALIZED (
        SELECT id FROM outbox
        WHERE done_at IS NULL AND dead_at IS NULL AND available_at <= now()
          AND CASE WHEN handed_at IS NULL THEN attempts > 0 OR created_at <= now() - CAST(:grace AS interval)
                   ELSE handed_at <= now() - CAST(:again_after AS interval) END
        ORDER BY available_at, id
        LIMIT :batch
        FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox SET handed_at = clock_timestamp() FROM due WHERE outbox.id = due.id
    RETURNING outbox.id
    """
)


@dataclass(frozen=True, slots=True)
class SweepSettings:
    """How the sweep goes about it; times are in seconds.

    With ``backlog`` messages waiting in the broker no more are added: while no worker runs, the same rows would be handed over
    again and again and fill Redis.
    """

    every: float = 1.0
    batch: int = 500
    backlog: int = 1000
    grace: float = 2.0
    again_after: float = 20.0


class Sweep:
    """Hands over what is due. Any number may run at once."""

    def __init__(self, database: Database, sender: Sender, settings: SweepSettings | None = None) -> None:
        self._database = database
        self._sender = sender
        self._settings = settings or SweepSettings()

    async def once(self) -> int:
        """Hand over what is due now; returns how many rows. Raises when the database or Redis is away."""
        # Redis is asked first: while it is away, no row is marked as handed over.
        waiting = await asyncio.to_thread(self._sender.waiting)
        room = min(self._settings.batch, self._settings.backlog - waiting)
        if room <= 0:
            return 0
        async with self._database.writing(Actor(ActorKind.JOB, label="sweep")) as uow:
            ids = sorted(
                await uow.scalars(
                    TAKE,
                    {
                        "batch": room,
                        "grace": timedelta(seconds=self._settings.grace),
                        "again_after": timedelta(seconds=self._settings.again_after),
                    },
                )
            )
        # After the commit, or a quick worker would find the row locked by this transaction and leave it.
        await asyncio.to_thread(self._sender.send_all, ids)
        return len(ids)

    async def forever(self) -> None:
        """Sweep until cancelled, through any outage."""
        outage = Outage("sweep")
        while True:
            with outage.watching():
                await self.once()
            await asyncio.sleep(self._settings.every)
