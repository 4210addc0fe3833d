"""Stored values as people read them: in a conflict, in the timeline, beside a contact method.

A day is 2026-11-23, yes and no are ``true`` and ``false`` (whoever shows them has the words), a North American phone has its brackets.
"""

from datetime import date, datetime
from typing import Any

# What the API calls otherwise than the tables.
_FLAGS = {"verified_at": "verified", "opted_out_at": "optedOut", "archived_at": "archived", "deleted_at": "deleted"}
_PATHS = {"is_primary": "primary", **_FLAGS}


def path_of(column: str) -> tuple[str, ...]:
    """Where a column is in the API's inputs: ``("firstName",)`` for ``first_name``."""
    if column in _PATHS:
        return (_PATHS[column],)
    first, *rest = column.split("_")
    return (first + "".join(part.capitalize() for part in rest),)


def phone(value: str) -> str:
    """A phone in E.164 as people write it; other numbers stay as they are."""
    if value.startswith("+1") and len(value) == 12:
        return f"({value[2:5]}) {value[5:8]}-{value[8:]}"
    return value


def as_read(value: Any, column: str = "") -> str | None:
    """A value of a column, or of an audit entry's JSON, as text; None where it is empty."""
    if column in _FLAGS:
        return "true" if value else "false"
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ", ".join(text for item in value if (text := as_read(item)) is not None) or None
    if isinstance(value, dict):
        return ", ".join(f"{name}: {text}" for name, item in value.items() if (text := as_read(item)) is not None) or None
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    text = str(value)
    return phone(text) if text.startswith("+1") else text
