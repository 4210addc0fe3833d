"""What each setting of the centre may be, how it stands in the database as JSON, and what is wrong with one that can't be taken."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from backend import values
from backend.accounts.models import UserRole
from backend.errors import FieldError
from backend.system import contrast, exit_pin
from backend.system.hours import Hours
from backend.system.zones import PastZone

CURRENCIES = ("USD", "EUR", "GBP", "MXN", "CAD", "AUD", "CHF")
LANGUAGES = ("en", "es")
POLICIES = ("ALLOW", "REMIND", "ASK_STAFF", "BLOCK")
LONGEST_NAME, LONGEST_SENTENCE = 120, 200
MOST_MINUTES = 24 * 60
DAYS_KEPT = (30, 400)
"""How long sign-ins and known devices may be kept. A refresh token lasts 30 days, and browsers keep no cookie for more than 400."""

Sentences = Mapping[str, Mapping[str, str]]
"""What is said where a policy applies, by policy and language."""


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of setting. ``check`` takes a value and its name in the API; ``read`` raises where the JSON has another shape.

    ``clean`` makes of what was typed what is kept, and leaves to ``check`` what it can't. What isn't ``open`` is a secret, of which
    the audit log says no more than that it is set.
    """

    check: Callable[[Any, str], Iterator[FieldError]]
    read: Callable[[Any], Any] = _same
    write: Callable[[Any], Any] = _same
    clean: Callable[[Any], Any] = _same
    open: bool = True


def _one_line(value: Any) -> Any:
    try:
        return values.text(value, len(value)) or ""
    except values.BadValue:
        return value


def _name(value: Any, path: str) -> Iterator[FieldError]:
    try:
        clean = values.text(value, LONGEST_NAME)
        if clean is not None:
            values.visible(clean)
    except values.BadValue as bad:
        yield FieldError((path,), bad.code, f"This {bad}")
        return
    if clean is None:
        yield FieldError((path,), "REQUIRED", "Give the centre a name.")


def _zone(value: Any, path: str) -> Iterator[FieldError]:
    try:
        # Such as "localtime" or "posixrules", which are files of the machine, are nobody's choice.
        known = isinstance(value, str) and ("/" in value or value == "UTC") and ZoneInfo(value).key == value
    except (KeyError, ValueError, OSError):
        known = False
    if not known:
        yield FieldError((path,), "UNKNOWN_ZONE", "Choose a time zone such as America/Los_Angeles.")


def _past_zones(value: Any, path: str) -> Iterator[FieldError]:
    for former in value:
        yield from _zone(former.zone, path)


def _read_past_zones(value: Any) -> tuple[PastZone, ...]:
    return tuple(PastZone(datetime.fromisoformat(until), zone) for until, zone in value)


def _write_past_zones(value: Sequence[PastZone]) -> Any:
    return [[former.until.isoformat(), former.zone] for former in value]


def _hours(week: Any, path: str) -> Iterator[FieldError]:
    if len(week) != 7:
        yield FieldError((path,), "NOT_A_WEEK", "Give the hours of seven weekdays, from Monday.")
        return
    for number, (hours, following) in enumerate(zip(week, (*week[1:], week[0]), strict=True)):
        if hours is None:
            continue
        day = (path, str(number))
        if hours.opens == hours.closes:
            yield FieldError(day, "NO_TIME_OPEN", "Opening and closing time must differ. Leave a closed day empty.")
        elif hours.closes < hours.opens and following is not None and following.opens < hours.closes:
            yield FieldError(day, "INTO_NEXT_DAY", "This closes after the next day has opened. Close earlier, or open later then.")


def _read_hours(value: Any) -> tuple[Hours | None, ...]:
    return tuple(Hours(time.fromisoformat(day[0]), time.fromisoformat(day[1])) if day else None for day in value)


def _write_hours(week: Sequence[Hours | None]) -> Any:
    return [[day.opens.isoformat("minutes"), day.closes.isoformat("minutes")] if day else None for day in week]


def _switch(value: Any, path: str) -> Iterator[FieldError]:
    if not isinstance(value, bool):
        yield FieldError((path,), "REQUIRED", "Choose yes or no.")


def _currency(value: Any, path: str) -> Iterator[FieldError]:
    if value not in CURRENCIES:
        yield FieldError((path,), "UNKNOWN_CURRENCY", f"Choose one of {', '.join(CURRENCIES)}.")


def _number(least: int, most: int) -> Callable[[Any, str], Iterator[FieldError]]:
    def check(value: Any, path: str) -> Iterator[FieldError]:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield FieldError((path,), "NOT_IN_RANGE", f"Choose a whole number from {least} to {most}.")

    return check


