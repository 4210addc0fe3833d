"""What is forgotten with time. Visits, clients and the audit log are none of it: they go by somebody's decision alone."""

from sqlalchemy import text

from backend.db import UnitOfWork
from backend.system import centre

KEY_DAYS = 7
"""How long the key of a request that made something is known; whoever sends it again later makes another one."""

# A session that goes on has neither ended nor expired, however old it is. Its refresh tokens go with it.
OLD_SIGN_INS = text("DELETE FROM sessions WHERE least(ended_at, expires_at) < now() - make_interval(days => :days)")
OLD_DEVICES = text("DELETE FROM known_devices WHERE last_seen_at < now() - make_interval(days => :days)")
OLD_KEYS = text("DELETE FROM idempotency_keys WHERE created_at < now() - make_interval(days => :days)")


async def tidy(uow: UnitOfWork) -> None:
    """Delete what is older than the centre keeps it."""
    chosen = await centre.read(uow)
    await uow.execute(OLD_SIGN_INS, {"days": chosen.sign_in_days})
    await uow.execute(OLD_DEVICES, {"days": chosen.device_days})
    await uow.execute(OLD_KEYS, {"days": KEY_DAYS})
