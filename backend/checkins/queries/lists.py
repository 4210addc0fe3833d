"""Lists of visits, a page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ARRAY, BigInteger, ColumnElement, column, exists, func, literal, select, true, tuple_
from sqlalchemy.orm import aliased

from backend.checkins.models import CheckIn, CheckInMethod
from backend.checkins.queries.visits import Visit, check_in_select, visits
from backend.clients.standing import StandingStatus
from backend.db import ReadSession

COUNTED = 1000
"""Counting stops here."""


@dataclass(frozen=True, slots=True)
class CheckInCriteria:
    """Which visits; all conditions hold together.

    ``since`` and ``before`` are instants, the first included. ``present_since``: those who have come since then and not left.
    ``voided``: True for voided ones alone, False for those that count, None for both.
    """

    client_id: int | None = None
    station_id: int | None = None
    user_id: int | None = None
    methods: tuple[CheckInMethod, ...] = ()
    standing: tuple[StandingStatus, ...] = ()
    since: datetime | None = None
    before: datetime | None = None
    present_since: datetime | None = None
    voided: bool | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same as SQL. Days are compared as instants, which are what the indexes are sorted by."""
        found: list[ColumnElement[bool]] = []
        for column_, value in ((CheckIn.client_id, self.client_id), (CheckIn.station_id, self.station_id), (CheckIn.user_id, self.user_id)):
            if value is not None:
                found.append(column_ == value)
        if self.methods:
            found.append(CheckIn.method.in_(self.methods))
        if self.standing:
            found.append(CheckIn.standing_status.in_(self.standing))
        if self.since is not None:
            found.append(CheckIn.happened_at >= self.since)
        if self.before is not None:
            found.append(CheckIn.happened_at < self.before)
        if self.present_since is not None:
            found += still_here(self.present_since)
        if self.voided is not None:
            found.append(CheckIn.voided_at.is_not(None) if self.voided else CheckIn.voided_at.is_(None))
        return found


def still_here(since: datetime) -> list[ColumnElement[bool]]:
    """Who came since then and has not left; of two visits of one client the later one."""
    later = aliased(CheckIn, name="later")
    came_again = exists().where(
        later.client_id == CheckIn.client_id, later.happened_at > CheckIn.happened_at, later.voided_at.is_(None)
    )  # fmt: skip
    return [CheckIn.happened_at >= since, CheckIn.checked_out_at.is_(None), CheckIn.voided_at.is_(None), ~came_again]


async def page_of_check_ins(
    reader: ReadSession, criteria: CheckInCriteria, *, first: int, after: tuple[datetime, int] | None
) -> tuple[Sequence[Visit], bool]:
    """Visits, the newest first, by keyset; and whether more follow."""
    statement = check_in_select().where(*criteria.conditions())
    if after is not None:
        statement = statement.where(tuple_(CheckIn.happened_at, CheckIn.id) < tuple_(*after))
    found = await visits(reader, statement.order_by(CheckIn.happened_at.desc(), CheckIn.id.desc()).limit(first + 1))
    return found[:first], len(found) > first


async def count_of_check_ins(reader: ReadSession, criteria: CheckInCriteria) -> tuple[int, bool]:
    """How many there are, and whether that is all of them: counting stops at 1,000."""
    some = select(CheckIn.id).where(*criteria.conditions()).limit(COUNTED + 1).subquery()
    found = await reader.scalar(select(func.count()).select_from(some))
    return min(found, COUNTED), found <= COUNTED


async def pages_of_clients(
    reader: ReadSession, client_ids: Iterable[int], *, first: int, after: tuple[datetime, int] | None
) -> dict[int, tuple[Sequence[Visit], bool]]:
    """`page_of_check_ins` of several clients at once, voided visits included: one statement for all of them."""
    wanted = list(client_ids)
    owner = func.unnest(literal(wanted, ARRAY(BigInteger))).table_valued(column("id", BigInteger)).render_derived("owner")
    statement = check_in_select().where(CheckIn.client_id == owner.c.id)
    if after is not None:
        statement = statement.where(tuple_(CheckIn.happened_at, CheckIn.id) < tuple_(*after))
    page = statement.order_by(CheckIn.happened_at.desc(), CheckIn.id.desc()).limit(first + 1).lateral("page")
    rows = await reader.rows(select(page).select_from(owner.join(page, true())))
    found: dict[int, list[Visit]] = {number: [] for number in wanted}
    for row in rows:
        visit = Visit(*row)
        found[visit.client_id].append(visit)
    newest_first = {number: sorted(of, key=lambda visit: (visit.happened_at, visit.id), reverse=True) for number, of in found.items()}
    return {number: (of[:first], len(of) > first) for number, of in newest_first.items()}
