"""The predecessor's database, made anew for a test: both of its shapes, with every oddity that was seen in the field, and worse ones."""

from collections.abc import Iterable, Sequence
from typing import Literal

import asyncpg

from tests.operations import predecessor_rows as sample

Shape = Literal["models", "migrations"]
STAMP = "004"
PASSWORDS = sample.PASSWORDS

# What a column is, by its name, wherever it is the same in every table.
_ID, _CLIENT, _STAMPED = "id uuid PRIMARY KEY", "client_id uuid NOT NULL REFERENCES clients (id)", "timestamptz NOT NULL DEFAULT now()"
_CREATED, _UPDATED = f"created_at {_STAMPED}", f"updated_at {_STAMPED}"

TABLES: dict[Shape, dict[str, Sequence[str]]] = {
    "models": {
        "users": (
            "id uuid CONSTRAINT pk_users PRIMARY KEY", "username varchar(100)", "email varchar(255) NOT NULL",
            "password_hash varchar(255) NOT NULL", "role varchar(50) NOT NULL", "mfa_secret varchar(255)", "is_active boolean NOT NULL",
            "dark_mode boolean NOT NULL", "password_setup_required boolean NOT NULL DEFAULT true", _CREATED, _UPDATED,
        ),
        "clients": (
            _ID, "first_name varchar(100) NOT NULL", "last_name varchar(100) NOT NULL", "date_of_birth date", "email varchar(255)",
            "phone varchar(20)", "parent_guardian_name varchar(200)", "pos_number varchar(50)", "service_coordinator varchar(200)",
            "pos_start_date date", "pos_end_date date", "notes text", "language varchar(50)", "external_ids jsonb NOT NULL", _CREATED,
            _UPDATED,
        ),
        "tags": (_ID, "name varchar(100) NOT NULL", "description text", "color varchar(7)", _CREATED),
        "client_tags": (_CLIENT, "tag_id uuid NOT NULL REFERENCES tags (id)", "PRIMARY KEY (client_id, tag_id)"),
        "contact_methods": (
            _ID, _CLIENT, "type varchar(20) NOT NULL", "value varchar(255) NOT NULL", "verified boolean NOT NULL", _CREATED,
        ),
        "consents": (
            _ID, _CLIENT, "kind varchar(20) NOT NULL", "granted boolean NOT NULL", "granted_at timestamptz", "source varchar(50)", _CREATED,
        ),
        "memberships": (
            _ID, _CLIENT, "plan_code varchar(50) NOT NULL", "starts_on date NOT NULL", "ends_on date NOT NULL", "notes text", _CREATED,
            _UPDATED,
        ),
        "check_ins": (
            _ID, _CLIENT, "method checkinmethod NOT NULL", "station varchar(100)", f"happened_at {_STAMPED}", "notes text", _CREATED,
        ),
        "password_reset_tokens": (
            _ID, "user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE", "token varchar(255) NOT NULL UNIQUE",
            "token_type varchar(20) NOT NULL", "expires_at timestamp NOT NULL", "used_at timestamp",
            "created_by uuid REFERENCES users (id) ON DELETE SET NULL", "created_at timestamp NOT NULL DEFAULT now()",
        ),
        "client_notes": (_ID, _CLIENT, "user_id uuid NOT NULL REFERENCES users (id)", "note text NOT NULL", _CREATED, _UPDATED),
    },
}  # fmt: skip
_BOTH = ("tags", "client_tags", "contact_methods", "consents", "memberships", "check_ins", "password_reset_tokens")
_NOT_YET = {"username", "dark_mode", "parent_guardian_name", "pos_number", "service_coordinator", "pos_start_date", "pos_end_date"}
TABLES["migrations"] = {
    "users": (*(column for column in TABLES["models"]["users"] if column.split()[0] not in _NOT_YET), "last_password_change timestamp"),
    "clients": [column for column in TABLES["models"]["clients"] if column.split()[0] not in _NOT_YET],
    **{table: TABLES["models"][table] for table in _BOTH},
    "webhooks_out": (
        _ID, "event varchar(100) NOT NULL", "payload jsonb NOT NULL", "status webhookstatus NOT NULL", "attempt_count integer NOT NULL",
        "last_error text", "zap_run_id varchar(100)", _CREATED, _UPDATED, "sent_at timestamptz",
    ),
    "ggleap_links": (_ID, _CLIENT, "ggleap_user_id varchar(100) NOT NULL", f"linked_at {_STAMPED}", _CREATED),
    "ggleap_groups": (
        _ID, "map_key ggleapgrouptype NOT NULL UNIQUE", "ggleap_group_id varchar(100) NOT NULL", "group_name varchar(200)", _CREATED,
        _UPDATED,
    ),
    "audit_log": (
        _ID, "actor_user_id uuid REFERENCES users (id)", "action varchar(50) NOT NULL", "entity varchar(50) NOT NULL",
        "entity_id varchar(100) NOT NULL", "diff jsonb", "metadata jsonb", f"at {_STAMPED}",
    ),
}  # fmt: skip

