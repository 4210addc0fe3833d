"""The role that the API, the worker and the scheduler sign in with: it may read and write rows, and change no table.

It differs from the role that owns the schema only where DATABASE_OWNER_URL is set. Rights that are there already are not
granted again, so that a second run issues no DDL.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

import asyncpg
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.config import Settings
from backend.operations.bootstrap.actions import Refuse
from backend.operations.bootstrap.trouble import Trouble

ITERATIONS = 4096  # PostgreSQL's own number
ROWS = {"SELECT", "INSERT", "UPDATE", "DELETE"}
# What may be done with a table that is not an ordinary one.
SPECIAL = {"audit_log": {"SELECT", "INSERT"}, "audit_seals": {"SELECT", "INSERT"}, "alembic_version": {"SELECT"}}

ROLE = """
SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role) AS there,
       (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) AS may_make,
       coalesce((SELECT rolcanlogin FROM pg_roles WHERE rolname = :role), false) AS may_login,
       current_user AS owner
"""
# One row for each table, sequence and function, with what the role holds of it by name (not by being everybody).
HELD = """
SELECT CASE WHEN c.relkind = 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind, c.relname::text AS name,
       format('public.%I', c.relname) AS quoted,
       ARRAY(SELECT a.privilege_type::text FROM aclexplode(c.relacl) a WHERE a.grantee = r.oid) AS held
FROM pg_class c, pg_roles r
WHERE r.rolname = :role AND c.relnamespace = to_regnamespace('public') AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
UNION ALL
SELECT 'FUNCTION', p.proname::text, p.oid::regprocedure::text,
       ARRAY(SELECT a.privilege_type::text FROM aclexplode(p.proacl) a WHERE a.grantee = r.oid)
FROM pg_proc p, pg_roles r
WHERE r.rolname = :role AND p.pronamespace = to_regnamespace('public') AND p.prokind = 'f'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'SCHEMA', n.nspname::text, n.nspname::text, ARRAY(SELECT a.privilege_type::text FROM aclexplode(n.nspacl) a WHERE a.grantee = r.oid)
FROM pg_namespace n, pg_roles r WHERE r.rolname = :role AND n.nspname = 'public'
ORDER BY 1, 2
"""
EVERYBODY_CREATES = """
SELECT EXISTS (SELECT FROM pg_namespace n, aclexplode(n.nspacl) a
               WHERE n.nspname = 'public' AND a.grantee = 0 AND a.privilege_type = 'CREATE')
"""
DATABASE = """
SELECT ARRAY(SELECT wanted FROM unnest(ARRAY['CONNECT', 'TEMPORARY']) wanted
             WHERE NOT has_database_privilege(:role, current_database(), wanted)) AS missing, quote_ident(current_database()) AS quoted
"""
TOO_MUCH = """
SELECT has_schema_privilege(:role, 'public', 'CREATE') OR has_database_privilege(:role, current_database(), 'CREATE')
       OR has_table_privilege(:role, 'public.audit_log', 'UPDATE')
