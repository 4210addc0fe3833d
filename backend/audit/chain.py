"""What the seals over the audit log are made of, as SQL over rows of ``audit_log a`` and ``audit_seals s``.

Sealing and verifying share these expressions, and verifying uses no function that is kept in the database: whoever may change
functions there could have changed them. Everything is hashed as the text of a JSON array, in which an absent value, an empty one and
the borders between two can't be mistaken for each other.
"""

VALUES_DIGEST = "sha256(convert_to(json_build_array(a.salt, a.before::text, a.after::text)::text, 'UTF8'))"
"""Of what an entry says: as the trigger ``audit_log_salted`` writes it into ``values_digest``."""

ENTRY_HASH = """
sha256(convert_to(json_build_array(
  a.id, extract(epoch FROM a.happened_at), a.actor_kind, a.actor_id, a.actor_label, a.action, a.subject_type, a.subject_id, a.client_id,
  a.request_id, encode(a.values_digest, 'hex'))::text, 'UTF8'))
"""
"""Of an entry: everything about it, what it says by its digest alone, so that an erasure leaves the hash as it is."""

VALUES_FIT = f"""
CASE WHEN a.values_digest IS NULL THEN false
     WHEN a.values_digest = {VALUES_DIGEST} THEN true
     WHEN a.salt IS NOT NULL OR a.before IS NOT NULL OR a.after IS NOT NULL THEN false
     ELSE EXISTS (SELECT FROM erasures e WHERE e.client_id = a.client_id OR a.subject_type = 'client' AND e.client_id = a.subject_id) END
"""
"""Whether an entry says what it said at first, or was emptied by the erasure of a client that is on record."""

MARK_BYTES = 8
MARK = f"int8send(a.id) || substr({ENTRY_HASH}, 1, {MARK_BYTES})"
"""An entry's number and the first bytes of its hash."""

SEAL_HASH = """
sha256(convert_to(json_build_array(
  s.id, s.first_id, s.last_id, s.entries, encode(s.digest, 'hex'), encode(sha256(s.marks), 'hex'), encode(s.previous, 'hex'),
  extract(epoch FROM s.sealed_at))::text, 'UTF8'))
"""
"""Of a seal, with the hash of the one before it."""

NOTHING = r"'\x'::bytea"
DIGEST = f"sha256(coalesce(string_agg({ENTRY_HASH}, {NOTHING} ORDER BY a.id), {NOTHING}))"
"""Of all entries of a range: their hashes one after the other, in the order of their numbers."""
