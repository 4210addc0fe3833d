"""What came over from the predecessor: runs, their counts, and why rows were not simply copied."""

import enum
from collections import defaultdict
from collections.abc import Awaitable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, cast

import strawberry

from backend.db import AnyRow, ReadSession
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.pagination import PageInfo, decode_cursor, encode_cursor, page_info, page_size
from backend.graphql.relay import Node
from backend.system import queries

if TYPE_CHECKING:
    from backend.clients.graphql import Client

CLIENT = "client_by_id"
"""The batch of a feature above that knows clients by their numbers."""
_KIND = "REMARK"


@strawberry.enum(description="What became of a row that was not simply copied. CHANGED: it was copied, but a value of it is not as it was.")
class RemarkOutcome(enum.StrEnum):
    """What became of it."""

    JOINED = "joined"
    ASIDE = "aside"
    CHANGED = "changed"


@strawberry.type(description="The counts of one table, or of one field of it. `read` is always the sum of the other four.")
class AdoptionLine:
    """A line of the report."""

    part: str = strawberry.field(description="The predecessor's table, such as clients, or a field of it, such as clients.phone.")
    read: int = strawberry.field(description="How many were found.")
    copied: int = strawberry.field(description="How many became rows of their own.")
    joined: int = strawberry.field(description="How many were joined with another.")
    already: int = strawberry.field(description="How many were there from an earlier run.")
    aside: int = strawberry.field(description="How many were left in the schema `legacy`.")


@strawberry.type(description="How often one reason occurred in one part.")
class AdoptionReason:
    """A reason with its count."""

    part: str = strawberry.field(description="The table or field, as in the lines.")
    outcome: RemarkOutcome = strawberry.field(description="What became of these rows.")
    reason: str = strawberry.field(description="The reason as a stable code, such as no_area_code.")
    count: int = strawberry.field(description="How many rows have it.")


@strawberry.type(description="Why one row of the predecessor, or a value of it, was not simply copied.")
class AdoptionRemark(Node):
    """A remark about one row."""

    client_number: strawberry.Private[int | None]
    outcome: RemarkOutcome = strawberry.field(description="What became of it.")
    reason: str = strawberry.field(description="The reason as a stable code.")
    source_id: str | None = strawberry.field(description="The row's id in the schema `legacy`.")

    @strawberry.field(description="The client it is about; null when it is about none, or when they are no longer on file.")
    async def client(self, info: Info) -> Annotated["Client", strawberry.lazy("backend.clients.graphql")] | None:
        """Loaded in one batch for all remarks of the page."""
        if self.client_number is None:
            return None
        return await cast("Awaitable[Client | None]", info.context.load_by_name(CLIENT, self.client_number))

    @classmethod
    def of(cls, row: AnyRow) -> "AdoptionRemark":
        """From a row of `queries.remarks`."""
        return cls(
            id=ids.encode("AdoptionRemark", row.id),
            client_number=row.client_id,
            outcome=RemarkOutcome(row.outcome),
            reason=row.reason,
            source_id=row.source_id,
        )


@strawberry.type(description="A remark and the cursor to go on after it.")
class AdoptionRemarkEdge:
    """One place in the list."""

    cursor: str = strawberry.field(description="Give it as `after`.")
    node: AdoptionRemark = strawberry.field(description="The remark.")


@strawberry.type(description="A page of remarks.")
class AdoptionRemarkConnection:
    """A keyset page."""

    edges: list[AdoptionRemarkEdge] = strawberry.field(description="The remarks of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")


@strawberry.type(description="One run that brought the predecessor's data over.")
class Adoption(Node):
    """A run."""

    number: strawberry.Private[int]
    shape: str = strawberry.field(description="Which of the predecessor's two schemas it was: models or migrations.")
    origin: str = strawberry.field(description="Where the data were, without a password.")
    started_at: datetime = strawberry.field(description="When it began.")
    finished_at: datetime = strawberry.field(description="When all of it was copied.")

    @classmethod
    def of(cls, row: AnyRow) -> "Adoption":
        """From a row of `queries.adoptions`."""
        return cls(
            id=ids.encode("Adoption", row.id),
            number=row.id,
            shape=row.shape,
            origin=row.origin,
            started_at=row.started_at,
            finished_at=row.finished_at,
        )

    @strawberry.field(description="The counts, table by table; they add up.")
    async def lines(self, info: Info) -> list[AdoptionLine]:
        """Loaded in one batch for all runs asked for."""
        return await info.context.load(_lines, self.number) or []

    @strawberry.field(description="Why rows were not simply copied, and how often; the most frequent reason of a part first.")
    async def reasons(self, info: Info) -> list[AdoptionReason]:
        """Loaded in one batch for all runs asked for."""
        return await info.context.load(_reasons, self.number) or []

    @strawberry.field(description="The rows of one part with one reason, a page at a time.")
    async def remarks(
        self,
        info: Info,
        part: Annotated[str, strawberry.argument(description="The table or field, as in the lines.")],
        reason: Annotated[str, strawberry.argument(description="The reason's code.")],
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 50,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> AdoptionRemarkConnection:
        """One statement, one more for the clients."""
        size = page_size(first)
        last = decode_cursor(after, _KIND, int)[0] if after else None
        # PostgreSQL has no NUL in a text, so no part and no reason does.
        wanted = queries.RemarkPage(self.number, part.replace("\0", " "), reason.replace("\0", " "), first=size, after=last)
        rows = await queries.remarks(info.context.reader, wanted)
        shown = rows[:size]
        cursors = [encode_cursor(_KIND, row.id) for row in shown]
        edges = [AdoptionRemarkEdge(cursor=cursor, node=AdoptionRemark.of(row)) for cursor, row in zip(cursors, shown, strict=True)]
        return AdoptionRemarkConnection(edges=edges, page_info=page_info(cursors, more=len(rows) > size, after=after))


async def _lines(reader: ReadSession, _context: Context, adoption_ids: list[int]) -> Mapping[int, list[AdoptionLine]]:
    found: dict[int, list[AdoptionLine]] = defaultdict(list)
    for row in await queries.adoption_lines(reader, adoption_ids):
        found[row.adoption_id].append(
            AdoptionLine(
                part=row.part,
                read=row.rows_read,
                copied=row.rows_copied,
                joined=row.rows_joined,
                already=row.rows_already,
                aside=row.rows_aside,
            )
        )
    return found


async def _reasons(reader: ReadSession, _context: Context, adoption_ids: list[int]) -> Mapping[int, list[AdoptionReason]]:
    found: dict[int, list[AdoptionReason]] = defaultdict(list)
    for row in await queries.adoption_reasons(reader, adoption_ids):
        found[row.adoption_id].append(AdoptionReason(part=row.part, outcome=RemarkOutcome(row.outcome), reason=row.reason, count=row.many))
    return found
