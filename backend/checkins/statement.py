"""The check-in, as one statement: one round trip, one transaction, no race.

The conditional UPDATE of the client decides. Two at once both pass the first tests, but the second waits for the row
and PostgreSQL tests its WHERE again on what the first one wrote: it then matches nothing, so nothing is inserted.
Everything else hangs on the row that the UPDATE returned: the visit, its figure, its audit entry, its outbox row.

What a client may still use is counted before the visit: ``spent`` says that every membership and authorization that covers the day
is used up. The policy then holds as it does for one who has expired. Another visit on a day that counts as one unit uses nothing.

The visit of somebody who was merged into another client is that one's: a merge leaves no chains, so that is one step.

A request of an earlier moment is not for this statement, which knows the last visit alone: see `backend.checkins.service.placing`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import BigInteger, Date, DateTime, Interval, SmallInteger, String, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB

from backend.checkins.models import CheckInMethod
from backend.db import AnyRow, UnitOfWork

_STATEMENT = (
    text(
        """
WITH prior AS (
  SELECT id, client_id, false AS was_repeat FROM check_ins WHERE request_id = :request_id
  UNION ALL
  SELECT c.id, c.client_id, true FROM check_in_repeats r JOIN check_ins c ON c.id = r.check_in_id WHERE r.request_id = :request_id
), client AS (
  SELECT k.id, k.archived_at, k.last_check_in_at
  FROM clients c JOIN clients k ON k.id = coalesce(c.merged_into_id, c.id) WHERE c.id = :client_id
), standing AS (
  SELECT s.* FROM client c CROSS JOIN LATERAL client_standing(c.id, :day) s
), allowance AS MATERIALIZED (
  SELECT a.*, a.unit = 'DAY' AND a.allowed IS NOT NULL AND EXISTS (
      SELECT FROM check_ins t WHERE t.client_id = c.id AND t.local_day = :day AND t.happened_at >= :at - interval '2 days'
        AND t.voided_at IS NULL) AS counted_today
  FROM client c CROSS JOIN LATERAL client_allowance(c.id, :day) a
), spent AS (
  SELECT count(*) > 0 AND coalesce(bool_and(a.allowed IS NOT NULL AND a.used >= a.allowed AND NOT a.counted_today), false) AS all_of_it
  FROM allowance a
), verdict AS (
  SELECT s.status IN ('ACTIVE', 'EXPIRING') AND NOT p.all_of_it AS good FROM standing s, spent p
), allowed AS (
  SELECT c.id FROM client c, standing s, verdict v
  WHERE NOT EXISTS (SELECT FROM prior) AND c.archived_at IS NULL
    AND (:station_id IS NULL OR EXISTS (SELECT FROM stations WHERE id = :station_id))
    AND (v.good OR s.policy <> 'BLOCK' OR :override_reason IS NOT NULL)
), claimed AS (
  UPDATE clients SET last_check_in_at = :at, first_check_in_at = least(first_check_in_at, :at)
  WHERE id = (SELECT id FROM allowed) AND archived_at IS NULL AND (last_check_in_at IS NULL OR last_check_in_at <= :at - :repeat_window)
  RETURNING id
), recorded AS (
  INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, station_id, user_id, kiosk_id,
                         standing_status, standing_source, standing_ends_on, policy, override_reason)
  SELECT :request_id, c.id, :at, :day, CAST(:method AS check_in_method), (SELECT id FROM stations WHERE id = :station_id), :user_id,
         :kiosk_id, s.status, s.source, s.ends_on, s.policy, CASE WHEN NOT v.good THEN :override_reason END
  FROM claimed c, standing s, verdict v
  RETURNING id, client_id, station_id, standing_status, policy, override_reason
), counted AS (
  INSERT INTO visit_rollup (local_day, hour, station_id, visits) SELECT :day, :hour, r.station_id, 1 FROM recorded r
  ON CONFLICT (local_day, hour, station_id) DO UPDATE SET visits = visit_rollup.visits + 1
), audited AS (
  INSERT INTO audit_log (happened_at, actor_kind, actor_id, actor_label, action, subject_type, subject_id, client_id, after, request_id)
  SELECT :at, CAST(:actor_kind AS actor_kind), :actor_id, :actor_label, 'check_in.recorded', 'check_in', r.id, r.client_id,
         jsonb_strip_nulls(jsonb_build_object('standing', r.standing_status, 'policy', r.policy, 'method', :method,
                                              'override_reason', r.override_reason)), :audit_request_id
  FROM recorded r
), queued AS (
  INSERT INTO outbox (topic, payload) SELECT 'check_in.recorded', jsonb_build_object('check_in_id', r.id) FROM recorded r
)
SELECT c.id AS client_id, c.archived_at IS NOT NULL AS archived, c.last_check_in_at > :at - :repeat_window AS recent,
       p.id AS prior_id, p.client_id AS prior_client_id, p.was_repeat AS prior_was_repeat, (SELECT id FROM recorded) AS recorded_id,
       (SELECT id FROM stations WHERE id = :station_id) AS station_id, (SELECT name FROM stations WHERE id = :station_id) AS station_name,
       s.status, s.source, s.starts_on, s.ends_on, s.days_left, s.tier_name, s.policy, v.good, d.all_of_it AS spent,
       t.sentence_en, t.sentence_es,
       (SELECT jsonb_agg(jsonb_build_array(a.source, a.holding_id, a.tier_name, a.unit, a.allowed, a.used, a.starts_on, a.ends_on,
                                           a.counted_today) ORDER BY a.source, a.ends_on, a.holding_id) FROM allowance a) AS allowances
