"""``just adopt SOURCE``: the predecessor's database, from a running server or a dump file, into ours. The source is only read."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from backend import clock
from backend.config import Settings
from backend.errors import Failure
from backend.operations.adoption import copying, dumps, shapes, staging
from backend.operations.adoption.refused import Refused
from backend.operations.adoption.report import Report
from backend.operations.adoption.source import Source, opened
from backend.operations.backup.command import Progress, until_told
from backend.operations.bootstrap import locks
from backend.operations.bootstrap.revisions import revisions
from backend.operations.bootstrap.trouble import Trouble, place, sentence
from backend.operations.command_line import FAILED, INTERRUPTED, REFUSED
from backend.operations.stack.errors import StackError
from backend.system import present

DONE = 0
BACKUP = "before-adoption"
ADDRESS = ("postgresql://", "postgres://")


@dataclass(slots=True)
class Result:
    """What is printed at the end."""

    exit_code: int = FAILED
    message: str = ""
    report: Report | None = None
    files: list[str] = field(default_factory=list)
    found: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON values."""
        said = {"exit_code": self.exit_code, "message": self.message, "files": self.files, "found": self.found}
        return said | (self.report.as_json() if self.report else {})

    def text(self) -> str:
        """The report, then the message."""
        counts = "\n".join(f"{count:>12,}  {table}" for table, count in self.found.items())
        parts = [self.report.text() if self.report else counts, self.message]
        return "\n\n".join(part for part in parts if part)


def run(settings: Settings, source: str, *, as_json: bool, dry_run: bool) -> int:
    """Adopt from ``source``, an address or a file; returns the exit code: 0 done, 1 failed, 3 refused, 130 stopped by a person."""
    owner, say, result = settings.owner, Progress(), Result()
    try:
        until_told(lambda: _adopt(owner, source, say, result, dry_run=dry_run))
    except KeyboardInterrupt:
        result.exit_code, result.message = INTERRUPTED, "Stopped. Nothing is half-done: run it again to go on."
    except Refused as refused:
        result.exit_code, result.message = REFUSED, f"{refused.message} Nothing was changed."
    except (Trouble, StackError) as trouble:
        result.message = str(trouble)
    except Failure as failure:
        result.message = failure.message
    except (SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        result.message = sentence(error, owner)
    print(json.dumps(result.as_json()) if as_json else result.text(), flush=True)
    return result.exit_code


async def _adopt(settings: Settings, source: str, say: Callable[[str], None], result: Result, *, dry_run: bool) -> None:
    engine = create_async_engine(
        settings.sqlalchemy_url,
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={
            "timeout": 15,
            "server_settings": {
                "application_name": "krc-adopt", "search_path": "public", "timezone": "UTC", "statement_timeout": "0",
                "lock_timeout": "60000", "idle_in_transaction_session_timeout": "0",
            },
        },
    )  # fmt: skip
    try:
        async with engine.connect() as connection:
            await _check_head(connection, settings)
        async with _source(settings, source, say) as found:
            result.found = {table: many for table, many in found.counts.items() if table in shapes.TABLES} | {
                line.part: line.read for line in found.unknown
            }
            say(f"found the predecessor's database ({found.shape}) with {sum(found.counts.values()):,} rows at {found.origin}")
            if dry_run:
                result.exit_code, result.message = DONE, "This is what would be read. Nothing was changed."
                return
            async with locks.alone(engine, say), engine.connect() as connection:
                await locks.take(connection, locks.SCHEMA, lambda: say("a run that was killed is still ending: waiting for it"))
                await connection.commit()
                await _check_head(connection, settings)
                await _back_up(connection, settings, say)
                await staging.bring(connection, found, say)
                zone = await present.zone_on(connection, settings)
                result.report = await copying.copy(connection, say, origin=found.origin, zone=zone, by="adopt", at_source=found.unknown)
    finally:
        await engine.dispose()
    result.exit_code = DONE
    if result.report.is_new:
        result.files = [str(path) for path in await asyncio.to_thread(result.report.write, settings.config_folder, clock.now())]
        result.message = f"The predecessor's data are here. This report is kept as {result.files[-1]}."


@asynccontextmanager
async def _source(settings: Settings, source: str, say: Callable[[str], None]) -> AsyncIterator[Source]:
    if source.startswith(ADDRESS):
        async with opened(settings, source) as found:
            yield found
        return
    path = _file(source)
    async with dumps.restored(settings, path, say) as url, opened(settings, url, origin=f"file {path.name}") as found:
        yield found


def _file(source: str) -> Path:
    path = Path(source)
    if path.is_dir():
        raise Refused(f"{source} is a folder. Name a dump file, or the address of a running server.")
    if not path.exists():
        raise Refused(f"There is no file {source}. Name a dump file, or the address of a running server (postgresql://…).")
    return path


async def _check_head(connection: AsyncConnection, settings: Settings) -> None:
    """Our schema must be at head. Raises `Refused` otherwise."""
    stamped = "SELECT to_regclass('public.adoptions') IS NOT NULL AND to_regclass('public.alembic_version') IS NOT NULL"
    revision = None
    if (await connection.execute(text(stamped))).scalar_one():
        revision = (await connection.execute(text("SELECT max(version_num) FROM public.alembic_version"))).scalar_one()
    await connection.rollback()
    if revision != revisions()[-1]:
        raise Refused(f"The database at {place(settings)} is not ready. Run `just bootstrap` first.")


async def _back_up(connection: AsyncConnection, settings: Settings, say: Callable[[str], None]) -> None:
    """A backup before anything is changed, unless there is nobody's data here yet. Raises `BackupFailed`."""
    tables, _ = await shapes.look(connection)
    held = ["public.clients", "public.check_ins", *(f"{shapes.SCHEMA}.{table}" for table in tables if table in shapes.TABLES)]
    query = " OR ".join(f"EXISTS (SELECT FROM {table})" for table in held)
    holds_data = (await connection.execute(text(f"SELECT {query}"))).scalar_one()
    await connection.rollback()
    if holds_data:
        from backend.operations import backup

        await backup.make(settings, why=BACKUP, say=say)
