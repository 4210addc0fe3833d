"""What is said at a check-in: one sentence, by standing and policy, in the reader's language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from backend.clients.standing import StandingStatus
from backend.db import AnyRow
from backend.memberships.models import CheckInPolicy

_GOOD = (StandingStatus.ACTIVE, StandingStatus.EXPIRING)

_SENTENCES = {
    "en": {
        "ACTIVE": "Covered until {ends}.",
        "EXPIRING": "{count} days left. Offer to renew.",
        "PENDING": "Starts on {starts}.",
        "EXPIRED": "Expired on {ends}.",
        "NONE": "No membership on file.",
        "ALLOW": "They may play.",
        "REMIND": "They may play. Remind them to renew.",
        "ASK_STAFF": "Staff decided to let them play. Talk about renewing.",
        "BLOCK": "Not checked in. Renew first.",
        "REPEAT": "Already checked in at {time}. No second visit was counted.",
        "CLIENT_ARCHIVED": "Not checked in: this client is archived. Restore them first.",
        "ONE_DAY_LEFT": "1 day left. Offer to renew.",
        "LAST_DAY": "Today is the last day. Offer to renew.",
    },
    "es": {
        "ACTIVE": "Vigente hasta el {ends}.",
        "EXPIRING": "Quedan {count} días. Ofrezca renovar.",
        "PENDING": "Empieza el {starts}.",
        "EXPIRED": "Venció el {ends}.",
        "NONE": "Sin membresía registrada.",
        "ALLOW": "Puede jugar.",
        "REMIND": "Puede jugar. Recuérdele que renueve.",
        "ASK_STAFF": "El personal decidió dejarle jugar. Hable de la renovación.",
        "BLOCK": "No se registró. Primero debe renovar.",
        "REPEAT": "Ya se registró a las {time}. No se contó otra visita.",
        "CLIENT_ARCHIVED": "No se registró: esta persona está archivada. Restáurela primero.",
        "ONE_DAY_LEFT": "Queda 1 día. Ofrezca renovar.",
        "LAST_DAY": "Hoy es el último día. Ofrezca renovar.",
    },
}
_MONTHS = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "es": ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
}
_WEEKDAYS = {"en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], "es": ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"]}


def may_play(standing: AnyRow) -> bool:
    """Whether the desk may check in a client of this standing (columns of `standing_on`); the statement applies the same rule."""
    return standing.status in _GOOD or standing.policy != CheckInPolicy.BLOCK


def sentence(standing: AnyRow, *, language: str, today: date) -> str:
    """What the desk is told after a check-in, or after its refusal by BLOCK."""
    words = _SENTENCES[language]
    status = StandingStatus(standing.status)
    which = {0: "LAST_DAY", 1: "ONE_DAY_LEFT"}.get(standing.days_left, status) if status is StandingStatus.EXPIRING else status
    ends, starts = _day(standing.ends_on, language, today), _day(standing.starts_on, language, today)
    first = words[which].format(ends=ends, starts=starts, count=standing.days_left)
    return first if status in _GOOD else f"{first} {words[standing.policy]}"


def repeat_sentence(happened_at: datetime, *, language: str, zone: ZoneInfo) -> str:
    """What the desk is told when the visit is already there."""
    return _SENTENCES[language]["REPEAT"].format(time=happened_at.astimezone(zone).strftime("%H:%M"))


def archived_sentence(*, language: str) -> str:
    """What the desk is told about an archived client."""
    return _SENTENCES[language]["CLIENT_ARCHIVED"]


def _day(day: date | None, language: str, today: date) -> str:
    if day is None:
        return ""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{_WEEKDAYS[language][day.weekday()]} {day.day} {_MONTHS[language][day.month - 1]}{year}"
