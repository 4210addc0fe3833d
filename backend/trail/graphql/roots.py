"""Root fields of the audit log: translate, authorise, delegate."""

from datetime import datetime
from typing import Annotated

import strawberry

from backend.accounts.permissions import Permission
from backend.graphql.context import Info
from backend.graphql.fields import query
from backend.graphql.pagination import decode_cursor, encode_cursor, page_info, page_size
from backend.trail import queries
from backend.trail.graphql.filters import AuditFilter, criteria_of
from backend.trail.graphql.types import AuditActor, AuditChain, AuditEntry, AuditEntryConnection, AuditEntryEdge

_KIND = "AUDIT_LOG"


@strawberry.type
class TrailQuery:
    """Root fields."""

    @query(Permission.AUDIT_READ, description="The audit log, the newest entries first, a page at a time.")
    async def audit_log(
        self,
        info: Info,
        filter: Annotated[AuditFilter | None, strawberry.argument(description="Conditions.")] = None,
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 20,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> AuditEntryConnection:
        """One statement for the page, one for its clients."""
        context = info.context
        criteria = criteria_of(filter or AuditFilter(), context.settings.zone)
        position = None
        if after:
            moment, number = decode_cursor(after, _KIND, datetime, int)
            position = (moment, number)
        rows, more = await queries.page_of_entries(context.reader, criteria, first=page_size(first), after=position)
        cursors = [encode_cursor(_KIND, row.happened_at.isoformat(), row.id) for row in rows]
        edges = [AuditEntryEdge(cursor=cursor, node=AuditEntry.of(row)) for cursor, row in zip(cursors, rows, strict=True)]
        return AuditEntryConnection(criteria=criteria, edges=edges, page_info=page_info(cursors, more=more, after=after))

    @query(Permission.AUDIT_READ, description="The users and API keys whose entries can be asked for, by name.")
    async def audit_actors(self, info: Info) -> list[AuditActor]:
        """One statement."""
        rows = await queries.actors(info.context.reader)
        return [AuditActor.of(row.kind, row.id, row.name) for row in rows]

    @query(Permission.AUDIT_READ, description="Whether the audit log is sealed, and what its last verification found.")
    async def audit_chain(self, info: Info) -> AuditChain:
        """One statement."""
        return AuditChain.of(await queries.chain(info.context.reader))
