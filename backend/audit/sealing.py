"""Sealing what was added to the audit log, in links of a chain.

An entry has its number before it is committed, so the newest numbers may still be missing rows. First a horizon is noted: the
highest number, and the number of the noting transaction. Once no older transaction is open and a minute has gone by, nothing can
appear below the horizon any more, and what lies there is sealed.
"""

from datetime import timedelta

from sqlalchemy import text

from backend.audit.chain import ENTRY_HASH, MARK, NOTHING, SEAL_HASH
from backend.db import UnitOfWork

WAIT = timedelta(seconds=60)
"""A statement that has its number takes less than this until its transaction has one: the API's may last 4 seconds."""
MOST_ENTRIES = 20_000
"""Of one seal, so that making it and verifying it take a moment each."""
MOST_SEALS = 50
"""Of one transaction; the rest of a large backlog is sealed in the next."""

# The key is any number that nothing else here locks.
ALONE = text("SELECT pg_try_advisory_xact_lock(7204517739204)")
# Numbers of transactions mean something only in the cluster that gave them, and a backup may be restored into another one.
SETTLED = text(
    """
    SELECT h.last_id,
           h.cluster IS DISTINCT FROM c.cluster AS foreign_cluster,
           h.noted_at <= clock_timestamp() - CAST(:wait AS interval) AND pg_snapshot_xmin(pg_current_snapshot()) > h.xid::xid8 AS settled
    FROM audit_horizon h, (SELECT system_identifier::text AS cluster FROM pg_control_system()) c
    """
)
NEWEST = text("SELECT id, last_id, hash FROM audit_seals ORDER BY id DESC LIMIT 1")
NOTE = text(
    """
    INSERT INTO audit_horizon (last_id, xid, cluster, noted_at)
    SELECT n.last_id, pg_current_xact_id()::text, c.system_identifier::text, clock_timestamp()
    FROM (SELECT max(id) AS last_id FROM audit_log) n, pg_control_system() c
    WHERE n.last_id > :sealed
    ON CONFLICT (id) DO UPDATE SET last_id = excluded.last_id, xid = excluded.xid, cluster = excluded.cluster, noted_at = excluded.noted_at
    """
)
SEAL = text(
    f"""
    WITH covered AS MATERIALIZED (
      SELECT a.id, {ENTRY_HASH} AS hash, {MARK} AS mark
      FROM audit_log a WHERE a.id BETWEEN :first_id AND :horizon ORDER BY a.id LIMIT :most
    ), summed AS (
      SELECT count(*) AS entries, max(id) AS newest, sha256(coalesce(string_agg(hash, {NOTHING} ORDER BY id), {NOTHING})) AS digest,
             coalesce(string_agg(mark, {NOTHING} ORDER BY id), {NOTHING}) AS marks
      FROM covered
    ), s AS (
      SELECT CAST(:id AS bigint) AS id, CAST(:first_id AS bigint) AS first_id,
             CASE WHEN entries < :most THEN CAST(:horizon AS bigint) ELSE newest END AS last_id,
             entries, digest, marks, CAST(:previous AS bytea) AS previous, now() AS sealed_at
      FROM summed
    )
    INSERT INTO audit_seals (id, first_id, last_id, entries, digest, marks, previous, hash, sealed_at)
    SELECT s.id, s.first_id, s.last_id, s.entries, s.digest, s.marks, s.previous, {SEAL_HASH}, s.sealed_at FROM s
    RETURNING id, last_id, hash
    """
)


async def seal(uow: UnitOfWork, *, wait: timedelta = WAIT, most_entries: int = MOST_ENTRIES, most_seals: int = MOST_SEALS) -> int:
    """Seal what is settled and note the next horizon; returns how many seals were made. Who comes second does nothing."""
    if not await uow.scalar(ALONE):
        return 0
    horizon = await uow.row(SETTLED, {"wait": wait})
    newest = await uow.row(NEWEST)
    number, last, previous = (newest.id, newest.last_id, newest.hash) if newest is not None else (0, 0, None)
    made = 0
    if horizon is not None and not horizon.foreign_cluster:
        if not horizon.settled:
            return 0
        while last < horizon.last_id and made < most_seals:
            values = {"id": number + 1, "first_id": last + 1, "horizon": horizon.last_id, "most": most_entries, "previous": previous}
            number, last, previous = (await uow.execute(SEAL, values)).one()
            made += 1
        if last < horizon.last_id:
            return made
    await uow.execute(NOTE, {"sealed": last})
    return made
