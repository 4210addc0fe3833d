"""The columns of a client that a form may fill: what each one may hold, and how it is brought into form."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from backend.checking import Checker
from backend.clients import codes
from backend.clients.reading import path_of
from backend.values import NAME_LENGTH

LANGUAGES = ("en", "es")
NOTE = 10_000
COLOURS = ("red", "orange", "amber", "green", "teal", "blue", "violet", "pink")
PICTURES = (
    "cat", "dog", "fox", "owl", "fish", "turtle", "rocket", "star", "moon", "sun", "tree", "flower", "ball", "guitar", "robot", "dragon",
)  # fmt: skip
_RELATION = 60
_TAG = 40

_Rule = Callable[[Checker, str, Any, date], Any]


def _name(check: Checker, path: str, given: Any, _today: date) -> str:
    return check.line(path, given, NAME_LENGTH) or ""


def _line(longest: int) -> _Rule:
    return lambda check, path, given, _today: check.line(path, given, longest)


def _phone(check: Checker, path: str, given: Any, _today: date) -> str | None:
    return check.phone(path, given)


def _email(check: Checker, path: str, given: Any, _today: date) -> str | None:
    return check.email(path, given)


def _birthday(check: Checker, path: str, given: Any, today: date) -> date | None:
    return check.past_day(path, given, today)


def _language(check: Checker, path: str, given: Any, _today: date) -> str | None:
    if given not in LANGUAGES:
        check.problem(path, "REQUIRED", "Choose a language.")
        return None
    return str(given)


def _code(check: Checker, path: str, given: Any, _today: date) -> str | None:
    code = check.line(path, given, codes.LONGEST)
    if code is not None and not codes.folded(code):
        check.problem(path, "BAD_CODE", "A code needs letters or digits.")
    return code


def _flag(_check: Checker, _path: str, given: Any, _today: date) -> bool:
    return bool(given)


def _one_of(choices: tuple[str, ...]) -> _Rule:
    def rule(check: Checker, path: str, given: Any, _today: date) -> str | None:
        if not given:
            return None
        if given not in choices:
            check.problem(path, "NOT_OFFERED", f"Choose one of {', '.join(choices)}.")
            return None
        return str(given)

    return rule


RULES: dict[str, _Rule] = {
    "first_name": _name,
    "last_name": _name,
    "preferred_name": _line(NAME_LENGTH),
    "date_of_birth": _birthday,
    "language": _language,
    "guardian_name": _line(NAME_LENGTH),
    "guardian_relation": _line(_RELATION),
    "guardian_phone": _phone,
    "service_coordinator": _line(NAME_LENGTH),
    "service_coordinator_phone": _phone,
    "service_coordinator_email": _email,
    "member_code": _code,
    "large_text": _flag,
    "no_sound": _flag,
    "no_motion": _flag,
    "kiosk_colour": _one_of(COLOURS),
    "kiosk_picture": _one_of(PICTURES),
    "gamer_tag": _line(_TAG),
}


def clean(check: Checker, given: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The given columns as they are stored; what is wrong is noted under its path."""
    return {name: RULES[name](check, ".".join(path_of(name)), value, today) for name, value in given.items()}


def check_name(check: Checker, first_name: str, last_name: str) -> None:
    """Somebody needs one of both names at least."""
    if not (first_name or last_name):
        check.required("firstName", None, "Give a first name or a last name.")
