"""Memberships, tags, stations and visits of the predecessor's, and that copying again changes nothing."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backend.operations.adoption import Report
from backend.operations.adoption.parts.tags import colour
from tests import world
from tests.operations import predecessor_rows as sample
from tests.operations.adoption_support import copy, fetch, of_client, remarks, value, with_legacy
from tests.operations.bootstrap_support import contents, run_sql


@pytest.fixture(scope="module")
async def adopted() -> AsyncIterator[tuple[str, Report]]:
    """With our own seeds there first, which the copy joins."""
    url = await world.create()
    await with_legacy(url, "models")
    await run_sql(
        url,
        "INSERT INTO stations (name) VALUES ('Front Desk'), ('Kiosk')",
        "INSERT INTO membership_tiers (name, code, policy, is_default) VALUES ('Standard', 'standard', 'ASK_STAFF', true)",
        "INSERT INTO tags (name, colour) VALUES ('TOURNAMENT', 'red')",
    )
    yield url, await copy(url)
    await world.drop(url)


@pytest.fixture
def url(adopted: tuple[str, Report]) -> str:
    return adopted[0]


async def test_plans_become_tiers_however_they_are_spelled(url: str) -> None:
    tiers = await fetch(url, "SELECT code, name, policy::text FROM membership_tiers ORDER BY lower(code)")
    assert [tuple(row) for row in tiers][:9] == [
        ("10_hours", "10 hours", "REMIND"),
        ("20 hours", "20 hours", "REMIND"),
        ("day-pass", "Day pass", "REMIND"),
        ("KRC", "KRC", "REMIND"),
        ("lifetime", "Lifetime", "REMIND"),
        *((row["code"], row["name"], "REMIND") for row in tiers[5:7]),
        ("standard", "Standard", "ASK_STAFF"),
        ("unknown", "Unknown", "REMIND"),
    ]
    # Two long codes that begin alike stay two, with their names whole.
    assert {row["name"] for row in tiers[5:7]} == {"P" + "p" * 49, "P" + "p" * 48 + "q"}
    assert tiers[9]["code"] == "unlimited"
    assert len(tiers) == 10


async def test_memberships(url: str) -> None:
    query = f"""SELECT t.code, m.starts_on, m.ends_on, m.note FROM memberships m JOIN membership_tiers t ON t.id = m.tier_id
                WHERE client_id = ({of_client()}) ORDER BY m.id"""
    rows = [tuple(row) for row in await fetch(url, query, sample.odd("twin"))]
    assert rows[:3] == [
        ("unlimited", date(2025, 1, 1), date(2025, 12, 31), "first"),
        ("unlimited", date(2025, 12, 1), date(2026, 12, 31), "overlaps"),
        ("unlimited", date(2027, 1, 1), date(2027, 12, 31), None),
    ]
    assert ("unknown", date(2024, 1, 1), date(2024, 2, 1), None) in rows
    assert ("lifetime", date(1900, 1, 1), date(2199, 12, 31), None) in rows
    assert len(rows) == 7
    assert ("memberships", "aside", "ends_before_start") in await remarks(url, sample.of("memberships", 44))


async def test_one_word_is_one_tag(url: str) -> None:
    tags = await fetch(url, "SELECT name, colour, description FROM tags ORDER BY lower(name)")
    assert [tuple(row) for row in tags if row["name"] not in {"Quiet", tags[3]["name"]}] == [
        ("Odd", "slate", None), ("TOURNAMENT", "red", None), ("VIP", "red", "Same word"),
    ]  # fmt: skip
    assert (tags[1]["name"], tags[1]["colour"], len(tags[1]["description"])) == ("Quiet", "slate", 500)
    assert tags[3]["name"].startswith("t" * 51 + " ")
    assert len(tags[3]["name"]) == 60
    worn = "SELECT name FROM tags JOIN client_tags ON tag_id = id WHERE client_id"
    # Client 3 had "VIP" and "Tournament", client 1 had "vip" twice over.
    assert [row[0] for row in await fetch(url, f"{worn} = ({of_client()}) ORDER BY 1", sample.client(3))] == ["TOURNAMENT", "VIP"]
    assert [row[0] for row in await fetch(url, f"{worn} = ({of_client()})", sample.client(1))] == ["VIP"]


@pytest.mark.parametrize(
    ("written", "name"),
    [("#ec194d", "red"), ("#1D4ED8", "blue"), ("red", "red"), ("#fff", "slate"), ("0d9488", "teal"), ("purple", "violet"),
     ("#ff69b4", "pink"), ("#ffd700", "amber"), ("??", None), ("", None)],
)  # fmt: skip
def test_colours_become_the_nearest_of_ours(written: str, name: str | None) -> None:
    assert colour(written) == name


async def test_stations_in_all_spellings(url: str) -> None:
    names = [row[0] for row in await fetch(url, "SELECT name FROM stations ORDER BY id")]
    assert names[:2] == ["Front Desk", "Kiosk"]
    assert [name[:9] for name in sorted(names[2:], key=str.lower)] == ["SSSSSSSSS", "station 7"]
    assert (
        await value(url, "SELECT count(*) FROM check_ins WHERE station_id IS NULL")
        == await value(url, "SELECT count(*) FROM legacy.check_ins WHERE btrim(coalesce(station, '')) = ''") - 1
    )  # the one at no time


async def test_visits_are_all_there_with_their_ids(url: str) -> None:
    missing = """SELECT id FROM legacy.check_ins l
                 WHERE NOT EXISTS (SELECT FROM check_ins c WHERE c.request_id = l.id AND c.happened_at = l.happened_at)"""
    assert [row[0] for row in await fetch(url, missing)] == [sample.of("check_ins", 127)]
    assert await remarks(url, sample.of("check_ins", 127)) == {("check_ins", "aside", "bad_time")}
    differ = """SELECT count(*) FROM legacy.check_ins l JOIN check_ins c ON c.request_id = l.id
                WHERE c.method::text <> l.method::text OR c.recorded_at <> l.created_at"""
    assert await value(url, differ) == 0
    assert [row[0] for row in await fetch(url, "SELECT DISTINCT note FROM check_ins WHERE note IS NOT NULL")] == ["with guest"]


async def test_a_visit_counts_on_the_centres_day(url: str) -> None:
    query = f"SELECT happened_at, local_day FROM check_ins WHERE client_id = ({of_client()}) ORDER BY happened_at"
    rows = [tuple(row) for row in await fetch(url, query, sample.odd("blanks"))]
    assert [day for _, day in rows] == [date(1969, 12, 31), date(2025, 10, 31), date(2025, 10, 31), date(2025, 11, 1), date(2025, 11, 1),
                                        date(2262, 4, 10)]  # fmt: skip


async def test_the_last_visit_is_one_that_has_been(url: str) -> None:
    last = f"SELECT last_check_in_at FROM clients WHERE id = ({of_client()})"
    # The one in 2262 would make every visit until then a repeat.
    assert await value(url, last, sample.odd("blanks")) == datetime(2025, 11, 1, 7, 0, 1, tzinfo=UTC)
    wrong = """SELECT count(*) FROM clients c WHERE last_check_in_at IS DISTINCT FROM
               (SELECT max(happened_at) FROM check_ins v WHERE v.client_id = c.id AND happened_at <= now())"""
    assert await value(url, wrong) == 0


async def test_each_visit_has_the_standing_of_its_day(url: str) -> None:
    wrong = """SELECT count(*) FROM check_ins v CROSS JOIN LATERAL client_standing(v.client_id, v.local_day) s
               WHERE (v.standing_status, v.standing_source, v.standing_ends_on, v.policy)
                     IS DISTINCT FROM (s.status, s.source, s.ends_on, s.policy)"""
    assert await value(url, wrong) == 0
    found = await fetch(url, "SELECT standing_status::text, policy::text FROM check_ins GROUP BY 1, 2")
    # Whoever has no membership goes by the default tier's policy, the others by that of a tier which was made for them.
    assert {tuple(row) for row in found} >= {("ACTIVE", "REMIND"), ("NONE", "ASK_STAFF")}


async def test_the_figures_count_them(url: str) -> None:
    assert await value(url, "SELECT sum(visits)::int FROM visit_rollup") == await value(url, "SELECT count(*) FROM check_ins")
    hours = await fetch(url, "SELECT hour, sum(visits)::int FROM visit_rollup WHERE local_day = '2025-11-01' GROUP BY 1")
    assert [tuple(row) for row in hours] == [(0, 2)]


async def test_the_audit_log_says_what_was_done(url: str, adopted: tuple[str, Report]) -> None:
    row = (
        await fetch(url, "SELECT actor_kind::text, actor_label, subject_id, after::text FROM audit_log WHERE action = 'adoption.finished'")
    )[0]
    assert (row[0], row[1], row[2]) == ("OPERATOR", "bootstrap", adopted[1].adoption_id)
    assert '"check_ins": [127, 126, 0, 0, 1]' in row[3]


async def test_copying_again_changes_nothing(url: str, adopted: tuple[str, Report]) -> None:
    before = await contents(url)
    again = await copy(url)
    assert await contents(url) == before
    assert not again.is_new
    assert [(line.part, line.read, line.already) for line in again.lines] == [
        (line.part, line.read, line.read) for line in adopted[1].lines
    ]
    assert "Nothing was new" in again.text()


async def test_only_what_is_new_comes_the_next_time(empty_database_url: str) -> None:
    url = empty_database_url
    await with_legacy(url, "models")
    first = await copy(url)
    await run_sql(url, "DELETE FROM client_tags", "DELETE FROM contact_methods WHERE kind = 'DISCORD'")
    new, known = sample.client(500), sample.client(1)
    made = "INSERT INTO legacy.{} (id, client_id, {}) VALUES (gen_random_uuid(), $1, {})"
    consent = "INSERT INTO legacy.consents (id, client_id, kind, granted, granted_at, source)"
    added: list[tuple[str, Any]] = [
        ("""INSERT INTO legacy.clients (id, first_name, last_name, email, external_ids)
            VALUES ($1, 'Nu', 'Ew', 'client1@example.test', '{"code": "M-1"}')""", new),
        (made.format("contact_methods", "type, value, verified", "'sms', '(661) 555-0101', true"), known),
        (made.format("contact_methods", "type, value, verified", "'sms', '661 555 0999', true"), known),
        (made.format("memberships", "plan_code, starts_on, ends_on", "'UNLIMITED', '2026-01-02', '2026-02-01'"), new),
        (made.format("check_ins", "method, station, happened_at", "'KIOSK', 'STATION 7', '2025-10-01 18:00+00'"), new),
        (f"""{consent} SELECT gen_random_uuid(), $1, 'sms', NOT granted, happened_at, source
             FROM consents WHERE kind = 'SMS' AND client_id = ({of_client()})""", known),
    ]  # fmt: skip
    for statement, person in added:
        await fetch(url, statement, person)
    second = await copy(url, by="adopt")
    fresh = {line.part: (line.copied, line.joined, line.aside) for line in second.lines if line.already < line.read}
    assert fresh == {
        "clients": (1, 0, 0), "clients.email": (1, 0, 0), "clients.external_ids": (0, 0, 1), "contact_methods": (1, 1, 0),
        "consents": (2, 0, 0), "memberships": (1, 0, 0), "memberships.plan_code": (0, 1, 0), "check_ins": (1, 0, 0),
        "check_ins.station": (0, 1, 0),
    }  # fmt: skip
    assert all(line.read == line.copied + line.joined + line.already + line.aside for line in second.lines)
    assert second.adoption_id == (first.adoption_id or 0) + 1
    # What was removed here by hand stays removed, and the first phone the first.
    assert await value(url, "SELECT count(*) FROM client_tags") == 0
    primary = f"SELECT count(*) FROM contact_methods WHERE is_primary AND kind = 'PHONE' AND client_id = ({of_client()})"
    assert await value(url, primary, known) == 1
    moved = f"SELECT array_agg(happened_at ORDER BY happened_at) FROM consents WHERE kind = 'SMS' AND client_id = ({of_client()})"
    one, another, third, fourth = await value(url, moved, known)
    assert (another - one, fourth - third) == (timedelta(microseconds=1), timedelta(microseconds=1))
    assert await value(url, f"SELECT reason FROM possible_duplicates WHERE other_id = ({of_client()})", new) == "same_email"
    assert await value(url, "SELECT sum(visits)::int FROM visit_rollup") == await value(url, "SELECT count(*) FROM check_ins")


async def test_nobody_who_was_erased_comes_back(empty_database_url: str) -> None:
    url = empty_database_url
    await with_legacy(url, "models")
    await copy(url)
    gone, number = sample.client(2), await value(url, of_client(), sample.client(2))
    await run_sql(url, f"INSERT INTO erasures (client_id, reason, actor_label) VALUES ({number}, 'asked', 'tests')")
    await fetch(
        url, "INSERT INTO legacy.client_notes (id, client_id, user_id, note) VALUES (gen_random_uuid(), $1, $2, 'x')", gone, sample.ADMIN
    )
    again = await copy(url)
    assert {(line.part, line.aside) for line in again.lines if line.already < line.read} == {("client_notes", 1)}
    assert [(remark.part, remark.reason) for remark in again.remarks] == [("client_notes", "client_gone")]
