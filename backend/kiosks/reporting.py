"""A kiosk's signs of life."""

from sqlalchemy import BigInteger, Boolean, DateTime, String, bindparam, text

from backend import clock
from backend.checking import Checker
from backend.db import UnitOfWork
from backend.kiosks.queries import TOPIC

_MOST_QUEUED = 1_000_000
# A kiosk tells of itself each few seconds; who looks at the list sees minutes. So what says nothing new is written each ten seconds.
_NOTE = text(
    """
    WITH before AS (SELECT queued FROM kiosks WHERE id = :kiosk_id)
    UPDATE kiosks k SET last_seen_at = :now, app_version = :app_version, queued = :queued, persisted = :persisted
    FROM before b
    WHERE k.id = :kiosk_id AND (k.last_seen_at IS NULL OR k.last_seen_at < :now - interval '10 seconds'
      OR (k.app_version, k.queued, k.persisted) IS DISTINCT FROM (:app_version, :queued, :persisted))
    RETURNING b.queued IS DISTINCT FROM k.queued
    """
).bindparams(
    bindparam("kiosk_id", type_=BigInteger),
    bindparam("now", type_=DateTime(timezone=True)),
    bindparam("app_version", type_=String),
    bindparam("queued", type_=BigInteger),
    bindparam("persisted", type_=Boolean),
)


async def note(uow: UnitOfWork, kiosk_id: int, *, app_version: str, queued: int, persisted: bool) -> None:
    """Write down how a kiosk is, and tell the desk when what waits on it has changed. Raises `ValidationFailed`."""
    check = Checker()
    version = check.line("appVersion", app_version, 40)
    if not 0 <= queued <= _MOST_QUEUED:
        check.problem("queued", "OUT_OF_RANGE", "This is no number of presses.")
    check.done()
    told = {"kiosk_id": kiosk_id, "now": clock.now(), "app_version": version, "queued": queued, "persisted": persisted}
    if await uow.scalar(_NOTE, told):
        uow.announce(TOPIC, 0)
