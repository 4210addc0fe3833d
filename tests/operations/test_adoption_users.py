"""Who signs in, in both shapes, with their old passwords; what is kept for the record; and the shared files."""

import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.accounts import passwords
from backend.db import Database
from backend.operations import adoption
from backend.operations.adoption import Report
from backend.operations.postgres_programs import connection_environment, program
from tests import world
from tests.client import Api
from tests.operations import predecessor
from tests.operations import predecessor_rows as sample
from tests.operations.adoption_support import copy, fetch, move_to_legacy, remarks, value, with_legacy
from tests.operations.bootstrap_support import run_sql
from tests.operations.predecessor import Shape

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "legacy"


@pytest.fixture(scope="module")
async def models() -> AsyncIterator[str]:
    url = await world.create()
    await with_legacy(url, "models")
    await copy(url)
    yield url
    await world.drop(url)


@pytest.fixture(scope="module")
async def migrations() -> AsyncIterator[tuple[str, Report]]:
    url = await world.create()
    await with_legacy(url, "migrations")
    yield url, await copy(url)
    await world.drop(url)


async def users(url: str) -> dict[str, Any]:
    return {row["email"]: row for row in await fetch(url, "SELECT *, role::text AS role_name, theme::text AS theme_name FROM users")}


async def test_accounts(models: str) -> None:
    found = await users(models)
    assert {email: (row["username"], row["display_name"], row["role_name"], row["theme_name"], row["active"], row["must_change_password"])
            for email, row in found.items() if not email.endswith(".invalid")} == {
        "admin@example.test": ("deskadmin", "deskadmin", "ADMIN", "DARK", True, False),
        "staff@example.test": ("deskstaff", "deskstaff", "STAFF", "LIGHT", True, True),
        "owner@example.test": (None, "owner", "ADMIN", "LIGHT", True, False),
        "gone@example.test": ("leftus", "leftus", "STAFF", "LIGHT", False, False),
        "odd@example.test": (None, "Odd One", "STAFF", "LIGHT", True, False),
    }  # fmt: skip
    assert len(found) == 6
    assert found["admin@example.test"]["created_at"] == sample.START.replace(day=2)


async def test_the_migrations_shape_has_no_usernames_and_no_theme(migrations: tuple[str, Report]) -> None:
    found = await users(migrations[0])
    assert {row["username"] for row in found.values()} == {None}
    assert {row["theme_name"] for row in found.values()} == {"SYSTEM"}
    assert found["staff@example.test"]["display_name"] == "staff"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (sample.ADMIN, set()),
        (sample.OWNER, {("users", "aside", "second_factor")}),
        (sample.SAME, {("users", "joined", "same_email")}),
        (sample.ODD, {("users", "changed", "unknown_role"), ("users", "changed", "unknown_hash"), ("users", "aside", "bad_username")}),
        (sample.LOST, {("users", "changed", "bad_email"), ("users", "changed", "unknown_hash"), ("users", "aside", "username_taken")}),
    ],
)
async def test_remarks_on_accounts(models: str, number: object, said: set[tuple[str, str, str]]) -> None:
    assert await remarks(models, number) == said


async def test_an_account_that_is_here_already_is_not_touched(empty_database_url: str) -> None:
    url = empty_database_url
    await with_legacy(url, "models")
    await run_sql(
        url,
        """INSERT INTO users (email, username, display_name, role, password_hash)
           VALUES ('admin@example.test', 'boss', 'Boss', 'STAFF', 'x')""",
    )
    report = await copy(url)
    here = (await users(url))["admin@example.test"]
    assert (here["username"], here["role_name"], here["password_hash"]) == ("boss", "STAFF", "x")
    line = next(line for line in report.lines if line.part == "users")
    assert (line.read, line.copied, line.joined) == (7, 5, 2)
    # Their notes are the account's that is here.
    assert await value(url, "SELECT count(*) FROM client_notes WHERE author_id = $1", here["id"]) == 8


async def test_reset_links_stay_behind(models: str) -> None:
    assert await value(models, "SELECT rows_aside FROM adoption_lines WHERE part = 'password_reset_tokens'") == 2
    assert await remarks(models, sample.of("password_reset_tokens", 1)) == {("password_reset_tokens", "aside", "reset_link")}


