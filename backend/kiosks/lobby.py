"""What a screen in the lobby shows: how many are here, and the gamer tags of those who agreed to that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, bindparam, text

from backend import clock
from backend.db import ReadSession
from backend.system import hours
from backend.system.hours import Week

MOST = 60

# Whether somebody agreed is what their last consent says.
_HERE = text(
    """
    SELECT c.gamer_tag, max(v.happened_at) AS came_at,
           coalesce((SELECT k.granted FROM consents k WHERE k.client_id = c.id AND k.kind = 'LOBBY' ORDER BY k.happened_at DESC, k.id DESC
                     LIMIT 1), false) AS agreed
    FROM check_ins v JOIN clients c ON c.id = v.client_id
    WHERE v.happened_at >= :since AND v.checked_out_at IS NULL AND v.voided_at IS NULL
      AND NOT EXISTS (SELECT FROM check_ins n WHERE n.client_id = v.client_id AND n.happened_at > v.happened_at AND n.voided_at IS NULL)
    GROUP BY c.id ORDER BY came_at DESC, c.id
    """
).bindparams(bindparam("since", type_=DateTime(timezone=True)))


@dataclass(frozen=True, slots=True)
class Here:
    """How many are here, and what those are called who agreed to be shown; tonight's hours, if it is open today."""

    count: int
    tags: Sequence[str]
    opens_at: datetime | None
    closes_at: datetime | None


async def look(reader: ReadSession, week: Week, zone: ZoneInfo) -> Here:
    """What there is to show. One statement."""
    now = clock.now()
    rows = await reader.rows(_HERE, {"since": hours.last_end(now, week, zone)})
    tags = [row.gamer_tag for row in rows if row.agreed and row.gamer_tag]
    opens, closes = hours.tonight(now, week, zone)
    return Here(len(rows), tags[:MOST], opens, closes)
