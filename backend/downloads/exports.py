"""The clients' table as CSV: exactly the columns and the clients that it shows, in its order.

The file is written while it is sent. Who is in it is read once, in order, through a cursor in one snapshot of the database, and their
details some hundreds at a time in the same snapshot: whatever changes meanwhile, nobody is missing or there twice, and a million
clients need no more memory than a thousand.
"""

import csv
import io
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend import clock
from backend.accounts.permissions import Permission
from backend.clients import queries, reading
from backend.clients.graphql.filters import criteria_of
from backend.clients.queries import ClientCriteria, ClientOrder, Sorting
from backend.db import AnyRow, Database, ReadSession
from backend.downloads.access import AuditNote, Caller, Download, File
from backend.downloads.asked import Asked

BATCH = 500
BOM = "\ufeff"
# What a spreadsheet takes for the beginning of a formula; a leading tab or line break only hides one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_SECONDS = 600


def harmless(value: str) -> str:
    """A cell that no spreadsheet computes: what would begin a formula gets an apostrophe before it."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def _name(row: AnyRow) -> str:
    return f"{row.preferred_name or row.first_name} {row.last_name}".strip()


def _contact(row: AnyRow, kind: str) -> str:
    """The primary one, else the first; columns of `client_select`: 1 is the kind, 2 the value, 3 whether it is the primary one."""
    found = sorted((each for each in row.contact_methods or () if each[1] == kind), key=lambda each: (not each[3], each[2]))
    return reading.phone(found[0][2]) if found else ""


def _moment(value: datetime | None, zone: ZoneInfo) -> str:
    return value.astimezone(zone).strftime("%Y-%m-%d %H:%M") if value else ""


# The words of the heading, and how a cell is made of a row of `client_select`. The keys are those of the table's columns.
COLUMNS: Mapping[str, tuple[str, Callable[[AnyRow, ZoneInfo], Any]]] = {
    "name": ("Name", lambda row, _: _name(row)),
    "standing": ("Standing", lambda row, _: row.status),
    "ends": ("Standing until", lambda row, _: row.ends_on),
    "tier": ("Tier", lambda row, _: row.tier_name),
    "phone": ("Phone", lambda row, _: _contact(row, "PHONE")),
    "email": ("Email", lambda row, _: _contact(row, "EMAIL")),
    "visit": ("Last visit", lambda row, zone: _moment(row.last_check_in_at, zone)),
    "tags": ("Tags", lambda row, _: ", ".join(sorted((each[1] for each in row.tags or ()), key=str.lower))),
    "coordinator": ("Service coordinator", lambda row, _: row.service_coordinator),
    "guardian": ("Guardian", lambda row, _: row.guardian_name),
    "language": ("Language", lambda row, _: row.language),
    "born": ("Date of birth", lambda row, _: row.date_of_birth),
    "code": ("Member code", lambda row, _: row.member_code),
    "created": ("On file since", lambda row, zone: _moment(row.created_at, zone)),
}


@dataclass(frozen=True, slots=True)
class _Export:
    """One file to write."""

    database: Database
    zone: ZoneInfo
    day: date
    criteria: ClientCriteria
    sorting: Sorting
    columns: Sequence[str]
    bom: bool

    async def count(self) -> int:
        """How many clients the file will have; for the audit log."""
        async with self._snapshot() as session:
            await session.execute(text(f"SET LOCAL statement_timeout = '{_SECONDS}s'"))
            ids = queries.ids_matching(self.criteria, self.day).subquery()
            return int((await session.execute(select(func.count()).select_from(ids))).scalar_one())

    def _snapshot(self) -> AsyncSession:
        engine = self.database.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        return AsyncSession(engine, expire_on_commit=False, autoflush=False)

    async def lines(self) -> AsyncGenerator[bytes, None]:
        """The file in parts of some hundred lines, UTF-8, with CRLF as RFC 4180 wants it."""
        yield self._text([[COLUMNS[name][0] for name in self.columns]], start=BOM if self.bom else "")
        async with self._snapshot() as session:
            await session.execute(text(f"SET LOCAL statement_timeout = '{_SECONDS}s'"))
            reader = ReadSession(session)
            in_order = queries.ids_in_order(self.criteria, self.sorting, self.day)
            found = await session.stream(in_order, execution_options={"yield_per": BATCH})
            async for part in found.partitions():
                ids = [row.id for row in part]
                rows = await queries.clients_by_id(reader, ids, self.day)
                yield self._text([[self._cell(rows[number], name) for name in self.columns] for number in ids])

    def _cell(self, row: AnyRow, name: str) -> str:
        value = COLUMNS[name][1](row, self.zone)
        return "" if value is None else harmless(str(value))

    @staticmethod
    def _text(rows: Sequence[Sequence[str]], start: str = "") -> bytes:
        written = io.StringIO()
        written.write(start)
        csv.writer(written, lineterminator="\r\n").writerows(rows)
        return written.getvalue().encode()


async def clients_csv(caller: Caller) -> File:
    """``{search, filter, clientIds, orderBy, direction, columns, bom}``, the first five as in the API's ``clients``."""
    asked = Asked(caller.body)
    columns = asked.choices("columns", COLUMNS) or list(COLUMNS)
    order = asked.choice("orderBy", ClientOrder) or ClientOrder.NAME
    direction = asked.choice("direction", ("ASCENDING", "DESCENDING"))
    sorting = Sorting.by(order, descending=None if direction is None else direction == "DESCENDING")
    search, chosen, bom = asked.text("search"), asked.texts("clientIds"), asked.flag("bom", default=True)
    wanted = asked.client_filter("filter")
    asked.done()
    zone = caller.settings.zone
    day = clock.today(zone)
    criteria = criteria_of(search, wanted, today=day, zone=zone, chosen=chosen)
    export = _Export(caller.database, zone, day, criteria, sorting, columns, bom)
    # What was searched for may be somebody's name, so it stays out of the log; how many there are says how much left the house.
    conditions = sorted(name for name, value in (caller.body.get("filter") or {}).items() if value not in (None, False, []))
    after = {"clients": await export.count(), "columns": list(columns), "filter": conditions, "searched": bool(search)}
    note = AuditNote("clients.exported", "export", after=after)
    return File(f"clients-{day.isoformat()}.csv", "text/csv; charset=utf-8", export.lines(), note)


CLIENTS_CSV = Download("/api/v1/exports/clients.csv", Permission.CLIENTS_EXPORT, clients_csv, "POST")
