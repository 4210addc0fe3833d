"""Databases in the states from which bootstrap is killed, and what must be true of them afterwards."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from backend.accounts import passwords
from backend.operations.bootstrap.revisions import revisions
from tests import world
from tests.operations import predecessor
from tests.operations.bootstrap_support import rows, run_sql

# What a run may write anew each time it looks: who signed in as a check, the grants and backups of each try.
RESTLESS = {"audit_log", "backups", "known_devices", "login_counters", "refresh_tokens", "sessions", "installation", "users", "schedules"}
CENTRE = """
INSERT INTO stations (name) VALUES ('Front Desk'), ('Kiosk');
INSERT INTO membership_tiers (name, code, is_default) VALUES ('Standard', 'standard', true);
INSERT INTO clients (first_name, last_name) SELECT 'Ana', 'Client ' || n FROM generate_series(1, 500) n;
INSERT INTO contact_methods (client_id, kind, value) SELECT id, 'EMAIL', 'client' || id || '@example.test' FROM clients;
INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy)
SELECT gen_random_uuid(), id, now() - n * interval '1 day', current_date - n, 'STAFF', 'NONE', 'REMIND'
FROM clients, generate_series(1, 6) n;
"""


async def _empty(_url: str) -> None:
    return


async def _older(url: str) -> None:
    await world.migrate(url, revisions()[0])
    await run_sql(url, CENTRE)


async def _unstamped(url: str) -> None:
    await _older(url)
    await run_sql(url, "DROP TABLE alembic_version")


async def _rolled_back(url: str) -> None:
    await run_sql(
        url,
        "CREATE TYPE checkinmethod AS ENUM ('KIOSK', 'STAFF')",
        "CREATE TABLE users_failed_attempt (id integer, email varchar(255))",
        "CREATE UNIQUE INDEX ix_users_email ON users_failed_attempt (email)",
    )


async def _models(url: str) -> None:
    await predecessor.build(url, "models", clients=400)


async def _migrations(url: str) -> None:
    await predecessor.build(url, "migrations", clients=400)


@dataclass(frozen=True, slots=True)
class State:
    """A state, by the word that ``--only`` takes; ``make`` brings an empty database there."""

    name: str
    make: Callable[[str], Awaitable[None]]


STATES = (
    State("first-boot", _empty),
    State("upgrade", _older),
    State("unstamped", _unstamped),
    State("leftovers", _rolled_back),
    State("adoption-models", _models),
    State("adoption-migrations", _migrations),
)


async def counts(url: str) -> dict[str, int]:
    """How many rows every table has, in every schema but the attic, whose name holds the time."""
    tables = await rows(
        url,
        r"""SELECT schemaname, tablename FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname NOT LIKE 'attic\_%'""",
    )
    found = {}
    for schema, table in tables:
        if not (schema == "public" and table in RESTLESS):
            found[f"{schema}.{table}"] = int((await rows(url, f'SELECT count(*) FROM "{schema}"."{table}"'))[0][0])
    return found


async def wrong_with(url: str, wanted: dict[str, int], results: list[dict[str, Any]]) -> list[str]:
    """What is not as after a run that nobody killed: the revision, the rows, the admin whose password somebody was shown."""
    problems = []
    stamps = [row[0] for row in await rows(url, "SELECT version_num FROM alembic_version")]
    if stamps != [revisions()[-1]]:
        problems.append(f"the revision is {stamps}")
    found = await counts(url)
    problems += [
        f"{table}: {found.get(table)} rows instead of {wanted.get(table)}"
        for table in sorted(found.keys() | wanted.keys())
        if found.get(table) != wanted.get(table)
    ]
    if left := await rows(url, "SELECT nspname FROM pg_namespace WHERE nspname = 'legacy_incoming'"):
        problems.append(f"{left[0][0]} was left")
    made = await rows(url, "SELECT username, password_hash FROM users WHERE username = 'admin' AND role = 'ADMIN'")
    shown = [result["admin"]["password"] for result in results if (result.get("admin") or {}).get("password")]
    if made and not (shown and await passwords.verify(shown[-1], made[0]["password_hash"])):
        problems.append("nobody saw the password of the admin that was made")
    return problems
