"""Expected failures, as one tree. Anything else that is raised is a defect and is masked.

::

    Failure                     code, message (a sentence that says what to do)
    ├── Unauthenticated         no session, an expired one, a bad token
    ├── NotAllowed              signed in, but the permission is missing
    ├── NotFound                no such thing (or not for this principal's eyes)
    ├── ValidationFailed        bad input, one FieldError for each field
    ├── Conflict                somebody was faster, or a replay with another body
    ├── RateLimited             too much; retry_after in seconds
    ├── LoginRefused            wrong credentials, or too many tries
    ├── SessionEnded            the refresh token no longer counts
    ├── CheckInRefused          the client may not be checked in
    ├── PeriodOverlaps          a membership or authorization would share days with another one
    ├── UserInUse               an account that something refers to can't be deleted
    ├── LimitExceeded           a document or body that is too large or too deep
    └── Unavailable             the database is away

Below ``graphql/`` nothing knows how these are shown; ``graphql/errors.py`` maps each of them once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar


class Failure(Exception):  # noqa: N818 (the tree is of failures, not of defects)
    """The root: ``code`` is stable and for machines, ``message`` is for people."""

    code: ClassVar[str] = "FAILURE"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.reason = code or self.code


class Unauthenticated(Failure):
    """No valid session stands behind the request."""

    code = "UNAUTHENTICATED"

    def __init__(self, message: str = "Please sign in.", *, code: str | None = None) -> None:
        super().__init__(message, code=code)


class NotAllowed(Failure):
    """The principal lacks a permission."""

    code = "NOT_ALLOWED"

    def __init__(self, message: str = "You are not allowed to do this.") -> None:
        super().__init__(message)


class NotFound(Failure):
    """The thing that was asked for does not exist."""

    code = "NOT_FOUND"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: where it is in the input, a stable code, a sentence."""

    path: tuple[str, ...]
    code: str
    message: str


class ValidationFailed(Failure):
    """The input is wrong; every wrong field is named at once."""

    code = "VALIDATION_FAILED"

    def __init__(self, *fields: FieldError, message: str = "Please correct the marked fields.") -> None:
        super().__init__(message)
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Change:
    """One field that somebody else changed meanwhile: its path in the input, its value now as people read it (None: empty)."""

    path: tuple[str, ...]
    value: str | None
    by_name: str
    at: datetime


class Conflict(Failure):
    """The state of things contradicts the request.

    ``STALE_VERSION``: what was read is out of date; then ``version`` is the present one and ``changes`` say what differs, where known.
    """

    code = "CONFLICT"

    def __init__(self, message: str, *, code: str | None = None, version: int | None = None, changes: Sequence[Change] = ()) -> None:
        super().__init__(message, code=code)
        self.version = version
        self.changes = tuple(changes)


class RateLimited(Failure):
    """Too many requests; ``retry_after`` is in whole seconds."""

    code = "RATE_LIMITED"

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class LoginRefused(Failure):
    """``WRONG_CREDENTIALS``, ``LINK_NOT_VALID`` or ``TOO_MANY_TRIES`` (then with ``retry_after`` in seconds)."""

    code = "WRONG_CREDENTIALS"

    def __init__(self, message: str, *, code: str | None = None, retry_after: int | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after


class SessionEnded(Failure):
    """The refresh token is unknown, expired, revoked or was used twice."""

    code = "SESSION_ENDED"

    def __init__(self, message: str = "Your session has ended. Please sign in again.") -> None:
        super().__init__(message)


class CheckInRefused(Failure):
    """``CLIENT_ARCHIVED`` or ``POLICY_BLOCK``; ``standing`` is the client's standing (columns of ``standing_on``)."""

    code = "CHECK_IN_REFUSED"

    def __init__(self, message: str, *, code: str, standing: Any) -> None:
        super().__init__(message, code=code)
        self.standing = standing


class PeriodOverlaps(Failure):
    """A period would share days with another one of the same client.

    ``kind`` is that one's GraphQL type, ``other`` and ``proposed`` have ``starts_on`` and ``ends_on``.
    """

    code = "OVERLAPS"

    def __init__(self, message: str, *, kind: str, number: int, name: str, other: Any, proposed: Any) -> None:
        super().__init__(message)
        self.kind = kind
        self.number = number
        self.name = name
        self.other = other
        self.proposed = proposed


class UserInUse(Failure):
    """An account can't be deleted: ``traces`` are the kinds of things that name it."""

    code = "USER_IN_USE"

    def __init__(self, message: str, *, traces: Sequence[str]) -> None:
        super().__init__(message)
        self.traces = tuple(traces)


class LimitExceeded(Failure):
    """A document, a list or a body beyond the limits of the API: ``limit`` names which one, ``allowed`` is the most."""

    code = "LIMIT_EXCEEDED"

    def __init__(self, message: str, *, limit: str | None = None, allowed: int | None = None) -> None:
        super().__init__(message)
        self.limit = limit
        self.allowed = allowed


class Unavailable(Failure):
    """The database can't be reached; nothing was changed."""

    code = "UNAVAILABLE"

    def __init__(self, message: str = "The database can't be reached just now. Nothing was changed; please try again.") -> None:
        super().__init__(message)
