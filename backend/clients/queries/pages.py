"""The clients' table, a page at a time.

A page is looked for along its order first, among the next few thousand clients: whoever asks for what many have gets it at once,
however many clients there are. Where that does not fill the page, what is asked for is rare, and the conditions' own indexes
bring all who fulfil them; those are then sorted. So neither the usual nor the rare page reads everybody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, FromClause, Select, Subquery, exists, func, literal, null, select, true, tuple_, union_all
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from backend.clients.models import Client
from backend.clients.queries.criteria import ClientCriteria, conditions
from backend.clients.queries.orders import ClientOrder, Sorting
from backend.clients.queries.periods import AUTHORIZATIONS, MEMBERSHIPS, is_not_outlived, last_day_for, periods
from backend.clients.queries.rows import client_select
from backend.clients.search import MOST_CANDIDATES, MOST_FIRST, Search, candidates, rank
from backend.clients.standing import StandingStatus, standing_on
from backend.db import AnyRow, AnySelect, ReadSession

STRETCH = 4000
LAST_DAYS = 1500


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page, each with the sort values that its cursor carries."""

    rows: Sequence[AnyRow]
    keys: list[list[Any]] = field(default_factory=list)
    more: bool = False


async def page_of_clients(
    reader: ReadSession,
    criteria: ClientCriteria,
    order: ClientOrder,
    *,
    day: date,
    first: int,
    after: Sequence[Any] | None,
    descending: bool | None = None,
) -> Page:
    """One page, by keyset: ``after`` holds the sort values of the row before it, as `Page.keys` gave them.

    A search comes sorted by how well it fits; ``order`` and ``descending`` (None: the order's usual direction) are for all else.
    """
    if criteria.search is not None:
        return await _page_of_search(reader, criteria, criteria.search, day=day, first=first, after=after)
    sorting = Sorting.by(order, descending=descending)
    rows = await _Question(criteria, sorting, day, first + 1, sorting.read(after) if after else None).answer(reader)
    shown = rows[:first]
    return Page(shown, [sorting.key(row) for row in shown], more=len(rows) > first)


