"""What is said at a check-in."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from backend.checkins import policy, words
from backend.checkins.allowances import Remaining, remaining
from backend.clients.standing import StandingSource
from backend.memberships.models import AuthorizationUnit, CheckInPolicy
from backend.memberships.queries import Use

TODAY = date(2026, 11, 22)


@dataclass
class Row:
    status: str
    policy: str = "REMIND"
    starts_on: date | None = None
    ends_on: date | None = None
    days_left: int | None = None
    sentence_en: str | None = None
    sentence_es: str | None = None


def verdict(row: Row, **more: Any) -> policy.Verdict:
    given: dict[str, Any] = {"good": row.status in {"ACTIVE", "EXPIRING"}, "spent": False, "left": None} | more
    return policy.Verdict(cast("Any", row), **given)


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
    assert policy.sentence(verdict(row), language="en", today=TODAY) == en
    assert policy.sentence(verdict(row), language="es", today=TODAY) == es


EXPIRED = Row("EXPIRED", "BLOCK", ends_on=date(2026, 11, 20), sentence_en="See the front desk.")


def test_a_tiers_own_sentence_stands_where_the_policy_applies() -> None:
    assert policy.sentence(verdict(EXPIRED), language="en", today=TODAY) == "Expired on Fri 20 Nov. See the front desk."
    # There is none in Spanish, so the built-in one is said.
    assert policy.sentence(verdict(EXPIRED), language="es", today=TODAY).endswith("No se registró. Primero debe renovar.")
    good = Row("ACTIVE", "BLOCK", ends_on=date(2026, 12, 30), sentence_en="See the front desk.")
    assert policy.sentence(verdict(good), language="en", today=TODAY) == "Covered until Wed 30 Dec."


def test_an_override_never_says_that_nobody_was_checked_in() -> None:
    overridden = verdict(EXPIRED, overridden=True)
    assert policy.sentence(overridden, language="en", today=TODAY) == "Expired on Fri 20 Nov. Checked in because staff decided so."
    assert overridden.may_play
    assert not verdict(EXPIRED).may_play


def left(count: float, unit: str = "VISIT", source: str = "AUTHORIZATION", *, of_month: bool = True) -> Remaining:
    return Remaining(StandingSource(source), AuthorizationUnit(unit), count, of_month)


@pytest.mark.parametrize(
    ("remaining", "en"),
    [
        (None, None),
        (left(3), None),
        (left(2), "2 visits left this month."),
        (left(1), "1 visit left this month."),
        (left(0), "This is the last authorised visit this month."),
        (left(0, "DAY"), "This is the last authorised day this month."),
        (left(1.5, "HOUR"), "1.5 authorised hours left this month."),
        (left(0, source="MEMBERSHIP"), "This is the last visit this month."),
        (left(0, source="MEMBERSHIP", of_month=False), "This is the last visit of this membership."),
        (left(2, source="MEMBERSHIP", of_month=False), "2 visits left in this membership."),
    ],
)
def test_what_runs_out_is_said_before_it_is_gone(remaining: Remaining | None, en: str | None) -> None:
    assert policy.warning(remaining, language="en") == en
    assert (policy.warning(remaining, language="es") is None) == (en is None)


@pytest.mark.parametrize("source", list(StandingSource))
@pytest.mark.parametrize("unit", list(AuthorizationUnit))
@pytest.mark.parametrize("of_month", [True, False])
@pytest.mark.parametrize("chosen", list(CheckInPolicy))
def test_there_are_words_for_whatever_is_used_up(
    source: StandingSource, unit: AuthorizationUnit, of_month: bool, chosen: CheckInPolicy
) -> None:
    row = Row("ACTIVE", chosen.value, ends_on=date(2026, 12, 30))
    for language in ("en", "es"):
        used_up = verdict(row, good=False, spent=True, left=Remaining(source, unit, 0, of_month))
        assert len(policy.sentence(used_up, language=language, today=TODAY)) > 20


def test_a_repeat_names_the_centres_time() -> None:
    at = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
    assert policy.repeat_sentence(at, language="en", zone=ZoneInfo("America/Los_Angeles")).startswith("Already checked in at 23:05.")


@pytest.mark.parametrize("language", ["en", "es"])
def test_both_languages_have_every_sentence(language: str) -> None:
    assert words.SENTENCES[language].keys() == words.SENTENCES["en"].keys()
    for key, said in words.SENTENCES[language].items():
        assert set(re.findall("{.*?}", said)) == set(re.findall("{.*?}", words.SENTENCES["en"][key])), key


@pytest.mark.parametrize(
    ("first", "last", "of_month"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), True),
        (date(2026, 2, 10), date(2026, 2, 28), True),
        (date(2026, 2, 1), date(2026, 2, 9), True),
        (date(2026, 2, 10), date(2026, 2, 16), False),
        (date(2026, 2, 26), date(2026, 3, 4), False),
        (date(2026, 2, 1), date(2027, 2, 28), False),
    ],
)
def test_a_trial_week_is_not_called_a_month(first: date, last: date, of_month: bool) -> None:
    use = Use(StandingSource.MEMBERSHIP, 1, "Trial", AuthorizationUnit.VISIT, 3, 3.0, 0.0, first, last)
    found = remaining([use])
    assert found is not None
    assert found.of_month is of_month
