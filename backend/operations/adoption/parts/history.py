"""What is kept for the record: gaming accounts and groups, events for other programs, and who changed what."""

from backend.operations.adoption.expressions import given, instant
from backend.operations.adoption.transfer import Transfer, all_rows, new_id, unseen

_SECRETS = "ARRAY['password', 'password_hash', 'mfa_secret', 'token', 'secret']"
_LONGEST_ACTION, _LONGEST_SUBJECT = 60 - len("legacy."), 40


async def copy_links(transfer: Transfer) -> None:
    """Accounts on the gaming platform: each belongs to one client, the one who was linked first."""
    if not transfer.has("ggleap_links"):
        return
    account = given("l.ggleap_user_id::text")
    await transfer.keep(
        "adopt_links",
        f"""
        SELECT q.*, coalesce(existing, max(new_id) OVER (PARTITION BY account)) AS target_id,
               CASE WHEN obstacle IS NOT NULL THEN 'aside' WHEN new_id IS NOT NULL THEN 'copied'
                    WHEN client_id = owner THEN 'joined' ELSE 'aside' END AS outcome,
               CASE WHEN obstacle IS NOT NULL THEN obstacle WHEN new_id IS NULL THEN 'same_account' END AS reason
        FROM (
          SELECT p.*, {new_id("ggleap_links", "obstacle IS NULL AND existing IS NULL AND place = 1")} AS new_id,
                 coalesce(theirs, first_value(client_id) OVER (PARTITION BY account, obstacle ORDER BY place)) AS owner
          FROM (
            SELECT g.*, e.existing, e.theirs, row_number() OVER (PARTITION BY account, obstacle ORDER BY linked_at, source_id) AS place
            FROM (SELECT l.id AS source_id, p.client_id, {account} AS account, {instant("l.linked_at::timestamptz")} AS linked_at,
                         CASE WHEN p.client_id IS NULL THEN 'client_gone' WHEN {account} IS NULL THEN 'blank' END AS obstacle
                  FROM legacy.ggleap_links l LEFT JOIN adopt_people p ON p.source_id = l.client_id WHERE {unseen("ggleap_links")}) g
            LEFT JOIN (SELECT id AS existing, client_id AS theirs, ggleap_user_id FROM ggleap_links) e ON e.ggleap_user_id = g.account
          ) p
        ) q
        """,
    )
    await transfer.run(
        """INSERT INTO ggleap_links (id, client_id, ggleap_user_id, linked_at) OVERRIDING SYSTEM VALUE
           SELECT new_id, client_id, left(account, 100), linked_at FROM adopt_links WHERE new_id IS NOT NULL ORDER BY new_id"""
    )
    await transfer.finish("ggleap_links", "adopt_links", all_rows("ggleap_links"))


async def copy_groups(transfer: Transfer) -> None:
    """The group for those who may play, and the one for the others."""
    if not transfer.has("ggleap_groups"):
        return
    await transfer.keep(
        "adopt_groups",
        f"""
        SELECT q.*, NULL::bigint AS client_id, coalesce(existing, new_id) AS target_id,
               CASE WHEN purpose IS NULL OR place > 1 THEN 'aside' WHEN new_id IS NULL THEN 'joined' ELSE 'copied' END AS outcome,
               CASE WHEN purpose IS NULL THEN 'unknown_kind' WHEN new_id IS NULL THEN 'same_group' END AS reason
        FROM (
          SELECT p.*, {new_id("ggleap_groups", "purpose IS NOT NULL AND existing IS NULL AND place = 1")} AS new_id
          FROM (
            SELECT g.*, (SELECT e.id FROM ggleap_groups e WHERE e.purpose::text = g.purpose) AS existing,
                   row_number() OVER (PARTITION BY purpose ORDER BY source_id) AS place
            FROM (SELECT l.id AS source_id,
            CASE WHEN upper(l.map_key::text) IN ('ACTIVE', 'EXPIRED') THEN upper(l.map_key::text) END AS purpose,
                         left(l.ggleap_group_id::text, 100) AS group_id, left({given("l.group_name::text")}, 200) AS name
                  FROM legacy.ggleap_groups l WHERE {unseen("ggleap_groups")}) g
          ) p
        ) q
        """,
    )
    await transfer.run(
        """INSERT INTO ggleap_groups (id, purpose, ggleap_group_id, name) OVERRIDING SYSTEM VALUE
           SELECT new_id, purpose::ggleap_group_purpose, group_id, name FROM adopt_groups WHERE new_id IS NOT NULL ORDER BY new_id"""
    )
    await transfer.finish("ggleap_groups", "adopt_groups", all_rows("ggleap_groups"))


