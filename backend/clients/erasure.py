"""Erasing a person on file: a privacy request, carried out at once and for good.

What goes: names, date of birth, guardian, coordinator, member code, preferred name, contact methods, consents, notes, tags, messages,
links to the gaming platform, import marks, possible duplicates, every free text on visits and memberships, the values in the audit
log, and what the schema ``legacy`` still has of the person.

What stays, because the regional centre pays by it and the law wants five years of it (California Code of Regulations, title 17,
§§ 50604, 50612): the visits, the memberships' periods, and the authorizations with their own numbers, periods and units, under the
pseudonym "Erased client 57". The authorization's number and the vendor's say which purchase a unit belongs to; the UCI number says
who the person is, so it goes, and so does the coordinator's name.

Backups that were made before still hold the person until they are removed by age; restoring one carries the erasure out again.
"""

import json
import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from backend import log
from backend.audit import service as audit
from backend.db import UnitOfWork
from backend.errors import NotFound

logger = log.get(__name__)

JOURNAL = "erasures.jsonl"

LOCK = text("SELECT id FROM clients WHERE id = :client_id FOR UPDATE")
# The search document follows by the triggers.
FORGET = [
    text(statement)
    for statement in (
        """
        UPDATE clients
        SET first_name = 'Erased', last_name = 'client ' || id, preferred_name = NULL, date_of_birth = NULL, guardian_name = NULL,
            service_coordinator = NULL, member_code = NULL, language = 'en', archived_at = coalesce(archived_at, now()),
            version = version + 1
        WHERE id = :client_id
          AND (archived_at IS NULL
               OR (first_name, last_name, preferred_name, date_of_birth, guardian_name, service_coordinator, member_code, language)
                  IS DISTINCT FROM ('Erased', 'client ' || id, NULL, NULL, NULL, NULL, NULL, 'en'))
        """,
        "DELETE FROM contact_methods WHERE client_id = :client_id",
        "DELETE FROM consents WHERE client_id = :client_id",
        "DELETE FROM client_notes WHERE client_id = :client_id",
        "DELETE FROM client_tags WHERE client_id = :client_id",
        "DELETE FROM messages WHERE client_id = :client_id",
        "DELETE FROM ggleap_links WHERE client_id = :client_id",
        "DELETE FROM imported_rows WHERE client_id = :client_id",
        "DELETE FROM possible_duplicates WHERE :client_id IN (client_id, other_id)",
        "UPDATE memberships SET note = NULL WHERE client_id = :client_id AND note IS NOT NULL",
        """
        UPDATE authorizations SET uci_number = NULL, service_coordinator = NULL
        WHERE client_id = :client_id AND (uci_number IS NOT NULL OR service_coordinator IS NOT NULL)
        """,
        """
        UPDATE check_ins SET note = NULL, void_reason = CASE WHEN void_reason IS NOT NULL THEN 'Erased' END
        WHERE client_id = :client_id AND (note IS NOT NULL OR void_reason <> 'Erased')
        """,
        """
        UPDATE audit_log SET before = NULL, after = NULL
        WHERE (client_id = :client_id OR subject_type = 'client' AND subject_id = :client_id)
          AND action <> 'client.erased' AND (before IS NOT NULL OR after IS NOT NULL)
        """,
    )
]
REMEMBER = text(
    """
    INSERT INTO erasures (client_id, erased_at, reason, actor_label)
    VALUES (:client_id, coalesce(:erased_at, now()), :reason, :actor_label) ON CONFLICT (client_id) DO NOTHING
    RETURNING erased_at
    """
)

# The predecessor's tables were copied and are kept. Their ids are random, so a text that holds one speaks of this person.
FORMER = text("SELECT source_id::text FROM adopted_rows WHERE part = 'clients' AND target_id = :client_id")
LEGACY_TABLES = text(
    """
    SELECT c.oid::regclass::text AS name, c.relname, bool_or(a.attname = 'client_id') AS of_client,
           array_agg(quote_ident(a.attname)) FILTER (WHERE a.atttypid IN ('json'::regtype, 'jsonb'::regtype)) AS documents
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = to_regnamespace('legacy') AND c.relkind = 'r'
    GROUP BY 1, 2 ORDER BY c.relname = 'clients', 2
    """
)
PAST_EVENTS = text(
    "UPDATE past_webhook_events SET payload = '{}', last_error = NULL WHERE payload::text || coalesce(last_error, '') LIKE ANY (:marks)"
).bindparams(bindparam("marks", type_=ARRAY(Text)))


async def erase(uow: UnitOfWork, client_id: int, *, reason: str, erased_at: datetime | None = None, journal: Path | None = None) -> bool:
    """Erase client ``client_id``; whether it had not been erased before. A second time it only removes what was added since.

    ``reason`` is kept, so it must not name the person. ``erased_at`` is for carrying an erasure out again; otherwise it is now.
    ``journal``: the file (`JOURNAL` in the config folder) to which number and time are added after the commit, so that a restored
    backup learns of it even when this database is lost. Where it can't be written, which in a container is so for the API, that is
    logged and no failure: a restore also asks the database that it replaces.

    The role must own the tables: the API's role may only add to the audit log. Raises `NotFound`.
    """
    if await uow.scalar(LOCK, {"client_id": client_id}) is None:
        raise NotFound("There is no such client.")
    await uow.flush()
    for statement in FORGET:
        await uow.execute(statement, {"client_id": client_id})
    await _forget_former(uow, client_id)
    values = {"client_id": client_id, "erased_at": erased_at, "reason": reason, "actor_label": uow.actor.label}
    at: datetime | None = await uow.scalar(REMEMBER, values)
    if at is None:
        return False
    audit.record(uow, "client.erased", "client", client_id, client_id=client_id, after={"reason": reason})
    if journal is not None:
        uow.after_commit(lambda: _write_down(journal, client_id, at))
    return True


async def _forget_former(uow: UnitOfWork, client_id: int) -> None:
    former = list(await uow.scalars(FORMER, {"client_id": client_id}))
    if not former:
        return
    marks = [f"%{number}%" for number in former]
    await uow.execute(PAST_EVENTS, {"marks": marks})
    # The people themselves come last, since the other tables refer to them.
    for table in await uow.rows(LEGACY_TABLES):
        if table.of_client or table.relname == "clients":
            key = "client_id" if table.of_client else "id"
            of_them = text(f"DELETE FROM {table.name} WHERE {key}::text = ANY (:former)")
            await uow.execute(of_them.bindparams(bindparam("former", former, type_=ARRAY(Text))))
        elif table.documents:
            emptied = ", ".join(f"{column} = '{{}}'" for column in table.documents)
            speaking = text(f"UPDATE {table.name} AS t SET {emptied} WHERE t::text LIKE ANY (:marks)")
            await uow.execute(speaking.bindparams(bindparam("marks", marks, type_=ARRAY(Text))))


def _write_down(journal: Path, client_id: int, at: datetime) -> None:
    line = json.dumps({"client": client_id, "at": at.isoformat()}) + "\n"
    try:
        # One write of one line: several processes may add to it.
        descriptor = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        logger.warning("erasure.not_in_journal", client_id=client_id, error=error.strerror)
