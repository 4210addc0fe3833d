"""The scheduler process: ``python -m backend.cli scheduler``, or ``python -m backend.jobs.scheduler``.

It sweeps the outbox and fires what recurs. One is enough; two do no harm.
"""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from backend import log
from backend.config import Settings
from backend.config import settings as load_settings
from backend.db import Database
from backend.jobs import registry
from backend.jobs.broker import Sender
from backend.jobs.schedule import Schedule
from backend.jobs.sweep import Sweep, SweepSettings

logger = log.get(__name__)


Beside = Callable[[Settings, asyncio.Event], Coroutine[Any, Any, None]]
"""Something else that has its place in this process and runs until the event is set."""


async def main(settings: Settings, stop: asyncio.Event, *, sweep: SweepSettings | None = None, beside: Sequence[Beside] = ()) -> None:
    """Sweep and fire until ``stop`` is set. Outages of PostgreSQL and Redis are waited out; a defect is raised."""
    database = Database.of(settings, name="krc-scheduler", pool_size=2)
    sender = Sender(settings.redis_url)
    schedule = Schedule(database, registry.recurring(), settings.zone, zone_now=registry.zone_now())
    tasks = [
        asyncio.create_task(Sweep(database, sender, sweep).forever(), name="sweep"),
        asyncio.create_task(schedule.forever(), name="schedule"),
        *(asyncio.create_task(work(settings, stop), name="beside") for work in beside),
        asyncio.create_task(stop.wait(), name="stop"),
    ]
    logger.info("scheduler.started", topics=sorted(registry.recurring()))
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        sender.close()
        await database.close()
        logger.info("scheduler.stopped")


async def _until_signalled(settings: Settings, beside: Sequence[Beside]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await main(settings, stop, beside=beside)


def run(settings: Settings | None = None, *, beside: Sequence[Beside] = ()) -> None:
    """Schedule until TERM or INT, with what others do beside it: those above this layer hand it in."""
    settings = settings or load_settings()
    log.configure(settings.log_level)
    registry.load()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_until_signalled(settings, beside))


if __name__ == "__main__":
    run()
