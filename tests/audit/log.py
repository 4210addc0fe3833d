"""A log to try things on: entries, seals, and somebody who writes to the database past the program."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import text

from backend.audit import sealing
from backend.audit import service as audit
from backend.audit.verification import Finding, SealNote, Verdict, verify
from backend.db import Database, UnitOfWork
from tests.world import OPERATOR

NO_WAIT = timedelta(0)


async def without_rules(uow: UnitOfWork) -> None:
    """Let this transaction change the log, as a superuser can."""
    await uow.execute(text("SET LOCAL session_replication_role = replica"))


async def tamper(database: Database, *statements: str) -> None:
    """Write past the program, and past the triggers."""
    async with database.writing(OPERATOR) as uow:
        await without_rules(uow)
        for statement in statements:
            await uow.execute(text(statement))


async def add(database: Database, count: int, action: str = "thing.changed") -> list[int]:
    """Add entries, each with values of its own; their numbers."""
    async with database.writing(OPERATOR) as uow:
        before = await newest(uow)
        for number in range(count):
            audit.record(uow, action, "thing", number + 1, before={"word": "Ä", "n": number}, after={"word": None, "n": number + 1})
        await uow.flush()
        return list(await uow.scalars(text("SELECT id FROM audit_log WHERE id > :before ORDER BY id"), {"before": before}))


async def newest(uow: UnitOfWork) -> int:
    return int(await uow.scalar(text("SELECT coalesce(max(id), 0) FROM audit_log")) or 0)


async def step(database: Database, *, wait: timedelta = NO_WAIT, most_entries: int = 5, most_seals: int = 50) -> int:
    """One step of the sealer."""
    async with database.writing(OPERATOR) as uow:
        return await sealing.seal(uow, wait=wait, most_entries=most_entries, most_seals=most_seals)


async def seal_all(database: Database, *, most_entries: int = 5) -> None:
    """Seal everything that is there. Other tests' transactions on the same server may hold it up."""
    for _ in range(200):
        await step(database, most_entries=most_entries)
        async with database.reading() as reader:
            waiting = "SELECT count(*) FROM audit_log WHERE id > (SELECT coalesce(max(last_id), 0) FROM audit_seals)"
            if not await reader.scalar(text(waiting)):
                return
        await asyncio.sleep(0.05)
    raise AssertionError("the log was never sealed")


async def sealed(database: Database, *counts: int) -> list[list[int]]:
    """Add so many entries and seal them, for each count; their numbers."""
    found = []
    for count in counts:
        found.append(await add(database, count))
        await seal_all(database)
    return found


async def seals(database: Database) -> Sequence[tuple[int, int, int, int]]:
    """Number, first and last entry, and count of each seal."""
    async with database.reading() as reader:
        return [tuple(row) for row in await reader.rows(text("SELECT id, first_id, last_id, entries FROM audit_seals ORDER BY id"))]


async def look(database: Database, *, size: int = 5, seconds: float | None = None, noted: Sequence[SealNote] = ()) -> Verdict:
    """What the verification finds; in small batches, so that their borders matter."""
    async with database.reading() as reader:
        return await verify(reader, size=size, seconds=seconds, noted=noted)


async def finding(database: Database, *, noted: Sequence[SealNote] = ()) -> Finding | None:
    """The first thing that is wrong; the same whatever the batches are."""
    found = (await look(database, noted=noted)).finding
    assert (await look(database, size=1000, noted=noted)).finding == found
    return found
