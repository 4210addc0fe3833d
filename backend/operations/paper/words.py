"""The words of the roster, in the languages that a centre can choose."""

from collections.abc import Mapping
from datetime import date, datetime

from backend.checkins.words import MONTHS

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Paper roster",
        "made": "Made on {day} at {time} ({zone})",
        "how": "When the program can't be used: write the date and the times beside the name. Later key them in on the page Check-ins, "
        "“Key in from paper”, by scanning the code or typing the name.",
        "name": "Name", "standing": "Standing", "code": "Member code", "date": "Date", "in": "Time in", "out": "Time out",
        "goes_on": "{letter}, continued",
        "others": "Not on this list",
        "nobody": "Nobody came within 90 days, and nobody is in good standing.",
        "page": "Page {n} of {count}",
        "footer": "Made on {day} at {time}. Personal data: lock it away, and shred it when it is keyed in.",
        "no_code": "no code",
        "ACTIVE": "Active", "EXPIRING": "Expiring", "PENDING": "Not started", "EXPIRED": "Expired", "NONE": "No membership",
        "until": "until {day}", "on": "on {day}", "from": "from {day}",
    },
    "es": {
        "title": "Lista en papel",
        "made": "Hecha el {day} a las {time} ({zone})",
        "how": "Cuando el programa no funciona: escriba la fecha y las horas junto al nombre. Después páselas en la página Entradas, "
        "«Pasar del papel», escaneando el código o escribiendo el nombre.",
        "name": "Nombre", "standing": "Situación", "code": "Código de miembro", "date": "Fecha", "in": "Entrada", "out": "Salida",
        "goes_on": "{letter}, continuación",
        "others": "No están en esta lista",
        "nobody": "Nadie vino en los últimos 90 días y nadie tiene una membresía activa.",
        "page": "Página {n} de {count}",
        "footer": "Hecha el {day} a las {time}. Datos personales: guárdela bajo llave y tritúrela cuando esté pasada.",
        "no_code": "sin código",
        "ACTIVE": "Activa", "EXPIRING": "Por vencer", "PENDING": "Sin empezar", "EXPIRED": "Vencida", "NONE": "Sin membresía",
        "until": "hasta el {day}", "on": "el {day}", "from": "desde el {day}",
    },
}  # fmt: skip
_DAY_WORD = {"ACTIVE": "until", "EXPIRING": "until", "PENDING": "from", "EXPIRED": "on"}


def day_of(day: date, language: str) -> str:
    """``24 Nov 2026``: on paper the year always counts."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def standing_of(status: str, starts_on: date | None, ends_on: date | None, language: str) -> tuple[str, str]:
    """The standing as a word, and its last day (of one to come its first); the latter is empty where there is none."""
    words = WORDS[language]
    day = starts_on if status == "PENDING" else ends_on
    return words[status], words[_DAY_WORD[status]].format(day=day_of(day, language)) if day and status in _DAY_WORD else ""


def texts(language: str, centre: str, made_at: datetime, zone: str) -> dict[str, str]:
    """What stands around the table; ``made_at`` is by the centre's clock. ``page`` and ``goes_on`` are filled in on each page."""
    said = {"day": day_of(made_at.date(), language), "time": f"{made_at:%H:%M}", "zone": zone}
    named = ("title", "how", "name", "standing", "code", "date", "in", "out", "goes_on", "others", "nobody", "page", "no_code")
    words = WORDS[language]
    return {"centre": centre, "made": words["made"].format(**said), "footer": words["footer"].format(**said)} | {
        name: words[name] for name in named
    }
