"""Doing a change to many clients, some hundreds in each transaction.

A step ends with the outbox row of the next one, in the same transaction. So a worker that is killed takes its step back, and the next
worker goes on with exactly the clients that were not done.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from backend.accounts.models import User
from backend.audit import service as audit
from backend.clients.bulk.starting import TOPIC, WITH_TAG
from backend.clients.models import BulkChange, BulkChangeItem, BulkKind, BulkState, Client, ClientTag, Tag
from backend.db import Actor, ActorKind, AnyRow, UnitOfWork, among
from backend.jobs import outbox
from backend.jobs.registry import handler

STEP = 500


@handler(TOPIC)
async def step(uow: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """Do the next clients of a change; the audit log names whoever began it."""
    number = payload["bulk_change_id"]
    bulk = await uow.row(select(BulkChange.__table__).where(BulkChange.id == number).with_for_update())
    if bulk is None or bulk.state != BulkState.RUNNING:
        return
    who = await uow.scalar(select(User.display_name).where(User.id == bulk.user_id))
    if who is not None:
        uow.actor = Actor(ActorKind.USER, id=bulk.user_id, label=who, request_id=uow.actor.request_id)
    tag = await uow.scalar(select(Tag.name).where(Tag.id == bulk.tag_id))
    if bulk.kind in WITH_TAG and tag is None:
        # Whoever removed the tag took it off everybody: nothing is left to do, and nothing to take back.
        await _finish(uow, number, BulkState.STOPPED)
        return
    waiting = select(BulkChangeItem.client_id).where(BulkChangeItem.bulk_change_id == number, BulkChangeItem.changed.is_(None))
    ids = list(await uow.scalars(waiting.order_by(BulkChangeItem.client_id).limit(STEP)))
    changed = await _do(uow, bulk, tag, ids)
    items = update(BulkChangeItem).where(BulkChangeItem.bulk_change_id == number, among(BulkChangeItem.client_id, ids))
    await uow.execute(items.values(changed=among(BulkChangeItem.client_id, changed)))
    done = update(BulkChange).where(BulkChange.id == number)
    await uow.execute(done.values(done=BulkChange.done + len(ids), changed=BulkChange.changed + len(changed)))
    if len(ids) == STEP:
        outbox.add(uow, TOPIC, {"bulk_change_id": number})
    else:
        await _finish(uow, number, BulkState.DONE)


async def _finish(uow: UnitOfWork, number: int, state: BulkState) -> None:
    await uow.execute(update(BulkChange).where(BulkChange.id == number).values(state=state, finished_at=func.clock_timestamp()))


async def _do(uow: UnitOfWork, bulk: AnyRow, tag: str | None, ids: Sequence[int]) -> list[int]:
    """Change those of the clients for whom it changes anything; returns them. Who was merged into another stays as they are."""
    # In the order of their numbers, as everybody locks them who locks several.
    there = select(Client.id, Client.archived_at, Client.version).where(among(Client.id, ids), Client.merged_into_id.is_(None))
    clients = await uow.rows(there.order_by(Client.id).with_for_update())
    if bulk.kind in WITH_TAG:
        return await _tag(uow, bulk, tag or "", [row.id for row in clients])
    archive = bulk.kind == BulkKind.ARCHIVE
    meant = [row for row in clients if (row.archived_at is None) is archive]
    now = await uow.scalar(select(func.now()))
    values = {"archived_at": now if archive else None, "version": Client.version + 1}
    await uow.execute(update(Client).where(among(Client.id, [row.id for row in meant])).values(**values))
    for row in meant:
        before = row.archived_at.isoformat() if row.archived_at else None
        after = now.isoformat() if archive else None
        action = "client.archived" if archive else "client.restored"
        audit.record(uow, action, "client", row.id, client_id=row.id, before={"archived_at": before}, after={"archived_at": after})
    return [row.id for row in meant]


async def _tag(uow: UnitOfWork, bulk: AnyRow, tag: str, ids: Sequence[int]) -> list[int]:
    add = bulk.kind == BulkKind.ADD_TAG
    if add:
        rows = select(Client.id, literal(bulk.tag_id)).where(among(Client.id, ids))
        put = insert(ClientTag).from_select(["client_id", "tag_id"], rows).on_conflict_do_nothing()
        changed = list(await uow.scalars(put.returning(ClientTag.client_id)))
    else:
        off = delete(ClientTag).where(ClientTag.tag_id == bulk.tag_id, among(ClientTag.client_id, ids))
        changed = list(await uow.scalars(off.returning(ClientTag.client_id)))
    for client_id in changed:
        before, after = ([], [tag]) if add else ([tag], [])
        audit.record(uow, "client.tags_changed", "client", client_id, client_id=client_id, before={"tags": before}, after={"tags": after})
    return changed
