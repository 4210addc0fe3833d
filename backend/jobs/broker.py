"""The broker: Dramatiq over Redis. A message holds the id of an outbox row and nothing else, as JSON.

Redis only carries: what is to be done, how often it was tried and when it is due again stand in PostgreSQL. So Dramatiq's own
retries, time limits and results are left out, and a message that is lost or comes twice does no harm.
"""

from collections.abc import Awaitable, Callable, Iterable

import dramatiq
import redis
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import AsyncIO, Middleware
from redis.backoff import NoBackoff
from redis.retry import Retry

QUEUE = "outbox"
ACTOR = "run_outbox_row"
NAMESPACE = "krc"

# One command in ten looks for messages of dead workers, and a worker is dead after 15 s without a sign. With Dramatiq's
# defaults (one in a thousand, 60 s) the messages of a killed worker waited ten minutes on a quiet queue.
MAINTENANCE_CHANCE = 100_000
HEARTBEAT_TIMEOUT_MS = 15_000


def client(redis_url: str, *, timeout: float) -> redis.Redis:
    """A Redis client that gives up after ``timeout`` seconds, and tries once more because a pooled connection may be stale."""
    return redis.Redis.from_url(
        redis_url, socket_timeout=timeout, socket_connect_timeout=timeout, retry=Retry(NoBackoff(), 1), health_check_interval=30
    )


def broker(redis_url: str, *, timeout: float, middleware: list[Middleware]) -> RedisBroker:
    """A broker on this Redis; connects at its first use."""
    return RedisBroker(  # type: ignore[no-untyped-call]  # dramatiq does not type its constructor
        client=client(redis_url, timeout=timeout),
        namespace=NAMESPACE,
        middleware=middleware,
        maintenance_chance=MAINTENANCE_CHANCE,
        heartbeat_timeout=HEARTBEAT_TIMEOUT_MS,
    )


def worker_broker(redis_url: str, run: Callable[[int], Awaitable[None]], *more: Middleware) -> RedisBroker:
    """The broker of a worker: it calls ``run`` with each id, on the worker's event loop. ``run`` must not raise."""
    made = broker(redis_url, timeout=5.0, middleware=[AsyncIO(), *more])

    async def run_outbox_row(row_id: int) -> None:
        await run(row_id)

    dramatiq.actor(actor_name=ACTOR, queue_name=QUEUE, broker=made)(run_outbox_row)
    return made


class Sender:
    """Gives ids to the broker. Blocking, for a thread of its own; every method raises `redis.RedisError` when Redis is away."""

    def __init__(self, redis_url: str, *, timeout: float = 1.0) -> None:
        self._broker = broker(redis_url, timeout=timeout, middleware=[])

    def send(self, row_id: int) -> None:
        """Hand over one row."""
        self._broker.enqueue(dramatiq.Message(queue_name=QUEUE, actor_name=ACTOR, args=(row_id,), kwargs={}, options={}))

    def send_all(self, row_ids: Iterable[int]) -> None:
        """Hand over several rows, in this order."""
        for row_id in row_ids:
            self.send(row_id)

    def waiting(self) -> int:
        """How many messages wait for a worker."""
        return int(self._broker.client.llen(f"{NAMESPACE}:{QUEUE}"))

    def close(self) -> None:
        """Close the connection."""
        self._broker.client.close()
