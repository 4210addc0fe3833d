"""What the parts of an adoption share: one transaction, the predecessor's tables as they are, counting and remembering."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.operations.adoption.report import Line
from backend.operations.adoption.shapes import SCHEMA

OUTCOMES = ("copied", "joined", "aside")
CHANGED = "adopt_changed"
"""A temporary table ``(part, source_id)`` of rows that were changed at the source after an earlier run had copied them."""


async def execute(connection: AsyncConnection, statement: str, values: Mapping[str, Any] | None = None) -> int:
    """Run one statement; returns how many rows it wrote."""
    return (await connection.execute(text(statement), values)).rowcount


@dataclass(slots=True)
class Transfer:
    """One run. Its SQL reads ``legacy`` and finds the run's number, zone and day in the temporary table ``adopt_run``.

    A part makes a temporary table of the rows that no earlier run has seen, with at least ``source_id``, ``client_id``, ``outcome``
    (copied, joined, aside) and ``reason`` (a code of the report, or NULL), writes what is copied, and ends with `finish`.
    """

    connection: AsyncConnection
    tables: Mapping[str, frozenset[str]]
    adoption_id: int
    say: Callable[[str], None]
    lines: list[Line] = field(default_factory=list)

    def has(self, table: str, column: str | None = None) -> bool:
        """Whether the predecessor has the table, and the column."""
        return table in self.tables and (column is None or column in self.tables[table])

    def column(self, table: str, name: str, kind: str = "text") -> str:
        """A column of the predecessor's table with the alias ``l``, cast; NULL where it has no such column."""
        return f"CAST({f'l.{name}' if self.has(table, name) else 'NULL'} AS {kind})"

    async def run(self, statement: str, values: Mapping[str, Any] | None = None) -> int:
        """Run one statement; returns how many rows it wrote."""
        return await execute(self.connection, statement, values)

    async def one(self, query: str, values: Mapping[str, Any] | None = None) -> Any:
        """The first column of the only row."""
        return (await self.connection.execute(text(query), values)).scalar_one()

    async def keep(self, name: str, query: str) -> None:
        """Make a temporary table of a query, which ends with the transaction."""
        await self.run(f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS {query}")
        await self.run(f"ANALYZE {name}")

    async def remark(self, part: str, temporary: str, outcome: str, reason: str, condition: str) -> None:
        """Remark on a value of the rows for which the condition holds. A row's own reason is `finish`'s business."""
        await self.run(
            f"""INSERT INTO adoption_remarks (adoption_id, part, outcome, reason, source_id, client_id)
                SELECT {self.adoption_id}, :part, :outcome, :reason, source_id::text, client_id FROM {temporary} WHERE {condition}""",
            {"part": part, "outcome": outcome, "reason": reason},
        )

    async def finish(self, part: str, temporary: str, read: str, *, condition: str = "true", target: str | None = "target_id") -> None:
        """Count a part, remark on its rows and remember which row of ours each became: that in the column ``target``.

        ``target`` is None where the row is known in another way. ``read``: a query for how many rows there are; those that are not in
        the temporary table were seen by an earlier run.
        """
        query = f"SELECT outcome, count(*) AS many FROM {temporary} WHERE {condition} GROUP BY 1"
        counted: dict[str, int] = {row.outcome: row.many for row in await self.connection.execute(text(query))}
        await self.run(
            f"""INSERT INTO adoption_remarks (adoption_id, part, outcome, reason, source_id, client_id)
                SELECT {self.adoption_id}, :part, CASE outcome WHEN 'copied' THEN 'changed' ELSE outcome END, reason, source_id::text,
                  client_id
                FROM {temporary} WHERE reason IS NOT NULL AND {condition}""",
            {"part": part},
        )
        if target is not None:
            await self.run(
                f"""INSERT INTO adopted_rows (part, source_id, target_id, adoption_id)
                    SELECT :part, source_id, {target}, {self.adoption_id} FROM {temporary} WHERE outcome <> 'aside' AND {condition}""",
                {"part": part},
            )
        self.count(part, await self.one(read), *(counted.get(outcome, 0) for outcome in OUTCOMES))

    def count(self, part: str, read: int, copied: int = 0, joined: int = 0, aside: int = 0) -> None:
        """Add a part's line to the report. What is in no other column was there already."""
        line = Line(part, read, copied, joined, read - copied - joined - aside, aside)
        self.lines.append(line)
        if copied or joined or aside:
            self.say(f"{part}: {read:,} read, {copied:,} copied, {joined:,} joined, {aside:,} kept aside")

    async def remark_on_changes(self) -> int:
        """Remark on the rows that have changed at the source since they were copied, once for each; returns how many are new."""
        if (await self.one(f"SELECT to_regclass('pg_temp.{CHANGED}') IS NULL")) is True:
            return 0
        return await self.run(
            f"""
            INSERT INTO adoption_remarks (adoption_id, part, outcome, reason, source_id, client_id)
            SELECT {self.adoption_id}, c.part, 'changed', 'changed_since', c.source_id, p.client_id
            FROM pg_temp.{CHANGED} c LEFT JOIN adopt_people p ON c.part = 'clients' AND p.source_id::text = c.source_id
            WHERE NOT EXISTS (SELECT FROM adoption_remarks r WHERE r.part = c.part AND r.source_id = c.source_id
              AND r.reason = 'changed_since')
            """
        )

    @property
    def is_new(self) -> bool:
        """Whether any part had a row that no earlier run has seen."""
        return any(line.already < line.read for line in self.lines)


def all_rows(table: str) -> str:
    """The query that counts a table of the predecessor's."""
    return f"SELECT count(*) FROM {SCHEMA}.{table}"


def unseen(part: str, identity: str = "l.id") -> str:
    """A condition on a row ``l`` of the predecessor's: no earlier run has taken it over or put it aside."""
    return f"""(NOT EXISTS (SELECT FROM adopted_rows seen WHERE seen.part = '{part}' AND seen.source_id = {identity})
            AND NOT EXISTS (SELECT FROM adoption_remarks r WHERE r.part = '{part}' AND r.outcome = 'aside'
              AND r.source_id = ({identity})::text))"""


def new_id(table: str, condition: str = "true") -> str:
    """The next id of one of our tables, where the condition holds."""
    return f"CASE WHEN {condition} THEN nextval(pg_get_serial_sequence('{table}', 'id')) END"
