"""What the installation's own records tell: messages that are paused, what was brought over, the audit log."""

from collections.abc import Sequence

from sqlalchemy import text

from backend.operations.doctor.case import Case
from backend.operations.doctor.lines import Line, Numbers, Topic, counted, span

ENTRIES = 10_000
BACKWARDS_SECONDS = 300

MESSAGES = Topic(
    "messages",
    "whether messages to clients are paused, as they are after a restore",
    "they are",
    "",
    "Look at what was restored, then press “Resume messages” on the settings page.",
)
ADOPTION = Topic(
    "adoption",
    "what came over from the predecessor, and what was kept aside",
    "",
    "",
    "The settings page shows each row that was kept aside, and why.",
)
DUPLICATES = Topic(
    "duplicates",
    "clients who may be on file twice",
    "",
    "",
    "The settings page lists them, to be looked at one by one.",
)
AUDIT = Topic(
    "audit-times",
    f"whether the newest {ENTRIES:,} entries of the audit log are in the order of their times",
    "they are not: a clock was set back, or entries were changed",
    "",
    "Find out whether this machine's clock was set back; if not, compare the log with that of a backup.",
)

PAUSED = text("SELECT extract(epoch FROM now() - messages_paused_at)::float8 AS seconds FROM installation")
KEPT_ASIDE = text(
    """
    SELECT count(DISTINCT adoption_id) AS runs, coalesce(sum(rows_read), 0)::bigint AS read, coalesce(sum(rows_aside), 0)::bigint AS aside
    FROM adoption_lines
    """
)
POSSIBLE = text("SELECT count(*) FROM possible_duplicates WHERE dismissed_at IS NULL")
# The time of an entry is its transaction's start, so those of neighbours overlap by minutes at most.
BACKWARDS = text(
    """
    SELECT count(*) AS entries, count(*) FILTER (WHERE happened_at < before - make_interval(secs => :seconds)) AS backwards,
           max(happened_at) > clock_timestamp() + make_interval(secs => :seconds) AS ahead
    FROM (SELECT happened_at, lag(happened_at) OVER (ORDER BY id) AS before
          FROM (SELECT id, happened_at FROM audit_log ORDER BY id DESC LIMIT :entries) AS newest) AS neighbours
    """
)


async def messages(case: Case) -> Sequence[Line]:
    """A restored backup may not know what was sent since."""
    async with case.database.reading() as reader:
        row = await reader.row(PAUSED)
    if row is not None and row.seconds is not None:
        return [MESSAGES.doubtful(f"Messages to clients have been paused for {span(row.seconds)}.", seconds=round(row.seconds))]
    return [MESSAGES.good("Messages to clients are not paused.")]


async def brought_over(case: Case) -> Sequence[Line]:
    """For information: nothing of it is wrong."""
    async with case.database.reading() as reader:
        row = await reader.row(KEPT_ASIDE)
        possible = await reader.scalar(POSSIBLE)
    lines = []
    if row is not None and row.runs:
        say = f"{counted(row.read, 'row')} of the predecessor were read, and {row.aside:,} of them kept aside."
        lines.append(ADOPTION.good(say, rows_read=row.read, rows_aside=row.aside))
    else:
        lines.append(ADOPTION.good("Nothing was brought over from the predecessor.", rows_read=0, rows_aside=0))
    say = f"{counted(possible, 'pair')} of clients may be the same person." if possible else "No clients seem to be on file twice."
    lines.append(DUPLICATES.good(say, pairs=possible))
    return lines


async def audit(case: Case) -> Sequence[Line]:
    """A light look; it proves nothing, it notices a clock that was set back."""
    async with case.database.reading() as reader:
        row = await reader.row(BACKWARDS, {"seconds": BACKWARDS_SECONDS, "entries": ENTRIES})
    assert row is not None  # noqa: S101 (an aggregate has a row)
    numbers: Numbers = {"entries": row.entries, "backwards": row.backwards}
    if row.backwards:
        return [AUDIT.doubtful(f"In the audit log the time goes back {counted(row.backwards, 'time')}.", **numbers)]
    if row.ahead:
        return [AUDIT.doubtful("The newest entry of the audit log lies in the future.", **numbers)]
    return [AUDIT.good(f"The newest {counted(row.entries, 'entry', 'entries')} of the audit log are in order.", **numbers)]
