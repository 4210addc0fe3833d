"""Each rule of the copy: clients and what hangs on them, from the rows of `tests.operations.predecessor_rows`."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backend.operations.adoption import Report
from tests import world
from tests.operations import predecessor_rows as sample
from tests.operations.adoption_support import copy, fetch, of_client, remarks, value, with_legacy


@pytest.fixture(scope="module")
async def adopted() -> AsyncIterator[tuple[str, Report]]:
    url = await world.create()
    await with_legacy(url, "models")
    yield url, await copy(url)
    await world.drop(url)


@pytest.fixture
def url(adopted: tuple[str, Report]) -> str:
    return adopted[0]


@pytest.fixture
def report(adopted: tuple[str, Report]) -> Report:
    return adopted[1]


async def client(url: str, name: str) -> Any:
    return (await fetch(url, f"SELECT * FROM clients WHERE id = ({of_client()})", sample.odd(name)))[0]


async def test_every_line_adds_up_to_what_lies_in_legacy(url: str, report: Report) -> None:
    for line in report.lines:
        assert line.read == line.copied + line.joined + line.already + line.aside, line
        assert line.already == 0
        if "." not in line.part:
            assert line.read == await value(url, f"SELECT count(*) FROM legacy.{line.part}"), line.part
    assert {line.part for line in report.lines} >= {"users", "clients", "check_ins", "consents", "memberships", "client_notes", "tags"}
    kept = await fetch(url, "SELECT part, rows_read, rows_copied FROM adoption_lines ORDER BY position")
    assert [tuple(row) for row in kept] == [(line.part, line.read, line.copied) for line in report.lines]


async def test_every_reason_has_a_sentence_and_every_row_kept_aside_a_reason(url: str, report: Report) -> None:
    from backend.operations.adoption.report import REASONS

    assert {remark.reason for remark in report.remarks} <= REASONS.keys()
    for line in report.lines:
        found = await value(url, "SELECT count(*) FROM adoption_remarks WHERE part = $1 AND outcome IN ('aside', 'joined')", line.part)
        assert found >= line.aside + line.joined, line.part


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("blanks", "Zoë", "O'Brien- Núñez"), ("other script", "小林", "さくら"), ("nameless", "", "?"), ("longest", "F" * 100, "L" * 100)],
)
async def test_names(url: str, name: str, first: str, last: str) -> None:
    found = await client(url, name)
    assert (found["first_name"], found["last_name"]) == (first, last)


@pytest.mark.parametrize(("name", "born"), [("other script", date(2001, 2, 3)), ("born tomorrow", None), ("born long ago", None)])
async def test_birthdays_that_can_not_be_are_left_out_and_said(url: str, name: str, born: date | None) -> None:
    assert (await client(url, name))["date_of_birth"] == born
    assert (("clients", "aside", "bad_date") in await remarks(url, sample.odd(name))) == (born is None)


@pytest.mark.parametrize(
    ("number", "language"), [(sample.client(4), "es"), (sample.client(1), "en"), (sample.client(3), "es"), (sample.client(2), "en")]
)
async def test_languages(url: str, number: Any, language: str) -> None:
    assert await value(url, f"SELECT language FROM clients WHERE id = ({of_client()})", number) == language


async def test_a_language_with_its_country_and_one_that_is_unknown(url: str) -> None:
    assert (await client(url, "spanish"))["language"] == "es"
    assert (await client(url, "born long ago"))["language"] == "en"
    assert ("clients", "changed", "unknown_language") in await remarks(url, sample.odd("born long ago"))


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("twin", "TWICE", None),
        ("other twin", None, "code_taken"),
        ("code null", "N-1", None),
        ("code number", "4711", "second_code"),
        ("code nested", None, "not_a_code"),
        ("code long", None, "too_long"),
        ("code a list", None, "other_number"),
    ],
)
async def test_member_codes(url: str, name: str, code: str | None, said: str | None) -> None:
    assert (await client(url, name))["member_code"] == code
    reasons = {reason for part, _, reason in await remarks(url, sample.odd(name)) if part == "clients.external_ids"}
    assert (said in reasons) if said else not reasons


async def test_member_codes_under_each_of_the_three_keys(url: str) -> None:
    query = f"SELECT member_code FROM clients WHERE id = ({of_client()})"
    assert [await value(url, query, sample.client(number)) for number in (5, 1, 2, 3)] == ["KRC0005", "M-1", "BEC00002", None]


async def contact_methods(url: str, number: Any) -> list[tuple[str, str, bool, bool]]:
    query = f"SELECT kind::text, value, is_primary, needs_fixing FROM contact_methods WHERE client_id = ({of_client()}) ORDER BY id"
    return [tuple(row) for row in await fetch(url, query, number)]


@pytest.mark.parametrize(
    ("number", "phone", "needs_fixing"),
    [(1, "+16615550101", False), (2, "+16615550102", False), (3, "+16615550103", False), (4, "+16615550104", False), (5, "555-0105", True)],
)
async def test_phones_in_every_spelling(url: str, number: int, phone: str, needs_fixing: bool) -> None:
    assert ("PHONE", phone, True, needs_fixing) in await contact_methods(url, sample.client(number))
    said = ("clients.phone", "changed", "needs_fixing") in await remarks(url, sample.client(number))
    assert said == needs_fixing


async def test_a_phone_from_abroad_and_what_is_no_phone(url: str) -> None:
    assert await contact_methods(url, sample.odd("other script")) == [("PHONE", "+4930901820", True, False)]
    assert await contact_methods(url, sample.odd("no mail")) == [
        ("PHONE", "ask mother", True, True),
        ("EMAIL", "not an address", True, True),
    ]


async def test_strange_contact_methods(url: str) -> None:
    assert await contact_methods(url, sample.odd("spanish")) == [
        ("PHONE", "+4930901820", True, False),
        ("PHONE", "00000", False, True),
        ("EMAIL", "A@B", True, True),
        ("EMAIL", "dup@example.test", False, False),
        ("DISCORD", "One", True, False),
        ("DISCORD", "one", False, False),
        ("PHONE", "661-555-0177 ext. 5", False, True),
    ]
    mine = "SELECT id::text FROM legacy.contact_methods WHERE client_id = $1"
    found = await fetch(url, f"SELECT reason, count(*) FROM adoption_remarks WHERE source_id IN ({mine}) GROUP BY 1", sample.odd("spanish"))
    assert {row[0]: row[1] for row in found} == {"needs_fixing": 3, "unknown_kind": 1, "blank": 1, "too_long": 2, "same_value": 1}


async def test_the_clients_own_phone_is_the_first_one_and_verified_by_its_double(url: str) -> None:
    assert await contact_methods(url, sample.odd("twin")) == [
        ("PHONE", "+16615550199", True, False), ("EMAIL", "twin@example.test", True, False),
    ]  # fmt: skip
    verified = f"SELECT verified_at FROM contact_methods WHERE kind = 'PHONE' AND client_id = ({of_client()})"
    assert await value(url, verified, sample.odd("twin")) is not None
    # A family's phone stays with everybody.
    assert await contact_methods(url, sample.odd("sister")) == [("PHONE", "+16615550199", True, False)]


async def test_empty_strings_are_nothing(url: str) -> None:
    found = await client(url, "empty strings")
    assert (found["guardian_name"], found["language"], await contact_methods(url, sample.odd("empty strings"))) == (None, "en", [])
    assert await remarks(url, sample.odd("empty strings")) == set()


@pytest.mark.parametrize(
    ("name", "period", "said"),
    [
        ("dates alone", (None, date(2025, 7, 1), date(2026, 6, 30)), None),
        ("for ever", ("7900004", date(1900, 1, 1), date(2199, 12, 31)), "date_limited"),
        ("backwards", None, "ends_before_start"),
        ("one date", None, "one_date"),
        ("uci alone", None, "uci_without_dates"),
    ],
)
async def test_authorizations(url: str, name: str, period: tuple[Any, ...] | None, said: str | None) -> None:
    query = f"SELECT uci_number, starts_on, ends_on FROM authorizations WHERE client_id = ({of_client()})"
    assert [tuple(row) for row in await fetch(url, query, sample.odd(name))] == ([period] if period else [])
    assert {reason for part, _, reason in await remarks(url, sample.odd(name)) if part == "clients.pos"} == ({said} if said else set())


async def test_an_ordinary_authorization_and_a_uci_that_became_a_note(url: str) -> None:
    query = f"SELECT uci_number, service_coordinator, starts_on FROM authorizations WHERE client_id = ({of_client()})"
    assert [tuple(row) for row in await fetch(url, query, sample.client(1))] == [("7000001", "P. Okafor", date(2025, 7, 2))]
    notes = f"SELECT body FROM client_notes WHERE client_id = ({of_client()})"
    assert [row[0] for row in await fetch(url, notes, sample.odd("uci alone"))] == ["UCI 7900001 (no dates)"]


async def test_search_finds_who_came_over_by_everything(url: str) -> None:
    source = await value(url, f"SELECT source FROM client_search WHERE client_id = ({of_client()})", sample.client(1))
    assert all(part in source for part in ("Ben", "Brown", "M-1", "+16615550101", "client1@example.test", "7000001"))


async def test_possible_duplicates_are_offered_and_families_are_not(url: str) -> None:
    twins = [await value(url, of_client(), sample.odd(name)) for name in ("twin", "other twin")]
    pairs = await fetch(url, "SELECT client_id, other_id, reason FROM possible_duplicates")
    assert [tuple(row) for row in pairs] == [(*sorted(twins), "same_email")]


async def test_consents_lose_nothing(url: str) -> None:
    query = f"""SELECT kind::text, granted, happened_at, source FROM consents WHERE client_id = ({of_client()})
                ORDER BY consents.kind, happened_at"""
    at, step = sample.START + timedelta(days=400), timedelta(microseconds=1)
    assert [tuple(row) for row in await fetch(url, query, sample.odd("twin"))] == [
        ("SMS", True, at, "paper"),
        ("SMS", False, at + step, "paper"),
        ("SMS", False, at + 2 * step, "form"),
        ("SMS", True, at + 3 * step, "desk"),
        ("PHOTO", True, sample.FAR, "not recorded"),
    ]
    assert await value(url, "SELECT count(*) FROM consents WHERE kind = 'TERMS'") == await value(
        url, "SELECT count(*) FROM legacy.consents WHERE kind = 'tos'"
    )


async def test_what_was_written_about_a_client_is_whole(url: str) -> None:
    query = f"SELECT body FROM client_notes WHERE client_id = ({of_client()}) AND author_id IS NULL ORDER BY id"
    parts = [row[0] for row in await fetch(url, query, sample.odd("long note"))]
    assert [part[:6] for part in parts] == ["(1/2) ", "(2/2) "]
    assert "".join(part[6:] for part in parts) == sample.LONG_NOTE


async def test_notes_keep_their_authors_those_who_left_too(url: str) -> None:
    query = f"""SELECT u.email, u.active, n.created_at FROM client_notes n JOIN users u ON u.id = n.author_id
                WHERE client_id = ({of_client()}) AND body LIKE 'Note %'"""
    assert tuple((await fetch(url, query, sample.client(3)))[0][:2]) == ("gone@example.test", False)
    # An account that was joined with another writes as that one.
    assert (await fetch(url, query, sample.client(4)))[0]["email"] == "staff@example.test"
    assert (await fetch(url, query, sample.client(4)))[0]["created_at"] == sample.START + timedelta(minutes=4)
    most = await fetch(url, f"SELECT length(body) FROM client_notes WHERE client_id = ({of_client()}) ORDER BY 1", sample.odd("long note"))
    assert most[-1][0] == 10_000


async def test_since_when_a_client_is_there(url: str) -> None:
    assert (await client(url, "long note"))["created_at"] == datetime(1970, 1, 1, tzinfo=UTC)
