"""Everything that is on file about one person, for them: complete, in plain JSON. docs/personal-data.md describes every field.

Of others it has nothing: with whom somebody may be confused is left out, and of staff there is the name alone, where they did something.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from backend.db import ReadSession
from backend.errors import NotFound

FORMAT = "krc-check-in/personal-data"
NOT_INCLUDED = (
    "Backups, which hold the same data as it was earlier, until they are removed by age.",
    "The former system's own tables, as far as they were kept: an operator can read them in the database schema legacy.",
)
_PERSON = """
    json_build_object('number', c.id, 'firstName', c.first_name, 'lastName', c.last_name, 'preferredName', c.preferred_name,
      'dateOfBirth', c.date_of_birth, 'language', c.language, 'memberCode', c.member_code, 'guardianName', c.guardian_name,
      'guardianRelation', c.guardian_relation, 'guardianPhone', c.guardian_phone, 'serviceCoordinator', c.service_coordinator,
      'serviceCoordinatorPhone', c.service_coordinator_phone, 'serviceCoordinatorEmail', c.service_coordinator_email,
      'largeText', c.large_text, 'noSound', c.no_sound, 'noMotion', c.no_motion, 'kioskColour', c.kiosk_colour,
      'kioskPicture', c.kiosk_picture, 'gamerTag', c.gamer_tag, 'createdAt', c.created_at,
      'archivedAt', c.archived_at, 'firstVisitAt', c.first_check_in_at, 'lastVisitAt', c.last_check_in_at)
