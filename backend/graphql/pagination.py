"""Keyset pages: opaque cursors that carry the sort values of the last row seen."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import orjson
import strawberry

from backend.errors import FieldError, ValidationFailed

MOST = 100


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
    """A cursor for a list sorted in the way ``kind`` names."""
    return urlsafe_b64encode(orjson.dumps([kind, *values])).rstrip(b"=").decode()


def decode_cursor(cursor: str, kind: str, *types: type | tuple[type, ...]) -> list[Any]:
    """The sort values in a cursor; raises `ValidationFailed` when it is not one of this list in this order."""
    try:
        found, *values = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if (
            found == kind
            and len(values) == len(types)
            and all(isinstance(value, wanted) for value, wanted in zip(values, types, strict=True))
        ):
            return list(values)
    except (ValueError, TypeError):
        pass
    raise ValidationFailed(FieldError(("after",), "BAD_CURSOR", "This cursor does not belong to this list in this order."))
