"""One row of a file: checked value by value, and what identifies the person and the period in it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from backend import values
from backend.imports.columns import Columns
from backend.values import BadValue

SHOWN = 40


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row can't be taken: its number, the file's heading (empty when it is about the whole row), the value cut short, a sentence."""

    row: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        """One line for a person."""
        where = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{where}: “{self.value}” {self.message}" if self.value else f"{where}: {self.message}"


class Staged(NamedTuple):
    """A good row, in the order of the staging table's columns. ``identity`` is the person's hash, ``period`` that of the authorization."""

    row_number: int
    first_name: str
    last_name: str
    email: str | None
    phone: str | None
    date_of_birth: date | None
    guardian_name: str | None
    uci_number: str | None
    service_coordinator: str | None
    starts_on: date | None
    ends_on: date | None
    identity: bytes
    period: bytes | None


CHECKS: dict[str, Callable[[str], Any]] = {
    "first_name": values.name,
    "last_name": values.name,
    "email": values.email,
    "phone": values.phone,
    "date_of_birth": values.day,
    "parent_guardian_name": lambda value: values.text(value, values.NAME_LENGTH),
    "pos_number": lambda value: values.text(value, values.UCI_LENGTH),
    "service_coordinator": lambda value: values.text(value, values.NAME_LENGTH),
    "pos_start_date": values.day,
    "pos_end_date": values.day,
}


class Checker:
    """Checks rows against the columns of their file; ``today`` is the centre's day."""

    def __init__(self, columns: Columns, today: date) -> None:
        self.columns = columns
        self.today = today
        self._plan = [(name, place, CHECKS[name]) for name, place in columns.places.items()]

    def check(self, number: int, row: list[str]) -> Staged | list[RowProblem]:
        """The row to write, or everything that is wrong with it."""
        if len(row) < self.columns.width or any(value.strip() for value in row[self.columns.width :]):
            said = f"has {len(row)} values, the headings ask for {self.columns.width}. Is a delimiter, a quote or a line break wrong?"
            return [RowProblem(number, "", "", said)]
        found: dict[str, Any] = dict.fromkeys(CHECKS)
        problems = []
        for name, place, check in self._plan:
            try:
                found[name] = check(row[place])
            except BadValue as bad:
                problems.append(self._problem(number, name, row[place], str(bad)))
        problems += self._together(number, row, found) if not problems else []
        return problems or self._staged(number, found)

    def _together(self, number: int, row: list[str], found: dict[str, Any]) -> list[RowProblem]:
        """What only several values can show."""
        wrong: list[tuple[str, str]] = []
        if not (found["first_name"] or found["last_name"]):
            wrong.append(("first_name" if "first_name" in self.columns.places else "last_name", "is missing, and so is the other name."))
        if found["date_of_birth"] and found["date_of_birth"] > self.today:
            wrong.append(("date_of_birth", "is in the future."))
        period = ("pos_number", "pos_start_date", "pos_end_date")
        given = [name for name in period if found[name]]
        if given and len(given) < len(period):
            wrong += [
                (name, f"is missing, but {given[0]} is given: an authorization needs all three.") for name in period if not found[name]
            ]
        elif given and found["pos_end_date"] < found["pos_start_date"]:
            wrong.append(("pos_end_date", f"is before the start, {found['pos_start_date']}."))
        return [
            self._problem(number, name, row[self.columns.places[name]] if name in self.columns.places else "", said) for name, said in wrong
        ]

    def _problem(self, number: int, name: str, value: str, message: str) -> RowProblem:
        plain = "".join(character if character.isprintable() else "␣" for character in value.strip())
        shown = plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"
        return RowProblem(number, self.columns.headings.get(name, name), shown, message)

    def _staged(self, number: int, found: dict[str, Any]) -> Staged:
        first, last = found["first_name"] or "", found["last_name"] or ""
        person = [first.casefold(), last.casefold(), str(found["date_of_birth"] or "")]
        person += [found["email"] or "", found["phone"] or "", found["pos_number"] or ""]
        identity = hashlib.sha256("\x1f".join(person).encode()).digest()
        period = None
        if found["pos_number"]:
            period = hashlib.sha256(identity + f"{found['pos_start_date']}/{found['pos_end_date']}".encode()).digest()
        return Staged(
            number, first, last, found["email"], found["phone"], found["date_of_birth"],
            found["parent_guardian_name"], found["pos_number"], found["service_coordinator"], found["pos_start_date"],
            found["pos_end_date"], identity, period,
        )  # fmt: skip
