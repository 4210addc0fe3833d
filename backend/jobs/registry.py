"""Which function does which topic, and which topics recur. Features register theirs in their ``jobs.py``."""

import importlib
import os
from collections.abc import Awaitable, Callable, Mapping
from datetime import time
from typing import Any

from backend.db import UnitOfWork

Handler = Callable[[UnitOfWork, Mapping[str, Any]], Awaitable[None]]

FEATURES = ("backend.jobs.upkeep", "backend.accounts.jobs", "backend.messages.jobs", "backend.reports.jobs", "backend.system.jobs")

# More modules with handlers, comma-separated: the tests bring jobs of their own into a real worker.
MORE_MODULES = "JOB_MODULES"

_handlers: dict[str, list[Handler]] = {}
_daily: dict[str, time] = {}


class UnknownTopic(LookupError):  # noqa: N818 (its name is what stands in the row's last_error)
    """No loaded module has a handler for the topic: the row is tried again later, by a newer worker perhaps."""


def handler(topic: str, *, daily_at: time | None = None) -> Callable[[Handler], Handler]:
    """Register an ``async def job(uow, payload)`` for ``topic``; several for one topic share its transaction, in this order.

    The job writes its whole effect through ``uow``: that is committed together with the mark that the work is done. With
    ``daily_at`` the scheduler adds the topic every day at that time of the centre's clock, with an empty payload.
    """

    def register(job: Handler) -> Handler:
        jobs = _handlers.setdefault(topic, [])
        if job not in jobs:
            jobs.append(job)
        if daily_at is not None:
            _daily[topic] = daily_at
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


def load() -> None:
    """Import every module that registers handlers. The worker and the scheduler do this at their start."""
    for name in (*FEATURES, *filter(None, os.environ.get(MORE_MODULES, "").split(","))):
        importlib.import_module(name)
