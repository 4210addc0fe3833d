"""The SQL of an erasure: what is counted, what goes and what is emptied. ``:clients`` are the person's numbers."""

from sqlalchemy import BigInteger, TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY


def of_clients(statement: str) -> TextClause:
    """A statement about ``:clients``, an array of numbers."""
    return text(statement).bindparams(bindparam("clients", type_=ARRAY(BigInteger)))


LOCK = text("SELECT id, merged_into_id FROM clients WHERE id = :client_id OR merged_into_id = :client_id ORDER BY id FOR UPDATE")
REMEMBER = of_clients(
    """
    INSERT INTO erasures (client_id, erased_at, reason, actor_label)
    SELECT id, coalesce(:erased_at, now()), :reason, :actor_label FROM unnest(:clients) AS id ON CONFLICT (client_id) DO NOTHING
    RETURNING client_id, erased_at
    """
)

_COUNTED = {
    "contactMethods": "SELECT count(*) FROM contact_methods WHERE client_id = ANY (:clients)",
    "consents": "SELECT count(*) FROM consents WHERE client_id = ANY (:clients)",
    "notes": "SELECT count(*) FROM client_notes WHERE client_id = ANY (:clients)",
    "tags": "SELECT count(*) FROM client_tags WHERE client_id = ANY (:clients)",
    "messages": "SELECT count(*) FROM messages WHERE client_id = ANY (:clients)",
    "ggleapLinks": "SELECT count(*) FROM ggleap_links WHERE client_id = ANY (:clients)",
    "importMarks": "SELECT count(*) FROM imported_rows WHERE client_id = ANY (:clients)",
    "possibleDuplicates": "SELECT count(*) FROM possible_duplicates WHERE client_id = ANY (:clients) OR other_id = ANY (:clients)",
    "bulkChanges": "SELECT count(*) FROM bulk_change_items WHERE client_id = ANY (:clients)",
    "visits": "SELECT count(*) FROM check_ins WHERE client_id = ANY (:clients)",
    "memberships": "SELECT count(*) FROM memberships WHERE client_id = ANY (:clients)",
    "authorizations": "SELECT count(*) FROM authorizations WHERE client_id = ANY (:clients)",
    "auditEntries": "SELECT count(*) FROM audit_log WHERE client_id = ANY (:clients)",
}
COUNTS = of_clients("SELECT " + ", ".join(f'({sql}) AS "{name}"' for name, sql in _COUNTED.items()))

# What somebody may have typed into a search that was saved or kept: lower case without accents.
MARKS = of_clients(
    """
    SELECT krc_fold(c.first_name) AS alone, NULL AS within FROM clients c WHERE c.id = ANY (:clients) AND c.first_name <> ''
    UNION SELECT krc_fold(c.preferred_name), NULL FROM clients c WHERE c.id = ANY (:clients) AND c.preferred_name <> ''
    UNION SELECT NULL, krc_fold(c.last_name) FROM clients c WHERE c.id = ANY (:clients) AND length(c.last_name) > 2
    UNION SELECT NULL, krc_fold(trim(c.first_name || ' ' || c.last_name)) FROM clients c WHERE c.id = ANY (:clients)
    UNION SELECT NULL, krc_fold(c.member_code) FROM clients c WHERE c.id = ANY (:clients) AND c.member_code <> ''
    UNION SELECT NULL, krc_fold(ltrim(m.value, '+')) FROM contact_methods m WHERE m.client_id = ANY (:clients)
    UNION SELECT NULL, right(m.value, 7) FROM contact_methods m WHERE m.client_id = ANY (:clients) AND m.kind = 'PHONE'
    UNION SELECT NULL, krc_fold(a.uci_number) FROM authorizations a WHERE a.client_id = ANY (:clients) AND a.uci_number <> ''
    """
)
SEARCHED = {
    "saved_views": text("SELECT id, name, state AS content FROM saved_views"),
    "bulk_changes": text("SELECT id, '' AS name, criteria AS content FROM bulk_changes"),
}
SCRUB = {
    "saved_views": text(
        """
        UPDATE saved_views SET state = CAST(:content AS jsonb), name = coalesce(CAST(:name AS text), 'View ' || id), version = version + 1
        WHERE id = :id
        """
    ),
    "bulk_changes": text("UPDATE bulk_changes SET criteria = CAST(:content AS jsonb) WHERE id = :id"),
}