@pytest.mark.parametrize(
    ("identifier", "email"),
    [("deskadmin", "admin@example.test"), ("DeskStaff", "staff@example.test"), *((email, email) for email in sample.PASSWORDS)],
)
async def test_old_passwords_sign_in_by_username_and_by_email_and_are_hashed_anew(models: str, identifier: str, email: str) -> None:
    settings = world.settings_for(models)
    database = Database.of(settings)
    api = Api(settings, database)
    try:
        before = (await users(models))[email]["password_hash"]
        started = await api.login(identifier, sample.PASSWORDS[email])
        assert started["__typename"] == "SessionStarted", started
        assert started["viewer"]["mustChangePassword"] is (email == "staff@example.test")
        after = (await users(models))[email]["password_hash"]
        assert not passwords.needs_rehash(after)
        assert before == after or passwords.needs_rehash(before)
        assert (await api.login(identifier, sample.PASSWORDS[email] + "?"))["__typename"] == "LoginRefused"
    finally:
        await api.close()
        await database.close()


async def test_gaming_accounts_and_groups(migrations: tuple[str, Report]) -> None:
    url = migrations[0]
    links = await fetch(url, "SELECT ggleap_user_id FROM ggleap_links ORDER BY length(ggleap_user_id), ggleap_user_id")
    assert [row[0] for row in links] == [f"gg-{number}" for number in range(1, 11)]
    groups = await fetch(url, "SELECT purpose::text, ggleap_group_id, name FROM ggleap_groups ORDER BY 1")
    assert [tuple(row) for row in groups] == [("ACTIVE", "g-active", "Unlimited"), ("EXPIRED", "g-expired", None)]
    assert await remarks(url, sample.of("ggleap_links", 11)) == {("ggleap_links", "aside", "same_account")}
    assert await remarks(url, sample.of("ggleap_links", 12)) == {("ggleap_links", "aside", "blank")}


async def test_events_are_history_and_nothing_waits_to_be_sent(migrations: tuple[str, Report]) -> None:
    url = migrations[0]
    events = await fetch(url, "SELECT event, status, attempts, last_error, payload::text FROM past_webhook_events ORDER BY status")
    assert [tuple(row) for row in events] == [
        ("membership.expiring_30d", status, 3, "HTTP 500", f'{{"n": {number}}}')
        for number, status in ((1, "FAILED"), (2, "QUEUED"), (3, "SENT"))
    ]
    assert await value(url, "SELECT count(*) FROM outbox") == 0
    left = next(line for line in migrations[1].lines if line.part == "webhooks_out.zap_run_id")
    assert (left.read, left.aside) == (3, 3)


async def test_the_old_audit_log_without_its_secrets(migrations: tuple[str, Report]) -> None:
    url = migrations[0]
    query = """SELECT actor_kind::text, actor_label, action, subject_type, client_id IS NOT NULL AS of_client, after::text, happened_at
               FROM audit_log WHERE action LIKE 'legacy.%' ORDER BY happened_at"""
    rows = await fetch(url, query)
    assert [tuple(row)[:5] for row in rows] == [
        ("USER", "admin", "legacy.update", "client", True),
        ("JOB", "predecessor", "legacy.update", "job", False),
        ("USER", "staff", "legacy." + "a" * 50, "e" * 40, False),
        ("USER", "admin", "legacy.update", "user", False),
    ]
    assert "password_hash" not in rows[3]["after"]
    assert '"role": "staff"' in rows[3]["after"]
    assert '"phone": ["1", "2"]' in rows[0]["after"]


async def test_what_is_unknown_is_counted_and_stays(empty_database_url: str) -> None:
    url = empty_database_url
    await predecessor.build(url, "models", clients=3)
    await run_sql(
        url, 'ALTER TABLE clients ADD "favourite game" text', """UPDATE clients SET "favourite game" = 'chess' WHERE phone IS NOT NULL"""
    )
    await move_to_legacy(url)
    many = await value(url, "SELECT count(*) FROM legacy.clients WHERE phone IS NOT NULL")
    report = await copy(url)
    line = next(line for line in report.lines if line.part == "clients.favourite game")
    assert (line.read, line.aside) == (many, many)
    assert ("clients.favourite game", "aside", "unknown_column", 1) in [(r.part, r.outcome, r.reason, r.count) for r in report.remarks]
    assert not (await copy(url)).is_new


