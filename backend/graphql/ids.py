"""Opaque ids: what a client of the API sees instead of a table's number."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import strawberry

from backend.errors import NotFound

_LARGEST = 2**63 - 1


def encode(kind: str, number: int) -> strawberry.ID:
    """The id of a row: ``kind`` is the GraphQL type's name."""
    return strawberry.ID(urlsafe_b64encode(b"%s:%d" % (kind.encode(), number)).rstrip(b"=").decode())


def kind_of(value: str) -> str:
    """The GraphQL type's name in an id; empty where it is none."""
    try:
        return urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode("ascii").partition(":")[0]
    except ValueError:
        return ""


def decode(value: str, kind: str) -> int:
    """The row's number; raises `NotFound` for anything that is not an id of this kind."""
    try:
        found, _, number = urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode("ascii").partition(":")
        if found == kind and 0 < int(number) <= _LARGEST:
            return int(number)
    except ValueError:
        pass
    raise NotFound(f"There is no {kind} with this id.")
