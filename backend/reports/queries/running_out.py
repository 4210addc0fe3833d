"""Whose time runs out or has run out, counted up to a limit however many clients there are.

The day on which a standing ends is the last day of a period after which nothing goes on. So each client is met once, at that period,
and the indexes on the last days give the periods of both kinds in order until there are enough. A period that began by today decides
by itself: today lies in its span, or it was the last. One that is yet to begin may go on from another or come after a gap, so for its
client ``client_standing`` is asked; asking it for all would be most of the work.
"""

from datetime import date, timedelta

from sqlalchemy import text

from backend.db import ReadSession
from backend.reports.queries.people import COUNTED, Counted

EXPIRING_DAYS = 30

# OFFSET 0 keeps the planner from turning the tests into joins, which would read all periods to give the first few. Each part is cut
# and ordered by itself for the same reason; as both come in order, they are tested in turns, and only until there are enough of both.
_PERIODS = """
    (SELECT p.client_id, p.starts_on, p.ends_on FROM {table} p
     WHERE p.ends_on BETWEEN :earliest AND :latest
       AND NOT EXISTS (SELECT FROM {other} x WHERE x.client_id = p.client_id AND {goes_on} AND x.ends_on {later} p.ends_on OFFSET 0)
       AND NOT EXISTS (
         SELECT FROM {table} x WHERE x.client_id = p.client_id AND {goes_on} AND (x.ends_on, x.id) > (p.ends_on, p.id) OFFSET 0)
       AND NOT EXISTS (SELECT FROM clients c WHERE c.id = p.client_id AND c.archived_at IS NOT NULL OFFSET 0)
     ORDER BY p.ends_on {order} LIMIT :most)
"""
_COUNTED = """
WITH reached AS MATERIALIZED (
  SELECT u.client_id, u.starts_on, u.ends_on FROM ({memberships} UNION ALL {authorizations}) u
  ORDER BY u.ends_on {order} LIMIT :most
), found AS MATERIALIZED (
  SELECT r.client_id, r.ends_on FROM reached r
  WHERE r.starts_on <= :today OR EXISTS (
    SELECT FROM client_standing(r.client_id, :today) s WHERE s.status = '{status}' AND s.ends_on = r.ends_on)
)
SELECT (SELECT count(*) FROM found) AS total, (SELECT count(*) < :most FROM reached) AS exact,
       ARRAY(SELECT f.client_id FROM found f ORDER BY f.ends_on {order}, f.client_id LIMIT :first) AS first_ones
"""


def _statement(status: str, *, order: str, goes_on: str) -> str:
    words = {"order": order, "goes_on": goes_on}
    # Of two periods that end on one day, one of each kind, the authorization stands for both.
    memberships = _PERIODS.format(table="memberships", other="authorizations", later=">=", **words)
    authorizations = _PERIODS.format(table="authorizations", other="memberships", later=">", **words)
    return _COUNTED.format(memberships=memberships, authorizations=authorizations, status=status, order=order)


_EXPIRING = text(_statement("EXPIRING", order="ASC", goes_on="x.starts_on <= p.ends_on + 1"))
_EXPIRED = text(_statement("EXPIRED", order="DESC", goes_on="true"))


async def expiring(reader: ReadSession, today: date, *, first: int) -> Counted:
    """Clients whose standing is EXPIRING; those who have the least time left come first."""
    span = {"earliest": today, "latest": today + timedelta(days=EXPIRING_DAYS)}
    (row,) = await reader.rows(_EXPIRING, {**span, "today": today, "most": COUNTED + 1, "first": first})
    return Counted.of(row)


async def expired(reader: ReadSession, today: date, *, first: int) -> Counted:
    """Clients whose standing is EXPIRED; those whose time ran out last come first."""
    span = {"earliest": date.min, "latest": today - timedelta(days=1)}
    (row,) = await reader.rows(_EXPIRED, {**span, "today": today, "most": COUNTED + 1, "first": first})
    return Counted.of(row)
