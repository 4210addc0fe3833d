"""Lists of all memberships and all authorizations, for whoever keeps them in another system too."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import strawberry

from backend.accounts.permissions import Permission
from backend.db import AnyRow, ReadSession
from backend.errors import FieldError, ValidationFailed
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.fields import query
from backend.graphql.pagination import PageInfo, decode_cursor, encode_cursor, page_info, page_size
from backend.memberships import queries
from backend.memberships.graphql.holdings import authorization_of, membership_of
from backend.memberships.graphql.types import Authorization, Membership
from backend.memberships.queries import HoldingCriteria

MOST_TIERS = 20


@strawberry.input(description="Which memberships; all conditions hold together. Days are the centre's.")
class MembershipFilter:
    """Conditions."""

    client_id: strawberry.ID | None = strawberry.field(default=None, description="Of this client.")
    on: date | None = strawberry.field(default=None, description="That cover this day.")
    ends_from: date | None = strawberry.field(default=None, description="Whose last day is this one or a later one.")
    ends_to: date | None = strawberry.field(default=None, description="Whose last day is this one or an earlier one.")
    tier_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Of one of these tiers; at most 20.")


@strawberry.input(description="Which authorizations; all conditions hold together. Days are the centre's.")
class AuthorizationFilter:
    """Conditions."""

    client_id: strawberry.ID | None = strawberry.field(default=None, description="Of this client.")
    on: date | None = strawberry.field(default=None, description="That cover this day.")
    ends_from: date | None = strawberry.field(default=None, description="Whose last day is this one or a later one.")
    ends_to: date | None = strawberry.field(default=None, description="Whose last day is this one or an earlier one.")
    uci_number: str | None = strawberry.field(default=None, description="With exactly this UCI number.")


@strawberry.type(description="A membership and the cursor to go on after it.")
class MembershipEdge:
    """One place in the list."""

    cursor: str = strawberry.field(description="Give it as `after`.")
    node: Membership = strawberry.field(description="The membership.")


@strawberry.type(description="A page of memberships, in the order in which they were put on file.")
class MembershipConnection:
    """A keyset page."""

    criteria: strawberry.Private[HoldingCriteria]
    edges: list[MembershipEdge] = strawberry.field(description="The memberships of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")

    @strawberry.field(description="How many there are in all. Counting stops at 1,000.")
    async def total_count(self, info: Info) -> int:
        """Counted only when it is asked for."""
        return (await _counted(info, _membership_counts, self.criteria))[0]

    @strawberry.field(description="False when there are more than `totalCount`.")
    async def total_is_exact(self, info: Info) -> bool:
        """Whether the count was not cut short."""
        return (await _counted(info, _membership_counts, self.criteria))[1]


@strawberry.type(description="An authorization and the cursor to go on after it.")
class AuthorizationEdge:
    """One place in the list."""

    cursor: str = strawberry.field(description="Give it as `after`.")
    node: Authorization = strawberry.field(description="The authorization.")


@strawberry.type(description="A page of authorizations, in the order in which they were put on file.")
class AuthorizationConnection:
    """A keyset page."""

    criteria: strawberry.Private[HoldingCriteria]
    edges: list[AuthorizationEdge] = strawberry.field(description="The authorizations of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")

    @strawberry.field(description="How many there are in all. Counting stops at 1,000.")
    async def total_count(self, info: Info) -> int:
        """Counted only when it is asked for."""
        return (await _counted(info, _authorization_counts, self.criteria))[0]

    @strawberry.field(description="False when there are more than `totalCount`.")
    async def total_is_exact(self, info: Info) -> bool:
        """Whether the count was not cut short."""
        return (await _counted(info, _authorization_counts, self.criteria))[1]


async def _counted(info: Info, batch: Any, criteria: HoldingCriteria) -> tuple[int, bool]:
    counted: tuple[int, bool] = await info.context.load(batch, criteria)
    return counted


async def _membership_counts(reader: ReadSession, _context: Context, criteria: list[HoldingCriteria]) -> Mapping[Any, tuple[int, bool]]:
    return {item: await queries.count_of_memberships(reader, item) for item in criteria}


async def _authorization_counts(reader: ReadSession, _context: Context, criteria: list[HoldingCriteria]) -> Mapping[Any, tuple[int, bool]]:
    return {item: await queries.count_of_authorizations(reader, item) for item in criteria}


def _criteria(wanted: MembershipFilter | AuthorizationFilter) -> HoldingCriteria:
    tiers = (wanted.tier_ids or ()) if isinstance(wanted, MembershipFilter) else ()
    if len(tiers) > MOST_TIERS:
        raise ValidationFailed(FieldError(("filter", "tierIds"), "TOO_MANY", f"Ask for at most {MOST_TIERS} tiers at once."))
    if wanted.ends_from is not None and wanted.ends_to is not None and wanted.ends_to < wanted.ends_from:
        raise ValidationFailed(FieldError(("filter", "endsTo"), "BEFORE_FROM", "The last day must not be before the first."))
    return HoldingCriteria(
        client_id=ids.decode(wanted.client_id, "Client") if wanted.client_id else None,
        on=wanted.on,
        ends_from=wanted.ends_from,
        ends_to=wanted.ends_to,
        tier_ids=tuple(ids.decode(tier_id, "MembershipTier") for tier_id in tiers),
        uci_number=wanted.uci_number if isinstance(wanted, AuthorizationFilter) else None,
    )


def _after(cursor: str | None, kind: str) -> int | None:
    if not cursor:
        return None
    (number,) = decode_cursor(cursor, kind, int)
    return int(number)


def _cursors(rows: Sequence[AnyRow], kind: str) -> list[str]:
    return [encode_cursor(kind, row.id) for row in rows]


@strawberry.type
class HoldingListQuery:
    """Root fields."""

    @query(Permission.MEMBERSHIPS_READ, description="Memberships in the order in which they were put on file, a page at a time.")
    async def memberships(
        self,
        info: Info,
        filter: Annotated[MembershipFilter | None, strawberry.argument(description="Conditions.")] = None,
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 50,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> MembershipConnection:
        """One statement for the page."""
        criteria = _criteria(filter or MembershipFilter())
        found = queries.page_of_memberships(info.context.reader, criteria, first=page_size(first), after=_after(after, "MEMBERSHIPS"))
        rows, more = await found
        cursors = _cursors(rows, "MEMBERSHIPS")
        edges = [MembershipEdge(cursor=cursor, node=membership_of(row, info.context)) for cursor, row in zip(cursors, rows, strict=True)]
        return MembershipConnection(criteria=criteria, edges=edges, page_info=page_info(cursors, more=more, after=after))

    @query(Permission.MEMBERSHIPS_READ, description="Authorizations in the order in which they were put on file, a page at a time.")
    async def authorizations(
        self,
        info: Info,
        filter: Annotated[AuthorizationFilter | None, strawberry.argument(description="Conditions.")] = None,
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 50,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> AuthorizationConnection:
        """One statement for the page."""
        criteria = _criteria(filter or AuthorizationFilter())
        found = queries.page_of_authorizations(info.context.reader, criteria, first=page_size(first), after=_after(after, "AUTHORIZATIONS"))
        rows, more = await found
        cursors = _cursors(rows, "AUTHORIZATIONS")
        edges = [
            AuthorizationEdge(cursor=cursor, node=authorization_of(row, info.context)) for cursor, row in zip(cursors, rows, strict=True)
        ]
        return AuthorizationConnection(criteria=criteria, edges=edges, page_info=page_info(cursors, more=more, after=after))
