"""What a signed-in principal was not allowed to do goes into the audit log.

Each thing once a minute for each principal, so that whoever tries again and again doesn't fill the log. Nobody waits for more than one
small transaction, and the answer is the same where it can't be written.
"""

import time
from collections import OrderedDict
from collections.abc import Iterable

from graphql import GraphQLError
from sqlalchemy.exc import SQLAlchemyError

from backend import log
from backend.audit import service as audit
from backend.errors import NotAllowed, Unavailable
from backend.graphql.context import Context

logger = log.get(__name__)

AGAIN_AFTER = 60.0
"""Seconds for which the same refusal is not written again."""
MOST_REMEMBERED = 2_000

_written: OrderedDict[tuple[object, ...], float] = OrderedDict()


def note_all(context: Context, found: Iterable[GraphQLError]) -> None:
    """Remember the refusals among an answer's errors for `record`."""
    for error in found:
        if isinstance(error.original_error, NotAllowed):
            context.denials.append((str(error.path[0]) if error.path else "", error.message))


async def record(context: Context) -> None:
    """Write what the context remembers, and forget it."""
    denials, context.denials = context.denials, []
    principal = context.principal
    if principal is None or principal.read_only:
        return
    who = principal.actor(context.request_id)
    fresh = [denial for denial in dict.fromkeys(denials) if _is_fresh((who.kind, who.id, context.operation, *denial))]
    if not fresh:
        return
    try:
        async with context.database.writing(who) as uow:
            for field, message in fresh:
                after = {"operation": context.operation, "field": field, "message": message}
                audit.record(uow, "request.refused", "request", None, after={name: value for name, value in after.items() if value})
    except (Unavailable, SQLAlchemyError):
        logger.warning("denial.not_recorded", count=len(fresh))


def _is_fresh(key: tuple[object, ...]) -> bool:
    now = time.monotonic()
    last = _written.get(key)
    if last is not None and now - last < AGAIN_AFTER:
        return False
    _written[key] = now
    _written.move_to_end(key)
    if len(_written) > MOST_REMEMBERED:
        _written.popitem(last=False)
    return True
