"""Taking the removal of a contact method back, for as long as the desk offers Undo: whole, as the audit log kept it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import func, select, text

from backend import clock
from backend.audit import idempotency
from backend.audit import service as audit
from backend.audit.models import AuditEntry
from backend.checking import Checker
from backend.clients.models import Client, ContactKind
from backend.clients.service import contacts, duplicates
from backend.clients.service.locking import locked
from backend.clients.service.versions import refuse_stale
from backend.db import AnyRow, UnitOfWork
from backend.errors import Conflict, NotFound

_MISSING = "There is no removed contact method with this id."
# Its number is the database's to give, so it has to be told that this one is ours.
_PUT_BACK = text(
    """
    INSERT INTO contact_methods
      (id, client_id, kind, value, label, is_primary, needs_fixing, verified_at, opted_out_at, created_at, version)
    OVERRIDING SYSTEM VALUE
    SELECT id, client_id, kind, value, label, is_primary, needs_fixing, verified_at, opted_out_at, created_at, version
    FROM jsonb_populate_record(NULL::contact_methods, CAST(:row AS jsonb))
    """
)


async def restore(uow: UnitOfWork, number: int, version: int, *, within: timedelta, key: UUID | None = None) -> tuple[int, int]:
    """Put back what `contacts.remove` took, with its number, proof and opting out; the client's number and the new version.

    ``version``: the one at which it was removed. One that is back already stays. It is the primary one again unless another was chosen
    meanwhile; where its client was merged it becomes the other one's. Raises `NotFound` (nothing was removed, or an erasure emptied the
    entry), `Conflict` (``TOO_LATE``, ``STALE_VERSION``, ``ERASED``, ``KEY_REUSED``), `ValidationFailed` (``ALREADY_THERE``, ``TOO_MANY``).
    """
    made = await idempotency.made_before(uow, key, "restoreContactMethod", [number, version])
    entry = await _removal(uow, number)
    if entry is None or not entry.before:
        raise NotFound(_MISSING)
    client_id: int = entry.client_id
    if made is not None:
        return client_id, version + 1
    await locked(uow, client_id)
    others = await contacts.siblings(uow, client_id)
    there = next((other for other in others if other.id == number), None)
    present = there.version if there is not None else entry.before["version"]
    if present != (version + 1 if there is not None else version):
        shown = {name: getattr(there, name) for name in contacts.SHOWN} if there is not None else {"version": present}
        await refuse_stale(uow, "contact_method", number, given=version, present=shown)
    if there is None:
        if clock.now() - entry.happened_at > within:
            minutes = int(within.total_seconds() // 60)
            raise Conflict(f"A removal can be undone for {minutes} minutes; that time is over.", code="TOO_LATE")
        await _put_back(uow, number, client_id, entry.before, others)
    await idempotency.remember(uow, key, number)
    return client_id, version + 1


async def _removal(uow: UnitOfWork, number: int) -> AnyRow | None:
    """The newest removal of it: the instant, what was removed, whose it is now."""
    return await uow.row(
        select(AuditEntry.before, AuditEntry.happened_at, func.coalesce(Client.merged_into_id, Client.id).label("client_id"))
        .join(Client, Client.id == AuditEntry.client_id)
        .where(AuditEntry.subject_type == "contact_method", AuditEntry.subject_id == number)
        .where(AuditEntry.action == "contact_method.removed")
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )


async def _put_back(uow: UnitOfWork, number: int, client_id: int, kept: dict[str, Any], others: list[AnyRow]) -> None:
    check = Checker()
    kind = ContactKind(kept["kind"])
    contacts.refuse_double(check, others, kind, kept["value"])
    contacts.refuse_too_many(check, others)
    check.done()
    now_primary = next((other for other in others if other.kind is kind and other.is_primary), None)
    again = bool(kept.get("is_primary")) and (now_primary is None or now_primary.id == kept.get("heir_id"))
    if again:
        await contacts.step_down(uow, others, kind)
    row = {"needs_fixing": False} | {name: value for name, value in kept.items() if name != "heir_id"}
    row |= {"id": number, "client_id": client_id, "is_primary": again, "version": kept["version"] + 1}
    await uow.execute(_PUT_BACK, {"row": orjson.dumps(row).decode()})
    after = {name: row[name] for name in ("kind", *contacts.SHOWN) if name != "version" and row.get(name)}
    audit.record(uow, "contact_method.restored", "contact_method", number, client_id=client_id, after=after)
    await duplicates.note_pairs(uow, client_id)
