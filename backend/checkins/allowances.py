"""What a visit leaves of what a client may use: as plain values, worked out from the row of the check-in statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from backend.clients.standing import StandingSource
from backend.memberships.models import AuthorizationUnit
from backend.memberships.queries import Use

WARN_AT = 2
"""From how few visits, days or hours on the desk is told that they run out."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """How much is left of the holding with the most left, where every holding has a cap: what the client's next visits depend on."""

    source: StandingSource
    unit: AuthorizationUnit
    left: float
    of_month: bool


def after_visit(rows: Sequence[Sequence[Any]] | None, *, recorded: bool) -> list[Use]:
    """The allowances of a row of the statement; ``recorded``: with the visit that it recorded, which it had not counted yet."""
    return [_use(*row, recorded=recorded) for row in rows or ()]


def _use(
    source: str,
    holding_id: int,
    tier_name: str | None,
    unit: str,
    allowed: int | None,
    used: float | None,
    starts_on: str,
    ends_on: str,
    counted_today: bool,
    *,
    recorded: bool,
) -> Use:
    counted: float | None = None
    if allowed is not None and used is not None:
        # An hour counts once it is checked out, a day once however many visits it has.
        adds = recorded and (unit == AuthorizationUnit.VISIT or (unit == AuthorizationUnit.DAY and not counted_today))
        counted = float(used) + adds
    return Use(
        source=StandingSource(source),
        holding_id=holding_id,
        tier_name=tier_name,
        unit=AuthorizationUnit(unit),
        allowed=allowed,
        used=counted,
        left=max(allowed - counted, 0.0) if allowed is not None and counted is not None else None,
        starts_on=date.fromisoformat(starts_on),
        ends_on=date.fromisoformat(ends_on),
    )


def remaining(uses: Sequence[Use]) -> Remaining | None:
    """What is left for the next visits; None where nothing is held, or something without a cap."""
    capped = [(use.left, use) for use in uses if use.left is not None]
    if not capped or len(capped) < len(uses):
        return None
    left, most = max(capped, key=lambda each: each[0])
    return Remaining(most.source, most.unit, left, _is_a_months(most))


def _is_a_months(use: Use) -> bool:
    """Whether a window is a month's, cut at most at one end by its holding; one that touches neither end of it is the holding's own."""
    months = (use.starts_on.year, use.starts_on.month) == (use.ends_on.year, use.ends_on.month)
    return months and (use.starts_on.day == 1 or (use.ends_on + timedelta(1)).day == 1)


def spent_before(uses: Sequence[Use], *, counted: bool) -> bool:
    """Whether everything was used up before a visit of today that is ``counted`` in ``uses`` (or, voided, is not)."""
    return bool(uses) and all(
        use.allowed is not None
        and use.used is not None
        and use.unit is not AuthorizationUnit.DAY
        and use.used - (counted and use.unit is AuthorizationUnit.VISIT) >= use.allowed
        for use in uses
    )