# The search document follows by the triggers. Keys of requests go before what they made.
FORGET = [
    of_clients(statement)
    for statement in (
        """
        DELETE FROM idempotency_keys k
        WHERE k.operation IN ('createClient', 'mergeClients') AND k.subject_id = ANY (:clients)
           OR k.operation = 'addContactMethod' AND k.subject_id IN (SELECT id FROM contact_methods WHERE client_id = ANY (:clients))
           OR k.operation = 'recordConsent' AND k.subject_id IN (SELECT id FROM consents WHERE client_id = ANY (:clients))
           OR k.operation = 'addNote' AND k.subject_id IN (SELECT id FROM client_notes WHERE client_id = ANY (:clients))
           OR k.operation LIKE '%Membership' AND k.subject_id IN (SELECT id FROM memberships WHERE client_id = ANY (:clients))
           OR k.operation LIKE '%Authorization' AND k.subject_id IN (SELECT id FROM authorizations WHERE client_id = ANY (:clients))
        """,
        """
        UPDATE clients
        SET first_name = 'Erased', last_name = 'client ' || id, preferred_name = NULL, date_of_birth = NULL, guardian_name = NULL,
            guardian_relation = NULL, guardian_phone = NULL, service_coordinator = NULL, service_coordinator_phone = NULL,
            service_coordinator_email = NULL, member_code = NULL, language = 'en', large_text = false, no_sound = false,
            no_motion = false, kiosk_colour = NULL, kiosk_picture = NULL, gamer_tag = NULL,
            archived_at = coalesce(archived_at, now()), version = version + 1
        WHERE id = ANY (:clients)
          AND (archived_at IS NULL
               OR (first_name, last_name, preferred_name, date_of_birth, guardian_name, guardian_relation, guardian_phone,
                   service_coordinator, service_coordinator_phone, service_coordinator_email, member_code, language,
                   large_text, no_sound, no_motion, kiosk_colour, kiosk_picture, gamer_tag)
                  IS DISTINCT FROM ('Erased', 'client ' || id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'en',
                                    false, false, false, NULL, NULL, NULL))
        """,
        "DELETE FROM contact_methods WHERE client_id = ANY (:clients)",
        "DELETE FROM consents WHERE client_id = ANY (:clients)",
        "DELETE FROM client_notes WHERE client_id = ANY (:clients)",
        "DELETE FROM client_tags WHERE client_id = ANY (:clients)",
        "DELETE FROM messages WHERE client_id = ANY (:clients)",
        "DELETE FROM ggleap_links WHERE client_id = ANY (:clients)",
        "DELETE FROM imported_rows WHERE client_id = ANY (:clients)",
        "DELETE FROM possible_duplicates WHERE client_id = ANY (:clients) OR other_id = ANY (:clients)",
        "DELETE FROM bulk_change_items WHERE client_id = ANY (:clients)",
        "UPDATE client_merges SET details = NULL WHERE (kept_id = ANY (:clients) OR merged_id = ANY (:clients)) AND details IS NOT NULL",
        """
        UPDATE kiosk_events SET typed = NULL, visitor = NULL, reason = NULL
        WHERE client_id = ANY (:clients) AND (typed IS NOT NULL OR visitor IS NOT NULL OR reason IS NOT NULL)
        """,
        """
        UPDATE memberships SET note = NULL, end_reason = NULL
        WHERE client_id = ANY (:clients) AND (note IS NOT NULL OR end_reason IS NOT NULL)
        """,
        """
        UPDATE authorizations
        SET uci_number = NULL, service_coordinator = NULL, service_coordinator_phone = NULL, note = NULL, end_reason = NULL
        WHERE client_id = ANY (:clients)
          AND (uci_number IS NOT NULL OR service_coordinator IS NOT NULL OR service_coordinator_phone IS NOT NULL OR note IS NOT NULL
               OR end_reason IS NOT NULL)
        """,
        """
        UPDATE check_ins SET note = NULL, override_reason = NULL, void_reason = CASE WHEN void_reason IS NOT NULL THEN 'Erased' END
        WHERE client_id = ANY (:clients) AND (note IS NOT NULL OR override_reason IS NOT NULL OR void_reason <> 'Erased')
        """,
    )
]
# The API's role may not do these itself: the functions do it for a client whose erasure is on record.
FORGET_AUDIT = of_clients("SELECT coalesce(sum(krc_erase_audit(id)), 0)::int FROM unnest(:clients) AS id")
FORGET_LEGACY = of_clients("SELECT coalesce(sum(krc_erase_legacy(id)), 0)::int FROM unnest(:clients) AS id")
CERTIFY = text("UPDATE erasures SET certificate = CAST(:certificate AS jsonb) WHERE client_id = :client_id")
