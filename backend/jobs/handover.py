"""Handing ids to the broker right after a commit, without ever making a request wait or fail.

One daemon thread a process talks to Redis, with short timeouts. Ids that don't fit into its small queue, or that come while
Redis is away, are dropped here: the sweep finds their rows. A process that never calls `start` leaves everything to the sweep.
"""

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterable

from backend import log

QUEUE_SIZE = 1000
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 15.0

logger = log.get(__name__)


class HandOver:
    """The thread and its bounded queue.

    ``send`` gives one id to the broker and raises when it can't; then nothing is sent for ``first_pause`` seconds, and twice as
    long after each further failure.
    """

    def __init__(self, send: Callable[[int], None], *, queue_size: int = QUEUE_SIZE, first_pause: float = FIRST_PAUSE) -> None:
        self._send = send
        self._ids: queue.Queue[int | None] = queue.Queue(queue_size)
        self._resume_at = 0.0
        self._first_pause = self._pause = first_pause
        self._thread = threading.Thread(target=self._run, name="handover", daemon=True)
        self._thread.start()

    def offer(self, ids: Iterable[int]) -> None:
        """Queue ids for the broker; never blocks, never raises."""
        if time.monotonic() < self._resume_at:
            return
        with contextlib.suppress(queue.Full):
            for id_ in ids:
                self._ids.put_nowait(id_)

    def stop(self, timeout: float = 2.0) -> None:
        """Send what is queued, for at most ``timeout`` seconds."""
        with contextlib.suppress(queue.Full):
            self._ids.put(None, timeout=timeout)
        self._thread.join(timeout)

    def _run(self) -> None:
        while (id_ := self._ids.get()) is not None:
            # The breaker: while Redis is away, what is still queued goes to the sweep instead of from timeout to timeout.
            if time.monotonic() < self._resume_at:
                continue
            try:
                self._send(id_)
            except Exception as error:  # noqa: BLE001 (whatever ails the broker, the row is safe in PostgreSQL)
                self._resume_at = time.monotonic() + self._pause
                self._pause = min(self._pause * 2, LONGEST_PAUSE)
                logger.warning("handover.paused", error=type(error).__name__)
            else:
                self._pause = self._first_pause


_current: HandOver | None = None


def start(redis_url: str) -> None:
    """Hand over to this broker from now on. Raises nothing when Redis is away."""
    global _current  # noqa: PLW0603 (one thread a process, like the broker's own)
    from backend.jobs.broker import Sender

    stop()
    _current = HandOver(Sender(redis_url).send)


def stop() -> None:
    """Stop handing over; waits for at most two seconds."""
    global _current  # noqa: PLW0603
    if _current is not None:
        _current.stop()
        _current = None


def offer(ids: Iterable[int]) -> None:
    """Give ids to this process's hand-over, if it has one."""
    if _current is not None:
        _current.offer(ids)
