"""How failures are shown: expected ones as members of a mutation's union, the others as masked errors.

A resolver raises a `backend.errors.Failure`. Where the field's union contains the problem type of that failure, it
becomes that member; everywhere else it becomes a top-level error with ``extensions.code``. What is not a `Failure` is
a defect: its text stays in the log, the caller gets a request id.
"""

from datetime import datetime
from typing import Any

import strawberry
from graphql import GraphQLError
from sqlalchemy.exc import DBAPIError
from strawberry.types.field import StrawberryField

from backend import errors, log

logger = log.get(__name__)
_STOPPED = {"57014", "55P03"}  # SQLSTATE: query_canceled (statement_timeout), lock_not_available (lock_timeout)


def too_slow() -> errors.Failure:
    """The failure of an operation that was stopped because of its time."""
    return errors.Failure("This took too long and was stopped. Ask for less at once, or try again a little later.", code="TIMEOUT")


@strawberry.interface(description="An expected failure: a stable code for programs, a sentence for people.")
class Problem:
    """The interface of every problem."""

    code: str = strawberry.field(description="Stable, in capitals; decide by it.")
    message: str = strawberry.field(description="A sentence that says what happened and what to do.")


@strawberry.type(description="What is wrong with one field of the input.")
class FieldProblem:
    """One wrong field."""

    path: list[str] = strawberry.field(description="Where the field is in the input.")
    code: str = strawberry.field(description="Stable, in capitals.")
    message: str = strawberry.field(description="A sentence for the person who typed it.")


@strawberry.type(description="The input is wrong. Nothing was changed; every wrong field is named.")
class ValidationProblem(Problem):
    """Bad input."""

    fields: list[FieldProblem] = strawberry.field(description="The wrong fields.")


@strawberry.type(description="What was asked for does not exist.")
class NotFound(Problem):
    """Unknown id."""


@strawberry.type(description="One field that somebody else changed since it was read.")
class FieldChange:
    """One changed field."""

    path: list[str] = strawberry.field(description="Where the field is in the input.")
    value: str | None = strawberry.field(description="Its present value as people read it; null where it is empty now.")
    by_name: str = strawberry.field(description="Who changed it.")
    at: datetime = strawberry.field(description="When.")


@strawberry.type(description="The request contradicts the present state: somebody was faster, or a request id was used for something else.")
class Conflict(Problem):
    """Out of date."""

    version: int | None = strawberry.field(description="The present version, where the one that was given is out of date.")
    changes: list[FieldChange] = strawberry.field(description="What others changed since that version, as far as it is known.")


@strawberry.type(description="You are signed in, but not allowed to do this.")
class NotAllowed(Problem):
    """A permission is missing."""


def _problem(kind: type[Any], failure: errors.Failure, **more: Any) -> Any:
    return kind(code=failure.reason, message=failure.message, **more)


class ValidationHandler(strawberry.ExceptionHandler[errors.ValidationFailed, ValidationProblem]):
    """`ValidationFailed` → `ValidationProblem`."""

    def handle(self, exception: errors.ValidationFailed, *, field: StrawberryField, info: strawberry.Info) -> ValidationProblem:  # noqa: ARG002
        """Name every field."""
        fields = [FieldProblem(path=list(item.path), code=item.code, message=item.message) for item in exception.fields]
        return ValidationProblem(code=exception.reason, message=exception.message, fields=fields)


class NotFoundHandler(strawberry.ExceptionHandler[errors.NotFound, NotFound]):
    """`errors.NotFound` → `NotFound`."""

    def handle(self, exception: errors.NotFound, *, field: StrawberryField, info: strawberry.Info) -> NotFound:  # noqa: ARG002
        """Say what is missing."""
        return NotFound(code=exception.reason, message=exception.message)


class ConflictHandler(strawberry.ExceptionHandler[errors.Conflict, Conflict]):
    """`errors.Conflict` → `Conflict`."""

    def handle(self, exception: errors.Conflict, *, field: StrawberryField, info: strawberry.Info) -> Conflict:  # noqa: ARG002
        """Say what contradicts."""
        changes = [FieldChange(path=list(item.path), value=item.value, by_name=item.by_name, at=item.at) for item in exception.changes]
        return Conflict(code=exception.reason, message=exception.message, version=exception.version, changes=changes)


class NotAllowedHandler(strawberry.ExceptionHandler[errors.NotAllowed, NotAllowed]):
    """`errors.NotAllowed` → `NotAllowed`."""

    def handle(self, exception: errors.NotAllowed, *, field: StrawberryField, info: strawberry.Info) -> NotAllowed:  # noqa: ARG002
        """Say that it is not allowed, and remember it for the audit log."""
        info.context.denials.append((info.field_name, exception.message))
        return NotAllowed(code=exception.reason, message=exception.message)


HANDLERS = (ValidationHandler(), NotFoundHandler(), ConflictHandler(), NotAllowedHandler())


def shown(error: GraphQLError) -> dict[str, Any]:
    """One error as the caller may see it: with a code and the request id, without anything of ours."""
    original = error.original_error
    while isinstance(original, GraphQLError):
        original = original.original_error
    current = log.request_id.get()
    extensions: dict[str, Any] = {"requestId": current}
    if isinstance(original, DBAPIError) and getattr(original.orig, "sqlstate", None) in _STOPPED:
        original = too_slow()
        error = GraphQLError(original.message, nodes=error.nodes, path=error.path)
    message = error.message
    if isinstance(original, errors.Failure):
        extensions["code"] = original.reason
        if isinstance(original, errors.RateLimited):
            extensions["retryAfterSeconds"] = original.retry_after
        if isinstance(original, errors.LimitExceeded) and original.limit is not None:
            extensions["limit"] = {"name": original.limit, "allowed": original.allowed}
        if isinstance(original, errors.ValidationFailed):
            extensions["fields"] = [{"path": item.path, "code": item.code, "message": item.message} for item in original.fields]
    elif original is None:
        extensions["code"] = "BAD_REQUEST"
    else:
        # The type and the place of a defect, never its text: that may hold a statement's values.
        logger.error("defect", kind=type(original).__name__, path=error.path, where=_place(original))
        extensions["code"] = "INTERNAL"
        message = f"Something went wrong on our side. Please try again; if it stays, tell an administrator this number: {current}"
    result: dict[str, Any] = {"message": message, "extensions": extensions}
    if error.path:
        result["path"] = error.path
    if error.locations:
        result["locations"] = [location.formatted for location in error.locations]
    return result


def _place(error: BaseException) -> list[str]:
    frames: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return frames[-6:]
