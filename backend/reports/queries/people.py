"""Who came, and who stays away, counted up to a limit however many clients there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ARRAY, DateTime, bindparam, text

from backend.db import AnyRow, ReadSession

COUNTED = 500
INACTIVE_DAYS = 30

# Spans end now, so whoever came in one was there last in it: no visit has to be read. The order is that of the indexes, newest first,
# so that counting ends after a few hundred clients.
_NEW_AND_RETURNING = text(
    """
    SELECT (SELECT count(*) FROM (
              SELECT FROM clients c WHERE c.first_check_in_at >= s.begin AND c.archived_at IS NULL
              ORDER BY c.first_check_in_at DESC LIMIT :most) f) AS new,
           (SELECT count(*) FROM (
              SELECT FROM clients c
              WHERE c.last_check_in_at >= s.begin AND c.first_check_in_at < s.begin AND c.archived_at IS NULL
              ORDER BY c.last_check_in_at DESC NULLS LAST, c.id DESC LIMIT :most) r) AS again
    FROM unnest(:begins) WITH ORDINALITY AS s (begin, place)
    ORDER BY s.place
    """
).bindparams(bindparam("begins", type_=ARRAY(DateTime(timezone=True))))

_INACTIVE = text(
    """
    WITH found AS MATERIALIZED (
      SELECT c.id, c.last_check_in_at FROM clients c WHERE c.last_check_in_at < :before AND c.archived_at IS NULL
      ORDER BY c.last_check_in_at DESC NULLS LAST, c.id DESC LIMIT :most
    )
    SELECT (SELECT count(*) FROM found) AS total, (SELECT count(*) < :most FROM found) AS exact,
           ARRAY(SELECT f.id FROM found f ORDER BY f.last_check_in_at DESC, f.id DESC LIMIT :first) AS first_ones
    """
)


@dataclass(frozen=True, slots=True)
class NewAndReturning:
    """How many clients came for the first time since an instant, and how many came again; 501 stands for more than 500."""

    new: int
    returning: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many clients there are, whether that is all of them or the count stopped, and the numbers of the first few."""

    total: int
    exact: bool
    first_ones: Sequence[int]

    @classmethod
    def of(cls, row: AnyRow) -> "Counted":
        """From a row with ``total``, ``exact`` and ``first_ones``."""
        return cls(min(row.total, COUNTED), row.exact, row.first_ones)


async def new_and_returning(reader: ReadSession, begins: Sequence[datetime]) -> list[NewAndReturning]:
    """For each instant, since then. Archived clients don't count, as in the table."""
    rows = await reader.rows(_NEW_AND_RETURNING, {"begins": list(begins), "most": COUNTED + 1})
    return [NewAndReturning(row.new, row.again) for row in rows]


async def inactive(reader: ReadSession, before: datetime, *, first: int) -> Counted:
    """Clients who were here, but not since ``before``; those who left last come first."""
    (row,) = await reader.rows(_INACTIVE, {"before": before, "most": COUNTED + 1, "first": first})
    return Counted.of(row)
