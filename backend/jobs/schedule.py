"""What recurs, by the centre's clock. When a topic is due next stands in ``schedules``, so it outlives every process.

A due topic is advanced and its outbox row added in one transaction, under the row's lock: two schedulers fire it once, and a
scheduler that was away over one or many due times fires it once at its next look.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from backend import log
from backend.db import Actor, ActorKind, Database, ReadSession, UnitOfWork
from backend.jobs import outbox
from backend.jobs.outage import Outage
from backend.jobs.registry import NextTime, ZoneNow

logger = log.get(__name__)

HEARTBEAT = "scheduler.heartbeat"
HEARTBEAT_SECONDS = 10

# The database's clock decides, for there may be several schedulers and their clocks differ. An earlier time of day, or another
# zone, takes effect at once; what is overdue stays due.
PLANT = text(
    """
    INSERT INTO schedules (topic, next_at) VALUES (:topic, :next_at)
    ON CONFLICT (topic) DO UPDATE SET next_at = excluded.next_at WHERE schedules.next_at > excluded.next_at
    """
)
# The clock itself is another one: later times take effect as well.
MOVE = text("UPDATE schedules SET next_at = :next_at WHERE topic = :topic AND next_at > :instant")
DUE = text("SELECT topic FROM schedules WHERE topic = ANY(:topics) AND next_at <= :instant ORDER BY topic FOR UPDATE SKIP LOCKED")
ADVANCE = text("UPDATE schedules SET next_at = :next_at, last_at = :instant WHERE topic = :topic")
BEAT = text(
    """
    INSERT INTO schedules (topic, next_at, last_at) VALUES (:topic, now() + :every, now())
    ON CONFLICT (topic) DO UPDATE SET next_at = excluded.next_at, last_at = excluded.last_at
    """
)


def next_after(at: time, instant: datetime, zone: ZoneInfo) -> datetime:
    """The first instant after ``instant`` (aware) at which the clocks of ``zone`` show ``at``, in UTC, once for each day.

    A time that the clocks skip in spring comes as much later as they jump; one that they show twice in autumn is the first.
    """
    day = instant.astimezone(zone).date()
    while True:
        # fold=0: before the jump in spring, the first of the two in autumn (PEP 495).
        candidate = datetime.combine(day, at, zone).astimezone(UTC)
        if candidate > instant:
            return candidate
        day += timedelta(days=1)


class Schedule:
    """The recurring ``topics`` of one centre, with their times of day or what works their times out.

    ``zone`` is the one that the settings name; ``zone_now`` reads the one that holds, where the centre can choose another.
    """

    def __init__(
        self, database: Database, topics: Mapping[str, time | NextTime], zone: ZoneInfo, *, zone_now: ZoneNow | None = None
    ) -> None:
        self._database = database
        self._topics = dict(topics)
        self._zone = zone
        self._zone_now = zone_now

    async def plant(self, instant: datetime | None = None) -> None:
        """Make sure that every topic has a next time. ``instant`` stands for the database's clock, in tests."""
        async with self._writing() as uow:
            now = instant or await uow.scalar(text("SELECT now()"))
            await self._look_at_zone(uow)
            for topic in sorted(self._topics):
                await uow.execute(PLANT, {"topic": topic, "next_at": await self._next(uow, topic, now)})

    async def fire(self, instant: datetime | None = None) -> list[str]:
        """Add an outbox row for every topic that is due; returns those topics."""
        async with self._writing() as uow:
            now = instant or await uow.scalar(text("SELECT now()"))
            due = list(await uow.scalars(DUE, {"topics": list(self._topics), "instant": now}))
            if due and await self._look_at_zone(uow):
                await self._move(uow, now)
            for topic in due:
                await uow.execute(ADVANCE, {"topic": topic, "instant": now, "next_at": await self._next(uow, topic, now)})
                outbox.add(uow, topic, {})
        for topic in due:
            logger.info("schedule.fired", topic=topic)
        return due

    async def follow_zone(self, instant: datetime | None = None) -> bool:
        """Move everything to its time by the new clock when the centre has chosen another zone; whether it has."""
        async with self._writing() as uow:
            now = instant or await uow.scalar(text("SELECT now()"))
            changed = await self._look_at_zone(uow)
            if changed:
                await self._move(uow, now)
        return changed

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[UnitOfWork]:
        """A transaction; when it fails, the zone that was read in it is to be looked at again."""
        before = self._zone
        try:
            async with self._database.writing(Actor(ActorKind.JOB, label="scheduler")) as uow:
                yield uow
        except BaseException:
            self._zone = before
            raise

    async def _look_at_zone(self, reader: ReadSession) -> bool:
        before = self._zone.key
        if self._zone_now is not None:
            self._zone = await self._zone_now(reader)
        return self._zone.key != before

    async def _move(self, uow: UnitOfWork, instant: datetime) -> None:
        for topic in sorted(self._topics):
            await uow.execute(MOVE, {"topic": topic, "instant": instant, "next_at": await self._next(uow, topic, instant)})
        logger.info("schedule.moved", zone=self._zone.key)

    async def _next(self, reader: ReadSession, topic: str, instant: datetime) -> datetime:
        at = self._topics[topic]
        return next_after(at, instant, self._zone) if isinstance(at, time) else await at(reader, instant, self._zone)

    async def beat(self) -> None:
        """Note that the scheduler is alive, for `backend.jobs.health`."""
        async with self._database.writing(Actor(ActorKind.JOB, label="scheduler")) as uow:
            await uow.execute(BEAT, {"topic": HEARTBEAT, "every": timedelta(seconds=HEARTBEAT_SECONDS)})

    async def forever(self, *, every: float = 1.0) -> None:
        """Fire what is due until cancelled, looking every ``every`` seconds, through any outage of the database."""
        outage = Outage("schedule")
        planted, looks, beat_every = False, 0, max(1, round(HEARTBEAT_SECONDS / every))
        while True:
            with outage.watching():
                if not planted:
                    await self.plant()
                    planted = True
                if looks % beat_every == 0:
                    await self.beat()
                    await self.follow_zone()
                await self.fire()
            looks += 1
            await asyncio.sleep(every)
