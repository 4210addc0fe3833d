"""The worker process: ``python -m backend.cli worker``, or ``python -m backend.jobs.worker``.

One process with a few threads, because a NAS has little memory: Dramatiq's threads take messages, the jobs themselves run on one
event loop. On TERM it takes nothing new, finishes the jobs at hand and exits within ten seconds; what is not finished by then
is rolled back and done by the next worker.
"""

import asyncio
import concurrent.futures
import contextlib
import logging
import os
import signal
import threading
import time

from dramatiq import Broker, Worker
from dramatiq.asyncio import get_event_loop_thread
from dramatiq.middleware import Middleware
from redis import RedisError
from redis import asyncio as aioredis

from backend import log
from backend.config import Settings
from backend.config import settings as load_settings
from backend.db import Database
from backend.jobs import registry
from backend.jobs.broker import worker_broker
from backend.jobs.health import WORKER_BEAT_SECONDS, WORKER_KEY, WORKER_KEY_TTL
from backend.jobs.runner import Runner

logger = log.get(__name__)

THREADS = 4
POLL_MS = 500
STATEMENT_TIMEOUT_MS = 60_000
FINISH_SECONDS = 8.0


class OncePerMinute(logging.Filter):
    """Lets a line through once a minute: while Redis is away Dramatiq repeats itself every three seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, object], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line may pass."""
        key, now = (record.name, record.msg), time.monotonic()
        if now - self._said.get(key, -60.0) < 60.0:
            return False
        self._said[key] = now
        return True


class OnTheLoop(Middleware):
    """What lives on the worker's event loop besides the jobs: the heartbeat, and the connections to be closed at the end."""

    def __init__(self, database: Database, redis_url: str) -> None:
        self._database = database
        self._redis_url = redis_url
        self._beating: concurrent.futures.Future[None] | None = None

    def after_worker_boot(self, _broker: Broker, _worker: Worker) -> None:
        """Start the heartbeat."""
        thread = get_event_loop_thread()
        if thread is not None:
            self._beating = asyncio.run_coroutine_threadsafe(self._beat(), thread.loop)

    def after_worker_shutdown(self, _broker: Broker, _worker: Worker) -> None:
        """Stop the heartbeat and close the connections; runs before the loop ends."""
        thread = get_event_loop_thread()
        if self._beating is not None:
            self._beating.cancel()
        if thread is not None:
            asyncio.run_coroutine_threadsafe(self._database.close(), thread.loop).result(timeout=2)

    async def _beat(self) -> None:
        # It runs on the loop of the jobs, so that a worker whose loop is stuck falls silent.
        async with aioredis.from_url(self._redis_url, socket_timeout=2, socket_connect_timeout=2) as redis:
            while True:
                with contextlib.suppress(RedisError, OSError, TimeoutError):
                    await redis.set(WORKER_KEY, "1", ex=WORKER_KEY_TTL)
                await asyncio.sleep(WORKER_BEAT_SECONDS)


def run(settings: Settings | None = None, *, threads: int = THREADS) -> None:
    """Work until TERM or INT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    settings = settings or load_settings()
    log.configure(settings.log_level)
    registry.load()
    for name in ("dramatiq.worker.ConsumerThread(outbox)", "dramatiq.worker.ConsumerThread(outbox.DQ)", "dramatiq.worker.WorkerThread"):
        logging.getLogger(name).addFilter(OncePerMinute())
    database = Database.of(settings, name="krc-worker", statement_timeout_ms=STATEMENT_TIMEOUT_MS, pool_size=threads + 1)
    runner = Runner(database)

    async def run_row(row_id: int) -> None:
        await runner.run(row_id)

    worker = Worker(
        worker_broker(settings.redis_url, run_row, OnTheLoop(database, settings.redis_url)), worker_threads=threads, worker_timeout=POLL_MS
    )
    worker.start()
    logger.info("worker.started", threads=threads)
    # Woken now and then, because a signal's Python handler runs only between two steps of the main thread.
    while not stop.wait(1.0):
        pass
    _finish(worker)


def _finish(worker: Worker) -> None:
    # Dramatiq's own stop can hang or fail while Redis is away, and its loop thread would keep the process: so it gets a
    # thread, a time limit, and no say in the exit.
    def stop() -> None:
        with contextlib.suppress(RedisError, concurrent.futures.TimeoutError):
            worker.stop(timeout=int(FINISH_SECONDS * 1000))

    stopping = threading.Thread(target=stop, daemon=True)
    stopping.start()
    stopping.join(FINISH_SECONDS)
    logger.info("worker.stopped", finished=not stopping.is_alive())
    logging.shutdown()
    os._exit(0)


if __name__ == "__main__":
    run()
