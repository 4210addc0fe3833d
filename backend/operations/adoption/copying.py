"""From the schema ``legacy`` into our tables: everything that no earlier run has seen, in one transaction, in constant memory."""

import time
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend import clock
from backend.errors import Failure
from backend.operations.adoption import shapes
from backend.operations.adoption.left import leave_columns, leave_tables
from backend.operations.adoption.parts import (
    authorizations,
    clients,
    consents,
    contacts,
    duplicates,
    history,
    memberships,
    notes,
    tags,
    users,
    visits,
)
from backend.operations.adoption.report import Line, Remarks, Report
from backend.operations.adoption.transfer import Transfer

LOCK = 0x6B72630200
# The order of the report: what belongs together stands together, however it was copied.
ORDER = (
    "users", "clients", "clients.email", "clients.phone", "clients.notes", "clients.external_ids", "clients.pos", "contact_methods", "tags",
    "client_tags", "consents", "memberships", "memberships.plan_code", "client_notes", "check_ins", "check_ins.station", "ggleap_links",
    "ggleap_groups", "webhooks_out", "audit_log", "password_reset_tokens",
)  # fmt: skip
# Big sorts and hash tables in memory, and no limit in time; work_mem is for each of them, and a NAS has 2 GB.
SETTINGS = ("statement_timeout = 0", "lock_timeout = '60s'", "work_mem = '64MB'", "search_path = public", "timezone = 'UTC'", "jit = off")


async def pending(connection: AsyncConnection) -> bool:
    """Whether ``legacy`` holds the predecessor's tables, our schema is at head, and no adoption has been through yet. Only reads."""
    from backend.operations.bootstrap.revisions import revisions

    if shapes.recognise(*await shapes.look(connection)) is None:
        return False
    if (await connection.execute(text("SELECT to_regclass('public.adoptions') IS NULL"))).scalar_one():
        return False
    query = "SELECT (SELECT max(version_num) FROM public.alembic_version) = :head AND NOT EXISTS (SELECT FROM public.adoptions)"
    return bool((await connection.execute(text(query), {"head": revisions()[-1]})).scalar_one())


async def copy(
    connection: AsyncConnection,
    say: Callable[[str], None],
    *,
    origin: str,
    zone: ZoneInfo,
    by: str = "bootstrap",
    at_source: Sequence[Line] = (),
) -> Report:
    """Copy what lies in ``legacy`` and is not here yet; nothing changes when there is nothing new. Our schema must be at head.

    ``connection`` is one of the schema's owner, outside a transaction. ``origin``: where the rows were, without a password. ``zone``: the
    centre's, which decides on what day a visit was. ``by``: the command, for the audit log. ``at_source``: lines about what was left where
    it was. Raises `Failure` when ``legacy`` does not hold the predecessor's tables.
    """
    began = time.monotonic()
    async with connection.begin() as transaction:
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        for setting in SETTINGS:
            await connection.execute(text(f"SET LOCAL {setting}"))
        tables, stamp = await shapes.look(connection)
        shape = shapes.recognise(tables, stamp)
        if shape is None:
            raise Failure("The schema legacy does not hold the predecessor's tables, so there is nothing to copy.")
        is_first = (await connection.execute(text("SELECT NOT EXISTS (SELECT FROM adoptions)"))).scalar_one()
        transfer = Transfer(connection, tables, await _begin(connection, shape, origin[:200], zone), say)
        await _all_parts(transfer)
        await leave_columns(transfer)
        await leave_tables(transfer, at_source)
        transfer.lines.sort(key=lambda line: ORDER.index(line.part) if line.part in ORDER else len(ORDER))
        changed = await transfer.remark_on_changes()
        if not (transfer.is_new or changed or is_first):
            await transaction.rollback()
            return Report(shape.value, origin, None, transfer.lines, seconds=time.monotonic() - began)
        offered = await duplicates.offer_duplicates(transfer)
        await _end(transfer, shape, by)
        remarks = await _remarks(transfer)
    return Report(shape.value, origin, transfer.adoption_id, transfer.lines, remarks, offered, time.monotonic() - began)


