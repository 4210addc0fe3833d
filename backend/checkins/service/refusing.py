"""Recording that somebody was not checked in. The refusal itself took its transaction back, so it is written in one of its own."""

from datetime import timedelta

from sqlalchemy import func, select

from backend.audit import service as audit
from backend.audit.models import AuditEntry
from backend.db import UnitOfWork
from backend.errors import CheckInRefused

AGAIN_AFTER = timedelta(minutes=1)
"""For how long the same refusal is not written again."""


async def record_refusal(uow: UnitOfWork, refusal: CheckInRefused, *, station_id: int | None) -> None:
    """Add it to the audit log, unless the same actor was refused the same client for the same reason within the last minute."""
    client_id: int = refusal.standing.client_id
    action = "check_in.refused"
    told = select(AuditEntry.id).where(
        AuditEntry.client_id == client_id,
        AuditEntry.action == action,
        AuditEntry.actor_kind == uow.actor.kind,
        AuditEntry.actor_id == uow.actor.id,
        AuditEntry.after["reason"].as_string() == refusal.reason,
        AuditEntry.happened_at > func.now() - AGAIN_AFTER,
    )
    if await uow.scalar(told.limit(1)) is None:
        after = {"reason": refusal.reason, "standing": refusal.standing.status, "station_id": station_id}
        audit.record(uow, action, "check_in", None, client_id=client_id, after={k: v for k, v in after.items() if v is not None})
