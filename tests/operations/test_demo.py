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
        assert sum(row[1] for row in found) == 250
        span = text("SELECT count(DISTINCT local_day) AS days, max(local_day) AS last, max(happened_at) AS at FROM check_ins")
        days = await reader.row(span)
        assert days is not None
        assert (days.days >= 60, days.last, days.at <= clock.now()) == (True, today, True)
        for table in ("client_tags", "client_notes", "consents", "memberships", "authorizations", "visit_rollup"):
            assert await reader.scalar(text(f"SELECT count(*) > 30 FROM {table}")), table
        assert await reader.scalar(text("SELECT count(*) FROM client_notes WHERE pinned")) >= 10
        assert await reader.scalar(text("SELECT count(*) FROM membership_tiers")) == 6
        assert await reader.scalar(text("SELECT count(*) FROM check_ins WHERE voided_at IS NOT NULL")) > 0


async def test_visits_agree_with_the_rules(centre: Database) -> None:
    twice = "SELECT count(*) FROM (SELECT FROM check_ins GROUP BY client_id, local_day HAVING count(*) > 1) t"
    blocked = "SELECT count(*) FROM check_ins WHERE policy = 'BLOCK' AND standing_status NOT IN ('ACTIVE', 'EXPIRING')"
    last = """SELECT count(*) FROM clients c WHERE last_check_in_at IS DISTINCT FROM
              (SELECT max(happened_at) FROM check_ins k WHERE k.client_id = c.id AND voided_at IS NULL)"""
    counted = """SELECT (SELECT sum(visits) FROM visit_rollup) = (SELECT count(*) FROM check_ins WHERE voided_at IS NULL)"""
    async with centre.reading() as reader:
        assert [await reader.scalar(text(query)) for query in (twice, blocked, last, counted)] == [0, 0, 0, True]


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
