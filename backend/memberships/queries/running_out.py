"""What runs out soon and what ran out lately, by the one standing: whoever renewed in advance is on neither list."""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Subquery,
    Text,
    and_,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    text,
    true,
    tuple_,
    union_all,
)

from backend.clients.models import Client
from backend.clients.standing import StandingSource, StandingStatus, standing_on
from backend.db import AnyRow, AnySelect, ReadSession, among, choice
from backend.memberships.models import Authorization, Membership

COUNTED = 1000
MOST_COORDINATORS = 200
_MOST_WALKED = 2000
_SOURCE = choice(StandingSource, "standing_source")

# Many rows name few people: from each name the index leads to the next one, so no more rows are read than there are names. BETWEEN and the
# order keep PostgreSQL to the index where it would expect to meet one of many equal names soon by reading the table.
_COORDINATORS = text(
    """
    WITH RECURSIVE of_client AS (
      (SELECT service_coordinator AS name FROM clients WHERE service_coordinator IS NOT NULL ORDER BY service_coordinator LIMIT 1)
      UNION ALL
      SELECT (SELECT c.service_coordinator FROM clients c WHERE c.service_coordinator > o.name ORDER BY c.service_coordinator LIMIT 1)
      FROM of_client o WHERE o.name IS NOT NULL
    ), of_authorization AS (
      (SELECT service_coordinator AS name FROM authorizations WHERE service_coordinator IS NOT NULL ORDER BY service_coordinator LIMIT 1)
      UNION ALL
      SELECT (SELECT a.service_coordinator FROM authorizations a WHERE a.service_coordinator > o.name
              ORDER BY a.service_coordinator LIMIT 1)
      FROM of_authorization o WHERE o.name IS NOT NULL
    )
    SELECT name FROM (
      SELECT w.name FROM (SELECT name FROM of_client WHERE name IS NOT NULL LIMIT :walked) w
      WHERE (SELECT true FROM clients c WHERE c.service_coordinator BETWEEN w.name AND w.name AND c.archived_at IS NULL
             ORDER BY c.service_coordinator LIMIT 1)
      UNION
      (SELECT name FROM of_authorization WHERE name IS NOT NULL LIMIT :walked)
    ) n ORDER BY lower(name), name LIMIT :most
    """
)


class RunningOutList(enum.StrEnum):
    """Which of the two lists."""

    EXPIRING = "EXPIRING"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class RunningOutCriteria:
    """Clients whose last covered day lies within ``days`` days: from today on (EXPIRING) or before today (EXPIRED).

    ``tier_ids``: what runs out is a membership of one of these tiers. ``coordinator``: the authorization's, else the client's.
    """

    which: RunningOutList
    days: int
    tier_ids: tuple[int, ...] = ()
    coordinator: str | None = None


def _held(criteria: RunningOutCriteria, today: date) -> CompoundSelect[*tuple[Any, ...]] | AnySelect:
    """The memberships and authorizations that end within the days asked for: at most a window of two indexes on the last day."""
    if criteria.which is RunningOutList.EXPIRING:
        first, last = today, today + timedelta(days=criteria.days)
    else:
        first, last = today - timedelta(days=criteria.days), today - timedelta(days=1)
    memberships = select(
        Membership.client_id,
        Membership.ends_on,
        literal(StandingSource.MEMBERSHIP, _SOURCE).label("source"),
        Membership.id.label("holding_id"),
        cast(null(), Text).label("coordinator"),
    ).where(Membership.ends_on.between(literal(first, Date), literal(last, Date)))
    if criteria.tier_ids:
        return memberships.where(among(Membership.tier_id, criteria.tier_ids))
    authorizations = select(
        Authorization.client_id,
        Authorization.ends_on,
        literal(StandingSource.AUTHORIZATION, _SOURCE),
        Authorization.id,
        Authorization.service_coordinator,
    ).where(Authorization.ends_on.between(literal(first, Date), literal(last, Date)))
    return union_all(memberships, authorizations)


