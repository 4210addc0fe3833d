"""Background work: Redis carries it, the scheduler hands it over, a worker does it."""

import asyncio
import contextlib
from collections.abc import Sequence

from redis import RedisError
from redis import asyncio as aioredis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, BusyLoadingError, NoPermissionError
from sqlalchemy import text

from backend import clock
from backend.db import Actor, ActorKind
from backend.jobs import registry
from backend.jobs.broker import Sender
from backend.jobs.health import WORKER_KEY
from backend.jobs.models import OutboxRow
from backend.jobs.schedule import HEARTBEAT, HEARTBEAT_SECONDS
from backend.operations.doctor.case import Case, Need, in_thread
from backend.operations.doctor.lines import Line, Numbers, Topic, counted, listed, size, span
from backend.operations.doctor.skew import judge
from backend.system.jobs import PING
from backend.system.queries import NIGHTLY_BACKUP

DOCTOR = Actor(ActorKind.OPERATOR, label="doctor")
TIMEOUT = 2.0
PING_SECONDS = 5.0
LATE_MINUTES = 5
OVERDUE_MINUTES = 10
FULL_SHARE = 0.9

REDIS = Topic(
    "redis",
    "whether Redis (Valkey) can be reached, refuses writes rather than forgetting when it is full, and keeps a log of its own",
    "it may forget, keeps no log, or is almost full",
    "it can't be reached, or refuses the password. Signing in and checking in go on; background work waits",
    "Start it with `just up`, or correct REDIS_URL.",
)
CLOCK = Topic(
    "clock-redis",
    "the difference between this machine's clock and Redis's",
    "more than 2 s",
    "more than 30 s",
    "Let both machines take their time from the same server (NTP).",
)
SCHEDULER = Topic(
    "scheduler",
    f"whether the scheduler gives a sign of life every {HEARTBEAT_SECONDS} s",
    "",
    f"it was silent for more than {3 * HEARTBEAT_SECONDS} s: nothing recurs, backups included, and lost messages are not found again",
    "Start it with `just up`, and look into its log (`just logs`).",
)
SCHEDULE = Topic(
    "schedule",
    "whether what recurs is done in time",
    f"something is overdue by more than {OVERDUE_MINUTES} min",
    "",
    "Look into the scheduler's log (`just logs`) for why it was not done.",
)
WORKER = Topic(
    "worker",
    f"whether a worker does a piece of work that is handed to it, within {PING_SECONDS:g} s",
    "",
    "it doesn't",
    "Start it with `just up`, and look into its log (`just logs`).",
)
OUTBOX = Topic(
    "outbox",
    "work that waits, and work that was given up",
    f"something has been waiting for more than {LATE_MINUTES} min, or was given up after all its tries",
    "",
    "Look into the worker's log (`just logs`) for `job.failed` and `job.dead`: it says which error, and where.",
)

ALIVE = text("SELECT extract(epoch FROM clock_timestamp() - max(last_at))::float8 FROM schedules WHERE topic = :topic")
OVERDUE = text(
    "SELECT topic FROM schedules WHERE topic = ANY(:topics) AND next_at < now() - make_interval(mins => :minutes) ORDER BY topic"
)
WAITING = text(
    """
    SELECT count(*) FILTER (WHERE due) AS due, count(*) FILTER (WHERE late) AS late, count(*) FILTER (WHERE dead) AS dead,
           coalesce(extract(epoch FROM now() - min(available_at) FILTER (WHERE due)), 0)::float8 AS oldest,
           coalesce(array_agg(DISTINCT topic) FILTER (WHERE late), '{}') AS late_topics,
           coalesce(array_agg(DISTINCT topic) FILTER (WHERE dead), '{}') AS dead_topics
    FROM (SELECT topic, available_at, dead_at IS NOT NULL AS dead, dead_at IS NULL AND available_at <= now() AS due,
                 dead_at IS NULL AND available_at < now() - make_interval(mins => :minutes) AS late
          FROM outbox WHERE done_at IS NULL AND topic <> :ping) AS undone
    """
)
STATE = text("SELECT done_at IS NOT NULL AS done, attempts, last_error FROM outbox WHERE id = :id")
# Its own row, and those of a doctor that was killed.
FORGET = text("DELETE FROM outbox WHERE topic = :ping AND (id = :id OR created_at < now() - interval '10 minutes')")


async def redis(case: Case) -> Sequence[Line]:
    """Ask it how it is; its clock comes along."""
    if "REDIS_URL" in case.doubtful:
        if any(problem.startswith("REDIS_URL") for problem in case.problems):
            return []  # said with the settings
        return [REDIS.bad("The embedded Redis is not running.", "Start it with `just up`.")]
    try:
        client = _client(case)
        try:
            return await _ask(case, client)
        finally:
            with contextlib.suppress(RedisError, OSError):
                await client.aclose()
    except ValueError:
        return [REDIS.bad("REDIS_URL is not an address.", "Write it as redis://:password@host:port/0.")]
    except NoPermissionError:
        return [REDIS.doubtful("Redis lets this program in, but does not say how it is.", "Let its user run INFO and TIME.")]
    except AuthenticationError:
        return [REDIS.bad("Redis refuses the password.", "Correct the password in REDIS_URL.")]
    except BusyLoadingError:
        return [REDIS.bad("Redis is still loading its data.", "Wait half a minute and run this again.")]
    except (RedisError, OSError, TimeoutError):
        return [REDIS.bad("Redis can't be reached.")]


def _client(case: Case) -> aioredis.Redis:
    return aioredis.from_url(
        case.settings.redis_url,
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )


