"""What must hold of somebody's memberships and authorizations for a standing: cheap conditions before the standing itself.

Standing is decided by the database's function and by nothing else; but to ask it about everybody when a handful are sought costs
seconds. Each condition here follows from the standings asked for, so it leaves nobody out, and indexes answer it. The tables
belong to a feature above this one; the few columns that are needed of them are named here.
"""

import math
from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Date,
    String,
    and_,
    bindparam,
    column,
    exists,
    or_,
    select,
    table,
    union_all,
)
from sqlalchemy.sql.expression import TableClause

from backend.clients.standing import StandingStatus

_COLUMNS = (column("client_id", BigInteger), column("starts_on", Date), column("ends_on", Date))
MEMBERSHIPS = table("memberships", *_COLUMNS, column("tier_id", BigInteger))
AUTHORIZATIONS = table("authorizations", *(column(each.name, each.type) for each in _COLUMNS), column("service_coordinator", String))
TIERS = table("membership_tiers", column("id", BigInteger), column("name", String), column("colour", String), column("retired_at"))

EXPIRING_DAYS = 30
_COVERED = {StandingStatus.ACTIVE, StandingStatus.EXPIRING}

Condition = Callable[[TableClause], ColumnElement[bool]]


def plain(value: Any, kind: Any) -> Any:
    """A value of our own that is written into the statement, so that it is planned for this value and not for any."""
    return bindparam(None, value, type_=kind, literal_execute=True)


def periods(condition: Condition, *columns: str) -> CompoundSelect[*tuple[Any, ...]]:
    """The memberships and authorizations for which the condition holds; ``client_id`` and the named columns of each."""
    names = ("client_id", *columns)
    return union_all(
        *(select(*(held.c[name] for name in names)).where(condition(held)) for held in (MEMBERSHIPS, AUTHORIZATIONS)),
    )


def one_of(client_id: Any, of: Any, *, walking: bool) -> ColumnElement[bool]:
    """Whether the client is among those of a SELECT with the column ``client_id``.

    ``walking``: it is asked about one client after another, until a page is full. The OFFSET keeps the planner from making a join of
    it, for which it would read all of the other table first.
    """
    if not walking:
        return client_id.in_(of)  # type: ignore[no-any-return]  # of a column of any table
    inner = of.subquery()
    return exists(select(1).where(inner.c.client_id == client_id).offset(0))


_AFTER = {StandingStatus.EXPIRING: 0, StandingStatus.PENDING: 1, StandingStatus.ACTIVE: EXPIRING_DAYS + 1}
_BEFORE = {StandingStatus.EXPIRED: -1, StandingStatus.EXPIRING: EXPIRING_DAYS}


def last_day_for(standings: Collection[StandingStatus], day: date) -> Condition:
    """What must hold of the period whose last day one of these standings names, for walking along the last days."""
    wanted = set(standings) - {StandingStatus.NONE}
    first = min((_AFTER.get(each, -math.inf) for each in wanted), default=-math.inf)
    last = max((_BEFORE.get(each, math.inf) for each in wanted), default=math.inf)
    # Today is not covered, so the span that comes begins after it, and with it all of its periods. Without this the walk would go
    # through everybody who is covered now.
    all_to_come = wanted == {StandingStatus.PENDING}

    def condition(held: TableClause) -> ColumnElement[bool]:
        bounds = [held.c.ends_on.is_not(None)]
        if math.isfinite(first):
            bounds.append(held.c.ends_on >= plain(day + timedelta(days=int(first)), Date))
        if math.isfinite(last):
            bounds.append(held.c.ends_on <= plain(day + timedelta(days=int(last)), Date))
        if all_to_come:
            bounds.append(held.c.starts_on > plain(day, Date))
        return and_(*bounds)

    return condition


def is_not_outlived(held: Any, day: date) -> ColumnElement[bool]:
    """Whether a period may be the one that a standing names: of those that have ended, only the client's last can be."""
    later = periods(lambda row: row.c.ends_on.is_not(None), "ends_on").subquery()
    outlived = exists(select(1).where(later.c.client_id == held.c.client_id, later.c.ends_on > held.c.ends_on).offset(0))
    return or_(held.c.ends_on >= plain(day, Date), ~outlived)


def preconditions(client_id: Any, standings: Collection[StandingStatus], day: date, *, walking: bool) -> list[ColumnElement[bool]]:
    """What follows for a client's memberships and authorizations from having one of these standings on the day."""
    wanted = set(standings)
    there, missing = _must_be_there(wanted, day), _must_be_missing(wanted, day)
    held = [one_of(client_id, periods(there), walking=walking)] if there else []
    if missing:
        none = periods(missing).subquery()
        # What must not be there is looked for client by client: they have few, and all who have it are many.
        held.append(~exists(select(1).where(none.c.client_id == client_id).offset(0)))
    return held


def _any(row: TableClause) -> ColumnElement[bool]:
    return row.c.ends_on.is_not(None)


def _must_be_there(wanted: set[StandingStatus], day: date) -> Condition | None:
    today, soon = plain(day, Date), plain(day + timedelta(days=EXPIRING_DAYS), Date)
    if StandingStatus.NONE in wanted:
        return None
    if StandingStatus.EXPIRED in wanted:
        return _any
    if not wanted & _COVERED:
        return lambda row: row.c.starts_on > today
    if StandingStatus.PENDING in wanted:
        return lambda row: row.c.ends_on >= today
    if StandingStatus.ACTIVE in wanted:
        return lambda row: and_(row.c.ends_on >= today, row.c.starts_on <= today)
    return lambda row: and_(row.c.ends_on >= today, row.c.ends_on <= soon, row.c.starts_on <= today)


def _must_be_missing(wanted: set[StandingStatus], day: date) -> Condition | None:
    today = plain(day, Date)
    if wanted & _COVERED:
        return None
    if StandingStatus.PENDING in wanted:
        return lambda row: and_(row.c.ends_on >= today, row.c.starts_on <= today)
    return (lambda row: row.c.ends_on >= today) if StandingStatus.EXPIRED in wanted else _any
