"""How fast a kiosk may look people up: thirty a minute, then one each two seconds. It gets slower and is never locked.

Each look-up costs two seconds of a minute that is free; what goes beyond is waited for, here for a moment, longer at the device.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import BigInteger, DateTime, Interval, bindparam, text

from backend import clock
from backend.db import UnitOfWork

COSTS = timedelta(seconds=2)
FREE = timedelta(seconds=60)
WAITED_HERE = 2.0
"""Seconds for which the answer is held back here; beyond them the device is told to come again."""

# One statement, so that two at once can't both pass for the last one. What is refused costs nothing: the device comes again.
_TAKE = text(
    """
    WITH before AS (
      INSERT INTO kiosk_paces (kiosk_id, paid_until) VALUES (:kiosk_id, :now)
      ON CONFLICT (kiosk_id) DO UPDATE SET paid_until = greatest(kiosk_paces.paid_until, :now)
      RETURNING paid_until
    ) SELECT paid_until FROM before
    """
).bindparams(bindparam("kiosk_id", type_=BigInteger), bindparam("now", type_=DateTime(timezone=True)))
_PAY = text(
    """
    UPDATE kiosk_paces SET paid_until = paid_until + :costs, hurried_at = CASE WHEN :hurried THEN :now ELSE hurried_at END
    WHERE kiosk_id = :kiosk_id
    """
).bindparams(bindparam("kiosk_id", type_=BigInteger), bindparam("now", type_=DateTime(timezone=True)), bindparam("costs", type_=Interval))
_COUNT = text(
    """
    INSERT INTO kiosk_look_ups (kiosk_id, hour, asked, slowed) VALUES (:kiosk_id, date_trunc('hour', :now), 1, :slowed)
    ON CONFLICT (kiosk_id, hour) DO UPDATE SET asked = kiosk_look_ups.asked + 1, slowed = kiosk_look_ups.slowed + excluded.slowed
    """
).bindparams(
    bindparam("kiosk_id", type_=BigInteger), bindparam("now", type_=DateTime(timezone=True)), bindparam("slowed", type_=BigInteger)
)


@dataclass(frozen=True, slots=True)
class Pace:
    """What to do before answering: hold it back for ``here`` seconds, or send the device away for ``away`` seconds."""

    here: float
    away: int

    @property
    def hurried(self) -> bool:
        """Whether there are too many look-ups."""
        return self.here > 0 or self.away > 0


async def take(uow: UnitOfWork, kiosk_id: int) -> Pace:
    """Count one look-up."""
    now = clock.now()
    paid_until = await uow.scalar(_TAKE, {"kiosk_id": kiosk_id, "now": now})
    late = (paid_until + COSTS - now - FREE).total_seconds()
    hurried = late > 0
    sent_away = late > WAITED_HERE
    await uow.execute(_PAY, {"kiosk_id": kiosk_id, "now": now, "costs": timedelta(0) if sent_away else COSTS, "hurried": hurried})
    await uow.execute(_COUNT, {"kiosk_id": kiosk_id, "now": now, "slowed": int(hurried)})
    return Pace(here=max(0.0, late) if not sent_away else 0.0, away=max(1, round(late)) if sent_away else 0)
