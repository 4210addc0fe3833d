"""How much one principal may ask for in a minute, over all its requests: so that one caller can't take the centre's whole server.

Each process keeps its own account of everybody, so that a request waits for nothing. What a principal has used since the last time is
added to a row in PostgreSQL whenever it is a twentieth of what is allowed, and what the other processes added comes back with it.
While the database is away each process goes by its own account.
"""

import asyncio
import hmac
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from weakref import WeakKeyDictionary

from sqlalchemy import BigInteger, DateTime, LargeBinary, bindparam, text
from sqlalchemy.exc import SQLAlchemyError

from backend import clock
from backend.accounts.principal import Principal
from backend.accounts.tokens import derive_key
from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from backend.errors import RateLimited, Unavailable

_SECONDS = 60
_SHARE = 20
_MOST_ACCOUNTS = 4096


class BudgetSpent(RateLimited):
    """The minute's fields are used up, or too few are left for this."""


@dataclass(slots=True)
class _Account:
    """What was used in one minute; ``untold`` of it only this process knows of."""

    minute: int
    used: int = 0
    untold: int = 0


class Budgets:
    """The accounts of one process."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._key = derive_key(settings, "cost-counter")
        self._allowed = settings.cost_a_minute
        self._accounts: OrderedDict[str, _Account] = OrderedDict()
        self._telling: set[asyncio.Task[None]] = set()

    def spend(self, principal: Principal | None, cost: int) -> None:
        """Count what an operation asks for; raises `BudgetSpent` when that is more than is left.

        Without a principal only a few documents run, and what guesses with them is limited elsewhere.
        """
        if principal is None:
            return
        actor = principal.actor(None)
        name = f"{actor.kind}:{actor.id}"
        now = clock.now().timestamp()
        account = self._account(name, int(now // _SECONDS))
        left = max(0, self._allowed - account.used)
        if cost > left:
            wait = max(1, round(_SECONDS - now % _SECONDS))
            raise BudgetSpent(
                f"This asks for up to {cost:,} fields. {self._allowed:,} a minute are allowed, and {left:,} of them are left;"
                f" the next minute begins in {wait} seconds.",
                retry_after=wait,
            )
        account.used += cost
        account.untold += cost
        if account.untold * _SHARE >= self._allowed:
            task = asyncio.ensure_future(self._tell(name, account))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    def _account(self, name: str, minute: int) -> _Account:
        account = self._accounts.get(name)
        if account is None or account.minute != minute:
            account = self._accounts[name] = _Account(minute)
            self._accounts.move_to_end(name)
            if len(self._accounts) > _MOST_ACCOUNTS:
                self._accounts.popitem(last=False)
        return account

    async def _tell(self, name: str, account: _Account) -> None:
        """Add what only this process knows to the common count, and take over what others added."""
        told, account.untold = account.untold, 0
        values = {
            "bucket": hmac.digest(self._key, name.encode(), "sha256"),
            "minute": datetime.fromtimestamp(account.minute * _SECONDS, UTC),
            "cost": told,
        }
        try:
            async with self._database.writing(Actor(ActorKind.ANONYMOUS), one_statement=True) as uow:
                total = await uow.scalar(_ADD, values)
        except (Unavailable, SQLAlchemyError):
            account.untold += told
            return
        account.used = max(account.used, int(total) + account.untold)


_budgets: "WeakKeyDictionary[Database, Budgets]" = WeakKeyDictionary()


def budgets(database: Database, settings: Settings) -> Budgets:
    """The accounts that belong to this database."""
    found = _budgets.get(database)
    if found is None:
        found = _budgets[database] = Budgets(database, settings)
    return found


# The table of the login limits, by other keys: it holds counts of short spans by a hash, and is swept with them.
_ADD = text("""
    INSERT INTO login_counters AS mine (bucket, hour, failures) VALUES (:bucket, :minute, :cost)
    ON CONFLICT (bucket, hour) DO UPDATE SET failures = mine.failures + :cost
    RETURNING failures
    """).bindparams(
    bindparam("bucket", type_=LargeBinary), bindparam("minute", type_=DateTime(timezone=True)), bindparam("cost", type_=BigInteger)
)
