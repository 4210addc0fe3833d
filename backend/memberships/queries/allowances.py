"""What may still be used of memberships and authorizations: the database function ``client_allowance(client, day)`` decides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Date, Integer, Numeric, Text, and_, column, func, literal, select, true
from sqlalchemy.sql.selectable import LateralFromClause

from backend.clients.standing import StandingSource
from backend.db import ReadSession, choice
from backend.memberships.models import AuthorizationUnit


@dataclass(frozen=True, slots=True)
class Use:
    """What a holding allows in its window, and what was used there. Without a cap ``allowed``, ``used`` and ``left`` are None."""

    source: StandingSource
    holding_id: int
    tier_name: str | None
    unit: AuthorizationUnit
    allowed: int | None
    used: float | None
    left: float | None
    starts_on: date
    ends_on: date


_SOURCE = choice(StandingSource, "standing_source")


def _allowance(client_id: Any, day: Any) -> LateralFromClause:
    """The function as a lateral table: a row for each holding of the client that covers the day."""
    return (
        func.client_allowance(client_id, day)
        .table_valued(
            column("source", _SOURCE),
            column("holding_id", BigInteger),
            column("tier_name", Text),
            column("unit", choice(AuthorizationUnit, "authorization_unit")),
            column("allowed", Integer),
            column("starts_on", Date),
            column("ends_on", Date),
            column("used", Numeric),
        )
        .lateral("allowance")
    )


def _use(row: Any) -> Use:
    capped = row.allowed is not None
    used = float(row.used) if capped else None
    return Use(
        source=row.source,
        holding_id=row.holding_id,
        tier_name=row.tier_name,
        unit=row.unit,
        allowed=row.allowed,
        used=used,
        left=max(row.allowed - used, 0.0) if used is not None else None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


async def allowances_of(reader: ReadSession, client_ids: Iterable[int], day: date) -> Mapping[int, Sequence[Use]]:
    """What these clients may use on a day, memberships first: of each holding that covers it. Clients without any are left out."""
    owner = func.unnest(literal(list(client_ids), ARRAY(BigInteger))).table_valued(column("id", BigInteger)).render_derived("owner")
    allowance = _allowance(owner.c.id, literal(day, Date))
    joined = select(owner.c.id.label("client_id"), allowance).select_from(owner.join(allowance, true()))
    found: dict[int, list[Use]] = {}
    for row in await reader.rows(joined.order_by(allowance.c.source, allowance.c.ends_on, allowance.c.holding_id)):
        found.setdefault(row.client_id, []).append(_use(row))
    return found


HoldingDay = tuple[StandingSource, int, int, date]
"""Source, the holding's number, its client's number, a day that it covers."""


async def uses_of(reader: ReadSession, holdings: Iterable[HoldingDay]) -> Mapping[tuple[StandingSource, int], Use]:
    """What is used of each holding in the window that holds its day, by source and number: one statement for all of them."""
    wanted = list(holdings)
    asked = (
        func.unnest(
            literal([item[0] for item in wanted], ARRAY(_SOURCE)),
            literal([item[1] for item in wanted], ARRAY(BigInteger)),
            literal([item[2] for item in wanted], ARRAY(BigInteger)),
            literal([item[3] for item in wanted], ARRAY(Date)),
        )
        .table_valued(column("source", _SOURCE), column("id", BigInteger), column("client_id", BigInteger), column("day", Date))
        .render_derived("asked")
    )
    allowance = _allowance(asked.c.client_id, asked.c.day)
    same = and_(allowance.c.source == asked.c.source, allowance.c.holding_id == asked.c.id)
    rows = await reader.rows(select(allowance).select_from(asked.join(allowance, true())).where(same))
    return {(row.source, row.holding_id): _use(row) for row in rows}
