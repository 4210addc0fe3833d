"""Checking what was typed: everything that is wrong at once, never a crash, and what is kept is in form."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend import values
from backend.checking import Checker
from backend.errors import ValidationFailed
from backend.values import BadValue

TODAY = date(2026, 11, 23)
ANYTHING = st.one_of(st.text(max_size=80), st.text("+()-. 0123456789", max_size=20), st.text("ab@. \u200b\u00e9\u0660", max_size=20))


def wrong(check: Checker) -> list[tuple[str, str]]:
    try:
        check.done()
    except ValidationFailed as failure:
        return [(".".join(item.path), item.code) for item in failure.fields]
    return []


def test_everything_that_is_wrong_is_said_at_once() -> None:
    check = Checker()
    assert check.phone("phone", "x") is None
    assert check.email("contact.email", "x") is None
    assert check.past_day("day", date(2026, 11, 24), TODAY) is None
    check.required("name", None, "Give a name.")
    check.required("phone", None, "Give a phone.")  # it was wrong, not missing
    with pytest.raises(ValidationFailed) as raised:
        check.done()
    assert [(item.path, item.code) for item in raised.value.fields] == [
        (("phone",), "NOT_A_PHONE"),
        (("contact", "email"), "NOT_AN_EMAIL"),
        (("day",), "IN_FUTURE"),
        (("name",), "REQUIRED"),
    ]
    assert raised.value.fields[0].message == "This is not a phone number."


@pytest.mark.parametrize("blank", [None, "", " ", "\t\n", "\u00a0", "\u3000"])
def test_blank_is_nothing(blank: str | None) -> None:
    check = Checker()
    assert check.line("a", blank, 5) is check.words("b", blank, 5) is check.phone("c", blank) is check.email("d", blank) is None
    assert wrong(check) == []


@settings(deadline=None)
@given(ANYTHING)
def test_a_phone_is_refused_or_as_the_database_wants_it(typed: str) -> None:
    check = Checker()
    found = check.phone("phone", typed)
    if found is None:
        assert bool(wrong(check)) == bool(typed.strip())
    else:
        assert re.fullmatch(r"\+[1-9][0-9]{6,14}", found, re.ASCII)
        assert values.phone(found) == found


@settings(deadline=None)
@given(ANYTHING)
def test_an_email_is_refused_or_as_the_database_wants_it(typed: str) -> None:
    check = Checker()
    found = check.email("email", typed)
    if found is None:
        assert bool(wrong(check)) == bool(typed.strip())
    else:
        assert re.fullmatch(r"[^@\s]+@[^@\s]+", found)
        assert found == found.lower()
        assert values.email(found) == found


@settings(deadline=None)
@given(ANYTHING, st.integers(1, 90))
def test_a_line_is_refused_or_one_visible_line(typed: str, longest: int) -> None:
    check = Checker()
    found = check.line("line", typed, longest)
    if found is not None:
        assert 0 < len(found) <= longest
        assert found == " ".join(found.split()) == unicodedata.normalize("NFC", found)
        assert "\0" not in found
        again = Checker()
        assert again.line("line", found, longest) == found
    elif typed.strip():
        assert wrong(check)


@settings(deadline=None)
@given(ANYTHING, st.integers(1, 90))
def test_words_keep_their_lines(typed: str, longest: int) -> None:
    check = Checker()
    found = check.words("words", typed, longest)
    if found is not None:
        assert 0 < len(found) <= longest
        assert found == found.strip()
        assert "\r" not in found
        assert all(line == line.rstrip() for line in found.split("\n"))
    elif typed.strip():
        assert wrong(check)


@pytest.mark.parametrize(
    ("typed", "kept"), [("٦٦١٥٥٥١٠٠٢", "+16615551002"), ("2٣4٥5٦7٨٩0", "+12345567890"), ("６６１５５５１００２", "+16615551002")]
)
def test_digits_of_other_scripts(typed: str, kept: str) -> None:
    assert values.phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("ana\u200b@example.test", "ana@example.test"), ("\ufeffana@example.test", "ana@example.test"), ("JOSÉ@x.test", "josé@x.test")],
)
def test_emails_that_were_pasted(typed: str, kept: str) -> None:
    assert values.email(typed) == kept


def test_a_letter_that_is_none() -> None:
    with pytest.raises(BadValue):
        values.email("a\u0378@x.test")


def test_days() -> None:
    check = Checker()
    assert check.past_day("a", TODAY, TODAY) == TODAY
    assert check.past_day("b", None, TODAY) is None
    assert check.past_day("c", date(1900, 1, 1), TODAY) == date(1900, 1, 1)
    assert wrong(check) == []
    check.past_day("d", date(1899, 12, 31), TODAY)
    assert wrong(check) == [("d", "TOO_LONG_AGO")]
