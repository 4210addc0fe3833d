"""Rows about the installation, as bootstrap, backup and adoption leave them."""

from datetime import datetime
from typing import Any

from sqlalchemy import text

from backend.db import Database
from backend.jobs.models import Schedule
from backend.system.models import Adoption, AdoptionLine, AdoptionRemark, Backup
from backend.system.queries import NIGHTLY_BACKUP
from tests.world import OPERATOR


async def change(database: Database, sql: str, **values: Any) -> None:
    """Run one statement and commit."""
    async with database.writing(OPERATOR) as uow:
        await uow.execute(text(sql), values)


async def add_installation(database: Database, *, paused_at: datetime | None = None) -> None:
    """The one row; paused as a restore leaves it, or not."""
    await change(
        database,
        """
        INSERT INTO installation (identity, created_at, restored_at, restored_from, messages_paused_at, messages_paused_because)
        VALUES (gen_random_uuid(), '2026-01-02T03:04:05Z', :at, CASE WHEN :paused THEN 'krc-1.backup' END, :at,
                CASE WHEN :paused THEN 'restored' END)
        """,
        at=paused_at,
        paused=paused_at is not None,
    )


async def add_backup(database: Database, name: str, made_at: datetime, **columns: object) -> None:
    """A backup on record."""
    known: dict[str, Any] = {"why": "nightly", "size_bytes": 3_000_000_000, "total_rows": 1234, "revision": "x", "sha256": bytes(32)}
    async with database.writing(OPERATOR) as uow:
        uow.add(Backup(file_name=name, made_at=made_at, **(known | columns)))


async def plan_backup(database: Database, next_at: datetime, last_at: datetime | None = None) -> None:
    """The nightly backup's place in the schedule."""
    async with database.writing(OPERATOR) as uow:
        uow.add(Schedule(topic=NIGHTLY_BACKUP, next_at=next_at, last_at=last_at))


async def add_adoption(database: Database, started_at: datetime, lines: dict[str, tuple[int, int, int, int]]) -> int:
    """A run with its counts: copied, joined, already and aside for each part."""
    async with database.writing(OPERATOR) as uow:
        run = Adoption(shape="models", origin="db.example.test/crm", started_at=started_at)
        uow.add(run)
        await uow.flush()
        number = run.id
        uow.add(
            *(
                AdoptionLine(
                    adoption_id=number,
                    part=part,
                    position=position,
                    rows_read=sum(counts),
                    rows_copied=counts[0],
                    rows_joined=counts[1],
                    rows_already=counts[2],
                    rows_aside=counts[3],
                )
                for position, (part, counts) in enumerate(lines.items())
            )
        )
    return number


async def add_remarks(database: Database, adoption_id: int, part: str, outcome: str, reason: str, clients: list[int | None]) -> None:
    """Remarks of one kind, one for each of these clients."""
    async with database.writing(OPERATOR) as uow:
        uow.add(
            *(
                AdoptionRemark(
                    adoption_id=adoption_id, part=part, outcome=outcome, reason=reason, source_id=f"row {place}", client_id=client_id
                )
                for place, client_id in enumerate(clients)
            )
        )
