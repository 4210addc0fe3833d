"""The check-in, as one statement: one round trip, one transaction, no race.

The conditional UPDATE of the client decides. Two at once both pass the first tests, but the second waits for the row
and PostgreSQL tests its WHERE again on what the first one wrote: it then matches nothing, so nothing is inserted.
Everything else hangs on the row that the UPDATE returned: the visit, its audit entry, its outbox row.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import BigInteger, Date, DateTime, Interval, String, Uuid, bindparam, text

from backend.checkins.models import CheckInMethod
from backend.db import AnyRow, UnitOfWork

_STATEMENT = text(
    """
WITH prior AS (
  SELECT id, client_id, false AS was_repeat FROM check_ins WHERE request_id = :request_id
  UNION ALL
  SELECT c.id, c.client_id, true FROM check_in_repeats r JOIN check_ins c ON c.id = r.check_in_id WHERE r.request_id = :request_id
), client AS (
  SELECT id, archived_at FROM clients WHERE id = :client_id
), standing AS (
  SELECT s.* FROM client c CROSS JOIN LATERAL client_standing(c.id, :day) s
), allowed AS (
  SELECT c.id FROM client c, standing s
  WHERE NOT EXISTS (SELECT FROM prior) AND c.archived_at IS NULL
    AND (:station_id IS NULL OR EXISTS (SELECT FROM stations WHERE id = :station_id))
    AND (s.policy <> 'BLOCK' OR s.status IN ('ACTIVE', 'EXPIRING'))
), claimed AS (
  UPDATE clients SET last_check_in_at = :at
  WHERE id = (SELECT id FROM allowed) AND archived_at IS NULL AND (last_check_in_at IS NULL OR last_check_in_at <= :at - :repeat_window)
  RETURNING id
), recorded AS (
  INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, station_id, user_id,
                         standing_status, standing_source, standing_ends_on, policy)
  SELECT :request_id, c.id, :at, :day, CAST(:method AS check_in_method), (SELECT id FROM stations WHERE id = :station_id), :user_id,
         s.status, s.source, s.ends_on, s.policy
  FROM claimed c, standing s
  RETURNING id, client_id, standing_status, policy
), audited AS (
  INSERT INTO audit_log (happened_at, actor_kind, actor_id, actor_label, action, subject_type, subject_id, client_id, after, request_id)
  SELECT :at, CAST(:actor_kind AS actor_kind), :actor_id, :actor_label, 'check_in.recorded', 'check_in', r.id, r.client_id,
         jsonb_build_object('standing', r.standing_status, 'policy', r.policy, 'method', :method), :audit_request_id
  FROM recorded r
), queued AS (
  INSERT INTO outbox (topic, payload) SELECT 'check_in.recorded', jsonb_build_object('check_in_id', r.id) FROM recorded r
)
SELECT c.id AS client_id, c.archived_at IS NOT NULL AS archived,
       p.id AS prior_id, p.client_id AS prior_client_id, p.was_repeat AS prior_was_repeat, (SELECT id FROM recorded) AS recorded_id,
       (SELECT id FROM stations WHERE id = :station_id) AS station_id, (SELECT name FROM stations WHERE id = :station_id) AS station_name,
       s.status, s.source, s.starts_on, s.ends_on, s.days_left, s.tier_name, s.policy
FROM (VALUES (1)) AS always (one) LEFT JOIN client c ON true LEFT JOIN standing s ON true LEFT JOIN (SELECT * FROM prior LIMIT 1) p ON true
"""
).bindparams(
    bindparam("request_id", type_=Uuid()),
    bindparam("client_id", type_=BigInteger()),
    bindparam("day", type_=Date()),
    bindparam("at", type_=DateTime(timezone=True)),
    bindparam("repeat_window", type_=Interval()),
    bindparam("station_id", type_=BigInteger()),
    bindparam("user_id", type_=BigInteger()),
    bindparam("method", type_=String()),
    bindparam("actor_kind", type_=String()),
    bindparam("actor_id", type_=BigInteger()),
    bindparam("actor_label", type_=String()),
    bindparam("audit_request_id", type_=String()),
)


async def try_to_record(
    uow: UnitOfWork,
    *,
    request_id: UUID,
    client_id: int,
    station_id: int | None,
    user_id: int | None,
    method: CheckInMethod,
    at: datetime,
    day: date,
    repeat_window: timedelta,
) -> AnyRow:
    """Run the statement and return its row.

    ``client_id`` (None: unknown), ``archived``; ``prior_id``, ``prior_client_id`` and ``prior_was_repeat`` (the request was seen
    before); ``station_id`` (None: unknown or not given), ``recorded_id`` (None: refused or a repeat) and the standing's columns.
    """
    parameters = {
        "request_id": request_id,
        "client_id": client_id,
        "day": day,
        "at": at,
        "repeat_window": repeat_window,
        "station_id": station_id,
        "user_id": user_id,
        "method": method.value,
        "actor_kind": uow.actor.kind.value,
        "actor_id": uow.actor.id,
        "actor_label": uow.actor.label,
        "audit_request_id": uow.actor.request_id,
    }
    return (await uow.execute(_STATEMENT, parameters)).one()
