"""Whose value wins, column by column, when clients are merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.clients.reading import path_of
from backend.clients.service.details import RULES
from backend.db import AnyRow
from backend.errors import FieldError, ValidationFailed

COLUMNS: tuple[str, ...] = tuple(RULES)
"""Every column that a form may fill; each comes whole from one of the clients."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column in which the clients differ. ``values`` by client number, in the order of the clients; ``winner`` is one of them."""

    column: str
    values: Mapping[int, Any]
    winner: int


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value is False


def suggested(column: str, rows: Sequence[AnyRow]) -> int:
    """The number of the client whose value is kept unless somebody chooses: the first who has one; ``rows``: the kept one first."""
    return int(next((row.id for row in rows if not _is_empty(getattr(row, column))), rows[0].id))


def differing(rows: Sequence[AnyRow], choices: Mapping[str, int]) -> list[Field]:
    """The columns in which the clients differ, each with who wins. ``choices``: client number by column.

    Raises `ValidationFailed` for a choice that names nobody of them, and when no name would be left.
    """
    numbers = {row.id for row in rows}
    wrong = [column for column, number in choices.items() if column not in COLUMNS or number not in numbers]
    if wrong:
        raise ValidationFailed(
            *(FieldError(("choices", *path_of(name)), "NOT_ONE_OF_THEM", "Choose one of these clients.") for name in wrong)
        )
    fields = []
    for column in COLUMNS:
        values = {row.id: getattr(row, column) for row in rows}
        if any(value != values[rows[0].id] for value in values.values()):
            fields.append(Field(column, values, choices.get(column) or suggested(column, rows)))
    _refuse_nameless(rows, fields)
    return fields


def _refuse_nameless(rows: Sequence[AnyRow], fields: Sequence[Field]) -> None:
    chosen = {field.column: field.values[field.winner] for field in fields}
    if not any(chosen.get(column, getattr(rows[0], column)).strip() for column in ("first_name", "last_name")):
        raise ValidationFailed(FieldError(("choices", "firstName"), "REQUIRED", "Choose a first name or a last name that is not empty."))
