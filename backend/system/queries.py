"""Reading the installation: who it is, its backups, and what came over from the predecessor. A fixed number of statements each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Text, and_, column, func, or_, select, table, text

from backend.db import AnyRow, ReadSession, among
from backend.system.models import Adoption, AdoptionLine, AdoptionRemark, Backup, Installation

NIGHTLY_BACKUP = "backup.nightly"
"""The topic of ``schedules`` by which the scheduler makes the backup of the night."""
MOST_BACKUPS = 30
MOST_ADOPTIONS = 20
_FAILURES_SHOWN = timedelta(days=7)

_STAMP = table("alembic_version", column("version_num", Text()))
_BACKUP_TIMES = text(
    """
    SELECT (SELECT max(proven_at) FROM backups WHERE removed_at IS NULL AND problem IS NULL) AS proven_at,
           CASE WHEN s.next_at > now() THEN s.next_at END AS next_at,
           CASE WHEN s.next_at <= now() THEN s.next_at
                WHEN NOT EXISTS (
                  SELECT FROM backups b WHERE b.made_at >= s.last_at AND (b.proven_at IS NOT NULL OR b.problem IS NOT NULL)
                ) THEN s.last_at
           END AS under_way_since
    FROM (SELECT 1) one LEFT JOIN schedules s ON s.topic = :topic
    """
)


@dataclass(frozen=True, slots=True)
class RemarkPage:
    """Which remarks: those of one adoption and part with one reason, after the one with number ``after``."""

    adoption_id: int
    part: str
    reason: str
    first: int
    after: int | None


async def revision(reader: ReadSession) -> str | None:
    """The migration at which the database is."""
    found: str | None = await reader.scalar(select(_STAMP.c.version_num))
    return found


async def installation(reader: ReadSession) -> AnyRow | None:
    """The installation's one row; None before bootstrap has written it."""
    return await reader.row(
        select(
            Installation.created_at,
            Installation.restored_at,
            Installation.restored_from,
            Installation.messages_paused_at,
            Installation.messages_paused_because,
        )
    )


async def backups(reader: ReadSession) -> Sequence[AnyRow]:
    """The newest 30 backups whose files are still there, and tries of the last week that made no file (``size_bytes`` is 0)."""
    return await reader.rows(
        select(
            Backup.id,
            Backup.file_name,
            Backup.why,
            Backup.made_at,
            Backup.size_bytes,
            Backup.total_rows,
            Backup.proven_at,
            Backup.problem,
        )
        .where(or_(Backup.removed_at.is_(None), and_(Backup.size_bytes == 0, Backup.made_at > func.now() - _FAILURES_SHOWN)))
        .order_by(Backup.made_at.desc(), Backup.id.desc())
        .limit(MOST_BACKUPS)
    )


async def backup_times(reader: ReadSession) -> AnyRow | None:
    """``proven_at`` of the newest good backup, ``next_at`` of the next one, ``under_way_since`` of one that isn't there yet.

    One is under way from its due time until a backup made since then is on record, proven or with its problem.
    """
    return await reader.row(_BACKUP_TIMES, {"topic": NIGHTLY_BACKUP})


async def adoptions(reader: ReadSession, ids: Iterable[int] | None = None) -> Sequence[AnyRow]:
    """The newest 20 runs that brought data over, or those with these numbers; the newest first."""
    statement = select(Adoption.id, Adoption.shape, Adoption.origin, Adoption.started_at, Adoption.finished_at)
    if ids is not None:
        statement = statement.where(among(Adoption.id, ids))
    return await reader.rows(statement.order_by(Adoption.id.desc()).limit(MOST_ADOPTIONS))


async def adoption_lines(reader: ReadSession, adoption_ids: Iterable[int]) -> Sequence[AnyRow]:
    """The counts of these adoptions, part by part, in the order of the report."""
    return await reader.rows(
        select(
            AdoptionLine.adoption_id,
            AdoptionLine.part,
            AdoptionLine.rows_read,
            AdoptionLine.rows_copied,
            AdoptionLine.rows_joined,
            AdoptionLine.rows_already,
            AdoptionLine.rows_aside,
        )
        .where(among(AdoptionLine.adoption_id, adoption_ids))
        .order_by(AdoptionLine.adoption_id, AdoptionLine.position, AdoptionLine.part)
    )


async def adoption_reasons(reader: ReadSession, adoption_ids: Iterable[int]) -> Sequence[AnyRow]:
    """How many remarks these adoptions have of each part, outcome and reason; the most frequent first."""
    many = func.count().label("many")
    key = (AdoptionRemark.adoption_id, AdoptionRemark.part, AdoptionRemark.outcome, AdoptionRemark.reason)
    return await reader.rows(
        select(*key, many)
        .where(among(AdoptionRemark.adoption_id, adoption_ids))
        .group_by(*key)
        .order_by(AdoptionRemark.adoption_id, AdoptionRemark.part, many.desc(), AdoptionRemark.reason, AdoptionRemark.outcome)
    )


async def remarks(reader: ReadSession, wanted: RemarkPage) -> Sequence[AnyRow]:
    """A page of remarks in the order in which they were made, with one more than asked for when more follow."""
    statement = select(
        AdoptionRemark.id,
        AdoptionRemark.part,
        AdoptionRemark.outcome,
        AdoptionRemark.reason,
        AdoptionRemark.source_id,
        AdoptionRemark.client_id,
    ).where(
        AdoptionRemark.adoption_id == wanted.adoption_id,
        AdoptionRemark.part == wanted.part,
        AdoptionRemark.reason == wanted.reason,
    )
    if wanted.after is not None:
        statement = statement.where(AdoptionRemark.id > wanted.after)
    return await reader.rows(statement.order_by(AdoptionRemark.id).limit(wanted.first + 1))