async def _ask(case: Case, client: aioredis.Redis) -> Sequence[Line]:
    await client.ping()
    case.met.add(Need.REDIS)
    before = clock.now().timestamp()
    seconds, microseconds = await client.time()
    after = clock.now().timestamp()
    found = await client.info("everything")
    return [_how_it_is(found), judge(CLOCK, "Redis", before, after, seconds + microseconds / 1e6)]


def _how_it_is(found: dict[str, object]) -> Line:
    policy, used, most = str(found.get("maxmemory_policy", "")), int(str(found.get("used_memory", 0))), int(str(found.get("maxmemory", 0)))
    numbers: Numbers = {"used_bytes": used, "max_bytes": most}
    # Without a limit nothing is ever thrown out, whatever the policy.
    if most and policy != "noeviction":
        return REDIS.doubtful(f"Redis throws things out when it is full ({policy}).", "Set maxmemory-policy noeviction.", **numbers)
    if most and used > FULL_SHARE * most:
        do = "See whether a worker is running, then raise maxmemory."
        return REDIS.doubtful(f"Redis is almost full: {size(used)} of {size(most)}.", do, **numbers)
    if str(found.get("aof_enabled", "0")) != "1":
        say = "Redis keeps no log of its own, so after its restart work is handed over again (nothing is lost, it takes longer)."
        return REDIS.doubtful(say, "Set appendonly yes.", **numbers)
    if str(found.get("aof_last_write_status", "ok")) != "ok":
        return REDIS.doubtful("Redis could not write its log the last time.", "Look at the disk that its data are on.", **numbers)
    return REDIS.good(f"Redis answers; it holds {size(used)}.", **numbers)


async def scheduler(case: Case) -> Sequence[Line]:
    """Its last sign of life, and what it should have done by now."""
    async with case.database.reading() as reader:
        age = await reader.scalar(ALIVE, {"topic": HEARTBEAT})
    if age is None:
        return [SCHEDULER.bad("The scheduler has never run.")]
    if age > 3 * HEARTBEAT_SECONDS:
        return [SCHEDULER.bad(f"The scheduler has been silent for {span(age)}.", seconds=round(age))]
    return [SCHEDULER.good("The scheduler is at work.", seconds=round(age))]


async def schedule(case: Case) -> Sequence[Line]:
    """Only topics that this program knows: a former one's last time stays where it was."""
    await in_thread(registry.load)
    topics = [*registry.recurring(), NIGHTLY_BACKUP]
    async with case.database.reading() as reader:
        overdue = list(await reader.scalars(OVERDUE, {"topics": topics, "minutes": OVERDUE_MINUTES}))
    if overdue:
        return [SCHEDULE.doubtful(f"Overdue by more than {OVERDUE_MINUTES} min: {listed(overdue)}.", overdue=len(overdue))]
    return [SCHEDULE.good("What recurs is done in time.")]


async def outbox(case: Case) -> Sequence[Line]:
    """What is waiting and what was given up, by topic."""
    async with case.database.reading() as reader:
        row = await reader.row(WAITING, {"minutes": LATE_MINUTES, "ping": PING})
    assert row is not None  # noqa: S101 (an aggregate has a row)
    numbers: Numbers = {"due": row.due, "late": row.late, "dead": row.dead}
    lines = []
    if row.late:
        say = f"{counted(row.late, 'piece', 'pieces')} of work waiting, for up to {span(row.oldest)} ({listed(row.late_topics)})."
        lines.append(OUTBOX.doubtful(say, "See the lines about Redis, the worker and the scheduler.", **numbers))
    if row.dead:
        say = f"{counted(row.dead, 'piece', 'pieces')} of work given up after all tries ({listed(row.dead_topics)})."
        lines.append(OUTBOX.doubtful(say, **numbers))
    return lines or [OUTBOX.good("No work is waiting for long, and none was given up.", **numbers)]


async def worker(case: Case) -> Sequence[Line]:
    """Hand a piece of work over and see it done. It leaves nothing behind."""
    row = OutboxRow(topic=PING, payload={})
    async with case.database.writing(DOCTOR) as uow:
        uow.add(row)
        await uow.flush()
        row_id = row.id
    begun = asyncio.get_running_loop().time()
    try:
        await in_thread(lambda: _send(case.settings.redis_url, row_id))
        while (waited := asyncio.get_running_loop().time() - begun) < PING_SECONDS:
            async with case.database.reading() as reader:
                state = await reader.row(STATE, {"id": row_id})
            if state is None or state.done:
                return [WORKER.good(f"A worker did what it was given within {span(max(waited, 0.1))}.", milliseconds=round(waited * 1000))]
            if state.attempts:
                do = "Start it again with `just up`: it may be of an older version than this program."
                return [WORKER.bad(f"A worker failed at a piece of work that does nothing ({state.last_error}).", do)]
            await asyncio.sleep(0.1)
        return [WORKER.bad(await _why_silent(case))]
    finally:
        async with case.database.writing(DOCTOR) as uow:
            await uow.execute(FORGET, {"ping": PING, "id": row_id})


def _send(redis_url: str, row_id: int) -> None:
    sender = Sender(redis_url)
    try:
        # Full or away: then the sweep brings the row, or nobody does, which is what is to be found out.
        with contextlib.suppress(RedisError):
            sender.send(row_id)
    finally:
        sender.close()


async def _why_silent(case: Case) -> str:
    client = _client(case)
    try:
        alive = bool(await client.exists(WORKER_KEY))
    except (RedisError, OSError, TimeoutError):
        alive = False
    finally:
        with contextlib.suppress(RedisError, OSError):
            await client.aclose()
    if alive:
        return f"A worker gives signs of life, but did not do what it was given within {PING_SECONDS:g} s: it is busy or stuck."
    return "No worker gives a sign of life, so background work waits."
