"""Removing a membership or an authorization that was a mistake, and putting it back from the audit log."""

import orjson
from sqlalchemy import delete, select, text

from backend.audit import service as audit
from backend.audit.models import AuditEntry
from backend.clients.models import Client
from backend.db import ReadSession, UnitOfWork
from backend.errors import FieldError, NotFound, ValidationFailed
from backend.memberships.models import Authorization, MembershipTier
from backend.memberships.service.holdings import MEMBERSHIP, Kind, Saved, lock, lock_client, row_as_json


async def remove(uow: UnitOfWork, kind: Kind, number: int, *, version: int) -> int:
    """Delete the row; everything in it stays in the audit entry. Returns the client's number; raises `NotFound` and `Conflict`."""
    held = await lock(uow, kind, number, version=version)
    before = row_as_json(held)
    if kind is MEMBERSHIP:
        before["tier"] = await uow.scalar(select(MembershipTier.name).where(MembershipTier.id == held.tier_id))
    await uow.execute(delete(kind.table).where(kind.table.id == number))
    audit.record(uow, f"{kind.subject}.removed", kind.subject, number, client_id=held.client_id, before=before)
    client_id: int = held.client_id
    return client_id


async def put_back(uow: UnitOfWork, kind: Kind, number: int) -> Saved:
    """Put back what `remove` deleted, with the same number; one that is there already is the answer.

    Its days may overlap others by now: it is as it was, and whoever looks can correct it. Where its client was merged meanwhile it
    becomes the other one's. Raises `NotFound` where nothing was removed or an erasure has emptied the entry, and `ValidationFailed`
    (``SAME_AUTHORIZATION``) where another authorization has taken its place.
    """
    entry = await uow.row(
        select(AuditEntry.before)
        .where(AuditEntry.subject_type == kind.subject, AuditEntry.subject_id == number, AuditEntry.action == f"{kind.subject}.removed")
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    if entry is None or not entry.before:
        raise NotFound(f"There is no removed {kind.subject} with this id.")
    client_id = await _present_client(uow, entry.before["client_id"])
    await lock_client(uow, client_id, for_more=False)
    there = await uow.scalar(select(kind.table.client_id).where(kind.table.id == number))
    if there is not None:
        return Saved(number, there, already_there=True)
    known = {column.name for column in kind.table.__table__.columns}
    row = {name: value for name, value in entry.before.items() if name in known}
    row |= {"client_id": client_id, "version": row["version"] + 1}
    if kind is not MEMBERSHIP:
        await _refuse_taken(uow, row)
    names = ", ".join(sorted(row))
    # The names are the table's own. Its number is the database's to give, so it has to be told that this one is ours.
    table = kind.table.__tablename__
    statement = f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE SELECT {names} FROM jsonb_populate_record(NULL::{table}, CAST(:row AS jsonb))"  # noqa: E501
    await uow.execute(text(statement), {"row": orjson.dumps(row).decode()})
    after = {name: row[name] for name in ("starts_on", "ends_on")} | {name: value for name, value in entry.before.items() if name == "tier"}
    audit.record(uow, f"{kind.subject}.put_back", kind.subject, number, client_id=client_id, after=after)
    return Saved(number, client_id)


async def _present_client(reader: ReadSession, client_id: int) -> int:
    merged_into = await reader.scalar(select(Client.merged_into_id).where(Client.id == client_id))
    return merged_into or client_id


async def _refuse_taken(reader: ReadSession, row: dict[str, object]) -> None:
    same = select(Authorization.starts_on, Authorization.authorization_number).where(
        Authorization.client_id == row["client_id"], Authorization.uci_number == row["uci_number"]
    )
    key = (row["starts_on"], row["authorization_number"] or "")
    if any((other.starts_on.isoformat(), other.authorization_number or "") == key for other in await reader.rows(same)):
        said = "Another authorization with its UCI number, number and first day was added meanwhile."
        raise ValidationFailed(FieldError(("authorizationNumber",), "SAME_AUTHORIZATION", said))