async def copy_events(transfer: Transfer) -> None:
    """Events for other programs, as history: what was not sent is never sent."""
    if not transfer.has("webhooks_out"):
        return
    await transfer.keep(
        "adopt_events",
        f"""SELECT l.id AS source_id, NULL::bigint AS client_id, {new_id("past_webhook_events")} AS target_id, 'copied' AS outcome,
              NULL::text AS reason
            FROM (SELECT * FROM legacy.webhooks_out l WHERE {unseen("webhooks_out")} ORDER BY l.created_at, l.id) l""",
    )
    await transfer.run(
        f"""
        INSERT INTO past_webhook_events (id, source_id, event, payload, status, attempts, last_error, created_at, sent_at)
          OVERRIDING SYSTEM VALUE
        SELECT a.target_id, l.id, left(l.event::text, 100), coalesce(l.payload::jsonb, '{{}}'), left(coalesce(l.status::text, ''), 20),
               coalesce(l.attempt_count, 0), l.last_error::text, {instant("l.created_at::timestamptz")},
               CASE WHEN l.sent_at IS NOT NULL THEN {instant("l.sent_at::timestamptz")} END
        FROM adopt_events a JOIN legacy.webhooks_out l ON l.id = a.source_id ORDER BY a.target_id
        """
    )
    await transfer.finish("webhooks_out", "adopt_events", all_rows("webhooks_out"))


async def copy_audit(transfer: Transfer) -> None:
    """Who changed what over there. Passwords and tokens that were written into it stay behind."""
    if not transfer.has("audit_log"):
        return
    client = "CASE WHEN l.entity IN ('client', 'clients') THEN l.entity_id END"
    await transfer.keep(
        "adopt_audit",
        f"""
        SELECT l.id AS source_id, p.client_id, {new_id("audit_log")} AS target_id, 'copied' AS outcome,
               CASE WHEN length(l.entity) > {_LONGEST_SUBJECT} OR length(l.action) > {_LONGEST_ACTION} THEN 'cut' END AS reason
        FROM (SELECT * FROM legacy.audit_log l WHERE {unseen("audit_log")} ORDER BY l.at, l.id) l
        LEFT JOIN adopt_people p ON p.source_id::text = {client}
        """,
    )
    diff = f"CASE WHEN jsonb_typeof(l.diff::jsonb) = 'object' THEN l.diff::jsonb - {_SECRETS} ELSE l.diff::jsonb END"
    await transfer.run(
        f"""
        INSERT INTO audit_log (id, happened_at, actor_kind, actor_id, actor_label, action, subject_type, subject_id, client_id, after)
        OVERRIDING SYSTEM VALUE
        SELECT n.target_id, {instant("l.at::timestamptz")}, CASE WHEN l.actor_user_id IS NULL THEN 'JOB' ELSE 'USER' END::actor_kind, u.id,
               coalesce(u.username, u.display_name, 'predecessor'), 'legacy.' || left(l.action::text, {_LONGEST_ACTION}),
               left(l.entity::text, {_LONGEST_SUBJECT}), n.client_id, n.client_id,
               jsonb_build_object('diff', {diff}, 'metadata', l.metadata::jsonb, 'entity_id', l.entity_id)
        FROM adopt_audit n JOIN legacy.audit_log l ON l.id = n.source_id
        LEFT JOIN adopted_rows a ON a.part = 'users' AND a.source_id = l.actor_user_id LEFT JOIN users u ON u.id = a.target_id
          ORDER BY n.target_id
        """
    )
    await transfer.finish("audit_log", "adopt_audit", all_rows("audit_log"))
