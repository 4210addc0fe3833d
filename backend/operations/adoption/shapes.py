"""What the predecessor's database looks like, in either of its two shapes, and how it is told from anything else."""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

SCHEMA = "legacy"
"""Where the predecessor's tables lie in our database, as they were."""
VERSION_TABLE = "alembic_version"


class Shape(enum.StrEnum):
    """What made the tables: the predecessor's API from its models, or its migrations."""

    MODELS = "models"
    MIGRATIONS = "migrations"


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of one table: those without which it is another program's, those that are read where they are there, and
    ``technical`` ones, which say nothing about anybody and are not taken over."""

    needed: frozenset[str]
    optional: frozenset[str] = frozenset()
    technical: frozenset[str] = frozenset()


def _table(needed: str, optional: str = "", technical: str = "") -> Table:
    return Table(frozenset(needed.split()), frozenset(optional.split()), frozenset(technical.split()))


TABLES: dict[str, Table] = {
    "users": _table(
        "id email password_hash role is_active", "username dark_mode password_setup_required mfa_secret created_at", "updated_at"
    ),
    "clients": _table(
        "id first_name last_name date_of_birth email phone notes language external_ids created_at",
        "parent_guardian_name pos_number service_coordinator pos_start_date pos_end_date",
        "updated_at",
    ),
    "contact_methods": _table("id client_id type value verified created_at"),
    "tags": _table("id name description color", technical="created_at"),
    "client_tags": _table("client_id tag_id"),
    "consents": _table("id client_id kind granted granted_at source created_at"),
    "memberships": _table("id client_id plan_code starts_on ends_on created_at", "notes", "updated_at"),
    "client_notes": _table("id client_id user_id note created_at", technical="updated_at"),
    "check_ins": _table("id client_id method station happened_at created_at", "notes"),
    "ggleap_links": _table("id client_id ggleap_user_id linked_at", technical="created_at"),
    "ggleap_groups": _table("id map_key ggleap_group_id group_name", technical="created_at updated_at"),
    "webhooks_out": _table("id event payload status attempt_count last_error created_at sent_at", technical="updated_at"),
    "audit_log": _table("id actor_user_id action entity entity_id diff metadata at"),
    "password_reset_tokens": _table("id user_id", technical="token token_type expires_at used_at created_by created_at"),
}
"""In the order in which rows can be added: what a row refers to comes before it."""
# Without these there is nothing to bring over, or it is somebody else's database.
CORE = frozenset({"users", "clients", "memberships", "check_ins"})
ONLY_MIGRATIONS = frozenset({"webhooks_out", "ggleap_links", "ggleap_groups", "audit_log"})
_STAMP = re.compile(r"0\d\d(_\w*)?")

_COLUMNS = text(
    """
    SELECT c.relname::text AS table, array_agg(a.attname::text) FILTER (WHERE a.attnum > 0 AND NOT a.attisdropped) AS columns
    FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind IN ('r', 'p')
    GROUP BY c.oid
    """
)


def recognise(columns: Mapping[str, frozenset[str]], stamp: str | None) -> Shape | None:
    """Which shape of the predecessor's these tables are; None when they are not the predecessor's.

    ``columns``: table name → column names, ``alembic_version`` left out; ``stamp``: what that one says. All tables must be known, with at
    least the columns that are read; a table may have more, and those outside the core may be missing.
    """
    if not columns.keys() >= CORE or (stamp is not None and not _STAMP.fullmatch(stamp)):
        return None
    if not all(name in TABLES and found >= TABLES[name].needed for name, found in columns.items()):
        return None
    return Shape.MIGRATIONS if stamp is not None or columns.keys() & ONLY_MIGRATIONS else Shape.MODELS


async def look(connection: AsyncConnection, schema: str = SCHEMA) -> tuple[dict[str, frozenset[str]], str | None]:
    """The tables of a schema with their columns, and the stamp of the version table; no tables where there is no such schema."""
    found = {row.table: frozenset(row.columns or ()) for row in await connection.execute(_COLUMNS, {"schema": schema})}
    stamp: str | None = None
    if "version_num" in found.pop(VERSION_TABLE, frozenset()):
        query = text(f'SELECT max(version_num)::text FROM "{schema}".{VERSION_TABLE}')
        stamp = (await connection.execute(query)).scalar_one_or_none()
    return found, stamp
