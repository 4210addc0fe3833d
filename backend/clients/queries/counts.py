"""How many clients there are, without reading them all: counting stops, and says so."""

from datetime import date

from sqlalchemy import func, select, true
from sqlalchemy.orm import aliased

from backend.clients.models import Client
from backend.clients.queries.criteria import ClientCriteria, conditions
from backend.clients.queries.orders import ClientOrder, Sorting
from backend.clients.queries.pages import matching_search
from backend.clients.search import MOST_CANDIDATES, Search
from backend.clients.standing import standing_on
from backend.db import AnySelect, ReadSession

COUNTED = 1000
STRETCH = 10_000


def ids_matching(criteria: ClientCriteria, day: date) -> AnySelect:
    """The ids of all who fulfil the criteria, a search among them without its cap; in no order."""
    standing = standing_on(Client.id, day)
    ids = select(Client.id)
    if criteria.asks_standing:
        ids = ids.join(standing, true())
    return ids.where(*conditions(Client, criteria, standing, day))


def ids_in_order(criteria: ClientCriteria, sorting: Sorting, day: date) -> AnySelect:
    """The same in their order, all of them; those without a value to sort by are last."""
    standing = standing_on(Client.id, day)
    value = sorting.value(Client, standing)
    ids = select(Client.id)
    if criteria.asks_standing or sorting.order is ClientOrder.STANDING_END:
        ids = ids.join(standing, true())
    ids = ids.where(*conditions(Client, criteria, standing, day))
    return ids.order_by(*sorting.sorted(value, Client.id, with_lacking=True))


async def count_of_clients(reader: ReadSession, criteria: ClientCriteria, *, day: date, most: int = COUNTED) -> tuple[int, bool]:
    """How many there are, and whether that is all of them: counting stops at ``most`` (at 500 in a search)."""
    if criteria.search is not None:
        return await _count_of_search(reader, criteria, criteria.search, day)
    if not (criteria.archived or criteria.is_wide):
        found = await reader.scalar(_counted(_of_newest(criteria, day), most))
        if found > most:
            return most, False
    found = await reader.scalar(_counted(ids_matching(criteria, day), most))
    return min(found, most), found <= most


def _counted(ids: AnySelect, most: int) -> AnySelect:
    return select(func.count()).select_from(ids.limit(most + 1).subquery())


def _of_newest(criteria: ClientCriteria, day: date) -> AnySelect:
    """Those among the newest thousands of clients: what many have is counted to its limit there."""
    client = aliased(Client, select(Client).order_by(Client.id.desc()).limit(STRETCH).subquery("newest"))
    standing = standing_on(client.id, day)
    ids = select(client.id)
    if criteria.asks_standing:
        ids = ids.join(standing, true())
    return ids.where(*conditions(client, criteria, standing, day, walking=True))


async def _count_of_search(reader: ReadSession, criteria: ClientCriteria, search: Search, day: date) -> tuple[int, bool]:
    reached = matching_search(criteria, search, day)
    shown = select(func.count()).select_from(reached).join(Client, Client.id == reached.c.client_id)
    if criteria.is_wide:
        shown = shown.where(Client.archived_at.is_(None))
    both = select(shown.scalar_subquery().label("shown"), select(func.count()).select_from(reached).scalar_subquery().label("reached"))
    row = await reader.row(both)
    # Archived ones are among those reached and not shown: whether that was all is told by how many were reached.
    return (min(row.shown, MOST_CANDIDATES), row.reached <= MOST_CANDIDATES) if row is not None else (0, True)