@pytest.mark.parametrize("shape", ["models", "migrations"])
async def test_tables_without_rows_are_adopted_once(empty_database_url: str, shape: Shape) -> None:
    from tests.operations.adoption_support import pending

    await with_legacy(empty_database_url, shape, rows=False)
    assert await pending(empty_database_url)
    assert (await copy(empty_database_url)).is_new
    assert not await pending(empty_database_url)
    assert not (await copy(empty_database_url)).is_new


@pytest.mark.parametrize("shape", ["models", "migrations"])
def test_both_shapes_are_recognised(shape: Shape) -> None:
    columns, stamp = predecessor.column_names(shape), predecessor.STAMP if shape == "migrations" else None
    assert adoption.recognise(columns, stamp) == shape
    assert adoption.recognise(columns | {"tags": columns["tags"] | {"more"}}, stamp) == shape
    assert adoption.recognise({name: found for name, found in columns.items() if name != "tags"}, stamp) == shape
    assert adoption.recognise(columns | {"invoices": frozenset({"id"})}, stamp) is None
    assert adoption.recognise(columns | {"clients": columns["clients"] - {"external_ids"}}, stamp) is None
    assert adoption.recognise({name: found for name, found in columns.items() if name != "check_ins"}, stamp) is None
    assert adoption.recognise(columns, "20261122_core") is None
    assert adoption.recognise({}, None) is None


# Read, copied, joined, kept aside.
_BOTH = {
    "clients": (200, 200, 0, 0), "clients.phone": (167, 167, 0, 0), "contact_methods": (90, 90, 0, 0), "tags": (3, 2, 1, 0),
    "client_tags": (60, 60, 0, 0), "consents": (300, 300, 0, 0), "memberships": (184, 183, 0, 1), "memberships.plan_code": (8, 7, 1, 0),
    "check_ins": (1504, 1504, 0, 0), "check_ins.station": (4, 3, 1, 0),
}  # fmt: skip
_ONE = {"users": (4, 4, 0, 0), "clients.pos": (134, 133, 0, 1), "client_notes": (120, 120, 0, 0)}
_OTHER = {"users": (2, 2, 0, 0), "webhooks_out": (5, 5, 0, 0), "ggleap_links": (25, 25, 0, 0), "ggleap_groups": (2, 2, 0, 0)}


@pytest.mark.parametrize(("file", "expected"), [("models_shape.sql", _BOTH | _ONE), ("migrations_shape.sql", _BOTH | _OTHER)])
async def test_the_shared_files(empty_database_url: str, file: str, expected: dict[str, tuple[int, ...]]) -> None:
    if not (SHARED / file).exists():
        pytest.skip("the shared files are not here")
    url = empty_database_url
    psql = [str(program("psql", 18)), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(SHARED / file)]
    subprocess.run(psql, env=connection_environment(url), check=True)
    await move_to_legacy(url)
    report = await copy(url)
    assert {line.part: (line.read, line.copied, line.joined, line.aside) for line in report.lines if line.part in expected} == expected
    assert await value(url, "SELECT count(*) FROM possible_duplicates WHERE reason = 'same_email'") == 1
    settings = world.settings_for(url)
    database = Database.of(settings)
    api = Api(settings, database)
    for identifier, password in (("admin@example.test", "Legacy-Admin-1!"), ("owner@example.test", "Legacy-Owner-1!")):
        assert (await api.login(identifier, password))["__typename"] == "SessionStarted"
    await api.close()
    await database.close()


def test_the_documentation_explains_every_reason(repository: Path) -> None:
    from backend.operations.adoption.report import REASONS

    written = (repository / "docs" / "adoption.md").read_text(encoding="utf-8")
    assert [code for code, sentence in REASONS.items() if f"| `{code}` | {sentence} |" not in written] == []
