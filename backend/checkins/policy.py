"""What is said at a check-in: the fact, what the policy makes of it, and what runs out; in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from backend.checkins.allowances import WARN_AT, Remaining
from backend.checkins.words import MONTHS, SENTENCES, WEEKDAYS
from backend.clients.standing import StandingSource, StandingStatus
from backend.db import AnyRow
from backend.memberships.models import CheckInPolicy
from backend.system.choices import Sentences

NOTHING_SAID: Sentences = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What decides about a visit: the standing (columns of `standing_on` and the tier's sentences), and what may still be used.

    ``good``: there is nothing for the policy to decide. ``spent``: all that covers the day is used up. ``left`` is what this visit
    leaves. ``overridden``: staff let somebody in for a reason of their own.
    """

    standing: AnyRow
    good: bool
    spent: bool
    left: Remaining | None
    overridden: bool = False

    @property
    def may_play(self) -> bool:
        """Whether the client may be checked in; the statement applies the same rule."""
        return self.good or self.overridden or self.standing.policy != CheckInPolicy.BLOCK


def sentence(verdict: Verdict, *, language: str, today: date, said: Sentences = NOTHING_SAID) -> str:
    """What the desk is told after a check-in, or after its refusal by BLOCK.

    Where the policy applies, the tier's own sentence in the reader's language stands instead of the built-in one, or else ``said``:
    the centre's own for this policy.
    """
    words, standing = SENTENCES[language], verdict.standing
    if verdict.good:
        return " ".join(filter(None, [_fact(standing, language, today), warning(verdict.left, language=language)]))
    used_up = verdict.left if verdict.spent else None
    fact = words[f"NONE_LEFT_{_kind(used_up)}"] if used_up else _fact(standing, language, today)
    if verdict.overridden and standing.policy == CheckInPolicy.BLOCK:
        return f"{fact} {words['OVERRIDDEN']}"
    own: str | None = standing.sentence_es if language == "es" else standing.sentence_en
    own = own or said.get(standing.policy, {}).get(language)
    return f"{fact} {own or words[f'SPENT_{standing.policy}' if used_up else standing.policy]}"


def warning(left: Remaining | None, *, language: str) -> str | None:
    """What runs out with this visit or soon after it, as a sentence; None as long as there is enough."""
    if left is None or left.left > WARN_AT:
        return None
    which = "LAST" if left.left <= 0 else "ONE_LEFT" if left.left == 1 else "LEFT"
    return SENTENCES[language][f"{which}_{_kind(left)}"].format(left=f"{left.left:g}")


def repeat_sentence(happened_at: datetime, *, language: str, zone: ZoneInfo) -> str:
    """What the desk is told when the visit is already there."""
    return SENTENCES[language]["REPEAT"].format(time=happened_at.astimezone(zone).strftime("%H:%M"))


def merged_sentence(*, language: str) -> str:
    """What is added where somebody was asked for who was merged into the client whose visit it is."""
    return SENTENCES[language]["MERGED"]


def archived_sentence(*, language: str) -> str:
    """What the desk is told about an archived client."""
    return SENTENCES[language]["CLIENT_ARCHIVED"]


def _fact(row: AnyRow, language: str, today: date) -> str:
    status = StandingStatus(row.status)
    which = {0: "LAST_DAY", 1: "ONE_DAY_LEFT"}.get(row.days_left, status) if status is StandingStatus.EXPIRING else status
    ends, starts = _day(row.ends_on, language, today), _day(row.starts_on, language, today)
    return SENTENCES[language][which].format(ends=ends, starts=starts, count=row.days_left)


def _kind(left: Remaining) -> str:
    if left.source is StandingSource.AUTHORIZATION:
        return f"AUTHORIZATION_{left.unit}"
    return "MONTH" if left.of_month else "MEMBERSHIP"


def _day(day: date | None, language: str, today: date) -> str:
    if day is None:
        return ""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{WEEKDAYS[language][day.weekday()]} {day.day} {MONTHS[language][day.month - 1]}{year}"
