"""Beginning a change to many clients: who it is about is written down once, so nothing that happens meanwhile adds to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, literal, select
from sqlalchemy.dialects.postgresql import insert

from backend.audit import idempotency
from backend.audit import service as audit
from backend.clients import queries
from backend.clients.models import BulkChange, BulkChangeItem, BulkKind, BulkState, Client, ClientTag, Tag
from backend.clients.queries import ClientCriteria
from backend.db import ActorKind, AnyRow, ReadSession, UnitOfWork
from backend.errors import Conflict, FieldError, NotFound, ValidationFailed
from backend.jobs import outbox

MOST = 20_000
TOPIC = "clients.bulk_change"

OPPOSITE = {
    BulkKind.ADD_TAG: BulkKind.REMOVE_TAG,
    BulkKind.REMOVE_TAG: BulkKind.ADD_TAG,
    BulkKind.ARCHIVE: BulkKind.RESTORE,
    BulkKind.RESTORE: BulkKind.ARCHIVE,
}
_NOT_KEPT = {"search", "clientIds"}
WITH_TAG = {BulkKind.ADD_TAG, BulkKind.REMOVE_TAG}


@dataclass(frozen=True, slots=True)
class Preview:
    """How many clients are meant, and for how many of them anything would change; both end at the most that is done at once."""

    count: int
    is_exact: bool
    changing: int


async def preview(reader: ReadSession, kind: BulkKind, tag_id: int | None, criteria: ClientCriteria, day: date) -> Preview:
    """Count without changing. Raises `ValidationFailed` where the tag is missing or gone."""
    await _check_tag(reader, kind, tag_id)
    meant = queries.ids_matching(criteria, day).limit(MOST + 1).cte("meant").prefix_with("MATERIALIZED")
    changing = select(func.count()).select_from(meant.join(Client, Client.id == meant.c.id)).where(_would_change(kind, tag_id))
    everybody = select(func.count()).select_from(meant).scalar_subquery()
    row = await reader.row(select(everybody.label("meant"), changing.scalar_subquery().label("changing")))
    count, few = (row.meant, row.changing) if row is not None else (0, 0)
    return Preview(min(count, MOST), count <= MOST, min(few, MOST))


def _would_change(kind: BulkKind, tag_id: int | None) -> Any:
    if kind in WITH_TAG:
        carries = exists(select(1).where(ClientTag.client_id == Client.id, ClientTag.tag_id == tag_id))
        return ~carries if kind is BulkKind.ADD_TAG else carries
    return Client.archived_at.is_(None) if kind is BulkKind.ARCHIVE else Client.archived_at.is_not(None)


async def _check_tag(reader: ReadSession, kind: BulkKind, tag_id: int | None) -> None:
    if kind not in WITH_TAG:
        return
    if tag_id is None:
        raise ValidationFailed(FieldError(("tagId",), "REQUIRED", "Choose a tag."))
    if await reader.scalar(select(Tag.id).where(Tag.id == tag_id)) is None:
        raise ValidationFailed(FieldError(("tagId",), "NO_SUCH_TAG", "This tag is no longer there."))


async def start(
    uow: UnitOfWork,
    kind: BulkKind,
    tag_id: int | None,
    criteria: ClientCriteria,
    asked: Mapping[str, Any],
    *,
    day: date,
    expected: int,
    key: UUID | None,
) -> int:
    """Write down who is meant and leave the work to the worker; returns the change's number.

    ``asked`` is kept as what was asked for. ``expected`` is the count that was agreed to: where it is another one now, somebody has to
    look again. Raises `ValidationFailed` and `Conflict` (``SELECTION_CHANGED``).
    """
    made = await idempotency.made_before(uow, key, "startBulkChange", [kind, tag_id, asked, expected])
    if made is not None:
        return made
    await _check_tag(uow, kind, tag_id)
    one = await _write(uow, kind, tag_id, asked)
    found = await _settle(uow, one, queries.ids_matching(criteria, day).limit(MOST + 1))
    if found > MOST:
        said = f"That is more than {MOST:,} clients, which is the most at once. Narrow it down."
        raise ValidationFailed(FieldError(("filter",), "TOO_MANY", said))
    if found != expected:
        said = f"It is about {found:,} clients now and not {expected:,}. Look at them again before you go on."
        raise Conflict(said, code="SELECTION_CHANGED")
    await _begin(uow, one, found)
    await idempotency.remember(uow, key, one.id)
    return one.id


async def undo(uow: UnitOfWork, bulk_id: int, *, key: UUID | None) -> int:
    """Take back what a finished change did: for those whom it changed, and as far as nobody has changed it since; returns the number.

    Raises `NotFound` and `Conflict` (``STILL_RUNNING``, ``ALREADY_UNDONE``, ``TAG_GONE``).
    """
    made = await idempotency.made_before(uow, key, "undoBulkChange", bulk_id)
    if made is not None:
        return made
    row = await uow.row(select(BulkChange.__table__).where(BulkChange.id == bulk_id).with_for_update())
    if row is None:
        raise NotFound("This change is no longer on record.")
    if row.state == BulkState.RUNNING:
        raise Conflict("It is still being done. Wait until it is done.", code="STILL_RUNNING")
    if await uow.scalar(select(BulkChange.id).where(BulkChange.undoes_id == bulk_id)) is not None:
        raise Conflict("This was undone before.", code="ALREADY_UNDONE")
    if row.kind in WITH_TAG and row.tag_id is None:
        raise Conflict("The tag was removed meanwhile, from everybody.", code="TAG_GONE")
    one = await _write(uow, OPPOSITE[BulkKind(row.kind)], row.tag_id, {"undoes": bulk_id}, undoes_id=bulk_id)
    changed = select(BulkChangeItem.client_id.label("id")).where(BulkChangeItem.bulk_change_id == bulk_id, BulkChangeItem.changed.is_(True))
    await _begin(uow, one, await _settle(uow, one, changed))
    await idempotency.remember(uow, key, one.id)
    return one.id


async def _write(uow: UnitOfWork, kind: BulkKind, tag_id: int | None, asked: Mapping[str, Any], undoes_id: int | None = None) -> BulkChange:
    # What was searched for may be somebody's name, and must not outlive them here; the chosen stand in the items.
    kept = {name: value for name, value in asked.items() if name not in _NOT_KEPT}
    user_id = uow.actor.id if uow.actor.kind is ActorKind.USER else None
    one = BulkChange(kind=kind, tag_id=tag_id, criteria=kept, total=0, user_id=user_id, undoes_id=undoes_id)
    uow.add(one)
    await uow.flush()
    return one


async def _settle(uow: UnitOfWork, one: BulkChange, ids: Select[Any]) -> int:
    meant = ids.subquery("meant")
    items = insert(BulkChangeItem).from_select(["bulk_change_id", "client_id"], select(literal(one.id), meant.c.id))
    written = items.returning(BulkChangeItem.client_id).cte("written")
    found: int = await uow.scalar(select(func.count()).select_from(written))
    return found


async def _begin(uow: UnitOfWork, one: BulkChange, total: int) -> None:
    one.total = total
    if total == 0:
        one.state, one.finished_at = BulkState.DONE, func.now()
    after = {"kind": one.kind, "tag_id": one.tag_id, "total": total, "criteria": one.criteria}
    audit.record(uow, "bulk_change.started", "bulk_change", one.id, after=after)
    await uow.flush()
    if total:
        outbox.add(uow, TOPIC, {"bulk_change_id": one.id})


async def bulk_change(reader: ReadSession, bulk_id: int) -> AnyRow | None:
    """One change with its progress, and the number of the change that took it back."""
    later = select(BulkChange.id).where(BulkChange.undoes_id == bulk_id).scalar_subquery()
    statement = select(BulkChange.__table__, Tag.name.label("tag_name"), later.label("undone_by_id"))
    return await reader.row(statement.outerjoin(Tag, Tag.id == BulkChange.tag_id).where(BulkChange.id == bulk_id))
