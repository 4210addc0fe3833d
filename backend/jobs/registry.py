"""Which function does which topic, and which topics recur. Features register theirs in their ``jobs.py``."""

import importlib
import os
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from backend.db import ReadSession, UnitOfWork

Handler = Callable[[UnitOfWork, Mapping[str, Any]], Awaitable[None]]
NextTime = Callable[[ReadSession, datetime, ZoneInfo], Awaitable[datetime]]
"""Works out the first instant after a given one at which something is due; all aware."""
ZoneNow = Callable[[ReadSession], Awaitable[ZoneInfo]]
"""Reads the zone of the centre's clock as it is now."""

FEATURES = (
    "backend.jobs.upkeep",
    "backend.accounts.jobs",
    "backend.clients.bulk.jobs",
    "backend.clients.merge.jobs",
    "backend.checkins.jobs",
    "backend.kiosks.jobs",
    "backend.messages.jobs",
    "backend.reports.jobs",
    "backend.system.jobs",
    "backend.trail.jobs",
)

# More modules with handlers, comma-separated: the tests bring jobs of their own into a real worker.
MORE_MODULES = "JOB_MODULES"

_handlers: dict[str, list[Handler]] = {}
_daily: dict[str, time] = {}
_worked_out: dict[str, NextTime] = {}
_zones: list[ZoneNow] = []


class UnknownTopic(LookupError):  # noqa: N818 (its name is what stands in the row's last_error)
    """No loaded module has a handler for the topic: the row is tried again later, by a newer worker perhaps."""


def handler(topic: str, *, daily_at: time | None = None, next_at: NextTime | None = None) -> Callable[[Handler], Handler]:
    """Register an ``async def job(uow, payload)`` for ``topic``; several for one topic share its transaction, in this order.

    The job writes its whole effect through ``uow``: that is committed together with the mark that the work is done. With
    ``daily_at`` the scheduler adds the topic every day at that time of the centre's clock, with an empty payload; with
    ``next_at`` at the instants that it works out.
    """

    def register(job: Handler) -> Handler:
        jobs = _handlers.setdefault(topic, [])
        if job not in jobs:
            jobs.append(job)
        if daily_at is not None:
            _daily[topic] = daily_at
        if next_at is not None:
            _worked_out[topic] = next_at
        return job

    return register


def handlers(topic: str) -> tuple[Handler, ...]:
    """The topic's handlers; raises `UnknownTopic` when there are none."""
    try:
        return tuple(_handlers[topic])
    except KeyError:
        raise UnknownTopic(topic) from None


def daily() -> dict[str, time]:
    """Every recurring topic with its time of day at the centre."""
    return dict(_daily)


def recurring() -> dict[str, time | NextTime]:
    """Every recurring topic with when it is due: its time of day at the centre, or what works it out."""
    return {**_daily, **_worked_out}


def reads_zone(read: ZoneNow) -> ZoneNow:
    """Register who knows the centre's zone: a feature above, since the zone can be chosen on a page."""
    _zones[:] = [read]
    return read


def zone_now() -> ZoneNow | None:
    """What reads the centre's zone; None where no loaded module knows it."""
    return _zones[0] if _zones else None


def load() -> None:
    """Import every module that registers handlers. The worker and the scheduler do this at their start."""
    for name in (*FEATURES, *filter(None, os.environ.get(MORE_MODULES, "").split(","))):
        importlib.import_module(name)