"""


@dataclass(frozen=True, slots=True)
class AppRole:
    """Who the API signs in as; ``owner`` is the name of the role that owns the schema."""

    name: str
    owner: str
    url: URL


def app_role(settings: Settings) -> AppRole | None:
    """The API's role, where it is another than the owner's. Raises `Trouble` when the two addresses name different databases."""
    if not settings.database_owner_url:
        return None
    url, owner = make_url(settings.database_url), make_url(settings.database_owner_url)
    if url.database != owner.database:
        raise Trouble(
            f"DATABASE_URL names the database “{url.database}” and DATABASE_OWNER_URL “{owner.database}”. They have to be the same one; "
            "nothing was changed."
        )
    if not url.username or url.username == owner.username:
        return None
    return AppRole(url.username, owner.username or "", url)


async def why_not(connection: AsyncConnection, settings: Settings) -> Refuse | None:
    """Why the API's role could not be made or given its password; None when it can or needn't. Reads only."""
    role = app_role(settings)
    if role is None:
        return None
    found = (await connection.execute(text(ROLE), {"role": role.name})).one()
    await connection.rollback()
    if found.may_make or (found.there and found.may_login and await _lets_in(role)):
        return None
    wish = f"CREATE ROLE \"{role.name}\" LOGIN PASSWORD '…';" if not found.there else f"ALTER ROLE \"{role.name}\" LOGIN PASSWORD '…';"
    return Refuse(
        f"The role “{role.name}” of DATABASE_URL "
        + ("can't sign in" if found.there else "does not exist")
        + f", and “{found.owner}” of DATABASE_OWNER_URL may not change that.",
        (f"As a superuser run: {wish} with the password that DATABASE_URL has.", "Run this again."),
    )


async def ensure(connection: AsyncConnection, settings: Settings) -> list[str]:
    """Make the API's role as it has to be, in one transaction; returns what was done, in words. Nothing to do: no DDL, an empty list.

    ``connection``: by the owner's role, to a database at head, outside a transaction. ``settings``: those of the API, with both addresses.
    """
    role = app_role(settings)
    if role is None:
        return []
    async with connection.begin():
        found = (await connection.execute(text(ROLE), {"role": role.name})).one()
        done = []
        if not found.there or not found.may_login or not await _lets_in(role):
            verb = "ALTER" if found.there else "CREATE"
            await connection.exec_driver_sql(f"{verb} ROLE {_quoted(role.name)} LOGIN PASSWORD '{_verifier(role.url.password or '')}'")
            done.append(f"{'gave the role' if found.there else 'made the role'} {role.name}{' its password' if found.there else ''}")
        changes = await _changes(connection, role)
        for statement in changes:
            await connection.exec_driver_sql(statement)
        if changes:
            done.append(f"gave the role {role.name} its rights ({len(changes)} changes)")
    return done


async def has_too_much(connection: AsyncConnection, settings: Settings) -> str | None:
    """A sentence, when the API's role could change tables or the audit log all the same (it is a superuser, or a member of the owner)."""
    role = app_role(settings)
    if role is None or not (await connection.execute(text(TOO_MUCH), {"role": role.name})).scalar_one():
        return None
    why = f"is it a superuser, or a member of {role.owner}?"
    return f"The role {role.name} may do more than it needs ({why}): give DATABASE_URL a role of its own."


async def _changes(connection: AsyncConnection, role: AppRole) -> list[str]:
    name, statements = _quoted(role.name), []
    if (await connection.execute(text(EVERYBODY_CREATES))).scalar_one():
        statements.append("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    database = (await connection.execute(text(DATABASE), {"role": role.name})).one()
    if database.missing:
        statements.append(f"GRANT {', '.join(database.missing)} ON DATABASE {database.quoted} TO {name}")
    for thing in (await connection.execute(text(HELD), {"role": role.name})).all():
        match thing.kind:
            case "TABLE":
                wanted = SPECIAL.get(thing.name, ROWS)
            case "SEQUENCE":
                wanted = {"SELECT", "USAGE"}
            case "FUNCTION":
                wanted = {"EXECUTE"}
            case _:
                wanted = {"USAGE"}
        held = set(thing.held)
        if missing := wanted - held:
            statements.append(f"GRANT {', '.join(sorted(missing))} ON {thing.kind} {thing.quoted} TO {name}")
        if surplus := held - wanted:
            statements.append(f"REVOKE {', '.join(sorted(surplus))} ON {thing.kind} {thing.quoted} FROM {name}")
    return statements


async def _lets_in(role: AppRole) -> bool:
    url = role.url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        connection = await asyncpg.connect(url, timeout=10)
    except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError):
        return False
    except (TimeoutError, asyncpg.PostgresError, OSError):
        # Another reason than the password; the check of the login will say which.
        return True
    await connection.close()
    return True


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _verifier(password: str) -> str:
    """What PostgreSQL keeps of a password (SCRAM-SHA-256), so that the password itself is in no statement and no log."""
    if not password.isascii():
        raise Trouble("The password of DATABASE_URL has characters outside ASCII: choose another. Nothing was changed.")
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    one, two, three = (base64.b64encode(part).decode() for part in (salt, stored, server))
    return f"SCRAM-SHA-256${ITERATIONS}:{one}${two}:{three}"
