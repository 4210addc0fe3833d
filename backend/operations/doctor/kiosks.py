"""Whether the kiosks at the door are there, and whether anything of theirs is left lying."""

from collections.abc import Sequence

from sqlalchemy import text

from backend.operations.doctor.case import Case
from backend.operations.doctor.lines import Line, Numbers, Topic, counted, listed, span

SILENT_SECONDS = 24 * 3600
LEFT_SECONDS = 72 * 3600

KIOSKS = Topic(
    "kiosks",
    "whether every paired kiosk told of itself within a day, keeps its queue safely, and has nothing waiting for staff for 72 h",
    "one was silent for longer, may lose what waits on it, or something has waited for that long",
    "",
    "Switch the device on and look at Settings → Kiosks; decide what waits in the kiosk inbox; revoke a device that is not used any more.",
)
# What a device told last; who never told anything is as silent as its pairing is old.
LOOK = text(
    """
    SELECT count(*) AS paired, coalesce(sum(queued), 0)::bigint AS queued,
           coalesce(array_agg(name ORDER BY name) FILTER (WHERE now() - coalesce(last_seen_at, paired_at) > make_interval(secs => :silent)),
                    '{}') AS silent,
           coalesce(array_agg(name ORDER BY name) FILTER (WHERE NOT persisted AND kind = 'CHECK_IN'), '{}') AS fleeting,
           (SELECT count(*) FROM kiosk_events WHERE doubt IS NOT NULL AND decision IS NULL) AS waiting,
           (SELECT extract(epoch FROM now() - min(arrived_at))::float8 FROM kiosk_events WHERE doubt IS NOT NULL AND decision IS NULL)
             AS oldest
    FROM kiosks WHERE revoked_at IS NULL
    """
)


async def kiosks(case: Case) -> Sequence[Line]:
    """One line; a centre without kiosks is fine."""
    async with case.database.reading() as reader:
        row = await reader.row(LOOK, {"silent": SILENT_SECONDS})
    assert row is not None  # noqa: S101 (an aggregate has a row)
    numbers: Numbers = {"paired": row.paired, "queued": row.queued, "waiting": row.waiting, "silent": len(row.silent)}
    if row.silent:
        return [KIOSKS.doubtful(f"No sign of life for a day from {listed(row.silent, 5)}.", **numbers)]
    if row.oldest is not None and row.oldest > LEFT_SECONDS:
        say = f"{counted(row.waiting, 'press', 'presses')} at kiosks wait for staff, the oldest for {span(row.oldest)}."
        return [KIOSKS.doubtful(say, **numbers)]
    if row.fleeting:
        return [KIOSKS.doubtful(f"The browser may throw away what waits on {listed(row.fleeting, 5)}: install the page there.", **numbers)]
    if not row.paired:
        return [KIOSKS.good("No kiosk is paired.", **numbers)]
    return [KIOSKS.good(f"{counted(row.paired, 'kiosk')} told of themselves; {row.queued:,} visits wait on them.", **numbers)]
