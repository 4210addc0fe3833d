"""The demo centre: believable, made once, and only where nobody is on file."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from backend import clock
from backend.accounts import passwords
from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from backend.errors import Conflict
from backend.operations.bootstrap import seeds
from backend.operations.demo.command import fill
from backend.operations.demo.people import HOW_MANY
from tests.operations.bootstrap_support import cli, contents, rows, run_sql

OPERATOR = Actor(ActorKind.OPERATOR, label="tests")


@pytest.fixture
async def centre(database: Database, settings: Settings) -> Database:
    """A filled demo centre."""
    async with database.writing(OPERATOR) as uow:
        await seeds.sow(uow, await seeds.missing(uow))
    async with database.writing(OPERATOR) as uow:
        assert len(await fill(uow, settings)) == 1
    return database


async def test_it_has_people_of_every_standing_and_visits_up_to_now(centre: Database, settings: Settings) -> None:
    today = clock.today(settings.zone)
    async with centre.reading() as reader:
        by_standing = text("SELECT s.status, count(*) FROM clients c, client_standing(c.id, :today) s GROUP BY 1")
        found = await reader.rows(by_standing, {"today": today})
        assert {row[0] for row in found} == {"ACTIVE", "EXPIRING", "PENDING", "EXPIRED", "NONE"}
        # A few were put on file twice.
        assert sum(row[1] for row in found) == HOW_MANY + 5
        assert min(row[1] for row in found) >= 5
        span = text("SELECT count(DISTINCT local_day) AS days, max(local_day) AS last, max(happened_at) AS at FROM check_ins")
        days = await reader.row(span)
        assert days is not None
        assert (days.days >= 350, days.last, days.at <= clock.now()) == (True, today, True)
        for table in ("client_tags", "client_notes", "consents", "memberships", "authorizations", "visit_rollup"):
            assert await reader.scalar(text(f"SELECT count(*) > 30 FROM {table}")), table
        assert await reader.scalar(text("SELECT count(*) FROM client_notes WHERE pinned")) >= 10
        assert await reader.scalar(text("SELECT count(*) FROM membership_tiers")) == 7
        for what in (
            "check_ins WHERE voided_at IS NOT NULL",
            "check_ins WHERE override_reason IS NOT NULL",
            "check_ins WHERE checked_out_by_closing",
            "check_ins WHERE checked_out_by IS NOT NULL",
            "possible_duplicates",
            "clients WHERE language = 'es'",
            "clients WHERE guardian_phone IS NOT NULL",
            "clients WHERE archived_at IS NOT NULL",
            "clients WHERE no_sound",
            "authorizations WHERE units_per_month > 0 AND service_coordinator_phone IS NOT NULL",
            "memberships WHERE end_reason IS NOT NULL",
            "membership_tiers WHERE price_cents > 0 AND visit_cap > 0",
        ):
            assert await reader.scalar(text(f"SELECT count(*) > 0 FROM {what}")), what


async def test_the_year_has_its_seasons(centre: Database) -> None:
    by_weekday = text("SELECT extract(isodow FROM local_day)::int AS day, sum(visits) AS visits FROM visit_rollup GROUP BY 1 ORDER BY 1")
    after_school = text(
        "SELECT count(*) FILTER (WHERE hour BETWEEN 14 AND 18)::float / sum(1) FROM visit_rollup WHERE extract(isodow FROM local_day) < 6"
    )
    async with centre.reading() as reader:
        visits = [row.visits for row in await reader.rows(by_weekday)]
        assert max(visits) == visits[5]
        assert min(visits) == visits[0]
        assert await reader.scalar(after_school) > 0.5
        assert await reader.scalar(text("SELECT count(*) FROM check_ins WHERE to_char(local_day, 'MMDD') = '1225'")) == 0


async def test_memberships_are_renewed_and_lapse(centre: Database) -> None:
    each = """SELECT m.client_id, count(*) AS many, bool_or(EXISTS (
                SELECT FROM memberships n WHERE n.client_id = m.client_id AND n.starts_on > m.ends_on + 1)) AS with_gap
              FROM memberships m GROUP BY 1"""
    overlapping = """SELECT count(*) FROM memberships a JOIN memberships b ON b.client_id = a.client_id AND b.id > a.id
                     AND b.starts_on <= a.ends_on AND a.starts_on <= b.ends_on"""
    async with centre.reading() as reader:
        found = await reader.rows(text(each))
        assert sum(row.many > 1 for row in found) > 80
        assert sum(row.with_gap for row in found) > 10
        assert await reader.scalar(text(overlapping)) == 0


async def test_visits_agree_with_the_rules(centre: Database) -> None:
    twice = "SELECT count(*) FROM (SELECT FROM check_ins GROUP BY client_id, local_day HAVING count(*) > 1) t"
    blocked = """SELECT count(*) FROM check_ins
                 WHERE policy = 'BLOCK' AND standing_status NOT IN ('ACTIVE', 'EXPIRING') AND override_reason IS NULL"""
    last = """SELECT count(*) FROM clients c WHERE (first_check_in_at, last_check_in_at) IS DISTINCT FROM
              (SELECT (min(happened_at), max(happened_at)) FROM check_ins k WHERE k.client_id = c.id AND voided_at IS NULL)"""
    early = "SELECT count(*) FROM clients WHERE first_check_in_at < created_at"
    left = "SELECT count(*) FROM check_ins WHERE checked_out_at IS NULL AND local_day < (SELECT max(local_day) FROM check_ins)"
    counted = """SELECT (SELECT sum(visits) FROM visit_rollup) = (SELECT count(*) FROM check_ins WHERE voided_at IS NULL)"""
    async with centre.reading() as reader:
        assert [await reader.scalar(text(query)) for query in (twice, blocked, last, early, left, counted)] == [0, 0, 0, 0, 0, True]


async def test_where_people_are_on_file_nothing_is_added(database: Database, settings: Settings) -> None:
    async with database.writing(OPERATOR) as uow:
        await uow.execute(text("INSERT INTO clients (first_name, last_name) VALUES ('Real', 'Person')"))
    with pytest.raises(Conflict, match="empty centre"):
        async with database.writing(OPERATOR) as uow:
            await fill(uow, settings)


async def test_at_the_command_line_it_is_made_once(seeded_url: str, tmp_path: Path) -> None:
    await run_sql(seeded_url, "DELETE FROM users WHERE username = 'staff'")
    first = await cli(seeded_url, tmp_path, "demo-data", "--json")
    assert first.code == 0, first.err
    (sign_in,) = json.loads(first.out)["sign_ins"]
    assert (sign_in["role"], sign_in["username"], sign_in["email"]) == ("STAFF", "staff", "staff@demo.example")
    made = await rows(seeded_url, "SELECT password_hash FROM users WHERE username = 'staff'")
    assert await passwords.verify(sign_in["password"], made[0]["password_hash"])
    before = await contents(seeded_url)
    again = await cli(seeded_url, tmp_path, "demo-data", "--json")
    assert (again.code, json.loads(again.out)) == (0, {"sign_ins": []})
    assert await contents(seeded_url) == before


async def test_without_a_schema_it_says_what_to_run(empty_database_url: str, tmp_path: Path) -> None:
    run = await cli(empty_database_url, tmp_path, "demo-data")
    assert run.code == 1
    assert "Run `just bootstrap` first" in run.err
    assert "Traceback" not in run.err
