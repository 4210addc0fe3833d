"""Checking what was typed into a form, field by field, so that everything that is wrong is said at once.

Codes of its field problems: ``REQUIRED``, ``IN_FUTURE``, ``TOO_LONG_AGO``, and those of `backend.values`: ``BAD_CHARACTER``,
``TOO_LONG``, ``ONLY_BLANKS``, ``NOT_A_PHONE``, ``NO_AREA_CODE``, ``HAS_EXTENSION``, ``NO_SUCH_PHONE``, ``NOT_AN_EMAIL``.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from backend import values
from backend.errors import FieldError, ValidationFailed
from backend.values import BadValue

_Value = TypeVar("_Value")


class Checker:
    """Collects problems; `done` raises them together. A field is named by its path in the input.

    A value that is absent or blank comes back as None, since an empty field of a form clears and never fails. One that is wrong comes
    back as None as well.
    """

    def __init__(self) -> None:
        self._problems: list[FieldError] = []

    def problem(self, path: str, code: str, message: str) -> None:
        """Note that a field is wrong; ``path`` has dots between its parts."""
        self._problems.append(FieldError(tuple(path.split(".")), code, message))

    def done(self) -> None:
        """Raise `ValidationFailed` when anything was wrong."""
        if self._problems:
            raise ValidationFailed(*self._problems)

    def _read(self, path: str, read: Callable[[str], _Value | None], given: str | None) -> _Value | None:
        if given is None or not given.strip():
            return None
        try:
            return read(given)
        except BadValue as bad:
            self.problem(path, bad.code, f"This {bad}")
            return None

    def line(self, path: str, given: str | None, longest: int) -> str | None:
        """One line of text: blanks in a row become one. ``longest`` counts characters."""

        def read(text: str) -> str | None:
            clean = values.text(text, longest)
            values.visible(text)
            return clean

        return self._read(path, read, given)

    def words(self, path: str, given: str | None, longest: int) -> str | None:
        """Text of several lines, kept as it was written but for blanks at the ends of lines and of the whole."""

        def read(text: str) -> str:
            clean = values.lines(text, longest)
            values.visible(text)
            return clean

        return self._read(path, read, given)

    def phone(self, path: str, given: str | None) -> str | None:
        """A phone in E.164; without a country code it is North American."""
        return self._read(path, values.phone, given)

    def email(self, path: str, given: str | None) -> str | None:
        """An email address in lower case."""
        return self._read(path, values.email, given)

    def past_day(self, path: str, given: date | None, today: date) -> date | None:
        """A day up to ``today``, not before 1900."""
        if given is None:
            return None
        if given > today:
            self.problem(path, "IN_FUTURE", "This day is still to come.")
        elif given < values.EARLIEST:
            self.problem(path, "TOO_LONG_AGO", "This is too long ago to be right.")
        else:
            return given
        return None

    def required(self, path: str, given: _Value | None, message: str) -> None:
        """Note that a field is empty which must not be, unless it was found wrong already."""
        if given is None and not any(problem.path == tuple(path.split(".")) for problem in self._problems):
            self.problem(path, "REQUIRED", message)
