"""Optimistic versions: who read an older one learns what others changed since, by whom and when.

Each change of a versioned row grows its version by one and records one audit entry about it, with the names of the changed columns as
keys of ``after``. So the last ``present - given`` entries that name one of the row's columns are what happened in between. An entry that
is missing costs the answer a line, never the refusal.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NoReturn

from sqlalchemy import ARRAY, String, func, literal, select

from backend.audit.models import AuditEntry
from backend.clients.reading import as_read, path_of
from backend.db import ActorKind, UnitOfWork
from backend.errors import Change, Conflict

_MOST = 50
_MESSAGE = "Somebody else has changed this meanwhile. Look at what changed and save again."


async def refuse_stale(uow: UnitOfWork, subject: str, number: int, *, given: int, present: Mapping[str, Any]) -> NoReturn:
    """Raise `Conflict` (``STALE_VERSION``) for a row of which ``given`` was read and which is now as ``present`` says.

    ``present`` has the row's version and every column that the reader may have changed; ``subject`` is its name in the audit log.
    """
    version: int = present["version"]
    columns = [name for name in present if name != "version"]
    missed = min(version - given, _MOST)
    changes: dict[str, Change] = {}
    if missed > 0:
        entries = await uow.rows(
            select(AuditEntry.after, AuditEntry.actor_label, AuditEntry.actor_kind, AuditEntry.happened_at)
            .where(AuditEntry.subject_type == subject, AuditEntry.subject_id == number)
            .where(func.jsonb_exists_any(AuditEntry.after, literal(columns, ARRAY(String))))
            .order_by(AuditEntry.id.desc())
            .limit(missed)
        )
        for entry in entries:
            for name in entry.after:
                if name in present and name not in changes:
                    by = entry.actor_label or str(ActorKind(entry.actor_kind).value)
                    changes[name] = Change(path_of(name), as_read(present[name], name), by, entry.happened_at)
    raise Conflict(_MESSAGE, code="STALE_VERSION", version=version, changes=list(changes.values()))


def as_json(value: Any) -> Any:
    """A column's value for the audit log."""
    return value.isoformat() if isinstance(value, date) else value


def author(uow: UnitOfWork) -> int | None:
    """The user who acts, where a user does."""
    return uow.actor.id if uow.actor.kind is ActorKind.USER else None
