"""Loading clients from a CSV file: all of its rows or none, in one transaction, in constant memory."""

import asyncio
import csv
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import insert, text

from backend.db import UnitOfWork
from backend.imports import reading, statements
from backend.imports.columns import Columns
from backend.imports.models import Import
from backend.imports.rows import Checker, RowProblem, Staged
from backend.system import centre

# Imports wait for each other: two of the same file at once would else both find its people missing.
LOCK = 0x6B72630100
PAUSE_EVERY = 500
REPEATS_SHOWN = 50


@dataclass(slots=True)
class ImportResult:
    """What became of a file. With ``problems`` nothing was written.

    ``rows_read`` counts rows with something in them; of these ``added`` became clients and ``already_there`` were known, from an
    earlier import or from a row further up in the file (``repeats``: row and first row, the first 50).
    """

    file_name: str
    rows_read: int = 0
    added: int = 0
    already_there: int = 0
    authorizations_added: int = 0
    authorizations_left_out: int = 0
    repeats: list[tuple[int, int]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    import_id: int | None = None


async def import_clients(
    uow: UnitOfWork, path: Path, *, today: date, file_name: str | None = None, progress: Callable[[int], object] = lambda _: None
) -> ImportResult:
    """Load the file in this transaction, in the name of its actor.

    ``today`` is the centre's day, ``file_name`` what the person calls the file, ``progress`` is told the rows read so far. Bad rows
    are in the result, and then nothing was written; raises `ValidationFailed` when the file itself can't be read.
    """
    result = ImportResult(file_name=(file_name or path.name)[-255:])
    source = await asyncio.to_thread(reading.inspect, path)
    await uow.execute(text("SET LOCAL statement_timeout = 0"))
    await uow.execute(text(statements.CREATE_STAGING))
    with reading.rows(source) as (columns, rows):
        result.remarks += _remarks(source, columns)
        await _stage(uow, _checked(rows, Checker(columns, today), result, progress))
    if not result.problems:
        await _write(uow, source, result)
    return result


def _remarks(source: reading.Source, columns: Columns) -> list[str]:
    remarks = [source.remark] if source.remark else []
    if columns.ignored:
        remarks.append(f"Columns that mean nothing here were left out: {', '.join(columns.ignored[:20])}.")
    return remarks


async def _checked(
    rows: Iterator[tuple[int, list[str]]], checker: Checker, result: ImportResult, progress: Callable[[int], object]
) -> AsyncIterator[Staged]:
    try:
        for number, values in rows:
            if not any(value.strip() for value in values):
                continue
            result.rows_read += 1
            if result.rows_read % PAUSE_EVERY == 0:
                progress(result.rows_read)
                # Others want the event loop too.
                await asyncio.sleep(0)
            outcome = checker.check(number, values)
            if isinstance(outcome, list):
                result.problems += outcome
            elif not result.problems:
                yield outcome
    except csv.Error:
        said = f"after {result.rows_read} rows a value is longer than {reading.LONGEST_VALUE} characters. Is a quote never closed?"
        result.problems.append(RowProblem(result.rows_read + 2, "", "", said))


async def _stage(uow: UnitOfWork, rows: AsyncIterator[Staged]) -> None:
    connection = await uow.session.connection()
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None  # noqa: S101 (a connection that was just used has one)
    await driver.copy_records_to_table(statements.STAGING, records=rows, columns=list(Staged._fields), schema_name="pg_temp")


async def _write(uow: UnitOfWork, source: reading.Source, result: ImportResult) -> None:
    await uow.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    for statement in (
        statements.ANALYZE.format(table=statements.STAGING),
        statements.CREATE_PEOPLE,
        statements.ANALYZE.format(table="import_people"),
        statements.CREATE_PERIODS,
    ):
        await uow.execute(text(statement))
    counts = (await uow.execute(text(statements.COUNTS))).one()
    result.added, result.already_there = counts.added, counts.rows - counts.added
    result.authorizations_added = counts.periods
    result.authorizations_left_out = counts.periods_unseen - counts.periods
    repeats = await uow.rows(text(statements.REPEATS), {"shown": REPEATS_SHOWN})
    result.repeats = [(row.row_number, row.first_row) for row in repeats]
    if not counts.added and not counts.periods_unseen:
        return
    made = insert(Import).values(
        file_name=result.file_name,
        file_hash=source.hash,
        rows_read=result.rows_read,
        rows_added=result.added,
        rows_unchanged=result.already_there,
        user_id=uow.actor.id if uow.actor.kind == "USER" else None,
    )
    result.import_id = await uow.scalar(made.returning(Import.id))
    actor = uow.actor
    await uow.execute(
        text(statements.WRITE),
        {
            "import_id": result.import_id,
            "actor_kind": actor.kind.value,
            "actor_id": actor.id,
            "actor_label": actor.label,
            "request_id": actor.request_id,
            "language": (await centre.read(uow)).default_language,
        },
    )
