"""The audit log as CSV: the entries that a filter lets through, the newest first, as many as there are.

The file is written while it is sent, through a cursor in one snapshot of the database. What an erasure has emptied is empty here too.
"""

import csv
import io
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend import clock
from backend.accounts.permissions import Permission
from backend.audit.models import AuditEntry
from backend.db import ActorKind, AnyRow, Database
from backend.downloads.access import AuditNote, Caller, Download, File
from backend.downloads.asked import Asked
from backend.downloads.exports import BATCH, BOM, harmless
from backend.trail.graphql import AuditFilter, criteria_of
from backend.trail.queries import AuditCriteria, entries_in_order

HEADINGS = ("Entry", "When", "Kind", "Who", "Action", "About", "Number", "Client number", "Before", "After", "Emptied", "Request")
FILTER = ("actorKind", "userId", "apiKeyId", "actions", "subjectType", "subjectId", "clientId", "from", "to", "requestId")
_SECONDS = 600


@dataclass(frozen=True, slots=True)
class _Export:
    """One file to write."""

    database: Database
    zone: ZoneInfo
    criteria: AuditCriteria
    bom: bool

    async def count(self) -> int:
        """How many entries the file will have; for the log itself."""
        async with self._snapshot() as session:
            await session.execute(text(f"SET LOCAL statement_timeout = '{_SECONDS}s'"))
            counted = select(func.count()).select_from(AuditEntry).where(*self.criteria.conditions())
            return int((await session.execute(counted)).scalar_one())

    def _snapshot(self) -> AsyncSession:
        engine = self.database.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        return AsyncSession(engine, expire_on_commit=False, autoflush=False)

    async def lines(self) -> AsyncGenerator[bytes, None]:
        """The file in parts of some hundred lines, UTF-8, with CRLF as RFC 4180 wants it."""
        yield _written([HEADINGS], start=BOM if self.bom else "")
        async with self._snapshot() as session:
            await session.execute(text(f"SET LOCAL statement_timeout = '{_SECONDS}s'"))
            found = await session.stream(entries_in_order(self.criteria), execution_options={"yield_per": BATCH})
            async for part in found.partitions():
                yield _written([self._cells(row) for row in part])

    def _cells(self, row: AnyRow) -> list[str]:
        cells = (
            row.id,
            row.happened_at.astimezone(self.zone).isoformat(timespec="seconds"),
            row.actor_kind.value,
            row.actor_label,
            row.action,
            row.subject_type,
            row.subject_id,
            row.client_id,
            _json(row.before),
            _json(row.after),
            "yes" if row.emptied else "",
            row.request_id,
        )
        return ["" if cell is None else harmless(str(cell)) for cell in cells]


def _json(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else orjson.dumps(values).decode()


def _written(rows: Sequence[Sequence[str]], start: str = "") -> bytes:
    written = io.StringIO()
    written.write(start)
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()


async def audit_csv(caller: Caller) -> File:
    """``{filter, bom}``, the filter as in the API's ``auditLog``."""
    asked = Asked(caller.body)
    wanted = asked.part("filter", FILTER)
    filter_ = AuditFilter(
        actor_kind=wanted.choice("actorKind", ActorKind),
        user_id=wanted.text("userId"),  # type: ignore[arg-type]  # an ID is a string
        api_key_id=wanted.text("apiKeyId"),  # type: ignore[arg-type]  # likewise
        actions=wanted.texts("actions"),
        subject_type=wanted.text("subjectType"),
        subject_id=wanted.text("subjectId"),  # type: ignore[arg-type]  # likewise
        client_id=wanted.text("clientId"),  # type: ignore[arg-type]  # likewise
        from_=wanted.day("from"),
        to=wanted.day("to"),
        request_id=wanted.text("requestId"),
    )
    bom = asked.flag("bom", default=True)
    asked.done()
    zone = caller.settings.zone
    export = _Export(caller.database, zone, criteria_of(filter_, zone), bom)
    conditions = sorted(name for name, value in (caller.body.get("filter") or {}).items() if value not in (None, []))
    note = AuditNote("audit_log.exported", "export", after={"entries": await export.count(), "filter": conditions})
    return File(f"audit-log-{clock.today(zone).isoformat()}.csv", "text/csv; charset=utf-8", export.lines(), note)


AUDIT_CSV = Download("/api/v1/exports/audit-log.csv", Permission.AUDIT_READ, audit_csv, "POST")