_ENUMS: dict[Shape, dict[str, str]] = {
    "models": {"checkinmethod": "'KIOSK', 'STAFF'"},
    "migrations": {
        "checkinmethod": "'KIOSK', 'STAFF'", "webhookstatus": "'QUEUED', 'SENT', 'FAILED'", "ggleapgrouptype": "'ACTIVE', 'EXPIRED'",
    },
}  # fmt: skip
_INDEXES: dict[Shape, Iterable[str]] = {
    "models": ("UNIQUE users email", "UNIQUE users username", "clients pos_number"),
    "migrations": ("users email", "memberships ends_on"),
}
_INDEXES_OF_BOTH = (
    *(f"clients {column}" for column in ("first_name", "last_name", "email", "phone")),
    "UNIQUE tags name", "memberships plan_code", "check_ins happened_at",
)  # fmt: skip


def schema(shape: Shape) -> list[str]:
    """The statements that make the empty tables."""
    statements = [f"CREATE TYPE {name} AS ENUM ({labels})" for name, labels in _ENUMS[shape].items()]
    statements += [f"CREATE TABLE {table} ({', '.join(columns)})" for table, columns in TABLES[shape].items()]
    for index in (*_INDEXES[shape], *_INDEXES_OF_BOTH):
        *unique, table, column = index.split()
        statements.append(f"CREATE {' '.join(unique)} INDEX ix_{table}_{column} ON {table} ({column})")
    if shape == "migrations":
        statements.append("ALTER TABLE users ADD CONSTRAINT uq_users_email UNIQUE (email)")
        statements.append("CREATE TABLE alembic_version (version_num varchar(32) CONSTRAINT alembic_version_pkc PRIMARY KEY)")
        statements.append(f"INSERT INTO alembic_version VALUES ('{STAMP}')")
    return statements


def column_names(shape: Shape) -> dict[str, frozenset[str]]:
    """The columns of each table, ``alembic_version`` left out."""
    return {
        table: frozenset(column.split()[0] for column in columns if not column.startswith("PRIMARY KEY"))
        for table, columns in TABLES[shape].items()
    }


async def build(url: str, shape: Shape, *, rows: bool = True, clients: int = 40) -> None:
    """Make the predecessor's tables in an empty database; with ``rows`` also that many ordinary clients and all of the odd ones.

    Who can sign in is in ``PASSWORDS`` (email → password): ``admin@example.test`` (username ``deskadmin``), ``staff@example.test``
    (``deskstaff``), ``owner@example.test`` (none). The migrations shape knows no usernames, and nothing of POS or guardians.
    """
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            for statement in schema(shape):
                await connection.execute(statement)
            if rows:
                await _fill(connection, shape, clients)
    finally:
        await connection.close()


async def _fill(connection: asyncpg.Connection, shape: Shape, clients: int) -> None:
    names = column_names(shape)
    await connection.set_type_codec("jsonb", encoder=str, decoder=str, schema="pg_catalog")
    for table in TABLES[shape]:
        for row in sample.rows(table, clients):
            # A shape that lacks a column loses it, as the predecessor did.
            kept = {column: value for column, value in row.items() if column in names[table]}
            marks = ", ".join(f"${number}" for number in range(1, len(kept) + 1))
            await connection.execute(f"INSERT INTO {table} ({', '.join(kept)}) VALUES ({marks})", *kept.values())
