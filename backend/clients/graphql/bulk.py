"""Changing many clients at once, over GraphQL: count, begin, watch, take back."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import strawberry

from backend import clock, errors
from backend.accounts.permissions import Permission
from backend.clients.bulk import starting
from backend.clients.graphql.filters import ClientFilter, criteria_of
from backend.clients.models import BulkKind, BulkState
from backend.clients.queries import ClientCriteria
from backend.db import AnyRow
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, NotAllowed, NotFound, ValidationProblem
from backend.graphql.fields import mutation, query
from backend.graphql.relay import Node

strawberry.enum(BulkKind, description="What may be done to many clients at once. ARCHIVE and RESTORE need `clients:archive`.")
strawberry.enum(BulkState, description="RUNNING: the worker is at it. DONE. STOPPED: it could not go on, because the tag was removed.")


@strawberry.input(description="What is to be done, and to whom: to those of a filter, or to those of them that were chosen.")
class BulkPreviewInput:
    """A change to count."""

    kind: BulkKind = strawberry.field(description="What to do.")
    tag_id: strawberry.ID | None = strawberry.field(default=None, description="The tag to put on or to take off.")
    search: str | None = strawberry.field(default=None, description="As in `clients`; here all who fit are meant, not the first 500.")
    filter: ClientFilter | None = strawberry.field(default=None, description="As in `clients`.")
    client_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Only these, at most 1,000, as far as they fulfil the filter."
    )


@strawberry.input(description="A change that was counted and agreed to.")
class StartBulkChangeInput(BulkPreviewInput):
    """A change to begin."""

    expected_count: int = strawberry.field(description="The `count` of the preview. Where it is another one by now, nothing is begun.")
    idempotency_key: UUID | None = strawberry.field(default=None, description="Made by you: the same key begins one change.")


@strawberry.input(description="Which change to take back.")
class UndoBulkChangeInput:
    """A change."""

    id: strawberry.ID = strawberry.field(description="Which change.")
    idempotency_key: UUID | None = strawberry.field(default=None, description="Made by you: the same key begins one change.")


@strawberry.type(description="How many clients a change would be about.")
class BulkPreview:
    """A count."""

    count: int = strawberry.field(description="How many are meant; counting stops at 20,000, the most that is done at once.")
    count_is_exact: bool = strawberry.field(description="False when there are more, and it can't be begun.")
    changing: int = strawberry.field(description="For how many of them anything would change: the others are so already.")


@strawberry.type(description="A change to many clients. It goes on in the background, whether somebody watches or not.")
class BulkChange(Node):
    """A change."""

    kind: BulkKind = strawberry.field(description="What is done.")
    tag_name: str | None = strawberry.field(description="The tag that is put on or taken off.")
    state: BulkState = strawberry.field(description="How far it is.")
    total: int = strawberry.field(description="How many clients it is about.")
    done: int = strawberry.field(description="How many of them were looked at.")
    changed: int = strawberry.field(description="How many of those were changed.")
    created_at: datetime = strawberry.field(description="When it was begun.")
    finished_at: datetime | None = strawberry.field(description="When it was done.")
    is_undo: bool = strawberry.field(description="Whether it takes another one back.")
    undone: bool = strawberry.field(description="Whether it was taken back, or is being.")
    may_undo: bool = strawberry.field(description="Whether you may take it back now.")

    @classmethod
    def of(cls, row: AnyRow, info: Info) -> "BulkChange":
        """From a row of `starting.bulk_change`, as whoever asks sees it."""
        finished = row.state == BulkState.DONE and row.changed > 0
        return cls(
            id=ids.encode("BulkChange", row.id),
            kind=row.kind,
            tag_name=row.tag_name,
            state=row.state,
            total=row.total,
            done=row.done,
            changed=row.changed,
            created_at=row.created_at,
            finished_at=row.finished_at,
            is_undo=row.undoes_id is not None,
            undone=row.undone_by_id is not None,
            may_undo=finished and row.undone_by_id is None and row.undoes_id is None and _may(info, row.kind),
        )


@strawberry.type(description="It has begun.")
class BulkChangeStarted:
    """A change."""

    bulk_change: BulkChange = strawberry.field(description="The change; ask for its progress by its id.")


_Problem: TypeAlias = ValidationProblem | Conflict | NotFound | NotAllowed
StartBulkChangeResult = Annotated[
    BulkChangeStarted | _Problem, strawberry.union("StartBulkChangeResult", description="The change, or why it was not begun.")
]
UndoBulkChangeResult = Annotated[
    BulkChangeStarted | _Problem, strawberry.union("UndoBulkChangeResult", description="The change that takes it back, or why not.")
]


def _may(info: Info, kind: BulkKind) -> bool:
    needed = Permission.CLIENTS_WRITE if kind in starting.WITH_TAG else Permission.CLIENTS_ARCHIVE
    return info.context.signed_in.may(needed)


def _read(info: Info, asked: BulkPreviewInput) -> tuple[int | None, ClientCriteria]:
    """The tag and the criteria; raises `NotAllowed` for a kind that the principal may not do."""
    if not _may(info, asked.kind):
        raise errors.NotAllowed
    tag_id = ids.decode(asked.tag_id, "Tag") if asked.tag_id and asked.kind in starting.WITH_TAG else None
    zone = info.context.settings.zone
    return tag_id, criteria_of(asked.search, asked.filter, today=clock.today(zone), zone=zone, chosen=asked.client_ids)


def _asked(input: StartBulkChangeInput) -> dict[str, Any]:
    given = asdict(input.filter) if input.filter else {}
    kept = {name: value for name, value in given.items() if value not in (None, False, [])}
    dated = {name: value.isoformat() if hasattr(value, "isoformat") else getattr(value, "value", value) for name, value in kept.items()}
    chosen = sorted(input.client_ids) if input.client_ids is not None else None
    more = {"search": input.search, "clientIds": chosen, "chosen": len(chosen) if chosen is not None else None}
    return dated | {name: value for name, value in more.items() if value is not None}


async def _started(info: Info, number: int) -> BulkChangeStarted:
    row = await starting.bulk_change(info.context.reader, number)
    if row is None:
        raise errors.NotFound("This change is no longer on record.")
    return BulkChangeStarted(bulk_change=BulkChange.of(row, info))


@strawberry.type
class BulkQuery:
    """Root fields."""

    @query(Permission.CLIENTS_WRITE, description="How many clients a change would be about. Nothing is changed.")
    async def bulk_preview(
        self, info: Info, input: Annotated[BulkPreviewInput, strawberry.argument(description="What, and to whom.")]
    ) -> BulkPreview:
        """Two statements at most."""
        tag_id, criteria = _read(info, input)
        day = info.context.today()
        counted = await starting.preview(info.context.reader, input.kind, tag_id, criteria, day)
        return BulkPreview(count=counted.count, count_is_exact=counted.is_exact, changing=counted.changing)

    @query(Permission.CLIENTS_WRITE, description="A change to many clients and how far it is; null when there is none with this id.")
    async def bulk_change(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The change's id.")]
    ) -> BulkChange | None:
        """One statement."""
        try:
            row = await starting.bulk_change(info.context.reader, ids.decode(id, "BulkChange"))
        except errors.NotFound:
            return None
        return BulkChange.of(row, info) if row is not None else None


@strawberry.type
class BulkMutation:
    """Root fields."""

    @mutation(Permission.CLIENTS_WRITE, description="Begin a change to many clients. Who they are is settled now; the worker does it.")
    async def start_bulk_change(
        self, info: Info, input: Annotated[StartBulkChangeInput, strawberry.argument(description="What, and to whom.")]
    ) -> StartBulkChangeResult:
        """One transaction."""
        tag_id, criteria = _read(info, input)
        day = info.context.today()
        async with info.context.unit_of_work() as uow:
            number = await starting.start(
                uow, input.kind, tag_id, criteria, _asked(input), day=day, expected=input.expected_count, key=input.idempotency_key
            )
        return await _started(info, number)

    @mutation(Permission.CLIENTS_WRITE, description="Take a change to many clients back, for those whom it changed.")
    async def undo_bulk_change(
        self, info: Info, input: Annotated[UndoBulkChangeInput, strawberry.argument(description="Which change.")]
    ) -> UndoBulkChangeResult:
        """One transaction."""
        number = ids.decode(input.id, "BulkChange")
        async with info.context.unit_of_work() as uow:
            row = await starting.bulk_change(uow, number)
            if row is not None and not _may(info, row.kind):
                raise errors.NotAllowed
            taken_back = await starting.undo(uow, number, key=input.idempotency_key)
        return await _started(info, taken_back)