def _ends_it(criteria: RunningOutCriteria, held: Subquery) -> Iterator[ColumnElement[bool]]:
    """That nothing of the client goes on when this one ends, or (EXPIRED) ends later: most are renewed, and these leave here cheaply.

    As a maximum and not as NOT EXISTS, so that it is looked up row by row and only as far as the page goes. The standing has the last
    word: it knows what is to come after a gap.
    """
    for table in (Membership, Authorization):
        latest = select(func.max(table.ends_on)).where(table.client_id == held.c.client_id)
        if criteria.which is RunningOutList.EXPIRING:
            latest = latest.where(table.starts_on <= held.c.ends_on + 1)
        yield func.coalesce(latest.scalar_subquery(), held.c.ends_on) <= held.c.ends_on


def _matching(criteria: RunningOutCriteria, today: date, held: Subquery) -> AnySelect:
    """A row for each holding that ends what covers its client, for clients who are not archived."""
    standing = standing_on(held.c.client_id, today)
    running = standing.c.status.in_((StandingStatus.ACTIVE, StandingStatus.EXPIRING))
    decides = running if criteria.which is RunningOutList.EXPIRING else standing.c.status == StandingStatus.EXPIRED
    statement = (
        select(held.c.ends_on, held.c.client_id, held.c.source, held.c.holding_id)
        .join(Client, and_(Client.id == held.c.client_id, Client.archived_at.is_(None)))
        .join(standing, true())
        .where(*_ends_it(criteria, held), decides, standing.c.ends_on == held.c.ends_on)
    )
    if criteria.coordinator is not None:
        coordinator = func.coalesce(held.c.coordinator, Client.service_coordinator)
        statement = statement.where(coordinator == criteria.coordinator)
    return statement


async def page_of_running_out(
    reader: ReadSession, criteria: RunningOutCriteria, today: date, *, first: int, after: tuple[date, int, str, int] | None
) -> tuple[Sequence[AnyRow], bool]:
    """A page (columns ``ends_on, client_id, source, holding_id``), what is nearest to today first; and whether more follow.

    A client is there twice when a membership and an authorization end on the same day: either may be renewed.
    """
    forward = criteria.which is RunningOutList.EXPIRING
    every = _held(criteria, today).subquery("every")
    key = (every.c.ends_on, every.c.client_id, every.c.source, every.c.holding_id)
    wanted = select(every).order_by(*(key if forward else (part.desc() for part in key)))
    if after is not None:
        place = (literal(after[0], Date), after[1], literal(StandingSource(after[2]), _SOURCE), after[3])
        wanted = wanted.where(tuple_(*key) > tuple_(*place) if forward else tuple_(*key) < tuple_(*place))
    # Sorted before anything else is read of them, and only as many looked at as the page needs: OFFSET 0 keeps PostgreSQL to that.
    held = wanted.offset(literal_column("0")).subquery("held")
    sort = (held.c.ends_on, held.c.client_id, held.c.source, held.c.holding_id)
    page = _matching(criteria, today, held).order_by(*(sort if forward else (part.desc() for part in sort)))
    rows = await reader.rows(page.limit(first + 1))
    return rows[:first], len(rows) > first


async def count_of_running_out(reader: ReadSession, criteria: RunningOutCriteria, today: date) -> tuple[int, bool]:
    """How many there are, and whether that is all of them: counting stops at 1,000."""
    statement = _matching(criteria, today, _held(criteria, today).subquery("held"))
    found = await reader.scalar(select(func.count()).select_from(statement.limit(COUNTED + 1).subquery()))
    return min(found, COUNTED), found <= COUNTED


async def coordinators(reader: ReadSession) -> Sequence[str]:
    """The service coordinators named on authorizations and clients on file, by name; the first 200 of the first 2,000."""
    return await reader.scalars(_COORDINATORS, {"walked": _MOST_WALKED, "most": MOST_COORDINATORS})