@dataclass(frozen=True, slots=True)
class _Question:
    """One question for a page, and its ways to an answer. All of them give rows of `client_select` with ``sort_value``."""

    criteria: ClientCriteria
    sorting: Sorting
    day: date
    limit: int
    after: Sequence[Any] | None

    @property
    def _without_values(self) -> bool:
        """Whether the page begins among those who have no value to sort by, where the number alone sorts."""
        by_standing = self.sorting.order is ClientOrder.STANDING_END and set(self.criteria.standing) == {StandingStatus.NONE}
        never = self.sorting.order is ClientOrder.LAST_CHECK_IN and self.criteria.never_visited
        return by_standing or never or (self.sorting.may_lack and self.after is not None and self.after[0] is None)

    async def answer(self, reader: ReadSession) -> list[AnyRow]:
        """The rows of the page, at most ``limit``."""
        if self.criteria.is_wide and self.sorting.order is not ClientOrder.STANDING_END and not self._without_values:
            rows = list(await reader.rows(self._everybody()))
        elif self.criteria.archived:
            rows = []
        else:
            rows = list(await reader.rows(self._shown(self._along_numbers() if self._without_values else self._along())))
        if len(rows) == self.limit:
            return rows
        if self.criteria.is_wide and (self._without_values or not self.sorting.may_lack):
            return rows
        if self.criteria.is_wide and await self._is_at_the_end(reader):
            # In one condition with the others, every page would read the list from its start.
            return rows + list(await reader.rows(self._shown(self._along_numbers(self.limit - len(rows)))))
        return list(await reader.rows(self._shown(self._by_conditions())))

    def _shown(self, cut: Subquery) -> AnySelect:
        statement = client_select(standing_on(Client.id, self.day)).add_columns(cut.c.sort_value).where(Client.id == cut.c.id)
        return statement.order_by(*self._lacking_last(cut))

    def _lacking_last(self, rows: FromClause) -> list[Any]:
        value = None if self.sorting.order is ClientOrder.CREATED else rows.c.sort_value
        return self.sorting.sorted(value, rows.c.id, with_lacking=True)

    def _everybody(self) -> AnySelect:
        """Straight along the order's index, for a list without conditions."""
        standing = standing_on(Client.id, self.day)
        value = self.sorting.value(Client, standing)
        statement = client_select(standing).where(Client.archived_at.is_(None))
        if value is not None:
            statement = statement.add_columns(value.label("sort_value"))
        return self._from_here(statement, value).order_by(*self.sorting.sorted(value, Client.id)).limit(self.limit)

    def _from_here(self, statement: AnySelect, value: Any) -> AnySelect:
        if value is not None and self.sorting.may_lack:
            statement = statement.where(value.is_not(None))
        return statement.where(self.sorting.beyond(value, Client.id, self.after)) if self.after else statement

    def _along(self) -> Subquery:
        """Who fulfils the conditions among the next thousands along the order."""
        if self.sorting.order is ClientOrder.STANDING_END:
            return self._along_last_days()
        value = self.sorting.value(Client, standing_on(Client.id, self.day))
        ordered = self._from_here(select(Client), value).order_by(*self.sorting.sorted(value, Client.id))
        return self._of_stretch(ordered, lambda client: self.sorting.value(client, standing_on(client.id, self.day)))

    def _along_numbers(self, limit: int | None = None) -> Subquery:
        """The same among those who have no value to sort by."""
        reached = select(Client)
        if self.sorting.order is ClientOrder.STANDING_END:
            held = periods(lambda row: row.c.ends_on.is_not(None)).subquery()
            # The OFFSET as in `one_of`: the next thousands are asked about, and not everybody's periods read first.
            reached = reached.where(~exists(select(1).where(held.c.client_id == Client.id).offset(0)))
        else:
            reached = reached.where(Client.last_check_in_at.is_(None))
        if self.after and self.after[0] is None:
            number = self.after[1]
            reached = reached.where(Client.id < number if self.sorting.descending else Client.id > number)
        return self._of_stretch(reached.order_by(*self.sorting.sorted(None, Client.id)), lambda _client: None, limit)

    def _of_stretch(self, ordered: AnySelect, value_of: Callable[[Any], Any], limit: int | None = None) -> Subquery:
        stretch = (ordered.where(Client.archived_at.is_(None)) if self.criteria.is_wide else ordered.limit(STRETCH)).subquery("stretch")
        client = aliased(Client, stretch)
        standing, value = standing_on(client.id, self.day), value_of(client)
        found = select(client.id, (null() if value is None else value).label("sort_value"))
        if self.criteria.asks_standing:
            found = found.join(standing, true())
        found = found.where(*conditions(client, self.criteria, standing, self.day, walking=True))
        return found.order_by(*self.sorting.sorted(value, client.id)).limit(limit or self.limit).subquery("cut")

    def _last_days(self) -> Select[tuple[int, date]]:
        """The next thousands of last days that a standing may name, of either table; ``client_id`` and ``ends_on``."""
        limits = last_day_for(self.criteria.standing, self.day)
        # Each table is cut by itself, or both would be read to their end before the first row is known.
        parts = []
        for held in (MEMBERSHIPS, AUTHORIZATIONS):
            part = select(held.c.client_id, held.c.ends_on).where(limits(held), is_not_outlived(held, self.day))
            if self.after:
                part = part.where(self.sorting.beyond(held.c.ends_on, held.c.client_id, self.after))
            cut = part.order_by(*self.sorting.sorted(held.c.ends_on, held.c.client_id)).limit(LAST_DAYS).subquery()
            parts.append(select(cut.c.client_id, cut.c.ends_on))
        both = union_all(*parts).subquery("reached")
        # A client may hold two that end on one day.
        once = select(both.c.client_id, both.c.ends_on).ext(distinct_on(both.c.ends_on, both.c.client_id))
        return once.order_by(*self.sorting.sorted(both.c.ends_on, both.c.client_id)).limit(LAST_DAYS)

    def _along_last_days(self) -> Subquery:
        """Like `_along`, by last days: of each client the one counts that the standing names."""
        each = self._last_days().subquery("stretch")
        standing = standing_on(Client.id, self.day)
        found = (
            select(Client.id, each.c.ends_on.label("sort_value"))
            .join(each, each.c.client_id == Client.id)
            .join(standing, standing.c.ends_on == each.c.ends_on)
            .where(*conditions(Client, self.criteria, standing, self.day, walking=True))
        )
        return found.order_by(*self.sorting.sorted(each.c.ends_on, each.c.client_id)).limit(self.limit).subquery("cut")

    async def _is_at_the_end(self, reader: ReadSession) -> bool:
        """Whether nobody with a value comes after this page, which was not filled."""
        if self.sorting.order is not ClientOrder.STANDING_END:
            return True
        reached: int = await reader.scalar(select(func.count()).select_from(self._last_days().subquery()))
        return reached < LAST_DAYS

    def _by_conditions(self) -> Subquery:
        """All who fulfil the conditions, found by those, then sorted; those without a value last."""
        standing = standing_on(Client.id, self.day)
        value = self.sorting.value(Client, standing)
        found = select(Client.id, (null() if value is None else value).label("sort_value"))
        if self.criteria.asks_standing or self.sorting.order is ClientOrder.STANDING_END:
            found = found.join(standing, true())
        found = found.where(*conditions(Client, self.criteria, standing, self.day))
        if self.after:
            found = found.where(self.sorting.anywhere_beyond(value, Client.id, self.after))
        # Materialized, or the planner would take the limit for a reason to walk along the order, which was just tried.
        matching = found.cte("matching").prefix_with("MATERIALIZED")
        cut = select(matching.c.id, matching.c.sort_value)
        return cut.order_by(*self._lacking_last(matching)).limit(self.limit).subquery("cut")


