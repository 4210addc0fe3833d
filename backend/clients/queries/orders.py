"""How the clients' table is sorted, and how a page goes on after a row: keysets, with those who have no value at the end."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, DateTime, Text, and_, literal, or_, tuple_
from sqlalchemy.sql.selectable import LateralFromClause
from sqlalchemy.types import TypeEngine

from backend.db import AnyRow


class ClientOrder(enum.StrEnum):
    """By what a list of clients may be sorted."""

    NAME = "NAME"
    LAST_CHECK_IN = "LAST_CHECK_IN"
    CREATED = "CREATED"
    STANDING_END = "STANDING_END"


# Each the way it is wanted when nothing is said: the latest visit and the newest client first, who runs out first first.
DESCENDING = {ClientOrder.LAST_CHECK_IN, ClientOrder.CREATED}
# Not everybody has these; who has none comes last, in either direction.
_MAY_LACK = {ClientOrder.LAST_CHECK_IN, ClientOrder.STANDING_END}
_TYPES: dict[ClientOrder, TypeEngine[Any]] = {
    ClientOrder.NAME: Text(),
    ClientOrder.LAST_CHECK_IN: DateTime(timezone=True),
    ClientOrder.STANDING_END: Date(),
}

KEY_TYPES: dict[ClientOrder, tuple[type | tuple[type, ...], ...]] = {
    ClientOrder.NAME: (str, int),
    ClientOrder.CREATED: (int,),
    ClientOrder.LAST_CHECK_IN: ((datetime, type(None)), int),
    ClientOrder.STANDING_END: ((str, type(None)), int),
}


@dataclass(frozen=True, slots=True)
class Sorting:
    """An order and its direction."""

    order: ClientOrder
    descending: bool

    @classmethod
    def by(cls, order: ClientOrder, *, descending: bool | None = None) -> "Sorting":
        """The order in this direction; None: in the one it is usually wanted in."""
        return cls(order, (order in DESCENDING) if descending is None else descending)

    @property
    def name(self) -> str:
        """Unique for order and direction, for cursors."""
        return self.order.value if self.descending is (self.order in DESCENDING) else f"{self.order.value}:REVERSED"

    @property
    def may_lack(self) -> bool:
        """Whether there may be clients without a value."""
        return self.order in _MAY_LACK

    def value(self, client: Any, standing: LateralFromClause) -> ColumnElement[Any] | None:
        """The column that is sorted by; None where the number alone sorts."""
        if self.order is ClientOrder.NAME:
            return client.sort_name  # type: ignore[no-any-return]  # of `Client` or of an alias of it
        if self.order is ClientOrder.LAST_CHECK_IN:
            return client.last_check_in_at  # type: ignore[no-any-return]  # as above
        return standing.c.ends_on if self.order is ClientOrder.STANDING_END else None

    def sorted(self, value: Any, number: Any, *, with_lacking: bool = False) -> list[Any]:
        """What to order by: the value where there is one, then the number. ``with_lacking``: rows without a value are among them.

        Where they are not, it is said as the index has it, read forwards or backwards, or the planner would not see that it fits.
        """
        if value is None:
            return [number.desc() if self.descending else number]
        lacking_last = with_lacking and self.may_lack
        if self.order is ClientOrder.LAST_CHECK_IN and not lacking_last:
            value = value.desc().nulls_last() if self.descending else value.nulls_first()
        elif lacking_last:
            value = value.desc().nulls_last() if self.descending else value.nulls_last()
        elif self.descending:
            value = value.desc()
        return [value, number.desc() if self.descending else number]

    def beyond(self, value: Any, number: Any, after: Sequence[Any]) -> ColumnElement[bool]:
        """Whether a row with a value comes after the row that ``after`` stands for, which has one too."""
        reached = tuple_(number) if value is None else tuple_(value, number)
        *last, last_number = after
        there: Any = tuple_(*(literal(each, _TYPES[self.order]) for each in last), literal(last_number, BigInteger))
        beyond: ColumnElement[bool] = reached < there if self.descending else reached > there
        return beyond

    def anywhere_beyond(self, value: Any, number: Any, after: Sequence[Any]) -> ColumnElement[bool]:
        """The same for rows with and without a value, with those without at the end."""
        if not self.may_lack:
            return self.beyond(value, number, after)
        if after[0] is None:
            return and_(value.is_(None), number < after[1] if self.descending else number > after[1])
        return or_(value.is_(None), self.beyond(value, number, after))

    def read(self, after: Sequence[Any]) -> list[Any]:
        """The values of a cursor as the statements take them; raises ValueError for what is no date."""
        if self.order is ClientOrder.STANDING_END and after[0] is not None:
            return [date.fromisoformat(after[0]), *after[1:]]
        return list(after)

    def key(self, row: AnyRow) -> list[Any]:
        """What the cursor of a row carries."""
        if self.order is ClientOrder.CREATED:
            return [row.id]
        value = row.sort_value
        return [value if value is None or isinstance(value, str) else value.isoformat(), row.id]
