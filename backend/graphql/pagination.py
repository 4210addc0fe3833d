"""Keyset pages: opaque cursors that carry the sort values of the last row seen."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from types import NoneType
from typing import Any

import orjson
import strawberry

from backend.errors import FieldError, ValidationFailed

MOST = 100
_LARGEST = 2**63 - 1


@strawberry.type(description="Where a page lies in the whole list.")
class PageInfo:
    """Relay's page info."""

    has_next_page: bool = strawberry.field(description="Whether more follow after `endCursor`.")
    has_previous_page: bool = strawberry.field(description="Whether this page began after a cursor.")
    start_cursor: str | None = strawberry.field(description="The first edge's cursor.")
    end_cursor: str | None = strawberry.field(description="The last edge's cursor; give it as `after` for the next page.")


def page_info(cursors: list[str], *, more: bool, after: str | None) -> PageInfo:
    """The page info of a page with these cursors."""
    return PageInfo(
        has_next_page=more,
        has_previous_page=after is not None,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )


def page_size(first: int) -> int:
    """``first``, if it is from 0 to 100; raises `ValidationFailed` otherwise."""
    if not 0 <= first <= MOST:
        raise ValidationFailed(FieldError(("first",), "OUT_OF_RANGE", f"Ask for 0 to {MOST} at once."))
    return first


def encode_cursor(kind: str, *values: Any) -> str:
    """A cursor for a list sorted in the way ``kind`` names: numbers, texts, instants and None."""
    return urlsafe_b64encode(orjson.dumps([kind, *values])).rstrip(b"=").decode()


def decode_cursor(cursor: str, kind: str, *types: type | tuple[type, ...]) -> list[Any]:
    """The sort values in a cursor: int, str or datetime as ``types`` say, NoneType beside another where it may be None.

    Raises `ValidationFailed` when it is not a cursor of this list in this order. Anybody can make one up, so every value is checked.
    """
    try:
        found, *values = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if found == kind:
            return [_value(value, wanted) for value, wanted in zip(values, types, strict=True)]
    except (ValueError, TypeError, OverflowError):
        pass
    raise ValidationFailed(FieldError(("after",), "BAD_CURSOR", "This cursor does not belong to this list in this order."))


def _value(value: Any, wanted: type | tuple[type, ...]) -> Any:
    kinds = wanted if isinstance(wanted, tuple) else (wanted,)
    if value is None and NoneType in kinds:
        return None
    if datetime in kinds:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    # Not isinstance: True is an int. PostgreSQL has neither larger numbers nor NUL in a text.
    elif (int in kinds and type(value) is int and abs(value) <= _LARGEST) or (str in kinds and type(value) is str and "\0" not in value):
        return value
    raise ValueError
