"""Taking hold of a client for the length of a transaction: whoever changes one, or what belongs to one, begins here."""

from sqlalchemy import exists, select

from backend.clients.models import Client, Erasure
from backend.clients.service import details
from backend.clients.service.versions import refuse_stale
from backend.db import AnyRow, UnitOfWork
from backend.errors import Conflict, NotFound

_COLUMNS = [column for column in Client.__table__.columns if column.name not in {"sort_name", "sort_given"}]


async def locked(uow: UnitOfWork, client_id: int) -> AnyRow:
    """The client's columns; nobody else changes them, or what belongs to the client, before this transaction ends.

    Raises `NotFound`, and `Conflict` for somebody who was merged into another client (``MERGED``) or erased (``ERASED``).
    """
    erased = exists().where(Erasure.client_id == Client.id).label("erased")
    # Visits of the client need not wait: they refer to it by its key, which stays.
    row = await uow.row(select(*_COLUMNS, erased).where(Client.id == client_id).with_for_update(key_share=True, of=Client))
    if row is None:
        raise NotFound("There is no such client.")
    if row.merged_into_id is not None:
        raise Conflict("This client was merged into another one. Change that one instead.", code="MERGED")
    if row.erased:
        raise Conflict("This client was erased. Nothing can be added to them any more.", code="ERASED")
    return row


async def at_version(uow: UnitOfWork, client_id: int, version: int) -> AnyRow:
    """`locked`, if the version is the present one; raises `Conflict` (``STALE_VERSION``) with what changed otherwise."""
    row = await locked(uow, client_id)
    if row.version != version:
        shown = {name: getattr(row, name) for name in (*details.RULES, "member_code", "archived_at", "version")}
        await refuse_stale(uow, "client", client_id, given=version, present=shown)
    return row
