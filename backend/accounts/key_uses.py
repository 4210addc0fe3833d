"""How often an API key may call: counted in PostgreSQL, by the clock hour, so that the count is the same in every process.

A call that is refused here is not counted. The statement that counts also notes when the key was last used, once a minute at most.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, DateTime, bindparam, text

from backend import clock
from backend.accounts.principal import Principal
from backend.db import Database
from backend.errors import RateLimited

_HOUR = timedelta(hours=1)
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of this hour; ``seconds`` until the next one begins."""

    limit: int
    left: int
    seconds: int


class CallsUsedUp(RateLimited):
    """No call is left; ``allowance`` says so in figures."""

    def __init__(self, allowance: Allowance) -> None:
        minutes = -(-allowance.seconds // 60)
        super().__init__(
            f"This API key may call {allowance.limit:,} times an hour, and has. The next hour begins in {minutes} minutes.",
            retry_after=allowance.seconds,
        )
        self.allowance = allowance


async def take(database: Database, principal: Principal | None, *, cost: int = 0) -> Allowance | None:
    """Count one call of a key, which asks for ``cost`` fields; raises `CallsUsedUp`. None for whoever is no key: nothing is counted."""
    if principal is None or principal.calls_an_hour is None:
        return None
    now = clock.now()
    hour = hour_of(now)
    values = {
        "key": principal.api_key_id,
        "hour": hour,
        "cost": cost,
        "most": principal.calls_an_hour,
        "now": now,
        "lately": now - _NOTED_EVERY,
    }
    async with database.writing(principal.actor(None), one_statement=True) as uow:
        calls: int | None = await uow.scalar(_TAKE, values)
    seconds = max(1, int((hour + _HOUR - now).total_seconds()))
    allowance = Allowance(principal.calls_an_hour, 0 if calls is None else max(0, principal.calls_an_hour - calls), seconds)
    if calls is None:
        raise CallsUsedUp(allowance)
    return allowance


def hour_of(moment: datetime) -> datetime:
    """When the clock hour of this moment began."""
    return moment.replace(minute=0, second=0, microsecond=0)


_TAKE = text("""
    WITH counted AS (
        INSERT INTO api_key_uses AS mine (api_key_id, hour, calls, cost) VALUES (:key, :hour, 1, :cost)
        ON CONFLICT (api_key_id, hour) DO UPDATE SET calls = mine.calls + 1, cost = mine.cost + :cost WHERE mine.calls < :most
        RETURNING calls
    ), noted AS (
        UPDATE api_keys SET last_used_at = :now WHERE id = :key AND (last_used_at IS NULL OR last_used_at < :lately)
    )
    SELECT calls FROM counted
    """).bindparams(
    bindparam("key", type_=BigInteger),
    bindparam("hour", type_=DateTime(timezone=True)),
    bindparam("cost", type_=BigInteger),
    bindparam("most", type_=BigInteger),
    bindparam("now", type_=DateTime(timezone=True)),
    bindparam("lately", type_=DateTime(timezone=True)),
)
