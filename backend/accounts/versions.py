"""Optimistic versions of accounts: who read an older one learns what others changed since, by whom and when.

Each change of a versioned row grows its version by one and records an audit entry with the changed columns as keys of ``after``.
"""

from collections.abc import Mapping
from typing import Any, NoReturn

from sqlalchemy import ARRAY, String, func, literal, select

from backend.audit.models import AuditEntry
from backend.db import ActorKind, UnitOfWork
from backend.errors import Change, Conflict

_MOST = 50
_MESSAGE = "Somebody else has changed this meanwhile. Look at what changed and save again."


async def refuse_stale(uow: UnitOfWork, subject: str, number: int, *, given: int, version: int, present: Mapping[str, Any]) -> NoReturn:
    """Raise `Conflict` (``STALE_VERSION``) for a row of which ``given`` was read and which is at ``version`` now.

    ``present`` are the columns that the reader may have changed, as JSON values; ``subject`` is the row's name in the audit log.
    """
    missed = min(version - given, _MOST)
    changes: dict[str, Change] = {}
    if missed > 0:
        entries = await uow.rows(
            select(AuditEntry.after, AuditEntry.actor_label, AuditEntry.actor_kind, AuditEntry.happened_at)
            .where(AuditEntry.subject_type == subject, AuditEntry.subject_id == number)
            .where(func.jsonb_exists_any(AuditEntry.after, literal(list(present), ARRAY(String))))
            .order_by(AuditEntry.id.desc())
            .limit(missed)
        )
        for entry in entries:
            by = entry.actor_label or str(ActorKind(entry.actor_kind).value)
            for name in entry.after:
                if name in present and name not in changes:
                    changes[name] = Change((_path(name),), _as_read(present[name]), by, entry.happened_at)
    raise Conflict(_MESSAGE, code="STALE_VERSION", version=version, changes=list(changes.values()))


def _path(column: str) -> str:
    first, *rest = column.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _as_read(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
