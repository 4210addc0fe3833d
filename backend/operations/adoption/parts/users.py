"""The people who sign in, with their old hashes, and the links to reset a password, which stay behind."""

from backend.operations.adoption.expressions import clean, given, instant
from backend.operations.adoption.transfer import Transfer, all_rows, new_id, unseen

# Who is kept of several with one email: somebody who may sign in, an admin first, the oldest account first.
_FIRST = "active DESC, role = 'ADMIN' DESC, created_at, source_id"
_KNOWN_HASH = "password_hash ~ '^([$]2[aby][$]|[$]argon2)'"


async def copy_users(transfer: Transfer) -> None:
    """Everybody, inactive ones too. One email in several spellings is one account; an account that is here already is not touched."""
    await transfer.keep("adopt_users_given", _given(transfer))
    await transfer.keep(
        "adopt_users",
        f"""
        SELECT q.*, NULL::bigint AS client_id, coalesce(existing, max(new_id) OVER (PARTITION BY email)) AS target_id,
               CASE WHEN new_id IS NULL THEN 'joined' ELSE 'copied' END AS outcome,
               CASE WHEN new_id IS NULL THEN 'same_email' END AS reason,
               CASE WHEN new_id IS NOT NULL AND NOT EXISTS (SELECT FROM users u WHERE u.username = q.wanted)
                         AND row_number() OVER (PARTITION BY wanted, new_id IS NULL ORDER BY created_at, source_id) = 1
                    THEN wanted END AS username
        FROM (
          SELECT r.*, {new_id("users", "existing IS NULL AND place = 1")} AS new_id
          FROM (SELECT g.*, (SELECT u.id FROM users u WHERE u.email = g.email) AS existing,
                       row_number() OVER (PARTITION BY email ORDER BY {_FIRST}) AS place
                FROM adopt_users_given g) r
        ) q
        """,
    )
    await transfer.run(
        """
        INSERT INTO users (id, email, username, display_name, role, password_hash, active, must_change_password, theme, created_at)
        OVERRIDING SYSTEM VALUE
        SELECT new_id, email, username, left(coalesce(shown, split_part(email, '@', 1)), 120), role::user_role, password_hash, active,
               must_change, theme::theme, created_at
        FROM adopt_users WHERE new_id IS NOT NULL ORDER BY new_id
        """
    )
    for outcome, reason, condition in (
        ("changed", "bad_email", "new_id IS NOT NULL AND made_up"),
        ("changed", "unknown_role", "new_id IS NOT NULL AND NOT known_role"),
        ("changed", "unknown_hash", f"new_id IS NOT NULL AND NOT {_KNOWN_HASH}"),
        ("aside", "bad_username", "new_id IS NOT NULL AND written IS NOT NULL AND wanted IS NULL"),
        ("aside", "username_taken", "new_id IS NOT NULL AND wanted IS NOT NULL AND username IS NULL"),
        ("aside", "second_factor", "coalesce(mfa_secret, '') <> ''"),
    ):
        await transfer.remark("users", "adopt_users", outcome, reason, condition)
    await transfer.finish("users", "adopt_users", all_rows("users"))


def _given(transfer: Transfer) -> str:
    email, username = transfer.column("users", "email"), transfer.column("users", "username")
    dark, must_change = transfer.column("users", "dark_mode", "boolean"), transfer.column("users", "password_setup_required", "boolean")
    role, plain = f"lower({clean(transfer.column('users', 'role'))})", f"lower(btrim({email}))"
    good = f"coalesce({plain} ~ '^[^@]+@.' AND length({plain}) <= 254, false)"
    # The predecessor may have known somebody by the username alone.
    return f"""
    SELECT l.id AS source_id, CASE WHEN {good} THEN {plain} ELSE 'user-' || l.id || '@predecessor.invalid' END AS email,
      NOT {good} AS made_up,
           {given(username)} AS written, coalesce({given(username)}, CASE WHEN NOT {good} THEN {given(email)} END) AS shown,
           CASE WHEN lower({username}) ~ '^[^@[:space:]]{{1,64}}$' THEN lower({username}) END AS wanted,
           CASE {role} WHEN 'admin' THEN 'ADMIN' ELSE 'STAFF' END AS role, coalesce({role} IN ('admin', 'staff'), false) AS known_role,
           left(coalesce({transfer.column("users", "password_hash")}, ''), 255) AS password_hash,
           coalesce({transfer.column("users", "is_active", "boolean")}, false) AS active, coalesce({must_change}, false) AS must_change,
           CASE {dark} WHEN true THEN 'DARK' WHEN false THEN 'LIGHT' ELSE 'SYSTEM' END AS theme,
           {transfer.column("users", "mfa_secret")} AS mfa_secret,
             {instant(transfer.column("users", "created_at", "timestamptz"))} AS created_at
    FROM legacy.users l WHERE {unseen("users")}
    """


async def leave_reset_links(transfer: Transfer) -> None:
    """None is carried over: each was made for the predecessor's own pages."""
    if not transfer.has("password_reset_tokens"):
        return
    await transfer.keep(
        "adopt_tokens",
        f"""SELECT l.id AS source_id, NULL::bigint AS client_id, 'aside' AS outcome, 'reset_link' AS reason
            FROM legacy.password_reset_tokens l WHERE {unseen("password_reset_tokens")}""",
    )
    await transfer.finish("password_reset_tokens", "adopt_tokens", all_rows("password_reset_tokens"), target=None)
