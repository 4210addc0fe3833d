"""A client's timeline over GraphQL."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import strawberry

from backend.clients import timeline
from backend.clients.timeline_words import summary
from backend.db import ActorKind, AnyRow, ReadSession
from backend.graphql import ids
from backend.graphql.context import Context
from backend.graphql.pagination import PageInfo, decode_cursor, encode_cursor, page_info
from backend.graphql.relay import Node

_KIND = "TIMELINE"

strawberry.enum(ActorKind, description="What kind of principal did something. OPERATOR: a command on the server.")


@strawberry.type(description="One field that changed, as people read it.")
class FieldHistory:
    """Before and after."""

    path: list[str] = strawberry.field(description="Which field, by its name in the inputs.")
    before: str | None = strawberry.field(description="What it was; null where it was empty.")
    after: str | None = strawberry.field(description="What it became; null where it was cleared.")


@strawberry.type(description="Something that happened to a client.")
class TimelineEntry(Node):
    """An entry of the audit log."""

    at: datetime = strawberry.field(description="When.")
    by_name: str = strawberry.field(description="Who did it; empty where nobody signed in did.")
    by_kind: ActorKind = strawberry.field(description="What kind of principal did it.")
    action: str = strawberry.field(description="What was done, as a stable code such as client.updated or check_in.recorded.")
    subject: str = strawberry.field(description="What kind of thing it was done to: client, note, contact_method, check_in.")
    changes: list[FieldHistory] = strawberry.field(description="The fields that changed.")
    summary: str = strawberry.field(description="One line for people, in the language of whoever asks.")

    @classmethod
    def of(cls, row: AnyRow, language: str) -> "TimelineEntry":
        """From a row of `timeline.entries_of`."""
        changed = [FieldHistory(path=list(item.path), before=item.before, after=item.after) for item in timeline.changes_in(row)]
        return cls(
            id=ids.encode("TimelineEntry", row.id),
            at=row.happened_at,
            by_name=row.actor_label,
            by_kind=ActorKind(row.actor_kind),
            action=row.action,
            subject=row.subject_type,
            changes=changed,
            summary=summary(row.action, row.subject_type, row.before, row.after, language),
        )


@strawberry.type(description="An entry and the cursor to go on after it.")
class TimelineEdge:
    """One place in the list."""

    cursor: str = strawberry.field(description="Give it as `after`.")
    node: TimelineEntry = strawberry.field(description="The entry.")


@strawberry.type(description="A page of what happened to a client.")
class TimelineConnection:
    """A keyset page."""

    edges: list[TimelineEdge] = strawberry.field(description="The entries of this page, the newest first.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")


_Key = tuple[int, int, str | None]


async def timelines(reader: ReadSession, context: Context, keys: list[_Key]) -> Mapping[_Key, TimelineConnection]:
    """Batch: pages by client, size and cursor; one statement for each size and cursor, and a document has few."""
    asked: dict[tuple[int, str | None], list[int]] = defaultdict(list)
    for client_id, first, after in keys:
        asked[first, after].append(client_id)
    pages: dict[_Key, TimelineConnection] = {}
    for (first, after), client_ids in asked.items():
        last = decode_cursor(after, _KIND, int)[0] if after else None
        rows: dict[int, list[AnyRow]] = defaultdict(list)
        for row in await timeline.entries_of(reader, client_ids, first=first, after=last):
            rows[row.about].append(row)
        for client_id in client_ids:
            pages[client_id, first, after] = _page(rows[client_id], first, after, context.signed_in.language)
    return pages


def _page(rows: Sequence[AnyRow], first: int, after: str | None, language: str) -> TimelineConnection:
    shown = rows[:first]
    cursors = [encode_cursor(_KIND, row.id) for row in shown]
    edges = [TimelineEdge(cursor=cursor, node=TimelineEntry.of(row, language)) for cursor, row in zip(cursors, shown, strict=True)]
    return TimelineConnection(edges=edges, page_info=page_info(cursors, more=len(rows) > first, after=after))