async def _begin(connection: AsyncConnection, shape: shapes.Shape, origin: str, zone: ZoneInfo) -> int:
    statement = "INSERT INTO adoptions (shape, origin, started_at) VALUES (:shape, :origin, clock_timestamp()) RETURNING id"
    number: int = (await connection.execute(text(statement), {"shape": shape.value, "origin": origin})).scalar_one()
    await connection.execute(text("CREATE TEMPORARY TABLE adopt_run (zone text, today date) ON COMMIT DROP"))
    await connection.execute(text("INSERT INTO adopt_run VALUES (:zone, :today)"), {"zone": zone.key, "today": clock.today(zone)})
    for table in ("adopted_rows", "adoption_remarks", *(f"legacy.{name}" for name in shapes.TABLES)):
        if (await connection.execute(text("SELECT to_regclass(:name) IS NOT NULL"), {"name": table})).scalar_one():
            await connection.execute(text(f"ANALYZE {table}"))
    return number


async def _all_parts(transfer: Transfer) -> None:
    await users.copy_users(transfer)
    await clients.prepare_clients(transfer)
    await contacts.prepare_contacts(transfer)
    await authorizations.prepare_authorizations(transfer)
    # One statement, because triggers for each statement run at its end: what a client is found by is then made of all three.
    await transfer.run(f"WITH c AS ({clients.INSERT}), m AS ({contacts.INSERT}) {authorizations.INSERT}")
    await clients.finish_clients(transfer)
    await contacts.finish_contacts(transfer)
    await authorizations.finish_authorizations(transfer)
    await transfer.run("ANALYZE adopted_rows")
    await notes.copy_notes(transfer)
    await tags.copy_tags(transfer)
    await consents.copy_consents(transfer)
    await memberships.copy_memberships(transfer)
    await visits.copy_check_ins(transfer)
    await history.copy_links(transfer)
    await history.copy_groups(transfer)
    await history.copy_events(transfer)
    await history.copy_audit(transfer)
    await users.leave_reset_links(transfer)


async def _end(transfer: Transfer, shape: shapes.Shape, by: str) -> None:
    for position, line in enumerate(transfer.lines):
        await transfer.run(
            """INSERT INTO adoption_lines (adoption_id, part, position, rows_read, rows_copied, rows_joined, rows_already, rows_aside)
               VALUES (:adoption, :part, :position, :read, :copied, :joined, :already, :aside)""",
            {
                "adoption": transfer.adoption_id, "part": line.part, "position": position, "read": line.read, "copied": line.copied,
                "joined": line.joined, "already": line.already, "aside": line.aside,
            },
        )  # fmt: skip
    counts = {line.part: [line.read, line.copied, line.joined, line.already, line.aside] for line in transfer.lines}
    await transfer.run(
        """INSERT INTO audit_log (actor_kind, actor_label, action, subject_type, subject_id, after)
           VALUES ('OPERATOR', :by, 'adoption.finished', 'adoption', :adoption, CAST(:after AS jsonb))""",
        {"by": by, "adoption": transfer.adoption_id, "after": orjson.dumps({"shape": shape.value, "rows": counts}).decode()},
    )
    await transfer.run(f"UPDATE adoptions SET finished_at = clock_timestamp() WHERE id = {transfer.adoption_id}")


async def _remarks(transfer: Transfer) -> list[Remarks]:
    query = """SELECT part, outcome, reason, count(*) AS many FROM adoption_remarks WHERE adoption_id = :adoption GROUP BY 1, 2, 3"""
    rows = await transfer.connection.execute(text(query), {"adoption": transfer.adoption_id})
    positions = {line.part: position for position, line in enumerate(transfer.lines)}
    found = [Remarks(row.part, row.outcome, row.reason, row.many) for row in rows]
    return sorted(found, key=lambda one: (positions.get(one.part, len(positions)), -one.count, one.reason, one.outcome))
