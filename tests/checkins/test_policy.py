"""What is said at a check-in."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from backend.checkins import policy

TODAY = date(2026, 11, 22)


@dataclass
class Row:
    status: str
    policy: str = "REMIND"
    starts_on: date | None = None
    ends_on: date | None = None
    days_left: int | None = None


@pytest.mark.parametrize(
    ("row", "en", "es"),
    [
        (Row("ACTIVE", ends_on=date(2027, 1, 2), days_left=41), "Covered until Sat 2 Jan 2027.", "Vigente hasta el sáb 2 ene 2027."),
        (Row("EXPIRING", ends_on=date(2026, 12, 1), days_left=9), "9 days left. Offer to renew.", "Quedan 9 días. Ofrezca renovar."),
        (Row("EXPIRING", ends_on=date(2026, 11, 23), days_left=1), "1 day left. Offer to renew.", "Queda 1 día. Ofrezca renovar."),
        (Row("EXPIRING", ends_on=TODAY, days_left=0), "Today is the last day. Offer to renew.", "Hoy es el último día. Ofrezca renovar."),
        (
            Row("EXPIRED", "ALLOW", ends_on=date(2026, 11, 20), days_left=-2),
            "Expired on Fri 20 Nov. They may play.",
            "Venció el vie 20 nov. Puede jugar.",
        ),
        (
            Row("EXPIRED", "BLOCK", ends_on=date(2026, 11, 20)),
            "Expired on Fri 20 Nov. Not checked in. Renew first.",
            "Venció el vie 20 nov. No se registró. Primero debe renovar.",
        ),
        (
            Row("PENDING", starts_on=date(2026, 12, 1)),
            "Starts on Tue 1 Dec. They may play. Remind them to renew.",
            "Empieza el mar 1 dic. Puede jugar. Recuérdele que renueve.",
        ),
        (
            Row("NONE"),
            "No membership on file. They may play. Remind them to renew.",
            "Sin membresía registrada. Puede jugar. Recuérdele que renueve.",
        ),
    ],
)
def test_sentences(row: Row, en: str, es: str) -> None:
    assert policy.sentence(cast("Any", row), language="en", today=TODAY) == en
    assert policy.sentence(cast("Any", row), language="es", today=TODAY) == es


def test_a_repeat_names_the_centres_time() -> None:
    at = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
    assert policy.repeat_sentence(at, language="en", zone=ZoneInfo("America/Los_Angeles")).startswith("Already checked in at 23:05.")


@pytest.mark.parametrize("language", ["en", "es"])
def test_both_languages_have_every_sentence(language: str) -> None:
    assert policy._SENTENCES[language].keys() == policy._SENTENCES["en"].keys()
