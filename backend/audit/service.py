"""Recording changes, in the transaction that makes them."""

from typing import Any

from backend.audit.models import AuditEntry
from backend.db import UnitOfWork


def record(
    uow: UnitOfWork,
    action: str,
    subject_type: str,
    subject_id: int | None,
    *,
    client_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add one entry, by the unit of work's actor.

    ``action`` is a verb in the past (``client.created``), ``subject_type`` the thing's name in PRODUCT's words. ``before``
    and ``after`` hold only what changed, as JSON values; never a password, a hash or a token.
    """
    uow.add(
        AuditEntry(
            actor_kind=uow.actor.kind,
            actor_id=uow.actor.id,
            actor_label=uow.actor.label,
            request_id=uow.actor.request_id,
            action=action,
            subject_type=subject_type,
            subject_id=subject_id,
            client_id=client_id,
            before=before,
            after=after,
        )
    )
