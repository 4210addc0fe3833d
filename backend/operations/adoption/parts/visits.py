"""Check-ins: billing records, so every one is kept, with the standing that the client had on that day."""

from sqlalchemy import text

from backend.operations.adoption.expressions import clean, given, instant, is_blank, is_instant, shortened
from backend.operations.adoption.transfer import Transfer, all_rows, new_id
from backend.reports.service import ALONE, ROLL_UP

_NAME_LENGTH = 80


async def copy_check_ins(transfer: Transfer) -> None:
    """All that happened at a time. ``request_id`` is the predecessor's id, so a second run knows them. Memberships come before."""
    method = "upper(l.method::text)"
    happened, note = "l.happened_at::timestamptz", transfer.column("check_ins", "notes")
    await transfer.keep(
        "adopt_visits",
        f"""
        SELECT l.id AS source_id, p.client_id, l.station::text AS station,
               CASE WHEN {method} IN ('STAFF', 'KIOSK') THEN {method} ELSE 'IMPORT' END AS method,
               {happened} AS happened_at, CASE WHEN {is_instant(happened)} THEN ({happened} AT TIME ZONE (SELECT zone
                 FROM adopt_run))::date END AS local_day,
               CASE WHEN NOT {is_blank(note)} THEN {note} END AS note, {instant("l.created_at::timestamptz")} AS created_at,
               CASE WHEN p.client_id IS NULL OR NOT {is_instant(happened)} THEN 'aside' ELSE 'copied' END AS outcome,
               CASE WHEN p.client_id IS NULL THEN 'client_gone' WHEN NOT {is_instant(happened)} THEN 'bad_time'
                    WHEN {method} NOT IN ('STAFF', 'KIOSK') THEN 'unknown_method' END AS reason
        FROM legacy.check_ins l LEFT JOIN adopt_people p ON p.source_id = l.client_id
        WHERE NOT EXISTS (SELECT FROM check_ins c WHERE c.request_id = l.id)
          AND NOT EXISTS (SELECT FROM adoption_remarks r WHERE r.part = 'check_ins' AND r.outcome = 'aside' AND r.source_id = l.id::text)
        """,
    )
    await _stations(transfer)
    await _record(transfer)
    await transfer.finish("check_ins", "adopt_visits", all_rows("check_ins"), target=None)


async def _record(transfer: Transfer) -> None:
    # The standing once for each client and day: a day has more visits than one.
    for table in ("clients", "memberships", "authorizations", "membership_tiers"):
        await transfer.run(f"ANALYZE {table}")
    await transfer.keep(
        "adopt_days",
        """SELECT d.client_id, d.local_day, s.status, s.source, s.ends_on, s.policy
           FROM (SELECT DISTINCT client_id, local_day FROM adopt_visits WHERE outcome = 'copied') d
           CROSS JOIN LATERAL client_standing(d.client_id, d.local_day) s""",
    )
    await transfer.run(
        """
        INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, station_id, standing_status, standing_source,
          standing_ends_on,
                               policy, note, recorded_at)
        SELECT v.source_id, v.client_id, v.happened_at, v.local_day, v.method::check_in_method, s.station_id, d.status, d.source, d.ends_on,
               d.policy, v.note, v.created_at
        FROM adopt_visits v JOIN adopt_days d USING (client_id, local_day) LEFT JOIN adopt_stations s ON s.written = v.station
        WHERE v.outcome = 'copied' ORDER BY v.happened_at, v.source_id
        """
    )
    # New clients have theirs from the beginning. A time to come would make every visit until then a repeat.
    await transfer.run(
        """
        UPDATE clients c
        SET first_check_in_at = least(c.first_check_in_at, v.first_at), last_check_in_at = greatest(c.last_check_in_at, v.last_at)
        FROM (SELECT client_id, min(happened_at) AS first_at, max(happened_at) AS last_at FROM adopt_visits
              WHERE outcome = 'copied' AND happened_at <= now() GROUP BY 1) v
        WHERE c.id = v.client_id
          AND (c.first_check_in_at IS NULL OR c.last_check_in_at IS NULL
               OR c.first_check_in_at > v.first_at OR c.last_check_in_at < v.last_at)
        """
    )
    query = "SELECT min(local_day) AS first_day, max(local_day) AS last_day, (SELECT zone FROM adopt_run) AS zone FROM adopt_days"
    days = (await transfer.connection.execute(text(query))).one()
    if days.first_day is not None:
        await transfer.connection.execute(ALONE)
        await transfer.connection.execute(ROLL_UP, dict(days._mapping))  # noqa: SLF001 (SQLAlchemy's public name for it)


async def _stations(transfer: Transfer) -> None:
    """A station for each name, however it is spelled; those that are there already are used."""
    await transfer.keep(
        "adopt_spelled_stations",
        f"""
        SELECT written, name, {shortened("name", _NAME_LENGTH, "lower(name)")} AS short, is_seen
        FROM (SELECT l.station AS written, {given("l.station")} AS name, l.many > coalesce(v.many, 0) AS is_seen
              FROM (SELECT station::text AS station, count(*) AS many FROM legacy.check_ins WHERE station IS NOT NULL GROUP BY 1) l
              LEFT JOIN (SELECT station, count(*) AS many FROM adopt_visits GROUP BY 1) v USING (station)) n
        WHERE name IS NOT NULL
        """,
    )
    await transfer.keep(
        "adopt_stations",
        f"""
        SELECT q.*, coalesce(existing, max(new_id) OVER (PARTITION BY lower(short))) AS station_id
        FROM (SELECT p.*, {new_id("stations", "existing IS NULL AND place = 1")} AS new_id
              FROM (SELECT w.*, (SELECT min(s.id) FROM stations s WHERE lower({clean("s.name")}) = lower(w.short)) AS existing,
                           row_number() OVER (PARTITION BY lower(short) ORDER BY written) AS place
                    FROM adopt_spelled_stations w ORDER BY written) p) q
        """,
    )
    await transfer.run(
        "INSERT INTO stations (id, name) OVERRIDING SYSTEM VALUE SELECT new_id, short FROM adopt_stations WHERE new_id IS NOT NULL"
    )
    # A spelling that came with a visit which an earlier run saw is nothing new.
    await transfer.keep(
        "adopt_places",
        """SELECT NULL::text AS source_id, NULL::bigint AS client_id, CASE WHEN new_id IS NULL THEN 'joined' ELSE 'copied' END AS outcome,
                  CASE WHEN new_id IS NULL THEN 'same_station' WHEN short <> name THEN 'no_space' END AS reason
           FROM adopt_stations WHERE NOT is_seen""",
    )
    await transfer.finish("check_ins.station", "adopt_places", "SELECT count(*) FROM adopt_stations", target=None)