"""
_USER = "(SELECT display_name FROM users WHERE id = {})"
# What comes back has one column, a JSON object; ``:clients`` are the person's numbers, ``:client`` the first of them.
SECTIONS: Mapping[str, str] = {
    "formerRecords": f"SELECT {_PERSON} FROM clients c WHERE c.id = ANY (:clients) AND c.id <> :client ORDER BY c.id",
    "contactMethods": """
        SELECT json_build_object('kind', m.kind, 'value', m.value, 'label', m.label, 'primary', m.is_primary,
          'needsFixing', m.needs_fixing, 'verifiedAt', m.verified_at, 'optedOutAt', m.opted_out_at, 'createdAt', m.created_at)
        FROM contact_methods m WHERE m.client_id = ANY (:clients) ORDER BY m.kind, m.id""",
    "consents": f"""
        SELECT json_build_object('kind', k.kind, 'granted', k.granted, 'at', k.happened_at, 'source', k.source,
          'by', {_USER.format("k.user_id")})
        FROM consents k WHERE k.client_id = ANY (:clients) ORDER BY k.happened_at, k.id""",
    "notes": f"""
        SELECT json_build_object('body', n.body, 'pinned', n.pinned, 'createdAt', n.created_at, 'by', {_USER.format("n.author_id")},
          'editedAt', n.edited_at, 'editedBy', {_USER.format("n.edited_by")}, 'deletedAt', n.deleted_at,
          'deletedBy', {_USER.format("n.deleted_by")})
        FROM client_notes n WHERE n.client_id = ANY (:clients) ORDER BY n.created_at, n.id""",
    "tags": """
        SELECT DISTINCT ON (t.name) json_build_object('name', t.name, 'description', t.description)
        FROM client_tags ct JOIN tags t ON t.id = ct.tag_id WHERE ct.client_id = ANY (:clients) ORDER BY t.name""",
    "memberships": """
        SELECT json_build_object('tier', t.name, 'startsOn', m.starts_on, 'endsOn', m.ends_on, 'note', m.note, 'endReason', m.end_reason,
          'createdAt', m.created_at)
        FROM memberships m JOIN membership_tiers t ON t.id = m.tier_id WHERE m.client_id = ANY (:clients) ORDER BY m.starts_on, m.id""",
    "authorizations": """
        SELECT json_build_object('uciNumber', a.uci_number, 'authorizationNumber', a.authorization_number, 'vendorNumber', a.vendor_number,
          'serviceCode', a.service_code, 'serviceSubcode', a.service_subcode, 'serviceCoordinator', a.service_coordinator,
          'serviceCoordinatorPhone', a.service_coordinator_phone, 'startsOn', a.starts_on, 'endsOn', a.ends_on,
          'unitsPerMonth', a.units_per_month, 'unit', a.unit, 'note', a.note, 'endReason', a.end_reason, 'createdAt', a.created_at)
        FROM authorizations a WHERE a.client_id = ANY (:clients) ORDER BY a.starts_on, a.id""",
    "visits": f"""
        SELECT json_build_object('at', v.happened_at, 'day', v.local_day, 'method', v.method,
          'station', (SELECT name FROM stations WHERE id = v.station_id), 'by', {_USER.format("v.user_id")},
          'standing', v.standing_status, 'standingSource', v.standing_source, 'standingEndsOn', v.standing_ends_on, 'policy', v.policy,
          'note', v.note, 'overrideReason', v.override_reason, 'checkedOutAt', v.checked_out_at,
          'checkedOutBy', {_USER.format("v.checked_out_by")}, 'checkedOutByClosing', v.checked_out_by_closing, 'recordedAt', v.recorded_at,
          'voidedAt', v.voided_at, 'voidedBy', {_USER.format("v.voided_by")}, 'voidReason', v.void_reason)
        FROM check_ins v WHERE v.client_id = ANY (:clients) ORDER BY v.happened_at, v.id""",
    "kioskPresses": f"""
        SELECT json_build_object('at', e.occurred_at, 'arrivedAt', e.arrived_at, 'kiosk', (SELECT name FROM kiosks WHERE id = e.kiosk_id),
          'offline', e.offline, 'outcome', e.outcome, 'doubt', e.doubt, 'decision', e.decision, 'decidedAt', e.decided_at,
          'decidedBy', {_USER.format("e.decided_by")}, 'reason', e.reason)
        FROM kiosk_events e WHERE e.client_id = ANY (:clients) ORDER BY e.occurred_at, e.id""",
    "messages": """
        SELECT json_build_object('kind', m.kind, 'period', m.period, 'status', m.status, 'why', m.why, 'createdAt', m.created_at)
        FROM messages m WHERE m.client_id = ANY (:clients) ORDER BY m.created_at, m.id""",
    "gamingAccounts": """
        SELECT json_build_object('account', g.ggleap_user_id, 'linkedAt', g.linked_at)
        FROM ggleap_links g WHERE g.client_id = ANY (:clients) ORDER BY g.id""",
    "imports": """
        SELECT json_build_object('file', i.file_name, 'at', i.created_at, 'rows', count(*))
        FROM imported_rows r JOIN imports i ON i.id = r.import_id WHERE r.client_id = ANY (:clients) GROUP BY i.id ORDER BY i.id""",
    "adoptedRemarks": """
        SELECT json_build_object('part', r.part, 'outcome', r.outcome, 'reason', r.reason)
        FROM adoption_remarks r WHERE r.client_id = ANY (:clients) ORDER BY r.id""",
    "possibleDuplicates": """
        SELECT json_build_object('reason', d.reason, 'foundAt', d.found_at, 'dismissedAt', d.dismissed_at)
        FROM possible_duplicates d WHERE d.client_id = ANY (:clients) OR d.other_id = ANY (:clients) ORDER BY d.found_at""",
    "merges": """
        SELECT json_build_object('kept', g.kept_id, 'merged', g.merged_id, 'at', g.merged_at, 'by', g.actor_label, 'undoneAt', g.undone_at)
        FROM client_merges g WHERE g.kept_id = ANY (:clients) OR g.merged_id = ANY (:clients) ORDER BY g.id""",
    "bulkChanges": """
        SELECT json_build_object('kind', b.kind, 'tag', (SELECT name FROM tags WHERE id = b.tag_id), 'at', b.created_at,
          'changed', i.changed)
        FROM bulk_change_items i JOIN bulk_changes b ON b.id = i.bulk_change_id WHERE i.client_id = ANY (:clients) ORDER BY b.id""",
    "formerEvents": """
        SELECT json_build_object('event', e.event, 'payload', e.payload, 'status', e.status, 'createdAt', e.created_at)
        FROM past_webhook_events e
        WHERE EXISTS (SELECT FROM adopted_rows a WHERE a.part = 'clients' AND a.target_id = ANY (:clients)
                        AND position(a.source_id::text IN e.payload::text) > 0)
        ORDER BY e.id""",
    "history": """
        SELECT json_build_object('at', l.happened_at, 'by', l.actor_label, 'byKind', l.actor_kind, 'action', l.action,
          'subject', l.subject_type, 'before', l.before, 'after', l.after)
        FROM audit_log l WHERE l.client_id = ANY (:clients) ORDER BY l.id""",
}
_OF_PERSON = text(f"SELECT {_PERSON} FROM clients c WHERE c.id = :client")
_THEM = text("SELECT coalesce(merged_into_id, id) FROM clients WHERE id = :client")
_NUMBERS = text("SELECT id FROM clients WHERE id = :client OR merged_into_id = :client ORDER BY id <> :client, id")
_ERASURE = text("SELECT json_build_object('erasedAt', erased_at, 'reason', reason) FROM erasures WHERE client_id = :client")


async def personal_data(reader: ReadSession, client_id: int) -> dict[str, Any]:
    """All of it, as plain JSON values: days as 2026-11-23, instants in UTC. One statement for each section.

    For somebody who was merged into another client, that client's; ``person.number`` says whose. Raises `NotFound`.
    """
    number = await reader.scalar(_THEM, {"client": client_id})
    if number is None:
        raise NotFound("There is no such client.")
    numbers = list(await reader.scalars(_NUMBERS, {"client": number}))
    them = {"clients": numbers, "client": number}
    found: dict[str, Any] = {"person": await reader.scalar(_OF_PERSON, them)}
    for name, statement in SECTIONS.items():
        found[name] = list(await reader.scalars(text(statement).bindparams(bindparam("clients", type_=ARRAY(BigInteger))), them))
    found["erasure"] = await reader.scalar(_ERASURE, {"client": number})
    found["notIncluded"] = list(NOT_INCLUDED)
    return found
