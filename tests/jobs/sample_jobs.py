"""Jobs that a real worker process loads in the tests. Each writes one audit entry, so an entry too many or too few shows."""

import asyncio
from collections.abc import Mapping
from typing import Any

from backend.audit import service as audit
from backend.db import UnitOfWork
from backend.jobs import runner
from backend.jobs.registry import handler

runner.DEFAULT_POLICY = runner.RetryPolicy(attempts=3, first=0.05, longest=0.1)


@handler("test.effect")
async def effect(uow: UnitOfWork, payload: Mapping[str, Any]) -> None:
    audit.record(uow, "test.effect", "thing", payload["n"])


@handler("test.slow")
async def slow(uow: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """The effect is in the transaction already while the job sleeps, so a kill comes between the effect and its commit."""
    audit.record(uow, "test.effect", "thing", payload["n"])
    await uow.flush()
    await asyncio.sleep(payload["seconds"])


@handler("test.poison")
async def poison(uow: UnitOfWork, payload: Mapping[str, Any]) -> None:
    audit.record(uow, "test.effect", "thing", payload["n"])
    await uow.flush()
    raise ValueError("Maria Example, +1 555 0100")
