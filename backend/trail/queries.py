"""Entries of the audit log, the newest first, and how the chain over them stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal, or_, select, text, tuple_

from backend.accounts.models import ApiKey, User
from backend.audit.models import AuditEntry
from backend.db import ActorKind, AnyRow, AnySelect, ReadSession

COUNTED = 1000
"""Counting stops here."""


@dataclass(frozen=True, slots=True)
class AuditCriteria:
    """Which entries; all conditions hold together.

    ``actions`` are prefixes such as ``client.``, one of which fits. ``since`` and ``before`` are instants, the first included.
    """

    actor_kind: ActorKind | None = None
    actor_id: int | None = None
    actions: tuple[str, ...] = ()
    subject_type: str | None = None
    subject_id: int | None = None
    client_id: int | None = None
    since: datetime | None = None
    before: datetime | None = None
    request_id: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same as SQL."""
        equal = (
            (AuditEntry.actor_kind, self.actor_kind),
            (AuditEntry.actor_id, self.actor_id),
            (AuditEntry.subject_type, self.subject_type),
            (AuditEntry.subject_id, self.subject_id),
            (AuditEntry.client_id, self.client_id),
            (AuditEntry.request_id, self.request_id),
        )
        found: list[ColumnElement[bool]] = [column == value for column, value in equal if value is not None]
        if self.actions:
            found.append(or_(*(_begins_with(prefix) for prefix in self.actions)))
        if self.since is not None:
            found.append(AuditEntry.happened_at >= self.since)
        if self.before is not None:
            found.append(AuditEntry.happened_at < self.before)
        return found


def _begins_with(prefix: str) -> ColumnElement[bool]:
    # By bytes and as a range, which the index serves with a bound value too; LIKE does not.
    beyond = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    return AuditEntry.action.bool_op("~>=~")(prefix) & AuditEntry.action.bool_op("~<~")(beyond)


def entries_in_order(criteria: AuditCriteria) -> AnySelect:
    """The entries, the newest first."""
    columns = (
        AuditEntry.id, AuditEntry.happened_at, AuditEntry.actor_kind, AuditEntry.actor_id, AuditEntry.actor_label, AuditEntry.action,
        AuditEntry.subject_type, AuditEntry.subject_id, AuditEntry.client_id, AuditEntry.before, AuditEntry.after, AuditEntry.request_id,
        (AuditEntry.salt.is_(None) & AuditEntry.values_digest.is_not(None)).label("emptied"),
    )  # fmt: skip
    return select(*columns).where(*criteria.conditions()).order_by(AuditEntry.happened_at.desc(), AuditEntry.id.desc())


async def page_of_entries(
    reader: ReadSession, criteria: AuditCriteria, *, first: int, after: tuple[datetime, int] | None
) -> tuple[Sequence[AnyRow], bool]:
    """Entries by keyset, the newest first; and whether more follow."""
    statement = entries_in_order(criteria)
    if after is not None:
        statement = statement.where(tuple_(AuditEntry.happened_at, AuditEntry.id) < tuple_(*after))
    found = await reader.rows(statement.limit(first + 1))
    return found[:first], len(found) > first


async def count_of_entries(reader: ReadSession, criteria: AuditCriteria) -> tuple[int, bool]:
    """How many there are, and whether that is all of them: counting stops at 1,000."""
    some = select(AuditEntry.id).where(*criteria.conditions()).limit(COUNTED + 1).subquery()
    found = await reader.scalar(select(func.count()).select_from(some))
    return min(found, COUNTED), found <= COUNTED


async def actors(reader: ReadSession) -> Sequence[AnyRow]:
    """Users and API keys: ``kind``, ``id``, ``name``."""
    users = select(literal(ActorKind.USER, AuditEntry.actor_kind.type).label("kind"), User.id, User.display_name.label("name"))
    keys = select(literal(ActorKind.API_KEY, AuditEntry.actor_kind.type).label("kind"), ApiKey.id, ApiKey.name.label("name"))
    both = users.union_all(keys).subquery()
    return await reader.rows(select(both).order_by(both.c.kind, both.c.name, both.c.id))


# Of what the nightly look found, the newest counts; before the first night there is none.
CHAIN = text(
    """
    SELECT s.sealed_at, coalesce(s.id, 0) AS seals, coalesce(s.last_id, 0) AS last_id,
           (SELECT count(*) FROM (SELECT FROM audit_log WHERE id > coalesce(s.last_id, 0) LIMIT :most) unsealed) AS waiting,
           v.happened_at AS verified_at, v.action AS verdict, v.after AS found
    FROM (VALUES (1)) always (one)
    LEFT JOIN (SELECT id, last_id, sealed_at FROM audit_seals ORDER BY id DESC LIMIT 1) s ON true
    LEFT JOIN (SELECT happened_at, action, after FROM audit_log
               WHERE subject_type = 'audit_log' AND subject_id IS NULL AND action IN (:good, :bad) AND actor_kind = 'JOB'
               ORDER BY id DESC LIMIT 1) v ON true
    """
)
VERIFIED, BROKEN = "audit.verified", "audit.broken"


async def chain(reader: ReadSession) -> AnyRow:
    """One row: ``sealed_at``, ``seals``, ``last_id``, ``waiting`` (at most 1,000), ``verified_at``, ``verdict``, ``found``."""
    return (await reader.execute(CHAIN, {"most": COUNTED, "good": VERIFIED, "bad": BROKEN})).one()