def matching_search(criteria: ClientCriteria, search: Search, day: date, *, few: bool = False) -> Any:
    """Ids of the clients that a search may show: a CTE of at most 501, or some more, with ``client_id``; ``few``: see `candidates`."""
    if criteria.is_wide:
        return candidates(search, few=few)
    standing = standing_on(Client.id, day)
    found = select(Client.id.label("client_id"))
    if criteria.asks_standing:
        found = found.join(standing, true())
    # The conditions come before the cap here: otherwise it would leave out whom the filter is looking for.
    found = found.where(*conditions(Client, criteria, standing, day)).limit(MOST_CANDIDATES + 1)
    return found.cte("candidates").prefix_with("MATERIALIZED")


async def _page_of_search(
    reader: ReadSession, criteria: ClientCriteria, search: Search, *, day: date, first: int, after: Sequence[Any] | None
) -> Page:
    """The best of the candidates, ranked and cut before anything else is read of them: there may be 500 for a page of 20."""
    ranked = rank(search).label("rank")
    reached = matching_search(criteria, search, day, few=after is None and first < MOST_FIRST)
    best = select(Client.id, ranked).where(Client.id.in_(select(reached.c.client_id)))
    if criteria.is_wide:
        best = best.where(Client.archived_at.is_(None))
    if after:
        last_rank, *last = after
        best = best.where(tuple_(ranked, Client.sort_name, Client.id) > tuple_(literal(last_rank, BigInteger), *last))
    cut = best.order_by(ranked, Client.sort_name, Client.id).limit(first + 1).subquery("best")
    statement = client_select(standing_on(Client.id, day)).add_columns(cut.c.rank).where(Client.id == cut.c.id)
    rows = await reader.rows(statement.order_by(cut.c.rank, Client.sort_name, Client.id))
    shown = rows[:first]
    return Page(shown, [[row.rank, row.sort_name, row.id] for row in shown], more=len(rows) > first)


RANKED_KEY_TYPES = (int, str, int)
