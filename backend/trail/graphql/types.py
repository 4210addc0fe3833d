"""An entry of the audit log, pages of them, and how the chain stands."""

from collections.abc import Awaitable, Mapping
from datetime import datetime
from typing import Any, cast

import orjson
import strawberry

from backend.clients.graphql import Client, clients_by_id
from backend.db import ActorKind, AnyRow, ReadSession
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.pagination import PageInfo
from backend.graphql.relay import Node
from backend.trail import queries
from backend.trail.graphql.filters import kind_of

_ACTORS = {ActorKind.USER: "User", ActorKind.API_KEY: "ApiKey"}


@strawberry.type(description="Who did something: a user, an API key, a job, a command on the server, or somebody who was not signed in.")
class AuditActor:
    """A principal."""

    kind: ActorKind = strawberry.field(description="What kind of principal.")
    id: strawberry.ID | None = strawberry.field(description="The user's or the API key's id; null for all others.")
    name: str = strawberry.field(description="The name that it had then; a job's is its topic.")

    @classmethod
    def of(cls, kind: ActorKind, number: int | None, name: str) -> "AuditActor":
        """From the columns of an entry."""
        return cls(kind=kind, id=ids.encode(_ACTORS[kind], number) if number is not None and kind in _ACTORS else None, name=name)


@strawberry.type(description="One field that an entry speaks of.")
class AuditChange:
    """Before and after."""

    field: str = strawberry.field(description="The field's name.")
    before: str | None = strawberry.field(description="The value before; lists and objects as JSON. Null: there was none.")
    after: str | None = strawberry.field(description="The value after; lists and objects as JSON. Null: there is none.")


@strawberry.type(
    description="Who did what to which thing, and when. Entries are never changed or removed; an erasure empties what they say of a person."
)
class AuditEntry(Node):
    """An entry."""

    client_number: strawberry.Private[int | None]
    at: datetime = strawberry.field(description="When it happened.")
    actor: AuditActor = strawberry.field(description="Who did it.")
    action: str = strawberry.field(description="What was done, as a stable code such as client.updated.")
    subject_type: str = strawberry.field(description="What kind of thing it was done to, such as membership.")
    subject_id: strawberry.ID | None = strawberry.field(description="Which one. It may be gone.")
    changes: list[AuditChange] = strawberry.field(description="What changed, by the names of the fields.")
    emptied: bool = strawberry.field(description="True: it said more, until the erasure of the client it was about.")
    request_id: str | None = strawberry.field(description="Which request made it: entries of one request share it, and the logs name it.")

    @strawberry.field(description="The client it is about; null when it is about none, or when they are no longer on file.")
    async def client(self, info: Info) -> Client | None:
        """Loaded in one batch for the page."""
        if self.client_number is None:
            return None
        return await cast("Awaitable[Client | None]", info.context.load(clients_by_id, self.client_number))

    @classmethod
    def of(cls, row: AnyRow) -> "AuditEntry":
        """From a row of `queries.entries_in_order`."""
        return cls(
            id=ids.encode("AuditEntry", row.id),
            client_number=row.client_id,
            at=row.happened_at,
            actor=AuditActor.of(row.actor_kind, row.actor_id, row.actor_label),
            action=row.action,
            subject_type=row.subject_type,
            subject_id=ids.encode(kind_of(row.subject_type), row.subject_id) if row.subject_id is not None else None,
            changes=[AuditChange(field=name, before=old, after=new) for name, old, new in _changes(row.before, row.after)],
            emptied=row.emptied,
            request_id=row.request_id,
        )


def _changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[tuple[str, str | None, str | None]]:
    old, new = before or {}, after or {}
    return [(name, _said(old.get(name)), _said(new.get(name))) for name in sorted(old.keys() | new.keys())]


def _said(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else orjson.dumps(value).decode()


@strawberry.type(description="An entry and the cursor to go on after it.")
class AuditEntryEdge:
    """One place in the list."""

    cursor: str = strawberry.field(description="Give it as `after`.")
    node: AuditEntry = strawberry.field(description="The entry.")


@strawberry.type(description="A page of the audit log, the newest first.")
class AuditEntryConnection:
    """A keyset page."""

    criteria: strawberry.Private[queries.AuditCriteria]
    edges: list[AuditEntryEdge] = strawberry.field(description="The entries of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")

    @strawberry.field(description="How many there are in all. Counting stops at 1,000.")
    async def total_count(self, info: Info) -> int:
        """Counted only when it is asked for."""
        counted: tuple[int, bool] = await info.context.load(_counts, self.criteria)
        return counted[0]

    @strawberry.field(description="False when there are more than `totalCount`.")
    async def total_is_exact(self, info: Info) -> bool:
        """Whether the count was not cut short."""
        counted: tuple[int, bool] = await info.context.load(_counts, self.criteria)
        return counted[1]


async def _counts(reader: ReadSession, _context: Context, criteria: list[Any]) -> Mapping[Any, tuple[int, bool]]:
    return {item: await queries.count_of_entries(reader, item) for item in criteria}


@strawberry.type(
    description="How the chain over the log stands: every minute what is new is sealed, each seal covers the one before it, "
    "and every night all of it is verified."
)
class AuditChain:
    """Seals, and what the last look found."""

    sealed_at: datetime | None = strawberry.field(description="When the newest seal was made.")
    seals: int = strawberry.field(description="How many there are.")
    waiting: int = strawberry.field(description="How many entries are not sealed yet; counting stops at 1,000.")
    verified_at: datetime | None = strawberry.field(description="When the log was last compared with its seals.")
    verified_entries: int | None = strawberry.field(description="How many entries were compared then.")
    problem: str | None = strawberry.field(description="What was found wrong then, as a stable code such as entry-changed.")
    problem_number: int | None = strawberry.field(description="The number of the entry or seal that is wrong.")

    @classmethod
    def of(cls, row: AnyRow) -> "AuditChain":
        """From the row of `queries.chain`."""
        found: dict[str, Any] = row.found or {}
        return cls(
            sealed_at=row.sealed_at,
            seals=row.seals,
            waiting=row.waiting,
            verified_at=row.verified_at,
            verified_entries=found.get("checked"),
            problem=found.get("wrong"),
            problem_number=found.get("number"),
        )
