"""What is not taken over: columns and tables that have no place here, counted all the same."""

from collections.abc import Sequence

from backend.operations.adoption.report import Line
from backend.operations.adoption.shapes import TABLES
from backend.operations.adoption.transfer import Transfer

# Known, and without a place here. What else is unknown has another reason.
NO_PLACE = frozenset({("users", "last_password_change"), ("webhooks_out", "zap_run_id")})


async def leave_columns(transfer: Transfer) -> None:
    """One line for each column that holds something and is not read; columns that only say when a row was changed have none."""
    for table, columns in transfer.tables.items():
        known = TABLES[table]
        for column in sorted(columns - known.needed - known.optional - known.technical):
            quoted = column.replace('"', '""')
            many = await transfer.one(f"""SELECT count(l."{quoted}"::text) FROM legacy.{table} l""")
            reason = "no_place" if (table, column) in NO_PLACE else "unknown_column"
            await _leave(transfer, Line(f"{table}.{column}"[:80], many), reason)


async def leave_tables(transfer: Transfer, at_source: Sequence[Line]) -> None:
    """The lines about what was left where it was."""
    for line in at_source:
        await _leave(transfer, line, "unknown_table")


async def _leave(transfer: Transfer, line: Line, reason: str) -> None:
    if not line.read:
        return
    before = """SELECT coalesce(max(rows_read), 0) FROM adoption_lines WHERE part = :part"""
    seen = min(await transfer.one(before, {"part": line.part}), line.read)
    transfer.count(line.part, line.read, aside=line.read - seen)
    if seen < line.read:
        await transfer.run(
            f"INSERT INTO adoption_remarks (adoption_id, part, outcome, reason) VALUES ({transfer.adoption_id}, :part, 'aside', :reason)",
            {"part": line.part, "reason": reason},
        )
