"""How the things to look at are run: all at once, each within its own time; one that breaks is a line like any other."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from backend.db import is_connection_loss
from backend.errors import Unavailable
from backend.jobs.runner import kind_of, place_of
from backend.operations.doctor.case import Case, Need
from backend.operations.doctor.lines import Line, Topic, listed

Look = Callable[[Case], Awaitable[Sequence[Line]]]
SECONDS = 3.0

NOT_CHECKED = Topic(
    "not-checked",
    "what could not be looked at, because something that it needs is missing",
    "something else failed, so that this stays unknown",
    "",
    "Put right what failed, then run this again.",
)


@dataclass(frozen=True, slots=True)
class Check:
    """``look`` makes lines of ``topics``; it starts when its ``needs`` are known to be met, and may tell the case of those it provides."""

    look: Look
    topics: tuple[Topic, ...]
    needs: tuple[Need, ...] = ()
    provides: tuple[Need, ...] = ()
    seconds: float = SECONDS


async def examine(case: Case, checks: Sequence[Check]) -> list[Line]:
    """Every check's lines, in the order of the checks, then what could not be checked and why. Raises nothing."""
    case.decided.update({need: asyncio.Event() for check in checks for need in check.provides})
    outcomes = await asyncio.gather(*(_outcome(case, check) for check in checks))
    lines = [line for outcome in outcomes if not isinstance(outcome, Need) for line in outcome]
    for need in Need:
        names = [topic.name for check, outcome in zip(checks, outcomes, strict=True) if outcome is need for topic in check.topics]
        if names:
            lines.append(NOT_CHECKED.doubtful(f"Not looked at, because {need.value}: {listed(names, 40)}.", topics=len(names)))
    return lines


async def _outcome(case: Case, check: Check) -> list[Line] | Need:
    """The check's lines, or the need that is not met."""
    try:
        for need in check.needs:
            if not await case.has(need):
                return need
        return await _lines(case, check)
    finally:
        for need in check.provides:
            case.decided[need].set()


async def _lines(case: Case, check: Check) -> list[Line]:
    first = check.topics[0]
    try:
        async with asyncio.timeout(check.seconds):
            return list(await check.look(case))
    except (TimeoutError, PoolTimeout):
        return [first.bad(f"There was no answer within {check.seconds:g} s.")]
    except Exception as error:  # noqa: BLE001 (the doctor goes on, whatever one check meets)
        if isinstance(error, Unavailable) or (isinstance(error, DBAPIError) and is_connection_loss(error)):
            return [first.bad("The database went away while this was looked at.", "Run this again.")]
        # Its kind and place alone: an error's text may quote somebody's data.
        return [first.bad(f"This could not be looked at: {kind_of(error)} at {place_of(error)}.")]


async def closing(case: Case) -> None:
    """Give back what the examination took; a server that hangs doesn't keep it."""
    with contextlib.suppress(Exception):
        async with asyncio.timeout(2):
            await case.close()