FROM (VALUES (1)) AS always (one) LEFT JOIN client c ON true LEFT JOIN standing s ON true LEFT JOIN (SELECT * FROM prior LIMIT 1) p ON true
LEFT JOIN verdict v ON true LEFT JOIN spent d ON true
LEFT JOIN membership_tiers t ON CASE WHEN s.tier_id IS NULL THEN t.is_default ELSE t.id = s.tier_id END
"""
    )
    .bindparams(
        bindparam("request_id", type_=Uuid()),
        bindparam("client_id", type_=BigInteger()),
        bindparam("day", type_=Date()),
        bindparam("hour", type_=SmallInteger()),
        bindparam("at", type_=DateTime(timezone=True)),
        bindparam("repeat_window", type_=Interval()),
        bindparam("station_id", type_=BigInteger()),
        bindparam("user_id", type_=BigInteger()),
        bindparam("kiosk_id", type_=BigInteger()),
        bindparam("method", type_=String()),
        bindparam("override_reason", type_=String()),
        bindparam("actor_kind", type_=String()),
        bindparam("actor_id", type_=BigInteger()),
        bindparam("actor_label", type_=String()),
        bindparam("audit_request_id", type_=String()),
    )
    .columns(allowances=JSONB)
)
# A request of an earlier moment may move the visits until this has the client's row, which is then tested again. The visit is found
# by the instant that the row says, so that it is never one that stands elsewhere by now.
_REPEAT = text(
    """
WITH held AS (
  SELECT id, last_check_in_at FROM clients WHERE id = :client_id AND last_check_in_at > :at - :repeat_window FOR UPDATE
), first AS (
  SELECT v.id FROM held h JOIN check_ins v ON v.client_id = h.id AND v.happened_at = h.last_check_in_at AND v.voided_at IS NULL
  ORDER BY v.id DESC LIMIT 1
), repeated AS (
  INSERT INTO check_in_repeats (request_id, check_in_id, happened_at, method, station_id, user_id, kiosk_id)
  SELECT :request_id, f.id, :at, CAST(:method AS check_in_method), (SELECT id FROM stations WHERE id = :station_id), :user_id, :kiosk_id
  FROM first f ON CONFLICT DO NOTHING
)
SELECT id FROM first
"""
).bindparams(
    bindparam("request_id", type_=Uuid()),
    bindparam("client_id", type_=BigInteger()),
    bindparam("at", type_=DateTime(timezone=True)),
    bindparam("repeat_window", type_=Interval()),
    bindparam("method", type_=String()),
    bindparam("station_id", type_=BigInteger()),
    bindparam("user_id", type_=BigInteger()),
    bindparam("kiosk_id", type_=BigInteger()),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A visit that somebody wants to record. ``hour`` and ``day`` are the centre's at the instant ``at``."""

    request_id: UUID
    client_id: int
    station_id: int | None
    user_id: int | None
    method: CheckInMethod
    override_reason: str | None
    at: datetime
    day: date
    hour: int
    repeat_window: timedelta
    kiosk_id: int | None = None


async def try_to_record(uow: UnitOfWork, wish: Wish) -> AnyRow:
    """Run the statement and return its row.

    ``client_id`` (whose visit it is: the one who was kept where clients were merged; None: unknown), ``archived``,
    ``recent`` (within the repeat window of another visit); ``prior_id``,
    ``prior_client_id`` and ``prior_was_repeat`` (the request was seen before); ``station_id`` (None: unknown or not given),
    ``recorded_id`` (None: refused or a repeat) and the standing's columns; ``good`` (nothing for a policy to decide), ``spent``,
    the tier's sentences, ``allowances`` (before this visit).
    """
    parameters = {
        "request_id": wish.request_id,
        "client_id": wish.client_id,
        "day": wish.day,
        "hour": wish.hour,
        "at": wish.at,
        "repeat_window": wish.repeat_window,
        "station_id": wish.station_id,
        "user_id": wish.user_id,
        "kiosk_id": wish.kiosk_id,
        "method": wish.method.value,
        "override_reason": wish.override_reason,
        "actor_kind": uow.actor.kind.value,
        "actor_id": uow.actor.id,
        "actor_label": uow.actor.label,
        "audit_request_id": uow.actor.request_id,
    }
    return (await uow.execute(_STATEMENT, parameters)).one()


async def try_to_repeat(uow: UnitOfWork, wish: Wish, client_id: int) -> int | None:
    """Note that the wish is a repeat of the last visit of ``client_id`` and return that one; None when it no longer is one."""
    parameters = {
        "request_id": wish.request_id,
        "client_id": client_id,
        "at": wish.at,
        "repeat_window": wish.repeat_window,
        "method": wish.method.value,
        "station_id": wish.station_id,
        "user_id": wish.user_id,
        "kiosk_id": wish.kiosk_id,
    }
    number: int | None = await uow.scalar(_REPEAT, parameters)
    return number
