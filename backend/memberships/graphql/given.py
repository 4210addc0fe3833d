"""What an input gives, without the fields that are absent."""

from collections.abc import Collection
from dataclasses import fields
from typing import Any

import strawberry
from strawberry.types.base import StrawberryMaybe


def given(typed: Any, *, without: Collection[str] = ()) -> dict[str, Any]:
    """The input's fields by their names: of those that may be absent (``Maybe``) the ones that are not, null as None."""
    found: dict[str, Any] = {}
    for field in fields(typed):
        value = getattr(typed, field.name)
        if field.name in without:
            continue
        if isinstance(value, strawberry.Some):
            found[field.name] = value.value
        elif not isinstance(field.type, StrawberryMaybe):
            found[field.name] = value
    return found
