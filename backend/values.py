"""Single values: text as it was typed becomes a phone in E.164, a date, an email, a clean name. `BadValue` says why it can't."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 1, 1)
NAME_LENGTH, UCI_LENGTH, EMAIL_LENGTH = 200, 50, 254

# ASCII alone: phonenumbers turns other scripts' digits into these.
_NANP = re.compile(r"1?([2-9]\d{2}[2-9]\d{6})", re.ASCII)
_PHONE_SIGNS = str.maketrans("", "", " ().-/\u00a0\u2010\u2011\u2013")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?Z?)?")
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_UNUSABLE = "holds a character that can't be used (a NUL byte or another control character)."
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class BadValue(Exception):  # noqa: N818 (reads as what it is)
    """A value that can't be taken.

    The text is the rest of a sentence that begins with what it is about ("lacks the area code."); ``code`` is the same for programs.
    """

    def __init__(self, said: str, code: str) -> None:
        super().__init__(said)
        self.code = code


def text(value: str, longest: int) -> str | None:
    """Clean text, line breaks and blanks in a row made one blank, in Unicode's composed form; None when there is none."""
    if _CONTROL.search(value):
        raise BadValue(_UNUSABLE, "BAD_CHARACTER")
    # Text such as =HYPERLINK(…) stays text: it is harmless here, and an export makes it harmless there.
    clean = " ".join(unicodedata.normalize("NFC", value).split())
    if len(clean) > longest:
        raise BadValue(f"has {len(clean)} characters; {longest} are possible.", "TOO_LONG")
    return clean or None


def name(value: str) -> str:
    """A first or last name; may be empty, but not made of blanks and invisible characters alone."""
    clean = text(value, NAME_LENGTH)
    if value:
        visible(value)
    return clean or ""


def visible(value: str) -> None:
    """Raise where a text has nothing to see: blanks and invisible characters alone."""
    if not any(character.isprintable() and not character.isspace() for character in value):
        raise BadValue("holds nothing but blanks.", "ONLY_BLANKS")


def lines(value: str, longest: int) -> str:
    """Text of several lines in Unicode's composed form, without blanks at the ends of lines and of the whole."""
    if _CONTROL.search(value):
        raise BadValue(_UNUSABLE, "BAD_CHARACTER")
    written = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    clean = "\n".join(line.rstrip() for line in written.split("\n")).strip()
    if len(clean) > longest:
        raise BadValue(f"has {len(clean)} characters; {longest} are possible.", "TOO_LONG")
    return clean


def phone(value: str) -> str | None:
    """A number in E.164. Without a country code it is taken as North American; other ones need ``+`` and theirs."""
    plain = value.strip()
    if not plain:
        return None
    digits = plain.translate(_PHONE_SIGNS)
    # Nearly all numbers are North American, and phonenumbers takes twenty times as long.
    if match := _NANP.fullmatch(digits.removeprefix("+1") if digits.startswith("+1") else digits):
        return "+1" + match[1]
    return _any_phone(plain)


def _any_phone(value: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(value, "US")
    except phonenumbers.NumberParseException:
        raise BadValue("is not a phone number.", "NOT_A_PHONE") from None
    if number.extension:
        raise BadValue("has an extension, which can't be kept. Remove it.", "HAS_EXTENSION")
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        raise BadValue("lacks the area code.", "NO_AREA_CODE")
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE or not phonenumbers.is_valid_number(number):
        raise BadValue("is not a phone number that exists; check its digits.", "NO_SUCH_PHONE")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email(value: str) -> str | None:
    """An email address in lower case."""
    clean = text(value, 10 * EMAIL_LENGTH)
    if clean is None:
        return None
    if not clean.isascii():
        # Invisible characters come along when an address is pasted; a letter newer than the database's own tables has no lower case there.
        kinds = {character: unicodedata.category(character) for character in clean}
        if "Cn" in kinds.values():
            raise BadValue("is not an email address.", "NOT_AN_EMAIL")
        clean = "".join(character for character in clean if kinds[character] != "Cf")
    clean = clean.lower()
    if not _EMAIL.fullmatch(clean) or len(clean) > EMAIL_LENGTH:
        raise BadValue("is not an email address.", "NOT_AN_EMAIL")
    return clean


@lru_cache(maxsize=50_000)
def day(value: str) -> date | None:
    """A date as 2026-11-22, 11/22/2026 (month first) or 22.11.2026 (day first)."""
    plain = value.strip()
    if not plain:
        return None
    if match := _ISO.fullmatch(plain):
        parts = (match[1], match[2], match[3])
    elif match := _US.fullmatch(plain):
        parts = (match[3], match[1], match[2])
    elif match := _GERMAN.fullmatch(plain):
        parts = (match[3], match[2], match[1])
    else:
        raise BadValue("is not a date. Write it as 2026-11-22, 11/22/2026 or 22.11.2026.", "NOT_A_DATE")
    try:
        found = date(*(int(part) for part in parts))
    except ValueError:
        raise BadValue("is not a day that exists.", "NO_SUCH_DAY") from None
    if not EARLIEST <= found < LATEST:
        raise BadValue("is too far away to be right.", "TOO_FAR_AWAY")
    return found
