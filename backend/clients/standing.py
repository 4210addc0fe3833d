"""Standing: what a client's memberships and authorizations add up to on a day.

The rule is the database function ``client_standing(client, day)``, made by the core migration: one definition for the
list, the filter, the desk, the check-in statement, the jobs and whoever asks with psql. It is a single SELECT, which
PostgreSQL inlines, so it costs a page what a hand-written lateral join costs. It stands here and not in memberships,
because the list and its filter need it and features import only downward.
"""

import enum
from datetime import date

from sqlalchemy import BigInteger, ColumnElement, Date, Integer, Text, bindparam, column, func
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.selectable import LateralFromClause

from backend.db import choice


class StandingStatus(enum.StrEnum):
    """What a client's memberships and authorizations add up to on a day; EXPIRING means 30 days or fewer left."""

    ACTIVE = "ACTIVE"
    EXPIRING = "EXPIRING"
    PENDING = "PENDING"
    EXPIRED = "EXPIRED"
    NONE = "NONE"


class StandingSource(enum.StrEnum):
    """Which kind of row decided a standing."""

    MEMBERSHIP = "MEMBERSHIP"
    AUTHORIZATION = "AUTHORIZATION"


def standing_on(client_id: ColumnElement[int] | InstrumentedAttribute[int], day: date | ColumnElement[date]) -> LateralFromClause:
    """The function as a lateral table with exactly one row for each client; join it ``ON true``.

    Columns: status, source, starts_on, ends_on, days_left, tier_id, tier_name, policy. ``days_left`` counts to the last
    day of the span (0 on that day), is negative after it, and counts to ``starts_on`` when the status is PENDING.
    """
    on = bindparam(None, day, type_=Date) if isinstance(day, date) else day
    return (
        func.client_standing(client_id, on)
        .table_valued(
            column("status", choice(StandingStatus, "standing_status")),
            column("source", choice(StandingSource, "standing_source")),
            column("starts_on", Date),
            column("ends_on", Date),
            column("days_left", Integer),
            column("tier_id", BigInteger),
            column("tier_name", Text),
            column("policy", Text),
        )
        .lateral("standing")
    )
