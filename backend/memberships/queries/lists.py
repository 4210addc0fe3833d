"""All memberships and all authorizations, a page at a time, in the order in which they were put on file.

That order never changes, so whoever reads page after page misses none, whatever is changed meanwhile.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select

from backend.db import AnyRow, ReadSession, among
from backend.memberships.models import Authorization, Membership
from backend.memberships.queries.holdings import authorizations, memberships

COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class HoldingCriteria:
    """Which of them; all conditions hold together. Both days of a span are included."""

    client_id: int | None = None
    on: date | None = None
    ends_from: date | None = None
    ends_to: date | None = None
    tier_ids: tuple[int, ...] = ()
    uci_number: str | None = None

    def of_memberships(self) -> ColumnElement[bool]:
        """As conditions on memberships."""
        found = [*self._of(Membership)]
        if self.tier_ids:
            found.append(among(Membership.tier_id, self.tier_ids))
        return and_(True, *found)

    def of_authorizations(self) -> ColumnElement[bool]:
        """As conditions on authorizations."""
        found = [*self._of(Authorization)]
        if self.uci_number is not None:
            found.append(Authorization.uci_number == self.uci_number)
        return and_(True, *found)

    def _of(self, table: type[Membership] | type[Authorization]) -> Iterator[ColumnElement[bool]]:
        if self.client_id is not None:
            yield table.client_id == self.client_id
        if self.on is not None:
            yield table.starts_on <= self.on
            yield table.ends_on >= self.on
        if self.ends_from is not None:
            yield table.ends_on >= self.ends_from
        if self.ends_to is not None:
            yield table.ends_on <= self.ends_to


async def page_of_memberships(
    reader: ReadSession, criteria: HoldingCriteria, *, first: int, after: int | None
) -> tuple[Sequence[AnyRow], bool]:
    """Memberships with their tiers after the number of the last one seen; and whether more follow."""
    wanted = memberships(and_(criteria.of_memberships(), Membership.id > (after or 0))).order_by(None).order_by(Membership.id)
    rows = await reader.rows(wanted.limit(first + 1))
    return rows[:first], len(rows) > first


async def page_of_authorizations(
    reader: ReadSession, criteria: HoldingCriteria, *, first: int, after: int | None
) -> tuple[Sequence[AnyRow], bool]:
    """Authorizations after the number of the last one seen; and whether more follow."""
    wanted = authorizations(and_(criteria.of_authorizations(), Authorization.id > (after or 0))).order_by(None).order_by(Authorization.id)
    rows = await reader.rows(wanted.limit(first + 1))
    return rows[:first], len(rows) > first


async def count_of_memberships(reader: ReadSession, criteria: HoldingCriteria) -> tuple[int, bool]:
    """How many there are, and whether that is all of them: counting stops at 1,000."""
    return await _count(reader, Membership, criteria.of_memberships())


async def count_of_authorizations(reader: ReadSession, criteria: HoldingCriteria) -> tuple[int, bool]:
    """The same of authorizations."""
    return await _count(reader, Authorization, criteria.of_authorizations())


async def _count(reader: ReadSession, table: type[Membership] | type[Authorization], condition: ColumnElement[bool]) -> tuple[int, bool]:
    some = select(table.id).where(condition).limit(COUNTED + 1).subquery()
    found = await reader.scalar(select(func.count()).select_from(some))
    return min(found, COUNTED), found <= COUNTED