def _sentences(value: Any, path: str) -> Iterator[FieldError]:
    for policy, said in value.items():
        for language, text in said.items():
            field = (path, policy, language)
            if policy not in POLICIES or language not in LANGUAGES:
                yield FieldError(field, "UNKNOWN_POLICY", "There is no such policy or language.")
                continue
            try:
                clean = values.text(text, LONGEST_SENTENCE)
                values.visible(clean or " ")
            except values.BadValue as bad:
                yield FieldError(field, bad.code, f"This {bad}")


def _clean_sentences(value: Sentences) -> Sentences:
    """Without those that say nothing: there the product's own are said."""
    cleaned = {policy: {language: _one_line(text) for language, text in said.items()} for policy, said in value.items()}
    kept = {policy: {language: text for language, text in said.items() if text} for policy, said in cleaned.items()}
    return {policy: said for policy, said in kept.items() if said}


def _read_sentences(value: Any) -> Sentences:
    return MappingProxyType({policy: MappingProxyType(dict(said)) for policy, said in value.items()})


def _write_sentences(value: Sentences) -> Any:
    return {policy: dict(said) for policy, said in value.items()}


def _languages(value: Any, path: str) -> Iterator[FieldError]:
    if not value or len(set(value)) != len(value) or not set(value) <= set(LANGUAGES):
        yield FieldError((path,), "NO_LANGUAGE", "Offer at least one language, each once.")


def _language(value: Any, path: str) -> Iterator[FieldError]:
    if value not in LANGUAGES:
        yield FieldError((path,), "NO_LANGUAGE", "Choose one of the languages.")


def _colour(backgrounds: tuple[str, ...], theme: str) -> Callable[[Any, str], Iterator[FieldError]]:
    def check(value: Any, path: str) -> Iterator[FieldError]:
        if not isinstance(value, str) or not contrast.is_colour(value):
            yield FieldError((path,), "NOT_A_COLOUR", "Write the colour as # and six digits, such as #d01040.")
        elif (ratio := contrast.worst(value, backgrounds)) < contrast.LEAST:
            # Rounded down: 4.499 must not read as 4.5.
            shown = int(ratio * 100) / 100
            yield FieldError((path,), "LOW_CONTRAST", f"Its contrast in the {theme} theme is {shown}:1; text needs {contrast.LEAST}:1.")

    return check


def _digest(value: Any, path: str) -> Iterator[FieldError]:
    if not isinstance(value, str) or len(value) != 64:
        yield FieldError((path,), "REQUIRED", "A logo is named by its SHA-256.")


def _roles(value: Any, path: str) -> Iterator[FieldError]:
    if len(set(value)) != len(value):
        yield FieldError((path,), "TWICE", "Name each role once.")


def _or_nothing(kind: Kind) -> Kind:
    """The same, where null stands for "as the product comes"."""

    def check(value: Any, path: str) -> Iterator[FieldError]:
        if value is not None:
            yield from kind.check(value, path)

    return replace(kind, check=check)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "name": Kind(_name, clean=_one_line),
        "time_zone": Kind(_zone),
        "past_zones": Kind(_past_zones, _read_past_zones, _write_past_zones),
        "opening_hours": Kind(_hours, _read_hours, _write_hours),
        "check_out_at_closing": Kind(_switch),
        "currency": Kind(_currency),
        "repeat_window_minutes": Kind(_number(0, MOST_MINUTES)),
        "policy_sentences": Kind(_sentences, _read_sentences, _write_sentences, _clean_sentences),
        "languages": Kind(_languages, tuple, list),
        "default_language": Kind(_language),
        "accent_light": _or_nothing(Kind(_colour(contrast.LIGHT, "light"))),
        "accent_dark": _or_nothing(Kind(_colour(contrast.DARK, "dark"))),
        "logo": _or_nothing(Kind(_digest)),
        "sign_in_days": Kind(_number(*DAYS_KEPT)),
        "device_days": Kind(_number(*DAYS_KEPT)),
        "second_factor_roles": Kind(
            _roles, lambda roles: tuple(UserRole(role) for role in roles), lambda roles: [role.value for role in roles]
        ),
        "kiosk_sound": Kind(_switch),
        "kiosk_walk_in": Kind(_switch),
        "kiosk_exit_pin": _or_nothing(Kind(exit_pin.check, exit_pin.read, exit_pin.write, open=False)),
    }
)
"""Every setting by its name in the database, which is its field in `CentreSettings`."""


def named(key: str) -> str:
    """The setting's name in the API, such as ``openingHours``."""
    first, *more = key.split("_")
    return first + "".join(part.title() for part in more)
